#pragma once
// The one thing every list that leaves is written from: headings, rows, and notes that say where
// the numbers come from. Rows are not held: the writer asks for them and each is gone when the next
// comes, so a million rows cost one. A cell knows whether it is a number, so that a spreadsheet can
// add it up and an identifier keeps its zeros. A writer may ask for the rows more than once. One
// thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

struct NumberCell {
  std::int64_t thousandths = 0;  // 1500 is 1.5
};
struct DateCell {
  std::int64_t yyyymmdd = 0;  // 00 where the month or day is not known
};
// Nothing, text, a number or a date. Text stays text in every format, whatever it looks like.
using Cell = std::variant<std::monostate, std::string, NumberCell, DateCell>;
using TableRow = std::vector<Cell>;

enum class ColumnType : std::uint8_t { text, number, date };

struct Column {
  std::string heading_id;
  std::string heading_en;
  std::string hxl;  // "#item+num", or empty
  ColumnType type = ColumnType::text;
  int width = 0;  // characters; 0: by type and heading

  const std::string& heading(Language language) const {
    return language == Language::en ? heading_en : heading_id;
  }
};

// Takes one row; an error ends the stream and is what the whole call returns.
using RowSink = std::function<Status(const TableRow&)>;
using RowSource = std::function<Status(const RowSink&)>;

struct Table {
  std::string title;
  std::vector<Column> columns;
  RowSource rows;                  // every row has as many cells as there are columns
  std::vector<TableRow> footers;   // sums
  std::vector<std::string> notes;  // sources, dates, who has not reported yet
};

RowSource rows_of(std::vector<TableRow> rows);

// What writers use: calls `sink` for every row, and fails with bad_value when one does not fit the
// columns.
Status for_each_row(const Table& table, const RowSink& sink);

// A cell as programs read it: "1234.5", "2025-11-17", text as it is.
std::string plain_text(const Cell& cell);
// A cell as people read it: "1.234,5", "17 November 2025".
std::string display_text(const Cell& cell, Language language);

// Text from people that a spreadsheet would run as a formula: it begins with = + - @, a tab or a
// carriage return.
bool looks_like_formula(std::string_view text);

}  // namespace rukun
