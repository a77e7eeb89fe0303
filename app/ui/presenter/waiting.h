#pragma once
// What waits for a person besides fields that two wrote: in words, and where each is settled.
// Worked out once after each change; Beranda shows the first of it, Perlu diputuskan all. One
// thread, the presenter's.

#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

class Waiting {
 public:
  explicit Waiting(Desk& desk) : desk_(desk) {}

  // The weightiest first. A failure is told, and the lines before it stand.
  const std::vector<AttentionRow>& lines();

 private:
  Desk& desk_;
  std::vector<AttentionRow> lines_;
  std::uint64_t worked_out_at_ = 0;  // the version
};

}  // namespace rukun::ui
