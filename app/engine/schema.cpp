#include "app/engine/schema.h"

#include "app/domain/kinds.h"

namespace rukun {

namespace {
ValueType shape_of(FieldType type) {
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
}  // namespace

Schema projection_schema() {
  Schema schema;
  for (const auto& kind : all_kinds()) {
    TableSpec table{kind.id, "k_" + std::string(kind.name), {}};
    for (const auto& field : kind.fields)
      table.columns.push_back({field.id, std::string(field.name), shape_of(field.type), field.set,
                               field.searched, field.indexed});
    schema.push_back(std::move(table));
  }
  return schema;
}

}  // namespace rukun
