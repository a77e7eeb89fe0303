#pragma once
// Somebody who has only the words of an invitation looks for its envelope in every directory of a
// folder. What was read counts against `most_bytes` in `read_bytes`. Errors: those of this laptop
// alone (full, io, busy); a torn or foreign file is judged by whoever exchanges with its space. One
// thread: the engine's.

#include "app/engine/engine_works.h"

namespace rukun {

Status find_invitations(Engine::Works& works, const Path& root, std::uint64_t most_bytes,
                        std::uint64_t& read_bytes);

}  // namespace rukun
