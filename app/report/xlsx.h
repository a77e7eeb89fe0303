#pragma once
// Spreadsheets out (XLSX, through libxlsxwriter, whose door this is). One sheet a table, written
// row by row in constant memory: bold frozen headings, filters, column widths. Numbers are numbers;
// text is always text, so that identifiers keep their zeros and a formula in a name stays a name.
// Errors: io when the file cannot be written, full when the disk is full, bad_value for more rows
// or columns than a sheet holds. A failed write leaves no file. The caller writes to a temporary
// path and moves it. One thread.

#include <filesystem>
#include <span>

#include "app/report/table.h"
#include "platform/base/result.h"

namespace rukun {

inline constexpr std::uint32_t kMaxSheetRows = 1'048'576;
inline constexpr std::size_t kMaxSheetColumns = 16'384;

struct XlsxOptions {
  Language language = Language::id;
  bool hxl = false;    // a row of hashtags under the headings
  bool extras = true;  // footers and notes below the rows
};

Status write_xlsx(const std::filesystem::path& file, std::span<const Table> sheets,
                  const XlsxOptions& options);

// A legal sheet name made of `title`: at most 31 characters, none of []:*?/\, not empty, none of
// `taken` in any case.
std::string sheet_name(std::string_view title, const std::vector<std::string>& taken);

}  // namespace rukun
