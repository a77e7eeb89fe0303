#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {

TEST_CASE("what a writer left on a stick in many bundles is taken whatever their names",
          "[folder]") {
  ThreeNeighbors three;
  for (int i = 0; i < 8; ++i) {
    three.head.add_need(three.space, 1000 + i);
    three.head.sync(three.stick);
  }
  const auto report = three.volunteer.sync(three.stick);
  CHECK(report.refused.empty());
  CHECK(three.volunteer.count(three.space, fields::need::kKind) == 8);
  CHECK(three.volunteer.digest(three.space) == three.head.digest(three.space));
}

}  // namespace rukun::test
