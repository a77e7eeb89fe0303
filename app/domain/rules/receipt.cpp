#include "app/domain/rules/receipt.h"

#include <array>
#include <optional>

namespace rukun {
namespace {

// Without I, L, O and U, so that a code can be read aloud and typed back.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 12, kChecks = 2, kGroup = 4;

using Symbols = std::array<unsigned, kLength>;

// The field of 32 elements by x^5 + x^2 + 1, in which x makes every element but zero.
struct Field {
  std::array<unsigned, 31> power{};
  std::array<unsigned, 32> log{};
  constexpr Field() {
    unsigned at = 1;
    for (unsigned i = 0; i < 31; ++i) {
      power[i] = at;
      log[at] = i;
      at = (at << 1) ^ ((at & 16) != 0 ? 0x25u : 0u);
    }
  }
  constexpr unsigned times(unsigned a, unsigned b) const {
    return a == 0 || b == 0 ? 0 : power[(log[a] + log[b]) % 31];
  }
  constexpr unsigned over(unsigned a, unsigned b) const {
    return a == 0 ? 0 : power[(log[a] + 31 - log[b]) % 31];
  }
};
constexpr Field kField;

// Both are zero for a code that was typed well.
std::pair<unsigned, unsigned> syndromes(const Symbols& symbols) {
  unsigned first = 0, second = 0;
  for (std::size_t i = 0; i < kLength; ++i) {
    const auto place = static_cast<unsigned>(kLength - 1 - i);
    first ^= kField.times(symbols[i], kField.power[place]);
    second ^= kField.times(symbols[i], kField.power[(2 * place) % 31]);
  }
  return {first, second};
}

void add_checks(Symbols& symbols) {
  symbols[kLength - 2] = symbols[kLength - 1] = 0;
  const auto [first, second] = syndromes(symbols);
  const auto x = kField.power[1], xx = kField.power[2];
  symbols[kLength - 2] = kField.over(first ^ second, x ^ xx);
  symbols[kLength - 1] = first ^ kField.times(symbols[kLength - 2], x);
}

std::string text_of(const Symbols& symbols) {
  std::string out;
  for (std::size_t i = 0; i < kLength; ++i) {
    if (i > 0 && i % kGroup == 0) out += '-';
    out += kLetters[symbols[i]];
  }
  return out;
}

// The code that differs from this one in a single letter, when there is one.
std::optional<Symbols> nearest(Symbols symbols) {
  const auto [first, second] = syndromes(symbols);
  if (first == 0 || second == 0) return std::nullopt;
  const auto place = kField.log[kField.over(second, first)];
  if (place >= kLength) return std::nullopt;
  symbols[kLength - 1 - place] ^= kField.over(first, kField.power[place]);
  return symbols;
}

std::uint64_t bits_of(const RecordId& record) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 7; ++i) out = out << 8 | record.bytes[i];
  return out >> (56 - ReceiptCode::kBits);
}

std::optional<unsigned> symbol_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = kLetters.find(c);
  if (at == kLetters.npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

tl::unexpected<Error> mistyped(std::string_view text, Language language, std::string_view id,
                               std::string_view en, std::string hint) {
  return error(Code::bad_value,
               std::string(pick(language, "kode tanda terima ", "receipt code ")) +
                   std::string(text) + ": " + std::string(pick(language, id, en)),
               std::move(hint));
}

// One that looks like those on receipts.
RecordId example() {
  RecordId out;
  for (std::size_t i = 0; i < out.bytes.size(); ++i)
    out.bytes[i] = static_cast<std::uint8_t>(37 * i + 61);
  return out;
}

std::string code_wanted(Language language) {
  return std::string(pick(language,
                          "yang diharapkan: 12 huruf dan angka seperti pada tanda terima, "
                          "misalnya ",
                          "expected: 12 letters and digits as on the receipt, for example ")) +
         receipt_code(example());
}

}  // namespace

std::string receipt_code(const RecordId& handover) {
  Symbols symbols{};
  auto bits = bits_of(handover);
  for (std::size_t i = kLength - kChecks; i-- > 0; bits >>= 5)
    symbols[i] = static_cast<unsigned>(bits & 31);
  add_checks(symbols);
  return text_of(symbols);
}

std::string ReceiptCode::hex() const {
  std::string out;
  for (int shift = kBits - 4; shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(bits >> shift) & 15];
  return out;
}

bool ReceiptCode::names(const RecordId& handover) const { return bits_of(handover) == bits; }

Result<ReceiptCode> read_receipt_code(std::string_view text, Language language) {
  Symbols symbols{};
  std::size_t count = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const auto symbol = symbol_of(c);
    if (!symbol)
      return mistyped(text.substr(0, 40), language, "memuat huruf yang tidak dipakai dalam kode",
                      "has a letter that codes do not have", code_wanted(language));
    if (count < kLength) symbols[count] = *symbol;
    ++count;
  }
  if (count != kLength)
    return mistyped(text.substr(0, 40), language,
                    count < kLength ? "kurang panjang" : "terlalu panjang",
                    count < kLength ? "is too short" : "is too long", code_wanted(language));
  if (syndromes(symbols) != std::pair(0u, 0u)) {
    const auto near = nearest(symbols);
    return mistyped(text, language, "ada huruf yang salah ketik", "a letter was mistyped",
                    near ? std::string(pick(language, "bandingkan dengan tanda terima; mungkin ",
                                            "compare it with the receipt; it may be ")) +
                               text_of(*near)
                         : std::string(pick(language, "bandingkan dengan tanda terima",
                                            "compare it with the receipt")));
  }
  ReceiptCode out;
  for (std::size_t i = 0; i < kLength - kChecks; ++i) out.bits = out.bits << 5 | symbols[i];
  return out;
}

}  // namespace rukun
