// The simulated LAN and the proxy that other tests rely on: what they promise, tried once.
#include <functional>

#include "platform/clock.h"
#include "platform/tcp_link.h"
#include "tests/support/catch.h"
#include "tests/support/link_proxy.h"
#include "tests/support/memory_network.h"

namespace rukun::test {
namespace {

Bytes pattern(std::size_t size) {
  Bytes out(size);
  SeededRandom(3).fill(out);
  return out;
}

// What of `sent` arrives over a link of the simulated LAN.
Bytes carried(std::uint64_t seed, const LanFaults& faults, const Bytes& sent) {
  MemoryLan lan(seed, faults);
  const auto a = lan.computer("budi", 1), b = lan.computer("sari", 2);
  auto from = a->connect("sari", 2);
  std::unique_ptr<Link> to;
  Bytes got;
  std::size_t done = 0;
  for (int i = 0; i < 5000 && got.size() < sent.size(); ++i) {
    lan.advance(1);
    if (!to) to = b->accept();
    done += from->send(ByteView(sent).subspan(done));
    if (to) append(got, to->receive(4096));
  }
  return got;
}

}  // namespace

TEST_CASE("a simulated LAN carries bytes whole and in order, however late", "[link]") {
  LanFaults faults;
  faults.delay_ms = 30;
  faults.most_read = 100;
  const auto sent = pattern(100'000);
  CHECK(carried(1, faults, sent) == sent);
  faults.resets = 100;
  const auto broken = carried(1, faults, sent);
  CHECK(broken.size() < faults.reset_within);
  CHECK(broken == carried(1, faults, sent));
  CHECK(broken != carried(2, faults, sent));
}

TEST_CASE("beacons on a simulated LAN are heard by who is there", "[beacon]") {
  MemoryLan lan(1, {});
  const auto a = lan.computer("budi"), b = lan.computer("sari"), c = lan.computer("kantor");
  lan.take_off("kantor");
  a->shout(pattern(20));
  lan.advance(10);
  const auto heard = b->heard();
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].host == "budi");
  CHECK(c->heard().empty());
  auto link = a->connect("kantor", 47300);
  CHECK(link->state() == LinkState::closed);
}

TEST_CASE("a proxy passes on every byte, slowly, or breaks the link where it was told", "[link]") {
  const SystemClock clock;
  const auto open = [] { return std::move(*SystemNetwork::open({})); };
  const auto a = open(), middle = open(), b = open();
  LinkProfile profile;
  profile.piece = GENERATE(std::size_t{1}, std::size_t{1400});
  profile.delay_ms = 1;
  profile.loss = 1;
  profile.resend_ms = 1;
  profile.reset_at = 1000;
  profile.broken_links = 1;
  LinkProxy proxy(*middle, "127.0.0.1", b->port(), profile, clock, 1);
  const auto turn = [&](const std::function<bool()>& holds) {
    const auto start = clock.steady_ms();
    while (!holds() && clock.steady_ms() - start < 20'000) {
      proxy.step();
      for (auto* one : {a.get(), middle.get(), b.get()}) one->wait(std::chrono::milliseconds(1));
    }
    return holds();
  };
  const auto sent = pattern(2000);

  auto first = a->connect("127.0.0.1", middle->port());
  REQUIRE(turn([&] { return first->state() == LinkState::open; }));
  REQUIRE(first->send(sent) == sent.size());
  Bytes before;
  std::unique_ptr<Link> broken;
  REQUIRE(turn([&] {
    if (!broken) broken = b->accept();
    if (broken) append(before, broken->receive(5000));
    return first->state() == LinkState::closed;
  }));
  CHECK(proxy.broken() == 1);
  CHECK(before.size() <= 1000);

  auto second = a->connect("127.0.0.1", middle->port());
  std::unique_ptr<Link> to;
  Bytes got;
  std::size_t done = 0;
  REQUIRE(turn([&] {
    done += second->send(ByteView(sent).subspan(done));
    if (!to) to = b->accept();
    if (to) append(got, to->receive(5000));
    return got.size() == sent.size();
  }));
  CHECK(got == sent);
}

}  // namespace rukun::test
