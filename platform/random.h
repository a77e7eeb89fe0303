#pragma once
// Two sources of randomness behind the Random interface: the operating system's, for programs, and
// a seeded one, for simulation and tests, whose bytes are the same on every machine. Never hand a
// SeededRandom to anything that makes keys people rely on. SystemRandom has no state and may be
// used by any thread; a SeededRandom belongs to one.

#include "platform/base/random.h"

namespace rukun {

// getrandom(2). When the system cannot give random bytes the program ends: going on would make
// guessable keys.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// xoshiro256++ (Blackman and Vigna, 2019), its state filled by splitmix64 as its authors advise.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::uint8_t> out) override;
  std::uint64_t next();

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace rukun
