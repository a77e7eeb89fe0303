// When an activity is repeated, as it is written: what is understood, and what is refused.
#include "app/domain/rules/recurrence.h"

#include "platform/base/time.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

std::int64_t day_of(int year, int month, int day) { return days_from_civil({year, month, day}); }

// The days of November 2026 (which begins on a Sunday) on which it falls: "1 8 15".
std::string in_november(std::string_view text) {
  const auto rule = parse_recurrence(text, Language::en);
  if (!rule) return "refused";
  std::string out;
  for (int day = 1; day <= 30; ++day)
    if (falls_on(*rule, day_of(2026, 11, day)))
      out += (out.empty() ? "" : " ") + std::to_string(day);
  return out;
}

TEST_CASE("a recurrence is read in three languages", "[rules][recurrence]") {
  const std::string saturdays = "7 14 21 28";
  for (const auto* text :
       {"FREQ=WEEKLY;BYDAY=SA", "freq=weekly;interval=1;byday=sa", "RRULE:FREQ=WEEKLY;BYDAY=SA",
        "BYDAY=SA;FREQ=WEEKLY", "setiap Sabtu", "setiap hari Sabtu", "Tiap  SABTU",
        "every Saturday", "setiap Sabtu 21.00-04.00", "setiap Sabtu 21.00–04.00",
        "setiap Sabtu pukul 21:00 - 04:00", "every Saturday at 21:00 to 04:00",
        "setiap Sabtu jam 21.00 s.d. 04.00", "FREQ=WEEKLY;BYDAY=SA 21.00-04.00"}) {
    CAPTURE(text);
    CHECK(in_november(text) == saturdays);
  }
  CHECK(in_november("setiap Senin dan Kamis") == "2 5 9 12 16 19 23 26 30");
  CHECK(in_november("FREQ=WEEKLY;BYDAY=MO,TH") == in_november("every Monday and Thursday"));
  CHECK(in_november("setiap Senin, Kamis") == in_november("setiap Senin dan Kamis"));
  CHECK(in_november("setiap Senin-Jumat") == in_november("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"));
  CHECK(in_november("setiap Sabtu-Minggu") == "1 7 8 14 15 21 22 28 29");
  CHECK(in_november("setiap Minggu") == "1 8 15 22 29");
  CHECK(in_november("setiap hari minggu") == "1 8 15 22 29");
  CHECK(in_november("setiap Ahad") == "1 8 15 22 29");
  CHECK(in_november("setiap malam").size() == in_november("FREQ=DAILY").size());
  CHECK(in_november("setiap malam 22.00-04.00").starts_with("1 2 3 4"));
  CHECK(in_november("setiap tanggal 5 dan 20") == "5 20");
  CHECK(in_november("FREQ=MONTHLY;BYMONTHDAY=5,-1") == "5 30");
  CHECK(in_november("FREQ=MONTHLY;BYMONTHDAY=31").empty());
  CHECK(in_november("setiap Minggu pertama") == "1");
  CHECK(in_november("every first Sunday") == "1");
  CHECK(in_november("FREQ=MONTHLY;BYDAY=2SU,-1FR") == "8 27");
  CHECK(in_november("setiap Jumat terakhir") == "27");
  CHECK(in_november("FREQ=DAILY;UNTIL=20261103") == "1 2 3");
}

TEST_CASE("hours go past midnight", "[rules][recurrence]") {
  const auto rule = parse_recurrence("setiap malam 22.00-04.00", Language::id);
  REQUIRE(rule);
  REQUIRE(rule->hours);
  CHECK(rule->hours->from_min == 22 * 60);
  CHECK(rule->hours->to_min == 4 * 60);
  CHECK_FALSE(parse_recurrence("setiap malam", Language::id)->hours);
  CHECK(weekday_of(day_of(2026, 11, 1)) == 6);
  CHECK(weekday_of(day_of(1969, 12, 31)) == 2);
  CHECK(weekday_word(6, Language::id) == "Minggu");
}

TEST_CASE("what is half understood is refused, with what was expected", "[rules][recurrence]") {
  for (const auto* text : {"",
                           " ",
                           "Sabtu",
                           "setiap",
                           "setiap minggu",
                           "setiap malam Minggu",
                           "setiap Sabtuu",
                           "setiap Sabtu 25.00-04.00",
                           "setiap Sabtu 21-04",
                           "setiap tanggal 32",
                           "setiap tanggal",
                           "setiap dua minggu",
                           "FREQ=WEEKLY",
                           "FREQ=WEEKLY;BYDAY=XX",
                           "FREQ=WEEKLY;BYDAY=1SA",
                           "FREQ=WEEKLY;BYDAY=SA;COUNT=3",
                           "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
                           "FREQ=WEEKLY;BYDAY=SA;BYDAY=SU",
                           "FREQ=YEARLY",
                           "FREQ=DAILY;BYDAY=SA",
                           "FREQ=MONTHLY;BYDAY=SU",
                           "FREQ=MONTHLY;BYDAY=6SU",
                           "FREQ=MONTHLY;BYMONTHDAY=0",
                           "FREQ=MONTHLY;BYDAY=1SU;BYMONTHDAY=3",
                           "FREQ=DAILY;UNTIL=2026",
                           "FREQ=DAILY;UNTIL=20261301",
                           "=",
                           ";",
                           "FREQ=DAILY;",
                           "every",
                           "every other Sunday",
                           "setiap Senin-",
                           "setiap -Senin",
                           "setiap Senin-Rabu-Jumat"}) {
    CAPTURE(text);
    for (const auto language : {Language::id, Language::en}) {
      const auto read = parse_recurrence(text, language);
      REQUIRE_FALSE(read);
      CHECK(read.error().code == Code::bad_value);
      CHECK_FALSE(read.error().message.empty());
      CHECK_FALSE(read.error().hint.empty());
    }
  }
  CHECK_FALSE(parse_recurrence(std::string(5000, 'a'), Language::id));
  CHECK(parse_recurrence("setiap malam Minggu", Language::id).error().message.find("malam") !=
        std::string::npos);
}

}  // namespace
}  // namespace rukun::test
