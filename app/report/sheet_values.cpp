#include "app/report/sheet_values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "app/report/xlsx.h"
#include "platform/base/time.h"

namespace rukun {
namespace {

constexpr double kFirstInexact = 1e15;
constexpr double kLastSerial = 2'958'466;  // the first day of the year 10000
constexpr std::int64_t kDayInSeconds = 86'400;

std::optional<double> read_double(std::string_view text) {
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

tl::unexpected<Error> no_number(std::string_view raw, Language language) {
  return error(Code::bad_value,
               std::string(raw.substr(0, 40)) +
                   std::string(pick(language, ": bukan angka", ": is not a number")));
}

std::string padded(std::int64_t number, std::size_t digits) {
  auto text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string clock_text(std::int64_t seconds) {
  auto out = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2);
  if (seconds % 60 != 0) out += ":" + padded(seconds % 60, 2);
  return out;
}

// A code without what it shows literally and without colors and conditions; its first section.
std::string bare_code(std::string_view code, bool& elapsed) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const auto end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == code.npos) return out;
      const auto inside = code.substr(i + 1, end - i - 1);
      if (c == '[' && !inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos)
        elapsed = true;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

}  // namespace

NumberShape shape_of_builtin(std::uint32_t id) {
  if (id == 22) return NumberShape::date_time;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47 || (id >= 32 && id <= 35))
    return NumberShape::time;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return NumberShape::date;
  return NumberShape::number;
}

NumberShape shape_of_code(std::string_view code) {
  bool elapsed = false;
  const auto bare = bare_code(code, elapsed);
  if (elapsed || bare == "general") return NumberShape::number;
  const bool time = bare.find_first_of("hs") != bare.npos;
  const bool date = bare.find_first_of("yd") != bare.npos || (!time && bare.find('m') != bare.npos);
  if (date) return time ? NumberShape::date_time : NumberShape::date;
  return time ? NumberShape::time : NumberShape::number;
}

Result<std::string> number_text(std::string_view raw, Language language) {
  const auto value = read_double(raw);
  if (!value) return no_number(raw, language);
  if (std::abs(*value) >= kFirstInexact)
    return error(Code::bad_value,
                 std::string(raw.substr(0, 40)) +
                     std::string(pick(language,
                                      ": angka 16 digit atau lebih sudah dibulatkan oleh lembar "
                                      "kerja",
                                      ": the sheet has rounded this number of 16 digits or more")),
                 std::string(pick(language, "Jadikan kolom itu Teks, lalu ketik lagi nomornya",
                                  "Make the column Text and type the number again")));
  // Fifteen digits are what a sheet shows; beyond them is what binary fractions leave behind.
  std::array<char, 400> text{};
  const auto rounded =
      std::to_chars(text.data(), text.data() + text.size(), *value, std::chars_format::general, 15);
  const auto exact =
      read_double({text.data(), static_cast<std::size_t>(rounded.ptr - text.data())});
  if (rounded.ec != std::errc() || !exact) return no_number(raw, language);
  const auto plain =
      std::to_chars(text.data(), text.data() + text.size(), *exact + 0.0, std::chars_format::fixed);
  if (plain.ec != std::errc()) return no_number(raw, language);
  return std::string(text.data(), plain.ptr);
}

Result<std::string> date_text(std::string_view raw, NumberShape shape, DayCount days,
                              Language language) {
  const auto value = read_double(raw);
  if (!value) return no_number(raw, language);
  const auto no_date = [&] {
    return error(Code::bad_value,
                 std::string(raw.substr(0, 40)) +
                     std::string(pick(language, ": tanggal ini tidak ada", ": no such date")));
  };
  if (*value < 0 || *value >= kLastSerial) return no_date();
  const auto seconds = static_cast<std::int64_t>(std::llround(*value * kDayInSeconds));
  const auto day = seconds / kDayInSeconds;
  const auto clock = seconds % kDayInSeconds;
  if (shape == NumberShape::time && day == 0) return clock_text(clock);
  // Sheets that count from 1900 believe that it was a leap year: day 60 never was.
  const bool from_1900 = days == DayCount::from_1900;
  if (from_1900 && (day == 0 || day == 60)) return no_date();
  const auto origin = !from_1900 ? CivilDate{1904, 1, 1}
                      : day < 60 ? CivilDate{1899, 12, 31}
                                 : CivilDate{1899, 12, 30};
  const auto civil = civil_from_days(days_from_civil(origin) + day);
  auto out = padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2);
  if (shape != NumberShape::date && clock != 0) out += " " + clock_text(clock);
  return out;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto part = text.substr(i, 7);
    unsigned code = 0;
    const bool form =
        part.size() == 7 && part.starts_with("_x00") && part[6] == '_' &&
        std::from_chars(part.data() + 4, part.data() + 6, code, 16).ptr == part.data() + 6;
    if (form && (code < 0x20 || code == '_')) {
      out += static_cast<char>(code);
      i += 7;
    } else {
      out += text[i++];
    }
  }
  return out;
}

Result<CellPlace> read_place(std::string_view text, Language language) {
  CellPlace place;
  std::size_t at = 0;
  for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
    place.column = place.column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + at, end, place.row);
  if (at == 0 || read.ec != std::errc() || read.ptr != end || place.row == 0 ||
      place.column > kMaxSheetColumns || place.row > kMaxSheetRows)
    return error(Code::damaged,
                 std::string(text.substr(0, 20)) +
                     std::string(pick(language, ": sel seperti ini tidak ada di lembar mana pun",
                                      ": no sheet has such a cell")));
  --place.column;
  return place;
}

std::string column_letters(std::size_t column) {
  std::string out;
  for (++column; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

}  // namespace rukun
