#include "app/report/table.h"

#include <algorithm>
#include <memory>

#include "app/domain/values.h"

namespace rukun {

RowSource rows_of(std::vector<TableRow> rows) {
  const auto held = std::make_shared<const std::vector<TableRow>>(std::move(rows));
  return [held](const RowSink& sink) -> Status {
    for (const auto& row : *held) TRY_VOID(sink(row));
    return {};
  };
}

Status for_each_row(const Table& table, const RowSink& sink) {
  if (!table.rows) return {};
  std::uint64_t number = 0;
  return table.rows([&](const TableRow& row) -> Status {
    ++number;
    if (row.size() != table.columns.size())
      return error(Code::bad_value, table.title + ", baris " + std::to_string(number) + ": " +
                                        std::to_string(row.size()) + " sel, seharusnya " +
                                        std::to_string(table.columns.size()));
    return sink(row);
  });
}

std::string plain_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<NumberCell>(&cell)) return decimal_text(number->thousandths);
  if (const auto* date = std::get_if<DateCell>(&cell)) return iso_date(date->yyyymmdd);
  return {};
}

std::string display_text(const Cell& cell, Language language) {
  if (const auto* number = std::get_if<NumberCell>(&cell))
    return format_thousandths(number->thousandths, language);
  if (const auto* date = std::get_if<DateCell>(&cell)) return format_date(date->yyyymmdd, language);
  return plain_text(cell);
}

bool looks_like_formula(std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos)
    return false;
  const auto rest = text.substr(1);
  const bool signed_number = (text.front() == '+' || text.front() == '-') && !rest.empty() &&
                             rest.find_first_not_of("0123456789") == std::string_view::npos;
  return !signed_number;
}

}  // namespace rukun
