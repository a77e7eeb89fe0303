#pragma once
// When an activity takes place again and again, as it is written in its `recurrence`: a small
// subset of RFC 5545 RRULE, or plain Indonesian or English, either with the hours behind it.
//
//   FREQ=DAILY                          setiap hari, setiap malam          every day, every night
//   FREQ=WEEKLY;BYDAY=MO,TH             setiap Senin dan Kamis             every Monday and
//   Thursday FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR    setiap Senin-Jumat                 every
//   Monday-Friday FREQ=MONTHLY;BYMONTHDAY=5,-1        setiap tanggal 5 dan 20            -
//   FREQ=MONTHLY;BYDAY=1SU,-1FR         setiap Minggu pertama              every first Sunday
//
// Also INTERVAL=1 and UNTIL=20261231 (a day, included). Hours: "21.00-04.00", the second one on the
// next day when it is not later than the first; "pukul", "jam" or "at" may stand before them.
// Anything else is bad_value with what was expected: a rule that is half understood would send
// people out on the wrong night. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

struct DayHours {
  int from_min = 0;  // since midnight, of the day it begins on
  int to_min = 0;    // not later than from_min: on the next day
};

// One day of each month: a day by number, or the n-th (or last: -1) of a weekday.
struct MonthDay {
  int number = 0;   // 1 to 31, -1 the last; 0: by weekday
  int ordinal = 0;  // 1 to 5, -1 the last
  int weekday = 0;  // 0 is Monday
};

struct Recurrence {
  unsigned weekdays = 0;           // bit 0 is Monday; every week on these
  std::vector<MonthDay> in_month;  // every month on these
  std::optional<std::int64_t> until_day;
  std::optional<DayHours> hours;
};

Result<Recurrence> parse_recurrence(std::string_view text, Language language);

// Days count from 1970-01-01.
bool falls_on(const Recurrence& rule, std::int64_t day);
int weekday_of(std::int64_t day);  // 0 is Monday
std::string_view weekday_word(int weekday, Language language);

// "22.00-04.00"; nothing when it is none.
std::optional<DayHours> read_hours(std::string_view text);

}  // namespace rukun
