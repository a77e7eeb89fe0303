#pragma once
// The inside of LogStore, shared by the files that implement it and by nothing else. The index and
// the tables always agree: a row is written first, and the index follows when that succeeded.

#include "storage/segment_index.h"

namespace rukun {

struct LogStore::Works {
  Works(Vault& in, EpochKeys with, Random& from)
      : vault(in), db(in.db()), keys(std::move(with)), random(from) {}

  Vault& vault;
  Db& db;
  EpochKeys keys;
  Random& random;
  Secret name_key;  // seals the names of spaces and logs
  SegmentCodec codec;
  SegmentIndex index;
  Arrival last_arrival = 0;
  std::uint64_t stored_bytes = 0;
  std::vector<Problem> unplaced;  // rows that fit nowhere, found at opening

  Stmt insert_space, insert_log, insert_segment, read_bytes, read_rows;

  std::optional<Transaction> batch;
  bool batch_failed = false;
  Arrival arrival_before_batch = 0;
  std::uint64_t bytes_before_batch = 0;

  // Where a run belongs: entries up to `known_to` are held, the last of them in `parent`.
  struct Placement {
    AppendOutcome outcome = AppendOutcome::gap;
    Seq known_to = 0;
    SegmentIx parent = kNoSegment;
  };

  Status prepare();
  Status load();
  Status load_names();
  void load_segment(Stmt& row);
  void misplaced(Arrival arrival, std::string what);

  Result<Placement> place(const LogTree& log, const Run& run);
  Status improve(const LogTree& log, const Run& run, std::optional<Placement>& best);
  // The new row of a log, and with it the log itself when it is new.
  Status insert(LogIx log, bool new_log, const Run& run, const EpochId& epoch, ByteView sealed,
                SegmentIx parent);
  Status write_rows(LogIx log, SpaceIx space, bool new_log, const Run& run, const EpochId& epoch,
                    ByteView sealed, const TxnHash* within);

  Result<Run> open_segment(const LogTree& log, const SegmentMeta& segment);
  Result<Bytes> seal_run(const Run& run, const EpochId& epoch, int effort);
  // For a peer, and not kept: the same bytes each time, so that a cut link can go on within them.
  Result<Bytes> seal_to_send(const Run& run, const EpochId& epoch);
  // The segment that holds this entry, or kNoSegment.
  Result<SegmentIx> locate(const LogTree& log, const Head& entry);
};

inline const TxnHash& hash_at(const Run& run, Seq seq) { return run.txns[seq - run.first].hash; }

// Consecutive runs of one branch, of which there is at least one.
Run join_all(std::vector<Run> runs);

}  // namespace rukun
