// The Noise machine against vectors that others published, against a transcript of its own pattern,
// and against bytes that were altered.
#include "sync/noise.h"

#include <fstream>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/sync/people.h"

// rapidjson 1.1 adds to a null pointer before its first allocation, which does no harm.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/document.h>
#if defined(__clang__)
#pragma clang attribute pop
#endif

namespace rukun::test {

namespace {

// Gives the bytes that a vector prescribes.
class Prescribed final : public Random {
 public:
  explicit Prescribed(Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> out) override {
    REQUIRE(out.size() == bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), out.begin());
  }

 private:
  Bytes bytes_;
};

rapidjson::Document published_vectors() {
  std::ifstream in(std::string(RUKUN_SOURCE_DIR) +
                   "/tests/golden/noise/25519_chachapoly_sha512.json");
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  rapidjson::Document document;
  document.Parse(text.str().c_str());
  REQUIRE(!document.HasParseError());
  return document;
}

Bytes hex_of(const rapidjson::Value& object, const std::string& name) {
  if (!object.HasMember(name.c_str())) return {};
  const auto& value = object[name.c_str()];
  const auto bytes = from_hex(value.IsArray() ? value[0].GetString() : value.GetString());
  REQUIRE(bytes);
  return *bytes;
}

BoxPair pair_with(const Bytes& secret) {
  if (secret.empty()) return {};
  return {x25519_public(secret), Secret::copy_of(secret)};
}

NoisePattern pattern_named(const std::string& protocol) {
  const auto name = protocol.substr(6, protocol.find('_', 6) - 6);
  for (const auto& base : {noise_xx(), noise_nn(), noise_kn(), noise_kk()}) {
    if (name == base.name) return base;
    for (std::size_t place = 0; place <= base.messages.size(); ++place)
      if (auto keyed = with_psk(base, place); keyed.name == name) return keyed;
  }
  FAIL("no pattern for " << protocol);
  return {};
}

// One side of a vector.
struct Side {
  BoxPair own;
  Prescribed random;
  Handshake handshake;

  Side(const rapidjson::Value& vector, const std::string& who, NoiseRole role)
      : own(pair_with(hex_of(vector, who + "_static"))),
        random(hex_of(vector, who + "_ephemeral")),
        handshake(pattern_named(vector["protocol_name"].GetString()), role,
                  hex_of(vector, who + "_prologue"),
                  {own.secret.empty() ? nullptr : &own,
                   BoxKey::from(hex_of(vector, who + "_remote_static")),
                   Secret::copy_of(hex_of(vector, who + "_psks"))},
                  random) {}
};

void check_vector(const rapidjson::Value& vector) {
  Side initiator(vector, "init", NoiseRole::initiator);
  Side responder(vector, "resp", NoiseRole::responder);
  const auto& messages = vector["messages"].GetArray();
  rapidjson::SizeType next = 0;
  for (; !initiator.handshake.finished(); ++next) {
    auto& from = next % 2 == 0 ? initiator : responder;
    auto& to = next % 2 == 0 ? responder : initiator;
    const auto payload = hex_of(messages[next], "payload");
    const auto sent = from.handshake.write(payload);
    REQUIRE(sent);
    CHECK(*sent == hex_of(messages[next], "ciphertext"));
    const auto read = to.handshake.read(*sent);
    REQUIRE(read);
    CHECK(*read == payload);
  }
  REQUIRE(responder.handshake.finished());
  const auto hash = hex_of(vector, "handshake_hash");
  CHECK(Bytes(initiator.handshake.hash().begin(), initiator.handshake.hash().end()) == hash);
  CHECK(initiator.handshake.hash() == responder.handshake.hash());
  auto first = initiator.handshake.split();
  auto second = responder.handshake.split();
  for (; next < messages.Size(); ++next) {
    auto& from = next % 2 == 0 ? first : second;
    auto& to = next % 2 == 0 ? second : first;
    Bytes sealed, opened;
    REQUIRE(from.send.seal(sealed, {}, hex_of(messages[next], "payload")));
    CHECK(sealed == hex_of(messages[next], "ciphertext"));
    REQUIRE(to.receive.open(opened, {}, sealed));
    CHECK(opened == hex_of(messages[next], "payload"));
  }
}

// Two of the pattern that links use, with fixed keys.
struct Pair {
  BoxPair sari = box_of("Sari");
  BoxPair budi = box_of("Pak Budi");
  Prescribed sari_random{Bytes(32, 7)};
  Prescribed budi_random{Bytes(32, 9)};
  Handshake initiator{with_psk(noise_xx(), 0),
                      NoiseRole::initiator,
                      view("rukun/link/1"),
                      {&sari, {}, Secret::copy_of(id_of<TxnHash>("psk"))},
                      sari_random};
  Handshake responder{with_psk(noise_xx(), 0),
                      NoiseRole::responder,
                      view("rukun/link/1"),
                      {&budi, {}, Secret::copy_of(id_of<TxnHash>("psk"))},
                      budi_random};
};

}  // namespace

TEST_CASE("the Noise machine passes the published vectors", "[noise]") {
  REQUIRE(crypto_ready());
  const auto document = published_vectors();
  const auto& vectors = document["vectors"].GetArray();
  CHECK(vectors.Size() == 5);
  for (const auto& vector : vectors) {
    INFO(vector["protocol_name"].GetString());
    check_vector(vector);
  }
}

TEST_CASE("XXpsk0 is the same transcript for ever", "[noise][golden]") {
  REQUIRE(crypto_ready());
  Pair pair;
  std::string transcript;
  const auto pass = [&](Handshake& from, Handshake& to) {
    const auto message = from.write({});
    REQUIRE(message);
    transcript += to_hex(*message) + "\n";
    const auto payload = to.read(*message);
    REQUIRE(payload);
    CHECK(payload->empty());
  };
  pass(pair.initiator, pair.responder);
  pass(pair.responder, pair.initiator);
  pass(pair.initiator, pair.responder);
  CHECK(pair.responder.their_static() == pair.sari.key);
  CHECK(pair.initiator.their_static() == pair.budi.key);
  CHECK(pair.initiator.hash() == pair.responder.hash());
  transcript += to_hex(pair.initiator.hash()) + "\n";
  auto mine = pair.initiator.split();
  auto theirs = pair.responder.split();
  Bytes there, back;
  REQUIRE(mine.send.seal(there, {}, view("halo")));
  REQUIRE(theirs.send.seal(back, {}, view("halo juga")));
  transcript += to_hex(there) + "\n" + to_hex(back) + "\n";

  const std::string place = std::string(RUKUN_SOURCE_DIR) + "/tests/golden/noise/xxpsk0.txt";
  std::ifstream in(place);
  std::ostringstream kept;
  kept << in.rdbuf();
  CHECK(transcript == kept.str());
}

TEST_CASE("a handshake with any byte altered does not finish", "[noise]") {
  REQUIRE(crypto_ready());
  for (std::size_t message = 0; message < 3; ++message) {
    for (std::size_t at = 0; at < 96; ++at) {
      Pair pair;
      bool refused = false;
      for (std::size_t i = 0; i < 3 && !refused; ++i) {
        auto& from = i % 2 == 0 ? pair.initiator : pair.responder;
        auto& to = i % 2 == 0 ? pair.responder : pair.initiator;
        auto bytes = from.write({});
        REQUIRE(bytes);
        if (i == message) (*bytes)[at % bytes->size()] ^= 0x10;
        refused = !to.read(*bytes);
        if (refused) {
          CHECK(i == message);
          CHECK(!to.finished());
          CHECK(!to.write({}));
        }
      }
      INFO("message " << message << ", byte " << at);
      CHECK(refused);
    }
  }
}

TEST_CASE("a key of small order is refused", "[noise]") {
  REQUIRE(crypto_ready());
  Prescribed random(Bytes(32, 7));
  Handshake initiator(noise_nn(), NoiseRole::initiator, {}, {}, random);
  REQUIRE(initiator.write({}));
  Bytes answer(32, 0);  // the point 0
  CHECK(!initiator.read(answer));
}

TEST_CASE("a responder finds the right one of several keys", "[noise]") {
  REQUIRE(crypto_ready());
  Pair pair;
  const auto first = pair.initiator.write({});
  REQUIRE(first);
  pair.responder.restart(id_of<TxnHash>("another neighborhood"));
  CHECK(!pair.responder.read(*first));
  pair.responder.restart(id_of<TxnHash>("psk"));
  CHECK(pair.responder.read(*first));
  CHECK(pair.responder.my_turn());
}

TEST_CASE("numbers of messages do not begin again", "[noise]") {
  REQUIRE(crypto_ready());
  NoiseCipher cipher;
  cipher.set_key(Bytes(32, 1));
  cipher.set_nonce(~std::uint64_t{0} - 1);
  Bytes out;
  REQUIRE(cipher.seal(out, {}, view("the last")));
  const auto refused = cipher.seal(out, {}, view("one too many"));
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::full);
  CHECK(!cipher.open(out, {}, Bytes(20)));
}

TEST_CASE("both sides can change to the next key at the same message", "[noise]") {
  REQUIRE(crypto_ready());
  NoiseCipher sender, receiver;
  sender.set_key(Bytes(32, 1));
  receiver.set_key(Bytes(32, 1));
  sender.rekey();
  Bytes sealed, opened;
  REQUIRE(sender.seal(sealed, {}, view("baru")));
  CHECK(!receiver.open(opened, {}, sealed));
  receiver.rekey();
  REQUIRE(receiver.open(opened, {}, sealed));
  CHECK(text_of(opened) == "baru");
}

}  // namespace rukun::test
