// Reports into files.
#include <algorithm>
#include <array>

#include "app/cli/chat.h"
#include "app/cli/print.h"
#include "app/cli/report_office.h"
#include "app/cli/report_recap.h"
#include "app/cli/report_where.h"
#include "app/cli/roster_days.h"
#include "app/cli/sheets.h"
#include "app/domain/fields.h"
#include "app/engine/access_log.h"
#include "app/report/ics.h"
#include "app/report/named.h"
#include "app/report/needs.h"
#include "app/report/opensid_recipients.h"
#include "platform/base/check.h"

namespace rukun::cli {
namespace {

constexpr std::string_view kTableNames =
    "needs, offers, households, consolidated, distribution, form, person, roster, ledger, visits, "
    "drive, call, opensid";
constexpr std::array kSheetFormats{ReportFormat::pdf, ReportFormat::text};
constexpr std::string_view kCalendar = "ics";  // of a roster; a table otherwise
constexpr std::array kTableFormats{ReportFormat::xlsx, ReportFormat::csv, ReportFormat::text,
                                   ReportFormat::hxl, ReportFormat::pdf};

// Recipients of a program, as OpenSID reads them: nothing else stands in that sheet.
Result<std::vector<Table>> recipients(Session& session, const Arguments& given, Output& out) {
  if (!given.has("--program"))
    return error(
        Code::bad_value,
        std::string(session.pick("report opensid: program yang mana? --program belum diisi",
                                 "report opensid: of which program? --program is missing")),
        "--program ID; rukunctl list program");
  TRY(const auto found, session.record(given.at("--program")));
  TRY(auto* engine, session.engine());
  TRY(auto table, opensid_recipients(*engine, found.space, found.id, session.language()));
  for (const auto& note : table.notes) out.remark(note);
  table.notes.clear();
  return std::vector<Table>{std::move(table)};
}

// The rows pass through, counted.
Table counting(Table table, const std::shared_ptr<std::uint64_t>& count) {
  table.rows = [rows = std::move(table.rows), count](const RowSink& sink) {
    *count = 0;
    return rows([&](const TableRow& row) {
      ++*count;
      return sink(row);
    });
  };
  return table;
}

// What was typed for a list, looked up; nothing when another report is meant.
Result<std::optional<ReportAsked>> asked_list(Session& session, std::string_view name,
                                              const Arguments& given) {
  ReportAsked asked;
  asked.for_public = given.has("--public");
  asked.now = session.world().clock.now();
  asked.showing = FormatContext(session.language());
  asked.showing.items = &session.world().items;
  const auto about = [&](const FoundRecord& found) {
    asked.spaces = {found.space};
    asked.about = found.id;
    asked.showing = session.showing(found.space);
  };
  if (name == "form") {
    if (!given.has("--program"))
      return error(Code::bad_value,
                   std::string(session.pick("report form: program yang mana? --program belum diisi",
                                            "report form: of which program? --program is missing")),
                   "--program ID; rukunctl list program");
    TRY(const auto found, session.record(given.at("--program")));
    about(found);
  } else if (name == "person") {
    if (!given.has("--id"))
      return error(Code::bad_value,
                   std::string(session.pick("report person: orang yang mana? --id belum diisi",
                                            "report person: who? --id is missing")),
                   "--id ID; rukunctl list resident");
    TRY(const auto found, session.record(given.at("--id")));
    about(found);
  } else if (name == "roster") {
    TRY(const auto found, read_activity(session, given));
    TRY(asked.days, read_days(session, given, kUsualRosterWeeks));
    about(found);
  } else if (name == "needs" || name == "offers" || name == "households" ||
             name == "distribution") {
    TRY(asked.spaces, session.spaces());
    TRY(asked.only, only_where(session, given, name));
  } else {
    return std::optional<ReportAsked>();
  }
  return std::optional(std::move(asked));
}

Result<std::vector<Table>> tables_of(Session& session, std::string_view name,
                                     const Arguments& given, ReportFormat format) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  if (name == "needs" && format == ReportFormat::hxl) {
    TRY(auto only, only_where(session, given, name));
    TRY(auto table, needs_hxl_table(engine->records(), spaces,
                                    {session.language(), given.has("--public"),
                                     &session.world().items, std::move(only)}));
    return std::vector<Table>{std::move(table)};
  }
  TRY(auto asked, asked_list(session, name, given));
  if (asked) {
    asked->on_paper = format == ReportFormat::pdf;
    TRY(auto tables, named_tables(*engine, name, *asked));
    CHECK_BUG(tables.has_value());
    if (const auto note = where_note(session, given); !note.empty())
      tables->front().notes.push_back(note);
    return std::move(*tables);
  }
  if (name == "consolidated") {
    TRY(auto whole, office_list(session, given, format));
    return std::move(whole.tables);
  }
  TRY(auto office, office_tables(session, name, given));
  if (office) return std::move(*office);
  return error(
      Code::bad_value,
      "report " + std::string(name) +
          std::string(session.pick(": tidak ada laporan ini", ": there is no such report")),
      std::string(session.pick("yang ada: ", "there are: ")) + std::string(kTableNames) + ", " +
          std::string(kSheetNames));
}

// What each report takes beside --format and --out. Lists that name nobody are public anyway.
struct Takes {
  std::string_view report;
  std::string_view options;
};
constexpr std::array kTakes{Takes{"needs", "--public --where"},
                            Takes{"offers", "--public --where"},
                            Takes{"households", "--public --where"},
                            Takes{"consolidated", "--public --handed-in --since"},
                            Takes{"distribution", "--public"},
                            Takes{"form", "--program"},
                            Takes{"person", "--id"},
                            Takes{"receipt", "--id"},
                            Takes{"bast", "--id"},
                            Takes{"invite", "--file --code"},
                            Takes{"lost", "--member"},
                            Takes{"roster", "--activity --from --weeks --public"},
                            Takes{"ledger", "--program --public"},
                            Takes{"visits", "--program --public"},
                            Takes{"drive", "--id --public"},
                            Takes{"call", "--activity --program --id --public"},
                            Takes{"opensid", "--program"}};

// An option that a report would not heed is refused rather than passed over.
Status check_options(Session& session, const Arguments& given, std::string_view name) {
  const auto known = std::find_if(kTakes.begin(), kTakes.end(),
                                  [&](const Takes& one) { return one.report == name; });
  if (known == kTakes.end()) return {};
  for (const auto& all : kTakes) {
    for (auto rest = all.options; !rest.empty();) {
      const auto end = std::min(rest.find(' '), rest.size());
      const auto option = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!given.has(option) || known->options.find(option) != std::string_view::npos) continue;
      return error(Code::bad_value,
                   "report " + std::string(name) + ": " + std::string(option) +
                       std::string(session.pick(" tidak berlaku di sini", " has no meaning here")),
                   std::string(known->options));
    }
  }
  return {};
}

// Before anything leaves; how many rows it was is added to the same entry afterwards.
Status note_leaving(Session& session, std::string_view name) {
  TRY(auto* engine, session.engine());
  return note_access(engine->local(), session.world().clock, Access::report, name, 0);
}

Status say_written(Session& session, std::string_view name, const Path& file, std::uint64_t rows,
                   Output& out) {
  TRY(auto* engine, session.engine());
  TRY_VOID(note_access(engine->local(), session.world().clock, Access::report, name, rows));
  if (out.json()) {
    out.document().object().pair("file", file.string()).count("rows", rows).end_object();
  }
  return {};
}

// A calendar for everybody leaves out what nobody has announced yet; whoever prints it is told.
Status remark_on_drafts(Session& session, const std::vector<SpaceInfo>& places,
                        const CalendarOptions& options, Output& out) {
  namespace shift = fields::shift;
  TRY(auto* engine, session.engine());
  Query query{.kind = shift::kKind,
              .where = {{shift::kPublished, Compare::unequal, Value{std::int64_t{1}}}}};
  for (const auto& space : places) query.spaces.push_back(space.number);
  if (options.activity)
    query.where.push_back({shift::kActivity, Compare::equal, Value(*options.activity)});
  TRY(const auto drafts, engine->records().count(query));
  if (drafts == 0) return {};
  query.limit = 1;
  TRY(const auto first, engine->records().rows(query));
  out.remark(
      std::to_string(drafts) +
      std::string(out.pick(" jadwal belum diumumkan, jadi tidak ikut; umumkan: rukunctl set ",
                           " shifts are not published yet and left out; publish: rukunctl set ")) +
      first.front().id.hex().substr(0, 8) + " published=true");
  return {};
}

Status write_calendar(Session& session, const Arguments& given, const Path& file, Output& out) {
  TRY(auto* engine, session.engine());
  CalendarOptions options;
  options.for_public = given.has("--public");
  std::vector<SpaceInfo> places;
  if (given.has("--activity")) {
    TRY(const auto found, session.record(given.at("--activity")));
    options.activity = found.id;
    places = {found.space};
  } else {
    TRY(places, session.spaces());
  }
  std::vector<CalendarEvent> all;
  std::string name;
  for (const auto& space : places) {
    TRY(auto events, shift_events(*engine, space, options, session.showing(space)));
    all.insert(all.end(), events.begin(), events.end());
    name += (name.empty() ? "" : ", ") + space.name;
  }
  if (options.for_public) TRY_VOID(remark_on_drafts(session, places, options, out));
  TRY_VOID(note_leaving(session, "roster"));
  TRY_VOID(write_file(session, file,
                      view(ics_text(std::string(out.pick("Jadwal ", "Roster ")) + name, all))));
  TRY_VOID(say_written(session, "roster", file, all.size(), out));
  out.line(file.string() + ": " + std::to_string(all.size()) +
           std::string(out.pick(" jadwal", " shifts")));
  return {};
}

Status report(Session& session, const Arguments& given, Output& out) {
  TRY_VOID(check_options(session, given, given.at("NAME")));
  if (given.at("NAME") == "needs" && given.at("--format") == "text")
    return needs_as_text(session, given, out);
  if (!given.has("--out"))
    return error(Code::bad_value,
                 std::string(out.pick("laporan ditulis ke berkas yang mana? --out belum diisi",
                                      "into which file? --out is missing")),
                 "--out FILE");
  const auto& name = given.at("NAME");
  const Path file(given.at("--out"));
  TRY(const auto sheets, sheets_named(session, name, given));
  if (sheets) {
    // What lets somebody in is for paper, not for a chat.
    const std::span<const ReportFormat> allowed(kSheetFormats);
    TRY(const auto format, read_report_format(session, given.at("--format"),
                                              name == "invite" ? allowed.first(1) : allowed));
    TRY_VOID(note_leaving(session, name));
    TRY_VOID(write_sheets(session, file, format, *sheets));
    TRY_VOID(say_written(session, name, file, sheets->size(), out));
    out.line(file.string() + ": " + sheets->front().title);
    return {};
  }
  if (name == "roster" && given.at("--format") == kCalendar)
    return write_calendar(session, given, file, out);
  const bool opensid = name == "opensid";
  const std::span<const ReportFormat> allowed(kTableFormats);
  TRY(const auto format,
      read_report_format(session, given.at("--format"), opensid ? allowed.first(2) : allowed));
  TRY(auto tables,
      opensid ? recipients(session, given, out) : tables_of(session, name, given, format));
  const auto count = std::make_shared<std::uint64_t>(0);
  // What a list for everybody leaves out, whoever prints it is told, whatever the format.
  if (name == "roster" && given.has("--public"))
    for (const auto& note : tables.front().notes) out.remark(note);
  tables.front() = counting(std::move(tables.front()), count);
  TRY_VOID(note_leaving(session, name));
  if (name == "call" && format == ReportFormat::text) {
    TRY(const auto message, call_message(session, given));
    TRY_VOID(for_each_row(tables.front(), [](const TableRow&) -> Status { return {}; }));
    TRY_VOID(write_file(session, file, view(message)));
  } else {
    TRY_VOID(write_tables(session, file, format, std::move(tables)));
  }
  if (given.has("--handed-in")) TRY_VOID(hand_in(session));
  TRY_VOID(say_written(session, name, file, *count, out));
  out.line(file.string() + ": " + std::to_string(*count) +
           std::string(out.pick(" baris", " rows")));
  return {};
}

}  // namespace

Commands report_commands() {
  return {
      {"report",
       "NAME --format xlsx|csv|hxl|pdf|text|ics --out FILE [--public] [--where EXPR]... [--id ID] "
       "...",
       "menulis atau mencetak laporan ke berkas",
       "write or print a report into a file",
       {{"NAME", Param::one, true,
         "daftar: needs, offers, households (daftar keluarga), consolidated (rekap), distribution "
         "(penyaluran, 4W), form (tanda terima bersama), person (semua tentang satu orang), roster "
         "(jadwal jaga; juga kalender), ledger (buku bantuan), visits (kunjungan pemeriksaan), "
         "drive "
         "(penggalangan), call (panggilan warga), opensid (peserta program bantuan); lembar: "
         "receipt "
         "(tanda terima), bast (berita acara serah terima), invite, lost",
         "lists: needs, offers, households, consolidated, distribution (4W), form (to sign), "
         "person "
         "(all that is kept about one), roster (who is on duty; also as a calendar), ledger (of a "
         "program), visits (whom to check on), drive (closing report), call (for volunteers and "
         "gifts), opensid (recipients of a program); sheets: receipt, bast (record of hand-over), "
         "invite, lost"},
        {"--id", Param::one, false,
         "catatannya: orang untuk person, serah terima untuk receipt dan bast, penggalangan untuk "
         "drive, jadwal atau lainnya untuk call",
         "the record: whose for person, the hand-over for receipt and bast, which drive, what a "
         "call is for"},
        {"--program", Param::one, false,
         "program bantuan, untuk ledger, visits, call, form, dan opensid",
         "the aid program, for ledger, visits, call, form, and opensid"},
        {"--activity", Param::one, false, "kegiatan, untuk roster dan call",
         "the activity, for roster and call"},
        {"--from", Param::one, false, "mulai tanggal ini, untuk roster; biasanya hari ini",
         "from this day on, for roster; usually today"},
        {"--weeks", Param::one, false, "berapa minggu, untuk roster; biasanya 4",
         "how many weeks, for roster; usually 4"},
        {"--file", Param::one, false, "berkas undangan, untuk invite",
         "the invitation file, for invite"},
        {"--code", Param::one, false, "dua kata pengaman berkas itu; tidak ikut dicetak",
         "that file's two spoken words; they are not printed"},
        {"--member", Param::one, false, "anggota yang laptopnya hilang, untuk lost",
         "whose laptop is lost, for lost"},
        {"--format", Param::one, true,
         "daftar: xlsx, csv, text (untuk obrolan), hxl (csv dengan tagar, tanpa nama), pdf; "
         "lembar: "
         "pdf, text; roster juga ics",
         "lists: xlsx, csv, text (for a chat), hxl (csv with hashtags, without names), pdf; "
         "sheets: "
         "pdf, text; roster also ics"},
        {"--out", Param::one, false, "berkas yang ditulis; needs text tanpa ini: ke layar",
         "the file to write; needs text without it: onto the screen"},
        {"--handed-in", Param::flag, false,
         "consolidated: rekap ini diserahkan; rekap berikutnya menyebut yang berubah sejak ini",
         "consolidated: this list is handed in; the next one says what changed since"},
        {"--since", Param::one, false,
         "consolidated: bandingkan dengan yang diserahkan sampai tanggal ini; biasanya yang "
         "terakhir",
         "consolidated: compare with what was handed in by this day; usually the last"},
        {"--where", Param::many, false,
         "needs, offers, households: hanya yang isiannya begini (isian OP nilai, seperti list)",
         "needs, offers, households: only those with this (field OP value, as of list)"},
        {"--public", Param::flag, false, "hanya yang boleh tampil di papan, tanpa nama",
         "only what may stand on the notice board, without names"}},
       report},
  };
}

}  // namespace rukun::cli
