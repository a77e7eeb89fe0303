#pragma once
// A beacon: one datagram that says "a member of this epoch, or the other end of this invitation,
// listens on this port" to whoever holds the key, and nothing to anybody else: nonce and tag are
// different every time. It proves no more than that somebody with the key once said so; who is
// there, the session's handshake finds out. Layout: PROTOCOL.md, "Beacon". Pure; any thread.

#include <optional>
#include <span>

#include "sync/crypto.h"

namespace rukun {

inline constexpr std::size_t kBeaconBytes = 42;

// From an epoch key, or from an invitation's lan_psk.
Secret beacon_key(ByteView secret32);

Bytes make_beacon(const Secret& key, std::uint16_t port, Random& random);

struct HeardBeacon {
  std::uint16_t port = 0;
  std::size_t key = 0;  // which of the keys
};
// nullopt when it is no beacon, or under none of the keys; at most kLinkKeys of them are tried.
std::optional<HeardBeacon> matches_beacon(ByteView datagram, std::span<const Secret> keys);

}  // namespace rukun
