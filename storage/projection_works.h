#pragma once
// The projection's inside, shared by its three files: projection.cpp (life and image),
// projection_merge.cpp (writing) and projection_read.cpp (reading). Nothing else includes this.

#include <unordered_map>
#include <unordered_set>

#include "storage/projection.h"
#include "storage/sqlite.h"

namespace rukun {

struct TableStatements {
  LateStmt upsert;
  LateStmt remove;
};
struct LogHeadKey {
  LogIndex log = 0;
  TxnHash end;
  bool operator==(const LogHeadKey&) const = default;
};
struct LogHeadKeyHash {
  std::size_t operator()(const LogHeadKey& key) const { return IdHash()(key.end) ^ key.log; }
};

// A record that the open batch touches.
struct Work {
  RecordId id;
  std::uint32_t space = 0;
  std::int64_t rid = 0;    // 0: not in the database yet
  bool was_shown = false;  // has a row in its kind's table
  bool dirty = false;
  KindId old_kind = 0;
  Life old_life = Life::absent;
  std::size_t old_conflicts = 0;
  std::string old_search;                // what the full-text index holds
  std::vector<RecordId> old_references;  // of the row that is shown
  RecordState state;
};

// What is known of a whole space.
struct Tally {
  std::uint64_t shown = 0;   // records
  std::uint64_t latest = 0;  // ticks of the last write that stands
};

struct Batch {
  std::uint32_t space = 0;
  std::unordered_map<RecordId, std::uint32_t, IdHash> slots;
  std::vector<Work> works;
  std::unordered_set<RecordId, IdHash> referred;  // by writes of this batch, and deleted somewhere
  MergeReport report;
};

struct Projection::Works {
  Works(Schema declared, Db database) : schema(std::move(declared)), db(std::move(database)) {}

  Schema schema;
  std::unordered_map<KindId, std::size_t> table_of;
  Db db;
  std::vector<SpaceId> spaces;
  std::vector<LogId> logs;
  std::unordered_map<LogId, LogIndex, IdHash> log_numbers;
  std::unordered_map<LogHeadKey, Past, LogHeadKeyHash>
      pasts;  // of merged heads; empty pasts are left out
  std::unordered_set<LogIndex> logs_with_deps;
  std::unordered_set<RecordId, IdHash> with_deletions;           // records that somebody deleted
  std::unordered_map<std::uint32_t, std::set<RecordId>> erased;  // by space
  std::int64_t arrival = 0;
  std::vector<std::int64_t> waiting;
  std::uint64_t view_name = 0;
  TouchedRecords last_touched;
  std::int64_t next_rid = 1;
  std::optional<Transaction> transaction;  // of the open batch
  // By space number; counted together when one is asked for, since they lie in one table, and
  // forgotten with the next batch.
  std::optional<std::vector<Tally>> tallies;
  Batch batch;

  Stmt find_record, insert_record, update_record, state_of, find_prefix, conflicts, digest;
  Stmt search_add, search_remove;
  std::vector<TableStatements> tables;
  // Field, id and state of what refers to ?1, in a set to ?3, in space ?2. One statement for all
  // columns: deletions ask it for every record.
  std::optional<LateStmt> referring;
  bool refers_in_sets = false;  // some column does: ?3 is there

  // projection.cpp
  static Result<std::unique_ptr<Works>> empty(Schema schema);  // without tables
  Status make_tables();
  Status prepare();
  Status save_numbers();
  Status load_numbers();
  std::uint64_t fingerprint() const;
  const TableSpec* table(KindId kind) const;
  bool is_erased(std::uint32_t space, const RecordId& id) const {
    const auto gone = erased.find(space);
    return gone != erased.end() && gone->second.contains(id);
  }
  Result<std::vector<Projection::Reference>> references_to(std::uint32_t space, const RecordId& id);
  Result<Tally> tally(std::uint32_t space);

  // projection_merge.cpp
  Status merge(const Run& run, const Masked& masked, bool keep_salts, const PastOf& past_of);
  std::vector<bool> erased_in(const Run& run);
  Status flush();
  Status write(Work& work);
  Status write_row(const Work& work, const TableSpec& table, TableStatements& statements);
  std::string search_text(const RecordState& state) const;
  std::vector<RecordId> references_of(const RecordState& state) const;
  void note_touched(const Work& work, const std::vector<RecordId>& references);
  Result<Work*> work(std::uint32_t space, const RecordId& id);
};

// A set column as SQL text: elements, each after a unit separator, so that one element can be
// looked for.
inline constexpr char kSetSeparator = '\x1f';
std::string set_text(const std::vector<Value>& elements);
std::vector<Value> set_of(std::string_view text, ValueType type);
std::string sql_name(std::string_view name);  // an SQL identifier

}  // namespace rukun
