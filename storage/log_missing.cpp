#include <algorithm>

#include "platform/base/check.h"
#include "storage/log_store.h"
#include "storage/log_works.h"
#include "sync/limits.h"

namespace rukun {

namespace {

constexpr int kEffortToSend = 3;
constexpr std::size_t kSmallPiece = 4 * 1024;  // larger ones gain little from being joined
constexpr std::size_t kGathered = 24 * 1024;
constexpr std::size_t kOfEach = 300;  // seal, signature and names, that a joined one has once
constexpr std::size_t kLeastOfEach = 24;
constexpr std::size_t kMostGathered = 1024;  // pieces, so that nobody else waits for long

// About what a piece adds to others that it is joined with.
std::size_t adds(const LackingPiece& piece) {
  return std::max(kLeastOfEach,
                  std::size_t{piece.bytes} - std::min<std::size_t>(piece.bytes, kOfEach));
}

// How many of the pieces, from the first on, look as if they could travel as one.
std::size_t neighbors(std::span<const LackingPiece> pieces) {
  std::size_t count = 1, bytes = adds(pieces[0]);
  if (pieces[0].bytes > kSmallPiece) return 1;
  while (count < std::min(pieces.size(), kMostGathered)) {
    const auto& next = pieces[count];
    bytes += adds(next);
    if (next.log != pieces[0].log || next.from != pieces[count - 1].last + 1 ||
        next.bytes > kSmallPiece || bytes > kGathered ||
        next.last - pieces[0].from >= limits::kTxnsInSegment)
      break;
    ++count;
  }
  return count;
}

// What a peer holds of one log, worked out from its heads: up to which entry of each segment.
class Holdings {
 public:
  explicit Holdings(const LogTree& log) : log_(log), held_(log.segments.size(), 0) {}

  // Whoever holds an entry holds all before it.
  void holds(SegmentIx segment, Seq seq) {
    while (segment != kNoSegment && held_[segment] < seq) {
      held_[segment] = seq;
      seq = log_.segments[segment].first - 1;
      segment = log_.segments[segment].parent;
    }
  }

  // A head of theirs that is unknown here and beyond a head of ours is taken to follow it, as long
  // as each of our heads that they lack can be given one of its own: the usual case of a peer who
  // is ahead. When it does not follow, they see that from our frontier and send their branch.
  void presume(std::vector<Seq> unknown) {
    std::vector<SegmentIx> lacking;
    for (const auto head : log_.heads)
      if (held_[head] < log_.segments[head].last) lacking.push_back(head);
    if (lacking.empty() || unknown.size() < lacking.size()) return;
    std::sort(unknown.begin(), unknown.end(), std::greater<>());
    std::sort(lacking.begin(), lacking.end(), [&](SegmentIx a, SegmentIx b) {
      return log_.segments[a].last > log_.segments[b].last;
    });
    for (std::size_t i = 0; i < lacking.size(); ++i)
      if (unknown[i] <= log_.segments[lacking[i]].last) return;
    for (const auto head : lacking) holds(head, log_.segments[head].last);
  }

  void list_lacking(std::vector<LackingPiece>& out) const {
    for (SegmentIx i = 0; i < held_.size(); ++i) {
      const auto& segment = log_.segments[i];
      if (held_[i] >= segment.last) continue;
      out.push_back({segment.arrival, log_.info.ix, std::max(segment.first, held_[i] + 1),
                     segment.last, segment.bytes, segment.end});
    }
  }

 private:
  const LogTree& log_;
  std::vector<Seq> held_;
};

}  // namespace

Result<std::vector<LackingPiece>> LogStore::missing_for(SpaceIx space, const Frontier& theirs) {
  std::vector<LackingPiece> lacking;
  for (const auto ix : logs(space)) {
    const auto& log = works_->index.log(ix);
    const auto their_heads = heads_of(theirs, log.info.id);
    if (log.heads.size() == 1 && their_heads.size() == 1 &&
        their_heads.front() == log.head(log.heads.front()))
      continue;
    Holdings holdings(log);
    std::vector<Seq> unknown;
    for (const auto& head : their_heads) {
      TRY(const auto segment, works_->locate(log, head));
      if (segment == kNoSegment)
        unknown.push_back(head.seq);
      else
        holdings.holds(segment, head.seq);
    }
    holdings.presume(std::move(unknown));
    holdings.list_lacking(lacking);
  }
  return lacking;
}

Result<Bytes> LogStore::Works::seal_to_send(const Run& run, const EpochId& epoch) {
  const auto* key = keys(epoch);
  if (key == nullptr) return error(Code::foreign, "there is no key for this epoch");
  return codec.seal_again(run, epoch, *key, kEffortToSend);
}

Result<Bytes> LogStore::read(const LackingPiece& piece) {
  auto& w = *works_;
  CHECK_BUG(piece.log < w.index.log_count());
  w.read_bytes.bind(1, piece.arrival).bind(2, std::int64_t{piece.log});
  TRY(const bool row, w.read_bytes.step());
  const auto first = row ? w.read_bytes.integer(1) : 0;
  if (!row || piece.from < first || w.read_bytes.integer(2) != piece.last) {
    w.read_bytes.reset();
    return error(Code::not_found, "the segment has been merged with its neighbors");
  }
  const auto sealed = w.read_bytes.blob(0);
  Bytes bytes(sealed.begin(), sealed.end());
  w.read_bytes.reset();
  if (piece.from == first) return bytes;
  TRY(const auto header, read_segment_header(bytes));
  TRY(const auto opened, w.codec.open_own(bytes, w.index.log(piece.log).info.name.space, w.keys));
  return w.seal_to_send(after(opened.run(), piece.from - 1), header.epoch);
}

Result<LogStore::Gathered> LogStore::read_together(std::span<const LackingPiece> pieces) {
  auto& w = *works_;
  TRY(auto first, read(pieces[0]));
  const std::size_t most = neighbors(pieces);
  if (most == 1) return Gathered{std::move(first), 1};
  const SpaceId& space = w.index.log(pieces[0].log).info.name.space;
  TRY(const auto header, read_segment_header(first));
  std::vector<Run> runs;
  for (std::size_t i = 0; i < most; ++i) {
    auto bytes = i == 0 ? Result<Bytes>(first) : read(pieces[i]);
    if (!bytes && bytes.error().code == Code::not_found) break;
    if (!bytes) return tl::make_unexpected(std::move(bytes).error());
    TRY(const auto opened_header, read_segment_header(*bytes));
    if (opened_header.epoch != header.epoch) break;
    TRY(const auto opened, w.codec.open_own(*bytes, space, w.keys));
    // Of a forked log the next number may stand on another branch.
    if (!runs.empty() && opened.run().before != runs.back().end()) break;
    runs.push_back(opened.run());
  }
  const std::size_t count = runs.size();
  if (count == 1) return Gathered{std::move(first), 1};
  auto joined = w.seal_to_send(join_all(std::move(runs)), header.epoch);
  if (!joined && joined.error().code == Code::full) return Gathered{std::move(first), 1};
  TRY(auto sealed, std::move(joined));
  return Gathered{std::move(sealed), count};
}

}  // namespace rukun
