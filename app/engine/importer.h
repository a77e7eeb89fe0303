#pragma once
// Rows of a spreadsheet become records. Nothing is asked: good rows are applied, bad ones are
// listed with row, column and reason. A row is the same record again when it names its id, when its
// natural key is known, or when an earlier import on this laptop made a record from an identical
// row; so the same file twice changes nothing. Empty cells leave a field alone. An import can be
// undone as one step, though it may be many transactions. Rows stream: a file's size costs no
// memory beyond what tells its rows apart. Errors: bad_value (headings that fit nothing, or two
// that mean one field), not_found, and those of Engine::execute that concern more than one row. One
// thread.

#include <functional>
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
  std::vector<std::size_t> numbers;  // cells that the sheet holds as numbers: a dot is decimal
  std::vector<std::pair<std::size_t, Error>> unreadable;  // cells that cannot be taken, and why
};
struct ImportTable {
  std::vector<std::string> headings;
  std::vector<ImportRow> rows;
};
// The same, row by row; the rows may be asked for more than once.
using ImportRowUse = std::function<Status(ImportRow&)>;
struct ImportSource {
  std::vector<std::string> headings;
  std::function<Status(const ImportRowUse&)> rows;
  std::vector<std::string> remarks;  // what was found out about the file, in sentences
};

struct ImportOptions {
  // Heading and field, where the heading does not say it; an empty field leaves the column out.
  std::vector<std::pair<std::string, std::string>> map;
  bool dry_run = false;  // says what it would do
  Language language = Language::id;
  // Told now and then how many rows were read; false stops where it stands: what was taken is
  // stored, and the same file again completes it.
  std::function<bool(std::uint64_t)> watch = {};
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
  std::vector<std::string> remarks;  // what was read otherwise than it was written, in sentences
  bool stopped = false;              // by `watch`; what is counted above is stored
  std::uint64_t taken_to = 0;        // then the last row that was; 0: of none it can be said
};

// How many of these headings name a field, so that the row of headings can be told from others.
std::size_t known_headings(const KindSpec& kind, const ImportOptions& options,
                           const std::vector<std::string>& headings);

Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportSource& source, const ImportOptions& options);
Result<ImportReport> import_rows(Engine& engine, const SpaceInfo& space, const KindSpec& kind,
                                 const ImportTable& table, const ImportOptions& options);

struct ImportUndone {
  std::uint64_t steps = 0;  // transactions taken back
  std::uint64_t of = 0;     // that the import was
  bool stopped = false;     // by `goes_on`; asked again, it takes back the rest
};
// Told before each step how many have been taken back, of how many; false stops.
using UndoWatch = std::function<bool(std::uint64_t, std::uint64_t)>;
// Takes back what an import wrote; without an id, the latest that was not taken back yet.
Result<ImportUndone> undo_import(Engine& engine, const SpaceId& space, std::string_view id,
                                 const UndoWatch& goes_on = {});

}  // namespace rukun
