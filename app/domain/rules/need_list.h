#pragma once
// The needs of a neighborhood as a list that answers each letter typed: all of them in the order in
// which people look at them, read once after each change, and which rows a search finds, from the
// full-text index alone. Reads the projection; errors: io. One thread.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/domain/rules/balances.h"
#include "storage/projection.h"

namespace rukun {

struct ListedNeed {
  RecordId id;
  std::int64_t row = 0;  // what the projection numbers it by; only until it changes
  std::int64_t urgency = 0;
  std::uint64_t created = 0;
  NeedState state = NeedState::open;
};
// The most urgent first, then the newest. `taken_up`: Derived::load_taken_up's; may be null.
Result<std::vector<ListedNeed>> list_needs(Projection& records, std::uint32_t space,
                                           const AidBalances* taken_up);

// By row; those beyond its end are not found. Nothing when nothing is looked for.
Result<std::optional<std::vector<bool>>> rows_found(Projection& records, std::string_view typed);

// Whoever is not taken up lacks, or gives, all that it says.
NeedBalance need_balance(const Row& need, const AidBalances* taken_up);
OfferBalance offer_balance(const Row& offer, const AidBalances* taken_up);

}  // namespace rukun
