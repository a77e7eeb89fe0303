#pragma once
// 2048 short Indonesian words (assets/wordlist.txt) for everything that people say, copy from paper
// or remember: recovery codes, invitations, passphrases. The first four letters of a word are
// enough. A word is 11 bits; a code is the bytes, then the first bits of their CRC-32 (IEEE 802.3)
// up to a whole number of words, at least 8 (32 bytes: 24 words, 8 bits). The checksum finds slips;
// it protects nothing. Constant once read; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/bytes.h"
#include "platform/base/random.h"
#include "platform/base/result.h"

namespace rukun {

class WordList {
 public:
  static constexpr std::size_t kWords = 2048;
  static constexpr std::size_t kPrefix = 4;

  // One word a line: sorted, a–z, four to eight letters, no two with the same first four. Errors:
  // damaged, with the line.
  static Result<WordList> read(std::string_view text);

  const std::vector<std::string>& words() const { return words_; }

  // "bunga padi …", words parted by one space.
  std::string encode(ByteView bytes) const;

  // The `size` bytes that `text` says. Case, line breaks, commas, hyphens and what follows the
  // fourth letter of a word do not matter. Errors: bad_value, naming the word that is unknown, the
  // count that is wrong, or the failed checksum.
  Result<Bytes> decode(std::string_view text, std::size_t size,
                       Language language = Language::id) const;

  // `count` words drawn independently: 11 bits of chance each.
  std::string draw(Random& random, std::size_t count) const;

  // What somebody typed, as the list spells it, parted by one space: so that a spoken code or a
  // passphrase is the same however it was typed. Errors: bad_value, naming the unknown word.
  Result<std::string> normalized(std::string_view text, Language language = Language::id) const;

 private:
  Result<std::size_t> index_of(std::string_view typed, std::size_t position,
                               Language language) const;
  Result<std::vector<std::size_t>> indexes(std::string_view text, Language language) const;

  std::vector<std::string> words_;
};

// How many words encode() makes of `size` bytes.
std::size_t word_count(std::size_t size);

}  // namespace rukun
