#pragma once
// Jadwal: the week that is shown, one shift with whoever is on it, and signing up. What was
// published by the generator of turns (roster.h) is shown by it. One thread, the presenter's.

#include <optional>
#include <string>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"

namespace rukun::ui {

class SchedulePart {
 public:
  // The shift that is open is the lists' open record.
  SchedulePart(Desk& desk, const Lists& lists) : desk_(desk), lists_(lists) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  void enter() { week_ = 0; }
  void fill();
  WallTime first_day() const;  // of the week that is shown
  void show_week_with(WallTime day);
  void show_week_of(const std::string& shift);
  // Whoever sits here takes part; becomes a volunteer with it, when no volunteer has that name yet.
  Status join_myself(const std::string& shift_id);

 private:
  void fill_volunteer_names(const std::string& typed);
  Status sign_up(const SignUp& command);
  Status move_shift(const MoveShift& command);

  Desk& desk_;
  const Lists& lists_;
  int week_ = 0;
};

}  // namespace rukun::ui
