#pragma once
// Two laptops of the demo on one network: real links over this computer's loopback. One thread.

#include "app/engine/engine.h"

namespace rukun::cli {

// Returns when both have all that the other had; io when that takes too long.
Result<ExchangeReport> meet_on_loopback(Engine& caller, Engine& called);

}  // namespace rukun::cli
