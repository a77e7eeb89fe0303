#pragma once
// The PIN that only reopens a running session, and after how many idle minutes that session is
// locked. The PIN is never on the disk. One thread, the presenter's.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class LockPart {
 public:
  explicit LockPart(Desk& desk) : desk_(desk) {}

  std::optional<Status> run(const Command& command);  // empty: it is of something else
  void load();                                        // what this profile chose
  void forget();                                      // the PIN, too
  bool has_pin() const { return !pin_.empty(); }
  void begin() { errors_ = 0; }  // somebody goes away
  // Somebody is back; a wrong one counts.
  bool opens(const SecretText& pin);
  int tries_left() const;

 private:
  Status set_pin(const SecretText& pin);
  Status choose_time(int minutes);

  Desk& desk_;
  Secret pin_;
  int errors_ = 0;
};

}  // namespace rukun::ui
