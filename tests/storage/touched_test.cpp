// What was written last, for copies kept elsewhere: never less than what was, and no more room than
// was promised.
#include "storage/touched.h"

#include "sync/wire.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

TouchedRecord touched(std::uint8_t name) {
  TouchedRecord out;
  out.id.bytes[0] = name;
  return out;
}

std::vector<int> names(const std::optional<std::vector<TouchedRecord>>& all) {
  REQUIRE(all);
  std::vector<int> out;
  for (const auto& one : *all) out.push_back(one.id.bytes[0]);
  return out;
}

}  // namespace

TEST_CASE("records are told by when they arrived, in each space alone", "[touched]") {
  TouchedRecords all;
  all.note(0, touched(1));
  all.keep();
  all.arrived(5);
  all.note(0, touched(2));
  all.note(1, touched(3));
  all.keep();
  CHECK(names(all.since(0, 1000)) == std::vector<int>{2});  // not said yet with what it came
  all.arrived(9);
  all.note(0, touched(4));
  all.drop();  // the batch failed
  all.arrived(12);
  CHECK(names(all.since(0, 0)) == std::vector<int>{2, 1});
  CHECK(names(all.since(0, 5)) == std::vector<int>{2});
  CHECK(names(all.since(0, 9)).empty());
  CHECK(names(all.since(1, 5)) == std::vector<int>{3});
  CHECK(names(all.since(7, 0)).empty());
}

TEST_CASE("what was dropped is not known any more, of its space alone", "[touched]") {
  TouchedRecords all;
  all.note(0, touched(1));
  all.note(1, touched(2));
  all.keep();
  all.arrived(1);
  for (std::size_t i = 2; i < TouchedRecords::kMost + 1; ++i) {
    all.note(1, touched(7));
    all.keep();
    all.arrived(static_cast<std::int64_t>(i));
  }
  CHECK_FALSE(all.since(0, 0));
  CHECK(all.since(0, 1));
  CHECK(all.since(1, 0)->size() == TouchedRecords::kMost);
  all.forget(1);
  CHECK_FALSE(all.since(1, 1'000'000));
  all.arrived(1'000'000);
  CHECK(all.since(1, 1'000'000));
  CHECK_FALSE(all.since(1, 999'999));

  // A batch of which not all fits, and which fails: nothing of before it is claimed.
  TouchedRecords small;
  small.note(0, touched(1));
  small.keep();
  small.arrived(3);
  for (std::size_t i = 0; i <= TouchedRecords::kMost; ++i) small.note(0, touched(2));
  small.drop();
  small.arrived(4);
  CHECK_FALSE(small.since(0, 3));
  CHECK(names(small.since(0, 4)).empty());
}

TEST_CASE("it is saved and read back", "[touched]") {
  TouchedRecords all;
  all.note(3, touched(1));
  all.keep();
  all.arrived(4);
  all.note(3, {touched(2).id, true});
  all.keep();
  all.forget(8);
  const auto again = decode<TouchedRecords>(encode(all), "records", 10'000);
  REQUIRE(again);
  CHECK(names(again->since(3, 0)) == std::vector<int>{2, 1});
  CHECK(again->since(3, 4)->at(0).released);
  CHECK_FALSE(again->since(8, 100));
}

}  // namespace rukun::test
