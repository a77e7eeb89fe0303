#pragma once
// A run: consecutive transactions of one log, decoded into flat columns. Runs are what is opened,
// verified, merged, cut and joined; nothing in them owns a small allocation of its own. Hashes are
// computed here and only here, so a run's hashes always belong to its content. Pure; any thread.

#include <functional>
#include <optional>
#include <unordered_map>

#include "sync/txn.h"

namespace rukun {

struct TxnRow {
  Stamp stamp;
  std::uint32_t first_part = 0;
  std::uint32_t first_dep = 0;
  std::uint32_t dep_count = 0;
  DepsDigest deps_digest;
  TxnHash hash;  // computed
};

struct PartRow {
  RefType ref = RefType::existing;
  bool stub = false;    // operations erased; `inner` is given, not computed
  bool opaque = false;  // content is bytes: an act, or operations of a newer version
  KindId kind = 0;
  std::uint32_t record = 0;    // index into Run::records; unused for acts
  std::uint32_t first_op = 0;  // or, when opaque: offset into Run::text
  std::uint32_t op_count = 0;  // or, when opaque: bytes
  InnerHash inner;
};

struct OpRow {
  FieldId field = 0;
  OpType type = OpType::put;
  ValueType value_type = ValueType::none;
  std::uint32_t first_replaced = 0;
  std::uint32_t replaced_count = 0;
  std::uint32_t text_size = 0;
  std::int64_t number = 0;  // integer; offset into text; index into records; part index
};

struct ReplacedRow {
  std::uint32_t log = 0;  // 0: this log; otherwise 1 + index into Run::logs
  Seq seq = 0;
  TxnTag txn;  // zero for an entry of this very run: filled in when hashes are computed
};

struct RecordRow {
  RecordId id;  // for a fresh record it is filled in when hashes are computed
  Salt salt;
  bool salted = false;               // touched by a part here; false when only referred to
  std::uint32_t made_by = kNotMade;  // the part that makes it, when made in this run
  static constexpr std::uint32_t kNotMade = ~std::uint32_t{0};
};

struct DepRow {
  std::uint32_t log = 0;  // index into Run::logs
  Seq seq = 0;
};

struct SignedAt {
  Seq seq = 0;
  Signature signature;
};

inline constexpr Seq kSignEvery = 256;

struct Run {
  LogName name;
  LogId log;  // name.id()
  Seq first = 1;
  TxnHash before;  // hash of the entry before the first, or before_first(log)
  std::vector<TxnRow> txns;
  std::vector<PartRow> parts;
  std::vector<OpRow> ops;
  std::vector<ReplacedRow> replaced;
  std::vector<RecordRow> records;
  std::vector<LogId> logs;  // other logs, as named by deps and replaced writes
  std::vector<DepRow> deps;
  Bytes text;                        // values and opaque parts
  std::vector<SignedAt> signatures;  // ascending; the last one is the last entry's

  Seq last() const { return first + static_cast<Seq>(txns.size()) - 1; }
  const TxnHash& end() const { return txns.empty() ? before : txns.back().hash; }
  Head head() const { return {log, last(), end()}; }
  std::uint32_t part_end(std::size_t txn) const {
    return txn + 1 < txns.size() ? txns[txn + 1].first_part
                                 : static_cast<std::uint32_t>(parts.size());
  }
  ByteView text_at(std::int64_t offset, std::uint32_t size) const {
    return ByteView(text).subspan(static_cast<std::size_t>(offset), size);
  }
  const LogId& replaced_log(const ReplacedRow& row) const {
    return row.log == 0 ? log : logs[row.log - 1];
  }
};

Run empty_run(const LogName& name, const Head& after);  // after: seq 0 and any hash for a new log

// Appends and hashes one transaction. The caller signs it: see sign_end.
const TxnHash& append(Run& run, const Draft& draft);
void sign_end(Run& run, const SigningPair& pair);

// Recomputes every hash from the content, filling ids of fresh records and names of writes of this
// run. Damaged when a row points outside the run, or at a record that is only made later.
Status compute_hashes(Run& run);

// Where a run's tables hold what: for whoever adds many rows to a run from outside.
struct RunIndex {
  explicit RunIndex(const Run& run);  // knows the records that have an id
  std::uint32_t log(Run& run, const LogId& log);
  std::uint32_t record(Run& run, const RecordId& record);
  std::unordered_map<LogId, std::uint32_t, IdHash> logs;
  std::unordered_map<RecordId, std::uint32_t, IdHash> records;
};

// Gives a part its operations, in place of opaque bytes. The index makes it quick for many.
void set_ops(Run& run, PartRow& part, const std::vector<Op>& ops, RunIndex* index = nullptr);

// Full when readers would refuse a segment of this run for its number or size of rows (limits.h).
Status check_fits(const Run& run);

// The transactions after `seq`; `seq` must lie within the run. Signatures inside are kept.
Run after(const Run& run, Seq seq);
// `next` must begin where `run` ends, by log, seq and hash. Signatures between are kept at every
// 256th entry.
void join(Run& run, const Run& next);

// Whether a part says something of a record for which `gone` is true.
bool tells_of(const Run& run, const std::function<bool(const RecordId&)>& gone);
// A copy that has stubs in place of such parts, and neither their salts nor their texts. Hashes and
// signatures stay.
Run hollow(const Run& run, const std::function<bool(const RecordId&)>& gone);

// One part back as an author would say it, for tests, history and the command line.
Part part_of(const Run& run, std::size_t part);
Value value_of(const Run& run, const OpRow& op);

}  // namespace rukun
