#pragma once
// What is to be published of some neighborhoods, read from the projection in one pass a kind and
// held as finished lines, so that many neighborhoods cost hardly more scans than one. Errors: io.
// One thread.

#include <map>
#include <span>
#include <vector>

#include "app/engine/engine.h"
#include "app/publish/rows.h"

namespace rukun {

// By the order of published_tables().
using SpaceRows = std::vector<std::vector<PublishedRow>>;

// By the projection's number of the space; each of `spaces` is there.
Result<std::map<std::uint32_t, SpaceRows>> gather_rows(Projection& records,
                                                       std::span<const SpaceInfo> spaces,
                                                       const MemberId& office, bool personal);

// Visible records by space number, for choosing how many spaces are gathered at once.
Result<std::map<std::uint32_t, std::uint64_t>> records_by_space(Projection& records);

}  // namespace rukun
