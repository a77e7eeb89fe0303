// Any bytes as a CSV file, whole and in pieces: both give the same rows or the same refusal.
#include "app/report/csv.h"
#include "platform/base/check.h"

using namespace rukun;

namespace {
struct Told {
  std::vector<std::vector<std::string>> rows;
  bool failed = false;
  bool operator==(const Told&) const = default;
};

Told read(std::string_view text, std::size_t step) {
  Told out;
  CsvLimits limits;
  limits.cell_bytes = 500;
  limits.row_bytes = 2000;
  limits.cells = 50;
  CsvReader reader(
      [&](const CsvRow& row) {
        CHECK_BUG(row.cells.size() <= 50);
        for (const auto& cell : row.cells) CHECK_BUG(cell.size() <= 500);
        out.rows.push_back(row.cells);
        return Status();
      },
      limits);
  for (std::size_t at = 0; at < text.size(); at += step)
    if (!reader.feed(text.substr(at, step))) {
      out.failed = true;
      return out;
    }
  out.failed = !reader.finish();
  return out;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of({data, size});
  const auto whole = read(text, size + 1);
  CHECK_BUG(read(text, 1) == whole);
  CHECK_BUG(read(text, 1 + size / 3) == whole);
  return 0;
}
