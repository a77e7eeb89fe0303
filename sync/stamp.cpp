#include "sync/stamp.h"

#include <algorithm>

namespace rukun {

namespace {
constexpr std::int64_t kLast_ms = (std::int64_t{1} << 48) - 2;

std::uint64_t ticks_of(WallTime time) {
  return static_cast<std::uint64_t>(std::clamp<std::int64_t>(time.ms, 0, kLast_ms)) << 16;
}
}  // namespace

void StampClock::saw_own(Stamp stamp) {
  own_ = std::max(own_, stamp.ticks);
  seen_ = std::max(seen_, stamp.ticks);
}

void StampClock::saw(Stamp stamp, WallTime now) {
  if (stamp.ticks <= ticks_of({now.ms + kDay_ms})) seen_ = std::max(seen_, stamp.ticks);
}

Stamp StampClock::next(WallTime now) {
  const auto last_ms = static_cast<std::int64_t>(own_ >> 16);
  const bool doubtful = now < kBuildDate || now.ms < last_ms - kDay_ms;
  const std::uint64_t ticks = std::max(ticks_of(now), seen_ + 1);
  seen_ = own_ = ticks;
  return {ticks, doubtful};
}

}  // namespace rukun
