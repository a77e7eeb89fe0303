#include "app/domain/schema.h"

#include "app/domain/values.h"

namespace rukun {
namespace {

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

std::int64_t number_in(const Row& row, FieldId field) {
  const auto* number = std::get_if<std::int64_t>(&value_in(row, field));
  return number == nullptr ? 0 : *number;
}

std::string text_in(const Row& row, FieldId field) {
  const auto* text = std::get_if<std::string>(&value_in(row, field));
  return text == nullptr ? std::string() : *text;
}

const std::vector<Value>& set_in(const Row& row, FieldId field) {
  static const std::vector<Value> kNone;
  const auto column = column_of(row.kind, field);
  return column < row.sets.size() ? row.sets[column] : kNone;
}

std::vector<std::string> texts_in(const Row& row, FieldId field) {
  std::vector<std::string> out;
  for (const auto& value : set_in(row, field))
    if (const auto* text = std::get_if<std::string>(&value)) out.push_back(*text);
  return out;
}

}  // namespace rukun
