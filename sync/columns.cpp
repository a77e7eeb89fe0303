#include "sync/columns.h"

#include <algorithm>
#include <numeric>

namespace rukun {

namespace {
constexpr std::size_t kWorthOwnStatistics = 96;  // bytes; a table of statistics costs about 30
}

void ColumnWriter::cut() {
  const std::size_t last = cuts_.empty() ? 0 : cuts_.back();
  if (out.out.size() >= last + kWorthOwnStatistics) cuts_.push_back(out.out.size());
}

void ColumnWriter::numbers(const std::vector<std::uint64_t>& column) {
  if (column.empty()) return;
  const std::uint64_t least = *std::min_element(column.begin(), column.end());
  std::uint64_t divisor = 0;
  for (const auto number : column) divisor = std::gcd(divisor, number - least);
  out.varint(least);
  out.varint(divisor);
  if (divisor == 0) return;
  std::uint64_t most = 0;
  for (const auto number : column) most = std::max(most, (number - least) / divisor);
  int planes = 1;
  while (planes < 8 && most >> (8 * planes) != 0) ++planes;
  out.u8(static_cast<std::uint8_t>(planes));
  for (int plane = planes - 1; plane >= 0; --plane) {
    cut();
    for (const auto number : column)
      out.u8(static_cast<std::uint8_t>((number - least) / divisor >> (8 * plane)));
    cut();
  }
}

std::vector<std::uint64_t> read_numbers(Reader& in, std::size_t rows, std::uint64_t most) {
  std::vector<std::uint64_t> column(rows);
  if (rows == 0) return column;
  const std::uint64_t least = in.varint();
  const std::uint64_t divisor = in.varint();
  if (divisor != 0) {
    const int planes = in.u8();
    if (planes < 1 || planes > 8) in.fail("a column of no or too many planes");
    for (int plane = 0; plane < planes && in.ok(); ++plane) {
      const auto bytes = in.raw(rows);
      for (std::size_t i = 0; i < bytes.size(); ++i) column[i] = column[i] << 8 | bytes[i];
    }
  }
  std::uint64_t seen = 0;
  bool wrapped = false;
  for (auto& number : column) {
    wrapped |= divisor > 1 && number > ~std::uint64_t{0} / divisor;
    const std::uint64_t scaled = number * divisor;
    wrapped |= scaled > ~std::uint64_t{0} - least;
    number = scaled + least;
    seen = std::max(seen, number);
  }
  if (wrapped || seen > most) in.fail("a column's number is out of range");
  if (!in.ok()) std::fill(column.begin(), column.end(), 0);
  return column;
}

void ColumnWriter::texts(const std::vector<ByteView>& column) {
  std::vector<std::uint64_t> shared, rest;
  ByteView before;
  for (const auto text : column) {
    std::size_t same = 0;
    while (same < text.size() && same < before.size() && text[same] == before[same]) ++same;
    shared.push_back(same);
    rest.push_back(text.size() - same);
    before = text;
  }
  numbers(shared);
  numbers(rest);
  cut();
  for (std::size_t i = 0; i < column.size(); ++i) out.raw(column[i].subspan(shared[i]));
  cut();
}

std::vector<std::uint32_t> read_texts(Reader& in, std::size_t rows, std::size_t most,
                                      std::size_t most_all, Bytes& arena) {
  const auto shared = read_numbers(in, rows, most);
  const auto rest = read_numbers(in, rows, most);
  std::vector<std::uint32_t> sizes(rows);
  std::size_t all = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t size = shared[i] + rest[i];
    if (shared[i] > (i == 0 ? 0 : sizes[i - 1])) in.fail("a text shares more than there is");
    if (size > most || (all += size) > most_all) in.fail("texts too large");
    if (!in.ok()) return std::vector<std::uint32_t>(rows);
    sizes[i] = static_cast<std::uint32_t>(size);
  }
  arena.reserve(arena.size() + all);
  std::size_t before = arena.size();
  for (std::size_t i = 0; i < rows && in.ok(); ++i) {
    const std::size_t at = arena.size();
    const auto suffix = in.raw(rest[i]);
    arena.resize(at + shared[i]);
    std::copy_n(arena.begin() + static_cast<std::ptrdiff_t>(before), shared[i],
                arena.begin() + static_cast<std::ptrdiff_t>(at));
    append(arena, suffix);
    before = at;
  }
  if (!in.ok()) return std::vector<std::uint32_t>(rows);
  return sizes;
}

}  // namespace rukun
