#pragma once
// A roster of one activity from the wish to what would be written: on which days it takes place by
// its recurrence (a ronda: every night, 22.00-04.00, unless it says otherwise), who takes which
// turn and why (roster.h), and the one action that publishes all of it. What stands in the records
// already is left as it is. Nothing is written here. Errors: bad_value, with a hint that begins
// with "recurrence=" where the activity does not say when it takes place; io. One thread.

#include <string>
#include <vector>

#include "app/domain/commands.h"
#include "app/domain/language.h"
#include "app/domain/rules/roster_facts.h"

namespace rukun {

struct TurnsRequest {
  RecordId activity;
  std::int64_t first_day = 0;  // since 1970-01-01
  std::int64_t days = 0;
  std::int64_t slots = 0;  // on each day; 0: as the activity says
  std::int64_t gap_days = kUsualGap_days;
};

struct TurnsPlan {
  std::string name;  // of the activity
  RosterRecords records;
  DayHours hours;
  std::vector<RosterDay> days;
  Action action;                      // no changes: all of it stands already
  std::size_t shifts = 0, turns = 0;  // new ones
};

Result<TurnsPlan> plan_turns(Projection& records, std::uint32_t space, const TurnsRequest& request,
                             int utc_offset_min, Language language);

}  // namespace rukun
