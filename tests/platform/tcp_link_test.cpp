#include "platform/tcp_link.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "platform/random.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<SystemNetwork> network(const NetworkConfig& config = {},
                                       const NetworkLimits& limits = {}) {
  auto opened = SystemNetwork::open(config, limits);
  REQUIRE(opened);
  return std::move(*opened);
}

// Turns both networks until it holds, for at most some seconds.
bool until(SystemNetwork& a, SystemNetwork& b, const std::function<bool()>& holds) {
  const auto start = std::chrono::steady_clock::now();
  while (!holds()) {
    if (std::chrono::steady_clock::now() - start > std::chrono::seconds(20)) return false;
    a.wait(milliseconds(1));
    b.wait(milliseconds(1));
  }
  return true;
}

struct Pair {
  std::unique_ptr<Link> from;
  std::unique_ptr<Link> to;
};

Pair linked(SystemNetwork& a, SystemNetwork& b, const std::string& host) {
  Pair out{a.connect(host, b.port()), nullptr};
  REQUIRE(until(a, b, [&] {
    if (!out.to) out.to = b.accept();
    return out.to && out.from->state() == LinkState::open;
  }));
  return out;
}

Bytes pattern(std::size_t size) {
  Bytes out(size);
  SeededRandom(7).fill(out);
  return out;
}

// A bare machine may have no /etc/hosts.
bool resolves(const std::string& host) {
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, nullptr, &found) != 0) return false;
  ::freeaddrinfo(found);
  return true;
}

// A socket of the test's own, for what no Link would do.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port) : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(handle_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  }
  ~RawSocket() {
    if (handle_ >= 0) ::close(handle_);
  }
  int handle() const { return handle_; }
  void reset() {
    const linger at_once{1, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(handle_);
    handle_ = -1;
  }

 private:
  int handle_;
};

std::unique_ptr<Link> accepted(SystemNetwork& network) {
  std::unique_ptr<Link> out;
  REQUIRE(until(network, network, [&] { return (out = network.accept()) != nullptr; }));
  return out;
}

}  // namespace

TEST_CASE("bytes in odd pieces arrive whole and in order, over IPv4 and IPv6", "[link]") {
  const std::string host = GENERATE("127.0.0.1", "::1", "localhost");
  if (!resolves(host)) SKIP_TEST("this system knows no address of " + host);
  auto a = network(), b = network();
  auto pair = linked(*a, *b, host);
  const auto sent = pattern(300'000);
  Bytes got;
  std::size_t done = 0, piece = 1;
  REQUIRE(until(*a, *b, [&] {
    const auto left = ByteView(sent).subspan(done);
    done += pair.from->send(left.first(std::min(piece, left.size())));
    piece = piece * 3 % 7919 + 1;
    append(got, pair.to->receive(piece));
    return got.size() == sent.size();
  }));
  CHECK(got == sent);
  CHECK(pair.from->peer().find(std::to_string(b->port())) != std::string::npos);
}

TEST_CASE("what came before a link broke is read, also when the break is seen while sending",
          "[link]") {
  NetworkLimits limits;
  limits.queue_bytes = 16 * 1024;  // so that the rest waits in the system
  auto b = network({}, limits);
  RawSocket raw(b->port());
  auto link = accepted(*b);
  const auto sent = pattern(60'000);
  REQUIRE(::send(raw.handle(), sent.data(), sent.size(), 0) == static_cast<ssize_t>(sent.size()));
  for (int i = 0; i < 20; ++i) b->wait(milliseconds(2));
  raw.reset();
  for (int i = 0; i < 20; ++i) b->wait(milliseconds(2));
  CHECK(link->state() == LinkState::open);
  (void)link->send(pattern(1'000));
  for (int i = 0; i < 20; ++i) b->wait(milliseconds(2));
  Bytes got;
  REQUIRE(until(*b, *b, [&] {
    append(got, link->receive(1'000));
    return link->state() == LinkState::closed;
  }));
  append(got, link->receive(sent.size()));
  CHECK(got == sent);
  CHECK_FALSE(link->why().empty());
}

TEST_CASE("links are closed only after what is unsent has gone", "[link]") {
  auto a = network(), b = network();
  auto pair = linked(*a, *b, "127.0.0.1");
  const auto sent = pattern(200'000);
  REQUIRE(pair.from->send(sent) == sent.size());
  pair.from->close(false);
  CHECK(pair.from->send(sent) == 0);
  pair.from.reset();  // its owner need not wait
  Bytes got;
  REQUIRE(until(*a, *b, [&] {
    append(got, pair.to->receive(1000));
    return pair.to->state() == LinkState::closed && got.size() == sent.size();
  }));
  CHECK(got == sent);
  CHECK(pair.to->why().empty());
}

TEST_CASE("a reader that stops fills the queues and no more, and may go on later", "[link]") {
  NetworkLimits limits;
  limits.queue_bytes = 64 * 1024;
  auto a = network({}, limits), b = network({}, limits);
  auto pair = linked(*a, *b, "127.0.0.1");
  const auto piece = pattern(10'000);
  std::size_t sent = 0, quiet = 0;
  REQUIRE(until(*a, *b, [&] {
    const auto taken = pair.from->send(piece);
    sent += taken;
    quiet = taken == 0 ? quiet + 1 : 0;
    return quiet > 50;
  }));
  CHECK(pair.from->unsent() <= limits.queue_bytes);
  CHECK(pair.from->send(piece) == 0);
  std::size_t got = 0;
  REQUIRE(until(*a, *b, [&] {
    got += pair.to->receive(100'000).size();
    return got == sent;
  }));
  CHECK(pair.from->send(piece) == piece.size());
}

TEST_CASE("what came before the other side closed can still be read", "[link]") {
  auto b = network();
  RawSocket raw(b->port());
  auto link = accepted(*b);
  REQUIRE(::send(raw.handle(), "terima kasih", 12, 0) == 12);
  REQUIRE(::shutdown(raw.handle(), SHUT_WR) == 0);
  REQUIRE(until(*b, *b, [&] { return link->state() == LinkState::closed; }));
  CHECK(text_of(link->receive(6)) == "terima");
  CHECK(text_of(link->receive(100)) == " kasih");
  CHECK(link->receive(100).empty());
  CHECK(link->why().empty());
}

TEST_CASE("a half-closed link still gives the other side what was queued", "[link]") {
  auto b = network();
  RawSocket raw(b->port());
  auto link = accepted(*b);
  const auto sent = pattern(150'000);
  REQUIRE(::shutdown(raw.handle(), SHUT_WR) == 0);
  REQUIRE(link->send(sent) == sent.size());
  Bytes got(sent.size());
  std::size_t have = 0;
  REQUIRE(until(*b, *b, [&] {
    const auto more = ::recv(raw.handle(), got.data() + have, got.size() - have, MSG_DONTWAIT);
    if (more > 0) have += static_cast<std::size_t>(more);
    return have == sent.size();
  }));
  CHECK(got == sent);
}

TEST_CASE("a reset is seen and says why, and harms no other link", "[link]") {
  auto b = network();
  RawSocket one(b->port());
  auto first = accepted(*b);
  RawSocket other(b->port());
  auto second = accepted(*b);
  one.reset();
  REQUIRE(until(*b, *b, [&] { return first->state() == LinkState::closed; }));
  CHECK_FALSE(first->why().empty());
  CHECK(second->state() == LinkState::open);
  CHECK(first->send(pattern(1)) == 0);
}

TEST_CASE("a closed port and an unknown computer are refused in words", "[link]") {
  std::uint16_t port = 0;
  {
    auto gone = network();
    port = gone->port();
  }
  auto a = network();
  auto link = a->connect("127.0.0.1", port);
  CHECK(link->state() == LinkState::connecting);
  CHECK(link->send(pattern(1)) == 0);
  REQUIRE(until(*a, *a, [&] { return link->state() == LinkState::closed; }));
  CHECK_FALSE(link->why().empty());

  auto nobody = a->connect("no-such-computer.invalid", port);
  REQUIRE(until(*a, *a, [&] { return nobody->state() == LinkState::closed; }));
  CHECK_FALSE(nobody->why().empty());
}

TEST_CASE("a place that never answers is given up", "[link]") {
  NetworkLimits limits;
  limits.connect = milliseconds(50);
  auto a = network({}, limits);
  // 192.0.2.0/24 is for documentation; where something answers for it, the link is refused.
  auto link = a->connect("192.0.2.77", 9);
  REQUIRE(until(*a, *a, [&] { return link->state() == LinkState::closed; }));
  CHECK_FALSE(link->why().empty());
}

TEST_CASE("callers beyond the limits are turned away, and let in when others have left", "[link]") {
  NetworkLimits limits;
  limits.links_from_one = 3;
  auto a = network(), b = network({}, limits);
  std::vector<Pair> links;
  for (int i = 0; i < 3; ++i) links.push_back(linked(*a, *b, "127.0.0.1"));
  auto fourth = a->connect("127.0.0.1", b->port());
  REQUIRE(until(*a, *b, [&] { return fourth->state() == LinkState::closed; }));
  CHECK(b->accept() == nullptr);
  for (auto& one : links) CHECK(one.from->state() == LinkState::open);
  links.pop_back();
  for (int i = 0; i < 10; ++i) {
    a->wait(milliseconds(1));
    b->wait(milliseconds(1));
  }
  links.push_back(linked(*a, *b, "127.0.0.1"));
  CHECK(links.back().to->state() == LinkState::open);
}

TEST_CASE("many links at once each carry their own bytes", "[link]") {
  NetworkLimits limits;
  limits.links_from_one = 60;
  auto a = network({}, limits), b = network({}, limits);
  std::vector<Pair> links;
  for (int i = 0; i < 40; ++i) links.push_back(linked(*a, *b, "127.0.0.1"));
  std::vector<Bytes> got(links.size());
  for (std::size_t i = 0; i < links.size(); ++i)
    REQUIRE(links[i].from->send(Bytes(20'000, static_cast<std::uint8_t>(i))) == 20'000);
  REQUIRE(until(*a, *b, [&] {
    bool all = true;
    for (std::size_t i = 0; i < links.size(); ++i) {
      append(got[i], links[i].to->receive(4096));
      all = all && got[i].size() == 20'000;
    }
    return all;
  }));
  for (std::size_t i = 0; i < got.size(); ++i)
    CHECK(got[i] == Bytes(20'000, static_cast<std::uint8_t>(i)));
}

TEST_CASE("a link may outlive its network, closed", "[link]") {
  auto a = network(), b = network();
  auto pair = linked(*a, *b, "127.0.0.1");
  a.reset();
  CHECK(pair.from->state() == LinkState::closed);
  CHECK(pair.from->send(pattern(10)) == 0);
  CHECK(pair.from->receive(10).empty());
}

TEST_CASE("two programs cannot listen on one port", "[link]") {
  auto a = network();
  NetworkConfig same;
  same.port = a->port();
  const auto second = SystemNetwork::open(same);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::busy);
  NetworkConfig nowhere;
  nowhere.listen_on = "sebelah rumah";
  const auto third = SystemNetwork::open(nowhere);
  REQUIRE_FALSE(third);
  CHECK(third.error().code == Code::bad_value);
}

TEST_CASE("waiting ends when another thread wakes it", "[link]") {
  auto a = network();
  const auto start = std::chrono::steady_clock::now();
  std::thread other([&] { a->wake(); });
  a->wait(std::chrono::seconds(30));
  other.join();
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

}  // namespace rukun::test
