#include "app/ui/presenter/lists.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/engine/access_log.h"
#include "app/ui/presenter/list_order.h"
#include "app/ui/presenter/list_tools.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr std::string_view kArrangements = "lists";
constexpr std::size_t kMostArrangementBytes = 20'000;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(at);
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

}  // namespace

std::optional<Status> Lists::run(const Command& command) {
  if (const auto* wanted = std::get_if<ArrangeList>(&command)) return arrange_list(*wanted);
  if (const auto* rows = std::get_if<MarkRows>(&command)) return mark_rows(*rows);
  if (const auto* all = std::get_if<MarkAll>(&command)) return mark_all(all->on);
  if (const auto* wanted = std::get_if<OpenRecord>(&command)) return open_listed(wanted->id);
  if (const auto* chart = std::get_if<ShowChart>(&command)) {
    charts_ = chart->on;
  } else if (const auto* typed = std::get_if<SearchNeeds>(&command)) {
    need_search_ = *typed;
    needs_.first = 0;
  } else if (const auto* search = std::get_if<SearchRecords>(&command)) {
    search_ = search->search;
    records_.first = 0;
  } else if (const auto* rows_wanted = std::get_if<ShowRows>(&command)) {
    (rows_wanted->of == Screen::needs ? needs_ : records_).first = rows_wanted->first;
  } else if (const auto* tab = std::get_if<ShowTab>(&command)) {
    enter();
    tab_ = tab->tab;
    desk_.entered = true;
  } else {
    return std::nullopt;
  }
  return Status();
}

void Lists::enter() {
  charts_ = false;
  search_.clear();
  tab_.clear();
  opened_.clear();
  marks_.clear();
  records_.first = 0;
}

void Lists::forget() {
  enter();
  needs_ = ListIndex{.kind = k::need::kKind};
  records_ = ListIndex();
}

const TabPlan& Lists::choose_tab(const std::vector<TabPlan>& tabs) {
  const auto meant =
      std::find_if(tabs.begin(), tabs.end(), [&](const TabPlan& one) { return one.id == tab_; });
  const TabPlan& tab = meant == tabs.end() ? tabs.front() : *meant;
  listed_kind_ = tab.kind;
  return tab;
}

const ListIndex& Lists::shown() const { return shown_kind() == k::need::kKind ? needs_ : records_; }

Status Lists::fit_needs() { return fit(needs_, need_search_.search, need_search_.filter); }

Status Lists::fit_records() {
  if (records_.kind != listed_kind_) records_ = ListIndex{.kind = listed_kind_};
  return fit(records_, search_, NeedFilter::all);
}

// A list shows the tab that its record is in.
void Lists::open_record(const std::string& id, KindId kind) {
  opened_ = id;
  for (const TabPlan& tab : tabs_of(desk_.now.screen)) {
    if (tab.kind == kind && kind != 0) tab_ = tab.id;
  }
  if (id.empty() || !names_people(kind)) return;
  const auto noted = desk_.note(Access::show, std::string(kind_of(kind).name) + " " + id, 1);
  if (noted) return;
  opened_.clear();
  desk_.refuse(noted.error());
}

Status Lists::open_listed(const std::string& id) {
  if (id.empty()) {
    opened_.clear();
    return {};
  }
  TRY(const auto record, record_of(id));
  TRY(const auto row, desk_.row_of(record));
  open_record(id, row.kind);
  return {};
}

Status Lists::load() {
  arrangements_.clear();
  TRY(const auto kept, desk_.engine().local().setting(kArrangements));
  if (!kept) return {};
  if (kept->size() > kMostArrangementBytes)
    return error(Code::unsupported, desk_.speaking().words.tr("list.arrangement_long"));
  for (const std::string& line : split(*kept, '\n')) {
    const auto equals = line.find('=');
    const KindSpec* kind = find_kind(std::string_view(line).substr(0, equals));
    if (kind == nullptr || equals == std::string::npos) continue;
    const auto parts = split(std::string_view(line).substr(equals + 1), ';');
    Arrangement& how = arrangements_[kind->id];
    if (!parts.empty()) how.columns = split(parts[0], ',');
    if (parts.size() > 1) how.sort = parts[1];
    how.descending = parts.size() > 2 && parts[2] == "down";
  }
  return {};
}

Arrangement Lists::arrangement_of(KindId kind) const {
  const auto found = arrangements_.find(kind);
  return found == arrangements_.end() ? Arrangement() : found->second;
}

KindId Lists::shown_kind() const {
  return desk_.now.screen == Screen::needs ? k::need::kKind : listed_kind_;
}

// Only what the list offers is taken.
Status Lists::arrange_list(const ArrangeList& command) {
  ListTools tools;
  if (shown_kind() == 0) return error(Code::bad_value, "columns");
  fill_tools(desk_, shown_kind(), arrangement_of(shown_kind()), "", tools);
  Arrangement how;
  how.descending = command.descending;
  const auto among = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const ListColumn& one : tools.columns) {
    if (among(command.columns, one.id)) how.columns.push_back(one.id);
    if (one.id == command.sort && one.sortable) how.sort = one.id;
  }
  auto next = arrangements_;
  next[shown_kind()] = std::move(how);
  std::string text;
  for (const auto& [kind, one] : next) {
    std::string columns;
    for (const std::string& id : one.columns) columns += (columns.empty() ? "" : ",") + id;
    text += std::string(kind_of(kind).name) + "=" + columns + ";" + one.sort + ";" +
            (one.descending ? "down" : "up") + "\n";
  }
  if (text.size() > kMostArrangementBytes)
    return error(Code::full, desk_.speaking().words.tr("list.arrangement_long"));
  arrangements_ = std::move(next);
  (shown_kind() == k::need::kKind ? needs_ : records_).ordered_at = 0;
  return desk_.engine().local().set_setting(kArrangements, text);
}

// The old rows stay in sight meanwhile.
void Lists::tell_sorting(const ListIndex& list) {
  if (list.all.size() < desk_.setup().lists.many || list.kind != shown_kind()) return;
  ListTools& tools = list.kind == k::need::kKind ? desk_.now.needs.tools : desk_.now.records.tools;
  tools.sorting = true;
  desk_.publish();
  tools.sorting = false;
}

Status Lists::order(ListIndex& list) {
  if (is_in_order(list)) return {};
  const Arrangement how = arrangement_of(list.kind);
  if (!how.sort.empty()) tell_sorting(list);
  TRY_VOID(put_in_order(desk_, how, list));
  list.ordered_at = desk_.version();
  list.fitted = false;
  return {};
}

Status Lists::fit(ListIndex& list, const std::string& search, NeedFilter filter) {
  TRY_VOID(order(list));
  if (list.fitted && list.search == search && list.filter == filter) return {};
  TRY(const auto found, rows_found(desk_.engine().records(), search));
  list.fitting.clear();
  for (const Listed& one : list.all) {
    const auto row = static_cast<std::size_t>(one.row);
    if (found && (row >= found->size() || !(*found)[row])) continue;
    if ((one.shows & filter_bit(filter)) != 0) list.fitting.push_back(one);
  }
  list.search = search;
  list.filter = filter;
  list.fitted = true;
  list.number = ++numbers_;
  return {};
}

void Lists::fill_place(const ListIndex& list, ListTools& tools) {
  tools.number = list.number;
  tools.listed = list.fitting.size();
  tools.marked = marks_.size();
  tools.all_marked = !list.fitting.empty() && marks_.size() >= list.fitting.size() &&
                     std::all_of(list.fitting.begin(), list.fitting.end(),
                                 [this](const Listed& one) { return marks_.count(one.id) != 0; });
}

// Rows are named by where they stand, so the list must be the one that was seen.
Status Lists::mark_rows(const MarkRows& command) {
  const ListIndex& list = shown();
  if (!list.fitted || !is_in_order(list) || command.list != list.number ||
      command.last >= list.fitting.size() || command.first > command.last)
    return error(Code::bad_value, desk_.speaking().words.tr("list.moved"));
  for (std::size_t row = command.first; row <= command.last; ++row) {
    const RecordId& id = list.fitting[row].id;
    if (!marks_.insert(id).second && command.toggle) marks_.erase(id);
  }
  return {};
}

// All that are listed, beside those that are marked already; or none any more.
Status Lists::mark_all(bool on) {
  const ListIndex& list = shown();
  if (!on) marks_.clear();
  if (on)
    for (const Listed& one : list.fitting) marks_.insert(one.id);
  return {};
}

// As the list has them, whatever is looked for in it now; those that it has no more come last.
std::vector<Listed> Lists::marked_in_order() const {
  const ListIndex& list = shown();
  std::vector<Listed> out;
  std::unordered_set<RecordId, IdHash> left = marks_;
  for (const Listed& one : list.all)
    if (left.erase(one.id) != 0) out.push_back(one);
  for (const RecordId& id : left) out.push_back({id});
  return out;
}

}  // namespace rukun::ui
