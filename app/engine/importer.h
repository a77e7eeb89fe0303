#pragma once
// Rows of a spreadsheet become records. Nothing is asked: good rows are applied, bad ones are
// listed with row, column and reason. A row is the same record again when it names its id, when its
// natural key is known, or when an earlier import on this laptop made a record from an identical
// row; so the same file twice changes nothing. Empty cells leave a field alone. An import can be
// undone as one step, though it may be many transactions. Errors: bad_value (headings that fit
// nothing), not_found, and those of Engine::execute that concern more than one row. One thread.

#include <string>
#include <utility>
#include <vector>

#include "app/engine/engine.h"

namespace rukun {

struct ImportRow {
  std::uint64_t number = 0;  // as the spreadsheet counts
  std::vector<std::string> cells;
  // What makes it the same row again; empty: what it says.
  std::string identity = {};
};
struct ImportTable {
  std::vector<std::string> headings;
  std::vector<ImportRow> rows;
};

struct ImportOptions {
  // Heading and field, where the heading does not say it; an empty field leaves the column out.
  std::vector<std::pair<std::string, std::string>> map;
  bool dry_run = false;  // says what it would do
  Language language = Language::id;
};

struct RefusedRow {
  std::uint64_t row = 0;
  std::string column;  // its heading, or the field that is missing; empty: the row as a whole
  Error error;
};

struct ImportReport {
  std::string id;  // for undo; empty when nothing was written
  std::uint64_t fresh = 0;
  std::uint64_t changed = 0;
  std::uint64_t same = 0;
  std::vector<RefusedRow> refused;   // by row
  std::vector<std::string> ignored;  // headings that fit no field
};

Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportTable& table, const ImportOptions& options);

// Takes back what an import wrote; without an id, the latest that was not taken back yet. The
// number of transactions taken back.
Result<std::uint64_t> undo_import(Engine& engine, const SpaceId& space, std::string_view id);

}  // namespace rukun
