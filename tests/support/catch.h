#pragma once
// The one way to Catch2: picks the header of version 2 (Debian 12) or 3, and adds what version 2
// lacks: a test that cannot run here says why with SKIP_TEST, and `./run test` counts and prints
// those lines. Tests only.

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <cstdio>
#include <cstdlib>
#include <string>

namespace rukun::test {

inline void say_skipped(const std::string& reason) {
  std::printf("SKIPPED: %s: %s\n", Catch::getResultCapture().getCurrentTestName().c_str(),
              reason.c_str());
  std::fflush(stdout);
}

// True under `./run soak`, which runs the long versions of simulations, kills and faults.
inline bool soaking() { return std::getenv("RUKUN_SOAK") != nullptr; }

}  // namespace rukun::test

// Leaves the test case, counted and printed as skipped; for what the machine lacks, never for what
// fails.
#define SKIP_TEST(reason)               \
  do {                                  \
    ::rukun::test::say_skipped(reason); \
    SUCCEED("skipped");                 \
    return;                             \
  } while (false)
