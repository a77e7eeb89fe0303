#pragma once
// Who takes which turn: a roster over households (ronda) or volunteers, as a pure function. The
// same facts in any order give the same roster on every laptop; nothing is drawn by chance, lots
// follow from ids. Days count from 1970-01-01 where the activity is. Any thread.
//
// Rules, in this order:
//  1. What stands in the records stays: nobody is moved, open places of a standing night are
//  filled.
//  2. Nobody has two turns within the least gap. Where too few people make that impossible, the gap
//     shrinks day by day, for the places that would stay open only.
//  3. Nobody is sent out more often in a week (from Monday) than their own limit, duties elsewhere
//     counted; then a place rather stays open.
//  4. The fewest turns in the last weeks (memory) come first, then the longest ago, then the lot.
// A turn counts when somebody was there, or when nothing says otherwise yet. Absent and excused
// turns do not count, so they are made up: those people come earlier. Whoever has no turn in the
// memory yet begins where people usually are; nobody else catches up more than kMostToCatchUp turns
// beyond those that they missed themselves.

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/ids.h"

namespace rukun {

inline constexpr std::int64_t kUsualGap_days = 7;
inline constexpr std::int64_t kMemory_days = 84;
inline constexpr std::int64_t kMostToCatchUp = 2;

enum class TurnState : std::uint8_t { pending, served, absent, excused };

// A turn in the records: a sign-up that holds a place of a shift that takes place.
struct Turn {
  RecordId person;
  std::int64_t day = 0;
  TurnState state = TurnState::pending;
};

// A day of which the records hold a shift of this activity.
struct StandingDay {
  std::int64_t day = 0;
  std::optional<std::int64_t> slots;  // none: as many as wished
  bool cancelled = false;             // nobody is sent out
};

// Who wants no more duties than this in a week.
struct WeeklyLimit {
  RecordId person;
  std::int64_t most = 0;
};
// A duty in another activity, which only a weekly limit counts.
struct DutyElsewhere {
  RecordId person;
  std::int64_t day = 0;
};

struct RosterFacts {
  RecordId activity;             // makes the lot
  std::vector<RecordId> people;  // who takes turns: no exempt ones
  std::vector<Turn> turns;       // of anybody, before and after today
  std::vector<StandingDay> standing;
  std::vector<WeeklyLimit> limits;
  std::vector<DutyElsewhere> elsewhere;
};

struct RosterWish {
  std::vector<std::int64_t> days;  // on which it takes place
  std::int64_t slots = 0;          // on each
  std::int64_t gap_days = kUsualGap_days;
  std::int64_t memory_days = kMemory_days;  // before the first day
};

enum class RosterWhy : std::uint8_t { stands, first_turn, makes_up, fewest, longest_ago };

struct RosterPick {
  RecordId person;
  RosterWhy why = RosterWhy::stands;
  std::int64_t turns = 0;                // counted before this one
  std::optional<std::int64_t> last_day;  // the turn before this one
  std::optional<std::int64_t>
      near_days;  // to the nearest other turn, when the gap could not be kept
  std::optional<std::int64_t> weekly_limit;
  std::int64_t in_week = 0;  // duties of that week, this one counted; of those with a limit
};

struct RosterDay {
  std::int64_t day = 0;
  std::int64_t slots = 0;
  bool cancelled = false;
  std::vector<RosterPick> picks;   // those that stand first
  std::int64_t open = 0;           // places for which there is nobody
  std::vector<RecordId> at_limit;  // whose turn it was, had their week not been full
};

std::vector<RosterDay> plan_roster(const RosterFacts& facts, const RosterWish& wish);

// Where somebody stands on `today`, with what was counted in the memory before it and all after it.
struct RosterRank {
  RecordId person;
  std::int64_t turns = 0;
  std::int64_t usual = 0;   // what the person in the middle has
  std::int64_t missed = 0;  // without an excuse
  std::int64_t excused = 0;
  std::int64_t rank = 0;  // from 1: whose turn it is next
  bool newcomer = false;  // no turn in the memory
  std::optional<std::int64_t> last_day, next_day;
  std::optional<std::int64_t> weekly_limit;
};
// In the order in which they come next.
std::vector<RosterRank> rank_people(const RosterFacts& facts, std::int64_t today,
                                    std::int64_t memory_days = kMemory_days);

}  // namespace rukun
