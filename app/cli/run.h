#pragma once
// rukunctl without main(): words in, exit status out. Everything it touches comes in through the
// World. One thread.

#include <string>
#include <vector>

#include "app/cli/session.h"

namespace rukun::cli {

// The exit status of interface.md.
int run_program(World& world, const std::vector<std::string>& words);

}  // namespace rukun::cli
