// Any bytes as an invitation file. Locked ones are not opened: that takes Argon2's time by design.
#include "tests/sync/golden.h"

using namespace rukun;
using namespace rukun::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready()) return 0;
  const auto file = read_invitation({data, size});
  if (!file) return 0;
  if (!file->locked) {
    if (const auto seed = open_invitation(*file, std::nullopt))
      static_cast<void>(invitation_keys(seed->view()));
  } else if (file->passes > kArgonMost.passes || file->passes < kArgonLeast.passes) {
    static_cast<void>(open_invitation(*file, "mangga bambu"));
  }
  return 0;
}
