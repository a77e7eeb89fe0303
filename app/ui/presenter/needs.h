#pragma once
// Kebutuhan: the list in order of urgency or another, one need with all that belongs to it, and
// what is done about it: promised, handed over, closed. One thread, the presenter's.

#include <optional>
#include <string>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"

namespace rukun::ui {

class NeedsPart {
 public:
  NeedsPart(Desk& desk, Lists& lists) : desk_(desk), lists_(lists) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  // With this need open, or none.
  void enter(const std::string& need) {
    opened_ = need;
    detail_at_ = 0;
  }
  void fill();
  void forget() { opened_.clear(); }
  Status note_opened();  // that it is shown
  void hide();

 private:
  Status open(const std::string& id);
  Status pledge(const Pledge& command);
  Status hand_over(const HandOver& command);
  Status close_need(const CloseNeed& command);

  Desk& desk_;
  Lists& lists_;
  std::string opened_;
  std::uint64_t detail_at_ = 0;  // the glance that it was read for: it costs more than a key may
};

}  // namespace rukun::ui
