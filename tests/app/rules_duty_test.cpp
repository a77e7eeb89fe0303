// Duty: clashes, skills, moving up, attendance, substitutes; and what the records make of them.
#include <algorithm>
#include <limits>

#include "app/domain/rules/attention.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/duty.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

RecordId thing(std::uint8_t sort, std::uint8_t number) {
  RecordId out;
  out.bytes[0] = sort;
  out.bytes[15] = number;
  return out;
}
constexpr std::uint8_t kShiftSort = 1, kPersonSort = 2, kSignupSort = 3, kActivitySort = 4;

SignupFact signs_up(std::uint8_t number, std::uint8_t shift, std::uint8_t person) {
  SignupFact out{.id = thing(kSignupSort, number),
                 .shift = thing(kShiftSort, shift),
                 .volunteer = thing(kPersonSort, person)};
  out.queue = {false, number, {}, 0, {}, out.id};
  return out;
}

DutyTime at_hours(std::uint8_t shift, std::int64_t from_h, std::int64_t to_h,
                  const std::string& place = {}) {
  return {thing(kShiftSort, shift),
          thing(kActivitySort, 1),
          {from_h * kHour_ms, to_h * kHour_ms},
          place};
}

TEST_CASE("two businesses mentored at one hour are two shifts, not one made twice",
          "[rules][duty]") {
  DutyFacts facts;
  std::vector<DutyTime> times{at_hours(1, 8, 9), at_hours(2, 8, 9)};
  for (const auto& time : times) facts.shifts.push_back({.id = time.shift});
  CHECK(twin_shifts(facts, times).size() == 1);
  times[1].listing = thing(kActivitySort, 9);
  CHECK(twin_shifts(facts, times).empty());
}

TEST_CASE("two duties clash hard when they share a moment, softly within an hour",
          "[rules][duty]") {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  struct Case {
    Hours a, b;
    Clash clash;
  };
  const auto h = [](std::int64_t from, std::int64_t to) {
    return Hours{from * kHour_ms, to * kHour_ms};
  };
  for (const auto& [a, b, clash] : {
           Case{h(8, 10), h(12, 14), Clash::none},
           Case{h(8, 10), h(11, 12), Clash::none},  // an hour exactly
           Case{h(8, 10), h(10, 12), Clash::soft},
           Case{h(8, 10), {10 * kHour_ms + 1, 11 * kHour_ms}, Clash::soft},
           Case{h(8, 10), {11 * kHour_ms - 1, 12 * kHour_ms}, Clash::soft},
           Case{h(8, 10), h(9, 12), Clash::hard},
           Case{h(8, 12), h(9, 10), Clash::hard},
           Case{h(8, 10), h(8, 10), Clash::hard},
           Case{h(8, 10), {10 * kHour_ms - 1, 12 * kHour_ms}, Clash::hard},
           Case{{kLeast, kMost}, h(8, 10), Clash::hard},
           Case{{kMost - 5, kMost}, {kLeast, kLeast + 5}, Clash::none},
       }) {
    CAPTURE(a.from_ms, a.to_ms, b.from_ms, b.to_ms);
    CHECK(clash_of(a, b) == clash);
    CHECK(clash_of(b, a) == clash);
  }
}

TEST_CASE("skills are compared as people spell them", "[rules][duty]") {
  using Skills = std::vector<std::string>;
  struct Case {
    Skills wanted, has, missing;
  };
  for (const auto& [wanted, has, missing] : {
           Case{{}, {}, {}},
           Case{{}, {"masak"}, {}},
           Case{{"Masak"}, {"masak"}, {}},
           Case{{"P3K"}, {"p3k ", "sopir"}, {}},
           Case{{"masak", "sopir"}, {"sopir"}, {"masak"}},
           Case{{"masak"}, {}, {"masak"}},
       })
    CHECK(missing_skills(wanted, has) == missing);
}

TEST_CASE("whoever holds a slot only because somebody withdrew has moved up", "[rules][duty]") {
  DutyFacts facts;
  facts.shifts = {{thing(kShiftSort, 1), 2}};
  facts.signups = {signs_up(1, 1, 1), signs_up(2, 1, 2), signs_up(3, 1, 3), signs_up(4, 1, 4)};
  CHECK(moved_up(facts).empty());
  facts.signups[0].joined = false;
  CHECK(moved_up(facts) == std::vector{thing(kSignupSort, 3)});
  facts.signups[1].joined = false;
  CHECK(moved_up(facts) == std::vector{thing(kSignupSort, 3), thing(kSignupSort, 4)});
  // A substitute takes the free place, so nobody moves.
  auto substitute = signs_up(5, 1, 5);
  substitute.replaces = thing(kSignupSort, 2);
  facts.signups.push_back(substitute);
  CHECK(moved_up(facts) == std::vector{thing(kSignupSort, 3)});
  facts.shifts[0].cancelled = true;
  CHECK(moved_up(facts).empty());
}

TEST_CASE("attendance counts once a shift, and not for who withdrew", "[rules][duty]") {
  struct Case {
    bool joined, attended, settled, excused, cancelled;
    std::int64_t served, missed, load;
  };
  for (const auto& one : {
           Case{true, false, false, false, false, 0, 0, 1},  // ahead, or not recorded
           Case{true, true, true, false, false, 1, 0, 0},    // present
           Case{true, false, true, false, false, 0, 1, 0},   // absent
           Case{true, false, true, true, false, 0, 0, 0},    // excused
           Case{false, true, true, false, false, 0, 0, 0},   // withdrew after all
           Case{false, false, true, false, false, 0, 0, 0},
           Case{true, false, true, false, true, 0, 0, 0},  // absent from what did not take place
       }) {
    DutyFacts facts;
    facts.shifts = {{thing(kShiftSort, 1), 2, one.cancelled}};
    facts.signups = {signs_up(1, 1, 1)};
    auto& signup = facts.signups[0];
    signup.joined = one.joined;
    signup.attended = one.attended;
    signup.settled = one.settled;
    signup.excused = one.excused;
    CAPTURE(one.joined, one.attended, one.settled, one.excused, one.cancelled);
    const auto person = DutyBalances(facts).volunteer(thing(kPersonSort, 1));
    CHECK(person.served == one.served);
    CHECK(person.missed == one.missed);
    CHECK(person.load == one.load);
  }
  // Signed up twice, marked absent on one and present on the other: was there, once.
  DutyFacts facts;
  facts.shifts = {{thing(kShiftSort, 1), 2}};
  facts.signups = {signs_up(1, 1, 1), signs_up(2, 1, 1)};
  for (auto& signup : facts.signups) signup.settled = true;
  facts.signups[1].attended = true;
  CHECK(DutyBalances(facts).volunteer(thing(kPersonSort, 1)).served == 1);
  CHECK(DutyBalances(facts).volunteer(thing(kPersonSort, 1)).missed == 0);
}

TEST_CASE("a substitute has the credit, and whoever was stood in for has not missed",
          "[rules][duty]") {
  DutyFacts facts;
  facts.shifts = {{thing(kShiftSort, 1), 1}};
  facts.signups = {signs_up(1, 1, 1), signs_up(2, 1, 2), signs_up(3, 1, 3)};
  facts.signups[0].joined = false;
  facts.signups[0].settled = true;  // absent had been recorded before somebody stood in
  facts.signups[2].replaces = thing(kSignupSort, 1);
  facts.signups[2].attended = facts.signups[2].settled = true;
  const DutyBalances balances(facts);
  CHECK(balances.volunteer(thing(kPersonSort, 1)).missed == 0);
  CHECK(balances.volunteer(thing(kPersonSort, 3)).served == 1);
  CHECK(balances.signup(thing(kSignupSort, 2))->waiting);
}

TEST_CASE("double bookings and twin shifts are found whatever the order", "[rules][duty]") {
  DutyFacts facts;
  for (std::uint8_t i = 1; i <= 4; ++i) facts.shifts.push_back({thing(kShiftSort, i), 2});
  std::vector<DutyTime> times{at_hours(1, 8, 12), at_hours(2, 10, 14), at_hours(3, 14, 16),
                              at_hours(4, 8, 12)};
  facts.signups = {signs_up(1, 1, 1), signs_up(2, 2, 1), signs_up(3, 3, 1), signs_up(4, 1, 2)};
  const auto look = [&] { return double_bookings(facts, times); };
  REQUIRE(look().size() == 1);
  CHECK(look()[0].first == thing(kSignupSort, 1));
  CHECK(look()[0].second == thing(kSignupSort, 2));
  REQUIRE(twin_shifts(facts, times).size() == 1);
  CHECK(twin_shifts(facts, times)[0].shift == thing(kShiftSort, 4));
  CHECK(twin_shifts(facts, times)[0].of == thing(kShiftSort, 1));
  std::reverse(facts.signups.begin(), facts.signups.end());
  std::reverse(times.begin(), times.end());
  CHECK(look().size() == 1);
  CHECK(look()[0].first == thing(kSignupSort, 1));
  CHECK(twin_shifts(facts, times)[0].of == thing(kShiftSort, 1));
  times[0].place = "balai";
  CHECK(twin_shifts(facts, times).empty());
  facts.shifts[0].cancelled = true;
  CHECK(look().empty());
}

TEST_CASE("nobody both holds a slot and waits, and slots are never over-filled, in any order",
          "[rules][duty]") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    const auto below = [&](std::uint64_t n) { return static_cast<std::uint8_t>(random.below(n)); };
    DutyFacts facts;
    for (std::uint8_t i = 1; i <= 3; ++i)
      facts.shifts.push_back({thing(kShiftSort, i), below(4), below(6) == 0});
    for (std::uint8_t i = 1; i <= 16; ++i) {
      auto signup = signs_up(i, static_cast<std::uint8_t>(1 + below(3)), below(6));
      signup.queue.ticks = below(5);
      signup.joined = below(4) != 0;
      signup.settled = below(3) == 0;
      signup.attended = signup.settled && below(2) == 0;
      if (below(4) == 0)
        signup.replaces = thing(kSignupSort, static_cast<std::uint8_t>(1 + below(16)));
      facts.signups.push_back(signup);
    }
    const DutyBalances one(facts);
    auto turned = facts;
    for (auto i = turned.signups.size(); i > 1; --i)
      std::swap(turned.signups[i - 1], turned.signups[random.below(i)]);
    std::reverse(turned.shifts.begin(), turned.shifts.end());
    const DutyBalances other(turned);
    CHECK(moved_up(facts) == moved_up(turned));
    for (const auto& shift : facts.shifts) {
      REQUIRE(one.shift(shift.id)->joined <= *shift.slots);
      REQUIRE(one.shift(shift.id)->joined == other.shift(shift.id)->joined);
      REQUIRE(one.shift(shift.id)->waiting == other.shift(shift.id)->waiting);
      // Waiting only while all slots are taken.
      if (one.shift(shift.id)->waiting > 0) REQUIRE(one.shift(shift.id)->joined == *shift.slots);
      std::map<RecordId, int> places;
      for (const auto& signup : facts.signups)
        if (signup.shift == shift.id && one.signup(signup.id)->position > 0)
          ++places[*signup.volunteer];
      for (const auto& [person, count] : places) REQUIRE(count == 1);
    }
    for (const auto& signup : facts.signups) {
      REQUIRE(one.signup(signup.id)->position == other.signup(signup.id)->position);
      REQUIRE(one.signup(signup.id)->waiting == other.signup(signup.id)->waiting);
      const auto a = one.volunteer(*signup.volunteer), b = other.volunteer(*signup.volunteer);
      REQUIRE((a.load == b.load && a.served == b.served && a.missed == b.missed));
    }
  }
}

// A village with shifts.
struct DutyVillage : Village {
  RecordId act = add(
      "Bu Sari", k::activity::kKind,
      {{k::activity::kName, text("Ronda")}, {k::activity::kType, num(k::activity::kTypeRonda)}});
  RecordId shift(std::int64_t from_h, std::int64_t to_h, std::int64_t slots,
                 std::vector<Given> more = {}) {
    std::vector<Given> given{{k::shift::kActivity, act},
                             {k::shift::kStarts, num(now.ms + from_h * kHour_ms)},
                             {k::shift::kEnds, num(now.ms + to_h * kHour_ms)},
                             {k::shift::kSlots, num(slots)}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::shift::kKind, given);
  }
  RecordId volunteer(const std::string& name) {
    return add("Bu Sari", k::volunteer::kKind, {{k::volunteer::kName, text(name)}});
  }
  RecordId join(const RecordId& to, const RecordId& who, std::optional<RecordId> replaces = {}) {
    std::vector<Given> given{{k::signup::kShift, to}, {k::signup::kVolunteer, who}};
    if (replaces) given.push_back({k::signup::kReplaces, *replaces});
    return add("Bu Sari", k::signup::kKind, given);
  }
  std::vector<AttentionItem> attention(const std::string& code) {
    auto found = rukun::attention({records(), {}, now, kWibOffset_min, &items()});
    REQUIRE(found);
    std::erase_if(*found, [&](const AttentionItem& one) { return one.code != code; });
    return *found;
  }
  bool warned(const std::string& words) const {
    return std::any_of(warnings.begin(), warnings.end(), [&](const std::string& one) {
      return one.find(words) != std::string::npos;
    });
  }
};

TEST_CASE("who moves up from the waiting list is told until the shift begins", "[rules][duty]") {
  DutyVillage watch;
  const auto shift = watch.shift(24, 30, 1);
  const auto first = watch.join(shift, watch.volunteer("Joko"));
  const auto second = watch.join(shift, watch.volunteer("Ani"));
  CHECK(watch.warned("waiting list"));
  CHECK(watch.attention("moved_up").empty());
  watch.set("Bu Sari", first, {{k::signup::kState, num(k::signup::kStateWithdrawn)}});
  const auto told = watch.attention("moved_up");
  REQUIRE(told.size() == 1);
  CHECK(told[0].record == second);
  CHECK(told[0].text.id.find("Ani") != std::string::npos);
  watch.now.ms += 25 * kHour_ms;
  CHECK(watch.attention("moved_up").empty());
}

TEST_CASE("a volunteer whom two laptops sent to two places is told", "[rules][duty]") {
  DutyVillage watch;
  const auto joko = watch.volunteer("Joko");
  const auto first = watch.join(watch.shift(24, 30, 2), joko);
  const auto second = watch.join(watch.shift(26, 32, 2), joko);
  CHECK(watch.warned("Overlaps with"));
  const auto told = watch.attention("overlap");
  REQUIRE(told.size() == 1);
  CHECK(told[0].record == second);
  CHECK(told[0].others == std::vector{first});
  CHECK(told[0].command == "set " + second.hex() + " state=withdrawn");
  watch.join(watch.shift(32, 33, 1), joko);
  CHECK(watch.warned("Less than an hour"));
  const auto twin = watch.shift(24, 30, 2);
  CHECK(watch.attention("twin_shift").empty());  // a second apart
  watch.set("Bu Sari", twin, {{k::shift::kCancelled, text("hujan")}});
  watch.join(twin, watch.volunteer("Ani"));
  CHECK(watch.warned("cancelled"));
}

TEST_CASE("a substitute stands on the same shift, and is warned while the place is held",
          "[rules][duty]") {
  DutyVillage watch;
  const auto shift = watch.shift(24, 30, 1), other = watch.shift(48, 54, 1);
  const auto joko = watch.volunteer("Joko"), ani = watch.volunteer("Ani");
  const auto first = watch.join(shift, joko);
  const auto refused = watch.try_add(
      "Bu Sari", k::signup::kKind,
      {{k::signup::kShift, other}, {k::signup::kVolunteer, ani}, {k::signup::kReplaces, first}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_value);
  CHECK(refused.error().message.find("same shift") != std::string::npos);
  const auto early = watch.join(shift, ani, first);
  CHECK(watch.warned("has not withdrawn"));
  watch.set("Bu Sari", early, {{k::signup::kState, num(k::signup::kStateWithdrawn)}});
  // In one action the place passes on, and nobody waits.
  const auto checked = check(
      {{Village::added(k::signup::kKind, {{k::signup::kShift, shift},
                                          {k::signup::kVolunteer, watch.volunteer("Tono")},
                                          {k::signup::kReplaces, first}}),
        SetFields{first, {{k::signup::kState, OpType::put, num(k::signup::kStateWithdrawn)}}}}},
      watch.context("Bu Sari"));
  REQUIRE(checked);
  CHECK(checked->warnings.empty());
}

TEST_CASE("attendance can be corrected, and a slip is warned of", "[rules][duty]") {
  DutyVillage watch;
  const auto joko = watch.volunteer("Joko");
  const auto signup = watch.join(watch.shift(1, 2, 1), joko);
  const auto attends = [&](std::int64_t state) {
    watch.set("Bu Sari", signup, {{k::signup::kAttendance, num(state)}});
    const auto derived = Derived::load(watch.records(), {}, k::volunteer::kKind);
    std::string out;
    for (const auto& one : derived->values_for(watch.row(joko)))
      out += machine_value(*one.field, one.value) + " ";
    return out;  // load served missed
  };
  CHECK(attends(k::signup::kAttendanceAbsent) == "0 0 1 ");
  CHECK(watch.warned("has not begun"));
  watch.now.ms += 3 * kHour_ms;
  CHECK(attends(k::signup::kAttendanceExcused) == "0 0 0 ");
  CHECK_FALSE(watch.warned("has not begun"));
  CHECK(attends(k::signup::kAttendancePresent) == "0 1 0 ");
}

TEST_CASE("a mentoring's next step is listed until it is done", "[rules][duty]") {
  DutyVillage watch;
  const auto mentoring = watch.add("Bu Sari", k::activity::kKind,
                                   {{k::activity::kName, text("Pendampingan warung")},
                                    {k::activity::kType, num(k::activity::kTypeMentoring)}});
  const auto stall = watch.add(
      "Bu Sari", k::listing::kKind,
      {{k::listing::kBusiness, text("Warung Bu Ani")}, {k::listing::kProduct, text("nasi uduk")}});
  watch.act = mentoring;
  watch.shift(1, 2, 1);
  CHECK(watch.warned("names no business"));
  const auto visit =
      watch.shift(1, 2, 1, {{k::shift::kListing, stall}, {k::shift::kNextStep, text("foto menu")}});
  CHECK_FALSE(watch.warned("names no business"));
  CHECK(watch.attention("next_step").empty());
  watch.now.ms += 2 * kHour_ms;
  const auto told = watch.attention("next_step");
  REQUIRE(told.size() == 1);
  CHECK(told[0].text.id == "Warung Bu Ani (nasi uduk): langkah berikut: foto menu");
  CHECK(told[0].command == "set " + visit.hex() + " next_step=");
  watch.set("Bu Sari", visit, {{k::shift::kNextStep, {}}});
  CHECK(watch.attention("next_step").empty());
}

TEST_CASE("an activity's recurrence is read when it is entered", "[rules][duty]") {
  DutyVillage watch;
  const auto given = [](const std::string& rule) {
    return std::vector<Given>{{k::activity::kRecurrence, text(rule)}};
  };
  CHECK(watch.try_set("Bu Sari", watch.act, given("setiap Sabtu 21.00-04.00")));
  const auto refused = watch.try_set("Bu Sari", watch.act, given("kadang-kadang"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_value);
  CHECK(refused.error().message.find("recurrence") != std::string::npos);
  CHECK_FALSE(refused.error().hint.empty());
}

}  // namespace
}  // namespace rukun::test
