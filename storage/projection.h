#pragma once
// The merged records in memory: a SQLite table per declared kind, a full-text index, and for each
// record the state that merging needs. It holds nothing that the log does not: it can be thrown
// away and rebuilt, or saved as an image and caught up. Domain-free: it is told the kinds. Merging
// happens in batches; between begin() and commit() nothing is visible. Errors: io, full, damaged
// (an image). One thread, but for readers made by open_reader().

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "storage/query.h"
#include "storage/sqlite.h"
#include "storage/touched.h"
#include "sync/run.h"

namespace rukun {

// Cumulative causal past of an entry: for each other log (by the projection's number) the last
// position seen.
using Past = std::map<LogIndex, Seq>;

// Which transactions of a run do not count (authority says so). Empty: all count. Of those that do
// not, only what later ones need is kept: the kind that they declare and what they named.
using Masked = std::vector<bool>;

struct MergeReport {
  std::uint64_t made = 0;  // records
  std::uint64_t changed = 0;
  std::uint64_t deleted = 0;
  std::uint64_t conflicts = 0;  // records in conflict that were not before
  std::map<KindId, std::uint64_t> deleted_by_kind;
  std::set<KindId> late;  // of records that had been written to before what makes them arrived
};

struct RecordView {
  RecordId id;
  std::uint32_t space = 0;
  Life life = Life::absent;
  RecordState state;
};

class Projection {
 public:
  static Result<Projection> create(Schema schema);
  // As it was when image() was called; damaged when that was under another schema or version.
  static Result<Projection> open(Schema schema, DbImage image);
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  const Schema& schema() const;
  const TableSpec* table(KindId kind) const;

  // Numbers that stand for long ids inside the projection; made on first use, the same until it is
  // rebuilt.
  std::uint32_t space_number(const SpaceId& space);
  const SpaceId& space_of(std::uint32_t number) const;
  std::uint32_t space_count() const;
  LogIndex log_number(const LogId& log);
  LogOrder logs() const;

  // Called for the causal past at an entry that the projection did not end a merged run at (a fork
  // inside a run).
  using PastOf = std::function<Result<Past>(const LogId& log, Seq seq, const TxnHash& hash)>;

  Status begin();
  // A run of a data log, whose predecessor has been merged. keep_salts: it is this vault's own log.
  Status merge(const Run& run, const Masked& masked, bool keep_salts, const PastOf& past_of);
  // What was merged since begin(), or since this was asked last.
  Result<MergeReport> take_report();
  Status commit();
  void roll_back();

  // Of these records nothing is merged but which kind they are of. What is merged already stays:
  // when an erasure comes or falls, the projection is built anew.
  void set_erased(std::uint32_t space, std::set<RecordId> records);
  // Their ids, of one kind; sorted.
  Result<std::vector<RecordId>> erased(std::uint32_t space, KindId kind);

  // How far the log store has been replayed into this projection.
  std::int64_t arrival() const;
  void set_arrival(std::int64_t arrival);
  // Arrivals up to there that could not be merged yet: they wait for an authority entry. Kept in
  // the image.
  std::vector<std::int64_t>& waiting();
  // Records of a space that were written by what arrived later than that, each perhaps several
  // times; see touched.h. Tells nothing of a projection with another name.
  std::optional<std::vector<TouchedRecord>> touched_since(std::uint32_t space,
                                                          std::int64_t arrival) const;
  // What tells this projection from one that was built anew. 0: nobody has named it yet. Kept in
  // the image.
  std::uint64_t name() const;
  void set_name(std::uint64_t name);
  // The causal past of a log at its merged head `end`.
  Past past_at(const LogId& log, const TxnHash& end);

  // Reading.
  Result<std::vector<Row>> rows(const Query& query);
  Status each_row(const Query& query, const std::function<Result<bool>(Row&)>& each);
  Result<std::uint64_t> count(const Query& query);
  Result<std::optional<Row>> row(std::uint32_t space, const RecordId& id);
  Result<std::optional<RecordView>> record(std::uint32_t space, const RecordId& id);
  // Ids that begin with these hex digits, at most two: enough to say found, unknown or ambiguous.
  Result<std::vector<RecordId>> find_prefix(std::uint32_t space, std::string_view hex);
  // Records with a field in conflict or a disputed deletion.
  Result<std::vector<RecordId>> in_conflict(std::uint32_t space);
  // Live writes elsewhere that refer to a record.
  struct Reference {
    RecordId from;
    FieldId field = 0;
    Replaced write;
  };
  Result<std::vector<Reference>> references_to(std::uint32_t space, const RecordId& id);
  Result<Stamp> latest_stamp(std::uint32_t space);  // of any write that stands
  Result<std::uint64_t> record_count(std::uint32_t space);
  // A digest of all visible records of a space in canonical form: equal replicas give equal
  // digests.
  Result<TxnHash> canonical_digest(std::uint32_t space);

  // For reports that need SQL of their own. Reading only.
  Db& db();

  Result<DbImage> image();  // with everything that is needed to go on from it

 private:
  struct Works;
  explicit Projection(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
