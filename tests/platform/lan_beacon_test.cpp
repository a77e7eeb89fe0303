#include "platform/lan_beacon.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "platform/tcp_link.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

using std::chrono::milliseconds;

// A port that is free for datagrams just now.
std::uint16_t free_port() {
  const int handle = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  socklen_t size = sizeof at;
  const bool bound = ::bind(handle, reinterpret_cast<sockaddr*>(&at), size) == 0 &&
                     ::getsockname(handle, reinterpret_cast<sockaddr*>(&at), &size) == 0;
  ::close(handle);
  return bound ? ntohs(at.sin_port) : std::uint16_t{0};
}

void send_to_loopback(std::uint16_t port, std::size_t size, std::size_t times) {
  const int handle = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (std::size_t i = 0; i < times; ++i) {
    const Bytes bytes(size, static_cast<std::uint8_t>(i));
    (void)::sendto(handle, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&to),
                   sizeof to);
  }
  ::close(handle);
}

std::unique_ptr<SystemNetwork> hearing(std::uint16_t port) {
  NetworkConfig config;
  config.beacon_port = port;
  auto opened = SystemNetwork::open(config);
  REQUIRE(opened);
  return std::move(*opened);
}

std::vector<Datagram> heard_within(SystemNetwork& network, milliseconds most, std::size_t enough) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<Datagram> out;
  while (out.size() < enough && std::chrono::steady_clock::now() - start < most) {
    network.wait(milliseconds(5));
    for (auto& one : network.heard()) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

TEST_CASE("two programs on one laptop both hear a third one shout, and where it is", "[beacon]") {
  const auto port = free_port();
  REQUIRE(port != 0);
  auto budi = hearing(port), sari = hearing(port), office = hearing(port);
  CHECK(budi->beacon_trouble().empty());
  const Bytes said(40, 0x42);
  budi->shout(said);
  for (auto* who : {sari.get(), office.get()}) {
    const auto heard = heard_within(*who, milliseconds(5000), 1);
    REQUIRE_FALSE(heard.empty());
    CHECK(heard.front().bytes == said);
    // Where it came from is where its link is.
    auto link = who->connect(heard.front().host, budi->port());
    for (int i = 0; i < 1000 && link->state() == LinkState::connecting; ++i) {
      who->wait(milliseconds(5));
      budi->wait(milliseconds(1));
    }
    CHECK(link->state() == LinkState::open);
  }
}

TEST_CASE("of too many datagrams the oldest are lost, and long ones are dropped", "[beacon]") {
  const auto port = free_port();
  REQUIRE(port != 0);
  auto budi = hearing(port);
  send_to_loopback(port, LanBeacon::kMostBytes + 1, 3);
  send_to_loopback(port, LanBeacon::kMostBytes, 1);
  const auto long_ones = heard_within(*budi, milliseconds(5000), 1);
  REQUIRE(long_ones.size() == 1);
  CHECK(long_ones.front().bytes.size() == LanBeacon::kMostBytes);

  send_to_loopback(port, 10, LanBeacon::kMostHeard + 20);
  for (int i = 0; i < 20; ++i) budi->wait(milliseconds(2));
  const auto rest = budi->heard();
  REQUIRE(rest.size() == LanBeacon::kMostHeard);
  CHECK(rest.back().bytes.front() == LanBeacon::kMostHeard + 19);
}

TEST_CASE("a network without a beacon port neither shouts nor hears", "[beacon]") {
  auto quiet = SystemNetwork::open({});
  REQUIRE(quiet);
  (*quiet)->shout(Bytes(10, 1));
  CHECK((*quiet)->heard().empty());
  CHECK((*quiet)->beacon_trouble().empty());
}

}  // namespace rukun::test
