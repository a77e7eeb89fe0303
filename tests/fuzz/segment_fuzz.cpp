// Any bytes as a sealed segment under a known key: header, seal and decompression. What lies behind
// the seal is columns_fuzz.cpp.
#include "sync/limits.h"
#include "sync/segment.h"
#include "tests/sync/golden.h"

using namespace rukun;
using namespace rukun::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready()) return 0;
  static SegmentCodec codec;
  const ByteView bytes(data, size);
  static_cast<void>(read_segment_header(bytes));
  auto opened = codec.open(bytes, sukamaju(), golden_key);
  if (opened) static_cast<void>(verify(std::move(*opened)));

  // The same bytes as a compressed frame that a member sealed properly.
  SeededRandom random(1);
  Writer out;
  out.u8(1);
  out.u8(0);
  out.raw(golden_epoch());
  out.raw(id_of<TxnTag>("log tag"));
  out.varint(1);
  out.varint(size % 4);
  out.raw(id_of<TxnHash>("end"));
  out.varint(size < 2 ? 0 : std::size_t{data[0]} << (data[1] % 16));
  auto associated = out.out;
  append(associated, sukamaju());
  seal_append(out.out,
              derive(golden_key(golden_epoch())->view(), Label("rukun/segkey/1"), {}).view(), bytes,
              associated, random);
  static_cast<void>(codec.open(out.out, sukamaju(), golden_key));
  return 0;
}
