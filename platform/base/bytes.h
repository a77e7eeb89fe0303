#pragma once
// Bytes, views of them, and their hexadecimal form. A ByteView never owns.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rukun {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

std::string to_hex(ByteView bytes);  // lower case
std::optional<Bytes> from_hex(
    std::string_view text);  // either case; nullopt unless whole bytes of hex digits

}  // namespace rukun
