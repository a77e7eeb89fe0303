// How lists stand: columns and order, kept in this profile's own store, and what can be done with
// several of their rows at once.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace k = fields;

constexpr std::string_view kArrangements = "lists";
constexpr std::size_t kMostArrangementBytes = 20'000;

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

}  // namespace

// A line a kind, "need=title,for,age;age;down"; read once, at the unlock. What is not known any
// more is passed over.
Status Presenter::load_arrangements() {
  arrangements_.clear();
  TRY(const auto kept, engine_->local().setting(kArrangements));
  if (!kept) return {};
  if (kept->size() > kMostArrangementBytes)
    return error(Code::unsupported, speaking().words.tr("list.arrangement_long"));
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

Arrangement Presenter::arrangement_of(KindId kind) const {
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
    return error(Code::full, speaking().words.tr("list.arrangement_long"));
  arrangements_ = std::move(next);
  (shown_kind() == k::need::kKind ? needs_ : records_).ordered = false;
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

// How many there are, how many of them are marked, and which list they are counted in.
void Presenter::fill_place(const ListIndex& list, ListTools& tools) {
  tools.number = list.number;
  tools.listed = list.fitting.size();
  tools.marked = marks_.size();
  tools.all_marked = !list.fitting.empty() && marks_.size() >= list.fitting.size() &&
                     std::all_of(list.fitting.begin(), list.fitting.end(),
                                 [this](const Listed& one) { return marks_.count(one.id) != 0; });
}

std::optional<Status> Presenter::run_lists(const Command& command) {
  if (const auto* wanted = std::get_if<ArrangeList>(&command)) return arrange_list(*wanted);
  if (const auto* rows = std::get_if<MarkRows>(&command)) return mark_rows(*rows);
  if (const auto* all = std::get_if<MarkAll>(&command)) return mark_all(all->on);
  if (const auto* marked = std::get_if<DoWithMarked>(&command)) return do_with_marked(*marked);
  if (const auto* chart = std::get_if<ShowChart>(&command)) {
    charts_ = chart->on;
    return Status{};
  }
  return std::nullopt;
}

}  // namespace rukun::ui
