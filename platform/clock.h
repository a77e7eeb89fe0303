#pragma once
// The machine's clock. This is the only place that asks the operating system what time it is;
// everything else is given a Clock. What it answers is a claim: an old laptop's battery may have
// lost years. Any thread.

#include "platform/base/time.h"

namespace rukun {

class SystemClock final : public Clock {
 public:
  WallTime now() const override;
  std::int64_t steady_ms() const override;  // counts on through sleep where the system can
};

}  // namespace rukun
