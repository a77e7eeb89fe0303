#include "storage/segment_index.h"

#include <algorithm>

#include "platform/base/check.h"

namespace rukun {

SegmentIx LogTree::find_end(Seq seq, const TxnHash& hash) const {
  for (const auto ix : ending_in(seq, seq))
    if (segments[ix].end == hash) return ix;
  return kNoSegment;
}

std::vector<SegmentIx> LogTree::covering(Seq seq) const {
  std::vector<SegmentIx> found;
  auto from = segments.begin();
  if (linear)
    from = std::lower_bound(segments.begin(), segments.end(), seq,
                            [](const SegmentMeta& s, Seq wanted) { return s.last < wanted; });
  for (auto at = from; at != segments.end(); ++at) {
    if (at->first <= seq && seq <= at->last)
      found.push_back(static_cast<SegmentIx>(at - segments.begin()));
    if (linear) break;
  }
  return found;
}

std::vector<SegmentIx> LogTree::ending_in(Seq from, Seq to) const {
  std::vector<SegmentIx> found;
  auto begin = segments.begin();
  if (linear)
    begin = std::lower_bound(segments.begin(), segments.end(), from,
                             [](const SegmentMeta& s, Seq wanted) { return s.last < wanted; });
  for (auto at = begin; at != segments.end(); ++at) {
    if (from <= at->last && at->last <= to)
      found.push_back(static_cast<SegmentIx>(at - segments.begin()));
    else if (linear)
      break;
  }
  return found;
}

bool LogTree::is_head(SegmentIx ix) const {
  return std::find(heads.begin(), heads.end(), ix) != heads.end();
}

void LogTree::add(const SegmentMeta& segment) {
  const auto ix = static_cast<SegmentIx>(segments.size());
  const bool follows =
      segment.parent != kNoSegment && segments[segment.parent].last + 1 == segment.first;
  const auto head = follows ? std::find(heads.begin(), heads.end(), segment.parent) : heads.end();
  if (head != heads.end())
    *head = ix;
  else
    heads.push_back(ix);
  const bool in_line = ix == 0 ? segment.parent == kNoSegment
                               : segment.parent + 1 == ix && head != heads.end() && follows;
  linear = linear && in_line;
  segments.push_back(segment);
}

std::vector<SegmentIx> LogTree::followers() const {
  std::vector<SegmentIx> next(segments.size(), kNoSegment);
  std::vector<std::uint32_t> children(segments.size(), 0);
  for (SegmentIx i = 0; i < segments.size(); ++i) {
    const auto parent = segments[i].parent;
    if (parent == kNoSegment) continue;
    ++children[parent];
    if (segments[parent].last + 1 == segments[i].first) next[parent] = i;
  }
  for (SegmentIx i = 0; i < segments.size(); ++i)
    if (children[i] != 1) next[i] = kNoSegment;
  return next;
}

void LogTree::merge(const std::vector<SegmentIx>& merged, std::uint32_t bytes) {
  CHECK_BUG(merged.size() > 1);
  auto& survivor = segments[merged.back()];
  survivor.first = segments[merged.front()].first;
  survivor.parent = segments[merged.front()].parent;
  survivor.bytes = bytes;
  std::vector<SegmentIx> place(segments.size(), 0);
  for (std::size_t i = 0; i + 1 < merged.size(); ++i) place[merged[i]] = kNoSegment;
  std::vector<SegmentMeta> kept;
  kept.reserve(segments.size() - merged.size() + 1);
  for (SegmentIx i = 0; i < segments.size(); ++i) {
    if (place[i] == kNoSegment) continue;
    place[i] = static_cast<SegmentIx>(kept.size());
    kept.push_back(segments[i]);
  }
  for (auto& segment : kept)
    if (segment.parent != kNoSegment) segment.parent = place[segment.parent];
  for (auto& head : heads) head = place[head];
  segments = std::move(kept);
}

std::optional<SpaceIx> SegmentIndex::find_space(const SpaceId& space) const {
  const auto found = space_by_id_.find(space);
  if (found == space_by_id_.end()) return std::nullopt;
  return found->second;
}

SpaceIx SegmentIndex::add_space(const SpaceId& space) {
  const auto ix = static_cast<SpaceIx>(spaces_.size());
  spaces_.push_back({space, {}});
  space_by_id_.emplace(space, ix);
  return ix;
}

std::optional<LogIx> SegmentIndex::find_log(const LogId& log) const {
  const auto found = log_by_id_.find(log);
  if (found == log_by_id_.end()) return std::nullopt;
  return found->second;
}

LogIx SegmentIndex::add_log(SpaceIx space, const LogName& name) {
  const auto ix = static_cast<LogIx>(logs_.size());
  LogTree tree;
  tree.info = {ix, space, name.id(), name};
  log_by_id_.emplace(tree.info.id, ix);
  logs_.push_back(std::move(tree));
  spaces_[space].logs.push_back(ix);
  return ix;
}

void SegmentIndex::add_segment(LogIx ix, const SegmentMeta& segment) {
  auto& tree = logs_[ix];
  if (marked_ && ix < logs_before_) {
    const bool first_time = std::none_of(journal_.begin(), journal_.end(),
                                         [&](const Before& before) { return before.log == ix; });
    if (first_time) journal_.push_back({ix, tree.segments.size(), tree.heads, tree.linear});
  }
  tree.add(segment);
}

void SegmentIndex::resize_segment(LogIx ix, SegmentIx segment, std::uint32_t bytes) {
  auto& known = logs_[ix].segments[segment].bytes;
  if (marked_) sizes_.push_back({ix, segment, known});
  known = bytes;
}

std::uint32_t SegmentIndex::epoch_number(const EpochId& epoch) {
  const auto [at, made] = epoch_by_id_.emplace(epoch, static_cast<std::uint32_t>(epochs_.size()));
  if (made) epochs_.push_back(epoch);
  return at->second;
}

void SegmentIndex::mark() {
  CHECK_BUG(!marked_);
  marked_ = true;
  spaces_before_ = spaces_.size();
  logs_before_ = logs_.size();
}

void SegmentIndex::undo() {
  for (auto size = sizes_.rbegin(); size != sizes_.rend(); ++size)
    logs_[size->log].segments[size->segment].bytes = size->bytes;
  for (const auto& before : journal_) {
    auto& tree = logs_[before.log];
    tree.segments.resize(before.segments);
    tree.heads = before.heads;
    tree.linear = before.linear;
  }
  while (logs_.size() > logs_before_) {
    const auto& info = logs_.back().info;
    log_by_id_.erase(info.id);
    spaces_[info.space].logs.pop_back();
    logs_.pop_back();
  }
  while (spaces_.size() > spaces_before_) {
    space_by_id_.erase(spaces_.back().id);
    spaces_.pop_back();
  }
  keep();
}

void SegmentIndex::keep() {
  marked_ = false;
  journal_.clear();
  sizes_.clear();
}

}  // namespace rukun
