#pragma once
// One user action is one transaction. Here is what an author says (Draft) and its canonical form,
// which is hashed and signed; how runs of transactions are held and written is run.h and segment.h.
// Layout: PROTOCOL.md, "Transaction". Pure; any thread.

#include <string>
#include <vector>

#include "platform/base/bytes.h"
#include "sync/crypto.h"
#include "sync/stamp.h"
#include "sync/value.h"

namespace rukun {

// A log's full name. The id is its hash, so whoever knows the name can check the id.
struct LogName {
  SpaceId space;
  SigningKey author;
  Incarnation incarnation;
  LogKind which = LogKind::data;

  LogId id() const;
  bool operator==(const LogName&) const = default;
};

// Names one transaction of one log, and through it a write. The hash decides; log and position say
// whether it can be in somebody's past.
struct WriteRef {
  LogId log;
  Seq seq = 0;
  TxnTag txn;
  auto operator<=>(const WriteRef&) const = default;
};

enum class OpType : std::uint8_t {
  put = 1,     // a register: replaces the writes that it names
  add = 2,     // a set: adds an element
  remove = 3,  // a set: takes back the adds that it names
};

struct Op {
  FieldId field = 0;
  OpType type = OpType::put;
  std::vector<WriteRef> replaces;
  Value value;
};

enum class RefType : std::uint8_t {
  existing = 0,  // a record by id
  fresh = 1,     // a new record, whose id comes from this transaction's hash
  keyed = 2,     // a record by natural key: made, or the same as one made elsewhere
  act = 3,       // no record: an authority act
};

// All that a transaction does to one record. In an authority log: one act.
struct Part {
  RefType ref = RefType::existing;
  KindId kind = 0;  // fresh, keyed: the record's kind; act: the act's number
  RecordId record;  // existing, keyed
  Salt salt;        // one per (log, record); drawn anew for a record that this log never touched
  std::vector<Op> ops;
  Bytes opaque;  // act: its bytes; otherwise canonical operations that this version cannot read
};

struct Head {
  LogId log;
  Seq seq = 0;
  TxnHash hash;
  auto operator<=>(const Head&) const = default;
};

struct Draft {
  Stamp stamp;
  std::vector<Head>
      deps;  // heads of other logs, sorted by log, that changed since this log's last transaction
  std::vector<Part> parts;
};

using DepsDigest = Id<struct DepsDigestTag, 16>;
DepsDigest digest_of(const std::vector<Head>& deps);

// Canonical operations of a part: what `inner` is a hash of. `own` is the log that they stand in.
Bytes canonical_ops(const std::vector<Op>& ops, const LogId& own);
// Unsupported when they use an operation or a type of value that this version does not know.
Result<std::vector<Op>> read_canonical_ops(ByteView bytes, const LogId& own);
InnerHash inner_hash(const Salt& salt, ByteView canonical);

// The canonical header, fed piece by piece; the hash of a transaction covers it.
class HeaderWriter {
 public:
  // before: the hash of the previous transaction, or for seq 1 the log id.
  void begin(const TxnHash& before, Seq seq, Stamp stamp, bool has_deps);
  void deps_begin(std::size_t count);
  void dep(const LogId& log, Seq seq);
  void deps_end(const DepsDigest& digest);
  void parts_begin(std::size_t count);
  void part(RefType ref, KindId kind, const RecordId& record, const InnerHash& inner);
  TxnHash finish() const;

 private:
  void varint(std::uint64_t number);
  Bytes bytes_;
};

RecordId fresh_record_id(const TxnHash& txn, std::uint32_t part);
// secret: the record-id secret of the space. life counts the erasures of this key.
RecordId keyed_record_id(ByteView secret, KindId kind, std::string_view key, std::uint32_t life);

TxnHash before_first(const LogId& log);
Signature sign_entry(const SigningPair& pair, const SpaceId& space, const TxnHash& hash);
bool verify_entry(const SigningKey& key, const SpaceId& space, const TxnHash& hash,
                  const Signature&);

MemberId member_id(const SigningKey& key);
SpaceId space_id(const SigningKey& root);

}  // namespace rukun
