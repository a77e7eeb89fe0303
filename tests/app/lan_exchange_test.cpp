// Meetings on a simulated LAN, over real engines: who finds whom, what arrives, and that nobody can
// hold the others up.
#include "app/engine/lan_exchange.h"

#include <functional>

#include "tests/support/catch.h"
#include "tests/support/memory_network.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {
namespace {

// A laptop on the LAN.
struct Post {
  Post(MemoryLan& lan, Laptop& who, const LanSetup& setup = {})
      : laptop(who), network(lan.computer(who.name())), exchange(who.engine(), *network, setup) {}

  void step() {
    for (int i = 0; i < 50; ++i) {
      const auto more = exchange.step();
      REQUIRE(more);
      if (!*more) break;
    }
    for (auto& one : exchange.take_meetings()) meetings.push_back(std::move(one));
  }
  std::uint64_t received() const {
    std::uint64_t out = 0;
    for (const auto& meeting : meetings)
      for (const auto& space : meeting.report.spaces) out += space.received;
    return out;
  }

  Laptop& laptop;
  std::unique_ptr<Network> network;
  LanExchange exchange;
  std::vector<LanMeeting> meetings;
};

// Lets time pass until it holds; how long that took, or -1.
std::int64_t run_until(MemoryLan& lan, const std::vector<Post*>& posts, std::int64_t most_ms,
                       const std::function<bool()>& holds) {
  constexpr std::int64_t kTick = 20;
  for (std::int64_t at = 0; at <= most_ms; at += kTick) {
    if (holds()) return at;
    lan.advance(kTick);
    for (auto* post : posts) {
      post->laptop.clock().pass(kTick);
      post->step();
    }
  }
  return -1;
}

void pass(MemoryLan& lan, const std::vector<Post*>& posts, std::int64_t ms) {
  (void)run_until(lan, posts, ms, [] { return false; });
}

}  // namespace

TEST_CASE("laptops on one LAN find each other and end with the same records", "[lan]") {
  ThreeNeighbors three;
  three.head.add_need(three.space, 5000, "Beras");
  three.volunteer.add_need(three.space, 3000, "Air");
  MemoryLan lan(1, {});
  Post head(lan, three.head), volunteer(lan, three.volunteer), office(lan, three.office);
  const auto same = [&] {
    const auto digest = three.head.digest(three.space);
    return digest == three.volunteer.digest(three.space) &&
           digest == three.office.digest(three.space) &&
           three.office.count(three.space, fields::need::kKind) == 2;
  };
  const auto took = run_until(lan, {&head, &volunteer, &office}, 20'000, same);
  CHECK(took >= 0);
  CHECK(took < 10'000);
  const auto quiet = [&] { return head.exchange.quiet() && office.exchange.quiet(); };
  CHECK(run_until(lan, {&head, &volunteer, &office}, 20'000, quiet) >= 0);
  for (auto* post : {&head, &volunteer, &office}) {
    CAPTURE(post->laptop.name());
    CHECK_FALSE(post->meetings.empty());
    for (const auto& meeting : post->meetings) {
      CHECK(meeting.finished);
      CHECK(meeting.report.refused.empty());
      CHECK_FALSE(meeting.name.empty());
    }
  }
}

TEST_CASE("with nothing new there is one meeting a minute, with something new one at once",
          "[lan]") {
  ThreeNeighbors three;
  MemoryLan lan(2, {});
  Post head(lan, three.head), volunteer(lan, three.volunteer);
  const std::vector<Post*> both{&head, &volunteer};
  pass(lan, both, 15'000);
  const auto links = lan.links_made();
  CHECK(links >= 1);
  CHECK(links <= 4);
  pass(lan, both, 30'000);
  CHECK(lan.links_made() == links);
  three.volunteer.add_need(three.space, 1000, "Obat");
  const auto took = run_until(
      lan, both, 20'000, [&] { return three.head.count(three.space, fields::need::kKind) == 1; });
  CHECK(took >= 0);
  CHECK(took < 1000);
  // What was just given brings no further meeting of its own.
  const auto after = lan.links_made();
  pass(lan, both, 20'000);
  CHECK(lan.links_made() <= after + 1);
}

TEST_CASE("what one laptop learnt it passes on to a third at once", "[lan]") {
  ThreeNeighbors three;
  MemoryLan lan(3, {});
  Post head(lan, three.head), volunteer(lan, three.volunteer), office(lan, three.office);
  const std::vector<Post*> all{&head, &volunteer, &office};
  pass(lan, all, 15'000);
  three.volunteer.add_need(three.space, 1000, "Tenda");
  const auto took = run_until(lan, all, 20'000, [&] {
    return three.head.count(three.space, fields::need::kKind) == 1 &&
           three.office.count(three.space, fields::need::kKind) == 1;
  });
  CHECK(took >= 0);
  CHECK(took < 2000);
}

TEST_CASE("who was removed is told so on a LAN, and hears nothing else", "[lan][members]") {
  ThreeNeighbors three;
  three.round();
  const auto removed = three.volunteer.engine().member();
  REQUIRE(three.head.engine().remove_member(three.space, removed, "pindah", false));
  three.head.add_need(three.space, 5000, "Sesudahnya");
  REQUIRE(three.head.engine().create_invite(three.space, Role::reader, true));
  (void)three.volunteer.engine().take_notices();
  MemoryLan lan(4, {});
  Post head(lan, three.head), volunteer(lan, three.volunteer);
  const auto told = [&] {
    return three.volunteer.engine().authority(three.space).value()->current(removed) == nullptr;
  };
  CHECK(run_until(lan, {&head, &volunteer}, 20'000, told) >= 0);
  pass(lan, {&head, &volunteer}, 70'000);
  const auto notices = three.volunteer.engine().take_notices();
  CHECK(std::any_of(notices.begin(), notices.end(), [](const Phrase& line) {
    return line.id.find("bukan lagi anggota") != std::string::npos;
  }));
  CHECK(three.volunteer.count(three.space, fields::need::kKind) == 0);
  CHECK(three.volunteer.engine().authority(three.space).value()->invitations.size() ==
        three.head.engine().authority(three.space).value()->invitations.size() - 1);
  for (const auto& meeting : volunteer.meetings) CHECK(meeting.report.refused.empty());
  CHECK(three.volunteer.engine().verify()->empty());
  CHECK_FALSE(three.volunteer.try_run(three.space, {}));
}

TEST_CASE("links that break at any byte lose nothing, and the rest comes later", "[lan]") {
  const auto seed = GENERATE(range<std::uint64_t>(10, 16));
  CAPTURE(seed);
  ThreeNeighbors three;
  for (int i = 0; i < 20; ++i) {
    three.head.add_need(three.space, 1000 + i, "Beras " + std::to_string(i));
    three.volunteer.add_need(three.space, 1000 + i, "Air " + std::to_string(i));
  }
  LanFaults faults;
  faults.delay_ms = 100;
  faults.beacon_loss = 40;
  faults.resets = 90;
  faults.reset_within = 6000;
  faults.most_read = 700;
  MemoryLan lan(seed, faults);
  Post head(lan, three.head), volunteer(lan, three.volunteer), office(lan, three.office);
  const std::vector<Post*> all{&head, &volunteer, &office};
  const auto same = [&] {
    return three.office.count(three.space, fields::need::kKind) == 40 &&
           three.head.digest(three.space) == three.volunteer.digest(three.space) &&
           three.head.digest(three.space) == three.office.digest(three.space);
  };
  CHECK(run_until(lan, all, 600'000, same) >= 0);
  CHECK(lan.resets() > 0);
}

TEST_CASE("a cable pulled in the middle costs little more than one that stayed in", "[lan]") {
  const auto run = [](int pulls) {
    ThreeNeighbors three;
    SeededRandom random(6);
    for (int i = 0; i < 400; ++i) {
      std::string title(60, ' ');  // that does not compress
      for (auto& letter : title) letter = static_cast<char>('a' + random.below(26));
      three.head.add_need(three.space, 1000 + 37 * i, title);
    }
    LanFaults slow;
    slow.most_read = 20;  // 1 kB in every step below
    slow.queue_bytes = 1024;
    MemoryLan lan(11, slow);
    const LanSetup silent{.beacons = false};
    Post head(lan, three.head, silent), office(lan, three.office, silent);
    const std::vector<Post*> both{&head, &office};
    office.exchange.meet(three.head.name(), 47300);
    for (int i = 0; i < pulls; ++i) {
      const auto met = [&] { return !office.exchange.views().empty(); };
      const auto parted = [&] {
        return head.exchange.under_way() == 0 && office.exchange.under_way() == 0;
      };
      REQUIRE(run_until(lan, both, 20'000, met) >= 0);
      pass(lan, both, 160);
      lan.take_off(three.office.name());
      REQUIRE(run_until(lan, both, 40'000, parted) >= 0);
      lan.put_back(three.office.name());
    }
    const auto all = [&] { return three.office.count(three.space, fields::need::kKind) == 400; };
    CHECK(run_until(lan, both, 60'000, all) >= 0);
    CHECK(run_until(lan, both, 60'000, [&] { return office.exchange.quiet(); }) >= 0);
    std::uint64_t bytes = 0, failed = 0;
    for (const auto& meeting : office.meetings) {
      bytes += meeting.report.bytes_in;
      failed += meeting.finished ? 0 : 1;
      CHECK(meeting.report.refused.empty());
    }
    CHECK(failed == static_cast<std::uint64_t>(pulls));
    CHECK(three.head.digest(three.space) == three.office.digest(three.space));
    return bytes;
  };
  constexpr std::uint64_t kOfEachPull = 4096 + 1500;  // the record that was cut, hands shaken anew
  const auto uncut = run(0);
  CHECK(uncut > 20'000);
  CHECK(run(3) <= uncut + uncut / 10 + 3 * kOfEachPull);
}

TEST_CASE("a laptop that is named is called although it shouts nothing", "[lan]") {
  ThreeNeighbors three;
  three.head.add_need(three.space, 5000);
  MemoryLan lan(4, {});
  const LanSetup silent{.beacons = false};
  Post head(lan, three.head, silent), office(lan, three.office, silent);
  pass(lan, {&head, &office}, 5000);
  CHECK(lan.links_made() == 0);
  office.exchange.meet(three.head.name(), 47300);
  CHECK(run_until(lan, {&head, &office}, 5000, [&] { return office.exchange.quiet(); }) >= 0);
  REQUIRE(office.meetings.size() == 1);
  CHECK(office.meetings[0].name == "Pak Budi");
  CHECK(office.received() >= 1);
  CHECK_FALSE(office.meetings[0].report.reached.empty());
  CHECK(three.office.count(three.space, fields::need::kKind) == 1);
}

TEST_CASE("a newcomer who has only the words of an invitation joins over the LAN", "[lan]") {
  ThreeNeighbors three;
  three.head.add_need(three.space, 5000);
  const auto invitation = three.head.engine().create_invite(three.space, Role::volunteer, false);
  REQUIRE(invitation);
  Laptop ani(three.dir.path(), "Bu Ani", 99);
  const auto joined = ani.engine().join_words(invitation->words);
  REQUIRE(joined);
  CHECK(joined->state == JoinState::waiting);

  MemoryLan lan(5, {});
  Post head(lan, three.head), newcomer(lan, ani);
  const auto arrived = [&] {
    return !ani.engine().spaces().empty() && ani.count(three.space, fields::need::kKind) == 1 &&
           three.head.engine().space(three.space)->members == 4;
  };
  CHECK(run_until(lan, {&head, &newcomer}, 20'000, arrived) >= 0);
  CHECK(ani.digest(three.space) == three.head.digest(three.space));
}

TEST_CASE("a newcomer with an invitation file is believed once its joining has arrived", "[lan]") {
  ThreeNeighbors three;
  three.head.add_need(three.space, 5000);
  Laptop ani(three.dir.path(), "Bu Ani", 98);
  ani.join(three.head.invite(three.space, Role::reader));
  MemoryLan lan(6, {});
  Post office(lan, three.office), newcomer(lan, ani), head(lan, three.head);
  const auto arrived = [&] { return ani.count(three.space, fields::need::kKind) == 1; };
  CHECK(run_until(lan, {&office, &newcomer, &head}, 20'000, arrived) >= 0);
}

TEST_CASE("strangers learn nothing, are not reported, and are soon not listened to", "[lan]") {
  ThreeNeighbors three;
  Laptop stranger(three.dir.path(), "Orang lain", 97);
  stranger.found("RT 099");
  MemoryLan lan(7, {});
  const LanSetup silent{.beacons = false};
  Post head(lan, three.head, silent), other(lan, stranger, silent);
  other.exchange.meet(three.head.name(), 47300);
  pass(lan, {&head, &other}, 20'000);
  CHECK(head.exchange.strangers() > 0);
  CHECK(head.meetings.empty());
  CHECK(other.meetings.empty());
  CHECK_FALSE(other.exchange.trouble().empty());

  // Silence and nonsense from many links do not keep a member out.
  const auto hostile = lan.computer("penyerang");
  std::vector<std::unique_ptr<Link>> links;
  for (std::size_t i = 0; i < 30; ++i) {
    links.push_back(hostile->connect(three.head.name(), 47300));
    lan.advance(5);
    links.back()->send(Bytes(i * 40, 0x7f));
  }
  Post office(lan, three.office, silent);
  three.head.add_need(three.space, 5000);
  office.exchange.meet(three.head.name(), 47300);
  const auto took = run_until(lan, {&head, &office}, 60'000, [&] {
    return three.office.count(three.space, fields::need::kKind) == 1;
  });
  CHECK(took >= 0);
}

TEST_CASE("a peer that falls silent in the middle holds up nobody and is let go", "[lan]") {
  ThreeNeighbors three;
  for (int i = 0; i < 10; ++i) three.head.add_need(three.space, 1000 + i);
  MemoryLan lan(8, {});
  Post head(lan, three.head), volunteer(lan, three.volunteer);
  // The volunteer's laptop is shut in the middle: its link stays open, but it says nothing more.
  CHECK(run_until(lan, {&head, &volunteer}, 10'000,
                  [&] { return head.exchange.under_way() > 0; }) >= 0);
  Post office(lan, three.office);
  const auto took = run_until(lan, {&head, &office}, 20'000, [&] {
    return three.office.count(three.space, fields::need::kKind) == 10;
  });
  CHECK(took >= 0);
  CHECK(took < 10'000);
  pass(lan, {&head, &office}, 70'000);
  CHECK(run_until(lan, {&head, &office}, 70'000, [&] { return head.exchange.under_way() == 0; }) >=
        0);
}

TEST_CASE("two neighborhoods of one laptop travel in one meeting", "[lan]") {
  ThreeNeighbors three;
  const auto second = three.head.found("RT 004/RW 007");
  three.office.join(three.head.invite(second, Role::office));
  three.head.add_need(three.space, 1000);
  three.head.add_need(second, 2000);
  MemoryLan lan(9, {});
  const LanSetup silent{.beacons = false};
  Post head(lan, three.head, silent), office(lan, three.office, silent);
  office.exchange.meet(three.head.name(), 47300);
  const auto both = [&] {
    return three.office.count(three.space, fields::need::kKind) == 1 &&
           three.office.count(second, fields::need::kKind) == 1;
  };
  CHECK(run_until(lan, {&head, &office}, 20'000, both) >= 0);
  CHECK(run_until(lan, {&head, &office}, 20'000, [&] { return office.exchange.quiet(); }) >= 0);
  CHECK(lan.links_made() <= 2);
}

}  // namespace rukun::test
