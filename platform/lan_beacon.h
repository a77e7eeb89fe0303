#pragma once
// Datagrams to and from whoever is near: IPv4 multicast in an administratively scoped group
// (239.255.82.75) and directed broadcast, IPv6 multicast on the link (ff12::5275:6b75), on every
// interface that is up. The list of interfaces is read again before each shout and every few
// seconds, so cables, hotspots and sleep need nobody's care. What the system refuses is tried again
// later. Belongs to SystemNetwork and its thread.

#include <memory>

#include "platform/link.h"

namespace asio {
class io_context;
}

namespace rukun {

class LanBeacon {
 public:
  static constexpr std::size_t kMostBytes = 512;  // of a datagram; longer ones are dropped
  static constexpr std::size_t kMostHeard = 64;   // waiting to be taken

  LanBeacon(asio::io_context& context, std::uint16_t port);
  ~LanBeacon();
  void shout(ByteView datagram);
  std::vector<Datagram> heard();
  std::string trouble() const;  // empty: at least one family is heard

 private:
  class Works;
  std::shared_ptr<Works> works_;  // shared with what Asio has yet to call back
};

}  // namespace rukun
