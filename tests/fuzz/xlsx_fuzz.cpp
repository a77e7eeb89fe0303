// Any bytes as an XLSX file, or (behind a first byte that is odd) as the sheet of a sound one: read
// twice, they say the same; and a whole reading comes to the same rows as the scan before it.
#include "app/report/xlsx_reader.h"
#include "platform/base/check.h"
#include "tests/support/workbook_maker.h"

using namespace rukun;

namespace {

constexpr std::uint64_t kMostRows = 10'000;

std::shared_ptr<const Bytes> file_of(ByteView data) {
  if (data.empty() || data[0] % 2 == 0)
    return std::make_shared<const Bytes>(data.begin() + (data.empty() ? 0 : 1), data.end());
  test::MadeBook book;
  book.sheets = {{"Data", std::string(text_of(data.subspan(1)))}};
  book.texts = "<si><t>beras</t></si><si><r><t>air </t></r><r><t>minum</t></r></si>";
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm\"/></numFmts><cellXfs><xf "
      "numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>";
  return std::make_shared<const Bytes>(test::make_book(book));
}

// Rows that were read before the end, and whether it was reached.
std::pair<std::vector<ImportRow>, bool> rows_of_sheet(XlsxReader& reader, std::size_t sheet,
                                                      const SheetFacts& facts) {
  std::vector<ImportRow> rows;
  const auto read = reader.each_row(sheet, facts, [&](ImportRow& row) -> Result<bool> {
    for (const auto column : row.numbers) CHECK_BUG(column < row.cells.size());
    CHECK_BUG(rows.empty() || rows.back().number < row.number);
    rows.push_back(row);
    return rows.size() < kMostRows;
  });
  return {std::move(rows), read.has_value()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reader = XlsxReader::open(file_of({data, size}), Language::en);
  if (!reader) return 0;
  for (std::size_t sheet = 0; sheet < std::min<std::size_t>(3, reader->sheets().size()); ++sheet) {
    const auto facts = reader->scan(sheet);
    if (!facts) continue;
    const auto [rows, whole] = rows_of_sheet(*reader, sheet, *facts);
    CHECK_BUG(whole);
    CHECK_BUG(rows.size() == std::min(kMostRows, facts->rows));
  }
  return 0;
}
