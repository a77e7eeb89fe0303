#include "app/domain/words.h"

#include <set>
#include <sstream>

#include "tests/app/assets.h"

using namespace rukun;

namespace {

// A counter stretched over bytes: the same on every machine.
class CountingRandom : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>((state_ = state_ * 69069 + 1) >> 16);
  }

 private:
  std::uint32_t state_ = 1;
};

Bytes seed() {
  Bytes bytes(32);
  CountingRandom random;
  random.fill(bytes);
  return bytes;
}

std::vector<std::string> parts(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

}  // namespace

TEST_CASE("the list has 2048 words that four letters tell apart", "[words]") {
  const auto list = test::shipped_words();
  std::set<std::string> words;
  std::set<std::string> beginnings;
  for (const auto& word : list.words()) {
    CAPTURE(word);
    CHECK(word.size() >= 4);
    CHECK(word.size() <= 8);
    CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
    words.insert(word);
    beginnings.insert(word.substr(0, 4));
  }
  CHECK(words.size() == 2048);
  CHECK(beginnings.size() == 2048);
  CHECK(std::is_sorted(list.words().begin(), list.words().end()));
}

TEST_CASE("a seed of 32 bytes is 24 words and comes back", "[words]") {
  const auto list = test::shipped_words();
  const auto said = list.encode(seed());
  CHECK(parts(said).size() == 24);
  CHECK(list.decode(said, 32) == seed());
  for (std::size_t size = 0; size < 70; ++size) {
    Bytes bytes(size, 0xA5);
    CHECK(list.decode(list.encode(bytes), size) == bytes);
  }
}

TEST_CASE("words are read as people type them", "[words]") {
  const auto list = test::shipped_words();
  std::string typed;
  for (const auto& word : parts(list.encode(seed()))) {
    auto head = word.substr(0, 4);
    head[0] = static_cast<char>(head[0] - 'a' + 'A');
    typed += head + (typed.size() % 3 == 0 ? ",\n " : " - ");
  }
  CHECK(list.decode(typed, 32) == seed());
  const auto& first = list.words().front();
  CHECK(list.normalized(" " + first.substr(0, 4) + "  " + list.words().back()) ==
        first + " " + list.words().back());
}

TEST_CASE("a slip is found and named", "[words]") {
  const auto list = test::shipped_words();
  auto words = parts(list.encode(seed()));
  const auto joined = [&] {
    std::string out;
    for (const auto& word : words) out += word + " ";
    return out;
  };
  const auto right = words;
  words.pop_back();
  CHECK(list.decode(joined(), 32).error().code == Code::bad_value);
  words = right;
  words[2] = "qwertyu";
  CHECK(list.decode(joined(), 32).error().message.find("Kata ke-3") == 0);
  CHECK(list.decode(joined(), 32, Language::en).error().message.find("Word 3") == 0);
  int found = 0;
  for (std::size_t i = 0; i + 1 < right.size(); ++i) {
    words = right;
    std::swap(words[i], words[i + 1]);
    found += list.decode(joined(), 32).has_value() ? 0 : 1;
  }
  CHECK(found >= 22);
  CHECK_FALSE(list.decode(std::string(10'000, 'a'), 32).has_value());
}

TEST_CASE("words are drawn with the randomness that is given", "[words]") {
  const auto list = test::shipped_words();
  CountingRandom a;
  CountingRandom b;
  const auto code = list.draw(a, 2);
  CHECK(code == list.draw(b, 2));
  CHECK(parts(code).size() == 2);
  CHECK(list.draw(a, 2) != code);
}

TEST_CASE("a word list that is wrong is refused with its line", "[words]") {
  CHECK(WordList::read("abad\nabjad").error().message.find("2048") != std::string::npos);
  CHECK(WordList::read("abjad\nabad\n").error().message.find("line 2") != std::string::npos);
  CHECK(WordList::read("abad\nabadi\n").error().message.find("line 2") != std::string::npos);
  CHECK(WordList::read("Abad\n").error().message.find("line 1") != std::string::npos);
}
