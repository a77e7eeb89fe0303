#include <string>

#include "platform/base/bytes.h"
#include "platform/base/result.h"
#include "platform/base/strong.h"
#include "platform/base/time.h"
#include "platform/clock.h"
#include "tests/support/catch.h"

namespace rukun {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return error(Code::bad_value, "odd", "give an even number");
  return n / 2;
}
Result<int> quarter(int n) {
  TRY(const int once, half(n));
  return half(once);
}
Status must_be_even(int n) {
  TRY_VOID(half(n).map([](int) {}));
  return {};
}

TEST_CASE("bytes go to hexadecimal and back", "[bytes]") {
  const Bytes bytes{0x00, 0x0f, 0xa5, 0xff};
  CHECK(to_hex(bytes) == "000fa5ff");
  CHECK(from_hex("000fa5ff") == bytes);
  CHECK(from_hex("000FA5FF") == bytes);
  CHECK(from_hex("")->empty());
}

TEST_CASE("what is not whole bytes of hexadecimal digits is refused", "[bytes]") {
  for (const char* text : {"0", "0g", "g0", "0x", " 00", "00 ", "é"}) CHECK_FALSE(from_hex(text));
}

TEST_CASE("an id takes exactly its own number of bytes", "[id]") {
  using TestId = Id<struct TestTag, 16>;
  CHECK_FALSE(TestId::from(Bytes(15)));
  CHECK_FALSE(TestId::from(Bytes(17)));
  const auto id = TestId::from(Bytes(16, 7));
  REQUIRE(id);
  CHECK(id->hex() == "07070707070707070707070707070707");
  CHECK_FALSE(id->is_zero());
  CHECK(TestId{}.is_zero());
  CHECK(TestId{} < *id);
}

TEST_CASE("an error passes through TRY with its words", "[result]") {
  CHECK(quarter(12) == 3);
  REQUIRE_FALSE(quarter(6));
  CHECK(quarter(6).error().code == Code::bad_value);
  CHECK(quarter(6).error().hint == "give an even number");
  CHECK(must_be_even(4));
  CHECK_FALSE(must_be_even(5));
}

TEST_CASE("every code has a name of its own", "[result]") {
  std::string names;
  for (int code = 0; code <= static_cast<int>(Code::io); ++code) {
    const std::string name = std::string(name_of(static_cast<Code>(code))) + ' ';
    CHECK(names.find(' ' + name) == std::string::npos);
    names += name;
  }
  CHECK(
      names ==
      "not_found ambiguous not_allowed bad_value locked damaged foreign unsupported busy full io ");
}

TEST_CASE("every day of eight centuries converts there and back", "[time]") {
  CivilDate previous = civil_from_days(-146'098);
  for (std::int64_t day = -146'097; day <= 146'097; ++day) {
    const auto date = civil_from_days(day);
    if (days_from_civil(date) != day || !is_valid(date) || !(previous < date)) {
      FAIL("day " << day);
    }
    previous = date;
  }
}

TEST_CASE("known dates fall on their days", "[time]") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({2000, 3, 1}) == 11'017);
  CHECK(days_from_civil({1969, 12, 31}) == -1);
  CHECK(civil_from_days(20'779) == CivilDate{2026, 11, 22});
}

TEST_CASE("dates that no calendar has are not valid", "[time]") {
  CHECK(is_valid({2024, 2, 29}));
  CHECK(is_valid({2000, 2, 29}));
  CHECK_FALSE(is_valid({2026, 2, 29}));
  CHECK_FALSE(is_valid({1900, 2, 29}));
  CHECK_FALSE(is_valid({2026, 4, 31}));
  CHECK_FALSE(is_valid({2026, 13, 1}));
  CHECK_FALSE(is_valid({2026, 0, 1}));
  CHECK_FALSE(is_valid({2026, 1, 0}));
  CHECK_FALSE(is_valid({0, 1, 1}));
  CHECK_FALSE(is_valid({10'000, 1, 1}));
}

TEST_CASE("instants are written in RFC 3339, milliseconds only when there are any", "[time]") {
  CHECK(rfc3339_utc({0}) == "1970-01-01T00:00:00Z");
  CHECK(rfc3339_utc({1'795'324'597'000}) == "2026-11-22T05:16:37Z");
  CHECK(rfc3339_utc({1'795'324'597'123}) == "2026-11-22T05:16:37.123Z");
  CHECK(rfc3339_utc({1'795'324'597'007}) == "2026-11-22T05:16:37.007Z");
  CHECK(rfc3339_utc({-1}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the machine's clock is of this century and its steady one does not go back", "[clock]") {
  const SystemClock clock;
  CHECK(clock.now().ms > days_from_civil({2020, 1, 1}) * 86'400'000);
  CHECK(clock.now().ms < days_from_civil({2120, 1, 1}) * 86'400'000);
  const auto before = clock.steady_ms();
  CHECK(clock.steady_ms() >= before);
}

}  // namespace
}  // namespace rukun
