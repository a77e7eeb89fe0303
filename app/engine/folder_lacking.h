#pragma once
// Which stored segments somebody who reads a folder still lacks. A reader of whom nothing is known
// has nothing. Errors: the log store's. One thread: the engine's.

#include "app/engine/engine_works.h"

namespace rukun {

// The latest receipts that lie in the folder, with their counters.
using ReceiptsHere = std::map<MemberId, std::pair<std::uint64_t, Frontier>>;

// In the order of logs, authority first.
Result<std::vector<LackingPiece>> lacking_of_readers(Engine::Works& works, const Space& space,
                                                     const ReceiptsHere& here);

}  // namespace rukun
