#pragma once
// Columns of numbers, fixed-size bytes and texts, laid out so that a general compressor finds
// little left to do: numbers lose their minimum and common divisor and are split into byte planes,
// texts share their beginning with the one before. Layout: PROTOCOL.md, "Columns". Reading is
// bounded by the number of rows that the caller expects.

#include "sync/wire.h"

namespace rukun {

class ColumnWriter {
 public:
  Writer out;

  void numbers(const std::vector<std::uint64_t>& column);
  void texts(const std::vector<ByteView>& column);
  // Ends a stretch of like bytes: the compressor may start new statistics here.
  void cut();
  const std::vector<std::size_t>& cuts() const { return cuts_; }

 private:
  std::vector<std::size_t> cuts_;
};

// Each fails the reader, and then gives zeros.
std::vector<std::uint64_t> read_numbers(Reader& in, std::size_t rows,
                                        std::uint64_t most = ~std::uint64_t{0});
// Appends the texts to `arena` and gives their sizes; each at most `most` bytes, all together at
// most `most_all`.
std::vector<std::uint32_t> read_texts(Reader& in, std::size_t rows, std::size_t most,
                                      std::size_t most_all, Bytes& arena);

inline std::uint64_t fold(std::int64_t number) {
  return static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
}
inline std::int64_t unfold(std::uint64_t folded) {
  return static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
}

}  // namespace rukun
