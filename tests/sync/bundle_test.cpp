#include "sync/bundle.h"

#include "sync/envelope.h"
#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
const EpochKeys kKeys = [](const EpochId& id) -> const Secret* {
  static const Secret key = epoch_key();
  return id == epoch_id(key) ? &key : nullptr;
};

Sink into(Bytes& out) {
  return [&out](ByteView bytes) {
    append(out, bytes);
    return Status();
  };
}

// Gives at most `step` bytes at a time.
Source from(ByteView bytes, std::size_t step) {
  return [bytes, step, at = std::size_t{0}](std::span<std::uint8_t> to) mutable {
    const auto size = std::min({step, to.size(), bytes.size() - at});
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, to.begin());
    at += size;
    return Result<std::size_t>(size);
  };
}

struct Taken {
  std::vector<Chunk> chunks;
  std::optional<Error> error;
  bool ends_hold = true;  // every end chunk seals what came before it
};

Taken take(ByteView bytes, std::size_t step = 1 << 16, const SpaceId& space = sukamaju()) {
  Taken out;
  BundleReader reader(from(bytes, step));
  for (;;) {
    auto chunk = reader.next();
    if (!chunk) {
      out.error = chunk.error();
      return out;
    }
    if (!*chunk) return out;
    if ((*chunk)->type == ChunkType::end && !reader.check_end(**chunk, space, kKeys))
      out.ends_hold = false;
    out.chunks.push_back(std::move(**chunk));
  }
}

SignedFrontier receipt() {
  Frontier frontier;
  advance(frontier, {}, {log_of("Sari").id(), 3, id_of<TxnHash>("third")});
  return sign_frontier(sukamaju(), keys_of("Sari"), 4, {1'795'500'000'000}, frontier);
}

void write_section(BundleWriter& writer, const SpaceId& space, std::size_t segment_size = 40) {
  const auto key = epoch_key();
  REQUIRE(writer.begin_space(space));
  REQUIRE(writer.envelope(Bytes(20, 1)));
  REQUIRE(writer.segment(Bytes(segment_size, 2)));
  if (space == sukamaju()) REQUIRE(writer.frontier(receipt(), epoch_id(key), key));
  REQUIRE(writer.end_space(epoch_id(key), key));
}

Bytes bundle(std::size_t segment_size = 40) {
  REQUIRE(crypto_ready());
  Bytes out;
  SeededRandom random(1);
  BundleWriter writer(into(out), random);
  write_section(writer, sukamaju(), segment_size);
  REQUIRE(writer.finish());
  CHECK(writer.bytes() == out.size());
  return out;
}

std::vector<ChunkType> types_of(const Taken& taken) {
  std::vector<ChunkType> out;
  for (const auto& chunk : taken.chunks) out.push_back(chunk.type);
  return out;
}
const std::vector<ChunkType> kWhole{ChunkType::space, ChunkType::envelope, ChunkType::segment,
                                    ChunkType::frontier, ChunkType::end};
}  // namespace

TEST_CASE("a bundle comes out as it went in, read in pieces of any size", "[bundle]") {
  const auto bytes = bundle(300);
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
    const auto taken = take(bytes, step);
    CHECK_FALSE(taken.error);
    CHECK(taken.ends_hold);
    REQUIRE(types_of(taken) == kWhole);
    CHECK(FolderTag::from(taken.chunks[0].bytes) == space_tag(sukamaju()));
    CHECK(taken.chunks[2].bytes == Bytes(300, 2));
    const auto frontier = open_frontier_chunk(taken.chunks[3].bytes, sukamaju(), kKeys);
    REQUIRE(frontier);
    CHECK(frontier->counter == 4);
  }
}

TEST_CASE("a bundle cut at any byte gives exactly the whole chunks before the cut", "[bundle]") {
  const auto bytes = bundle();
  const auto whole = take(bytes).chunks;
  std::vector<std::uint64_t> ends;
  for (std::size_t i = 0; i + 1 < whole.size(); ++i) ends.push_back(whole[i + 1].offset);
  ends.push_back(whole.back().offset + 2 + whole.back().bytes.size());
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    CAPTURE(cut);
    const auto taken = take(ByteView(bytes).first(cut), 13);
    const auto intact = static_cast<std::size_t>(
        std::count_if(ends.begin(), ends.end(), [&](std::uint64_t end) { return end <= cut; }));
    REQUIRE(taken.chunks.size() == intact);
    for (std::size_t i = 0; i < intact; ++i) CHECK(taken.chunks[i].bytes == whole[i].bytes);
    // Also where nothing but padding is cut off: so a cut between two sections is seen as well.
    CHECK(taken.error);
  }
}

TEST_CASE("a changed byte never passes for the bundle that was written", "[bundle]") {
  const auto bytes = bundle();
  const auto whole = take(bytes).chunks;
  const auto padding = whole.back().offset + 2 + whole.back().bytes.size();
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (unsigned bit = 0; bit < 8; ++bit) {
      CAPTURE(at, bit);
      auto flipped = bytes;
      flipped[at] ^= static_cast<std::uint8_t>(1U << bit);
      const auto taken = take(flipped);
      const bool whole_again = !taken.error && taken.ends_hold && types_of(taken) == kWhole;
      // A smaller size of the padding leaves zeros behind it, which are padding as well.
      if (at != padding + 1) CHECK_FALSE(whole_again);
    }
}

TEST_CASE("a chunk left out, doubled or moved is seen at the end", "[bundle]") {
  const auto bytes = bundle();
  const auto whole = take(bytes).chunks;
  const auto piece = [&](std::size_t i) {
    const auto end = i + 1 < whole.size() ? whole[i + 1].offset : bytes.size();
    return ByteView(bytes).subspan(whole[i].offset, end - whole[i].offset);
  };
  const auto with = [&](const std::vector<std::size_t>& order) {
    Bytes out(bytes.begin(), bytes.begin() + 8);
    for (const auto i : order) append(out, piece(i));
    return take(out);
  };
  CHECK(with({0, 1, 2, 3, 4}).ends_hold);
  CHECK_FALSE(with({0, 1, 3, 4}).ends_hold);
  CHECK_FALSE(with({0, 1, 2, 2, 3, 4}).ends_hold);
  CHECK_FALSE(with({0, 2, 1, 3, 4}).ends_hold);
  CHECK(with({0, 1, 2}).error.has_value());
}

TEST_CASE("a bundle may carry two neighborhoods, each with an end of its own", "[bundle]") {
  REQUIRE(crypto_ready());
  const auto other = id_of<SpaceId>("RT 004");
  Bytes bytes;
  SeededRandom random(1);
  BundleWriter writer(into(bytes), random);
  write_section(writer, sukamaju());
  write_section(writer, other);
  REQUIRE(writer.finish());
  BundleReader reader(from(bytes, 100));
  std::vector<SpaceId> ended;
  SpaceId space;
  for (;;) {
    const auto chunk = reader.next();
    REQUIRE(chunk);
    if (!*chunk) break;
    if ((*chunk)->type == ChunkType::space)
      space = FolderTag::from((*chunk)->bytes) == space_tag(other) ? other : sukamaju();
    if ((*chunk)->type != ChunkType::end) continue;
    CHECK(reader.check_end(**chunk, space, kKeys));
    CHECK_FALSE(reader.check_end(**chunk, id_of<SpaceId>("RT 005"), kKeys));
    ended.push_back(space);
  }
  CHECK(ended == std::vector<SpaceId>{sukamaju(), other});
}

TEST_CASE("chunks of a newer version are passed over and counted, as the protocol says",
          "[bundle]") {
  REQUIRE(crypto_ready());
  // Written here by hand from PROTOCOL.md, so that the page and the code are held together.
  Bytes bytes(8);
  std::copy_n(view("RUKUN-B1").begin(), 8, bytes.begin());
  TxnHash chain;
  const auto put = [&](std::uint8_t type, ByteView content) {
    bytes.push_back(type);
    Writer size;
    size.varint(content.size());
    append(bytes, size.out);
    append(bytes, content);
    Bytes link(chain.bytes.begin(), chain.bytes.end());
    link.push_back(type);
    append(link, hash_to<TxnHash>(Label("rukun/bundle/1"), content));
    chain = hash_to<TxnHash>(Label("rukun/bundle/1"), link);
  };
  const auto key = epoch_key();
  SpaceId space = sukamaju();
  put(1, hash_keyed_to<FolderTag>(Label("rukun/tag-spc/1"), space, {}));
  put(9, Bytes(200, 9));
  put(3, Bytes(5, 3));
  SeededRandom random(1);
  Bytes end;
  append(end, epoch_id(key));
  seal_append(end, derive(key.view(), Label("rukun/endkey/1"), {}).view(), chain, space, random);
  put(5, end);
  append(bytes, Bytes{0, 0});
  const auto taken = take(bytes);
  CHECK_FALSE(taken.error);
  CHECK(taken.ends_hold);
  CHECK(types_of(taken) ==
        std::vector<ChunkType>{ChunkType::space, ChunkType::segment, ChunkType::end});
}

TEST_CASE("a bundle's size is always one that Padme gives", "[bundle]") {
  CHECK(padme(0) == 0);
  CHECK(padme(9) == 10);
  CHECK(padme(1000) == 1024);
  for (std::uint64_t size = 1; size < 5000; ++size) {
    CHECK(padme(size) >= size);
    CHECK(padme(padme(size)) == padme(size));
    CHECK(padme(size) * 100 <= size * 112 + 200);
  }
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto sized = [&](std::size_t content) {
    std::uint64_t size = 0;
    BundleWriter writer(
        [&](ByteView bytes) {
          size += bytes.size();
          return Status();
        },
        random);
    REQUIRE(writer.begin_space(sukamaju()));
    REQUIRE(writer.segment(Bytes(content, 1)));
    REQUIRE(writer.finish());
    return size;
  };
  for (std::size_t content = 0; content < 6000; content += content < 600 ? 1 : 7) {
    const auto size = sized(content);
    CAPTURE(content);
    CHECK(padme(size) == size);
  }
  for (std::size_t content = 0; content < 40; ++content) {
    const auto size = sized(600'000 + content * 797);
    CHECK(padme(size) == size);
  }
}

TEST_CASE("what is no bundle, or too large a chunk, is said with its place", "[bundle]") {
  const auto letter = take(view("a letter to the neighbors"));
  REQUIRE(letter.error);
  CHECK(letter.error->code == Code::foreign);
  Bytes large(8);
  std::copy_n(view("RUKUN-B1").begin(), 8, large.begin());
  append(large, Bytes{3, 0xff, 0xff, 0xff, 0x7f});
  const auto too_large = take(large);
  REQUIRE(too_large.error);
  CHECK(too_large.error->code == Code::damaged);
  CHECK(too_large.error->message.find("byte 8") != std::string::npos);
  large.resize(8);
  append(large, Bytes{3, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80});
  CHECK(take(large).error->code == Code::damaged);
  large.resize(8);
  append(large, Bytes{0, 0x80, 0x00});
  CHECK(take(large).error->code == Code::damaged);
  SeededRandom random(1);
  Bytes out;
  BundleWriter writer(into(out), random);
  CHECK_FALSE(writer.segment(Bytes(limits::kChunk + 1)));
}

TEST_CASE("a source that fails says so, and what came before counts", "[bundle]") {
  const auto bytes = bundle(100'000);
  std::size_t given = 0;
  BundleReader reader([&](std::span<std::uint8_t> to) -> Result<std::size_t> {
    if (given >= 65'536) return error(Code::io, "the stick was pulled");
    const auto size = std::min(to.size(), bytes.size() - given);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(given), size, to.begin());
    given += size;
    return size;
  });
  CHECK(reader.next());
  CHECK(reader.next());
  const auto failed = reader.next();
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Code::io);
}

TEST_CASE("a receipt in a bundle is its signer's, in its own space", "[bundle]") {
  REQUIRE(crypto_ready());
  const auto key = epoch_key();
  SeededRandom random(1);
  auto forged = receipt();
  forged.counter = 99;
  CHECK_FALSE(open_frontier_chunk(seal_frontier_chunk(forged, epoch_id(key), key, random),
                                  sukamaju(), kKeys));
  const auto sound = seal_frontier_chunk(receipt(), epoch_id(key), key, random);
  CHECK(open_frontier_chunk(sound, sukamaju(), kKeys));
  CHECK_FALSE(open_frontier_chunk(sound, id_of<SpaceId>("RT 004"), kKeys));
  for (std::size_t cut = 0; cut < sound.size(); ++cut)
    CHECK_FALSE(open_frontier_chunk(ByteView(sound).first(cut), sukamaju(), kKeys));
}

}  // namespace rukun::test
