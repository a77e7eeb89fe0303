#pragma once
// What stands on every screen: who sits here, what the engine has to say, what has reached whom,
// and how much is to be decided. One thread, the presenter's.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class StatusLine {
 public:
  explicit StatusLine(Desk& desk) : desk_(desk) {}

  void fill();

 private:
  Desk& desk_;
  std::uint64_t filled_at_ = 0;  // the glance: it costs more than a letter typed may
};

}  // namespace rukun::ui
