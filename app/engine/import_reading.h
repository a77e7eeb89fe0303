#pragma once
// Headings of a spreadsheet into fields, and its cells into values. References are read by id or by
// the name of the record, when only one has it. Errors: bad_value. One thread.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/engine/importer.h"

namespace rukun {

// What a row says.
struct ReadRow {
  std::optional<RecordId> record;  // from a column "id"
  std::string natural_key;         // empty: it has none
  std::string key_column;
  std::vector<FieldChange> fields;
  std::size_t bytes = 0;  // of its cells
  std::string identity;   // as in ImportRow
};

class RowReader {
 public:
  static Result<RowReader> prepare(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                   const std::vector<std::string>& headings,
                                   const ImportOptions& options);

  const std::vector<std::string>& ignored() const { return ignored_; }
  // Nothing when the row is refused; then `refused` says why, cell by cell.
  std::optional<ReadRow> read(const ImportRow& row, std::vector<RefusedRow>& refused);

 private:
  struct Column {
    std::string heading;
    const FieldSpec* field = nullptr;
    bool is_id = false;
  };
  using Names = std::multimap<std::string, RecordId, std::less<>>;  // folded name

  RowReader(Engine& engine, const SpaceInfo& space, const KindSpec& kind, Language language)
      : engine_(&engine), space_(&space), kind_(&kind), language_(language) {}
  Result<Column> column_for(const std::string& heading, const ImportOptions& options) const;
  Result<RecordId> record_called(const FieldSpec& field, std::string_view text);
  Result<const Names*> names_of(KindId kind);
  Result<std::optional<RecordId>> by_id(KindId kind, std::string_view text);
  Status take(const Column& column, std::string_view cell, ReadRow& into);

  Engine* engine_;
  const SpaceInfo* space_;
  const KindSpec* kind_;
  Language language_;
  std::vector<Column> columns_;
  std::vector<std::string> ignored_;
  std::map<KindId, Names> names_;
};

}  // namespace rukun
