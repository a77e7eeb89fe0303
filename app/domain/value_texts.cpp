#include <algorithm>
#include <vector>

#include "app/domain/fold.h"
#include "app/domain/value_parts.h"

namespace rukun {
namespace {

constexpr std::size_t kIdentifierDigits = 16;
constexpr std::string_view kBullet = "\u2022";

// A decimal degree in millionths; more digits than six are less than a hand's breadth and are cut
// off.
std::optional<std::int64_t> read_degrees(std::string_view text, int most) {
  text = trimmed(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::int64_t value = 0;
  int decimals = -1;
  std::size_t whole = 0;
  for (const char c : text) {
    if ((c == '.' || c == ',') && decimals < 0 && whole > 0) {
      decimals = 0;
    } else if (!is_digit(c)) {
      return std::nullopt;
    } else if (decimals < 0) {
      if (++whole > 3) return std::nullopt;
      value = value * 10 + (c - '0');
    } else if (decimals++ < 6) {
      value = value * 10 + (c - '0');
    }
  }
  if (whole == 0 || decimals == 0) return std::nullopt;
  for (int d = std::max(decimals, 0); d < 6; ++d) value *= 10;
  if (value > most * std::int64_t{1'000'000}) return std::nullopt;
  return negative ? -value : value;
}

std::string degrees_text(std::int64_t millionths) {
  const auto size = millionths < 0 ? -millionths : millionths;
  return (millionths < 0 ? "-" : "") + std::to_string(size / 1'000'000) + "." +
         std::to_string(1'000'000 + size % 1'000'000).substr(1);
}

// Between latitude and longitude: a semicolon, else the only comma unless a space parts "-6,2 106",
// else ", " or a space.
std::size_t location_break(std::string_view text) {
  if (const auto at = text.find(';'); at != std::string_view::npos) return at;
  const auto spaced = text.find(", ");
  const bool parted_by_space = text.find(' ') != text.npos && spaced == text.npos;
  const bool one_comma = std::count(text.begin(), text.end(), ',') == 1;
  if (one_comma && (!parted_by_space || text.find('.') != text.npos)) return text.find(',');
  return spaced != text.npos ? spaced : text.find(' ');
}

}  // namespace

std::optional<std::string> read_phone(std::string_view text) {
  std::string digits;
  bool plus = false;
  for (const char c : trimmed(text)) {
    if (is_digit(c)) {
      digits += c;
    } else if (c == '+' && digits.empty() && !plus) {
      plus = true;
    } else if (std::string_view(" -.()/").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (!plus && digits.substr(0, 1) == "0") digits = "62" + digits.substr(1);
  if (!plus && digits.substr(0, 1) == "8") digits = "62" + digits;  // a spreadsheet ate the zero
  if (!plus && digits.substr(0, 2) != "62") return std::nullopt;
  const bool home = digits.substr(0, 2) == "62";
  if (home && digits.substr(2, 1) == "0") digits.erase(2, 1);  // +62 (0)812…
  if (digits.size() < (home ? 9U : 7U) || digits.size() > 15 || digits[0] == '0')
    return std::nullopt;
  return "+" + digits;
}

std::optional<std::string> read_location(std::string_view text) {
  text = trimmed(text);
  const auto at = location_break(text);
  if (at == std::string_view::npos) return std::nullopt;
  const auto latitude = read_degrees(text.substr(0, at), 90);
  const auto longitude = read_degrees(text.substr(at + 1), 180);
  if (!latitude || !longitude) return std::nullopt;
  return degrees_text(*latitude) + "," + degrees_text(*longitude);
}

std::optional<std::string> read_identifier(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
    } else if (std::string_view(" .-'").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.find_first_not_of('0') == std::string::npos) return std::string();
  if (digits.size() != kIdentifierDigits) return std::nullopt;
  return digits;
}

std::optional<std::string> read_text(std::string_view text) {
  if (text.size() > kMaxTextBytes || !is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return std::nullopt;
    out += c;
  }
  return out;
}

std::string masked(std::string_view identifier) {
  const bool plain = std::all_of(identifier.begin(), identifier.end(), is_digit);
  const std::size_t shown = plain && identifier.size() > 8 ? 4 : 0;
  std::string out;
  for (std::size_t i = shown; i < identifier.size(); ++i) out += kBullet;
  out += identifier.substr(identifier.size() - shown);
  return out;
}

std::string format_rt_rw(std::int64_t rt, std::int64_t rw) {
  const auto three = [](std::int64_t n) {
    return n >= 0 && n <= 999 ? std::to_string(1000 + n).substr(1) : "#" + std::to_string(n);
  };
  return "RT " + three(rt) + "/RW " + three(rw);
}

}  // namespace rukun
