#include "app/ui/presenter/list_tools.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/ui/presenter/columns.h"
#include "app/ui/presenter/form_fields.h"
#include "app/ui/presenter/kind_plans.h"
#include "app/ui/presenter/list_order.h"

namespace rukun::ui {
namespace {

namespace k = fields;

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

}  // namespace

void fill_bulk_deeds(Desk& desk, KindId kind, ListTools& tools) {
  const Translator& words = desk.speaking().words;
  if (kind == k::need::kKind)
    tools.deeds.push_back({"closed", Icon::close, words.tr("list.close_needs"), true});
  if (kind == k::offer::kKind)
    tools.deeds.push_back({"withdrawn", Icon::close, words.tr("list.withdraw_offers"), true});
  for (const AskedField& asked : asked_fields(kind_of(kind), {})) {
    const FieldSpec& spec = *asked.spec;
    if (spec.set || (spec.type != FieldType::enumeration && spec.type != FieldType::boolean))
      continue;
    FormField field;
    if (!fill_choices(desk, spec, std::nullopt, field)) continue;
    tools.deeds.push_back({std::string(spec.name), Icon::edit,
                           std::string(spec.label(desk.language())), false,
                           std::move(field.choices)});
  }
}

// Every field with a few values can be set for all that are marked; a need is closed and an offer
// withdrawn with one reason for all.
void fill_tools(Desk& desk, KindId kind, const Arrangement& how, std::string_view paper,
                ListTools& tools) {
  const Translator& words = desk.speaking().words;
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
    tools.usual = words.tr(stands_by_name(kind) ? "list.by_name" : "list.newest");
    const auto shown = arranged_columns(kind, how);
    for (const ColumnPlan& plan : columns_to_choose(kind)) {
      const bool stands = std::any_of(shown.begin(), shown.end(),
                                      [&](const ColumnPlan& one) { return one.name == plan.name; });
      tools.columns.push_back(
          {std::string(plan.name), column_head(desk, plan).title, stands, true});
    }
  }
  tools.can_chart = kind == k::need::kKind || kind == k::drive::kKind;
  if (desk.may(kind)) fill_bulk_deeds(desk, kind, tools);
  tools.deeds.push_back({"print", Icon::print, words.tr("print.button")});
  tools.deeds.push_back({"copy", Icon::copy, words.tr("list.copy")});
}

}  // namespace rukun::ui
