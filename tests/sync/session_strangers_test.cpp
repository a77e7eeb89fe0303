// Who is not known, or not yet, or lies: what they get, what they may give, and how it ends.
#include "sync/limits.h"
#include "tests/support/catch.h"
#include "tests/sync/impostor.h"
#include "tests/sync/talk.h"

namespace rukun::test {

namespace {

// A neighborhood with data, and somebody who is not in it.
struct Street {
  bool ready = crypto_ready();  // before any key is made
  Desk sari{"Sari"};
  Desk wati{"Wati"};
  SpaceId space;
  Street() {
    REQUIRE(ready);
    space = sari.found("RT 003 Sukamaju");
    sari.write(space, 6);
  }
  Secret psk() const {
    return link_psk(Secret::copy_of(sari.durable.spaces.at(space).epoch_keys.front()));
  }
};

// What an impostor with the epoch's key and an unknown box key meets.
struct Met : Street {
  SeededRandom random{4};
  BoxPair own = box_of("nobody");
  Secret key = psk();
  Session session = Session::respond(sari, random, 0);
  Impostor impostor{session, key.view(), own};

  void begin() {
    impostor.say_hello({key.view()});
    impostor.say(FrameType::judged, {0, 1});
    REQUIRE(session.state() == SessionState::open);
  }
  // Asks for everything: an empty frontier, no receipt.
  void ask() { impostor.say(FrameType::have, {0, 0, 0, 0, 0}); }
};

bool has(const std::vector<FrameType>& types, FrameType type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}
}  // namespace

TEST_CASE("a newcomer who has joined by a stick is known after a moment", "[session]") {
  Street s;
  const auto seed = s.sari.invite(s.space);
  s.wati.join_by_stick(s.sari, s.space, seed);
  REQUIRE(!s.sari.knows(s.space, s.wati));
  REQUIRE(s.wati.data_txns(s.space) == 0);
  const bool newcomer_calls = GENERATE(true, false);
  Talk talk(newcomer_calls ? s.wati : s.sari, newcomer_calls ? s.sari : s.wati);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(s.sari.knows(s.space, s.wati));
  CHECK(s.wati.data_txns(s.space) == 6);
  CHECK(s.sari.story() == s.wati.story());
}

TEST_CASE("a newcomer with nothing but an invitation's words joins over a link", "[session]") {
  Street s;
  const auto seed = s.sari.invite(s.space);
  s.wati.wait_for_invitation(seed);
  const std::size_t piece = GENERATE(as<std::size_t>(), 1, 100, 1000000);
  Talk talk(s.wati, s.sari);
  talk.piece = piece;
  talk.run();
  REQUIRE(talk.finished());
  CHECK(s.sari.knows(s.space, s.wati));
  CHECK(s.wati.knows(s.space, s.sari));
  CHECK(s.wati.data_txns(s.space) == 6);
  CHECK(s.sari.story() == s.wati.story());
  REQUIRE(talk.here.shared().size() == 1);
  CHECK(talk.here.shared()[0].space == s.space);
  CHECK(talk.there.shared()[0].peer_is_member);
}

TEST_CASE("who was removed is told so over a link, and is given nothing else", "[session]") {
  Street s;
  Desk joko("Joko");
  s.sari.admit(s.space, s.wati);
  s.wati.wait_for_invitation(s.sari.invite(s.space));
  Talk(s.wati, s.sari).run();
  REQUIRE(s.wati.knows(s.space, s.wati));
  REQUIRE(s.wati.data_txns(s.space) == 6);
  s.sari.remove(s.space, s.wati);
  s.sari.write(s.space, 3);
  s.sari.admit(s.space, joko);  // later, and nothing to her
  s.wati.write(s.space, 2);
  const bool removed_calls = GENERATE(true, false);
  const auto before = s.sari.data_txns(s.space);
  Talk talk(removed_calls ? s.wati : s.sari, removed_calls ? s.sari : s.wati, 3);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(s.wati.was_removed(s.space, s.wati.link_identity().key));
  CHECK(s.wati.data_txns(s.space) == 8);
  CHECK_FALSE(s.wati.knows(s.space, joko));
  CHECK(s.sari.data_txns(s.space) == before);
  // She knows now, and there is nothing more to say.
  const auto story = s.wati.story();
  Talk again(s.wati, s.sari, 4);
  again.run();
  REQUIRE(again.finished());
  CHECK(s.wati.story() == story);
}

TEST_CASE("a joining that is cut at any byte goes on later", "[session]") {
  Street whole;
  whole.wati.wait_for_invitation(whole.sari.invite(whole.space));
  Talk uncut(whole.wati, whole.sari);
  uncut.piece = 64;
  uncut.run();
  const auto size = uncut.to_there.size() + uncut.to_here.size();
  for (std::size_t cut = 0; cut < size; cut += soaking() ? 1 : 41) {
    INFO("cut after " << cut);
    Street s;
    s.wati.wait_for_invitation(s.sari.invite(s.space));
    Talk talk(s.wati, s.sari);
    talk.piece = 64;
    talk.cut_after = cut;
    talk.run();
    talk.close();
    Talk again(s.wati, s.sari, 8);
    again.run();
    REQUIRE(again.finished());
    CHECK(s.wati.story() == whole.wati.story());
    CHECK(s.sari.story() == whole.wati.story());
  }
}

TEST_CASE("two newcomers who know nothing of each other come to know each other", "[session]") {
  Street s;
  Desk joko("Joko");
  const auto one = s.sari.invite(s.space), two = s.sari.invite(s.space);
  s.wati.join_by_stick(s.sari, s.space, one);
  joko.join_by_stick(s.sari, s.space, two);
  joko.write(s.space, 2);
  Talk talk(s.wati, joko);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(s.wati.knows(s.space, joko));
  CHECK(joko.knows(s.space, s.wati));
  CHECK(s.wati.data_txns(s.space) == 2);
}

TEST_CASE("whenever what arrives, every session comes to its end", "[session]") {
  const int story = GENERATE(0, 1, 2, 3);
  for (std::uint64_t seed = 1; seed <= (soaking() ? 1200u : 40u); ++seed) {
    INFO("story " << story << ", seed " << seed);
    Street s;
    Desk joko("Joko");
    Desk* caller = &s.wati;
    Desk* called = &s.sari;
    Secret psk = s.psk();
    if (story == 0) {
      const auto paper = s.sari.invite(s.space);
      s.wati.wait_for_invitation(paper);
      psk = std::move(invitation_keys(paper).lan_psk);
    } else if (story == 1) {
      s.wati.join_by_stick(s.sari, s.space, s.sari.invite(s.space));
      s.wati.write(s.space, 2);
    } else if (story == 2) {
      const auto one = s.sari.invite(s.space), two = s.sari.invite(s.space);
      s.wati.join_by_stick(s.sari, s.space, one);
      joko.join_by_stick(s.sari, s.space, two);
      joko.write(s.space, 2);
      called = &joko;
    } else {
      s.sari.admit(s.space, s.wati);
      s.wati.durable.spaces = s.sari.durable.spaces;
      for (int i = 0; i < 9; ++i) s.sari.write(s.space, 30);
      for (int i = 0; i < 9; ++i) s.wati.write(s.space, 30);
    }
    if (seed % 2 == 0) std::swap(caller, called);
    Talk talk(*caller, *called, LinkKey{psk.view(), s.space, story == 0}, seed);
    talk.run_late(seed);
    for (const auto* one : {&talk.here, &talk.there})
      if (one->failure()) UNSCOPED_INFO(one->failure()->message << " at " << talk.now);
    REQUIRE(talk.finished());
    CHECK(caller->story() == called->story());
    CHECK(talk.here.refused().empty());
    CHECK(talk.there.refused().empty());
    for (const auto* done : {&talk.here, &talk.there}) {
      CHECK(done->progress().received.items == done->progress().to_receive.items);
      CHECK(done->shared().at(0).peer_is_member);
      CHECK(done->shared().at(0).known_to_peer);
    }
  }
}

TEST_CASE("somebody with a key who is no member gets neither data nor receipts", "[session]") {
  Met m;
  m.begin();
  m.ask();
  const auto heard = m.impostor.listen();
  CHECK(m.session.state() == SessionState::open);
  CHECK(has(heard, FrameType::done));
  for (const auto type :
       {FrameType::envelope, FrameType::receipt, FrameType::authority, FrameType::data})
    CHECK(!has(heard, type));
  CHECK(m.sari.pulled == 0);
}

TEST_CASE("who says that it knows nobody gets an introduction, never data", "[session]") {
  Met m;
  m.impostor.say_hello({m.key.view()});
  m.impostor.say(FrameType::judged, {0, 0});
  m.ask();
  const auto heard = m.impostor.listen();
  CHECK(has(heard, FrameType::authority));
  CHECK(!has(heard, FrameType::receipt));
  CHECK(!has(heard, FrameType::data));
}

TEST_CASE("somebody who is not known may send 64 KiB and no more", "[session]") {
  Met m;
  m.begin();
  CHECK(has(m.impostor.listen(), FrameType::have));
  m.impostor.say(FrameType::totals, {0, 1, 0, 1});
  SECTION("in one item, which is refused before it is in memory") {
    m.impostor.say_plain(Bytes{static_cast<std::uint8_t>(FrameType::authority), 0x81, 0x80, 0x04});
    CHECK(m.session.failure());
    CHECK(m.session.held_bytes() < 1024);
  }
  SECTION("in several") {
    Bytes item(30'000, 0);
    m.impostor.say(FrameType::authority, item);
    m.impostor.say(FrameType::authority, item);
    CHECK(m.session.state() == SessionState::open);
    CHECK(m.session.refused().size() == 2);
    m.impostor.say(FrameType::authority, item);
    CHECK(m.session.failure()->code == Code::not_allowed);
  }
  SECTION("and no data at all") {
    m.impostor.say(FrameType::data, {0, 1, 2, 3});
    CHECK(m.session.failure()->code == Code::not_allowed);
  }
  CHECK(m.session.state() == SessionState::failed);
  CHECK(m.sari.data_txns(m.space) == 6);
}

TEST_CASE("newer versions, unknown features and unknown frames are no obstacle", "[session]") {
  Met m;
  m.impostor.say_hello({m.key.view()}, 9, {1, 77, 1u << 30});
  m.impostor.say(static_cast<FrameType>(200), {1, 2, 3});
  m.impostor.say(FrameType::judged, {0, 1});
  m.impostor.say(static_cast<FrameType>(0), {});
  CHECK(m.session.state() == SessionState::open);
  m.ask();
  CHECK(has(m.impostor.listen(), FrameType::done));
}

TEST_CASE("a hello may say more than this version reads", "[session]") {
  Met m;
  Bytes hello{2, 0, 0, 42, 42, 42};
  m.impostor.say(FrameType::hello, hello);
  CHECK(m.session.failure()->code == Code::foreign);  // it listed no key, and was read to there
}

TEST_CASE("what nobody waited for ends the session, and only that", "[session]") {
  Met m;
  SECTION("before hello") { m.impostor.say(FrameType::judged, {0, 1}); }
  SECTION("hello of version 0") { m.impostor.say_hello({m.key.view()}, 0); }
  SECTION("hello twice") {
    m.begin();
    m.impostor.say_hello({m.key.view()});
  }
  SECTION("a neighborhood that is not shared") {
    m.begin();
    m.impostor.say(FrameType::judged, {5, 1});
  }
  SECTION("a frontier before a judgement") {
    m.impostor.say_hello({m.key.view()});
    m.ask();
  }
  SECTION("an answer before a question") {
    m.begin();
    m.impostor.say(FrameType::totals, {0, 0, 0, 0});
  }
  SECTION("an item outside an answer") {
    m.begin();
    m.impostor.listen();
    m.impostor.say(FrameType::authority, {0, 1});
  }
  SECTION("the end of no answer") {
    m.begin();
    m.impostor.listen();
    m.impostor.say(FrameType::done, {0});
  }
  SECTION("credit that was never used") {
    m.begin();
    m.impostor.say(FrameType::credit, {1});
  }
  SECTION("the same question without end") {
    m.begin();
    for (std::size_t i = 0; i <= limits::kLinkRounds; ++i) m.ask();
  }
  SECTION("an endless size") {
    m.begin();
    m.impostor.say_plain(Bytes(12, 0xff));
  }
  SECTION("heads out of order") {
    m.begin();
    Bytes have{0, 0, 2};
    have.resize(3 + 2 * 65, 9);
    append(have, Bytes{0, 0});
    m.impostor.say(FrameType::have, have);
  }
  REQUIRE(m.session.state() == SessionState::failed);
  CHECK(!m.session.failure()->message.empty());
  CHECK(m.session.ready(0).empty());
  // The laptop goes on: the next peer is served.
  m.sari.admit(m.space, m.wati);
  m.wati.durable.spaces = m.sari.durable.spaces;
  m.sari.write(m.space, 1);
  Talk talk(m.wati, m.sari);
  talk.run();
  CHECK(talk.finished());
}

TEST_CASE("a segment that a member altered is refused and the rest is taken", "[session]") {
  Street s;
  s.sari.admit(s.space, s.wati);
  s.wati.durable.spaces = s.sari.durable.spaces;
  s.sari.write(s.space, 2);
  for (auto& [id, log] : s.sari.durable.spaces.at(s.space).logs)
    if (log.name.which == LogKind::data) log.pieces.back().sealed.back() ^= 1;
  const auto more = s.sari.found("RT 004 Mekarsari");
  s.sari.admit(more, s.wati);
  s.wati.durable.spaces[more] = s.sari.durable.spaces[more];
  s.sari.write(more, 3);
  Talk talk(s.sari, s.wati);
  talk.run();
  REQUIRE(talk.finished());
  // Asked for once more, since something else of that answer could be used; then no more.
  REQUIRE(talk.there.refused().size() == 2);
  for (const auto& refused : talk.there.refused()) {
    CHECK(refused.error.code == Code::damaged);
    CHECK(refused.space == s.space);
  }
  CHECK(s.wati.data_txns(s.space) == 6);
  CHECK(s.wati.data_txns(more) == 3);
}

TEST_CASE("a receipt that its sender did not sign ends the session", "[session]") {
  Street s;
  s.sari.admit(s.space, s.wati);
  s.wati.durable.spaces = s.sari.durable.spaces;
  SeededRandom random(4);
  const auto key = s.psk();
  const auto own = box_of("Wati");
  auto session = Session::respond(s.sari, random, 0);
  Impostor impostor(session, key.view(), own);
  impostor.say_hello({key.view()});
  impostor.say(FrameType::judged, {0, 1});
  LinkHave lie;
  lie.receipt = sign_frontier(s.space, keys_of("Sari"), 99, {}, {});  // of another member
  impostor.say(FrameType::have, encode_have(0, lie));
  REQUIRE(session.state() == SessionState::failed);
  CHECK(session.failure()->code == Code::foreign);
}

}  // namespace rukun::test
