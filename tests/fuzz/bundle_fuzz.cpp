// Any bytes as a bundle, given in pieces of a size that the input chooses. Each chunk goes where an
// importer would bring it.
#include "sync/bundle.h"
#include "tests/sync/golden.h"

using namespace rukun;
using namespace rukun::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready() || size == 0) return 0;
  const std::size_t step = std::size_t{1} << (size % 17);
  const ByteView bytes(data, size);
  BundleReader reader([&, at = std::size_t{0}](std::span<std::uint8_t> to) mutable {
    const auto taken = std::min({step, to.size(), bytes.size() - at});
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), taken, to.begin());
    at += taken;
    return Result<std::size_t>(taken);
  });
  SegmentCodec codec;
  for (;;) {
    const auto chunk = reader.next();
    if (!chunk || !*chunk) return 0;
    const auto& inside = (*chunk)->bytes;
    static_cast<void>(decode_envelope(inside));
    static_cast<void>(codec.open(inside, sukamaju(), golden_key));
    static_cast<void>(open_frontier_chunk(inside, sukamaju(), golden_key));
    static_cast<void>(reader.check_end(**chunk, sukamaju(), golden_key));
  }
}
