#include "sync/stamp.h"

#include "tests/support/catch.h"

namespace rukun {

namespace {
constexpr WallTime kNow{1'795'500'000'000};
constexpr std::int64_t kTenYears_ms = 3652 * kDay_ms;
}  // namespace

TEST_CASE("stamps of one laptop grow, whatever its clock does", "[stamp]") {
  StampClock clock;
  Stamp last;
  for (const std::int64_t ms : {kNow.ms, kNow.ms, kNow.ms - 5, std::int64_t{0}, std::int64_t{-1},
                                kNow.ms + kTenYears_ms, kNow.ms, kNow.ms + 1}) {
    const auto next = clock.next({ms});
    CHECK(next.ticks > last.ticks);
    last = next;
  }
}

TEST_CASE("a laptop with a dead battery says 1970, and doubts it", "[stamp]") {
  StampClock clock;
  const auto first = clock.next({0});
  CHECK(first.doubtful);
  CHECK(first.wall() == WallTime{0});
  const auto later = clock.next(kNow);
  CHECK_FALSE(later.doubtful);
  CHECK(later.wall() == kNow);
  CHECK(clock.next({kBuildDate.ms - 1}).doubtful);
}

TEST_CASE("a clock that jumps back by more than a day is doubted until it catches up", "[stamp]") {
  StampClock clock;
  const auto ahead = clock.next({kNow.ms + kTenYears_ms});
  CHECK_FALSE(ahead.doubtful);
  const auto back = clock.next(kNow);
  CHECK(back.doubtful);
  CHECK(back.ticks == ahead.ticks + 1);
  StampClock slightly;
  slightly.next(kNow);
  CHECK_FALSE(slightly.next({kNow.ms - kDay_ms}).doubtful);
  CHECK(slightly.next({kNow.ms - kDay_ms - 1}).doubtful);
}

TEST_CASE("a neighbor's clock years ahead does not pull ours along", "[stamp]") {
  StampClock clock;
  clock.saw({static_cast<std::uint64_t>(kNow.ms + kTenYears_ms) << 16, false}, kNow);
  CHECK(clock.next(kNow).wall() == kNow);
  const Stamp evening{static_cast<std::uint64_t>(kNow.ms + kDay_ms) << 16, false};
  clock.saw(evening, kNow);
  CHECK(clock.next(kNow).ticks == evening.ticks + 1);
}

TEST_CASE("a full counter carries into the milliseconds", "[stamp]") {
  StampClock clock;
  clock.saw_own({(static_cast<std::uint64_t>(kNow.ms) << 16) + 0xffff, false});
  const auto next = clock.next(kNow);
  CHECK(next.wall() == WallTime{kNow.ms + 1});
  CHECK((next.ticks & 0xffff) == 0);
  CHECK_FALSE(next.doubtful);
}

TEST_CASE("what a laptop wrote before it was restarted still counts", "[stamp]") {
  StampClock clock;
  const Stamp durable{static_cast<std::uint64_t>(kNow.ms) << 16, false};
  clock.saw_own(durable);
  const auto next = clock.next({kNow.ms - 3 * kDay_ms});
  CHECK(next.ticks > durable.ticks);
  CHECK(next.doubtful);
}

}  // namespace rukun
