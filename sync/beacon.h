#pragma once
// What a laptop shouts on the LAN so that members find it.

#include <optional>
#include <vector>

#include "sync/crypto.h"

namespace rukun {

std::vector<Bytes> make_beacons(const std::vector<ByteView>& keys, std::uint16_t port,
                                Random& random);
std::optional<std::uint16_t> read_beacon(ByteView datagram, ByteView key);

}  // namespace rukun
