#pragma once
// Two laptops of the demo, or of a measurement, on one network: real links over this computer's
// loopback. Errors: io when nothing has moved for long. One thread.

#include "app/engine/engine.h"

namespace rukun::cli {

// Returns when both have all that the other had.
Result<ExchangeReport> meet_on_loopback(Engine& caller, Engine& called);

// The same, but each says all that it has to say before the other is heard: how often the caller
// had to wait for an answer, TCP's own beside. That many times a far link's delay is what a meeting
// costs at least.
Result<std::size_t> round_trips_on_loopback(Engine& caller, Engine& called);

}  // namespace rukun::cli
