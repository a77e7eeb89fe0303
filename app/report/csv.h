#pragma once
// CSV in and out (RFC 4180, UTF-8). The writer quotes where it must, ends lines with CRLF, writes
// numbers with a dot and dates as ISO. A text cell that a spreadsheet would run as a formula (= + -
// @ tab CR in front) gets a ' in front; plain signed numbers and phone numbers ("-5", "+62812…")
// cannot do harm and stay. The reader takes that ' off again. The reader takes comma or semicolon
// or tab (found in the first line), line breaks in quotes, any line ending, with or without BOM; it
// holds one row at a time and refuses before it grows past the limits. Errors: damaged, with row
// and column from 1. One thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/report/table.h"
#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace rukun {

// Takes a piece of the file that is being written.
using TextSink = std::function<Status(std::string_view)>;

struct CsvOptions {
  Language language = Language::id;  // of the headings
  char separator = ',';
  bool bom = false;     // older spreadsheets need it to see UTF-8
  bool hxl = false;     // a row of hashtags under the headings
  bool extras = false;  // title above, footers and notes below; not for programs
};

Status write_csv(const Table& table, const CsvOptions& options, const TextSink& out);

// One cell as the writer puts it.
std::string csv_cell(const Cell& cell, char separator);

struct CsvLimits {
  std::size_t cell_bytes = 64 * 1024;
  std::size_t row_bytes = 1024 * 1024;
  std::size_t cells = 16'384;  // as many as an XLSX sheet has
};

struct CsvRow {
  std::uint64_t number = 0;  // from 1, as a spreadsheet counts: the heading is row 1
  std::uint64_t line = 0;    // of the file, from 1; differs once a cell holds line breaks
  std::vector<std::string> cells;
};

// Feed it the file in pieces of any size; each finished row goes to the sink. Empty lines are
// counted, not delivered.
class CsvReader {
 public:
  using Sink = std::function<Status(const CsvRow&)>;

  explicit CsvReader(Sink sink, CsvLimits limits = {}, Language language = Language::id);

  Status feed(std::string_view piece);
  Status finish();  // the last row, which may lack its line end
  char separator() const { return separator_; }

 private:
  enum class State : std::uint8_t { cell_start, plain, quoted, quote_in_quoted };

  Status detect(std::string_view piece, bool at_end);
  Status take(char c);
  Status take_plain(char c);
  Status put(char c);
  Status end_cell();
  Status end_row();
  std::string_view say(std::string_view indonesian, std::string_view english) const;
  tl::unexpected<Error> fail(std::string_view what) const;

  Sink sink_;
  CsvLimits limits_;
  Language language_;  // of error messages
  std::string head_;   // until the separator is known
  char separator_ = 0;
  State state_ = State::cell_start;
  bool after_return_ = false;
  CsvRow row_;
  std::string cell_;
  std::size_t row_bytes_ = 0;
  std::uint64_t line_ = 1;
};

// The whole of a small file.
Result<std::vector<CsvRow>> read_csv(std::string_view text, CsvLimits limits = {},
                                     Language language = Language::id);

}  // namespace rukun
