#pragma once
// Time as an argument: nothing below the composition roots asks the machine what time it is.
// WallTime is what a wall clock claims (it may be years wrong); CivilDate is a calendar date. Pure
// functions, any thread.

#include <compare>
#include <cstdint>
#include <string>

namespace rukun {

struct WallTime {
  std::int64_t ms = 0;  // milliseconds since 1970-01-01T00:00:00Z
  auto operator<=>(const WallTime&) const = default;
};

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const CivilDate&) const = default;
};

// Proleptic Gregorian calendar; the algorithms are Howard Hinnant's days_from_civil and
// civil_from_days.
std::int64_t days_from_civil(CivilDate date);
CivilDate civil_from_days(std::int64_t days);
bool is_valid(CivilDate date);

std::string rfc3339_utc(
    WallTime time);  // "2026-11-22T05:16:37Z", with ".123" when there are milliseconds

class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime now() const = 0;            // what the wall clock claims
  virtual std::int64_t steady_ms() const = 0;  // never goes back; for timeouts and durations only
};

}  // namespace rukun
