#pragma once
// Fixed-size identifiers that cannot be mixed up: a log id does not pass for a space id.

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>

#include "platform/base/bytes.h"

namespace rukun {

template <class Tag, std::size_t N>
struct Id {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  auto operator<=>(const Id&) const = default;
  operator ByteView() const { return {bytes.data(), N}; }
  std::string hex() const { return to_hex(*this); }
  bool is_zero() const {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
  }
  // nullopt unless exactly N bytes.
  static std::optional<Id> from(ByteView raw) {
    if (raw.size() != N) return std::nullopt;
    Id id;
    std::copy(raw.begin(), raw.end(), id.bytes.begin());
    return id;
  }
};

// Ids are hashes or random, so their first bytes spread well. A peer who crafts ids to collide
// cannot: they are outputs of a hash over signed content.
struct IdHash {
  template <class Tag, std::size_t N>
  std::size_t operator()(const Id<Tag, N>& id) const {
    std::size_t out;
    static_assert(N >= sizeof out);
    std::memcpy(&out, id.bytes.data(), sizeof out);
    return out;
  }
};

}  // namespace rukun
