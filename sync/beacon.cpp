#include "sync/beacon.h"

#include <algorithm>

namespace rukun {

namespace {
using BeaconTag = Id<struct BeaconTagTag, 16>;
constexpr Label kBeaconLabel("rukun/beacon/1");
constexpr std::size_t kHead = 18;
constexpr std::size_t kMost = 30;

BeaconTag tag_under(ByteView head, ByteView key) {
  return hash_keyed_to<BeaconTag>(kBeaconLabel, key, head);
}
}  // namespace

std::vector<Bytes> make_beacons(const std::vector<ByteView>& keys, std::uint16_t port,
                                Random& random) {
  std::vector<Bytes> out;
  for (std::size_t first = 0; first < keys.size(); first += kMost) {
    Bytes one(kHead);
    random.fill(std::span(one).first(16));
    one[16] = static_cast<std::uint8_t>(port >> 8);
    one[17] = static_cast<std::uint8_t>(port & 0xff);
    const Bytes head = one;
    for (std::size_t i = first; i < std::min(keys.size(), first + kMost); ++i)
      append(one, tag_under(head, keys[i]));
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<std::uint16_t> read_beacon(ByteView datagram, ByteView key) {
  if (datagram.size() <= kHead || (datagram.size() - kHead) % 16 != 0) return {};
  const auto wanted = tag_under(datagram.first(kHead), key);
  for (std::size_t at = kHead; at < datagram.size(); at += 16)
    if (equal_secret(datagram.subspan(at, 16), wanted))
      return static_cast<std::uint16_t>(datagram[16] << 8 | datagram[17]);
  return {};
}

}  // namespace rukun
