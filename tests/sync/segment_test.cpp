#include "sync/segment.h"

#include "sync/run_codec.h"
#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
const EpochId kEpoch = id_of<EpochId>("the epoch");

EpochKeys keys_for(const EpochId& epoch, const Secret& key) {
  return [&](const EpochId& id) -> const Secret* { return id == epoch ? &key : nullptr; };
}

Bytes sealed(const Run& run, std::uint64_t seed = 1) {
  REQUIRE(crypto_ready());
  SegmentCodec codec;
  SeededRandom random(seed);
  auto out = codec.seal(run, kEpoch, epoch_key(), 1, random);
  REQUIRE(out);
  return std::move(*out);
}

Result<OpenedRun> opened(ByteView segment, const SpaceId& space = sukamaju()) {
  SegmentCodec codec;
  const auto key = epoch_key();
  return codec.open(segment, space, keys_for(kEpoch, key));
}

Result<Run> columns_and_back(const Run& run) {
  ColumnWriter out;
  write_run(out, run);
  TRY(auto back, read_run(out.out.out, run.name.space, run.first, run.last()));
  TRY_VOID(compute_hashes(back));
  return back;
}
}  // namespace

TEST_CASE("any honest run survives being sealed and opened", "[segment]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Diary sari("Sari", seed);
    sari.with_newer_parts = seed % 2 == 0;
    const Run run = sari.write(1 + seed * 4);
    const auto segment = sealed(run);
    const auto header = read_segment_header(segment);
    REQUIRE(header);
    CHECK(header->first == 1);
    CHECK(header->last == run.last());
    CHECK(header->end == run.end());
    auto back = opened(segment);
    REQUIRE(back);
    const auto verified = verify(std::move(*back));
    REQUIRE(verified);
    CHECK(story_of(verified->run()) == story_of(run));
    CHECK(verified->run().signatures.size() == run.signatures.size());
    // And what was opened can be cut and sent on.
    const auto tail = after(verified->run(), run.last() / 2);
    auto tail_back = opened(sealed(tail));
    REQUIRE(tail_back);
    const auto tail_verified = verify(std::move(*tail_back));
    REQUIRE(tail_verified);
    CHECK(story_of(tail_verified->run()) == story_of(tail));
  }
}

TEST_CASE("an authority log carries acts and nothing else", "[segment]") {
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Pak Budi", LogKind::authority), {});
  Draft draft;
  draft.stamp = {kMorning, false};
  for (KindId number : {KindId{1}, KindId{2}, KindId{0x9000}}) {
    Part act;
    act.ref = RefType::act;
    act.kind = number;
    act.opaque = Bytes(number % 50, 7);
    draft.parts.push_back(act);
  }
  append(run, draft);
  sign_end(run, keys_of("Pak Budi"));
  const auto back = opened(sealed(run));
  REQUIRE(back);
  CHECK(story_of(back->run()) == story_of(run));

  Run data = empty_run(log_of("Pak Budi"), {});
  append(data, draft);
  sign_end(data, keys_of("Pak Budi"));
  CHECK_FALSE(opened(sealed(data)));
}

TEST_CASE("operations of a newer version are kept, passed on and become rows once readable",
          "[segment]") {
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  draft.stamp = {kMorning, false};
  Part newer;
  newer.ref = RefType::fresh;
  newer.kind = 3;
  newer.salt = id_of<Salt>("salt");
  newer.opaque = {1, 3, 9, 0, 0};
  // What this version can read, but some older one had to keep as bytes.
  Part readable = newer;
  const std::vector<Op> ops{
      {1, OpType::put, {{log_of("Wati").id(), 3, id_of<TxnTag>("w")}}, std::string("Beras")},
      {2, OpType::put, {}, id_of<RecordId>("house")}};
  readable.opaque = canonical_ops(ops, run.log);
  draft.parts = {newer, readable};
  append(run, draft);
  sign_end(run, keys_of("Sari"));

  auto back = opened(sealed(run));
  REQUIRE(back);
  const Run& read = back->run();
  CHECK(read.end() == run.end());
  CHECK(read.parts[0].opaque);
  CHECK(part_of(read, 0).opaque == newer.opaque);
  CHECK_FALSE(read.parts[1].opaque);
  CHECK(canonical_ops(part_of(read, 1).ops, run.log) == readable.opaque);
  auto again = opened(sealed(read));
  REQUIRE(again);
  CHECK(story_of(again->run()) == story_of(read));
}

TEST_CASE("a stub keeps its transaction's hash, and is refused from outside", "[segment]") {
  Diary sari("Sari", 3);
  Run run = sari.write(10);
  const auto end = run.end();
  for (std::size_t p = 0; p < run.parts.size(); p += 3) {
    run.parts[p].stub = true;
    run.parts[p].op_count = 0;
  }
  auto back = opened(sealed(run));
  REQUIRE(back);
  CHECK(back->run().end() == end);
  CHECK(story_of(back->run()) == story_of(run));
  const auto refused = verify(std::move(*back));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::damaged);
  auto own = opened(sealed(run));
  REQUIRE(own);
  CHECK(verify(std::move(*own), [](const RecordId&) { return true; }));
}

TEST_CASE("a segment opens only with its key and in its space", "[segment]") {
  Diary sari("Sari", 1);
  const auto segment = sealed(sari.write(3));
  SegmentCodec codec;
  const auto key = epoch_key();
  const auto unknown = codec.open(segment, sukamaju(), keys_for(id_of<EpochId>("another"), key));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == Code::foreign);
  const auto wrong = Secret::copy_of(id_of<TxnHash>("another key"));
  CHECK_FALSE(codec.open(segment, sukamaju(), keys_for(kEpoch, wrong)));
  CHECK_FALSE(opened(segment, id_of<SpaceId>("another space")));
}

TEST_CASE("a segment sealed to be sent is the same bytes each time, and different for any change",
          "[segment]") {
  Diary sari("Sari", 1);
  const auto first = sari.write(3);
  const auto second = sari.write(3);
  const auto key = epoch_key();
  SegmentCodec codec;
  const auto again = [&](const Run& run, const EpochId& epoch, const Secret& with) {
    auto out = codec.seal_again(run, epoch, with, 3);
    REQUIRE(out);
    return std::move(*out);
  };
  const auto one = again(first, kEpoch, key);
  CHECK(one == again(first, kEpoch, key));
  CHECK(SegmentCodec().seal_again(first, kEpoch, key, 3) == one);
  const auto read = opened(one);
  REQUIRE(read);
  CHECK(read->run().end() == first.end());
  CHECK(sealed(first, 1) != sealed(first, 2));

  // The nonce is what PROTOCOL.md says: a keyed hash of header, space and compressed columns.
  const auto header_size = [](const Bytes& segment) {
    const auto header = read_segment_header(segment);
    REQUIRE(header);
    Writer numbers;
    numbers.varint(header->first);
    numbers.varint(header->last - header->first);
    numbers.varint(header->plain_size);
    return 2 + 16 + 16 + 32 + numbers.out.size();
  };
  const auto nonce_of = [&](const Bytes& segment) {
    const auto from = ByteView(segment).subspan(header_size(segment), 24);
    return Bytes(from.begin(), from.end());
  };
  Bytes bound(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(header_size(one)));
  append(bound, first.name.space);
  const auto seal_key = derive(key.view(), Label("rukun/segkey/1"), {});
  const auto packed = open_sealed(seal_key.view(), ByteView(one).subspan(header_size(one)), bound);
  REQUIRE(packed);
  append(bound, *packed);
  Bytes expected(24);
  hash_keyed(expected, Label("rukun/seg-siv/1"), key.view(), bound);
  CHECK(nonce_of(one) == expected);

  const auto other_key = Secret::copy_of(id_of<TxnHash>("another key"));
  CHECK(nonce_of(again(second, kEpoch, key)) != nonce_of(one));
  CHECK(nonce_of(again(first, id_of<EpochId>("another"), key)) != nonce_of(one));
  CHECK(nonce_of(again(first, kEpoch, other_key)) != nonce_of(one));
}

TEST_CASE("a signature by somebody else, or none at the end, proves nothing", "[segment]") {
  Diary sari("Sari", 1);
  Run run = sari.write(3);
  auto unsigned_end = run;
  const auto last = unsigned_end.signatures.back().signature;
  unsigned_end.signatures.back().signature = sign_entry(keys_of("Wati"), sukamaju(), run.end());
  auto back = opened(sealed(unsigned_end));
  REQUIRE(back);
  CHECK_FALSE(verify(std::move(*back)));
  unsigned_end.signatures.back().signature = last;
  auto sound = opened(sealed(unsigned_end));
  REQUIRE(sound);
  CHECK(verify(std::move(*sound)));
}

TEST_CASE("a segment cut at any byte or with any bit flipped is an error", "[segment]") {
  Diary sari("Sari", 5);
  const auto segment = sealed(sari.write(2));
  for (std::size_t cut = 0; cut < segment.size(); ++cut)
    CHECK_FALSE(opened(ByteView(segment).first(cut)));
  for (std::size_t at = 0; at < segment.size(); ++at) {
    auto flipped = segment;
    flipped[at] ^= static_cast<std::uint8_t>(1 << (at % 8));
    auto back = opened(flipped);
    CHECK_FALSE(back);
  }
  auto longer = segment;
  longer.push_back(0);
  CHECK_FALSE(opened(longer));
}

TEST_CASE("a segment opens only with the dictionary that it was written with", "[segment]") {
  // What an evening of neighbors looks like: the words that the dictionary was trained on.
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  draft.stamp = {kMorning, false};
  Part need;
  need.ref = RefType::fresh;
  need.kind = 3;
  need.salt = id_of<Salt>("salt");
  need.ops = {{1, OpType::put, {}, std::string("Minyak goreng 2 liter")},
              {5, OpType::put, {}, std::string("liter")}};
  draft.parts = {need};
  append(run, draft);
  sign_end(run, keys_of("Sari"));
  const auto segment = sealed(run);
  CHECK(segment[1] == 1);
  ColumnWriter columns;
  write_run(columns, run);
  // Most of so short a run is keys and hashes; without a dictionary it would grow by zstd's frame.
  const std::size_t header = 70, frame_at_least = 9;
  CHECK(segment.size() < header + kSealOverhead + columns.out.out.size() + frame_at_least - 20);
  REQUIRE(opened(segment));
  auto misnamed = segment;
  misnamed[1] = 0;
  CHECK_FALSE(opened(misnamed));
}

TEST_CASE("a newer format says so in place of looking damaged", "[segment]") {
  Diary sari("Sari", 5);
  auto segment = sealed(sari.write(2));
  segment[0] = 2;
  const auto format = read_segment_header(segment);
  REQUIRE_FALSE(format);
  CHECK(format.error().code == Code::unsupported);
  segment[0] = 1;
  segment[1] = 77;
  const auto dictionary = read_segment_header(segment);
  REQUIRE_FALSE(dictionary);
  CHECK(dictionary.error().code == Code::unsupported);
}

TEST_CASE("columns that a member made up are refused or understood, never followed astray",
          "[segment]") {
  // Behind the seal everything is a member's word: each byte is changed before it would be sealed.
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    Diary sari("Sari", seed);
    sari.with_newer_parts = true;
    const Run run = sari.write(4);
    ColumnWriter sound;
    write_run(sound, run);
    const Bytes& plain = sound.out.out;
    for (std::size_t cut = 0; cut < plain.size(); ++cut)
      CHECK_FALSE(read_run(ByteView(plain).first(cut), sukamaju(), 1, run.last()));
    for (std::size_t at = 0; at < plain.size(); ++at)
      for (const int change : {1, 0x80, 0xff}) {
        auto bytes = plain;
        bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ change);
        auto read = read_run(bytes, sukamaju(), 1, run.last());
        if (!read || !compute_hashes(*read)) continue;
        const auto back = columns_and_back(*read);
        REQUIRE(back);
        CHECK(story_of(*back) == story_of(*read));
        const auto middle = after(*read, 2);
        const auto tail = columns_and_back(middle);
        REQUIRE(tail);
        CHECK(story_of(*tail) == story_of(middle));
      }
  }
}

TEST_CASE("a part without its record's salt is refused", "[segment]") {
  // The hash does not say whether a zero salt was there, so two laptops could merge one run
  // differently.
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  Part part;
  part.ref = RefType::fresh;
  part.kind = 3;
  draft.parts.push_back(part);
  append(run, draft);
  REQUIRE(columns_and_back(run));
  run.records[0].salted = false;
  CHECK_FALSE(columns_and_back(run));
}

TEST_CASE("a record of no kind is refused", "[segment]") {
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  Part part;
  part.ref = RefType::keyed;
  part.record = id_of<RecordId>("house");
  draft.parts.push_back(part);
  append(run, draft);
  CHECK_FALSE(columns_and_back(run));
}

TEST_CASE("texts that share their beginning cannot grow without bound", "[segment]") {
  REQUIRE(crypto_ready());
  // 40 fields, each with one long text 60 times: small in a segment, far too large in memory.
  Run run = empty_run(log_of("Sari"), {});
  for (int t = 0; t < 60; ++t) {
    Draft draft;
    Part part;
    part.ref = RefType::existing;
    part.record = id_of<RecordId>("house");
    for (FieldId field = 1; field <= 12; ++field)
      part.ops.push_back({field, OpType::put, {}, std::string(limits::kText, 'x')});
    draft.parts = {part, part, part};
    append(run, draft);
  }
  sign_end(run, keys_of("Sari"));
  ColumnWriter out;
  write_run(out, run);
  CHECK(out.out.out.size() < limits::kSegmentPlain);
  const auto read = read_run(out.out.out, sukamaju(), run.first, run.last());
  REQUIRE_FALSE(read);
  CHECK(read.error().message.find("texts too large") != std::string::npos);
  SegmentCodec codec;
  SeededRandom random(1);
  const auto refused = codec.seal(run, kEpoch, epoch_key(), 1, random);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::full);
}

TEST_CASE("a run made to cost time is read in bounded time", "[segment]") {
  // Thousands of fields of one record, thousands of shapes: each column once.
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Sari"), {});
  for (int t = 0; t < 120; ++t) {
    Draft draft;
    Part part;
    part.record = id_of<RecordId>("house");
    for (std::size_t i = 0; i < limits::kOpsInPart; ++i)
      part.ops.push_back({static_cast<FieldId>((t * 512 + static_cast<int>(i)) % 65536),
                          OpType::put,
                          {},
                          std::int64_t{1}});
    draft.parts.push_back(part);
    append(run, draft);
  }
  const auto back = columns_and_back(run);
  REQUIRE(back);
  CHECK(back->end() == run.end());
}

TEST_CASE("the longest run fits and one entry more does not", "[segment]") {
  REQUIRE(crypto_ready());
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  draft.stamp = {kMorning, false};
  for (std::size_t i = 0; i < limits::kTxnsInSegment; ++i) append(run, draft);
  sign_end(run, keys_of("Sari"));
  const auto back = opened(sealed(run));
  REQUIRE(back);
  CHECK(back->run().end() == run.end());
  append(run, draft);
  sign_end(run, keys_of("Sari"));
  SegmentCodec codec;
  SeededRandom random(1);
  CHECK_FALSE(codec.seal(run, kEpoch, epoch_key(), 1, random));
}

}  // namespace rukun::test
