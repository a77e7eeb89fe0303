// The columns of a list of any kind, and its rows.
#include "app/ui/presenter/columns.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace k = fields;

Mood mood_of(KindId kind, std::string_view name, const Value& value) {
  const auto* code = std::get_if<std::int64_t>(&value);
  if (code == nullptr) return Mood::plain;
  if (kind == k::notice::kKind && name == "urgency")
    return *code == k::notice::kUrgencyEmergency   ? Mood::danger
           : *code == k::notice::kUrgencyImportant ? Mood::warn
                                                   : Mood::info;
  if (kind == k::order::kKind && name == "state")
    return *code == k::order::kStateOrdered ? Mood::warn
           : *code == k::order::kStateReady ? Mood::info
                                            : Mood::good;
  return Mood::plain;
}

// It follows from the balances that are at hand anyway, where few offers are taken up.
bool is_left_of_offer(const ColumnPlan& plan) {
  return plan.kind == k::offer::kKind && plan.name == "remaining";
}

}  // namespace

Mark column_words(Desk& desk, const Row& row, const ColumnPlan& plan, const Derived* derived) {
  const KindSpec& kind = kind_of(row.kind);
  if (plan.name == "title") {
    const auto title = row_title(desk.engine().records(), row, desk.showing());
    return {title ? *title : title.error().message};
  }
  if (plan.name == "giver") return {giver_of(desk, row)};
  if (plan.name == "rt_rw")
    return {format_rt_rw(number_in(row, k::household::kRt), number_in(row, k::household::kRw))};
  if (plan.name == "groups") return {groups_of(desk, row)};
  if (plan.name == "receiver") return {receiver_of(desk, row)};
  if (const FieldSpec* field = kind.find_field(plan.name)) {
    const Value& value = value_in(row, field->id);
    return {field_words(desk, row, *field, value), mood_of(row.kind, plan.name, value)};
  }
  const FieldSpec* field = find_derived(row.kind, plan.name);
  if (is_left_of_offer(plan)) {
    const auto balances = desk.aid_balances();
    if (!balances) return {error_words(balances.error(), desk.speaking())};
    return {field_words(desk, row, *field, offer_balance(row, *balances).remaining)};
  }
  if (field == nullptr || derived == nullptr) return {};
  return {field_words(desk, row, *field, derived->value_of(row, *field))};
}

RecordColumn column_head(Desk& desk, const ColumnPlan& plan) {
  const KindSpec& kind = kind_of(plan.kind);
  const FieldSpec* field = kind.find_field(plan.name);
  if (field == nullptr) field = find_derived(plan.kind, plan.name);
  RecordColumn column{"", plan.weight, plan.least, false};
  if (field != nullptr) {
    column.title = field->label(desk.language());
    column.number = field->type == FieldType::quantity || field->type == FieldType::money ||
                    field->type == FieldType::integer;
  } else if (plan.name == "title") {
    column.title = kind.label(desk.language());
  } else {
    column.title = desk.speaking().words.tr("column." + std::string(plan.name));
  }
  return column;
}

std::vector<ColumnPlan> arranged_columns(KindId kind, const Arrangement& how) {
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

Status add_rows(Desk& desk, std::span<const Listed> listed, const std::vector<ColumnPlan>& plans,
                RecordsView& view) {
  const bool works_out = std::any_of(plans.begin(), plans.end(), [](const ColumnPlan& plan) {
    return kind_of(plan.kind).find_field(plan.name) == nullptr &&
           find_derived(plan.kind, plan.name) != nullptr && !is_left_of_offer(plan);
  });
  const Derived* derived = nullptr;
  if (works_out && !listed.empty()) {
    TRY(derived, desk.derived_for(plans[0].kind));
  }
  for (const Listed& one : listed) {
    RecordRow out{one.id.hex(), {}, false};
    const auto row = desk.row_of(one.id);
    for (const ColumnPlan& plan : plans)
      out.cells.push_back(row ? column_words(desk, *row, plan, derived) : Mark());
    if (!row) out.cells[0].words = error_words(row.error(), desk.speaking());
    view.rows.push_back(std::move(out));
  }
  return {};
}

}  // namespace rukun::ui
