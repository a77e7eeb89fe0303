#include "platform/lan_beacon.h"

#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/multicast.hpp>
#include <asio/ip/udp.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/steady_timer.hpp>
#include <deque>
#include <optional>

namespace rukun {
namespace {

using asio::ip::udp;
using Failure = asio::error_code;

constexpr std::chrono::seconds kReadAgain{10};
constexpr std::size_t kMostInterfaces = 32;

const asio::ip::address_v4& group_v4() {
  static const asio::ip::address_v4 kGroup({239, 255, 82, 75});
  return kGroup;
}
// Transient (not assigned by IANA) and never beyond the link.
asio::ip::address_v6 group_v6(unsigned int interface) {
  asio::ip::address_v6::bytes_type bytes{0xff, 0x12};
  bytes[12] = 0x52;
  bytes[13] = 0x75;
  bytes[14] = 0x6b;
  bytes[15] = 0x75;
  return asio::ip::address_v6(bytes, interface);
}

struct Interface {
  unsigned int index = 0;
  std::optional<asio::ip::address_v4> address;
  std::optional<asio::ip::address_v4> broadcast;
  bool v6 = false;
};

asio::ip::address_v4 v4_of(const sockaddr* raw) {
  const auto* in = reinterpret_cast<const sockaddr_in*>(raw);
  return asio::ip::address_v4(ntohl(in->sin_addr.s_addr));
}

// One entry for each address of each interface that is up. Loopback is among them, since several
// people may share a laptop that is on no network.
std::vector<Interface> interfaces() {
  std::vector<Interface> out;
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return out;
  for (const ifaddrs* one = list; one != nullptr && out.size() < kMostInterfaces;
       one = one->ifa_next) {
    if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_UP) == 0) continue;
    Interface found;
    found.index = ::if_nametoindex(one->ifa_name);
    if (found.index == 0) continue;
    if (one->ifa_addr->sa_family == AF_INET) {
      found.address = v4_of(one->ifa_addr);
      if ((one->ifa_flags & IFF_BROADCAST) != 0 && one->ifa_broadaddr != nullptr)
        found.broadcast = v4_of(one->ifa_broadaddr);
    } else if (one->ifa_addr->sa_family == AF_INET6) {
      found.v6 = true;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Interface& other) {
        return other.v6 && other.index == found.index;
      });
      if (known) continue;
    } else {
      continue;
    }
    out.push_back(found);
  }
  ::freeifaddrs(list);
  return out;
}

}  // namespace

class LanBeacon::Works : public std::enable_shared_from_this<Works> {
 public:
  Works(asio::io_context& context, std::uint16_t port)
      : v4_{udp::socket(context), {}, {}, false},
        v6_{udp::socket(context), {}, {}, false},
        timer_(context),
        port_(port) {}

  void start() {
    refresh();
    again_later();
  }

  void stop() {
    Failure ignored;
    stopped_ = true;
    timer_.cancel();
    v4_.socket.close(ignored);
    v6_.socket.close(ignored);
  }

  void shout(ByteView datagram) {
    if (datagram.size() > kMostBytes) return;
    refresh();
    const auto bytes = asio::buffer(datagram.data(), datagram.size());
    // A full queue or an interface that has just gone loses this one; the next goes out again.
    Failure lost;
    for (const auto& one : near_) {
      if (one.address && v4_.socket.is_open()) {
        v4_.socket.set_option(asio::ip::multicast::outbound_interface(*one.address), lost);
        v4_.socket.send_to(bytes, {group_v4(), port_}, 0, lost);
        if (one.broadcast) v4_.socket.send_to(bytes, {*one.broadcast, port_}, 0, lost);
      }
      if (one.v6 && v6_.socket.is_open())
        v6_.socket.send_to(bytes, {group_v6(one.index), port_}, 0, lost);
    }
  }

  std::vector<Datagram> take() {
    std::vector<Datagram> out(std::make_move_iterator(heard_.begin()),
                              std::make_move_iterator(heard_.end()));
    heard_.clear();
    return out;
  }

  std::string trouble() const {
    return v4_.socket.is_open() || v6_.socket.is_open() ? std::string() : trouble_;
  }

 private:
  struct Family {
    udp::socket socket;
    udp::endpoint from;
    std::array<std::uint8_t, kMostBytes + 1> bytes;
    bool listening;
  };

  // Joining again what is joined fails and changes nothing, so an interface that went and came back
  // is joined whatever it was before.
  void refresh() {
    near_ = interfaces();
    open(v4_, udp::v4());
    open(v6_, udp::v6());
    Failure joined;
    for (const auto& one : near_) {
      if (one.address && v4_.socket.is_open())
        v4_.socket.set_option(asio::ip::multicast::join_group(group_v4(), *one.address), joined);
      if (one.v6 && v6_.socket.is_open())
        v6_.socket.set_option(asio::ip::multicast::join_group(group_v6(0), one.index), joined);
    }
  }

  void open(Family& family, const udp& protocol) {
    if (family.socket.is_open()) return;
    Failure failed;
    auto& socket = family.socket;
    socket.open(protocol, failed);
    // Several profiles of one laptop hear on the same port. SO_REUSEPORT would forbid that between
    // two accounts; for UDP on Linux SO_REUSEADDR allows it, and everybody gets every multicast.
    if (!failed) socket.set_option(udp::socket::reuse_address(true), failed);
    if (!failed && protocol == udp::v6()) socket.set_option(asio::ip::v6_only(true), failed);
    if (!failed) socket.bind(udp::endpoint(protocol, port_), failed);
    if (!failed) socket.non_blocking(true, failed);
    if (failed) {
      trouble_ = failed.message();
      socket.close(failed);
      return;
    }
    socket.set_option(udp::socket::broadcast(true), failed);
    socket.set_option(asio::ip::multicast::enable_loopback(true), failed);
    socket.set_option(asio::ip::multicast::hops(1), failed);
    listen(family);
  }

  void listen(Family& family) {
    if (stopped_ || family.listening) return;
    family.listening = true;
    family.socket.async_receive_from(
        asio::buffer(family.bytes), family.from,
        [self = shared_from_this(), &family](const Failure& failed, std::size_t size) {
          family.listening = false;
          if (self->stopped_) return;
          if (failed) {
            // Opened anew when the interfaces are read the next time.
            Failure ignored;
            self->trouble_ = failed.message();
            family.socket.close(ignored);
            return;
          }
          self->note(family, size);
          self->listen(family);
        });
  }

  void note(const Family& family, std::size_t size) {
    if (size == 0 || size > kMostBytes) return;
    if (heard_.size() >= kMostHeard) heard_.pop_front();
    heard_.push_back(
        {Bytes(family.bytes.begin(), family.bytes.begin() + static_cast<std::ptrdiff_t>(size)),
         family.from.address().to_string()});
  }

  void again_later() {
    timer_.expires_after(kReadAgain);
    timer_.async_wait([self = shared_from_this()](const Failure& failed) {
      if (failed || self->stopped_) return;
      self->refresh();
      self->again_later();
    });
  }

  Family v4_;
  Family v6_;
  asio::steady_timer timer_;
  std::uint16_t port_;
  std::vector<Interface> near_;
  std::deque<Datagram> heard_;
  std::string trouble_;
  bool stopped_ = false;
};

LanBeacon::LanBeacon(asio::io_context& context, std::uint16_t port)
    : works_(std::make_shared<Works>(context, port)) {
  works_->start();
}
LanBeacon::~LanBeacon() { works_->stop(); }
void LanBeacon::shout(ByteView datagram) { works_->shout(datagram); }
std::vector<Datagram> LanBeacon::heard() { return works_->take(); }
std::string LanBeacon::trouble() const { return works_->trouble(); }

}  // namespace rukun
