#pragma once
// Headings of a spreadsheet into fields, and its cells into values. References are read by id (that
// of this space, or the one a record had where the file was made) or by the name of the record,
// when only one has it. Errors: bad_value. One thread.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/engine/importer.h"

namespace rukun {

// What a row says.
struct ReadRow {
  std::optional<RecordId> record;  // from a column "id"
  std::string foreign_id;          // the same, of a record that this space never had
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

  // Whether a heading, or --map, names a field of this kind.
  static bool knows(const KindSpec& kind, const ImportOptions& options, const std::string& heading);

  // How an id that this space does not know is found again.
  using Elsewhere =
      std::function<Result<std::optional<RecordId>>(KindId kind, std::string_view hex)>;
  void look_elsewhere(Elsewhere how) { elsewhere_ = std::move(how); }

  const std::vector<std::string>& ignored() const { return ignored_; }
  // What was read otherwise than it was written, in sentences.
  std::vector<std::string> remarks() const;
  // Nothing when the row is refused; then `refused` says why, cell by cell.
  std::optional<ReadRow> read(const ImportRow& row, std::vector<RefusedRow>& refused);

 private:
  struct Column {
    std::string heading;
    const FieldSpec* field = nullptr;
    const FieldSpec* also = nullptr;  // the second of a cell that says two things
    bool is_id = false;
    std::size_t lost_zeros = 0;
  };
  struct Given {
    std::string_view text;
    bool number = false;  // the sheet holds it as a number
  };
  using Names = std::multimap<std::string, RecordId, std::less<>>;  // folded name

  RowReader(Engine& engine, const SpaceInfo& space, const KindSpec& kind, Language language)
      : engine_(&engine), space_(&space), kind_(&kind), language_(language) {}
  Result<Column> column_for(const std::string& heading, const ImportOptions& options) const;
  void read_everyday_headings(const ImportOptions& options);
  Status refuse_doubles() const;
  bool refuse_unreadable(const ImportRow& row, std::vector<RefusedRow>& refused) const;
  Status take_id(std::string_view cell, ReadRow& into);
  Result<RecordId> record_called(const FieldSpec& field, std::string_view text);
  Result<const Names*> names_of(KindId kind);
  Result<std::optional<RecordId>> by_id(KindId kind, std::string_view text);
  Status take(Column& column, const Given& cell, ReadRow& into);

  Engine* engine_;
  const SpaceInfo* space_;
  const KindSpec* kind_;
  Language language_;
  std::vector<Column> columns_;
  std::vector<std::string> ignored_;
  std::map<KindId, Names> names_;
  Elsewhere elsewhere_;
};

}  // namespace rukun
