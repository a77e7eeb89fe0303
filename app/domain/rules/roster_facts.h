#pragma once
// From the projection to what a roster is made of: one activity, its shifts, who holds a place or
// waits, who takes turns and who does not. Households that were merged (same_as) count as one;
// whoever is exempt, has moved or is not active is left out, with the reason. A night is named by
// the day on which it begins. Errors: io; bad_value when the record is no activity. One thread.

#include <optional>
#include <string>
#include <vector>

#include "app/domain/rules/balances.h"
#include "app/domain/rules/duty.h"
#include "app/domain/rules/phrase.h"
#include "app/domain/rules/recurrence.h"
#include "app/domain/rules/roster.h"
#include "storage/projection.h"

namespace rukun {

// Who takes turns. An activity of type ronda goes round the households unless it says otherwise.
enum class RosterTurns : std::uint8_t { nobody, households, volunteers };

RosterTurns roster_turns(const Row& activity);

struct RosterShift {
  RecordId id;
  Hours hours;
  std::int64_t day = 0;
  std::string place;
  std::optional<std::int64_t> slots;
  bool published = false;
  std::string cancelled;  // why
};

struct RosterSignup {
  RecordId id, shift, person;
  std::optional<RecordId> replaces;
  std::int64_t attendance = 0;  // as fields::signup has it; 0: not recorded
  std::int64_t position = 0;
  bool waiting = false;
};

struct LeftOut {
  RecordId person;
  Phrase why;
};

struct RosterRecords {
  RecordId activity;
  RosterTurns turns = RosterTurns::nobody;
  std::string recurrence;  // as it is written
  std::optional<std::int64_t> default_slots;
  std::vector<RosterShift> shifts;    // by time
  std::vector<RosterSignup> signups;  // joined ones, in the order of places, those waiting last
  std::vector<LeftOut> left_out;
  RosterFacts facts;
};

Result<RosterRecords> load_roster(Projection& records, std::uint32_t space,
                                  const RecordId& activity, int utc_offset_min);

// Days since 1970-01-01 on the wall there, and back.
std::int64_t day_at(WallTime at, int utc_offset_min);
WallTime moment_of(std::int64_t day, int minutes, int utc_offset_min);
std::int64_t date_of_day(std::int64_t day);  // 20261122

}  // namespace rukun
