#pragma once
// The records of a neighborhood as lists that answer each letter typed: all of a kind, read once
// after each change with what they are put in order by; needs in the order in which people look at
// them; and which rows a search finds, from the full-text index alone. Reads the projection.
// Errors: io. One thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/domain/rules/balances.h"
#include "storage/projection.h"

namespace rukun {

struct ListedRecord {
  RecordId id;
  std::int64_t row = 0;  // what the projection numbers it by; only until it changes
  std::uint64_t created = 0;
};
// Each one of this kind, in any order, with the values of these fields, none of which is a set.
Status each_listed(
    Projection& records, std::uint32_t space, KindId kind, std::span<const FieldId> fields,
    const std::function<void(const ListedRecord&, const std::vector<Value>&)>& each);

struct ListedNeed : ListedRecord {
  std::int64_t urgency = 0;
  std::int64_t remaining = 0;
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
