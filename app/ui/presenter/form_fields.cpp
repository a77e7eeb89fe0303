#include "app/ui/presenter/form_fields.h"

#include "app/domain/fields.h"
#include "app/domain/purposes.h"
#include "app/domain/units.h"
#include "app/domain/values.h"
#include "app/ui/presenter/kind_plans.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostNamed = 5;

}  // namespace

// What may be given for a reference when there are few to choose from.
Status fill_choices(Desk& desk, const FieldSpec& spec, const std::optional<RecordId>& itself,
                    FormField& field) {
  for (const EnumValue& value : spec.values)
    field.choices.push_back({std::string(value.name), std::string(value.label(desk.language()))});
  if (spec.type == FieldType::boolean) {
    field.choices = {{"true", format_value(spec, std::int64_t{1}, desk.showing())},
                     {"false", format_value(spec, std::int64_t{0}, desk.showing())}};
  }
  if (spec.type == FieldType::unit) {
    for (const char* unit : kUsualUnits)
      field.choices.push_back({unit, unit_word(unit, desk.language())});
  }
  if (spec.type != FieldType::reference) return {};
  Query query = desk.query_of(spec.target);
  query.limit = kMostChoices + 1;
  TRY(const auto rows, desk.engine().records().rows(query));
  const bool few = asked_as_choice(spec.target) && rows.size() <= kMostChoices;
  if (!few && !spec.set) return {};
  field.input = spec.set ? InputKind::choices : InputKind::choice;
  for (const Row& row : rows) {
    if (itself != row.id) field.choices.push_back({row.id.hex(), desk.title_of(row.id)});
  }
  return {};
}

Result<FormField> form_field(Desk& desk, const KindSpec& kind, const FieldSpec& spec,
                             const std::optional<RecordId>& itself) {
  FormField field;
  field.name = spec.name;
  field.label = spec.label(desk.language());
  field.why = purpose_of(kind.id, spec.id, desk.language());
  field.required = spec.required;
  field.input = input_of(spec);
  field.hint = hint_of(spec, desk.language());
  field.by_name = spec.type == FieldType::item;
  TRY_VOID(fill_choices(desk, spec, itself, field));
  return field;
}

std::string typed_text(Desk& desk, const FieldSpec& spec, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (is_none(value)) return {};
  if (spec.type == FieldType::quantity && number != nullptr) return typed_words(*number);
  if (spec.type == FieldType::item) return format_value(spec, value, desk.showing());
  if (spec.type == FieldType::date && number != nullptr && *number % 100 != 0)
    return format_date(*number, desk.language());
  if (spec.type == FieldType::instant && number != nullptr)
    return format_date(local_date({*number}, desk.setup().utc_offset_min), desk.language()) + " " +
           clock_words({*number}, desk.speaking());
  if (spec.type == FieldType::identifier) return {};  // never shown whole; left alone if empty
  return machine_value(spec, value);
}

Result<Value> form_value(Desk& desk, const FieldSpec& spec, const std::string& text) {
  ParseContext context = desk.reading();
  // A name that was typed and not chosen counts when just one record has it.
  context.resolve = [&desk](const FieldSpec& field, std::string_view typed) -> Result<RecordId> {
    if (auto id = record_of(typed)) return *id;
    Query query = desk.query_of(field.target);
    query.search = typed;
    query.limit = kMostNamed;
    TRY(const auto rows, desk.engine().records().rows(query));
    std::vector<RecordId> same;
    for (const Row& row : rows)
      if (desk.title_of(row.id) == typed) same.push_back(row.id);
    if (same.size() == 1) return same.front();
    return error(Code::bad_value, desk.speaking().words.tr("form.choose", {{"typed", typed}}));
  };
  return parse_value(spec, text, context);
}

}  // namespace rukun::ui
