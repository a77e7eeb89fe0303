#pragma once
// A segment: a signed run as sealed bytes, one form on disk, on the wire and in files. Layout and
// order of checks: PROTOCOL.md, "Segment". An OpenedRun can only be made by open(), a VerifiedRun
// only by verify(); whoever holds one need not ask again. Errors: damaged (bytes, hashes,
// signature), foreign (no key for its epoch), unsupported (newer form). A codec keeps zstd
// contexts and the keys it derived (locked, wiped with it), so use one per thread.

#include <functional>
#include <map>
#include <memory>

#include "sync/run.h"

namespace rukun {

// What can be read without a key.
struct SegmentHeader {
  EpochId epoch;
  Id<struct LogSealTag, 16>
      log_tag;  // keyed hash of the log id: links a log's segments for members
  Seq first = 0;
  Seq last = 0;
  TxnHash end;
  std::uint32_t plain_size = 0;  // decompressed
};
Result<SegmentHeader> read_segment_header(ByteView segment);

using EpochKeys = std::function<const Secret*(const EpochId&)>;  // nullptr when unknown

// Of which records parts may be missing: those that an erasure names which is held here. Whoever
// sends others has hollowed out a history.
using Erased = std::function<bool(const RecordId&)>;

struct OpenedRun {
  const Run& run() const { return run_; }

 private:
  friend class SegmentCodec;
  friend Result<class VerifiedRun> verify(OpenedRun, const Erased&);
  Run run_;
};

class VerifiedRun {
 public:
  const Run& run() const { return run_; }

 private:
  friend Result<VerifiedRun> verify(OpenedRun, const Erased&);
  friend VerifiedRun without(const VerifiedRun&, const Erased&);
  friend VerifiedRun sign(Run run, const SigningPair& pair);
  friend class SegmentCodec;
  explicit VerifiedRun(Run run) : run_(std::move(run)) {}
  Run run_;
};

// Checks the signature on the run's last entry; the chain of hashes carries it to the others.
Result<VerifiedRun> verify(OpenedRun opened, const Erased& erased = {});

// The same run with stubs in place of what it says of erased records: no hash changes, so its
// signature stays good.
VerifiedRun without(const VerifiedRun& run, const Erased& erased);

// One's own run: signing its end is the proof.
VerifiedRun sign(Run run, const SigningPair& pair);

class SegmentCodec {
 public:
  SegmentCodec();
  ~SegmentCodec();
  SegmentCodec(const SegmentCodec&) = delete;
  SegmentCodec& operator=(const SegmentCodec&) = delete;

  // effort: zstd's compression level; 1 while somebody waits, 19 when merging in the background.
  // Full when the run is larger than readers take (limits.h): nothing is ever written that cannot
  // be read again.
  Result<Bytes> seal(const Run& run, const EpochId& epoch, const Secret& key, int effort,
                     Random& random);
  // To be sent and not kept: the same bytes whenever the same run is sealed with the same effort,
  // so that a link that was cut in their middle can go on there. PROTOCOL.md, "Segment".
  Result<Bytes> seal_again(const Run& run, const EpochId& epoch, const Secret& key, int effort);
  Result<OpenedRun> open(ByteView segment, const SpaceId& space, const EpochKeys& keys);
  // For what the vault gives back: sealed there by this laptop after it was verified.
  Result<VerifiedRun> open_own(ByteView segment, const SpaceId& space, const EpochKeys& keys);

 private:
  // Each derivation takes and gives back guarded pages, a dozen system calls: once an epoch.
  ByteView seal_key(const EpochId& epoch, const Secret& key);
  // `random` gives the nonce; nullptr: it is worked out from what is sealed.
  Result<Bytes> seal_run(const Run& run, const EpochId& epoch, const Secret& key, int effort,
                         Random* random);

  struct Zstd;
  std::unique_ptr<Zstd> zstd_;
  std::map<EpochId, Secret> seal_keys_;
};

}  // namespace rukun
