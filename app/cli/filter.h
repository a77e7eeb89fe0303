#pragma once
// The EXPR of --where: field OP value, over declared and derived fields. What the projection can
// judge goes into its query; the rest is judged row by row. Errors: bad_value with what was
// expected. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "app/domain/rules/derived.h"
#include "app/domain/values.h"
#include "storage/query.h"

namespace rukun::cli {

struct Filter {
  const FieldSpec* field = nullptr;
  bool derived = false;
  Compare compare = Compare::equal;
  Value value;         // none with equal and unequal: whether the field is set
  std::string needle;  // for contains, folded
};

Result<Filter> read_filter(const KindSpec& kind, std::string_view text,
                           const ParseContext& reading);

// True when a Query can judge it.
bool is_for_query(const Filter& filter);
bool holds(const Filter& filter, const Row& row, const TableSpec& table, const Derived& derived,
           const FormatContext& showing);

struct Order {
  const FieldSpec* field = nullptr;  // nullptr: by creation
  bool derived = false;
  bool descending = false;
};
// "urgency", "-urgency".
Result<Order> read_order(const KindSpec& kind, std::string_view text, Language language);
// Sorts by a derived field; rows without it come last, equal ones stay as they were.
void sort_by_derived(std::vector<Row>& rows, const Order& order, const Derived& derived);

}  // namespace rukun::cli
