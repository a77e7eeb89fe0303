#pragma once
// Which offers fit a need, and which needs an offer: the same item or category with something left.
// In order: the very item before its category; what can be pledged as it is before what comes in
// another kind of unit; the same RT; the nearest expiry; a neighbor's business ("beli dari tetangga
// dulu"); then the older one. Never an offer that is withdrawn or past its date. Reads the
// projection; errors: not_found, io. One thread.

#include <cstdint>
#include <vector>

#include "app/domain/items.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/phrase.h"
#include "platform/base/time.h"
#include "storage/projection.h"

namespace rukun {

struct MatchContext {
  Projection& records;
  std::vector<std::uint32_t> spaces;  // where to look; empty: everywhere
  WallTime now;
  int utc_offset_min = 7 * 60;
  const ItemCatalogue* items = nullptr;
  const Derived* aid = nullptr;  // a fresh snapshot of need or offer, whole or in part
  // Of what names an item, nothing else of its category.
  bool same_item_only = false;
};

struct Match {
  RecordId record;
  std::uint32_t space = 0;
  std::string title;
  std::int64_t remaining = 0;  // of the offer or need that was found, in its own unit
  std::string unit;
  std::int64_t fits = 0;  // what could be pledged, in the need's unit; 0: units differ
  bool same_item = false;
  bool same_rt = false;
  Phrase why;
};

Result<std::vector<Match>> offers_for_need(const MatchContext& context, std::uint32_t space,
                                           const RecordId& need, std::size_t most = 20);
Result<std::vector<Match>> needs_for_offer(const MatchContext& context, std::uint32_t space,
                                           const RecordId& offer, std::size_t most = 20);

// An offer while it is being typed: only what is known yet.
struct TypedOffer {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;
  std::int64_t quantity = 0;
  std::string unit;
};
Result<std::vector<Match>> needs_for_typed(const MatchContext& context, const TypedOffer& offer,
                                           std::size_t most = 20);

}  // namespace rukun
