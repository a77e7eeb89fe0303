#pragma once
// The writing half of an import: what rows say against what is here. A row is new, changes a
// record, or says what is known; new ones are told apart by natural key, by the id that they had in
// the space they were exported from, or by a print of what they say. Written a few hundred at a
// time, each step durable together with what is remembered of it. Errors: those of Engine::execute
// that concern more than one row; what concerns one refuses it. One thread.

#include <unordered_map>
#include <unordered_set>

#include "app/engine/import_memory.h"
#include "app/engine/import_reading.h"

namespace rukun {

class ImportWriter {
 public:
  // `remembered_as` is the kind under which the import's prints are kept.
  static Result<ImportWriter> open(Engine& engine, const SpaceInfo& space, KindId remembered_as,
                                   const ImportOptions& options);

  // The kind of the rows that follow. What waits is written.
  Status begin(const KindSpec& kind);
  Status add(std::uint64_t row, ReadRow read);
  Status flush();
  void refuse(std::uint64_t row, std::string column, Error why);

  // Of the kind that was begun: the record of a natural key, also one that this import made. In a
  // dry run some id that no record has.
  std::optional<RecordId> known(const std::string& key);
  // The record that an earlier import, or this one, made of a row that had this id elsewhere.
  Result<std::optional<RecordId>> from_elsewhere(KindId kind, std::string_view hex);

  // Counts the row for the one who watches; false: stop.
  bool goes_on();
  // The same between rows.
  bool still_wanted() const { return !options_.watch || options_.watch(rows_); }
  ImportReport& report() { return report_; }
  // Writes what waits; the report, its refusals by row.
  Result<ImportReport> finish();
  // The same, of an import that ends after this row though the file goes on.
  Result<ImportReport> stop(std::uint64_t taken_to);

 private:
  // A row that will be written.
  struct Planned {
    std::uint64_t number = 0;
    Change change;
    std::optional<RowPrint> print;
    std::string key;
    bool fresh = false;
  };

  ImportWriter(Engine& engine, const SpaceInfo& space, KindId remembered_as,
               const ImportOptions& options, ImportMemory memory)
      : engine_(engine),
        space_(space),
        remembered_as_(remembered_as),
        options_(options),
        memory_(std::move(memory)) {}
  Status load_known();
  void leave_out_confirmation(ReadRow& read);
  void place_here(ReadRow& read);
  Status plan(Planned planned, std::size_t bytes);
  Status plan_change(std::uint64_t row, const RecordId& record, const ReadRow& read,
                     std::optional<RowPrint> print);
  Status apply(std::size_t first, std::size_t end);
  ImportPiece piece_of(std::size_t first, std::size_t end, const Outcome& outcome) const;
  void learn(std::size_t first, std::size_t end, const Outcome& outcome);
  const FieldSpec* first_missing(const std::vector<FieldChange>& fields) const;
  RowPrint print_of(const ReadRow& row);

  Engine& engine_;
  const SpaceInfo& space_;
  KindId remembered_as_;
  const ImportOptions& options_;
  ImportMemory memory_;
  const KindSpec* kind_ = nullptr;
  const TableSpec* table_ = nullptr;
  std::unordered_map<std::string, RecordId> by_key_;
  std::unordered_map<RowPrint, RecordId, IdHash> by_print_;
  std::unordered_map<KindId, std::unordered_map<RowPrint, RecordId, IdHash>> elsewhere_;
  std::unordered_set<std::string> keys_here_;
  std::unordered_map<RowPrint, std::size_t, IdHash> seen_;
  std::vector<Planned> planned_;
  std::size_t planned_bytes_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t unconfirmed_ = 0;  // hand-overs that somebody had confirmed elsewhere
  std::uint64_t placed_ = 0;       // households that said no RT or no RW
  std::string id_;
  ImportReport report_;
};

}  // namespace rukun
