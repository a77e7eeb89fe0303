#pragma once
// How hard a passphrase is to guess, in bits: zxcvbn's estimate (Wheeler, USENIX Security 2016),
// told our own word list and the owner's name, and never more than 11 bits a word for words of that
// list, since whoever guesses has it too. An estimate: it knows English dictionaries and leaked
// passwords best, and it cannot know what was drawn and what was thought up. Pure; any thread.

#include <cstdint>
#include <string_view>

#include "app/domain/words.h"

namespace rukun {

// Four words drawn from the list: 44 bits, at about a second of Argon2id each guess.
inline constexpr std::size_t kDrawnPassphraseWords = 4;
// One's own should not be far below that.
inline constexpr double kEnoughPassphraseBits = 40;

double passphrase_bits(std::string_view passphrase, std::string_view owner, const WordList& words);

// A sentence about a passphrase that is too easily guessed; empty when it will do.
std::string passphrase_warning(std::string_view passphrase, std::string_view owner,
                               const WordList& words, Language language);

}  // namespace rukun
