#pragma once
// The parts of a workbook around its sheets: where they are (relationships), what they are called,
// texts that cells share, and which formats make dates of numbers. Each is bounded. Errors:
// damaged, full of sentences of zip_reader and xml_stream. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "app/report/sheet_values.h"
#include "app/report/zip_reader.h"

namespace rukun {

struct SheetEntry {
  std::string name;
  std::string part;  // in the zip
  bool hidden = false;
};

// Texts one after the other in one piece of memory: a million short ones cost their letters.
class SharedTexts {
 public:
  void add(std::string_view text);
  std::size_t size() const { return ends_.size(); }
  std::size_t bytes() const { return all_.size(); }
  std::string_view at(std::size_t index) const;

 private:
  std::string all_;
  std::vector<std::uint32_t> ends_;
};

struct XlsxParts {
  std::vector<SheetEntry> sheets;
  DayCount days = DayCount::from_1900;
  SharedTexts texts;
  std::vector<NumberShape> styles;  // by a cell's style
};

Result<XlsxParts> read_parts(ZipReader& zip, Language language);

}  // namespace rukun
