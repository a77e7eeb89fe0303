#include "app/cli/filter.h"

#include <algorithm>
#include <array>

#include "app/domain/fold.h"

namespace rukun::cli {
namespace {

struct Operator {
  std::string_view text;
  Compare compare;
};
// The longer ones first.
constexpr std::array kOperators{Operator{"!=", Compare::unequal},  Operator{"<=", Compare::at_most},
                                Operator{">=", Compare::at_least}, Operator{"=", Compare::equal},
                                Operator{"<", Compare::less},      Operator{">", Compare::greater},
                                Operator{"~", Compare::contains}};

Result<std::pair<const FieldSpec*, bool>> find_named(const KindSpec& kind, std::string_view name,
                                                     Language language) {
  // What the program itself says is derived; what older records hold of it is not asked for.
  const auto* declared = kind.find_field(name);
  const auto* made = declared == nullptr || !declared->made_by_program
                         ? nullptr
                         : find_derived(kind.id, declared->name);
  if (made != nullptr) return std::pair(made, true);
  if (declared != nullptr) return std::pair(declared, false);
  if (const auto* field = find_derived(kind.id, name)) return std::pair(field, true);
  std::string names;
  for (const auto& field : kind.fields)
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  for (const auto& field : derived_fields(kind.id)) names += ", " + std::string(field.name);
  return error(Code::bad_value,
               std::string(name) +
                   std::string(pick(language, ": bukan isian dari ", ": is no field of ")) +
                   std::string(kind.name),
               std::string(pick(language, "yang ada: ", "there are: ")) + names);
}

bool compares(const Value& a, Compare compare, const Value& b) {
  switch (compare) {
    case Compare::equal: return a == b;
    case Compare::unequal: return a != b;
    case Compare::less: return a < b;
    case Compare::at_most: return a <= b;
    case Compare::greater: return a > b;
    case Compare::at_least: return a >= b;
    case Compare::contains: return false;
  }
  return false;
}

bool fits_one(const Filter& filter, const Value& value, const FormatContext& showing) {
  const bool absent = is_none(value);
  if (filter.compare == Compare::contains) {
    return !absent && folded(format_value(*filter.field, value, showing)).find(filter.needle) !=
                          std::string::npos;
  }
  if (is_none(filter.value)) return (filter.compare == Compare::equal) == absent;
  if (absent) return filter.compare == Compare::unequal;
  return compares(value, filter.compare, filter.value);
}

}  // namespace

Result<Filter> read_filter(const KindSpec& kind, std::string_view text,
                           const ParseContext& reading) {
  const auto at = text.find_first_of("!<>=~");
  const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& one) {
    return at != text.npos && text.substr(at).starts_with(one.text);
  });
  if (at == text.npos || found == kOperators.end() || trimmed(text.substr(0, at)).empty()) {
    return error(Code::bad_value, "--where: " + std::string(text),
                 std::string(pick(reading.language, "tulis isian OP nilai; OP salah satu dari ",
                                  "write field OP value; OP is one of ")) +
                     "= != < <= > >= ~");
  }
  Filter out;
  out.compare = found->compare;
  TRY(const auto named, find_named(kind, trimmed(text.substr(0, at)), reading.language));
  out.field = named.first;
  out.derived = named.second;
  const auto value = trimmed(text.substr(at + found->text.size()));
  if (out.compare == Compare::contains) {
    out.needle = folded(value);
    return out;
  }
  TRY(out.value, parse_value(*out.field, value, reading));
  const bool ordered = out.compare != Compare::equal && out.compare != Compare::unequal;
  if (ordered && is_none(out.value)) {
    return error(Code::bad_value, "--where: " + std::string(text),
                 std::string(pick(reading.language, "nilai pembanding kurang",
                                  "there is nothing to compare with")));
  }
  return out;
}

bool is_for_query(const Filter& filter) {
  const bool simple = filter.compare == Compare::equal || filter.compare == Compare::unequal;
  return !filter.derived && filter.compare != Compare::contains && (simple || !filter.field->set);
}

bool holds(const Filter& filter, const Row& row, const TableSpec& table, const Derived& derived,
           const FormatContext& showing) {
  if (filter.derived) return fits_one(filter, derived.value_of(row, *filter.field), showing);
  const auto column = table.find(filter.field->id);
  if (!column) return false;
  if (!filter.field->set) return fits_one(filter, row.values[*column], showing);
  const auto& elements = row.sets[*column];
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Value& one) { return fits_one(filter, one, showing); });
}

Result<Order> read_order(const KindSpec& kind, std::string_view text, Language language) {
  Order out;
  if (text.empty()) return out;
  out.descending = text.front() == '-';
  if (out.descending) text.remove_prefix(1);
  TRY(const auto named, find_named(kind, text, language));
  out.field = named.first;
  out.derived = named.second;
  return out;
}

void sort_by_derived(std::vector<Row>& rows, const Order& order, const Derived& derived) {
  std::vector<std::pair<Value, Row>> keyed;
  for (auto& row : rows) {
    auto value = derived.value_of(row, *order.field);
    keyed.emplace_back(std::move(value), std::move(row));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    if (is_none(a.first) || is_none(b.first)) return !is_none(a.first) && is_none(b.first);
    return order.descending ? b.first < a.first : a.first < b.first;
  });
  rows.clear();
  for (auto& [value, row] : keyed) rows.push_back(std::move(row));
}

}  // namespace rukun::cli
