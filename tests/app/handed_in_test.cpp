#include "app/report/handed_in.h"

#include "sync/limits.h"
#include "tests/support/catch.h"
#include "tests/support/disk_laptop.h"

namespace rukun::test {

TEST_CASE("an item as long as a member's program can write it stops no later list",
          "[app][recap]") {
  MemoryFiles outside;
  DiskLaptop laptop("handed-in", "Pak Budi", 1, outside);
  HandedIn list;
  list.at = WallTime{1};
  list.places.push_back({});
  list.lines.push_back({.item = std::string(limits::kText, 'a')});
  REQUIRE(keep_handed_in(laptop.engine().local(), list).has_value());
  const auto kept = handed_in_versions(laptop.engine().local());
  REQUIRE(kept.has_value());
  REQUIRE(kept->size() == 1);
  CHECK(kept->front().lines.front().item == list.lines.front().item);
}

}  // namespace rukun::test
