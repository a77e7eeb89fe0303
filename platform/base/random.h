#pragma once
// Randomness comes through constructors, so that a seed is a history in tests and the operating
// system's generator is used in programs. Not thread-safe; one per thread.

#include <array>
#include <cstdint>
#include <span>

namespace rukun {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <class IdType>
  IdType draw() {
    IdType id;
    fill(id.bytes);
    return id;
  }
  // Uniform in [0, below); below > 0. The bias of at most below / 2^64 does not matter to any use
  // here.
  std::uint64_t below(std::uint64_t bound) {
    std::array<std::uint8_t, 8> raw{};
    fill(raw);
    std::uint64_t n = 0;
    for (const auto b : raw) n = n << 8 | b;
    return n % bound;
  }
};

}  // namespace rukun
