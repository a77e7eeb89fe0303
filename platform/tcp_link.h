#pragma once
// The Network that programs use: TCP links and LAN beacons of the operating system. Listens on IPv4
// and IPv6, never blocks but in wait(), and works only while accept(), heard() or wait() is called.
// Both queues of a link are bounded; a peer that sends faster than it is read is made to wait, one
// that is silent or gone is noticed and closed. Errors: busy (the port is taken), bad_value (no
// such address), io. One thread, but wake(). A name, unlike an address, is looked up on a thread
// that Asio keeps for this.

#include "platform/link.h"

namespace rukun {

struct NetworkLimits {
  std::size_t links = 96;                // overall; further callers are turned away
  std::size_t links_from_one = 16;       // that one remote address opened
  std::size_t queue_bytes = 256 * 1024;  // each way
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds stalled{30'000};  // nothing of what is unsent was taken
};

class SystemNetwork final : public Network {
 public:
  static Result<std::unique_ptr<SystemNetwork>> open(const NetworkConfig& config,
                                                     const NetworkLimits& limits = {});
  ~SystemNetwork() override;  // closes every link at once

  std::uint16_t port() const override;
  std::unique_ptr<Link> accept() override;
  std::unique_ptr<Link> connect(const std::string& host, std::uint16_t port) override;
  void shout(ByteView datagram) override;
  std::vector<Datagram> heard() override;
  void wait(std::chrono::milliseconds most) override;

  void wake();  // wait() returns at once, or the next one does; any thread
  // Why beacons are neither sent nor heard just now; empty when they are, or are not wanted.
  std::string beacon_trouble() const;

  class Works;

 private:
  explicit SystemNetwork(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
