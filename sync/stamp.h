#pragma once
// A stamp is a hybrid logical clock: 48 bits of milliseconds and a 16-bit counter that carries into
// them, plus a flag that says the writer's clock was doubtful. Source: Kulkarni et al., "Logical
// Physical Clocks" (2014). Pure; any thread. Stamps order what people see; no right, key or removal
// ever depends on one.

#include <compare>
#include <cstdint>

#include "platform/base/time.h"

namespace rukun {

struct Stamp {
  std::uint64_t ticks = 0;  // milliseconds since 1970 << 16 | counter
  bool doubtful = false;

  WallTime wall() const { return {static_cast<std::int64_t>(ticks >> 16)}; }
  auto operator<=>(const Stamp&) const = default;
};

// A build cannot run before it was built: a clock before this is wrong.
inline constexpr WallTime kBuildDate{1'795'132'800'000};  // 2026-11-20
inline constexpr std::int64_t kDay_ms = 86'400'000;

// One per space and writer. `last` is the greatest stamp of a durable transaction of this laptop's
// own; `seen` the greatest of any stamp, own or foreign, that was not more than 24 h ahead of the
// clock when it arrived.
class StampClock {
 public:
  void saw_own(Stamp stamp);
  void saw(Stamp stamp, WallTime now);
  // Greater than every stamp seen. Doubtful before the build date, or before the last own stamp
  // minus a day.
  Stamp next(WallTime now);

 private:
  std::uint64_t seen_ = 0;
  std::uint64_t own_ = 0;
};

}  // namespace rukun
