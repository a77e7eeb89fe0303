#include "sync/dictionary.h"

#include <array>

#include "platform/base/check.h"
#include "sync/dictionary_1.h"

namespace rukun {

namespace {
constexpr std::string_view kText = kDictionary1;
constexpr std::size_t kSize = kText.size() / 4 * 3 - (kText.ends_with("==")  ? 2
                                                      : kText.ends_with("=") ? 1
                                                                             : 0);

constexpr std::uint32_t sextet(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
  return c == '+' ? 62 : c == '/' ? 63 : 0;
}

constexpr std::array<std::uint8_t, kSize> decoded() {
  std::array<std::uint8_t, kSize> out{};
  for (std::size_t at = 0; at < kSize; ++at) {
    const std::size_t bit = at * 8, first = bit / 6, shift = bit % 6;
    const std::uint32_t pair = sextet(kText[first]) << 6 | sextet(kText[first + 1]);
    out[at] = static_cast<std::uint8_t>(pair >> (4 - shift));
  }
  return out;
}

constexpr auto kOne = decoded();
}  // namespace

ByteView dictionary_bytes(std::uint8_t number) {
  CHECK_BUG(number <= kNewestDictionary);
  return number == 0 ? ByteView() : ByteView(kOne);
}

}  // namespace rukun
