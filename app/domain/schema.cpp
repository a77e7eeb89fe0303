#include "app/domain/schema.h"

#include "app/domain/kinds.h"

namespace rukun {
namespace {

ValueType carried_as(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::item:
    case FieldType::unit:
    case FieldType::phone:
    case FieldType::location:
    case FieldType::identifier: return ValueType::text;
    case FieldType::reference: return ValueType::reference;
    default: return ValueType::integer;
  }
}

// Where a field's column stands: fields are declared in any order, columns follow that order.
std::size_t column_of(KindId kind, FieldId field) {
  const auto* spec = find_kind(kind);
  if (spec == nullptr) return ~std::size_t{0};
  for (std::size_t i = 0; i < spec->fields.size(); ++i)
    if (spec->fields[i].id == field) return i;
  return ~std::size_t{0};
}

}  // namespace

Schema projection_schema() {
  Schema schema;
  for (const auto& kind : all_kinds()) {
    TableSpec table{kind.id, std::string(kind.name), {}};
    for (const auto& field : kind.fields)
      table.columns.push_back({field.id, std::string(field.name), carried_as(field.type), field.set,
                               field.searched, field.indexed});
    schema.push_back(std::move(table));
  }
  return schema;
}

const Value& value_in(const Row& row, FieldId field) {
  static const Value kNone;
  const auto column = column_of(row.kind, field);
  return column < row.values.size() ? row.values[column] : kNone;
}

const std::vector<Value>& set_in(const Row& row, FieldId field) {
  static const std::vector<Value> kNone;
  const auto column = column_of(row.kind, field);
  return column < row.sets.size() ? row.sets[column] : kNone;
}

}  // namespace rukun
