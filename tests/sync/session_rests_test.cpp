// Links that end in the middle of a segment: the next session goes on within it, whoever it is
// with, and nobody can make use of that.
#include <fstream>

#include "sync/limits.h"
#include "tests/support/catch.h"
#include "tests/sync/impostor.h"
#include "tests/sync/talk.h"

namespace rukun::test {

namespace {

constexpr std::size_t kLarge = 60'000;
// Shaking hands, asking, and the record that a link was cut in.
constexpr std::size_t kOfEachCut = kLinkRecord + 3'500;

// Bu Sari has one large segment that Pak Budi lacks.
struct GiverAndTaker {
  bool ready = crypto_ready();  // before any key is made
  Desk sari{"Sari"};
  Desk budi{"Pak Budi"};
  SpaceId space;

  GiverAndTaker() {
    REQUIRE(ready);
    space = sari.found("RT 003 Sukamaju");
    sari.admit(space, budi);
    budi.durable.spaces = sari.durable.spaces;
    sari.write_large(space, kLarge);
  }
  Secret psk() const {
    return link_psk(Secret::copy_of(sari.durable.spaces.at(space).epoch_keys.front()));
  }
  Bytes segment() const {
    for (const auto& [id, log] : sari.durable.spaces.at(space).logs)
      if (log.name.which == LogKind::data) return log.pieces.back().sealed;
    return {};
  }
  void begun(std::size_t size) {
    const auto whole = segment();
    budi.unfinished.keep({space, LinkItemKind::data,
                          Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))},
                         0);
  }
};

// Bytes of both directions.
std::size_t meet(Desk& from, Desk& to, std::uint64_t seed, std::size_t cut_after = Talk::kAll) {
  Talk talk(from, to, seed);
  talk.piece = 1'000;
  talk.cut_after = cut_after;
  talk.run();
  talk.close();
  if (cut_after == Talk::kAll) CHECK(talk.finished());
  CHECK(talk.here.refused().empty());
  CHECK(talk.there.refused().empty());
  return talk.to_there.size() + talk.to_here.size();
}

std::size_t uncut_size() {
  GiverAndTaker n;
  return meet(n.sari, n.budi, 1);
}

}  // namespace

TEST_CASE("a link that is cut anywhere costs little more than one that was not", "[session]") {
  const auto uncut = uncut_size();
  REQUIRE(uncut > kLarge / 2);
  const std::size_t stride = soaking() ? 17 : 997;
  for (std::size_t cut = 0; cut < uncut; cut += stride) {
    INFO("cut after " << cut << " of " << uncut);
    GiverAndTaker n;
    const bool sari_calls = cut % 2 == 0;
    auto& caller = sari_calls ? n.sari : n.budi;
    auto& other = sari_calls ? n.budi : n.sari;
    const auto size = meet(caller, other, 1, cut) + meet(caller, other, 5);
    CHECK(n.sari.story() == n.budi.story());
    CHECK(size <= uncut + uncut / 10 + kOfEachCut);
  }
}

TEST_CASE("a segment arrives over a link that never lives long enough for it", "[session]") {
  GiverAndTaker n;
  const auto uncut = uncut_size();
  std::size_t sum = 0, cuts = 0;
  while (n.budi.data_txns(n.space) == 0) {
    REQUIRE(++cuts < 40);
    sum += meet(n.sari, n.budi, cuts, 12'000);
  }
  CHECK(cuts > 4);
  sum += meet(n.sari, n.budi, 100);
  CHECK(n.sari.story() == n.budi.story());
  CHECK(sum <= uncut + uncut / 10 + (cuts + 1) * kOfEachCut);
}

TEST_CASE("another laptop that has the same segment gives the rest of it", "[session]") {
  GiverAndTaker n;
  Desk wati("Wati");
  n.sari.admit(n.space, wati);
  wati.durable.spaces = n.sari.durable.spaces;
  meet(n.sari, n.budi, 1, 40'000);
  CHECK(n.budi.data_txns(n.space) == 0);
  CHECK(meet(wati, n.budi, 2) < uncut_size() - 25'000);
  CHECK(n.budi.data_txns(n.space) == 1);
}

TEST_CASE("a beginning of something else is of no use and does no harm", "[session]") {
  GiverAndTaker n;
  const auto uncut = uncut_size();
  SECTION("other bytes") {
    n.budi.unfinished.keep({n.space, LinkItemKind::data, Bytes(30'000, 7)}, 0);
  }
  SECTION("bytes of a data log, kept for an authority log") {
    const auto whole = n.segment();
    n.budi.unfinished.keep(
        {n.space, LinkItemKind::authority, Bytes(whole.begin(), whole.begin() + 30'000)}, 0);
    n.sari.admit(n.space, Desk("Wati"));
  }
  SECTION("more than the whole") {
    auto whole = n.segment();
    whole.push_back(0);
    n.budi.unfinished.keep({n.space, LinkItemKind::data, whole}, 0);
  }
  SECTION("bytes of another neighborhood") {
    const auto other = id_of<SpaceId>("RT 004");
    const auto whole = n.segment();
    n.budi.unfinished.keep(
        {other, LinkItemKind::data, Bytes(whole.begin(), whole.begin() + 30'000)}, 0);
  }
  CHECK(meet(n.sari, n.budi, 1) >= uncut);
  CHECK(n.sari.story() == n.budi.story());
}

TEST_CASE("what was of no use in a session that ended well is forgotten, else it stays",
          "[session]") {
  GiverAndTaker n;
  n.budi.unfinished.keep({n.space, LinkItemKind::data, Bytes(30'000, 7)}, 0);
  SECTION("the segment came whole") {
    meet(n.sari, n.budi, 1);
    CHECK_FALSE(n.budi.unfinished.take(n.space, LinkItemKind::data, 0));
  }
  SECTION("the other had no data") {
    Desk wati("Wati");
    n.sari.admit(n.space, wati);
    auto& space = wati.durable.spaces[n.space] = n.sari.durable.spaces.at(n.space);
    std::erase_if(space.logs,
                  [](const auto& log) { return log.second.name.which == LogKind::data; });
    meet(wati, n.budi, 1);
    CHECK(n.budi.unfinished.take(n.space, LinkItemKind::data, 0));
  }
  SECTION("the link ended before anything came") {
    meet(n.sari, n.budi, 1, 2'000);
    CHECK(n.budi.unfinished.take(n.space, LinkItemKind::data, 0));
  }
}

TEST_CASE("rests that were not asked for end the session, false ones are refused", "[session]") {
  GiverAndTaker n;
  n.begun(20'000);
  SeededRandom random(4);
  const auto key = n.psk();
  const auto own = box_of("Sari");
  auto session = Session::respond(n.budi, random, 0);
  Impostor impostor(session, key.view(), own);
  impostor.say_hello({key.view()});
  impostor.say(FrameType::judged, {0, 1});
  const auto heard = impostor.listen();
  REQUIRE(std::count(heard.begin(), heard.end(), FrameType::kept) == 1);
  impostor.say(FrameType::totals, encode_totals(0, {1, 1, 50'000}));
  const auto rest = [&](FrameType type, std::size_t size, ByteView bytes) {
    auto body = encode_rest(0, {type, size, {}});
    append(body, bytes);
    impostor.say(FrameType::rest, body);
  };
  const auto whole = n.segment();
  SECTION("of another size") {
    rest(FrameType::data, 19'999, ByteView(whole).subspan(19'999));
    CHECK(session.state() == SessionState::failed);
  }
  SECTION("of a type of which nothing was told") {
    rest(FrameType::authority, 20'000, ByteView(whole).subspan(20'000));
    CHECK(session.state() == SessionState::failed);
  }
  SECTION("of a type that cannot go on") {
    rest(FrameType::receipt, 20'000, ByteView(whole).subspan(20'000));
    CHECK(session.state() == SessionState::failed);
  }
  SECTION("twice") {
    rest(FrameType::data, 20'000, ByteView(whole).subspan(20'000));
    CHECK(session.state() == SessionState::open);
    CHECK(session.refused().empty());
    rest(FrameType::data, 20'000, ByteView(whole).subspan(20'000));
    CHECK(session.state() == SessionState::failed);
    CHECK(n.budi.data_txns(n.space) == 1);
    return;
  }
  SECTION("of other bytes, or of none, or of far too many") {
    const std::size_t size = GENERATE(as<std::size_t>(), 0, 1, 40'000, limits::kSegmentSealed);
    rest(FrameType::data, 20'000, Bytes(size, 9));
    REQUIRE(session.state() == SessionState::open);
    REQUIRE(session.refused().size() == 1);
    CHECK(session.refused()[0].error.code == Code::damaged);
    CHECK(session.refused()[0].space == n.space);
  }
  CHECK(n.budi.data_txns(n.space) == 0);
  session.closed();
  for (auto& item : session.take_unfinished()) n.budi.unfinished.keep(std::move(item), 0);
  // Whatever it was, the honest neighbor's segment arrives.
  meet(n.sari, n.budi, 9);
  CHECK(n.sari.story() == n.budi.story());
}

TEST_CASE("a beginning is told once, and not to who is no member", "[session]") {
  GiverAndTaker n;
  n.begun(20'000);
  SeededRandom random(4);
  const auto key = n.psk();
  const auto stranger = box_of("nobody");
  auto session = Session::respond(n.budi, random, 0);
  Impostor impostor(session, key.view(), stranger);
  impostor.say_hello({key.view()});
  impostor.say(FrameType::judged, {0, 1});
  const auto heard = impostor.listen();
  CHECK(std::count(heard.begin(), heard.end(), FrameType::kept) == 0);
  const Beginning beginning{FrameType::data, 500, id_of<PrefixHash>("any")};
  impostor.say(FrameType::kept, encode_kept(0, beginning));
  CHECK(session.state() == SessionState::open);
  SECTION("a second one") {
    impostor.say(FrameType::kept, encode_kept(0, beginning));
    CHECK(session.state() == SessionState::failed);
  }
  SECTION("one of a neighborhood that is not shared") {
    impostor.say(FrameType::kept, encode_kept(8, beginning));
    CHECK(session.state() == SessionState::failed);
  }
  SECTION("one that is larger than any segment") {
    impostor.say(FrameType::kept,
                 encode_kept(0, {FrameType::authority, limits::kSegmentSealed + 1, {}}));
    CHECK(session.state() == SessionState::failed);
  }
}

TEST_CASE("beginnings are remembered for an hour, a few of them, one for each log kind",
          "[session]") {
  UnfinishedMemory memory;
  const auto space = [](std::size_t i) { return id_of<SpaceId>("RT " + std::to_string(i)); };
  memory.keep({space(0), LinkItemKind::data, Bytes(100, 1)}, 0);
  memory.keep({space(0), LinkItemKind::data, Bytes(50, 2)}, 10);
  CHECK_FALSE(memory.take(space(0), LinkItemKind::authority, 10));
  CHECK_FALSE(memory.take(space(1), LinkItemKind::data, 10));
  CHECK(memory.take(space(0), LinkItemKind::data, 10) == Bytes(50, 2));
  CHECK_FALSE(memory.take(space(0), LinkItemKind::data, 10));

  memory.keep({space(0), LinkItemKind::data, Bytes(100, 1)}, 1'000);
  CHECK_FALSE(memory.take(space(0), LinkItemKind::data, 3'601'000));
  memory.keep({space(0), LinkItemKind::data, Bytes(limits::kSegmentSealed + 1, 1)}, 1'000);
  CHECK_FALSE(memory.take(space(0), LinkItemKind::data, 1'000));

  for (std::size_t i = 0; i <= limits::kLinkKept; ++i)
    memory.keep({space(i), LinkItemKind::data, Bytes(100, 1)}, 1'000);
  CHECK_FALSE(memory.take(space(0), LinkItemKind::data, 1'000));
  CHECK(memory.take(space(1), LinkItemKind::data, 1'000));
}

TEST_CASE("beginnings and rests of version 1 are the same bytes for ever", "[session][golden]") {
  REQUIRE(crypto_ready());
  const auto beginning = Bytes(300, 5);
  const Beginning told{FrameType::data, beginning.size(), prefix_hash(beginning)};
  Bytes frames;
  append_frame(frames, FrameType::kept, encode_kept(2, told));
  auto rest = encode_rest(2, told);
  append(rest, Bytes{1, 2, 3});
  append_frame(frames, FrameType::rest, rest);

  std::ifstream in(std::string(RUKUN_SOURCE_DIR) + "/tests/golden/sync/link_rest_frames.hex");
  std::string kept;
  in >> kept;
  CHECK(to_hex(frames) == kept);

  FrameReader reader;
  append(reader.buffer(), frames);
  const auto first = reader.next(limits::kLinkItem, limits::kLinkHave);
  REQUIRE((first && *first));
  Reader kept_in((*first)->body);
  CHECK(kept_in.varint() == 2);
  const auto read = decode_kept(kept_in);
  REQUIRE(read);
  CHECK(read->hash == told.hash);
  CHECK(read->size == 300);
  const auto second = reader.next(limits::kLinkItem, limits::kLinkHave);
  REQUIRE((second && *second));
  Reader rest_in((*second)->body);
  CHECK(rest_in.varint() == 2);
  const auto rest_read = decode_rest(rest_in);
  REQUIRE(rest_read);
  CHECK(rest_read->type == FrameType::data);
  CHECK(rest_read->size == 300);
  CHECK(Bytes(rest_read->bytes.begin(), rest_read->bytes.end()) == Bytes{1, 2, 3});
}

}  // namespace rukun::test
