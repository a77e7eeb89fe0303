// Any bytes as a receipt. What is read is written again as the same bytes.
#include "platform/base/check.h"
#include "sync/frontier.h"

using namespace rukun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready()) return 0;
  const auto frontier = decode_frontier({data, size});
  if (!frontier) return 0;
  CHECK_BUG(encode_frontier(*frontier) == Bytes(data, data + size));
  static_cast<void>(verify_frontier(*frontier));
  for (const auto& head : frontier->frontier.heads)
    CHECK_BUG(!heads_of(frontier->frontier, head.log).empty());
  return 0;
}
