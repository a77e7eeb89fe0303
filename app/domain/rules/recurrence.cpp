#include "app/domain/rules/recurrence.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/domain/fold.h"
#include "platform/base/time.h"

namespace rukun {
namespace {

constexpr std::size_t kMostText = 200;
constexpr unsigned kEveryDay = 0x7f;

constexpr std::array<std::string_view, 7> kDaysId = {"Senin", "Selasa", "Rabu",  "Kamis",
                                                     "Jumat", "Sabtu",  "Minggu"};
constexpr std::array<std::string_view, 7> kDaysEn = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                     "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 7> kDaysRfc = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::vector<std::string> pieces_of(std::string_view text, char at) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == at) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

// 1 to 99, or 0 when it is none.
int count_of(std::string_view text) {
  if (text.empty() || text.size() > 2) return 0;
  int out = 0;
  for (const char c : text) {
    if (!is_digit(c)) return 0;
    out = out * 10 + (c - '0');
  }
  return out;
}

std::optional<int> minutes_of(std::string_view text) {
  const auto dot = text.find_first_of(".:");
  if (dot == std::string_view::npos || dot == 0 || dot > 2 || text.size() != dot + 3)
    return std::nullopt;
  const auto digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  const auto hour = text.substr(0, dot), minute = text.substr(dot + 1);
  if (!digits(hour) || !digits(minute)) return std::nullopt;
  const int h = count_of(hour), m = count_of(minute);
  if (h > 23 || m > 59) return std::nullopt;
  return h * 60 + m;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Lower case, one spelling of "to", nothing around it.
std::string plain(std::string_view text) {
  auto out = folded(text);
  for (const auto* dash : {"\u2013", "\u2014", " s.d. ", " s/d ", " sampai ", " hingga ", " to "})
    replace_all(out, dash, "-");
  replace_all(out, " -", "-");
  replace_all(out, "- ", "-");
  // In a RRULE a comma belongs to the value.
  if (out.find('=') == std::string::npos) replace_all(out, ",", " ");
  return folded(out);
}

// What is written, as one reads it: its words, and where one is in them.
class Reader {
 public:
  Reader(std::string_view text, Language language) : text_(text), language_(language) {}

  Result<Recurrence> read() {
    if (text_.size() > kMostText || trimmed(text_).empty()) return expected();
    words_ = pieces_of(plain(text_), ' ');
    take_hours();
    if (words_.size() == 1 && words_[0].find('=') != std::string::npos) {
      TRY_VOID(read_rrule(words_[0]));
    } else {
      TRY_VOID(read_words());
    }
    return std::move(rule_);
  }

 private:
  tl::unexpected<Error> refuse(std::string_view what, std::string_view id,
                               std::string_view en) const {
    return error(Code::bad_value, std::string(what) + std::string(pick(language_, id, en)),
                 examples());
  }
  tl::unexpected<Error> expected() const {
    return refuse(text_.substr(0, kMostText), ": bukan pengulangan",
                  ": does not say when it is repeated");
  }
  std::string examples() const {
    return std::string(pick(
        language_,
        "tulis misalnya: setiap malam 22.00-04.00 · setiap Sabtu 21.00-04.00 · setiap Senin dan "
        "Kamis · setiap tanggal 5 · setiap Minggu pertama · FREQ=WEEKLY;BYDAY=SA",
        "write for example: every night 22:00-04:00 · every Saturday 21:00-04:00 · every Monday "
        "and Thursday · setiap tanggal 5 · every first Sunday · FREQ=WEEKLY;BYDAY=SA"));
  }

  void take_hours() {
    if (words_.size() < 2) return;
    rule_.hours = read_hours(words_.back());
    if (!rule_.hours) return;
    words_.pop_back();
    const auto& before = words_.back();
    if (words_.size() > 1 && (before == "pukul" || before == "jam" || before == "at"))
      words_.pop_back();
  }

  // Words.

  static int weekday_named(std::string_view word) {
    if (word == "ahad") return 6;
    if (word == "jum'at") return 4;
    for (std::size_t i = 0; i < 7; ++i)
      if (word == folded(kDaysId[i]) || word == folded(kDaysEn[i])) return static_cast<int>(i);
    return -1;
  }
  static int ordinal_named(std::string_view word) {
    struct Ordinal {
      std::string_view id, en;
      int n;
    };
    for (const auto& one : {Ordinal{"pertama", "first", 1}, Ordinal{"kedua", "second", 2},
                            Ordinal{"ketiga", "third", 3}, Ordinal{"keempat", "fourth", 4},
                            Ordinal{"terakhir", "last", -1}})
      if (word == one.id || word == one.en) return one.n;
    return 0;
  }

  Status read_words() {
    const auto& first = words_.front();
    if (words_.size() < 2 || (first != "setiap" && first != "tiap" && first != "every"))
      return expected();
    at_ = 1;
    const auto word = words_[at_];
    const bool last = words_.size() == 2;
    if (last && (word == "hari" || word == "malam" || word == "day" || word == "night")) {
      rule_.weekdays = kEveryDay;
      return {};
    }
    if (word == "malam")
      return refuse(word + " " + words_[at_ + 1],
                    ": bisa berarti malam sebelumnya; tulis harinya dan jamnya",
                    ": may mean the night before; write the day and the hours");
    if (word == "tanggal") return read_month_days();
    const bool said_day = word == "hari";
    if (said_day) ++at_;
    // "setiap minggu" is every week, "setiap Minggu" every Sunday: without a day nobody can tell.
    if (!said_day && words_.size() == at_ + 1 && words_[at_] == "minggu" &&
        text_.find("Minggu") == std::string_view::npos)
      return refuse("minggu", ": pekan atau hari Minggu? Tulis \"setiap hari Minggu\"",
                    ": week or Sunday? Write \"setiap hari Minggu\"");
    return read_weekdays();
  }

  Status read_month_days() {
    ++at_;
    for (; at_ < words_.size(); ++at_) {
      if (words_[at_] == "dan") continue;
      const int number = count_of(words_[at_]);
      if (number < 1 || number > 31)
        return refuse(words_[at_], ": bukan tanggal 1 sampai 31", ": is no date from 1 to 31");
      rule_.in_month.push_back({.number = number});
    }
    return rule_.in_month.empty() ? Status(expected()) : Status();
  }

  Status read_weekdays() {
    int ordinal = at_ < words_.size() ? ordinal_named(words_[at_]) : 0;
    if (ordinal != 0) ++at_;
    for (; at_ < words_.size(); ++at_) {
      const auto& word = words_[at_];
      if (word == "dan" || word == "and" || word == "&") continue;
      const auto ends = pieces_of(word, '-');
      const int from = weekday_named(ends.front()), to = weekday_named(ends.back());
      if (ends.size() > 2 || from < 0 || to < 0)
        return refuse(word, ": bukan nama hari", ": is no day of the week");
      const int behind = at_ + 1 < words_.size() ? ordinal_named(words_[at_ + 1]) : 0;
      if (behind != 0) ++at_;
      const int nth = behind != 0 ? behind : ordinal;
      for (int day = from;; day = (day + 1) % 7) {
        if (nth != 0) {
          rule_.in_month.push_back({.ordinal = nth, .weekday = day});
        } else {
          rule_.weekdays |= 1U << static_cast<unsigned>(day);
        }
        if (day == to) break;
      }
    }
    return rule_.weekdays == 0 && rule_.in_month.empty() ? Status(expected()) : Status();
  }

  // RRULE.

  Status read_rrule(std::string_view text) {
    if (text.starts_with("rrule:")) text.remove_prefix(6);
    std::set<std::string> seen;
    std::string freq, days, month_days;
    for (const auto& part : pieces_of(text, ';')) {
      const auto equals = part.find('=');
      const auto key = part.substr(0, equals);
      const auto value = equals == std::string::npos ? std::string() : part.substr(equals + 1);
      if (value.empty() || !seen.insert(key).second) return refuse_part(part);
      if (key == "freq") {
        freq = value;
      } else if (key == "byday") {
        days = value;
      } else if (key == "bymonthday") {
        month_days = value;
      } else if (key == "until") {
        TRY_VOID(read_until(value));
      } else if (key != "interval" || value != "1") {
        return refuse_part(part);
      }
    }
    if (freq == "daily" && days.empty() && month_days.empty()) {
      rule_.weekdays = kEveryDay;
      return {};
    }
    if (freq == "weekly" && month_days.empty() && !days.empty()) return read_days(days, false);
    if (freq == "monthly" && days.empty() != month_days.empty())
      return days.empty() ? read_numbers(month_days) : read_days(days, true);
    return expected();
  }

  tl::unexpected<Error> refuse_part(std::string_view part) const {
    return refuse(part,
                  ": tidak dikenal di sini; yang ada: FREQ, BYDAY, BYMONTHDAY, UNTIL, "
                  "INTERVAL=1, masing-masing sekali",
                  ": not known here; there are FREQ, BYDAY, BYMONTHDAY, UNTIL, INTERVAL=1, each "
                  "once");
  }

  Status read_until(std::string_view text) {
    std::int64_t number = 0;
    for (const char c : text)
      number = is_digit(c) && number < 100'000'000 ? number * 10 + c - '0' : -1;
    const CivilDate date{static_cast<int>(number / 10'000), static_cast<int>(number / 100 % 100),
                         static_cast<int>(number % 100)};
    if (text.size() != 8 || number < 10'000 || !is_valid(date))
      return refuse(text, ": UNTIL harus tanggal seperti 20261231",
                    ": UNTIL must be a date like 20261231");
    rule_.until_day = days_from_civil(date);
    return {};
  }

  // "mo,th"; with an ordinal before each when it is by month: "1su,-1fr".
  Status read_days(std::string_view text, bool by_month) {
    for (const auto& part : pieces_of(text, ',')) {
      std::string_view name = part;
      int sign = 1, ordinal = 0;
      if (name.starts_with('-')) {
        sign = -1;
        name.remove_prefix(1);
      }
      while (!name.empty() && is_digit(name.front()) && ordinal < 10) {
        ordinal = ordinal * 10 + (name.front() - '0');
        name.remove_prefix(1);
      }
      ordinal *= sign;
      int day = -1;
      for (std::size_t i = 0; i < 7; ++i)
        if (name == folded(kDaysRfc[i])) day = static_cast<int>(i);
      const bool fits =
          by_month ? ordinal == -1 || (ordinal >= 1 && ordinal <= 5) : part.size() == 2;
      if (day < 0 || !fits)
        return refuse(
            part, by_month ? ": tulis 1SU, 2MO ... -1FR" : ": tulis MO, TU, WE, TH, FR, SA, SU",
            by_month ? ": write 1SU, 2MO ... -1FR" : ": write MO, TU, WE, TH, FR, SA, SU");
      if (by_month) {
        rule_.in_month.push_back({.ordinal = ordinal, .weekday = day});
      } else {
        rule_.weekdays |= 1U << static_cast<unsigned>(day);
      }
    }
    return {};
  }

  Status read_numbers(std::string_view text) {
    for (const auto& part : pieces_of(text, ',')) {
      const int number = part == "-1" ? -1 : count_of(part);
      if (number == 0 || number > 31)
        return refuse(part, ": bukan tanggal 1 sampai 31, atau -1 untuk yang terakhir",
                      ": is no date from 1 to 31, or -1 for the last");
      rule_.in_month.push_back({.number = number});
    }
    return {};
  }

  std::string_view text_;
  Language language_;
  std::vector<std::string> words_;
  std::size_t at_ = 0;
  Recurrence rule_;
};

int days_in_month(const CivilDate& date) {
  const bool december = date.month == 12;
  const CivilDate next{december ? date.year + 1 : date.year, december ? 1 : date.month + 1, 1};
  return static_cast<int>(days_from_civil(next) - days_from_civil({date.year, date.month, 1}));
}

}  // namespace

std::optional<DayHours> read_hours(std::string_view text) {
  const auto between = text.find('-');
  if (between == std::string_view::npos) return std::nullopt;
  const auto from = minutes_of(text.substr(0, between)), to = minutes_of(text.substr(between + 1));
  if (!from || !to) return std::nullopt;
  return DayHours{*from, *to};
}

Result<Recurrence> parse_recurrence(std::string_view text, Language language) {
  return Reader(text, language).read();
}

int weekday_of(std::int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }

std::string_view weekday_word(int weekday, Language language) {
  return pick(language, kDaysId[static_cast<std::size_t>(weekday)],
              kDaysEn[static_cast<std::size_t>(weekday)]);
}

bool falls_on(const Recurrence& rule, std::int64_t day) {
  if (rule.until_day && day > *rule.until_day) return false;
  const int weekday = weekday_of(day);
  if ((rule.weekdays >> static_cast<unsigned>(weekday) & 1U) != 0) return true;
  if (rule.in_month.empty()) return false;
  const auto date = civil_from_days(day);
  const int last = days_in_month(date);
  return std::any_of(rule.in_month.begin(), rule.in_month.end(), [&](const MonthDay& one) {
    if (one.number != 0) return one.number == (one.number < 0 ? date.day - last - 1 : date.day);
    if (one.weekday != weekday) return false;
    return one.ordinal < 0 ? date.day + 7 > last : (date.day - 1) / 7 + 1 == one.ordinal;
  });
}

}  // namespace rukun
