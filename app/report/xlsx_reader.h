#pragma once
// Spreadsheets in (XLSX, ECMA-376). Rows stream from the packed file: memory is that of the file,
// its shared texts (bounded) and one row. What a cell shows is what is read: texts, numbers, dates
// by their format, true and false, the stored result of a formula. A cell that cannot be taken
// (rounded number, formula without result, #N/A) says why, and the row goes on. A merged cell
// counts for each of its rows, in its first column. Errors: damaged, with sheet or cell; bad_value
// for files of another kind; and whatever the sink says. One thread.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/engine/importer.h"
#include "app/report/xlsx_parts.h"

namespace rukun {

// Cells side by side or one below the other that show one value.
struct MergedCells {
  CellPlace first;
  CellPlace last;
};

// What one reading of a whole sheet finds out.
struct SheetFacts {
  std::uint64_t rows = 0;           // with something in them
  std::vector<MergedCells> merged;  // that reach over several rows, by first row
  std::uint64_t merges = 0;         // all
};

class XlsxReader {
 public:
  // False ends the reading, without an error.
  using Sink = std::function<Result<bool>(ImportRow&)>;

  static Result<XlsxReader> open(std::shared_ptr<const Bytes> file, Language language);

  const std::vector<SheetEntry>& sheets() const { return parts_.sheets; }
  // Reads to the end: what is damaged anywhere is known before anything is done with a row.
  Result<SheetFacts> scan(std::size_t sheet);
  // Rows that hold something, in order.
  Status each_row(std::size_t sheet, const SheetFacts& facts, const Sink& sink);

 private:
  XlsxReader(std::shared_ptr<const Bytes> file, ZipReader zip, Language language)
      : file_(std::move(file)), zip_(std::move(zip)), language_(language) {}
  Status read(std::size_t sheet, SheetFacts& facts, bool scanning, const Sink& sink);

  std::shared_ptr<const Bytes> file_;
  ZipReader zip_;
  Language language_;
  XlsxParts parts_;
};

}  // namespace rukun
