// How lists stand and what is done with several of their rows at once: columns and order, kept in
// this profile's own store; one action, and so one undo, for all that were marked.
#include <algorithm>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr std::string_view kArrangements = "lists";
constexpr std::size_t kMostArrangementBytes = 20'000;
constexpr std::size_t kMostMarked = 500;
constexpr std::size_t kMostRefusedShown = 6;

struct NeedColumn {
  std::string_view id;
  std::string_view key;
  bool usual;
};
constexpr NeedColumn kNeedColumns[] = {{"title", "needs.column_title", true},
                                       {"for", "needs.column_for", true},
                                       {"remaining", "needs.column_remaining", true},
                                       {"urgency", "needs.column_urgency", true},
                                       {"state", "needs.column_state", true},
                                       {"quantity", "needs.column_quantity", false},
                                       {"age", "needs.column_age", false}};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(at);
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

// A line a kind, "need=title,for,age;age;down"; read once, at the unlock. What is not known any
// more is passed over.
Status Presenter::load_arrangements() {
  arrangements_.clear();
  TRY(const auto kept, engine_->local().setting(kArrangements));
  if (!kept || kept->size() > kMostArrangementBytes) return {};
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

Presenter::Arrangement Presenter::arrangement_of(KindId kind) const {
  const auto found = arrangements_.find(kind);
  return found == arrangements_.end() ? Arrangement() : found->second;
}

KindId Presenter::shown_kind() const {
  return now_.screen == Screen::needs ? k::need::kKind : listed_kind_;
}

// Only what the list offers is taken.
Status Presenter::arrange_list(const ArrangeList& command) {
  ListTools tools;
  if (shown_kind() == 0) return error(Code::bad_value, "columns");
  fill_tools(shown_kind(), "", tools);
  Arrangement how;
  how.descending = command.descending;
  const auto among = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const ListColumn& one : tools.columns) {
    if (among(command.columns, one.id)) how.columns.push_back(one.id);
    if (one.id == command.sort && one.sortable) how.sort = one.id;
  }
  arrangements_[shown_kind()] = std::move(how);
  need_index_stale_ = true;
  std::string text;
  for (const auto& [kind, one] : arrangements_) {
    std::string columns;
    for (const std::string& id : one.columns) columns += (columns.empty() ? "" : ",") + id;
    text += std::string(kind_of(kind).name) + "=" + columns + ";" + one.sort + ";" +
            (one.descending ? "down" : "up") + "\n";
  }
  return engine_->local().set_setting(kArrangements, text);
}

std::vector<ColumnPlan> Presenter::arranged_columns(KindId kind, const Arrangement& how) const {
  const auto all = columns_to_choose(kind);
  const auto usual = columns_of(kind).size();
  std::vector<ColumnPlan> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool chosen = how.columns.empty() ? i < usual
                                            : std::find(how.columns.begin(), how.columns.end(),
                                                        all[i].name) != how.columns.end();
    if (i == 0 || chosen) out.push_back(all[i]);
  }
  return out;
}

// Every field with a few values can be set for all that are marked; a need is closed and an offer
// withdrawn with one reason for all.
void Presenter::fill_tools(KindId kind, std::string_view paper, ListTools& tools) {
  const Translator& words = speaking().words;
  const Arrangement how = arrangement_of(kind);
  tools.sort = how.sort;
  tools.descending = how.descending;
  tools.copy = {.what = Deed::What::copy, .kind = std::string(paper)};
  if (kind == k::need::kKind) {
    tools.usual = words.tr("list.most_urgent");
    for (const NeedColumn& one : kNeedColumns) {
      const std::string id(one.id);
      const bool chosen = how.columns.empty() ? one.usual
                                              : std::find(how.columns.begin(), how.columns.end(),
                                                          id) != how.columns.end();
      tools.columns.push_back(
          {id, words.tr(one.key), chosen || &one == kNeedColumns, one.id != "quantity"});
    }
  } else {
    const bool by_name = kind == k::household::kKind || kind == k::resident::kKind;
    tools.usual = words.tr(by_name ? "list.by_name" : "list.newest");
    const auto shown = arranged_columns(kind, how);
    for (const ColumnPlan& plan : columns_to_choose(kind)) {
      const bool stands = std::any_of(shown.begin(), shown.end(),
                                      [&](const ColumnPlan& one) { return one.name == plan.name; });
      tools.columns.push_back({std::string(plan.name), column_head(plan).title, stands, true});
    }
  }
  tools.can_chart = kind == k::need::kKind || kind == k::drive::kKind;
  if (may(kind)) fill_deeds(kind, tools);
  tools.deeds.push_back({"print", Icon::print, words.tr("print.button")});
  tools.deeds.push_back({"copy", Icon::copy, words.tr("list.copy")});
}

void Presenter::fill_deeds(KindId kind, ListTools& tools) {
  const Translator& words = speaking().words;
  if (kind == k::need::kKind)
    tools.deeds.push_back({"closed", Icon::close, words.tr("list.close_needs"), true});
  if (kind == k::offer::kKind)
    tools.deeds.push_back({"withdrawn", Icon::close, words.tr("list.withdraw_offers"), true});
  for (const AskedField& asked : asked_fields(kind_of(kind), {})) {
    const FieldSpec& spec = *asked.spec;
    if (spec.set || (spec.type != FieldType::enumeration && spec.type != FieldType::boolean))
      continue;
    FormField field;
    if (!fill_choices(spec, field)) continue;
    tools.deeds.push_back({std::string(spec.name), Icon::edit,
                           std::string(spec.label(context_.language)), false,
                           std::move(field.choices)});
  }
}

Status Presenter::do_with_marked(const DoWithMarked& command) {
  const Translator& words = speaking().words;
  if (command.records.empty() || command.records.size() > kMostMarked)
    return error(Code::bad_value, words.tr("list.too_many", {{"n", std::to_string(kMostMarked)}}));
  marked_ = command.records;
  if (command.deed == "print") return print({.what = Deed::What::print, .kind = "marked"});
  if (command.deed == "copy") return copy({.what = Deed::What::copy, .kind = "marked"});
  const KindId kind = shown_kind();
  ListTools tools;
  if (may(kind)) fill_deeds(kind, tools);
  const bool offered = std::any_of(tools.deeds.begin(), tools.deeds.end(),
                                   [&](const BulkDeed& one) { return one.id == command.deed; });
  const FieldSpec* field = kind_of(kind).find_field(std::string_view(command.deed));
  if (!offered || field == nullptr) return error(Code::bad_value, command.deed);
  TRY(const Value value, parse_value(*field, command.value, reading()));
  Action action;
  std::vector<std::string> refused;
  for (const std::string& hex : command.records) {
    TRY(const auto id, record_of(hex));
    TRY(const auto row, row_of(id));
    if (row.kind != kind) return error(Code::bad_value, hex);
    if (value_in(row, field->id) == value) continue;
    SetFields set{id, {{field->id, OpType::put, value}}};
    const auto foreseen = engine_->foresee(space_->id, Action{{set}});
    if (foreseen)
      action.changes.emplace_back(std::move(set));
    else
      refused.push_back(title_of_record(id) + ": " + error_words(foreseen.error(), speaking()));
  }
  const std::string count = std::to_string(action.changes.size());
  if (!action.changes.empty()) {
    TRY_VOID(act(action, "list.changed", count));
  } else {
    say_done(words.tr("list.nothing_changed"));
  }
  tell_refused(refused);
  return {};
}

// One line each, as many as leave the list in sight.
void Presenter::tell_refused(const std::vector<std::string>& refused) {
  if (refused.empty()) return;
  const Translator& words = speaking().words;
  std::string all = words.tr("list.refused", {{"n", std::to_string(refused.size())}});
  for (std::size_t i = 0; i < refused.size() && i < kMostRefusedShown; ++i)
    all += "\n" + refused[i];
  if (refused.size() > kMostRefusedShown)
    all += "\n" + words.tr("list.more_refused",
                           {{"n", std::to_string(refused.size() - kMostRefusedShown)}});
  now_.shell.refused = all;
}

std::optional<Status> Presenter::run_lists(const Command& command) {
  if (const auto* wanted = std::get_if<ArrangeList>(&command)) return arrange_list(*wanted);
  if (const auto* marked = std::get_if<DoWithMarked>(&command)) return do_with_marked(*marked);
  if (const auto* chart = std::get_if<ShowChart>(&command)) {
    charts_ = chart->on;
    need_index_stale_ = true;
    return Status{};
  }
  return std::nullopt;
}

// By what stands in a column: numbers and dates as such, everything else as it is read; what is
// empty comes last, whichever way.
void Presenter::sort_listed(KindId kind, const Arrangement& how, const Derived* derived,
                            std::vector<Row>& rows) {
  const auto columns = columns_to_choose(kind);
  const auto plan = std::find_if(columns.begin(), columns.end(),
                                 [&](const ColumnPlan& one) { return one.name == how.sort; });
  if (how.sort.empty() || plan == columns.end()) return;
  const FieldSpec* declared = kind_of(kind).find_field(plan->name);
  const FieldSpec* worked_out = declared == nullptr ? find_derived(kind, plan->name) : nullptr;
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SortKey key{.at = i};
    Value value;
    if (declared != nullptr && !declared->set) value = value_in(rows[i], declared->id);
    if (worked_out != nullptr && derived != nullptr)
      value = derived->value_of(rows[i], *worked_out);
    if (const auto* number = std::get_if<std::int64_t>(&value))
      key.number = *number;
    else
      key.words = lowered(column_words(rows[i], *plan, derived).words);
    key.empty = is_none(value) && key.words.empty();
    keys.push_back(std::move(key));
  }
  sort_keys(keys, how.descending);
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const SortKey& key : keys) sorted.push_back(std::move(rows[key.at]));
  rows = std::move(sorted);
}

void Presenter::sort_keys(std::vector<SortKey>& keys, bool descending) {
  std::stable_sort(keys.begin(), keys.end(), [descending](const SortKey& a, const SortKey& b) {
    if (a.empty != b.empty) return b.empty;
    if (a.number != b.number) return descending ? b.number < a.number : a.number < b.number;
    return descending ? b.words < a.words : a.words < b.words;
  });
}

// Likewise for the needs, of which only the keys are held.
Status Presenter::sort_needs(const Arrangement& how, std::vector<ListedNeed>& needs) {
  TRY(const AidBalances* balances, aid_balances());
  std::map<RecordId, std::string> names;
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const ListedNeed& need = needs[i];
    SortKey key{.at = i};
    if (how.sort == "urgency") key.number = need.urgency;
    if (how.sort == "age") key.number = -static_cast<std::int64_t>(need.created);
    if (how.sort == "state") key.number = static_cast<std::int64_t>(need.state);
    if (how.sort == "title") key.words = lowered(title_of_record(need.id));
    if (how.sort == "remaining" || how.sort == "for") {
      TRY(const auto row, row_of(need.id));
      const auto household = link_of(row, k::need::kHousehold);
      if (how.sort == "remaining") {
        key.number = need_balance(row, balances).remaining;
      } else if (household) {
        const auto known = names.find(*household);
        key.words = known != names.end()
                        ? known->second
                        : names.emplace(*household, lowered(for_whom(row, false))).first->second;
      } else {
        key.words = lowered(for_whom(row, false));
      }
    }
    keys.push_back(std::move(key));
  }
  sort_keys(keys, how.descending);
  std::vector<ListedNeed> sorted;
  sorted.reserve(needs.size());
  for (const SortKey& key : keys) sorted.push_back(needs[key.at]);
  needs = std::move(sorted);
  return {};
}

}  // namespace rukun::ui
