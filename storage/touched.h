#pragma once
// Which records the projection wrote last, for whoever keeps a copy of it elsewhere (a database)
// and wants to bring over only what changed. Bounded: of a neighborhood whose older entries were
// dropped only newer questions are answered. An answer may name more than what changed, never less.
// Counts by the order of arrival, which a replay repeats, and not by stamps: what arrives late was
// written long ago. Pure; one thread.

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "sync/ids.h"

namespace rukun {

struct TouchedRecord {
  RecordId id;
  // A written record does not refer to it any more; its own row may be what it was.
  bool released = false;
};

class TouchedRecords {
 public:
  static constexpr std::size_t kMost = 16'384;

  void note(std::uint32_t space, const TouchedRecord& record);
  void forget(std::uint32_t space);  // what was written before cannot be told any more
  void keep();                       // what was noted since the last keep() or drop() has happened
  void drop();                       // or has not
  // What was noted so far came with this arrival or an earlier one.
  void arrived(std::int64_t arrival);

  // What was noted after `arrival`; nothing when that is not known any more.
  std::optional<std::vector<TouchedRecord>> since(std::uint32_t space, std::int64_t arrival) const;

  template <class Archive>
  void save(Archive& archive) const {
    archive(std::vector<Entry>(entries_.begin(), entries_.end()),
            std::vector<Floor>(floors_.begin(), floors_.end()));
  }
  template <class Archive>
  void load(Archive& archive) {
    std::vector<Entry> entries;
    std::vector<Floor> floors;
    archive(entries, floors);
    entries_.assign(entries.begin(), entries.end());
    floors_.clear();
    for (const auto& floor : floors) floors_.emplace(floor.space, floor.arrival);
    open_ = 0;
  }

 private:
  static constexpr std::int64_t kNotYet = std::numeric_limits<std::int64_t>::max();

  struct Entry {
    std::int64_t arrival = kNotYet;
    std::uint32_t space = 0;
    TouchedRecord record;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(arrival, space, record.id, record.released);
    }
  };
  // Of this space nothing is known up to this arrival.
  struct Floor {
    std::uint32_t space = 0;
    std::int64_t arrival = 0;

    Floor() = default;
    Floor(const std::pair<const std::uint32_t, std::int64_t>& from)
        : space(from.first), arrival(from.second) {}
    template <class Archive>
    void serialize(Archive& archive) {
      archive(space, arrival);
    }
  };

  std::deque<Entry> entries_;
  std::size_t open_ = 0;  // of these, at the end: noted since keep() or drop()
  std::map<std::uint32_t, std::int64_t> floors_;
};

}  // namespace rukun
