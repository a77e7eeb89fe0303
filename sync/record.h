#pragma once
// How writes become a record: registers, add-wins sets and the record's own life, merged so that
// the same writes give the same record in any order. A state keeps the writes that nobody replaced,
// and the names of replaced writes that have not arrived. Logs are named by a dense index that the
// caller keeps (LogIndex); LogOrder gives their ids, for ties. Source of the idea: multi-value
// registers and observed-remove sets of Shapiro et al., INRIA RR-7506 (2011). Each write must be
// applied once. Pure; any thread.

#include <optional>
#include <span>
#include <vector>

#include "sync/txn.h"

namespace rukun {

using LogIndex = std::uint32_t;
using LogOrder = std::span<const LogId>;  // by LogIndex

// The record's own life: put 1 deletes, naming every write that its author saw; put 0 brings back.
inline constexpr FieldId kLife = 0;

struct Write {
  LogIndex log = 0;
  Seq seq = 0;
  TxnTag txn;
  Stamp stamp;
  OpType type = OpType::put;
  Value value;  // never a LocalRef
};

struct Replaced {
  LogIndex log = 0;
  Seq seq = 0;
  TxnTag txn;
  bool operator==(const Replaced&) const = default;
};

// A replaced write that has not arrived; a set's removal also says which element.
struct Ahead {
  Replaced write;
  Value element;
  bool operator==(const Ahead&) const = default;
};

// A write that does not count, and what it named: who names it in turn takes those away instead.
struct MaskedWrite {
  Replaced write;
  std::vector<Replaced> named;
};

struct FieldState {
  FieldId field = 0;
  std::vector<Write> live;
  std::vector<Ahead> ahead;
  std::vector<MaskedWrite> masked = {};
};

struct OwnSalt {
  LogIndex log = 0;
  Salt salt;
};

struct Deletion {
  TxnTag by;
  std::vector<TxnTag> saw;
};

struct RecordState {
  KindId kind = 0;      // 0 until a write that creates it arrived
  Stamp created;        // the least stamp of those
  KindId declared = 0;  // as kind, but by writes that do not count, too: what roles are judged by
  std::optional<LogIndex> maker = {};  // the log that declared it first
  Stamp declared_at = {};
  std::vector<FieldState> fields;  // ascending
  std::vector<OwnSalt> salts;      // of this vault's own logs
  std::vector<Deletion> deletions;

  const FieldState* find(FieldId field) const;
  FieldState& at(FieldId field);
};

void note_made(RecordState& state, KindId kind, Stamp stamp);
// Of every write that creates the record, whether it counts or not.
void note_declared(RecordState& state, KindId kind, Stamp stamp, LogIndex by);
// `replaces`: only names that count, that is, lie in the writer's causal past.
void apply(RecordState& state, FieldId field, Write write, std::span<const Replaced> replaces);
// A write that does not count: it is only remembered, for those that name it.
void apply_masked(RecordState& state, FieldId field, const Replaced& write,
                  std::span<const Replaced> named);

// The write that is shown: the greatest by (stamp, log id, position, hash). nullptr when there is
// none.
const Write* shown(const FieldState& field, LogOrder order);
// Live registers with distinct values, the shown one first; more than one means a conflict.
std::vector<const Write*> distinct_values(const FieldState& field, LogOrder order);
// A set's elements, sorted, each once.
std::vector<Value> elements(const FieldState& field);
bool is_set(const FieldState& field);
// Registers with more than one distinct value.
std::size_t conflict_count(const RecordState& state);

enum class Life : std::uint8_t { absent, alive, deleted, disputed, erased };
// disputed: deleted by one who had not seen a write (or a reference, of which `references` are the
// writes) that stands.
Life life_of(const RecordState& state, std::span<const TxnTag> references);
Stamp last_change(const RecordState& state);

Bytes encode_state(const RecordState& state);
Result<RecordState> decode_state(ByteView bytes);

}  // namespace rukun
