#include "sync/envelope.h"

#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
Recipient recipient(std::string_view who) {
  return {box_tag(member_id(keys_of(who).key)), box_of(who).key};
}

Result<Envelope> envelope_for(const std::vector<Recipient>& to, std::uint64_t seed = 1) {
  REQUIRE(crypto_ready());
  SeededRandom random(seed);
  return make_envelope(sukamaju(), keys_of("root of Sukamaju").key, epoch_key(), to,
                       id_of<TxnTag>("act"), keys_of("Pak Budi"), random);
}

Result<Bytes> invitation(std::optional<std::string_view> code) {
  REQUIRE(crypto_ready());
  SeededRandom random(1);
  const auto seed = Secret::copy_of(id_of<TxnHash>("the seed"));
  return write_invitation(seed, code, view("a bundle"), kArgonLeast, random);
}
}  // namespace

TEST_CASE("an envelope opens for whom it is sealed and for nobody else", "[envelope]") {
  const auto made = envelope_for({recipient("Sari"), recipient("Wati")});
  REQUIRE(made);
  const auto envelope = decode_envelope(encode_envelope(*made));
  REQUIRE(envelope);
  const auto tag = box_tag(member_id(keys_of("Wati").key));
  const auto opened = open_envelope(*envelope, tag, box_of("Wati"));
  REQUIRE(opened);
  CHECK(equal_secret(opened->epoch_key.view(), epoch_key().view()));
  CHECK(opened->root == keys_of("root of Sukamaju").key);
  CHECK(opened->epoch == epoch_id(epoch_key()));
  CHECK_FALSE(open_envelope(*envelope, tag, box_of("Mallory")));
  const auto none =
      open_envelope(*envelope, box_tag(member_id(keys_of("Mallory").key)), box_of("Mallory"));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Code::foreign);
}

TEST_CASE("a changed envelope is refused", "[envelope]") {
  const auto made = envelope_for({recipient("Sari")});
  REQUIRE(made);
  const auto bytes = encode_envelope(*made);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto flipped = bytes;
    flipped[at] ^= 2;
    CHECK_FALSE(decode_envelope(flipped));
    CHECK_FALSE(decode_envelope(ByteView(bytes).first(at)));
  }
}

TEST_CASE("a forged envelope gives no key, however well it is signed", "[envelope]") {
  REQUIRE(crypto_ready());
  SeededRandom random(2);
  const auto sari = recipient("Sari");
  const auto wrong_key = Secret::copy_of(id_of<TxnHash>("Mallory's key"));
  const auto root = keys_of("root of Sukamaju").key;
  // Mallory signs an envelope of this epoch that holds another key.
  auto forged = make_envelope(sukamaju(), root, wrong_key, {sari}, {}, keys_of("Mallory"), random);
  REQUIRE(forged);
  auto claims = *forged;
  claims.epoch = epoch_id(epoch_key());
  const auto refused = open_envelope(claims, sari.tag, box_of("Sari"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::damaged);
  // Or names another root.
  auto other_root = make_envelope(sukamaju(), keys_of("Mallory").key, epoch_key(), {sari}, {},
                                  keys_of("Mallory"), random);
  REQUIRE(other_root);
  CHECK_FALSE(open_envelope(*other_root, sari.tag, box_of("Sari")));
}

TEST_CASE("a box key of small order is refused", "[envelope]") {
  Recipient zero = recipient("Sari");
  zero.box = {};
  const auto refused = envelope_for({zero});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::damaged);
  zero.box.bytes[0] = 1;
  CHECK_FALSE(envelope_for({zero}));
}

TEST_CASE("an open invitation needs no words", "[invitation]") {
  const auto bytes = invitation(std::nullopt);
  REQUIRE(bytes);
  const auto file = read_invitation(*bytes);
  REQUIRE(file);
  CHECK(text_of(file->bundle) == "a bundle");
  const auto seed = open_invitation(*file, std::nullopt);
  REQUIRE(seed);
  CHECK(equal_secret(seed->view(), id_of<TxnHash>("the seed")));
}

TEST_CASE("a locked invitation opens with its two words, however they are typed", "[invitation]") {
  const auto bytes = invitation("mangga bambu");
  REQUIRE(bytes);
  const auto file = read_invitation(*bytes);
  REQUIRE(file);
  CHECK(file->locked);
  const auto secret = id_of<TxnHash>("the seed").bytes;
  CHECK(std::search(bytes->begin(), bytes->end(), secret.begin(), secret.end()) == bytes->end());
  for (const char* typed : {"mangga bambu", "  Mangga   BAMBU ", "mangga-bambu."})
    CHECK(open_invitation(*file, typed));
  for (const char* wrong : {"bambu mangga", "manggabambu"}) {
    const auto refused = open_invitation(*file, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::locked);
  }
  const auto missing = open_invitation(*file, std::nullopt);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Code::locked);
}

TEST_CASE("an invitation cannot ask for more work than is allowed, nor for less", "[invitation]") {
  const auto bytes = invitation("mangga bambu");
  REQUIRE(bytes);
  auto file = read_invitation(*bytes);
  REQUIRE(file);
  for (const ArgonCost cost : {ArgonCost{1, 64 * 1024}, ArgonCost{3, 8}, ArgonCost{17, 64 * 1024},
                               ArgonCost{3, 4 * 1024 * 1024}}) {
    file->passes = cost.passes;
    file->memory_kib = cost.memory_kib;
    const auto refused = open_invitation(*file, "mangga bambu");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::damaged);
  }
}

TEST_CASE("an invitation cut short or made by something else is an error", "[invitation]") {
  const auto bytes = invitation(std::nullopt);
  REQUIRE(bytes);
  for (std::size_t cut = 0; cut < bytes->size(); ++cut)
    CHECK_FALSE(read_invitation(ByteView(*bytes).first(cut)));
  const auto foreign = read_invitation(view("a letter to the neighbors"));
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().code == Code::foreign);
  auto file = *read_invitation(*bytes);
  file.seed.pop_back();
  CHECK_FALSE(open_invitation(file, std::nullopt));
}

TEST_CASE("everything about an invitation follows from its seed", "[invitation]") {
  REQUIRE(crypto_ready());
  const auto one = invitation_keys(id_of<TxnHash>("seed"));
  const auto same = invitation_keys(id_of<TxnHash>("seed"));
  const auto other = invitation_keys(id_of<TxnHash>("another seed"));
  CHECK(one.signing.key == same.signing.key);
  CHECK(one.box.key == same.box.key);
  CHECK(one.tag == same.tag);
  CHECK(one.tag != other.tag);
  CHECK_FALSE(equal_secret(one.lan_psk.view(), other.lan_psk.view()));
}

}  // namespace rukun::test
