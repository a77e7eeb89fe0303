#pragma once
// Beranda: what needs attention, the shifts of this week, and the most urgent open needs. One
// thread, the presenter's.

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/waiting.h"

namespace rukun::ui {

class HomePart {
 public:
  HomePart(Desk& desk, Waiting& waiting) : desk_(desk), waiting_(waiting) {}

  void fill();

 private:
  // Conflicts are counted in one line, since they are decided on one screen.
  void fill_attention();

  Desk& desk_;
  Waiting& waiting_;
  std::uint64_t filled_at_ = 0;     // the glance
  std::uint64_t attention_at_ = 0;  // the version: it costs most
};

}  // namespace rukun::ui
