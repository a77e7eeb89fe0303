#include <algorithm>

#include "platform/base/check.h"
#include "storage/log_store.h"
#include "storage/log_works.h"
#include "sync/limits.h"

namespace rukun {

namespace {

// Tiers are powers of four: four neighbors of one tier become one of the next, so an entry is
// rewritten at most once a tier.
constexpr std::size_t kFanIn = 4;
constexpr int kTiers = 6;  // 4^6 is kTxnsInSegment

int tier_of(std::size_t txns) {
  int tier = 0;
  for (; txns >= kFanIn; txns /= kFanIn) ++tier;
  return tier;
}

using Chain = std::vector<SegmentIx>;

// A chain of neighbors, none above the tier, that is being collected.
struct Group {
  Chain members;
  std::size_t of_tier = 0;
  std::size_t txns = 0;
  std::size_t bytes = 0;
};

class MergeFinder {
 public:
  MergeFinder(const LogTree& log, Arrival limit)
      : log_(log), limit_(limit), next_(log.followers()), begins_(log.segments.size(), true) {
    for (const auto next : next_)
      if (next != kNoSegment) begins_[next] = false;
  }

  // The first group worth merging, low tiers first; empty when there is none.
  Chain find() const {
    for (int tier = 0; tier < kTiers; ++tier) {
      for (SegmentIx i = 0; i < begins_.size(); ++i) {
        if (!begins_[i]) continue;
        auto found = find_along(i, tier);
        if (!found.empty()) return found;
      }
    }
    return {};
  }

 private:
  Chain find_along(SegmentIx from, int tier) const {
    Group group;
    for (auto at = from; at != kNoSegment; at = next_[at]) {
      const auto& segment = log_.segments[at];
      const auto txns = std::size_t{segment.last} - segment.first + 1;
      const int own_tier = tier_of(txns);
      const bool usable = own_tier <= tier && segment.arrival <= limit_ && !segment.unmergeable;
      const bool fits =
          group.members.empty() || (log_.segments[group.members.back()].epoch == segment.epoch &&
                                    group.txns + txns <= limits::kTxnsInSegment &&
                                    group.bytes + segment.bytes <= limits::kSegmentGoal);
      if (!usable || !fits) {
        if (group.of_tier >= kFanIn) return group.members;
        group = {};
      }
      if (!usable) continue;
      group.members.push_back(at);
      group.of_tier += own_tier == tier ? 1 : 0;
      group.txns += txns;
      group.bytes += segment.bytes;
    }
    return group.of_tier >= kFanIn ? group.members : Chain{};
  }

  const LogTree& log_;
  Arrival limit_;
  std::vector<SegmentIx> next_;
  std::vector<bool> begins_;
};

// As many of the chain, from the front, as one segment may hold.
Result<Chain> as_fits(Db& db, const LogTree& log, const Chain& chain) {
  TRY(auto read, db.prepare("SELECT substr(bytes, 1, 160) FROM segment WHERE arrival = ?1"));
  std::size_t plain = 0;
  Chain fits;
  for (const auto ix : chain) {
    read.bind(1, log.segments[ix].arrival);
    TRY(const bool row, read.step());
    if (!row) return error(Code::damaged, "a stored segment is missing");
    TRY(const auto header, read_segment_header(read.blob(0)));
    read.reset();
    plain += header.plain_size;
    if (plain > limits::kSegmentPlain) break;
    fits.push_back(ix);
  }
  return fits;
}

struct MergedRow {
  Run run;
  Bytes sealed;
  const TxnHash* within = nullptr;
};

Status write_merged(Db& db, const LogTree& log, const Chain& chain, const MergedRow& merged) {
  TRY(auto drop, db.prepare("DELETE FROM segment WHERE arrival = ?1"));
  TRY(auto update, db.prepare("UPDATE segment SET first = ?2, before = ?3, within = ?4, bytes = ?5 "
                              "WHERE arrival = ?1"));
  TRY(auto transaction, Transaction::begin(db));
  for (std::size_t i = 0; i + 1 < chain.size(); ++i)
    TRY_VOID(drop.bind(1, log.segments[chain[i]].arrival).run());
  update.bind(1, log.segments[chain.back()].arrival)
      .bind(2, std::int64_t{merged.run.first})
      .bind(3, ByteView(merged.run.before))
      .bind(5, ByteView(merged.sealed));
  if (merged.within != nullptr)
    update.bind(4, ByteView(*merged.within));
  else
    update.bind_null(4);
  TRY_VOID(update.run());
  return transaction.commit();
}

// Checks one log at a time; problems are collected, not returned as errors.
class LogVerifier {
 public:
  LogVerifier(SegmentCodec& codec, const EpochKeys& keys, const LogTree& log, Erased erased,
              std::vector<Problem>& problems)
      : codec_(codec), keys_(keys), log_(log), erased_(std::move(erased)), problems_(problems) {}

  void check(const SegmentMeta& segment, Stmt& row) {
    const auto fail = [&](const std::string& what) {
      problems_.push_back({segment.arrival, "log " + log_.info.id.hex().substr(0, 8) +
                                                ", entries " + std::to_string(segment.first) +
                                                " to " + std::to_string(segment.last) + ": " +
                                                what});
    };
    auto opened = codec_.open(row.blob(2), log_.info.name.space, keys_);
    if (!opened) return fail(opened.error().message);
    auto verified = rukun::verify(std::move(*opened), erased_);
    if (!verified) return fail(verified.error().message);
    const Run& run = verified->run();
    if (run.log != log_.info.id || run.name.id() != run.log || !(run.name == log_.info.name))
      return fail("it belongs to another log");
    if (run.first != segment.first || run.last() != segment.last || run.end() != segment.end)
      return fail("its range or end differs from its row");
    if (row.id<TxnHash>(0) != run.before) return fail("what its row says comes before it differs");
    const auto header = read_segment_header(row.blob(2));
    if (!header || row.id<EpochId>(1) != header->epoch) return fail("its row names another epoch");
    if (segment.parent == kNoSegment) {
      if (run.before != before_first(run.log)) fail("it does not begin its log");
    } else if (log_.segments[segment.parent].last + 1 == segment.first) {
      if (run.before != log_.segments[segment.parent].end) fail("the chain is broken before it");
    } else {
      inner_.push_back({segment.parent, segment.first - 1, run.before, segment.arrival});
    }
  }

  struct InnerLink {
    SegmentIx parent;
    Seq seq;
    TxnHash hash;
    Arrival arrival;
  };
  const std::vector<InnerLink>& inner_links() const { return inner_; }

 private:
  SegmentCodec& codec_;
  const EpochKeys& keys_;
  const LogTree& log_;
  const Erased erased_;
  std::vector<Problem>& problems_;
  std::vector<InnerLink> inner_;
};

// The heads, worked out anew: segments that nothing follows.
std::vector<SegmentIx> heads_by_children(const LogTree& log) {
  std::vector<bool> followed(log.segments.size(), false);
  for (const auto& segment : log.segments)
    if (segment.parent != kNoSegment && log.segments[segment.parent].last + 1 == segment.first)
      followed[segment.parent] = true;
  std::vector<SegmentIx> heads;
  for (SegmentIx i = 0; i < followed.size(); ++i)
    if (!followed[i]) heads.push_back(i);
  return heads;
}

}  // namespace

// Two by two, since joining costs as much as the whole result.
Run join_all(std::vector<Run> runs) {
  while (runs.size() > 1) {
    std::vector<Run> joined;
    for (std::size_t i = 0; i < runs.size(); i += 2) {
      if (i + 1 < runs.size()) join(runs[i], runs[i + 1]);
      joined.push_back(std::move(runs[i]));
    }
    runs = std::move(joined);
  }
  return std::move(runs.front());
}

Result<bool> LogStore::compact(const CompactLimits& limits) {
  auto& w = *works_;
  CHECK_BUG(!w.batch);
  std::size_t worked = 0;
  for (LogIx ix = 0; ix < w.index.log_count(); ++ix) {
    auto& log = w.index.log(ix);
    while (log.segments.size() >= kFanIn) {
      const auto found = MergeFinder(log, limits.arrival).find();
      if (found.empty()) break;
      if (worked >= limits.read_bytes) return true;
      TRY(const auto chain, as_fits(w.db, log, found));
      if (chain.size() < 2) {
        log.segments[found.front()].unmergeable = true;
        continue;
      }
      const auto epoch = log.segments[chain.front()].epoch;
      const auto parent = log.segments[chain.front()].parent;
      std::size_t before_bytes = 0;
      std::vector<Run> runs;
      for (const auto member : chain) {
        TRY(auto run, w.open_segment(log, log.segments[member]));
        before_bytes += log.segments[member].bytes;
        runs.push_back(std::move(run));
      }
      MergedRow merged;
      merged.run = join_all(std::move(runs));
      auto sealed = w.seal_run(merged.run, w.index.epoch(epoch), limits.effort);
      worked += before_bytes;
      if (!sealed && sealed.error().code == Code::full) {
        log.segments[found.front()].unmergeable = true;
        continue;
      }
      TRY(merged.sealed, std::move(sealed));
      if (parent != kNoSegment && log.segments[parent].last + 1 != merged.run.first)
        merged.within = &log.segments[parent].end;
      TRY_VOID(write_merged(w.db, log, chain, merged));
      w.stored_bytes = w.stored_bytes - before_bytes + merged.sealed.size();
      log.merge(chain, static_cast<std::uint32_t>(merged.sealed.size()));
    }
  }
  return false;
}

Status LogStore::erase(LogIx ix, const Erased& gone) {
  auto& w = *works_;
  CHECK_BUG(w.batch);
  const auto& log = w.index.log(ix);
  TRY(auto update, w.db.prepare("UPDATE segment SET bytes = ?2 WHERE arrival = ?1"));
  for (SegmentIx i = 0; i < log.segments.size(); ++i) {
    const auto& segment = log.segments[i];
    TRY(const auto run, w.open_segment(log, segment));
    if (!tells_of(run, gone)) continue;
    TRY(const auto sealed,
        w.seal_run(hollow(run, gone), w.index.epoch(segment.epoch), CompactLimits{}.effort));
    TRY_VOID(update.bind(1, segment.arrival).bind(2, ByteView(sealed)).run());
    w.stored_bytes = w.stored_bytes - segment.bytes + sealed.size();
    w.index.resize_segment(ix, i, static_cast<std::uint32_t>(sealed.size()));
  }
  return {};
}

Result<std::vector<Problem>> LogStore::verify(const ErasedIn& erased) {
  auto& w = *works_;
  auto problems = w.unplaced;
  if (const auto sound = w.db.quick_check(); !sound) problems.push_back({0, sound.error().message});
  TRY(auto read, w.db.prepare("SELECT before, epoch, bytes FROM segment WHERE arrival = ?1"));
  for (LogIx ix = 0; ix < w.index.log_count(); ++ix) {
    const auto& log = w.index.log(ix);
    LogVerifier verifier(
        w.codec, w.keys, log,
        [&](const RecordId& record) { return erased && erased(log.info.name.space, record); },
        problems);
    for (const auto& segment : log.segments) {
      read.bind(1, segment.arrival);
      auto row = read.step();
      if (row && *row)
        verifier.check(segment, read);
      else
        problems.push_back({segment.arrival, row ? "the row is gone" : row.error().message});
      read.reset();
    }
    for (const auto& link : verifier.inner_links()) {
      const auto run = w.open_segment(log, log.segments[link.parent]);
      if (!run || hash_at(*run, link.seq) != link.hash)
        problems.push_back({link.arrival, "the branch does not begin where its row says"});
    }
    auto heads = log.heads;
    std::sort(heads.begin(), heads.end());
    if (heads != heads_by_children(log))
      problems.push_back({0, "the heads of log " + log.info.id.hex().substr(0, 8) +
                                 " are not those of its segments"});
  }
  return problems;
}

}  // namespace rukun
