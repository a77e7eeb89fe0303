#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/value_parts.h"

namespace rukun {
namespace {

constexpr std::int64_t kMaxCount = 1'000'000'000;

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// "1.234.567" with the separator '.': the digits, or nothing when the groups are not 1–3, 3, 3 …
std::optional<std::string> ungrouped(std::string_view text, char separator) {
  std::string digits;
  bool first = true;
  while (true) {
    const auto end = text.find(separator);
    const auto group = text.substr(0, end);
    if (!all_digits(group) || group.size() > 3 || (!first && group.size() != 3))
      return std::nullopt;
    digits += group;
    if (end == std::string_view::npos) return digits;
    text.remove_prefix(end + 1);
    first = false;
  }
}

// Which character, if any, is the decimal one. The rule stands with parse_value in values.h.
char decimal_separator(std::string_view text, bool plain_numbers) {
  const auto dots = std::count(text.begin(), text.end(), '.');
  const auto commas = std::count(text.begin(), text.end(), ',');
  if (dots > 0 && commas > 0) return text[text.find_last_of(".,")];
  if (commas == 1) return ',';
  if (dots != 1) return 0;
  const auto at = text.find('.');
  const bool groups = text.size() - at == 4 && at >= 1 && at <= 3 && text[0] != '0';
  return groups && !plain_numbers ? 0 : '.';
}

std::optional<std::int64_t> thousandths_of(std::string whole, std::string_view decimals) {
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() > kMaxWholeDigits) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  for (std::size_t i = 0; i < 3; ++i)
    value = value * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  if (decimals.size() > 3 && decimals.find_first_not_of('0', 3) != std::string_view::npos)
    return std::nullopt;
  return value;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text = trimmed(text.substr(prefix.size()));
  return true;
}

}  // namespace

std::optional<std::int64_t> read_thousandths(std::string_view text, bool plain_numbers) {
  text = trimmed(text);
  const bool negative = take_prefix(text, "-") || take_prefix(text, "\u2212");
  if (!negative) take_prefix(text, "+");
  if (text.find_first_not_of("0123456789.,") != std::string_view::npos) return std::nullopt;
  const char decimal = decimal_separator(text, plain_numbers);
  const auto at = decimal == 0 ? std::string_view::npos : text.rfind(decimal);
  std::string_view whole = text.substr(0, at);
  const auto decimals = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  if (decimal != 0 && !all_digits(decimals)) return std::nullopt;
  if (decimal != 0 && whole.empty()) whole = "0";
  std::optional<std::string> digits;
  if (all_digits(whole))
    digits = std::string(whole);
  else
    digits = ungrouped(whole, decimal == '.' || whole.find(',') != whole.npos ? ',' : '.');
  if (!digits) return std::nullopt;
  const auto value = thousandths_of(std::move(*digits), decimals);
  return value && negative ? -*value : value;
}

std::optional<std::int64_t> read_rupiah(std::string_view text, bool plain_numbers) {
  const auto lower = folded(text);
  std::string_view rest = lower;
  if (take_prefix(rest, "rp"))
    take_prefix(rest, ".");
  else
    take_prefix(rest, "idr");
  if (rest.size() > 2 && rest.substr(rest.size() - 2) == ",-") rest.remove_suffix(2);
  const auto value = read_thousandths(rest, plain_numbers);
  if (!value || *value < 0 || *value % 1000 != 0) return std::nullopt;
  return *value / 1000;
}

std::optional<std::int64_t> read_count(std::string_view text, bool plain_numbers) {
  const auto value = read_thousandths(text, plain_numbers);
  if (!value || *value < 0 || *value % 1000 != 0 || *value / 1000 > kMaxCount) return std::nullopt;
  return *value / 1000;
}

std::optional<std::int64_t> read_rt_rw(std::string_view text, bool rw) {
  std::string key = folded(text);
  // "RT 003/RW 007" and "003/007" name both; take the one that was asked for.
  if (const auto slash = key.find('/'); slash != std::string::npos)
    key = rw ? key.substr(slash + 1) : key.substr(0, slash);
  std::string_view rest = trimmed(key);
  if (take_prefix(rest, rw ? "rw" : "rt")) take_prefix(rest, ".");
  if (!all_digits(rest) || rest.size() > 6) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : rest) number = number * 10 + (c - '0');
  if (number < 1 || number > 999) return std::nullopt;
  return number;
}

std::optional<std::int64_t> read_boolean(std::string_view text) {
  const auto word = folded(text);
  for (const auto* yes : {"true", "ya", "iya", "yes", "y", "1", "benar", "sudah", "v", "x"})
    if (word == yes) return 1;
  for (const auto* no : {"false", "tidak", "no", "n", "t", "0", "salah", "belum", "-"})
    if (word == no) return 0;
  return std::nullopt;
}

Result<std::int64_t> parse_thousandths(std::string_view text, bool plain_numbers) {
  const auto value = read_thousandths(text, plain_numbers);
  if (!value)
    return error(Code::bad_value,
                 "\"" + std::string(text.substr(0, 60)) + "\" bukan angka seperti 2,5 atau 1.250");
  return *value;
}

namespace {

struct Parts {
  bool negative;
  std::string whole;
  std::string decimals;  // without trailing zeros
};

Parts parts_of(std::int64_t thousandths) {
  const auto magnitude = thousandths < 0 ? 0 - static_cast<std::uint64_t>(thousandths)
                                         : static_cast<std::uint64_t>(thousandths);
  std::string decimals = std::to_string(1000 + magnitude % 1000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return {thousandths < 0, std::to_string(magnitude / 1000), decimals};
}

std::string grouped(const std::string& digits, char separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string format_thousandths(std::int64_t thousandths, Language language) {
  const bool english = language == Language::en;
  const auto parts = parts_of(thousandths);
  std::string out = parts.negative ? "-" : "";
  out += grouped(parts.whole, english ? ',' : '.');
  if (!parts.decimals.empty()) out += (english ? '.' : ',') + parts.decimals;
  return out;
}

std::string decimal_text(std::int64_t thousandths) {
  const auto parts = parts_of(thousandths);
  std::string out = parts.negative ? "-" : "";
  out += parts.whole;
  if (!parts.decimals.empty()) out += '.' + parts.decimals;
  return out;
}

std::string format_rupiah(std::int64_t rupiah) {
  const auto digits = std::to_string(rupiah);
  if (rupiah < 0) return "-Rp" + grouped(digits.substr(1), '.');
  return "Rp" + grouped(digits, '.');
}

}  // namespace rukun
