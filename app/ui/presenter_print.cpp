// Cetak: what a screen shows, or a report about it, as a PDF file where people find it, or as text
// that can be pasted.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/report/named.h"
#include "app/report/pdf_sheet.h"
#include "app/report/plain.h"
#include "app/report/printing.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr std::int64_t kPrintedDays = 28;  // of duty, from the week that is shown
constexpr std::string_view kForAll = "names";
constexpr std::string_view kForBoard = "board";
constexpr const char* kStateWords[] = {"state.open", "state.partly", "state.covered",
                                       "state.delivered", "state.closed"};

// Where a print may be one of several, it is asked which; the others are made at once.
struct PrintChoice {
  std::string_view asked;
  std::string_view report;
  std::string_view for_whom;
  std::string_view words;
};
constexpr PrintChoice kPrintChoices[] = {
    {"needs", "needs", kForAll, "print.with_names"},
    {"needs", "needs", kForBoard, "print.for_board"},
    {"needs", "shown_needs", kForAll, "print.shown"},
    {"offers", "offers", kForAll, "print.with_names"},
    {"offers", "offers", kForBoard, "print.for_board"},
    {"offers", "list", kForAll, "print.shown"},
    {"households", "households", kForAll, "print.with_names"},
    {"households", "households", kForBoard, "print.for_board"},
    {"households", "list", kForAll, "print.shown"},
    {"roster", "roster", kForAll, "print.with_names"},
    {"roster", "roster", kForBoard, "print.for_board"},
    {"programs", "distribution", kForAll, "report.distribution"},
    {"programs", "list", kForAll, "print.shown"},
    {"program", "ledger", kForAll, "print.ledger"},
    {"program", "ledger", kForBoard, "print.ledger_board"},
    {"program", "form", kForAll, "report.form"},
    {"program", "visits", kForAll, "report.visits"},
    {"drive", "drive", kForAll, "print.with_names"},
    {"drive", "drive", kForBoard, "print.for_board"},
    {"handover", "receipt", kForAll, "report.receipt"},
    {"handover", "bast", kForAll, "report.bast"},
};

// What the print button of one record asks for; empty: there is no paper about it.
std::string_view print_about(KindId kind) {
  if (kind == k::household::kKind || kind == k::resident::kKind || kind == k::volunteer::kKind)
    return "person";
  if (kind == k::program::kKind) return "program";
  if (kind == k::drive::kKind) return "drive";
  if (kind == k::handover::kKind) return "handover";
  return {};
}

struct Heading {
  std::string words;
  bool number = false;
};

// As it stands on the screen, in the language of the moment.
Table as_shown(std::string title, const std::vector<Heading>& headings,
               std::vector<TableRow> rows) {
  Table table;
  table.title = std::move(title);
  for (const auto& [words, number] : headings)
    table.columns.push_back({words, words, "", number ? ColumnType::number : ColumnType::text});
  table.rows = rows_of(std::move(rows));
  return table;
}

Table recap_table(const RecapView& recap, const Translator& words) {
  std::vector<TableRow> rows;
  for (const RecapLineView& one : recap.lines) {
    if (one.counted)
      rows.push_back({one.label, std::to_string(one.needs), std::to_string(one.open),
                      std::to_string(one.urgent), std::to_string(one.covered + one.done)});
    else
      rows.push_back({one.label, one.state.words, {}, {}, {}});
  }
  Table table = as_shown(words.tr("recap.title"),
                         {{words.tr("recap.line_" + recap.tab)},
                          {words.tr("recap.needs"), true},
                          {words.tr("recap.column_open"), true},
                          {words.tr("recap.urgent"), true},
                          {words.tr("recap.settled"), true}},
                         std::move(rows));
  table.notes = {recap.reported};
  if (!recap.silent.empty()) table.notes.push_back(recap.silent);
  return table;
}

Table access_table(const AccessView& access, const Translator& words) {
  std::vector<TableRow> rows;
  for (const AccessRow& one : access.rows)
    rows.push_back({one.when, one.what, one.subject, one.rows});
  return as_shown(words.tr("access.title"),
                  {{words.tr("access.when")},
                   {words.tr("access.what")},
                   {words.tr("access.subject")},
                   {words.tr("access.rows"), true}},
                  std::move(rows));
}

Table members_table(const MembersView& members, const Translator& words) {
  std::vector<TableRow> rows;
  for (const MemberRow& one : members.rows)
    rows.push_back({one.name, one.role, one.state.empty() ? one.heard : one.state});
  return as_shown(
      words.tr("members.title"),
      {{words.tr("print.member")}, {words.tr("print.role")}, {words.tr("print.member_state")}},
      std::move(rows));
}

}  // namespace

DeedButton Presenter::print_button(std::string_view what, const std::string& record,
                                   std::string_view key) const {
  DeedButton button;
  button.icon = Icon::print;
  button.label = speaking().words.tr(key);
  button.deed = {.what = Deed::What::print, .kind = std::string(what), .record = record};
  return button;
}

void Presenter::add_print_button(RecordDetail& detail) {
  const auto row = record_of(detail.id);
  const auto found = row ? row_of(*row) : Result<Row>(tl::make_unexpected(row.error()));
  if (!found) return;
  const auto what = print_about(found->kind);
  if (what.empty()) return;
  detail.buttons.push_back(
      print_button(what, detail.id, what == "person" ? "print.person" : "print.button"));
}

std::optional<Status> Presenter::run_print(const Command& command) {
  if (std::get_if<ClosePrint>(&command) == nullptr) return std::nullopt;
  now_.shell.print.reset();
  return Status();
}

// True when there are several, and which of them is asked now.
bool Presenter::ask_which_paper(const Deed& deed, std::string_view title_key) {
  PrintView view;
  view.title = speaking().words.tr(title_key);
  for (const PrintChoice& one : kPrintChoices) {
    if (one.asked != deed.kind || !deed.other.empty()) continue;
    DeedButton button = print_button(one.report, deed.record, one.words);
    button.deed.other = one.for_whom;
    button.deed.what = deed.what;
    if (deed.what == Deed::What::copy) button.icon = Icon::copy;
    view.choices.push_back(std::move(button));
  }
  if (view.choices.empty()) return false;
  now_.shell.print = std::move(view);
  return true;
}

// Asks which, or prints. What goes wrong stands in the same dialog, with the way to try again.
Status Presenter::print(const Deed& deed) {
  const Translator& words = speaking().words;
  if (ask_which_paper(deed, "print.title")) return {};
  PrintView view;
  view.title = words.tr("print.title");
  view.busy = true;
  now_.shell.print = view;
  publish();
  view.busy = false;
  const auto made = print_file(deed);
  if (made) {
    const std::string pages = std::to_string(made->pages);
    view.saved = words.tr("print.saved", {{"file", made->file.string()}, {"n", pages}});
    view.next = words.tr(deed.kind == "invite" ? "print.next_secret" : "print.next");
    if (is_stick(made->file.parent_path().string())) view.next += " " + words.tr("exchange.safe");
    TRY(view.left_out, left_off_the_board(deed, made->rows));
  } else {
    view.failed = error_words(made.error(), speaking());
    view.again = deed;
  }
  now_.shell.print = std::move(view);
  return {};
}

// Needs stand on the board when whoever wrote them down says so; how many do not.
Result<std::string> Presenter::left_off_the_board(const Deed& deed, std::uint64_t printed) {
  if (deed.kind != "needs" || deed.other != kForBoard) return std::string();
  TRY(const auto all, engine_->records().count(query_of(k::need::kKind)));
  if (all <= printed) return std::string();
  return speaking().words.tr("print.off_board", {{"n", std::to_string(all - printed)}});
}

// It is on record before it leaves.
Result<Presenter::Printed> Presenter::print_file(const Deed& deed) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY(const auto name, paper_name(deed));
  TRY(const auto folder, paper_folder());
  TRY(const auto fonts, report_fonts());
  const auto printed = printed_by(*engine_, {*space_}, context_.language, setup_.clock.now());
  PrintedPages pages;
  std::uint64_t rows = 1;
  if (auto sheet = sheet_for(deed)) {
    TRY(const auto made, std::move(*sheet));
    TRY(pages, pdf_of_sheets({&made, 1}, printed, fonts));
  } else {
    TRY(const auto tables, tables_for(deed));
    rows = 0;
    TRY_VOID(for_each_row(tables.front(), [&rows](const TableRow&) -> Status {
      ++rows;
      return {};
    }));
    TRY(pages, pdf_of_tables(tables, printed, fonts));
  }
  TRY_VOID(note(Access::report, name.subject, rows));
  TRY(auto file, write_paper(setup_.files, folder, name.title, printed, pages.bytes));
  return Printed{std::move(file), pages.pages, rows};
}

Result<Presenter::PaperName> Presenter::paper_name(const Deed& deed) {
  if (deed.kind == "list" || deed.kind == "shown_needs" || deed.kind == "marked") {
    const KindSpec& kind = kind_of(deed.kind == "shown_needs" ? k::need::kKind : shown_kind());
    return PaperName{std::string(kind.name), std::string(kind.label(context_.language))};
  }
  PaperName out{deed.kind, speaking().words.tr("report." + deed.kind)};
  if (deed.record.empty() || deed.kind == "lost") return out;
  TRY(const auto id, record_of(deed.record));
  TRY(const auto row, row_of(id));
  out.subject = std::string(kind_of(row.kind).name) + " " + deed.record;
  return out;
}

// The same as on paper, as text: on record before it can be pasted anywhere.
Status Presenter::copy(const Deed& deed) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  if (ask_which_paper(deed, "list.copy")) return {};
  now_.shell.print.reset();
  TRY(const auto name, paper_name(deed));
  std::string text;
  std::uint64_t rows = 1;
  if (auto sheet = sheet_for(deed)) {
    TRY(const auto made, std::move(*sheet));
    text = text_of_sheet(made);
  } else {
    TRY(const auto tables, tables_for(deed));
    rows = 0;
    for (const Table& one : tables) {
      if (!text.empty()) text += "\n";
      TRY_VOID(for_each_row(one, [&rows](const TableRow&) -> Status {
        ++rows;
        return {};
      }));
      TRY_VOID(write_plain(one, context_.language, [&text](std::string_view piece) -> Status {
        text += piece;
        return {};
      }));
    }
  }
  TRY_VOID(note(Access::report, name.subject, rows));
  now_.shell.copied = {std::move(text), now_.shell.copied.number + 1};
  say_done(speaking().words.tr("list.copied", {{"n", std::to_string(rows)}}));
  return {};
}

// A stick that is plugged in goes with whoever prints; else where their documents are.
Result<Path> Presenter::paper_folder() {
  const auto sticks = setup_.sticks ? setup_.sticks() : std::vector<StickPlace>();
  if (!sticks.empty()) return sticks.front().path;
  if (setup_.papers.empty())
    return error(Code::not_found, speaking().words.tr("print.no_folder"),
                 speaking().words.tr("print.no_folder_hint"));
  TRY_VOID(setup_.files.make_dirs(setup_.papers));
  return setup_.papers;
}

// What stands on a screen; empty: it is a report.
std::optional<Result<Table>> Presenter::shown_table(std::string_view what) {
  const Translator& words = speaking().words;
  if (what == "list" || what == "shown_needs") return shown_list();
  if (what == "marked") return marked_list();
  if (what == "recap") return recap_table(now_.recap, words);
  if (what == "members") return members_table(now_.members, words);
  if (what == "access") return access_table(now_.access, words);
  return std::nullopt;
}

Result<std::vector<Table>> Presenter::tables_for(const Deed& deed) {
  if (auto shown = shown_table(deed.kind)) {
    TRY(auto table, std::move(*shown));
    return std::vector<Table>{std::move(table)};
  }
  ReportAsked asked;
  asked.spaces = {*space_};
  asked.for_public = deed.other == kForBoard;
  asked.on_paper = true;
  asked.now = setup_.clock.now();
  asked.showing = showing();
  if (deed.kind == "roster") return rosters(asked);
  if (!deed.record.empty()) {
    TRY(asked.about, record_of(deed.record));
  }
  return report_tables(deed.kind, asked);
}

Result<std::vector<Table>> Presenter::report_tables(const std::string& name,
                                                    const ReportAsked& asked) {
  TRY(auto tables, named_tables(*engine_, name, asked));
  if (!tables) return error(Code::bad_value, name);
  return std::move(*tables);
}

// Four weeks of every activity that has shifts in them, one after the other.
Result<std::vector<Table>> Presenter::rosters(ReportAsked asked) {
  namespace s = fields::shift;
  const WallTime first = week_start(week_);
  asked.days = {day_at(first, setup_.utc_offset_min), kPrintedDays};
  Query query = query_of(s::kKind);
  query.where = {{s::kStarts, Compare::at_least, first.ms},
                 {s::kStarts, Compare::less, first.ms + kPrintedDays * 86'400'000}};
  query.sort = s::kStarts;
  TRY(const auto shifts, engine_->records().rows(query));
  std::vector<RecordId> activities;
  for (const Row& row : shifts) {
    const auto activity = link_of(row, s::kActivity);
    if (activity && std::find(activities.begin(), activities.end(), *activity) == activities.end())
      activities.push_back(*activity);
  }
  std::vector<Table> out;
  for (const RecordId& activity : activities) {
    asked.about = activity;
    TRY(auto tables, report_tables("roster", asked));
    for (Table& one : tables) out.push_back(std::move(one));
  }
  if (out.empty())
    return error(Code::not_found, speaking().words.tr("print.no_shifts"),
                 speaking().words.tr("print.no_shifts_hint"));
  return out;
}

// What a list of any kind shows now, with its search.
Result<Table> Presenter::shown_list() {
  const bool needs = now_.screen == Screen::needs;
  if (needs) TRY_VOID(index_needs());
  const ListIndex& list = needs ? needs_ : records_;
  TRY(auto table, list_table(list.fitting));
  table.notes = shown_notes(list.search, list.fitting.size());
  return table;
}

Result<Table> Presenter::list_table(std::span<const Listed> listed) {
  listed = listed.first(std::min(listed.size(), kMostRows));
  if (now_.screen == Screen::needs) return needs_table(listed);
  RecordsView view;
  const auto plans = arranged_columns(listed_kind_, arrangement_of(listed_kind_));
  TRY_VOID(add_rows(listed, plans, view));
  std::vector<Heading> headings;
  std::vector<TableRow> rows;
  for (const ColumnPlan& plan : plans) {
    const RecordColumn one = column_head(plan);
    headings.push_back({one.title, one.number});
  }
  for (const RecordRow& one : view.rows) {
    TableRow& row = rows.emplace_back();
    for (const Mark& cell : one.cells) row.emplace_back(cell.words);
  }
  return as_shown(std::string(kind_of(listed_kind_).label(context_.language)), headings,
                  std::move(rows));
}

std::vector<std::string> Presenter::shown_notes(const std::string& search, std::size_t rows) const {
  const Translator& words = speaking().words;
  std::vector<std::string> out;
  if (!search.empty()) out.push_back(words.tr("print.searched", {{"typed", search}}));
  if (rows > kMostRows)
    out.push_back(words.tr("print.first_rows", {{"n", std::to_string(kMostRows)}}));
  return out;
}

Result<Table> Presenter::needs_table(std::span<const Listed> listed) {
  const Translator& words = speaking().words;
  const KindSpec& kind = kind_of(fields::need::kKind);
  const FieldSpec& urgency = kind.field(fields::need::kUrgency);
  std::vector<TableRow> rows;
  for (const Listed& one : listed) {
    TRY(const auto row, row_of(one.id));
    TRY(auto need, need_row(row));
    rows.push_back({std::move(need.title), std::move(need.for_whom), std::move(need.remaining),
                    field_words(row, urgency, value_in(row, fields::need::kUrgency)),
                    words.tr(kStateWords[static_cast<std::size_t>(need.state)])});
  }
  return as_shown(std::string(kind.label(context_.language)),
                  {{words.tr("needs.column_title")},
                   {words.tr("needs.column_for")},
                   {words.tr("needs.column_remaining"), true},
                   {words.tr("needs.column_urgency")},
                   {words.tr("needs.column_state")}},
                  std::move(rows));
}

// Those that were marked, in the order of the list.
Result<Table> Presenter::marked_list() {
  const std::vector<Listed> wanted = marked_in_order();
  TRY(auto table, list_table(wanted));
  table.notes = shown_notes("", wanted.size());
  return table;
}

}  // namespace rukun::ui
