// The roster: planning it, publishing it, reading it, and why it is whose turn.
#include "app/report/roster.h"

#include <algorithm>
#include <map>

#include "app/cli/records.h"
#include "app/cli/roster_days.h"
#include "app/domain/fields.h"
#include "app/domain/rules/roster_plan.h"
#include "app/domain/rules/roster_words.h"
#include "app/domain/schema.h"
#include "app/engine/access_log.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kMostSlots = 100;
constexpr std::int64_t kMostGap_days = 60;

std::string short_id(const RecordId& id) { return id.hex().substr(0, 8); }

// An activity with its records, the days that are meant, and how it is shown.
struct Asked {
  FoundRecord activity;
  RosterDays days;
  FormatContext showing;
  RosterList list;
};

Result<Asked> asked_for(Session& session, const Arguments& given, std::int64_t usual_weeks) {
  TRY(auto activity, read_activity(session, given));
  TRY(const auto days, read_days(session, given, usual_weeks));
  auto showing = session.showing(activity.space);
  TRY(auto* engine, session.engine());
  TRY(auto list, roster_list(engine->records(), activity.space.number, activity.id, days, showing));
  return Asked{std::move(activity), days, std::move(showing), std::move(list)};
}

// PersonNames of households are personal; before any of them is shown.
Status note_names(Session& session, const Asked& asked, std::size_t names) {
  if (asked.list.records.turns != RosterTurns::households || names == 0) return {};
  TRY(auto* engine, session.engine());
  return note_access(engine->local(), session.world().clock, Access::list, "roster", names);
}

std::string_view person_key(const Asked& asked) {
  return asked.list.records.turns == RosterTurns::volunteers ? "volunteer" : "household";
}

// generate

// PersonNames by person, of a plan and of the lists that belong to it.
class PersonNames {
 public:
  explicit PersonNames(const Asked& asked) : asked_(asked) {}
  std::string of(const RecordId& person) {
    auto& name = known_[person];
    if (name.empty()) {
      const FieldSpec field;
      name = asked_.showing.name_of_record ? asked_.showing.name_of_record(field, person)
                                           : short_id(person);
    }
    return name;
  }

 private:
  const Asked& asked_;
  std::map<RecordId, std::string> known_;
};

// Whose turn it was, had their week not been full.
void print_at_limit(const Asked& asked, const RosterDay& day, PersonNames& names, Output& out) {
  if (day.at_limit.empty()) return;
  if (out.json()) out.document().key("at_limit").array();
  std::string line;
  for (const auto& person : day.at_limit) {
    line += (line.empty() ? "" : ", ") + names.of(person);
    if (out.json())
      out.document()
          .object()
          .pair(person_key(asked), person.hex())
          .pair("name", names.of(person))
          .end_object();
  }
  if (out.json()) out.document().end_array();
  out.line(std::string(out.pick("    dilewati, sudah mencapai batas per minggu: ",
                                "    passed over, having reached the weekly limit: ")) +
           line);
}

void print_plan(const Asked& asked, const TurnsPlan& plan, PersonNames& names, Output& out) {
  const bool json = out.json();
  if (json) out.document().key("nights").array();
  for (const auto& day : plan.days) {
    const int offset = asked.showing.utc_offset_min;
    const auto [from, to] = plan.hours;
    const Hours hours{moment_of(day.day, from, offset).ms, moment_of(day.day, to, offset).ms};
    if (json) {
      out.document().object().pair("date", iso_date(date_of_day(day.day)));
      out.document().key("slots").number(day.slots).key("open").number(day.open);
      if (day.cancelled) out.document().flag("cancelled", true);
      out.document().key("people").array();
    }
    out.line(night_text(day.day, out.language()) + "  " + hours_text(hours, offset) +
             std::string(day.cancelled ? out.pick("  dibatalkan", "  cancelled") : ""));
    for (const auto& pick : day.picks) {
      const auto why = pick_words(pick);
      if (json) {
        out.document().object().pair(person_key(asked), pick.person.hex());
        out.document().pair("name", names.of(pick.person));
        out.document().flag("stands", pick.why == RosterWhy::stands);
        out.document().pair("why", why.in(out.language())).end_object();
      }
      out.line("    " + names.of(pick.person) + "  (" + why.in(out.language()) + ")");
    }
    if (day.open > 0)
      out.line("    " + std::to_string(day.open) +
               std::string(out.pick(" tempat kosong", " places open")));
    if (json) out.document().end_array();
    print_at_limit(asked, day, names, out);
    if (json) out.document().end_object();
  }
  if (json) out.document().end_array();
}

void print_left_out(const Asked& asked, PersonNames& names, Output& out) {
  for (const auto& one : asked.list.records.left_out)
    out.line(std::string(out.pick("Tidak ikut bergiliran: ", "Takes no turn: ")) +
             names.of(one.person) + " (" + one.why.in(out.language()) + ")");
}

// Tells people what happened, or what would have.
void say_result(const TurnsPlan& made, const std::optional<TxnHash>& txn, bool publish,
                Output& out) {
  const auto shifts = std::to_string(made.shifts), turns = std::to_string(made.turns);
  if (!publish) {
    out.line(std::string(out.pick("Belum ditulis: ", "Not written yet: ")) + shifts +
             std::string(out.pick(" jadwal baru, ", " new shifts, ")) + turns +
             std::string(out.pick(" giliran. Umumkan dengan --publish.",
                                  " turns. Publish it with --publish.")));
  } else if (!txn) {
    out.line(out.pick("Tidak ada yang perlu ditambahkan: semua sudah ada.",
                      "Nothing to add: all of it stands already."));
  } else {
    out.line(std::string(out.pick("Diumumkan, tersimpan di sini: ", "Published, stored here: ")) +
             shifts + std::string(out.pick(" jadwal baru, ", " new shifts, ")) + turns +
             std::string(out.pick(" giliran. Batalkan semuanya: rukunctl undo ",
                                  " turns. Take all of it back: rukunctl undo ")) +
             txn->hex().substr(0, 12));
  }
}

Result<TurnsPlan> plan_for(Session& session, const Arguments& given, const Asked& asked) {
  TRY(auto* engine, session.engine());
  TurnsRequest request{asked.activity.id, asked.days.first, asked.days.count};
  TRY(request.slots, read_count_option(session, given, "--slots", kMostSlots, 0));
  TRY(request.gap_days, read_count_option(session, given, "--gap", kMostGap_days, kUsualGap_days));
  auto plan = plan_turns(engine->records(), asked.activity.space.number, request,
                         asked.showing.utc_offset_min, session.language());
  // What the activity itself lacks is set there.
  if (!plan && plan.error().hint.starts_with("recurrence=")) {
    auto failure = plan.error();
    failure.hint = "rukunctl set " + short_id(asked.activity.id) + " " + failure.hint;
    return tl::make_unexpected(std::move(failure));
  }
  if (!plan && plan.error().hint.find("default_slots") != std::string::npos) {
    auto failure = plan.error();
    failure.hint = "--slots 4; rukunctl set " + short_id(asked.activity.id) + " default_slots=4";
    return tl::make_unexpected(std::move(failure));
  }
  return plan;
}

Status generate_roster(Session& session, const Arguments& given, Output& out) {
  TRY(const auto asked, asked_for(session, given, 0));
  const auto today = day_at(session.world().clock.now(), asked.showing.utc_offset_min);
  if (asked.days.first < today)
    return error(
        Code::bad_value,
        "--from: " + given.at("--from") + std::string(out.pick(" sudah lewat", " is past")),
        std::string(out.pick("paling awal ", "not before ")) + iso_date(date_of_day(today)));
  TRY(const auto plan, plan_for(session, given, asked));
  std::size_t people = 0;
  for (const auto& day : plan.days) people += day.picks.size() + day.at_limit.size();
  TRY_VOID(note_names(session, asked, people));
  const bool publish = given.has("--publish");
  std::optional<TxnHash> txn;
  if (publish && !plan.action.changes.empty()) {
    TRY(const auto outcome, act(session, out, asked.activity.space, plan.action));
    txn = outcome.txn;
  }
  PersonNames names(asked);
  if (out.json()) {
    out.document().object().pair("activity", asked.activity.id.hex());
    out.document().flag("published", txn.has_value());
    out.document().count("shifts", plan.shifts).count("turns", plan.turns);
    if (txn) out.document().pair("txn", txn->hex());
  }
  print_plan(asked, plan, names, out);
  if (out.json()) out.document().end_object();
  print_left_out(asked, names, out);
  say_result(plan, txn, publish, out);
  return {};
}

// show

void print_place(const Asked& asked, const RosterPlace& one, Output& out) {
  const auto& signup = one.signup;
  if (out.json()) {
    out.document().object().pair("signup", signup.id.hex());
    out.document().pair(person_key(asked), signup.person.hex()).pair("name", one.name);
    out.document().key("position").number(signup.position).flag("waiting", signup.waiting);
    if (signup.attendance != 0)
      out.document().pair(
          "attendance",
          machine_value(kind_of(fields::signup::kKind).field(fields::signup::kAttendance),
                        signup.attendance));
    if (signup.replaces) out.document().pair("replaces", signup.replaces->hex());
    out.document().end_object();
  }
  auto line = "    " + short_id(signup.id) + "  " + one.name;
  if (signup.waiting)
    line += std::string(out.pick("  (daftar tunggu ", "  (waiting list ")) +
            std::to_string(signup.position) + ")";
  if (!one.attendance.empty()) line += "  (" + one.attendance + ")";
  if (!one.replaces.empty())
    line += std::string(out.pick("  (menggantikan ", "  (stands in for ")) + one.replaces + ")";
  out.line(line);
}

void print_night(const Asked& asked, const RosterNight& night, Output& out) {
  const auto& shift = night.shift;
  if (out.json()) {
    out.document().object().pair("shift", shift.id.hex());
    out.document().pair("date", iso_date(date_of_day(shift.day)));
    out.document().pair("starts", rfc3339_utc({shift.hours.from_ms}));
    out.document().pair("ends", rfc3339_utc({shift.hours.to_ms}));
    if (!shift.place.empty()) out.document().pair("place", shift.place);
    if (shift.slots) out.document().key("slots").number(*shift.slots);
    out.document().key("open").number(night.open).flag("published", shift.published);
    if (!shift.cancelled.empty()) out.document().pair("cancelled", shift.cancelled);
    out.document().key("people").array();
  }
  auto head = night_text(shift.day, out.language()) + "  " +
              hours_text(shift.hours, asked.showing.utc_offset_min);
  if (!shift.place.empty()) head += "  " + shift.place;
  if (!shift.cancelled.empty())
    head += std::string(out.pick("  dibatalkan: ", "  cancelled: ")) + shift.cancelled;
  if (!shift.published) head += std::string(out.pick("  belum diumumkan", "  not published"));
  out.line(short_id(shift.id) + "  " + head);
  for (const auto& one : night.people) print_place(asked, one, out);
  if (night.open > 0)
    out.line("    " + std::to_string(night.open) +
             std::string(out.pick(" tempat kosong", " places open")));
  if (out.json()) out.document().end_array().end_object();
}

// Where everybody stands today, in words.
void print_ranks(const Asked& asked, std::int64_t today, PersonNames& names, Output& out) {
  const auto& records = asked.list.records;
  const auto ranks = rank_people(records.facts, today);
  if (out.json()) out.document().key("people").array();
  for (const auto& rank : ranks) {
    const auto why = rank_words(rank, ranks.size());
    if (out.json()) {
      out.document().object().pair(person_key(asked), rank.person.hex());
      out.document().pair("name", names.of(rank.person)).key("rank").number(rank.rank);
      out.document().key("turns").number(rank.turns).key("usual").number(rank.usual);
      out.document().key("missed").number(rank.missed).key("excused").number(rank.excused);
      if (rank.last_day) out.document().pair("last", iso_date(date_of_day(*rank.last_day)));
      if (rank.next_day) out.document().pair("next", iso_date(date_of_day(*rank.next_day)));
      out.document().pair("why", why.in(out.language())).end_object();
    }
    out.line(names.of(rank.person) + ": " + why.in(out.language()));
  }
  if (out.json()) {
    out.document().end_array().key("left_out").array();
    for (const auto& one : records.left_out)
      out.document()
          .object()
          .pair(person_key(asked), one.person.hex())
          .pair("name", names.of(one.person))
          .pair("why", one.why.in(out.language()))
          .end_object();
    out.document().end_array();
  }
  print_left_out(asked, names, out);
}

Status show_roster(Session& session, const Arguments& given, Output& out) {
  TRY(const auto asked, asked_for(session, given, kUsualRosterWeeks));
  const auto& list = asked.list;
  const bool why = given.has("--why");
  std::size_t people = why ? list.records.facts.people.size() : 0;
  for (const auto& night : list.nights) people += night.people.size();
  TRY_VOID(note_names(session, asked, people));
  if (out.json()) {
    out.document().object().pair("activity", asked.activity.id.hex()).pair("name", list.name);
    out.document().pair("from", iso_date(date_of_day(asked.days.first)));
    out.document().key("nights").array();
  }
  for (const auto& night : list.nights) print_night(asked, night, out);
  if (out.json()) out.document().end_array();
  if (list.nights.empty())
    out.line(out.pick("Belum ada jadwal dalam waktu itu; buat dengan roster generate.",
                      "There are no shifts in that time; make them with roster generate."));
  if (!list.nights.empty() && !out.json())
    out.remark(out.pick(
        "Nomor di depan nama dipakai oleh attend, roster swap, signup --replaces; mundur: "
        "set NOMOR state=withdrawn",
        "attend, roster swap, signup --replaces take the number before a name; to withdraw: "
        "set NUMBER state=withdrawn"));
  if (why) {
    PersonNames names(asked);
    print_ranks(asked, day_at(session.world().clock.now(), asked.showing.utc_offset_min), names,
                out);
  }
  if (out.json()) out.document().end_object();
  return {};
}

}  // namespace

Commands roster_commands() {
  const Param activity{"--activity", Param::one, false,
                       "kegiatan yang dijadwalkan; tak perlu bila hanya satu yang bergiliran",
                       "the activity; not needed when only one has turns"};
  return {
      {"roster generate",
       "[--activity ID] --from DATE --weeks N [--slots N] [--gap DAYS] [--publish]",
       "membagi giliran jaga dengan adil; tanpa --publish hanya ditampilkan",
       "share out turns fairly; without --publish it is only shown",
       {activity,
        {"--from", Param::one, true, "mulai tanggal ini", "from this day on"},
        {"--weeks", Param::one, true, "berapa minggu, 1 sampai 53", "how many weeks, 1 to 53"},
        {"--slots", Param::one, false, "petugas tiap malam; bila tidak disebut: default_slots",
         "people each night; without it default_slots of the activity"},
        {"--gap", Param::one, false, "jarak paling sedikit antara dua giliran, hari; biasanya 7",
         "least days between two turns; usually 7"},
        {"--publish", Param::flag, false, "tulis jadwal dan pendaftarannya, sekaligus",
         "write shifts and sign-ups, all at once"}},
       generate_roster},
      {"roster show",
       "[--activity ID] [--from DATE] [--weeks N] [--why]",
       "jadwal dengan petugasnya; --why: giliran siapa berikutnya dan mengapa",
       "the shifts and who is on them; --why: whose turn is next, and why",
       {activity,
        {"--from", Param::one, false, "mulai tanggal ini; biasanya hari ini",
         "from this day on; usually today"},
        {"--weeks", Param::one, false, "berapa minggu; biasanya 4", "how many weeks; usually 4"},
        {"--why", Param::flag, false, "urutan semua orang, dengan sebabnya",
         "where everybody stands, with reasons"}},
       show_roster},
  };
}

}  // namespace rukun::cli
