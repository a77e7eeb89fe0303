#pragma once
// Which published rows may differ from what they were when the view stood somewhere: those of the
// records that were written since, and those whose derived values rest on these. A row that is
// named and does not differ costs a comparison, a row that should be named and is not would stay
// wrong: so where following is dear, whole tables are named, and where too much was written,
// everything. Errors: io. One thread.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/engine/engine.h"

namespace rukun {

// Of one neighborhood.
struct AffectedRows {
  std::map<KindId, std::set<RecordId>> records;
  std::set<KindId> whole;  // all rows of these kinds
};

// Nothing when what was written since is not known any more, or is so much that comparing
// everything is the quicker way.
Result<std::optional<AffectedRows>> affected_since(Projection& records, std::uint32_t space,
                                                   std::int64_t arrival);

}  // namespace rukun
