#pragma once
// The list of needs, one a row, with what has been promised and delivered. For the notice board:
// only needs that may stand there, and no column that names anybody. The table reads the projection
// when it is written, so the projection must stay as it is until then. Errors: io. One thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/only.h"
#include "app/report/table.h"

namespace rukun {

struct NeedsOptions {
  Language language = Language::id;
  bool for_public = false;
  const ItemCatalogue* items = nullptr;
  OnlyThese only = {};
};

Result<Table> needs_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                          const NeedsOptions& options);
// For humanitarian bodies, with the columns that they expect (HXL 1.1): names and codes as programs
// read them, never who needs it.
Result<Table> needs_hxl_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                              const NeedsOptions& options);

}  // namespace rukun
