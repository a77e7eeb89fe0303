#pragma once
// When this laptop shouts, what it says, and what it makes of what it hears: its own voice, the
// same beacon over several interfaces, and everything that none of its keys proves are left out.
// One thread.

#include "app/engine/lan_peers.h"
#include "app/engine/session_host.h"
#include "platform/link.h"

namespace rukun {

class LanBeacons {
 public:
  struct Found {
    std::vector<std::string> hosts;  // that one beacon came from
    std::uint16_t port = 0;
    LanProof proof;
  };

  // What is to be shouted now: often at first, then every few seconds. Empty most of the time.
  std::vector<Bytes> due(const LinkKeyring& keyring, std::uint16_t port, std::int64_t now_ms,
                         Random& random);
  // Often again, from now on, as at first.
  void hurry() { next_ms_ = 0, rounds_ = 0; }
  std::vector<Found> read(std::vector<Datagram> heard, const LinkKeyring& keyring);

 private:
  bool is_new(const Bytes& datagram);

  std::int64_t next_ms_ = 0;
  std::uint64_t rounds_ = 0;
  std::size_t turn_ = 0;
  std::deque<Bytes> known_;  // said or heard lately
};

}  // namespace rukun
