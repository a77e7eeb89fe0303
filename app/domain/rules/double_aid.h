#pragma once
// Two entitlements of one program, or of programs that exclude each other, for one household or its
// residents, where no exception's reason was recorded. Who is the same, and which program is, says
// receivers.h. Within the spaces given; the office gives all of its own. Errors: io. One thread.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/projection.h"

namespace rukun {

struct EntitlementFact {
  RecordId id;
  std::uint32_t space = 0;
  RecordId program;
  RecordId household;  // the receiver's group: of the resident, where one is named; zero: unknown
  bool excused = false;
};

struct DoubleAid {
  EntitlementFact first, second;  // first.id < second.id
};

// By space and pair of programs that exclude each other; both directions.
using Exclusions = std::vector<std::pair<RecordId, RecordId>>;

std::vector<DoubleAid> double_aid(std::span<const EntitlementFact> entitlements,
                                  const Exclusions& exclusions);

Result<std::vector<DoubleAid>> find_double_aid(Projection& records,
                                               std::span<const std::uint32_t> spaces);
// At entry: the entitlement that already serves this receiver by this program or one that excludes
// it, in any neighborhood that is here.
Result<std::optional<EntitlementFact>> served_already(Projection& records,
                                                      const EntitlementFact& typed,
                                                      std::optional<RecordId> resident);

}  // namespace rukun
