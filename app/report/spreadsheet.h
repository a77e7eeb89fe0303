#pragma once
// A file with rows, whatever its format: XLSX, or CSV in the encodings of spreadsheets; told apart
// by its bytes. Finds the sheet and the row of headings, says what it passed over, and gives the
// rows below as a stream. The whole file has been read once before the first row is given, so what
// is damaged is known before anything is stored. Errors: bad_value (no such sheet, another kind of
// file, nothing in it), damaged; each with the file's name. One thread.

#include <functional>
#include <string>
#include <vector>

#include "app/engine/importer.h"

namespace rukun {

struct SpreadsheetWish {
  std::string sheet;  // empty: the first with headings that are known
  // How many headings are known in a row; the row that has most is the row of headings.
  std::function<std::size_t(const std::vector<std::string>&)> known;
  std::vector<std::string> skipped = {};  // sheets that are never meant unless named
  Language language = Language::id;
};

inline constexpr std::size_t kMostSpreadsheetBytes = 256 * 1024 * 1024;

Result<ImportSource> open_spreadsheet(Bytes file, const std::string& name,
                                      const SpreadsheetWish& wish);

}  // namespace rukun
