#include "platform/process.h"

#include <csignal>

#include "tests/support/catch.h"

namespace rukun {
namespace {

TEST_CASE("a stop signal sets a flag while somebody listens", "[process]") {
  for (const int number : {SIGTERM, SIGINT}) {
    const StopSignal stop;
    CHECK_FALSE(stop.asked());
    REQUIRE(std::raise(number) == 0);
    CHECK(stop.asked());
  }
}

}  // namespace
}  // namespace rukun
