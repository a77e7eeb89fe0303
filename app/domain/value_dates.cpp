#include <array>
#include <vector>

#include "app/domain/fold.h"
#include "app/domain/value_parts.h"

namespace rukun {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kDayLong_ms = 86'400'000;
constexpr std::int64_t kYear0_ms = -62'167'219'200'000;
constexpr std::int64_t kYear9999End_ms = 253'402'300'799'999;

constexpr std::array<std::string_view, 12> kMonthsId = {
    "Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
    "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
constexpr std::array<std::string_view, 12> kMonthsEn = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// "nov", "november", "nop", "nopember", "agst": what people write for a month; 0 when it is none.
int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  for (const auto& months : {kMonthsId, kMonthsEn})
    for (std::size_t m = 0; m < 12; ++m)
      if (folded(months[m]).substr(0, word.size()) == word) return static_cast<int>(m) + 1;
  if (word == "nop" || word == "nopember") return 11;
  if (word == "agu" || word == "agt" || word == "agst") return 8;
  if (word == "pebruari" || word == "peb") return 2;
  return 0;
}

bool is_weekday(std::string_view word) {
  for (const auto* day :
       {"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday"})
    if (word == day) return true;
  return false;
}

// Digits only, at most four: else -1.
int small_number(std::string_view token) {
  if (token.empty() || token.size() > 4) return -1;
  int value = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Words and numbers between / - . , and spaces; nothing when the text holds anything else.
std::optional<std::vector<std::string_view>> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    if (part) continue;
    if (std::string_view("/-., ").find(c) == std::string_view::npos) return std::nullopt;
    if (i > start) tokens.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return tokens;
}

std::optional<std::int64_t> checked(int year, int month, int day) {
  if (year < 1800 || year > 2200) return std::nullopt;
  const std::int64_t number = year * 10'000 + month * 100 + day;
  if (month == 0 && day == 0) return number;
  if (month < 1 || month > 12) return std::nullopt;
  if (day == 0) return number;
  if (!is_valid({year, month, day})) return std::nullopt;
  return number;
}

std::optional<std::int64_t> relative_date(std::string_view word, WallTime now, int offset_min) {
  const auto days = [&](std::int64_t more) {
    return local_date({now.ms + more * kDayLong_ms}, offset_min);
  };
  if (word == "hari ini" || word == "today") return days(0);
  if (word == "besok" || word == "tomorrow") return days(1);
  if (word == "lusa") return days(2);
  if (word == "kemarin" || word == "yesterday") return days(-1);
  return std::nullopt;
}

struct ClockTime {
  std::int64_t ms = 0;
};

// "16.20", "16:20", "16:20:05", "16:20:05.123"; the hour alone where the words before said that it
// is one.
std::optional<ClockTime> read_clock(std::string_view text, bool hour_alone) {
  std::array<std::int64_t, 4> part{};
  std::array<std::size_t, 4> digits{};
  std::size_t count = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (digits[count] == (count == 3 ? 9U : 2U)) return std::nullopt;
      if (count < 3 || digits[count] < 3) part[count] = part[count] * 10 + (c - '0');
      ++digits[count];
    } else if ((c == ':' || c == '.') && digits[count] > 0 && count < 3) {
      ++count;
    } else {
      return std::nullopt;
    }
  }
  if (digits[count] == 0 || (count == 0 && !hour_alone)) return std::nullopt;
  if (count >= 1 && digits[1] != 2) return std::nullopt;
  if (count >= 2 && digits[2] != 2) return std::nullopt;
  for (auto d = digits[3]; count == 3 && d < 3; ++d) part[3] *= 10;
  if (part[0] > 23 || part[1] > 59 || part[2] > 59) return std::nullopt;
  return ClockTime{((part[0] * 60 + part[1]) * 60 + part[2]) * 1000 + part[3]};
}

// Takes a zone off the end of `text`: "wib", "z", "+07:00", "-0330". A minus counts only behind a
// time with a colon, since dates have minuses, too. False when what looks like an offset is none.
bool take_zone(std::string_view& text, int& offset_min) {
  struct Zone {
    std::string_view word;
    int minutes;
  };
  for (const auto& zone : {Zone{"wib", 420}, Zone{"wita", 480}, Zone{"wit", 540}, Zone{"utc", 0},
                           Zone{"gmt", 0}, Zone{"z", 0}}) {
    if (text.size() <= zone.word.size()) continue;
    const auto rest = text.substr(0, text.size() - zone.word.size());
    const char before = rest.back();
    if (text.substr(rest.size()) != zone.word) continue;
    if (before != ' ' && (before < '0' || before > '9')) continue;
    text = trimmed(rest);
    offset_min = zone.minutes;
    return true;
  }
  const auto sign = text.find_last_of("+-");
  if (sign == std::string_view::npos) return true;
  const auto rest = text.substr(0, sign);
  if (text[sign] == '-' && rest.find(':') == std::string_view::npos) return true;
  std::string digits;
  for (const char c : text.substr(sign + 1))
    if (c != ':') digits += c;
  if (digits.size() == 2) digits += "00";
  const int value = digits.size() == 4 ? small_number(digits) : -1;
  if (value < 0 || value / 100 > 14 || value % 100 > 59) return false;
  offset_min = (value / 100 * 60 + value % 100) * (text[sign] == '-' ? -1 : 1);
  text = trimmed(rest);
  return true;
}

struct DateAndTime {
  std::string_view date;
  std::optional<std::string_view> time;
  bool said = false;  // "pukul" stood before the time
};

DateAndTime split(std::string_view text) {
  for (const std::string_view word : {"pukul ", "jam "})
    if (const auto at = text.find(word); at != std::string_view::npos)
      return {trimmed(text.substr(0, at)), trimmed(text.substr(at + word.size())), true};
  if (text.size() > 10 && text[10] == 't' && text[9] >= '0' && text[9] <= '9')
    return {text.substr(0, 10), text.substr(11)};
  const auto space = text.rfind(' ');
  if (space != std::string_view::npos && read_clock(text.substr(space + 1), false))
    return {trimmed(text.substr(0, space)), text.substr(space + 1)};
  return {text, std::nullopt};
}

std::string two(std::int64_t n) { return std::to_string(100 + n).substr(1); }

}  // namespace

std::optional<std::int64_t> read_date(std::string_view text, WallTime now, int utc_offset_min) {
  const auto word = folded(text);
  if (const auto day = relative_date(word, now, utc_offset_min)) return day;
  if (word.empty() || word.front() == '-') return std::nullopt;
  auto tokens = tokens_of(word);
  if (!tokens) return std::nullopt;
  if (tokens->size() == 4 && is_weekday(tokens->front())) tokens->erase(tokens->begin());
  if (tokens->empty() || tokens->size() > 3) return std::nullopt;
  std::array<int, 3> n{};
  std::array<int, 3> month{};
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    n[i] = small_number((*tokens)[i]);
    month[i] = month_of((*tokens)[i]);
    if (n[i] < 0 && month[i] == 0) return std::nullopt;
  }
  const auto is_year = [&](std::size_t i) { return (*tokens)[i].size() == 4 && n[i] >= 0; };
  const auto month_at = [&](std::size_t i) { return month[i] != 0 ? month[i] : n[i]; };
  if (tokens->size() == 1) return is_year(0) ? checked(n[0], 0, 0) : std::nullopt;
  if (tokens->size() == 2) {
    const std::size_t year = is_year(0) ? 0 : 1;
    const int m = month_at(1 - year);
    return is_year(year) && m > 0 ? checked(n[year], m, 0) : std::nullopt;
  }
  const auto whole = [](int year, int m, int day) {
    return m > 0 && day > 0 ? checked(year, m, day) : std::nullopt;
  };
  if (is_year(0)) return whole(n[0], month_at(1), n[2]);
  if (!is_year(2)) return std::nullopt;
  return month[0] != 0 ? whole(n[2], month[0], n[1]) : whole(n[2], month_at(1), n[0]);
}

std::optional<std::int64_t> read_instant(std::string_view text, WallTime now, int utc_offset_min) {
  const auto word = folded(text);
  if (word == "sekarang" || word == "now") return now.ms;
  std::string_view rest = word;
  int offset = utc_offset_min;
  if (!take_zone(rest, offset)) return std::nullopt;
  const auto parts = split(rest);
  const auto date = parts.date.empty() && parts.said ? std::optional(local_date(now, offset))
                                                     : read_date(parts.date, now, offset);
  if (!date || *date % 100 == 0) return std::nullopt;
  std::int64_t clock_ms = 0;
  if (parts.time) {
    const auto clock = read_clock(*parts.time, parts.said);
    if (!clock) return std::nullopt;
    clock_ms = clock->ms;
  }
  return days_from_civil(civil_of(*date)) * kDayLong_ms + clock_ms - offset * kMinute_ms;
}

bool is_date_number(std::int64_t yyyymmdd) {
  if (yyyymmdd < 10'000 || yyyymmdd > 99'991'231) return false;
  const auto date = civil_of(yyyymmdd);
  const bool no_month = yyyymmdd / 100 % 100 == 0;
  if (no_month && yyyymmdd % 100 != 0) return false;
  return is_valid(date);
}

bool is_printable_instant(std::int64_t ms) { return ms >= kYear0_ms && ms <= kYear9999End_ms; }

std::int64_t date_number(CivilDate date) {
  return static_cast<std::int64_t>(date.year) * 10'000 + date.month * 100 + date.day;
}

CivilDate civil_of(std::int64_t yyyymmdd) {
  const int month = static_cast<int>(yyyymmdd / 100 % 100);
  const int day = static_cast<int>(yyyymmdd % 100);
  return {static_cast<int>(yyyymmdd / 10'000), month == 0 ? 1 : month, day == 0 ? 1 : day};
}

std::int64_t local_date(WallTime at, int utc_offset_min) {
  const auto local = at.ms + utc_offset_min * kMinute_ms;
  const auto days = (local - (local < 0 ? kDayLong_ms - 1 : 0)) / kDayLong_ms;
  return date_number(civil_from_days(days));
}

std::string iso_date(std::int64_t yyyymmdd) {
  if (!is_date_number(yyyymmdd)) return "#" + std::to_string(yyyymmdd);
  auto out = std::to_string(yyyymmdd / 10'000);
  out.insert(0, 4 - std::min<std::size_t>(4, out.size()), '0');
  if (yyyymmdd / 100 % 100 != 0) out += "-" + two(yyyymmdd / 100 % 100);
  if (yyyymmdd % 100 != 0) out += "-" + two(yyyymmdd % 100);
  return out;
}

std::string format_date(std::int64_t yyyymmdd, Language language) {
  if (!is_date_number(yyyymmdd)) return "#" + std::to_string(yyyymmdd);
  std::string out = std::to_string(yyyymmdd / 10'000);
  const auto month = static_cast<std::size_t>(yyyymmdd / 100 % 100);
  if (month == 0) return out;
  out = std::string(pick(language, kMonthsId[month - 1], kMonthsEn[month - 1])) + " " + out;
  if (yyyymmdd % 100 != 0) out = std::to_string(yyyymmdd % 100) + " " + out;
  return out;
}

std::string format_instant(WallTime at, int utc_offset_min, Language language) {
  if (!is_printable_instant(at.ms)) return "#" + std::to_string(at.ms);
  const auto local = at.ms + utc_offset_min * kMinute_ms;
  const auto of_day = (local % kDayLong_ms + kDayLong_ms) % kDayLong_ms / kMinute_ms;
  const bool english = language == Language::en;
  std::string out = format_date(local_date(at, utc_offset_min), language);
  out += english ? ", " : " pukul ";
  out += two(of_day / 60) + (english ? ":" : ".") + two(of_day % 60) + " ";
  switch (utc_offset_min) {
    case 420: return out + "WIB";
    case 480: return out + "WITA";
    case 540: return out + "WIT";
    default: break;
  }
  const int size = utc_offset_min < 0 ? -utc_offset_min : utc_offset_min;
  out += utc_offset_min < 0 ? "UTC-" : "UTC+";
  return out + two(size / 60) + ":" + two(size % 60);
}

}  // namespace rukun
