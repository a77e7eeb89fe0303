#pragma once
// Questions to the projection: rows of one kind, filtered, searched and sorted by SQLite, in a
// canonical order that is the same on every replica that holds the same records. Values come in the
// shapes of sync/value.h; what they mean is the application's affair. Rows are copies: they stay
// valid when the projection changes.

#include <optional>
#include <string>
#include <vector>

#include "sync/record.h"

namespace rukun {

// How the application declares a kind to the projection.
struct ColumnSpec {
  FieldId field = 0;
  std::string name;  // of the SQL column
  ValueType type = ValueType::integer;
  bool set = false;
  bool searched = false;  // goes into the full-text index
  bool indexed = false;
};
struct TableSpec {
  KindId kind = 0;
  std::string name;  // of the SQL table
  std::vector<ColumnSpec> columns;

  std::optional<std::size_t> find(FieldId field) const;
};
using Schema = std::vector<TableSpec>;

enum class Compare : std::uint8_t { equal, unequal, less, at_most, greater, at_least, contains };

struct Condition {
  FieldId field = 0;
  Compare compare = Compare::equal;
  Value value;  // none with equal / unequal: field not set / set
};

struct Query {
  KindId kind = 0;
  std::vector<std::uint32_t> spaces;  // space numbers of the projection; empty: all
  std::vector<RecordId> ids;          // only these; empty: all
  std::vector<Condition> where;       // all must hold
  std::string search;                 // words; the last one may be unfinished
  FieldId sort = 0;                   // 0: by creation
  bool descending = false;
  std::size_t limit = ~std::size_t{0};
  bool deleted = false;  // true: what was deleted, in place of what is there
};

struct Row {
  RecordId id;
  std::uint32_t space = 0;
  KindId kind = 0;
  Life life = Life::alive;
  Stamp created;
  Stamp changed;
  std::uint32_t conflicts = 0;           // fields with more than one value
  std::vector<Value> values;             // by TableSpec::columns; none where not set
  std::vector<std::vector<Value>> sets;  // likewise, for set columns; sorted

  const Value& at(std::size_t column) const { return values[column]; }
};

}  // namespace rukun
