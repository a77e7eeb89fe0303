#include "app/domain/words.h"

#include <algorithm>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr std::size_t kBitsPerWord = 11;
constexpr std::size_t kLeastChecksumBits = 8;
constexpr std::size_t kMaxTyped = 4096;

std::uint32_t crc32(ByteView bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const auto byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

// Bit `i` of the code: of the bytes, most significant first, and then of their checksum.
bool code_bit(ByteView bytes, std::uint32_t crc, std::size_t i) {
  if (i < bytes.size() * 8) return (bytes[i / 8] >> (7 - i % 8) & 1) != 0;
  return (crc >> (31 - (i - bytes.size() * 8)) & 1) != 0;
}

tl::unexpected<Error> broken(std::size_t line, const std::string& what) {
  return error(Code::damaged, "wordlist.txt, line " + std::to_string(line) + ": " + what);
}

std::string say(Language language, const char* indonesian, const char* english) {
  return std::string(pick(language, indonesian, english));
}

tl::unexpected<Error> wrong(std::string message, std::string hint) {
  return error(Code::bad_value, std::move(message), std::move(hint));
}

bool is_word(std::string_view text) {
  return text.size() >= 4 && text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::size_t word_count(std::size_t size) {
  return (size * 8 + kLeastChecksumBits + kBitsPerWord - 1) / kBitsPerWord;
}

Result<WordList> WordList::read(std::string_view text) {
  WordList list;
  list.words_.reserve(kWords);
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    const auto word = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!is_word(word)) return broken(number, "a word is four to eight letters a-z");
    if (list.words_.size() == kWords) return broken(number, "more than 2048 words");
    if (!list.words_.empty() && list.words_.back().substr(0, kPrefix) >= word.substr(0, kPrefix))
      return broken(number, "not in order, or the first four letters are taken");
    list.words_.emplace_back(word);
  }
  if (list.words_.size() != kWords) return broken(number, "2048 words expected");
  return list;
}

std::string WordList::encode(ByteView bytes) const {
  const auto crc = crc32(bytes);
  std::string out;
  for (std::size_t word = 0; word < word_count(bytes.size()); ++word) {
    std::size_t index = 0;
    for (std::size_t bit = 0; bit < kBitsPerWord; ++bit)
      index = index << 1 | (code_bit(bytes, crc, word * kBitsPerWord + bit) ? 1U : 0U);
    if (!out.empty()) out += ' ';
    out += words_[index];
  }
  return out;
}

Result<Bytes> WordList::decode(std::string_view text, std::size_t size, Language language) const {
  TRY(const auto typed, indexes(text, language));
  if (typed.size() != word_count(size))
    return wrong(
        say(language, "Banyaknya kata ", "The number of words is ") + std::to_string(typed.size()) +
            say(language, ", seharusnya ", ", it should be ") + std::to_string(word_count(size)),
        say(language, "Periksa apakah ada kata yang terlewat atau tertulis dua kali",
            "See whether a word is missing or there twice"));
  const auto bit = [&](std::size_t i) {
    return (typed[i / kBitsPerWord] >> (kBitsPerWord - 1 - i % kBitsPerWord) & 1) != 0;
  };
  Bytes bytes(size);
  for (std::size_t i = 0; i < size * 8; ++i)
    if (bit(i)) bytes[i / 8] = static_cast<std::uint8_t>(bytes[i / 8] | 1U << (7 - i % 8));
  const auto crc = crc32(bytes);
  for (std::size_t i = size * 8; i < typed.size() * kBitsPerWord; ++i)
    if (bit(i) != code_bit(bytes, crc, i))
      return wrong(say(language, "Kata-kata ini tidak cocok satu sama lain",
                       "These words do not fit together"),
                   say(language, "Satu kata tertukar atau salah tulis; periksa urutannya",
                       "One word is wrong or out of order"));
  return bytes;
}

std::string WordList::draw(Random& random, std::size_t count) const {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += words_[static_cast<std::size_t>(random.below(kWords))];
  }
  return out;
}

Result<std::string> WordList::normalized(std::string_view text, Language language) const {
  TRY(const auto typed, indexes(text, language));
  std::string out;
  for (const auto index : typed) {
    if (!out.empty()) out += ' ';
    out += words_[index];
  }
  return out;
}

Result<std::vector<std::size_t>> WordList::indexes(std::string_view text, Language language) const {
  if (text.size() > kMaxTyped)
    return wrong(say(language, "Terlalu banyak kata", "Too many words"), {});
  std::vector<std::size_t> out;
  std::string word;
  for (const char c : folded(text) + " ") {
    const bool separator = std::string_view(" ,-.;:").find(c) != std::string_view::npos;
    if (!separator) {
      word += c;
    } else if (!word.empty()) {
      TRY(const auto index, index_of(word, out.size() + 1, language));
      out.push_back(index);
      word.clear();
    }
  }
  return out;
}

Result<std::size_t> WordList::index_of(std::string_view typed, std::size_t position,
                                       Language language) const {
  const auto prefix = typed.substr(0, kPrefix);
  const auto found = std::lower_bound(words_.begin(), words_.end(), prefix,
                                      [](const std::string& word, std::string_view with) {
                                        return std::string_view(word).substr(0, kPrefix) < with;
                                      });
  if (typed.size() >= kPrefix && found != words_.end() &&
      std::string_view(*found).substr(0, kPrefix) == prefix)
    return static_cast<std::size_t>(found - words_.begin());
  return wrong(say(language, "Kata ke-", "Word ") + std::to_string(position) + ", \"" +
                   std::string(typed.substr(0, 40)) + "\", " +
                   say(language, "tidak ada dalam daftar kata", "is not in the list of words"),
               say(language, "Empat huruf pertama sudah cukup; periksa ejaannya",
                   "The first four letters are enough; check the spelling"));
}

}  // namespace rukun
