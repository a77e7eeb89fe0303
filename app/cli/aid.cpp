// Mutual aid and duty: short forms of records that people make every day.
#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun::cli {
namespace {

using Fields = std::vector<FieldChange>;

tl::unexpected<Error> unexpected_kind(const FoundRecord& found, std::string_view expected,
                                      Language language) {
  return error(
      Code::bad_value,
      found.id.hex().substr(0, 8) + std::string(pick(language, " adalah ", " is a ")) +
          std::string(found.kind->name),
      std::string(pick(language, "yang diharapkan: ", "expected: ")) + std::string(expected));
}

Result<FoundRecord> record_of(Session& session, std::string_view text, KindId kind) {
  TRY(auto found, session.record(text));
  if (found.kind->id != kind) return unexpected_kind(found, kind_of(kind).name, session.language());
  return found;
}

// A field of `kind` from an option, when it was given.
Status take_option(Fields& fields, KindId kind, FieldId field, const Arguments& given,
                   std::string_view option, const ParseContext& reading) {
  const auto text = given.find(option);
  if (!text) return {};
  TRY(auto change, read_field(kind_of(kind), field, *text, reading));
  if (!is_none(change.value)) fields.push_back(std::move(change));
  return {};
}

Status pledge(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::pledge;
  TRY(const auto need, record_of(session, given.at("NEED"), fields::need::kKind));
  const auto reading = session.reading(need.space);
  Fields made{{f::kNeed, OpType::put, need.id}};
  TRY_VOID(take_option(made, f::kKind, f::kOffer, given, "--offer", reading));
  TRY_VOID(take_option(made, f::kKind, f::kQuantity, given, "--quantity", reading));
  TRY_VOID(take_option(made, f::kKind, f::kCarrier, given, "--carrier", reading));
  return act_and_say(session, out, need.space, {{AddRecord{f::kKind, std::move(made)}}},
                     "Disanggupi, tersimpan di sini:", "Pledged, stored here:");
}

Status handover(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::handover;
  TRY(const auto of, session.record(given.at("OF")));
  Fields made;
  switch (of.kind->id) {
    case fields::pledge::kKind: made.push_back({f::kPledge, OpType::put, of.id}); break;
    case fields::need::kKind: made.push_back({f::kNeed, OpType::put, of.id}); break;
    case fields::entitlement::kKind: made.push_back({f::kEntitlement, OpType::put, of.id}); break;
    default: return unexpected_kind(of, "pledge, need, entitlement", session.language());
  }
  const auto reading = session.reading(of.space);
  TRY_VOID(take_option(made, f::kKind, f::kQuantity, given, "--quantity", reading));
  TRY_VOID(take_option(made, f::kKind, f::kReceivedBy, given, "--received-by", reading));
  TRY_VOID(take_option(made, f::kKind, f::kWitness, given, "--witness", reading));
  TRY(const auto outcome, act(session, out, of.space, {{AddRecord{f::kKind, std::move(made)}}}));
  const auto& id = outcome.records.front();
  session.made(id);
  const auto code = receipt_code(id);
  if (out.json()) {
    out.document().object().pair("id", id.hex()).pair("receipt_code", code).end_object();
  }
  out.line(std::string(out.pick("Serah terima tersimpan di sini: ", "Hand-over stored here: ")) +
           id.hex());
  out.line(std::string(out.pick("Kode tanda terima: ", "Receipt code: ")) + code);
  return {};
}

Status confirm(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::handover;
  TRY(const auto found, record_of(session, given.at("HANDOVER"), f::kKind));
  const Action action{{SetFields{found.id, {{f::kConfirmed, OpType::put, std::int64_t{1}}}}}};
  return act_and_say(session, out, found.space, action, "Dikonfirmasi:", "Confirmed:");
}

void print_match(Session& session, const Match& one, Output& out) {
  const auto remaining =
      format_thousandths(one.remaining, out.language()) + " " + unit_word(one.unit, out.language());
  if (out.json()) {
    out.document().object().pair("id", one.record.hex()).pair("title", one.title);
    out.document().pair("remaining", decimal_text(one.remaining)).pair("unit", one.unit);
    out.document().pair("fits", decimal_text(one.fits)).flag("same_item", one.same_item);
    out.document().flag("same_rt", one.same_rt).pair("why", one.why.in(session.language()));
    out.document().end_object();
  }
  out.line(one.record.hex().substr(0, 8) + "  " + one.title + "  (" +
           std::string(out.pick("sisa ", "left: ")) + remaining + ")  " +
           one.why.in(out.language()));
}

Status match(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, session.record(given.at("RECORD")));
  TRY(auto* engine, session.engine());
  const MatchContext context{engine->records(),
                             {found.space.number},
                             session.world().clock.now(),
                             kWibOffset_min,
                             &session.world().items};
  std::vector<Match> matches;
  if (found.kind->id == fields::need::kKind) {
    TRY(matches, offers_for_need(context, found.space.number, found.id));
  } else if (found.kind->id == fields::offer::kKind) {
    TRY(matches, needs_for_offer(context, found.space.number, found.id));
  } else {
    return unexpected_kind(found, "need, offer", session.language());
  }
  if (out.json()) out.document().array();
  for (const auto& one : matches) print_match(session, one, out);
  if (out.json()) out.document().end_array();
  if (matches.empty()) out.line(out.pick("Belum ada yang cocok.", "Nothing fits yet."));
  return {};
}

// The shift that is meant: itself, or the one of a training.
Result<FoundRecord> shift_of(Session& session, std::string_view text) {
  TRY(auto found, session.record(text));
  if (found.kind->id == fields::shift::kKind) return found;
  if (found.kind->id != fields::training::kKind)
    return unexpected_kind(found, "shift, training", session.language());
  TRY(auto* engine, session.engine());
  TRY(const auto row, engine->records().row(found.space.number, found.id));
  const auto* shift =
      row ? std::get_if<RecordId>(&value_in(*row, fields::training::kShift)) : nullptr;
  if (shift == nullptr)
    return error(Code::bad_value,
                 std::string(session.pick("pelatihan ini belum punya jadwal",
                                          "this training has no shift yet")),
                 "set " + found.id.hex().substr(0, 8) + " shift=ID");
  return session.record(shift->hex());
}

Status signup(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::signup;
  if (given.has("--volunteer") == given.has("--household")) {
    return error(Code::bad_value,
                 std::string(out.pick("sebutkan satu: relawan atau keluarga",
                                      "name one: a volunteer or a household")),
                 "--volunteer ID | --household ID");
  }
  TRY(const auto shift, shift_of(session, given.at("SHIFT")));
  const auto reading = session.reading(shift.space);
  Fields made{{f::kShift, OpType::put, shift.id}};
  TRY_VOID(take_option(made, f::kKind, f::kVolunteer, given, "--volunteer", reading));
  TRY_VOID(take_option(made, f::kKind, f::kHousehold, given, "--household", reading));
  return act_and_say(session, out, shift.space, {{AddRecord{f::kKind, std::move(made)}}},
                     "Terdaftar, tersimpan di sini:", "Signed up, stored here:");
}

Status attend(Session& session, const Arguments& given, Output& out) {
  namespace f = fields::signup;
  TRY(const auto found, record_of(session, given.at("SIGNUP"), f::kKind));
  TRY(auto change, read_field(kind_of(f::kKind), f::kAttendance, given.at("STATE"),
                              session.reading(found.space)));
  return act_and_say(session, out, found.space, {{SetFields{found.id, {std::move(change)}}}},
                     "Kehadiran tersimpan di sini:", "Attendance stored here:");
}

}  // namespace

Commands aid_commands() {
  const Param quantity{"--quantity", Param::one, true, "jumlah", "how much"};
  return {
      {"pledge",
       "NEED [--offer OFFER] --quantity N [--carrier VOLUNTEER]",
       "menyanggupi kebutuhan",
       "promise something to a need",
       {{"NEED", Param::one, true, "kebutuhan", "the need"},
        {"--offer", Param::one, false, "dari tawaran ini", "from this offer"},
        quantity,
        {"--carrier", Param::one, false, "relawan yang mengantar", "the volunteer who carries it"}},
       pledge},
      {"handover",
       "PLEDGE|NEED|ENTITLEMENT --quantity N --received-by NAME [--witness NAME]",
       "mencatat serah terima",
       "record that goods were handed over",
       {{"OF", Param::one, true, "kesanggupan, kebutuhan atau jatah",
         "a pledge, need or entitlement"},
        quantity,
        {"--received-by", Param::one, true, "nama penerima", "who received it"},
        {"--witness", Param::one, false, "nama saksi", "who saw it"}},
       handover},
      {"confirm",
       "HANDOVER",
       "mengonfirmasi serah terima orang lain",
       "confirm another's hand-over",
       {{"HANDOVER", Param::one, true, "serah terima", "the hand-over"}},
       confirm},
      {"match",
       "NEED|OFFER",
       "yang cocok dengannya",
       "what fits it",
       {{"RECORD", Param::one, true, "kebutuhan atau tawaran", "a need or an offer"}},
       match},
      {"signup",
       "SHIFT|TRAINING (--volunteer ID | --household ID)",
       "mendaftar untuk tugas atau pelatihan",
       "sign up for a shift or a training",
       {{"SHIFT", Param::one, true, "jadwal atau pelatihan", "the shift or training"},
        {"--volunteer", Param::one, false, "relawan", "the volunteer"},
        {"--household", Param::one, false, "keluarga", "the household"}},
       signup},
      {"attend",
       "SIGNUP STATE",
       "mencatat kehadiran",
       "record attendance",
       {{"SIGNUP", Param::one, true, "pendaftaran", "the sign-up"},
        {"STATE", Param::one, true, "present, absent atau excused", "present, absent or excused"}},
       attend},
  };
}

}  // namespace rukun::cli
