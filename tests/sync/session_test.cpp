// Sessions between laptops that are members: whatever the stream does, both end up with the same,
// or with what they had and an error that says so.
#include "sync/session.h"

#include <fstream>

#include "sync/limits.h"
#include "sync/session_wire.h"
#include "tests/support/catch.h"
#include "tests/sync/talk.h"

namespace rukun::test {

namespace {

// Two members of one neighborhood; each has written something that the other lacks.
struct Neighbors {
  bool ready = crypto_ready();  // before any key is made
  Desk sari{"Sari"};
  Desk budi{"Pak Budi"};
  SpaceId space;

  Neighbors() {
    REQUIRE(ready);
    space = sari.found("RT 003 Sukamaju");
    sari.admit(space, budi);
    budi.durable.spaces = sari.durable.spaces;
    sari.write(space, 5);
    sari.write(space, 3);
    budi.write(space, 4);
  }
};

void expect_equal(const Desk& a, const Desk& b) {
  CHECK(a.story() == b.story());
  CHECK(!a.story().empty());
}

}  // namespace

TEST_CASE("two members give each other what they lack and both know the end", "[session]") {
  Neighbors n;
  Talk talk(n.sari, n.budi);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(talk.here.over());
  CHECK(talk.there.over());
  CHECK(talk.here.peer() == n.budi.link_identity().key);
  CHECK(talk.there.peer() == n.sari.link_identity().key);
  expect_equal(n.sari, n.budi);
  CHECK(n.budi.data_txns(n.space) == 12);
  CHECK(talk.here.progress().sent.transactions == 8);
  CHECK(talk.here.progress().to_send.transactions == 8);
  CHECK(talk.there.progress().received.transactions == 8);
  CHECK(talk.there.progress().to_receive.transactions == 8);
  CHECK(talk.here.progress().received.transactions == 4);
  REQUIRE(talk.here.shared().size() == 1);
  CHECK(talk.here.shared()[0].peer_is_member);
  CHECK(talk.here.shared()[0].known_to_peer);
  CHECK(talk.here.refused().empty());
}

TEST_CASE("each side ends with the other's receipt for everything", "[session]") {
  Neighbors n;
  Talk talk(n.sari, n.budi);
  talk.run();
  REQUIRE(talk.finished());
  const auto check = [&](const Desk& desk, std::string_view other) {
    const auto& receipts = desk.durable.spaces.at(n.space).receipts;
    const auto found = receipts.find(member_id(keys_of(other).key));
    REQUIRE(found != receipts.end());
    Seq data = 0;
    for (const auto& head : found->second.frontier.heads) data += head.seq;
    CHECK(data == 8 + 4 + 1 + 1);  // and the root's act and the admission
  };
  check(n.sari, "Pak Budi");
  check(n.budi, "Sari");
}

TEST_CASE("a second session gives nothing again", "[session]") {
  Neighbors n;
  Talk(n.sari, n.budi).run();
  const auto before = n.sari.pulled + n.budi.pulled;
  Talk talk(n.sari, n.budi, 7);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(n.sari.pulled + n.budi.pulled == before);
  CHECK(talk.to_here.size() + talk.to_there.size() < 2500);
}

TEST_CASE("a stream that brings one byte at a time changes nothing", "[session]") {
  Neighbors n;
  Talk talk(n.sari, n.budi);
  talk.piece = GENERATE(as<std::size_t>(), 1, 2, 3, 17, 1000);
  talk.run();
  CHECK(talk.finished());
  expect_equal(n.sari, n.budi);
}

TEST_CASE("a stream cut at any byte loses nothing, and the next session goes on", "[session]") {
  Neighbors whole;
  Talk uncut(whole.sari, whole.budi);
  uncut.piece = 64;
  uncut.run();
  const auto size = uncut.to_there.size() + uncut.to_here.size();
  std::size_t cuts_with_progress = 0;
  const std::size_t stride = soaking() ? 1 : 23;
  for (std::size_t cut = 0; cut < size; cut += stride) {
    INFO("cut after " << cut << " of " << size);
    Neighbors n;
    Talk talk(n.sari, n.budi);
    talk.piece = 64;
    talk.cut_after = cut;
    talk.run();
    talk.close();
    // At least one side misses the end, and says so.
    CHECK(!talk.finished());
    for (const auto* session : {&talk.here, &talk.there})
      if (session->state() != SessionState::finished) CHECK(session->failure()->code == Code::io);
    CHECK(n.budi.data_txns(n.space) >= 4);
    CHECK(n.sari.data_txns(n.space) >= 8);
    cuts_with_progress += n.budi.data_txns(n.space) > 4 ? 1 : 0;
    Talk again(n.sari, n.budi, 5);
    again.run();
    REQUIRE(again.finished());
    CHECK(n.sari.story() == whole.sari.story());
    CHECK(n.budi.story() == whole.sari.story());
  }
  CHECK(cuts_with_progress > 0);
}

TEST_CASE("an altered byte ends the session and nothing wrong is taken", "[session]") {
  Neighbors whole;
  Talk unaltered(whole.sari, whole.budi);
  unaltered.run();
  const std::size_t stride = soaking() ? 1 : 19;
  for (std::size_t at = 0; at < unaltered.to_there.size(); at += stride) {
    INFO("byte " << at);
    Neighbors n;
    Talk talk(n.sari, n.budi);
    talk.alter = at;
    talk.run();
    talk.close();
    REQUIRE(talk.there.state() == SessionState::failed);
    CHECK(talk.there.refused().empty());
    CHECK(talk.here.state() == SessionState::failed);
    Talk again(n.sari, n.budi, 5);
    again.run();
    REQUIRE(again.finished());
    CHECK(n.budi.story() == whole.sari.story());
  }
}

TEST_CASE("a stranger gets no byte", "[session]") {
  Neighbors n;
  Desk thief("a thief");
  thief.found("a neighborhood of his own");
  Talk talk(thief, n.budi);
  talk.run();
  CHECK(talk.to_here.empty());
  CHECK(talk.there.state() == SessionState::failed);
  CHECK(talk.there.silent());
  CHECK(talk.there.over());
  CHECK(talk.there.failure()->code == Code::foreign);

  SeededRandom random(3);
  for (const auto& first : {Bytes(2, 0), Bytes{0, 47}, Bytes{0xff, 0xff}, Bytes(200, 0x30)}) {
    auto session = Session::respond(n.budi, random, 0);
    session.receive(first, 0);
    CHECK(session.state() == SessionState::failed);
    CHECK(session.ready(0).empty());
    CHECK(session.silent());
  }
}

TEST_CASE("a recorded first message gets no answer when it is repeated", "[session]") {
  Neighbors n;
  Talk talk(n.sari, n.budi);
  talk.run();
  REQUIRE(talk.finished());
  SeededRandom random(3);
  auto repeated = Session::respond(n.budi, random, 0);
  repeated.receive(talk.to_there, 0);
  CHECK(repeated.state() == SessionState::failed);
  CHECK(repeated.ready(0).empty());
  CHECK(repeated.silent());
}

TEST_CASE("a session that ends without farewell is not taken for whole", "[session]") {
  Neighbors n;
  Talk talk(n.sari, n.budi);
  talk.piece = 40;
  while (n.budi.data_txns(n.space) != 12 && talk.step()) {
  }
  talk.close();
  CHECK(n.budi.data_txns(n.space) == 12);
  REQUIRE(talk.there.state() == SessionState::failed);
  CHECK(talk.there.failure()->message == "the link ended before both sides were done");
}

TEST_CASE("silence ends a session, signs of life keep it", "[session]") {
  Neighbors n;
  SECTION("in the handshake") {
    Talk talk(n.sari, n.budi);
    talk.there.tick(9'999);
    CHECK(talk.there.state() == SessionState::handshake);
    talk.there.tick(10'000);
    CHECK(talk.there.state() == SessionState::failed);
    CHECK(talk.there.ready(10'000).empty());
  }
  SECTION("later") {
    Talk talk(n.sari, n.budi);
    for (int i = 0; i < 3; ++i) talk.step();
    REQUIRE(talk.here.state() == SessionState::open);
    talk.here.tick(59'999);
    CHECK(talk.here.state() == SessionState::open);
    talk.here.tick(60'000);
    CHECK(talk.here.state() == SessionState::failed);
  }
  SECTION("with signs of life, but nothing else, it lasts minutes") {
    Talk talk(n.sari, n.budi);
    for (int i = 0; i < 2; ++i) talk.step();
    REQUIRE(talk.there.state() == SessionState::open);
    // Nothing that Bu Sari says arrives but what keeps the link alive.
    Talk idle(n.sari, n.budi, 9);
    idle.piece = 160;
    for (int i = 0; i < 3; ++i) idle.step();
    REQUIRE(idle.here.state() == SessionState::open);
    std::size_t alive = 0;
    for (std::int64_t now = 0; now < 61'000; now += 1'000) {
      const auto ready = idle.here.ready(now);
      idle.here.sent(ready.size());
      idle.here.tick(now);
      alive += ready.empty() ? 0 : 1;
    }
    CHECK(alive >= 3);
    CHECK(idle.here.state() == SessionState::failed);  // its own peer said nothing
  }
}

TEST_CASE("what cannot be kept ends the session and is forgotten", "[session]") {
  Neighbors n;
  n.budi.disk_failure = Error{Code::full, "the disk is full", ""};
  Talk talk(n.sari, n.budi);
  talk.run();
  talk.close();
  REQUIRE(talk.there.state() == SessionState::failed);
  CHECK(talk.there.failure()->code == Code::full);
  CHECK(n.budi.data_txns(n.space) == 4);
  Talk again(n.sari, n.budi, 5);
  again.run();
  CHECK(again.finished());
  expect_equal(n.sari, n.budi);
}

TEST_CASE("two neighborhoods go in one session, and a third stays unmentioned", "[session]") {
  Neighbors n;
  const auto both = n.sari.found("RT 004 Mekarsari");
  n.sari.admit(both, n.budi);
  n.budi.durable.spaces[both] = n.sari.durable.spaces[both];
  n.sari.write(both, 2);
  n.sari.found("RT 005 Sari only");
  n.budi.found("RT 006 Budi only");
  Talk talk(n.sari, n.budi);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(talk.here.shared().size() == 2);
  CHECK(talk.there.shared().size() == 2);
  CHECK(n.budi.data_txns(both) == 2);
  CHECK(n.budi.data_txns(n.space) == 12);
  CHECK(n.budi.durable.spaces.size() == 3);
}

TEST_CASE("an older epoch that both still hold is enough", "[session]") {
  Neighbors n;
  n.sari.new_epoch(n.space, "a newer key");
  Talk talk(n.budi, n.sari);
  talk.run();
  REQUIRE(talk.finished());
  CHECK(talk.here.shared().size() == 1);
  expect_equal(n.sari, n.budi);
  // Both hold both now: still one neighborhood, once.
  n.budi.new_epoch(n.space, "a newer key");
  n.sari.write(n.space, 1);
  Talk again(n.sari, n.budi, 6);
  again.run();
  REQUIRE(again.finished());
  CHECK(again.here.shared().size() == 1);
  expect_equal(n.sari, n.budi);
}

TEST_CASE("memory stays bounded when much is sent to a slow reader", "[session]") {
  Neighbors n;
  for (int i = 0; i < 24; ++i) n.sari.write_large(n.space, 900 * 1024);
  Talk talk(n.sari, n.budi);
  SECTION("the reader's link is slow") {
    talk.piece = 50'000;
    talk.run();
    REQUIRE(talk.finished());
    expect_equal(n.sari, n.budi);
    CHECK(talk.to_there.size() > 16 * 1024 * 1024);
    CHECK(talk.most_held < 4 * 1024 * 1024);
    CHECK(n.budi.commits >= 10);
  }
  SECTION("the reader never says that it has room again") {
    for (int i = 0; i < 5; ++i) talk.step();
    std::size_t sent = 0;
    const auto pulled = n.sari.pulled;
    for (;;) {
      const auto ready = talk.here.ready(0);
      if (ready.empty()) break;
      sent += ready.size();
      talk.here.sent(ready.size());
    }
    CHECK(sent > limits::kLinkWindow / 2);
    CHECK(sent < limits::kLinkWindow + 128 * 1024);
    CHECK(n.sari.pulled - pulled < 15);
    CHECK(talk.here.held_bytes() < 2 * 1024 * 1024);
  }
}

TEST_CASE("frames of version 1 are the same bytes for ever", "[session][golden]") {
  REQUIRE(crypto_ready());
  Bytes frames;
  Hello hello{kLinkVersion, {7}, {id_of<LinkTag>("one"), id_of<LinkTag>("two")}};
  append_frame(frames, FrameType::hello, encode_hello(hello));
  LinkHave heads;
  heads.heads.heads = {{log_of("Sari").id(), 300, id_of<TxnHash>("head")}};
  heads.envelopes = {id_of<TxnTag>("envelope")};
  append_frame(frames, FrameType::have, encode_have(2, heads));
  LinkHave receipt;
  receipt.receipt = sign_frontier(sukamaju(), keys_of("Sari"), 5, {1'795'500'000'000}, heads.heads);
  receipt.receipts = {{member_id(keys_of("Pak Budi").key), 300}};
  append_frame(frames, FrameType::have, encode_have(0, receipt));
  append_frame(frames, FrameType::totals, encode_totals(2, {3, 400, 50'000}));

  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/tests/golden/sync/link_frames.hex");
  std::string kept;
  in >> kept;
  CHECK(to_hex(frames) == kept);

  FrameReader reader;
  append(reader.buffer(), frames);
  for (const auto* have : {&heads, &receipt}) {
    std::optional<Frame> frame;
    while (!frame || frame->type != static_cast<std::uint8_t>(FrameType::have)) {
      const auto next = reader.next(limits::kLinkItem, limits::kLinkHave);
      REQUIRE((next && *next));
      frame = **next;
    }
    Reader body(frame->body);
    body.varint();
    const auto read = decode_have(body);
    REQUIRE(read);
    CHECK(read->receipt == have->receipt);
    CHECK(read->heads == heads.heads);
    CHECK(read->envelopes == have->envelopes);
    CHECK(read->receipts == have->receipts);
  }
}

TEST_CASE("tags of a session name keys to who holds them and to nobody else", "[session]") {
  REQUIRE(crypto_ready());
  const auto key = id_of<TxnHash>("psk");
  const auto hash = id_of<TxnHash>("handshake");
  const auto tag = link_tag(key, hash, NoiseRole::initiator);
  CHECK(tag != link_tag(key, hash, NoiseRole::responder));  // so that it cannot be sent back
  CHECK(tag != link_tag(key, id_of<TxnHash>("next session"), NoiseRole::initiator));
  CHECK(tag != link_tag(id_of<TxnHash>("other"), hash, NoiseRole::initiator));
}

}  // namespace rukun::test
