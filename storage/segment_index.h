#pragma once
// Where every entry of every log is, without opening anything: per log a tree of segments, which is
// a chain unless the log forked. Kept in memory, built from the columns beside the sealed bytes. A
// segment's index within its log is stable until compaction. Pure; one thread.

#include <optional>
#include <unordered_map>
#include <vector>

#include "storage/log_store.h"

namespace rukun {

using SegmentIx = std::uint32_t;
inline constexpr SegmentIx kNoSegment = ~SegmentIx{0};

struct SegmentMeta {
  Arrival arrival = 0;
  Seq first = 0;
  Seq last = 0;
  TxnHash end;
  SegmentIx parent = kNoSegment;  // holds the entry before the first; its end, or an inner one
  std::uint32_t epoch = 0;        // SegmentIndex::epoch()
  std::uint32_t bytes = 0;
  bool unmergeable = false;  // compaction tried and it did not fit
};

struct LogTree {
  LogInfo info;
  std::vector<SegmentMeta> segments;  // in the order of arrival: a parent before its children
  std::vector<SegmentIx> heads;
  bool linear = true;  // each segment follows the one before it

  Head head(SegmentIx ix) const { return {info.id, segments[ix].last, segments[ix].end}; }
  SegmentIx find_end(Seq seq, const TxnHash& hash) const;
  std::vector<SegmentIx> covering(Seq seq) const;
  // The segments whose end lies in [from, to].
  std::vector<SegmentIx> ending_in(Seq from, Seq to) const;
  bool is_head(SegmentIx ix) const;
  void add(const SegmentMeta& segment);
  // `merged`: a chain, first to last. What it became takes the last one's place.
  void merge(const std::vector<SegmentIx>& merged, std::uint32_t bytes);
  // For each segment the one that follows it, when that is its only child and nothing forks off.
  std::vector<SegmentIx> followers() const;
};

class SegmentIndex {
 public:
  std::optional<SpaceIx> find_space(const SpaceId& space) const;
  SpaceIx add_space(const SpaceId& space);
  std::optional<LogIx> find_log(const LogId& log) const;
  LogIx add_log(SpaceIx space, const LogName& name);
  void add_segment(LogIx log, const SegmentMeta& segment);

  const SpaceId& space(SpaceIx ix) const { return spaces_[ix].id; }
  const std::vector<LogIx>& logs_of(SpaceIx ix) const { return spaces_[ix].logs; }
  SpaceIx space_count() const { return static_cast<SpaceIx>(spaces_.size()); }
  LogTree& log(LogIx ix) { return logs_[ix]; }
  const LogTree& log(LogIx ix) const { return logs_[ix]; }
  LogIx log_count() const { return static_cast<LogIx>(logs_.size()); }
  std::uint32_t epoch_number(const EpochId& epoch);
  const EpochId& epoch(std::uint32_t number) const { return epochs_[number]; }

  void resize_segment(LogIx log, SegmentIx segment, std::uint32_t bytes);
  // From mark() on, undo() takes back everything that was added or resized.
  void mark();
  void undo();
  void keep();

 private:
  struct Space {
    SpaceId id;
    std::vector<LogIx> logs;
  };
  struct Before {
    LogIx log;
    std::size_t segments;
    std::vector<SegmentIx> heads;
    bool linear;
  };
  std::vector<Space> spaces_;
  std::vector<LogTree> logs_;
  std::unordered_map<SpaceId, SpaceIx, IdHash> space_by_id_;
  std::unordered_map<LogId, LogIx, IdHash> log_by_id_;
  std::vector<EpochId> epochs_;
  std::unordered_map<EpochId, std::uint32_t, IdHash> epoch_by_id_;

  bool marked_ = false;
  std::size_t spaces_before_ = 0;
  std::size_t logs_before_ = 0;
  std::vector<Before> journal_;
  struct Size {
    LogIx log;
    SegmentIx segment;
    std::uint32_t bytes;
  };
  std::vector<Size> sizes_;  // that were others before, in the order of change
};

}  // namespace rukun
