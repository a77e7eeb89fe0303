// Any bytes as a datagram.
#include "platform/base/check.h"
#include "sync/beacon.h"
#include "tests/sync/people.h"

using namespace rukun;
using namespace rukun::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!crypto_ready()) return 0;
  std::vector<Secret> keys;
  keys.push_back(beacon_key(epoch_key().view()));
  const auto heard = matches_beacon({data, size}, keys);
  if (heard) CHECK_BUG(heard->key == 0 && heard->port != 0 && size == kBeaconBytes);
  return 0;
}
