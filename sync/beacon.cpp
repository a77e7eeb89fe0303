#include "sync/beacon.h"

#include <algorithm>

#include "sync/limits.h"

namespace rukun {

namespace {
constexpr std::string_view kBeaconMagic = "RUKUN-N1";
constexpr Label kKeyLabel("rukun/bcn-key/1");
constexpr Label kBeaconTagLabel("rukun/bcn-tag/1");
constexpr std::size_t kNonce = 16, kPort = 2;
using BeaconTag = Id<struct BeaconTagTag, 16>;
static_assert(kBeaconMagic.size() + kNonce + kPort + BeaconTag::kSize == kBeaconBytes);
}  // namespace

Secret beacon_key(ByteView secret32) { return derive(secret32, kKeyLabel, {}); }

Bytes make_beacon(const Secret& key, std::uint16_t port, Random& random) {
  Bytes out(kBeaconMagic.begin(), kBeaconMagic.end());
  out.resize(kBeaconMagic.size() + kNonce);
  random.fill(std::span(out).subspan(kBeaconMagic.size()));
  out.push_back(static_cast<std::uint8_t>(port & 0xff));
  out.push_back(static_cast<std::uint8_t>(port >> 8));
  append(out, hash_keyed_to<BeaconTag>(kBeaconTagLabel, key.view(),
                                       ByteView(out).subspan(kBeaconMagic.size())));
  return out;
}

std::optional<HeardBeacon> matches_beacon(ByteView datagram, std::span<const Secret> keys) {
  if (datagram.size() != kBeaconBytes ||
      text_of(datagram.first(kBeaconMagic.size())) != kBeaconMagic)
    return std::nullopt;
  const auto said = datagram.subspan(kBeaconMagic.size(), kNonce + kPort);
  const auto tag = datagram.last(BeaconTag::kSize);
  const auto port = static_cast<std::uint16_t>(said[kNonce] | said[kNonce + 1] << 8);
  if (port == 0) return std::nullopt;
  const auto most = std::min(keys.size(), limits::kLinkKeys);
  for (std::size_t i = 0; i < most; ++i)
    if (equal_secret(hash_keyed_to<BeaconTag>(kBeaconTagLabel, keys[i].view(), said), tag))
      return HeardBeacon{port, i};
  return std::nullopt;
}

}  // namespace rukun
