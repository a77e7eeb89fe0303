// Files of every form as they were once written are opened for ever. The hidden case [write] makes
// them, and the first inputs of the fuzz targets; it never overwrites.
#include "tests/sync/golden.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/dictionary.h"
#include "sync/run_codec.h"
#include "tests/support/catch.h"

namespace rukun::test {

namespace {
std::filesystem::path place(const std::string& name) {
  return std::filesystem::path(RUKUN_SOURCE_DIR) / "tests" / name;
}

Bytes golden(const std::string& name) {
  std::ifstream in(place("golden/sync/" + name), std::ios::binary);
  REQUIRE(in);
  std::ostringstream out;
  out << in.rdbuf();
  const auto text = out.str();
  return {text.begin(), text.end()};
}

void keep(const std::string& name, ByteView bytes) {
  const auto path = place(name);
  std::filesystem::create_directories(path.parent_path());
  if (std::filesystem::exists(path)) return;
  std::ofstream out(path, std::ios::binary);
  out.write(text_of(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(out);
}

Result<VerifiedRun> opened_golden(ByteView segment) {
  SegmentCodec codec;
  TRY(auto run, codec.open(segment, sukamaju(), golden_key));
  return verify(std::move(run));
}

Bytes plain_of(const Run& run) {
  // What fuzz_columns reads: first and last, then the columns.
  ColumnWriter out;
  write_run(out, run);
  Bytes bytes{static_cast<std::uint8_t>(run.first), static_cast<std::uint8_t>(run.txns.size())};
  append(bytes, out.out.out);
  return bytes;
}
}  // namespace

TEST_CASE("names, hashes and signatures are what PROTOCOL.md publishes", "[golden]") {
  REQUIRE(crypto_ready());
  const Run run = golden_run();
  CHECK(sukamaju().hex() == "ef1e3fca753bbafc4e242e9bfcd590d1ea8366bd925cf0fad6058f3ab3ae1555");
  CHECK(member_id(keys_of("Sari").key).hex() == "52402ff6d4fcd019a3a14001adb67976");
  CHECK(run.log.hex() == "d470f47952f182ac02be59f15d5177ed1275dbfb9b601ae7086a6440ec18d97b");
  CHECK(golden_epoch().hex() == "168e4c95b2a3b6a886373ffd6daa3e21");
  CHECK(run.txns[0].hash.hex() ==
        "42eac2102a4ddafdfcc541d98c27b19933f8e550dee5792f33388b13d9228ee6");
  CHECK(run.txns[1].hash.hex() ==
        "4fa91c2182c8898c40f5564ef13905c27c8d8986c59c462159640c56d04737e6");
  CHECK(run.txns[2].hash.hex() ==
        "0cc7f2871fc67217d2a50ed2c77480167ed97d9260f4b8f7ee14e1c3ae43a9ac");
  CHECK(fresh_record_id(run.txns[0].hash, 0).hex() == "02ed5970656e8db05a4c8296fbc171a6");
  CHECK(keyed_record_id(id_of<TxnHash>("secret"), 1, "3273010101010001", 0).hex() ==
        "84307bd8b4c45f554d700530556ae740");
  CHECK(to_hex(run.signatures[0].signature) ==
        "726507ec90d34ef9e1e29ff12614881ac85eba8a298a93d715a9632ce01ad4c7"
        "7df875e1c8cface287be04f1cee4b800c2f0c1371047a386e53f3597e1b09b0e");
}

TEST_CASE("a segment of version 1 opens and says what it always said", "[golden]") {
  REQUIRE(crypto_ready());
  for (const auto* name : {"segment.bin", "segment_dictionary_1.bin"}) {
    CAPTURE(name);
    const auto run = opened_golden(golden(name));
    REQUIRE(run);
    CHECK(story_of(run->run()) == story_of(golden_run()));
  }
  CHECK(golden("segment.bin")[1] == 0);
  CHECK(golden("segment_dictionary_1.bin")[1] == 1);
}

TEST_CASE("the compression dictionary is the published one", "[golden]") {
  REQUIRE(crypto_ready());
  CHECK(dictionary_bytes(0).empty());
  CHECK(hash_to<TxnHash>(Label("rukun/golden/1"), dictionary_bytes(1)).hex() ==
        "5633d5cff14101e7d5736c3e9005d2a737e4d6969b8de89fd2d380ae52342fcb");
}

TEST_CASE("a receipt and an envelope of version 1 are the same bytes today", "[golden]") {
  REQUIRE(crypto_ready());
  const auto frontier = golden("frontier.bin");
  CHECK(frontier == encode_frontier(golden_frontier()));
  const auto read = decode_frontier(frontier);
  REQUIRE(read);
  CHECK(verify_frontier(*read));
  const auto envelope = golden("envelope.bin");
  const auto made = golden_envelope();
  REQUIRE(made);
  CHECK(envelope == encode_envelope(*made));
  const auto decoded = decode_envelope(envelope);
  REQUIRE(decoded);
  const auto box = open_envelope(*decoded, box_tag(member_id(keys_of("Sari").key)), box_of("Sari"));
  REQUIRE(box);
  CHECK(equal_secret(box->epoch_key.view(), epoch_key().view()));
}

TEST_CASE("a bundle of version 1 gives every chunk and proves its end", "[golden]") {
  REQUIRE(crypto_ready());
  const auto bytes = golden("bundle.rukun");
  BundleReader reader([&, at = std::size_t{0}](std::span<std::uint8_t> to) mutable {
    const auto size = std::min(to.size(), bytes.size() - at);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, to.begin());
    at += size;
    return Result<std::size_t>(size);
  });
  std::vector<ChunkType> types;
  for (;;) {
    const auto chunk = reader.next();
    REQUIRE(chunk);
    if (!*chunk) break;
    types.push_back((*chunk)->type);
    const auto& inside = (*chunk)->bytes;
    switch ((*chunk)->type) {
      case ChunkType::space: CHECK(FolderTag::from(inside) == space_tag(sukamaju())); break;
      case ChunkType::envelope: CHECK(decode_envelope(inside)); break;
      case ChunkType::segment: CHECK(opened_golden(inside)); break;
      case ChunkType::frontier: CHECK(open_frontier_chunk(inside, sukamaju(), golden_key)); break;
      case ChunkType::end: CHECK(reader.check_end(**chunk, sukamaju(), golden_key)); break;
      case ChunkType::padding: break;
    }
  }
  CHECK(types.size() == 5);
}

TEST_CASE("an invitation of version 1 opens with its two words", "[golden]") {
  REQUIRE(crypto_ready());
  const auto file = read_invitation(golden("invitation.rukun-undangan"));
  REQUIRE(file);
  CHECK(file->locked);
  const auto seed = open_invitation(*file, "mangga bambu");
  REQUIRE(seed);
  CHECK(equal_secret(seed->view(), id_of<TxnHash>("the seed")));
  CHECK(file->bundle == golden("bundle.rukun"));
}

TEST_CASE("golden files and first fuzz inputs are written once by this", "[.write]") {
  REQUIRE(crypto_ready());
  const auto segment = golden_segment();
  const auto envelope = golden_envelope();
  const auto bundle = golden_bundle();
  const auto locked = golden_invitation("mangga bambu");
  const auto open = golden_invitation(std::nullopt);
  REQUIRE((segment && envelope && bundle && locked && open));
  keep("golden/sync/segment_dictionary_1.bin", *segment);
  keep("golden/sync/frontier.bin", encode_frontier(golden_frontier()));
  keep("golden/sync/envelope.bin", encode_envelope(*envelope));
  keep("golden/sync/bundle.rukun", *bundle);
  keep("golden/sync/invitation.rukun-undangan", *locked);

  keep("fuzz/corpus/segment/golden", *segment);
  keep("fuzz/corpus/segment/dictionary-1", *segment);
  keep("fuzz/corpus/bundle/golden", *bundle);
  keep("fuzz/corpus/bundle/cut", ByteView(*bundle).first(bundle->size() / 2));
  keep("fuzz/corpus/invitation/locked", *locked);
  keep("fuzz/corpus/invitation/open", *open);
  keep("fuzz/corpus/frontier/golden", encode_frontier(golden_frontier()));
  keep("fuzz/corpus/envelope/golden", encode_envelope(*envelope));
  keep("fuzz/corpus/columns/golden", plain_of(golden_run()));
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Diary sari("Sari", seed);
    sari.with_newer_parts = seed % 2 == 0;
    keep("fuzz/corpus/columns/diary-" + std::to_string(seed), plain_of(sari.write(seed * 2)));
  }
  keep("fuzz/corpus/csv/comma",
       view("Judul,Jumlah,Satuan\r\n\"Beras, merah\",25,kg\r\nGula,\"1\"\"0\",kg\r\n"));
  keep("fuzz/corpus/csv/semicolon", view("\xEF\xBB\xBFJudul;Jumlah\nBeras;1,5\n\n'=1+1;'+62812\n"));
  keep("fuzz/corpus/csv/lines", view("a\tb\r\"dua\nbaris\"\tc"));
}

}  // namespace rukun::test
