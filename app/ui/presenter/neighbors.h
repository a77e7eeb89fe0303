#pragma once
// Tukar data with laptops near by: they meet by themselves while a profile is open, and at once
// when somebody asks for it. Also what the presenter's thread sleeps on. One thread, the
// presenter's, but wake().

#include <optional>

#include "app/ui/nearby.h"
#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class NeighborsPart {
 public:
  // The desk's engine outlives what is open here: close() comes before Desk::close().
  explicit NeighborsPart(Desk& desk) : desk_(desk), nearby_(desk.setup().network) {}

  std::optional<Status> run(const Command& command);  // empty: it is of another screen
  void open();                                        // unless somebody does not want it
  void close() { nearby_.close(); }
  void fill();
  // A small step of all meetings.
  struct Step {
    bool done = false;      // after trouble it rests for a while
    bool more = false;      // is to be done at once
    bool received = false;  // a meeting ended: what is shown may be another thing now
  };
  Step step();
  void tell();  // how far meetings are, and what a look has brought
  void wait();
  void wake() { nearby_.wake(); }

 private:
  Status choose(bool on);
  bool take_meetings();
  void end_look();
  Status look();
  Status meet(const MeetAddress& command);

  Desk& desk_;
  Nearby nearby_;                  // refers to the engine
  std::int64_t next_ms_ = 0;       // after a failure
  std::int64_t next_tell_ms_ = 0;  // of a meeting's progress
};

}  // namespace rukun::ui
