#include "app/domain/passphrase.h"

#include <zxcvbn.h>

#include <algorithm>

#include "sync/crypto.h"

namespace rukun {

namespace {

constexpr double kBitsOfWord = 11;
constexpr std::size_t kMostRated = 256;  // zxcvbn's work grows with the square of the length

// The words of a text in small letters, parted at blanks.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n') {
      if (!out.back().empty()) out.emplace_back();
    } else {
      out.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

void wipe_all(std::vector<std::string>& parts) {
  for (auto& part : parts) wipe({reinterpret_cast<std::uint8_t*>(part.data()), part.size()});
}

bool all_listed(const std::vector<std::string>& parts, const WordList& words) {
  return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return std::binary_search(words.words().begin(), words.words().end(), part);
  });
}

}  // namespace

double passphrase_bits(std::string_view passphrase, std::string_view owner, const WordList& words) {
  const auto names = parts_of(owner);
  std::vector<const char*> known;
  known.reserve(names.size() + words.words().size() + 2);
  for (const auto& name : names) known.push_back(name.c_str());
  known.push_back("rukun");
  for (const auto& word : words.words()) known.push_back(word.c_str());
  known.push_back(nullptr);
  std::string rated(passphrase.substr(0, kMostRated));
  double bits = std::max(0.0, ZxcvbnMatch(rated.c_str(), known.data(), nullptr));
  wipe({reinterpret_cast<std::uint8_t*>(rated.data()), rated.size()});
  auto parts = parts_of(passphrase);
  if (all_listed(parts, words))
    bits = std::min(bits, kBitsOfWord * static_cast<double>(parts.size()));
  wipe_all(parts);
  return bits;
}

std::string passphrase_warning(std::string_view passphrase, std::string_view owner,
                               const WordList& words, Language language) {
  if (passphrase_bits(passphrase, owner, words) >= kEnoughPassphraseBits) return {};
  return std::string(pick(language,
                          "kata sandi ini mudah ditebak; pakai empat kata yang diundi, atau "
                          "kalimat yang lebih panjang dan bukan nama atau tanggal",
                          "this passphrase is easily guessed; use four drawn words, or a longer "
                          "sentence that is no name or date"));
}

}  // namespace rukun
