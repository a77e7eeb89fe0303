#include "app/domain/passphrase.h"

#include "platform/random.h"
#include "tests/app/assets.h"

namespace rukun::test {
namespace {

bool enough(std::string_view passphrase) {
  static const WordList kWords = shipped_words();
  return passphrase_bits(passphrase, "Pak Budi", kWords) >= kEnoughPassphraseBits;
}

TEST_CASE("what people usually take is found weak, also one's own name", "[passphrase]") {
  for (const auto* weak : {"", "rahasia", "12345678", "sukamaju", "Pak Budi 1965", "budi123",
                           "password", "qwertyuiop", "rukun rukun", "air air air"}) {
    CAPTURE(weak);
    CHECK_FALSE(enough(weak));
  }
}

TEST_CASE("a long sentence and random letters will do", "[passphrase]") {
  CHECK(enough("korek api di dapur bu ani"));
  CHECK(enough("7fGh!k2Lq9"));
}

TEST_CASE("every drawn passphrase is enough and rated no better than it was drawn",
          "[passphrase]") {
  const auto words = shipped_words();
  SeededRandom random(7);
  for (int i = 0; i < 50; ++i) {
    const auto drawn = words.draw(random, kDrawnPassphraseWords);
    CAPTURE(drawn);
    const auto bits = passphrase_bits(drawn, "Pak Budi", words);
    CHECK(bits >= kEnoughPassphraseBits);
    CHECK(bits <= 44);
    CHECK(passphrase_warning(drawn, "Pak Budi", words, Language::id).empty());
  }
}

TEST_CASE("a passphrase of any bytes and any length is rated", "[passphrase]") {
  const auto words = shipped_words();
  CHECK(passphrase_bits(std::string(100'000, 'a'), "", words) < 200);
  CHECK(passphrase_bits("\xff\xfe\x80", "\xff", words) >= 0);
  CHECK(passphrase_bits(std::string_view("a\0b", 3), "", words) >= 0);
  CHECK_FALSE(passphrase_warning("rahasia", "", words, Language::en).empty());
}

}  // namespace
}  // namespace rukun::test
