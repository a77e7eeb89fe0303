#pragma once
// A month on duty as one prints it: the shifts of one activity with who is on them, who waits and
// what came of it; and the same as a table, a row a shift. For the notice board no column names
// anybody: how many are on duty and how many are lacking stays; what is not published yet is left
// out, as in the calendar, and a note says how many. A roster is read at once; it is some hundred
// rows. Errors: io. One thread.

#include <string>
#include <vector>

#include "app/domain/rules/roster_facts.h"
#include "app/domain/values.h"
#include "app/report/table.h"

namespace rukun {

struct RosterPlace {
  RosterSignup signup;
  std::string name;
  std::string attendance;  // in words; empty: not recorded
  std::string replaces;    // whom
};

struct RosterNight {
  RosterShift shift;
  std::vector<RosterPlace> people;  // holding a place, then waiting
  std::int64_t joined = 0;
  std::int64_t open = 0;
};

struct RosterList {
  std::string name;  // of the activity
  RosterRecords records;
  std::vector<RosterNight> nights;  // of the days that were asked for
};

struct RosterDays {
  std::int64_t first = 0;  // days since 1970-01-01
  std::int64_t count = 0;
};

Result<RosterList> roster_list(Projection& records, std::uint32_t space, const RecordId& activity,
                               const RosterDays& days, const FormatContext& showing);

struct RosterOptions {
  bool for_public = false;
};
Result<Table> roster_table(Projection& records, std::uint32_t space, const RecordId& activity,
                           const RosterDays& days, const FormatContext& showing,
                           const RosterOptions& options);

// "22.00–04.00"
std::string hours_text(const Hours& hours, int utc_offset_min);
// "Senin, 23 November 2026"
std::string night_text(std::int64_t day, Language language);

}  // namespace rukun
