#pragma once
// What a spreadsheet's cells hold, as text that parse_value reads. A number that the sheet has
// already rounded (16 digits and more) is refused with the reason, never taken: a NIK that was
// typed as a number has lost its last digit. Dates are numbers that a format makes dates of.
// Errors: bad_value. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

enum class NumberShape : std::uint8_t { number, date, date_time, time };
// What a number format makes of a number: by the id of a built-in one (below 164), else its code.
NumberShape shape_of_builtin(std::uint32_t id);
NumberShape shape_of_code(std::string_view code);

enum class DayCount : std::uint8_t { from_1900, from_1904 };

// "2.5", "1234567": decimal, a dot, no exponent, at most 15 digits that count.
Result<std::string> number_text(std::string_view raw, Language language);
// "2025-11-17", "2025-11-17 16:20", "16:20".
Result<std::string> date_text(std::string_view raw, NumberShape shape, DayCount days,
                              Language language);
// Writers keep control characters as _x000D_; other texts of that form stay.
std::string without_escapes(std::string_view text);

// "BC12" is column 54, row 12 (both from 0 for the column, 1 for the row, as sheets count).
struct CellPlace {
  std::size_t column = 0;
  std::uint64_t row = 0;
};
Result<CellPlace> read_place(std::string_view text, Language language);
std::string column_letters(std::size_t column);  // 0 is "A"

}  // namespace rukun
