#include "app/engine/lan_beacons.h"

#include <algorithm>

#include "sync/beacon.h"

namespace rukun {

namespace {
constexpr std::int64_t kEveryMs = 3'000;
constexpr std::int64_t kEveryAtFirstMs = 700;
constexpr std::uint64_t kJitterMs = 600;
constexpr std::uint64_t kRoundsAtFirst = 4;
constexpr std::size_t kMostAtOnce = 24;
constexpr std::size_t kKnown = 512;
}  // namespace

std::vector<Bytes> LanBeacons::due(const LinkKeyring& keyring, std::uint16_t port,
                                   std::int64_t now_ms, Random& random) {
  if (now_ms < next_ms_ || port == 0) return {};
  next_ms_ = now_ms + (rounds_ < kRoundsAtFirst ? kEveryAtFirstMs : kEveryMs) +
             static_cast<std::int64_t>(random.below(kJitterMs));
  ++rounds_;
  std::vector<std::size_t> current;
  for (std::size_t i = 0; i < keyring.entries().size(); ++i)
    if (keyring.entries()[i].current) current.push_back(i);
  // A village office with a hundred neighborhoods does not fill the air: they take turns.
  std::vector<Bytes> out;
  for (std::size_t i = 0; i < std::min(current.size(), kMostAtOnce); ++i) {
    const auto key = current[turn_++ % current.size()];
    out.push_back(make_beacon(keyring.beacon_keys()[key], port, random));
    (void)is_new(out.back());
  }
  return out;
}

bool LanBeacons::is_new(const Bytes& datagram) {
  if (std::find(known_.begin(), known_.end(), datagram) != known_.end()) return false;
  if (known_.size() >= kKnown) known_.pop_front();
  known_.push_back(datagram);
  return true;
}

std::vector<LanBeacons::Found> LanBeacons::read(std::vector<Datagram> heard,
                                                const LinkKeyring& keyring) {
  std::vector<Found> out;
  std::vector<std::pair<Bytes, std::size_t>> here;  // and which of `out` it became
  for (auto& datagram : heard) {
    const auto same = std::find_if(here.begin(), here.end(),
                                   [&](const auto& one) { return one.first == datagram.bytes; });
    if (same != here.end()) {
      out[same->second].hosts.push_back(datagram.host);
      continue;
    }
    if (!is_new(datagram.bytes)) continue;
    const auto match = matches_beacon(datagram.bytes, keyring.beacon_keys());
    if (!match) continue;
    const auto& entry = keyring.entries()[match->key];
    here.emplace_back(datagram.bytes, out.size());
    out.push_back(
        {{datagram.host}, match->port, {entry.psk.clone(), entry.space, entry.invitation}});
  }
  return out;
}

}  // namespace rukun
