#pragma once
// What is published of each declared kind: a plain table with a column per field, read from the
// table of kinds, so that a new field is a new column by itself. Identifiers have no column;
// personal fields have one that is empty unless it was asked for. Quantities are numeric(19,3),
// money and counts bigint, dates the first day that they may mean (beside it how exact they are),
// references and spaces the hexadecimal ids that rukunctl prints, sets arrays of text. Constant
// data; any thread.

#include <string>
#include <vector>

#include "app/domain/kinds.h"

namespace rukun {

// Where a column's value comes from.
enum class From : std::uint8_t {
  space,
  record,
  created,
  changed,
  doubtful,
  conflicts,
  office,        // whose publishing put the row there as it is
  published_at,  // by the server's clock
  row_hash,      // of the row's other values: tells what has changed
  field,
  precision,  // of a date: year, month or day
  derived,
  sum,  // `at` of app/report/need_sums.h
};

enum class SumColumn : std::uint8_t { unit, needed, promised, delivered, remaining };

struct PublishedColumn {
  std::string name;
  std::string_view type;  // as PostgreSQL's format_type writes it
  std::string comment;    // Indonesian / English
  From from = From::field;
  const FieldSpec* field = nullptr;  // of field, precision and derived
  SumColumn sum = SumColumn::unit;
  bool is_id() const;  // compared byte by byte
};

struct PublishedTable {
  const KindSpec* kind = nullptr;
  std::vector<PublishedColumn> columns;
};

// One per kind, in the order of all_kinds().
const std::vector<PublishedTable>& published_tables();

// A word behind a value that is published as a name: ("need.urgency", "soon", "Segera …", …).
struct PublishedWord {
  std::string topic;
  std::string value;
  std::string label_id;
  std::string label_en;
};
std::vector<PublishedWord> published_words(const class ItemCatalogue& items);

}  // namespace rukun
