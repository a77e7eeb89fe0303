#pragma once
// An office's profile to measure with: neighborhoods of made households, needs, pledges and
// handovers, the same from run to run but for the ids. One thread.

#include "app/cli/bench_tools.h"

namespace rukun::cli {

// Of as many needs, about a quarter as many records more. The profile is closed again, its image
// saved.
Status make_office(const World& world, const Scratch& scratch, std::size_t spaces,
                   std::size_t needs);

}  // namespace rukun::cli
