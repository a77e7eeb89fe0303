#pragma once
// All logs of all spaces as sealed segments in the vault: the one door through which this laptop's
// own transactions and everybody else's enter. Nothing is stored twice, nothing that was stored is
// lost, and after a failed write or commit everything is as it was before, here and on disk.
// Entries are named by hash: after a fork a log has several heads and all branches are kept.
// Errors: foreign (no key for an epoch), damaged, full, busy, io. One thread. Formats:
// storage/README.md.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "storage/vault.h"
#include "sync/frontier.h"
#include "sync/segment.h"

namespace rukun {

using SpaceIx = std::uint32_t;  // dense, from 0, in the order of arrival; the same for ever
using LogIx = std::uint32_t;
using Arrival = std::int64_t;  // position in the order of arrival, from 1; 0: before everything

enum class AppendOutcome : std::uint8_t {
  extended,  // new, and follows a head
  forked,    // new, and follows an entry that something else follows already
  known,     // nothing new
  gap,       // what comes before it is not here: not stored
};

struct Appended {
  AppendOutcome outcome = AppendOutcome::known;
  LogIx log = 0;              // not with gap
  Arrival arrival = 0;        // of what is new; 0 when nothing is
  Seq known_to = 0;           // entries up to here were held before
  std::optional<Run> suffix;  // what is new, when only a part of the run is

  // What is new, of the run that was appended.
  const Run& fresh(const VerifiedRun& run) const { return suffix ? *suffix : run.run(); }
};

struct LogInfo {
  LogIx ix = 0;
  SpaceIx space = 0;
  LogId id;
  LogName name;
};

struct StoredSegment {
  Arrival arrival = 0;
  LogIx log = 0;
  Seq first = 0;
  Seq last = 0;
  ByteView sealed;  // lives until the callback returns
};

// What a peer lacks: a stored segment, from an entry on.
struct LackingPiece {
  Arrival arrival = 0;
  LogIx log = 0;
  Seq from = 0;  // the first entry to send; the segment's first for all of it
  Seq last = 0;
  std::uint32_t bytes = 0;  // of the whole segment
  TxnHash end;              // of the last entry: tells branches apart
};

struct CompactLimits {
  Arrival arrival = 0;                       // nothing that arrived later is touched
  std::size_t read_bytes = 4 * 1024 * 1024;  // about as much is read and rewritten, then it returns
  int effort = 12;                           // zstd's level
};

struct Problem {
  Arrival arrival = 0;  // 0: of the store as a whole
  std::string what;
};

class LogStore {
 public:
  // `keys` is asked whenever something stored must be opened or sealed.
  static Result<LogStore> open(Vault& vault, EpochKeys keys, Random& random);
  LogStore(LogStore&&) noexcept;
  LogStore& operator=(LogStore&&) noexcept;
  ~LogStore();

  Result<SpaceIx> add_space(const SpaceId& space);  // or finds it
  std::optional<SpaceIx> find_space(const SpaceId& space) const;
  const SpaceId& space_id_of(SpaceIx space) const;
  SpaceIx space_count() const;

  // `sealed`: the segment as it arrived, stored as it is when all of it is new; when empty, the run
  // is sealed under `epoch`. The space must have been added. not_allowed when the log has too many
  // branches or the space too many logs.
  Result<Appended> append(const VerifiedRun& run, const EpochId& epoch, ByteView sealed = {});

  // Many appends, and items that are put into the vault meanwhile, with one durable commit: all or
  // nothing. After an error inside, only roll_back_batch() or commit_batch(), which then fails.
  Status begin_batch();
  Status commit_batch();
  void roll_back_batch();

  LogIx log_count() const;
  const LogInfo& log(LogIx ix) const;
  std::optional<LogIx> find_log(const LogId& id) const;
  std::vector<LogIx> logs(
      SpaceIx space) const;  // authority logs first, each in the order of arrival
  Frontier frontier(SpaceIx space) const;
  std::vector<Head> heads(LogIx log) const;
  Arrival last_arrival() const;
  std::uint64_t stored_bytes() const;

  // Whether this entry is here.
  Result<bool> has(const Head& entry);
  // The stored segments with this entry: one, unless the log forked. For history.
  Status runs_with(LogIx log, Seq seq, const std::function<Status(const Run&)>& each);

  // What the holder of `theirs` lacks, authority logs first, each log in its own order. A head of
  // theirs that is beyond ours and unknown is taken to follow ours; one that is not, to be a branch
  // of which the beginning is unknown.
  Result<std::vector<LackingPiece>> missing_for(SpaceIx space, const Frontier& theirs);
  // As it is stored, or re-encoded when only a part is asked for: the same bytes each time.
  // not_found when compaction has
  // merged it since: ask missing_for again.
  Result<Bytes> read(const LackingPiece& piece);

  // The first of these pieces and those that follow it in its log, joined while they are small: ten
  // changes made one by one cost a peer little more than one. The same pieces are the same bytes
  // each time. The errors are those of read().
  struct Gathered {
    Bytes sealed;
    std::size_t pieces = 1;
  };
  Result<Gathered> read_together(std::span<const LackingPiece> pieces);

  // In the order of arrival, within a log always in its own order. `each` says whether to go on and
  // writes nothing meanwhile.
  Status for_each_after(Arrival after,
                        const std::function<Result<bool>(const StoredSegment&)>& each);

  // Merges small neighbors of one log, branch and epoch in size tiers. Bounded work; true when
  // there may be more to do. The merged segment keeps the last arrival of its parts.
  Result<bool> compact(const CompactLimits& limits);

  // Replaces what a log says of erased records by stubs and overwrites the old bytes (checkpoint()
  // on the vault's database then takes them from the WAL). Within a batch: all of it or nothing.
  Status erase(LogIx log, const Erased& gone);

  // Opens and checks everything that is stored: hashes, signatures, chains, heads.
  // Stubs are a problem unless `erased` says that an erasure names their record.
  using ErasedIn = std::function<bool(const SpaceId&, const RecordId&)>;
  Result<std::vector<Problem>> verify(const ErasedIn& erased = {});

 private:
  struct Works;
  explicit LogStore(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
