#pragma once
// Other computers behind an interface: streams of bytes to one of them (Link), and datagrams to
// whoever is near (beacons). Nothing blocks but wait(); what a peer does wrong closes its own link
// and nothing else. Queues are bounded on both sides, so a slow or hostile peer cannot grow memory.
// One thread: whoever owns the Network.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace rukun {

enum class LinkState : std::uint8_t { connecting, open, closed };

// Destroying it closes it.
class Link {
 public:
  virtual ~Link() = default;
  virtual LinkState state() const = 0;
  // Takes what its queue has room for and says how many bytes that was; 0 while connecting.
  virtual std::size_t send(ByteView bytes) = 0;
  virtual std::size_t unsent() const = 0;  // taken, but not yet given to the system
  // What has arrived, in order, at most `most` bytes; empty when there is nothing now. What came
  // before the other side closed can still be read in state closed.
  virtual Bytes receive(std::size_t most) = 0;
  // Closes after what is unsent has gone, or at once when `now`.
  virtual void close(bool now) = 0;
  virtual std::string peer() const = 0;  // "192.168.1.7:47300", for people
  virtual std::string why() const = 0;   // why it was closed; empty when it was done properly
};

struct Datagram {
  Bytes bytes;
  std::string host;  // whom it came from, as connect() takes it
};

struct NetworkConfig {
  std::string listen_on;          // an address; empty: all of them, IPv4 and IPv6
  std::uint16_t port = 0;         // 0: any free one
  std::uint16_t beacon_port = 0;  // 0: neither sends nor hears beacons
};

class Network {
 public:
  virtual ~Network() = default;
  virtual std::uint16_t port() const = 0;      // where it listens; 0 when it does not
  virtual std::unique_ptr<Link> accept() = 0;  // nullptr when nobody waits
  // A name or an address. What goes wrong later is seen in the link's state.
  virtual std::unique_ptr<Link> connect(const std::string& host, std::uint16_t port) = 0;
  // To everybody near, on every interface that is up now: multicast and broadcast. An interface
  // that is gone is left out until it is back.
  virtual void shout(ByteView datagram) = 0;
  virtual std::vector<Datagram>
  heard() = 0;  // since the last call; the oldest of too many are lost
  // Returns when something happened on any link or socket, or after `most`.
  virtual void wait(std::chrono::milliseconds most) = 0;
};

}  // namespace rukun
