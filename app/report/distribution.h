#pragma once
// Who did what, where and when (4W), for those who coordinate aid: a row for each program and each
// kind of goods, with how many households it was meant for and how many it reached; neighbors' own
// giving stands beside the programs. No row names anybody. A program's places are those of the
// activities that serve it. Sums stay within one unit. Errors: io. One thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

struct DistributionOptions {
  Language language = Language::id;
  WallTime now;
  const ItemCatalogue* items = nullptr;
};

Result<Table> distribution_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                                 const DistributionOptions& options);

}  // namespace rukun
