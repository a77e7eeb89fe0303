#include "storage/touched.h"

#include <algorithm>

namespace rukun {

void TouchedRecords::note(std::uint32_t space, const TouchedRecord& record) {
  if (entries_.size() == kMost) {
    const auto& oldest = entries_.front();
    auto& floor = floors_[oldest.space];
    floor = std::max(floor, oldest.arrival);
    entries_.pop_front();
    open_ = std::min(open_, entries_.size());
  }
  entries_.push_back({kNotYet, space, record});
  ++open_;
}

void TouchedRecords::forget(std::uint32_t space) { floors_[space] = kNotYet; }

void TouchedRecords::keep() { open_ = 0; }

void TouchedRecords::drop() {
  entries_.resize(entries_.size() - open_);
  open_ = 0;
}

void TouchedRecords::arrived(std::int64_t arrival) {
  for (auto entry = entries_.rbegin(); entry != entries_.rend() && entry->arrival == kNotYet;
       ++entry)
    entry->arrival = arrival;
  for (auto& [space, floor] : floors_)
    if (floor == kNotYet) floor = arrival;
}

std::optional<std::vector<TouchedRecord>> TouchedRecords::since(std::uint32_t space,
                                                                std::int64_t arrival) const {
  const auto floor = floors_.find(space);
  if (floor != floors_.end() && arrival < floor->second) return std::nullopt;
  std::vector<TouchedRecord> out;
  for (auto entry = entries_.rbegin(); entry != entries_.rend() && entry->arrival > arrival;
       ++entry)
    if (entry->space == space) out.push_back(entry->record);
  return out;
}

}  // namespace rukun
