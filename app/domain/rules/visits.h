#pragma once
// Whom to visit so that aid to people who are not there is noticed: 5 % of a program's receivers,
// at least 10, all when there are fewer. Drawn by the book's digest, so that nobody chooses, and
// everybody with the same book draws the same. Pure; any thread.

#include <span>
#include <vector>

#include "sync/ids.h"

namespace rukun {

std::size_t visit_count(std::size_t receivers);
// Which of them, in the order of the draw; however they are given, and each once.
std::vector<RecordId> visit_sample(const TxnHash& digest, std::vector<RecordId> receivers);

}  // namespace rukun
