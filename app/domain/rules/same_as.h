#pragma once
// Records of one household or person that people have linked with same_as: which of them stands
// for all. A link is reversible and merges nothing in the log; lists show the one that stands for
// the others, and duties and aid are counted for it. Links to what is deleted or has not arrived
// link nothing. Errors: io. One thread; stand_ins is pure.

#include <map>
#include <span>
#include <vector>

#include "storage/projection.h"

namespace rukun {

struct SameAsLink {
  std::uint32_t space = 0;
  RecordId record;
  RecordId same_as;  // of the same space
};

// By space and record, for records that another one stands for.
using StandIns = std::map<std::pair<std::uint32_t, RecordId>, RecordId>;

// The end of the chain; of a circle, which only two who linked apart can make, its least record.
StandIns stand_ins(std::span<const SameAsLink> links);

// Of households or residents that are here.
Result<StandIns> load_stand_ins(Projection& records, std::span<const std::uint32_t> spaces,
                                KindId kind);

// The record that stands for this one, or itself.
RecordId stands_for(const StandIns& all, std::uint32_t space, const RecordId& record);

}  // namespace rukun
