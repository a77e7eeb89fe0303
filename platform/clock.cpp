#include "platform/clock.h"

#include <time.h>

#include <chrono>

namespace rukun {

WallTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

std::int64_t SystemClock::steady_ms() const {
  // Not steady_clock, which stands still while a laptop sleeps: an auto-lock must not wait longer
  // for that.
  timespec now{};
  if (clock_gettime(CLOCK_BOOTTIME, &now) != 0) clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace rukun
