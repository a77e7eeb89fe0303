#include "app/ui/presenter/paper_tables.h"

#include <algorithm>
#include <span>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/report/named.h"
#include "app/ui/presenter/columns.h"
#include "app/ui/presenter/need_words.h"
#include "app/ui/presenter/record_words.h"
#include "app/ui/presenter/shifts.h"

namespace rukun::ui {
namespace {

constexpr std::int64_t kPrintedDays = 28;  // of duty, from the week that is shown
constexpr const char* kStateWords[] = {"state.open", "state.partly", "state.covered",
                                       "state.delivered", "state.closed"};

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

std::vector<std::string> shown_notes(Desk& desk, const std::string& search, std::size_t rows) {
  const Translator& words = desk.speaking().words;
  std::vector<std::string> out;
  if (!search.empty()) out.push_back(words.tr("print.searched", {{"typed", search}}));
  if (rows > kMostRows)
    out.push_back(words.tr("print.first_rows", {{"n", std::to_string(kMostRows)}}));
  return out;
}

Result<Table> needs_table(Desk& desk, std::span<const Listed> listed) {
  const Translator& words = desk.speaking().words;
  const KindSpec& kind = kind_of(fields::need::kKind);
  const FieldSpec& urgency = kind.field(fields::need::kUrgency);
  std::vector<TableRow> rows;
  for (const Listed& one : listed) {
    TRY(const auto row, desk.row_of(one.id));
    TRY(auto need, need_row(desk, row));
    rows.push_back({std::move(need.title), std::move(need.for_whom), std::move(need.remaining),
                    field_words(desk, row, urgency, value_in(row, fields::need::kUrgency)),
                    words.tr(kStateWords[static_cast<std::size_t>(need.state)])});
  }
  return as_shown(std::string(kind.label(desk.language())),
                  {{words.tr("needs.column_title")},
                   {words.tr("needs.column_for")},
                   {words.tr("needs.column_remaining"), true},
                   {words.tr("needs.column_urgency")},
                   {words.tr("needs.column_state")}},
                  std::move(rows));
}

Result<Table> list_table(Desk& desk, const Lists& lists, std::span<const Listed> listed) {
  listed = listed.first(std::min(listed.size(), kMostRows));
  if (desk.now.screen == Screen::needs) return needs_table(desk, listed);
  RecordsView view;
  const KindId listed_kind = lists.listed_kind();
  const auto plans = arranged_columns(listed_kind, lists.arrangement_of(listed_kind));
  TRY_VOID(add_rows(desk, listed, plans, view));
  std::vector<Heading> headings;
  std::vector<TableRow> rows;
  for (const ColumnPlan& plan : plans) {
    const RecordColumn one = column_head(desk, plan);
    headings.push_back({one.title, one.number});
  }
  for (const RecordRow& one : view.rows) {
    TableRow& row = rows.emplace_back();
    for (const Mark& cell : one.cells) row.emplace_back(cell.words);
  }
  return as_shown(std::string(kind_of(listed_kind).label(desk.language())), headings,
                  std::move(rows));
}

// Those that were marked, in the order of the list.
Result<Table> marked_list(Desk& desk, const Lists& lists) {
  const std::vector<Listed> wanted = lists.marked_in_order();
  TRY(auto table, list_table(desk, lists, wanted));
  table.notes = shown_notes(desk, "", wanted.size());
  return table;
}

// What a list of any kind shows now, with its search.
Result<Table> shown_list(Desk& desk, Lists& lists) {
  const bool needs = desk.now.screen == Screen::needs;
  if (needs) TRY_VOID(lists.fit_needs());
  const ListIndex& list = needs ? lists.needs() : lists.records();
  TRY(auto table, list_table(desk, lists, list.fitting));
  table.notes = shown_notes(desk, list.search, list.fitting.size());
  return table;
}

// What stands on a screen; empty: it is a report.
std::optional<Result<Table>> shown_table(Desk& desk, Lists& lists, std::string_view what) {
  const Translator& words = desk.speaking().words;
  if (what == "list" || what == "shown_needs") return shown_list(desk, lists);
  if (what == "marked") return marked_list(desk, lists);
  if (what == "recap") return recap_table(desk.now.recap, words);
  if (what == "members") return members_table(desk.now.members, words);
  if (what == "access") return access_table(desk.now.access, words);
  return std::nullopt;
}

Result<std::vector<Table>> report_tables(Desk& desk, const std::string& name,
                                         const ReportAsked& asked) {
  TRY(auto tables, named_tables(desk.engine(), name, asked));
  if (!tables) return error(Code::bad_value, name);
  return std::move(*tables);
}

// Four weeks of every activity that has shifts in them, one after the other.
Result<std::vector<Table>> rosters(Desk& desk, ReportAsked asked, WallTime first_day) {
  namespace s = fields::shift;
  asked.days = {day_at(first_day, desk.setup().utc_offset_min), kPrintedDays};
  Query query = desk.query_of(s::kKind);
  query.where = {{s::kStarts, Compare::at_least, first_day.ms},
                 {s::kStarts, Compare::less, first_day.ms + kPrintedDays * kOneDay_ms}};
  query.sort = s::kStarts;
  TRY(const auto shifts, desk.engine().records().rows(query));
  std::vector<RecordId> activities;
  for (const Row& row : shifts) {
    const auto activity = link_in(row, s::kActivity);
    if (activity && std::find(activities.begin(), activities.end(), *activity) == activities.end())
      activities.push_back(*activity);
  }
  std::vector<Table> out;
  for (const RecordId& activity : activities) {
    asked.about = activity;
    TRY(auto tables, report_tables(desk, "roster", asked));
    for (Table& one : tables) out.push_back(std::move(one));
  }
  if (out.empty())
    return error(Code::not_found, desk.speaking().words.tr("print.no_shifts"),
                 desk.speaking().words.tr("print.no_shifts_hint"));
  return out;
}

}  // namespace

Result<std::vector<Table>> tables_for(Desk& desk, Lists& lists, WallTime first_day,
                                      const Deed& deed) {
  if (auto shown = shown_table(desk, lists, deed.kind)) {
    TRY(auto table, std::move(*shown));
    return std::vector<Table>{std::move(table)};
  }
  ReportAsked asked;
  asked.spaces = {desk.space()};
  asked.for_public = deed.other == "board";
  asked.on_paper = true;
  asked.now = desk.setup().clock.now();
  asked.showing = desk.showing();
  if (deed.kind == "roster") return rosters(desk, asked, first_day);
  if (!deed.record.empty()) {
    TRY(asked.about, record_of(deed.record));
  }
  return report_tables(desk, deed.kind, asked);
}

}  // namespace rukun::ui
