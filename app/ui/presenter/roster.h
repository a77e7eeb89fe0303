#pragma once
// The generator of turns on Jadwal: wishes, a preview, the publication of just what was seen, and
// turns that are passed on or swapped. One thread, the presenter's.

#include <optional>
#include <string>

#include "app/domain/rules/roster_plan.h"
#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/schedule.h"

namespace rukun::ui {

class RosterPart {
 public:
  // What was published is shown by the schedule.
  RosterPart(Desk& desk, SchedulePart& schedule) : desk_(desk), schedule_(schedule) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  void enter() { wishes_.reset(); }
  void fill();
  // Opens the generator, or plans anew as it is wished now.
  Status plan(PlanRoster command);

 private:
  Result<TurnsPlan> wanted_turns();
  Status fill_plan(RosterView& view);
  RosterNight night_of(const TurnsPlan& plan, const RosterDay& day);
  Status publish(const PublishRoster& command);
  void fill_turns(const AskTurns& command);
  Status swap_turns(const SwapTurns& command);

  Desk& desk_;
  SchedulePart& schedule_;
  std::optional<PlanRoster> wishes_;  // it is open
  std::uint64_t number_ = 0;          // RosterView::number
};

}  // namespace rukun::ui
