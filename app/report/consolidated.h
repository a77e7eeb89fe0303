#pragma once
// What the village office hands on: needs of all neighborhoods summed by neighborhood, category,
// item and unit, with where the numbers come from. Sums stay within what converts exactly. A
// neighborhood without fresh data or a report mark is "belum lapor", never a zero. Errors: io. One
// thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

struct Source {
  SpaceInfo space;
  std::optional<WallTime> last_exchange;  // by the clocks of those it was exchanged with
};
// With what the engine knows about exchanges.
Result<std::vector<Source>> sources_of(Engine& engine, const std::vector<SpaceInfo>& spaces);

struct ConsolidatedOptions {
  Language language = Language::id;
  WallTime now;
  int fresh_days = 7;  // older data does not count as reported
  const ItemCatalogue* items = nullptr;
};

struct Consolidated {
  Table by_space;  // by neighborhood, category, item, unit
  Table totals;    // over all of them
  std::size_t rows = 0;
};
Result<Consolidated> consolidated(Projection& records, const std::vector<Source>& sources,
                                  const ConsolidatedOptions& options);

}  // namespace rukun
