// Who was entered twice and has been linked: one in lists, in duties and in what is derived; and
// two again when the link is taken back.
#include <algorithm>

#include "app/domain/rules/derived.h"
#include "app/domain/rules/same_as.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

RecordId record(std::uint8_t number) {
  RecordId out;
  out.bytes[0] = number;
  return out;
}

RecordId family(Village& village, const std::string& name) {
  return village.add("Pak Budi", k::household::kKind,
                     {{k::household::kName, text(name)},
                      {k::household::kRt, num(3)},
                      {k::household::kRw, num(7)}});
}

}  // namespace

TEST_CASE("a chain of links ends in one record, a circle in its least, in any order", "[rules]") {
  // 1 → 2 → 3; 5 → 6 → 7 → 6, a circle with a tail whose record is the least of all.
  std::vector<SameAsLink> links{{0, record(1), record(2)}, {0, record(2), record(3)},
                                {0, record(5), record(6)}, {0, record(6), record(7)},
                                {0, record(7), record(6)}, {1, record(1), record(9)},
                                {0, record(8), record(8)}};
  std::sort(links.begin(), links.end(),
            [](const SameAsLink& a, const SameAsLink& b) { return b.record < a.record; });
  for (int turn = 0; turn < 2; ++turn) {
    const auto all = stand_ins(links);
    CHECK(stands_for(all, 0, record(1)) == record(3));
    CHECK(stands_for(all, 0, record(2)) == record(3));
    CHECK(stands_for(all, 0, record(3)) == record(3));
    CHECK(stands_for(all, 0, record(5)) == record(6));
    CHECK(stands_for(all, 0, record(6)) == record(6));
    CHECK(stands_for(all, 0, record(7)) == record(6));
    CHECK(stands_for(all, 0, record(8)) == record(8));
    CHECK(stands_for(all, 1, record(1)) == record(9));
    CHECK(all.size() == 5);
    std::reverse(links.begin(), links.end());
  }
}

TEST_CASE("a linked household does its duty under the one that stands for it", "[rules]") {
  Village village;
  const auto ani = family(village, "Bu Ani"), twin = family(village, "Ibu Ani");
  const auto activity =
      village.add("Bu Sari", k::activity::kKind,
                  {{k::activity::kName, text("Ronda")}, {k::activity::kType, num(1)}});
  const auto shift = [&](std::int64_t hours) {
    return village.add("Bu Sari", k::shift::kKind,
                       {{k::shift::kActivity, activity},
                        {k::shift::kStarts, num(village.now.ms + hours * 3'600'000)},
                        {k::shift::kEnds, num(village.now.ms + (hours + 1) * 3'600'000)},
                        {k::shift::kSlots, num(2)}});
  };
  const auto join = [&](const RecordId& where, const RecordId& who) {
    return village.add("Bu Sari", k::signup::kKind,
                       {{k::signup::kShift, where}, {k::signup::kHousehold, who}});
  };
  const auto first = shift(1), second = shift(5);
  join(first, ani);
  const auto again = join(first, twin);
  join(second, twin);
  const auto load_of = [&](const RecordId& who) {
    const auto derived = Derived::load(village.records(), {}, k::household::kKind);
    REQUIRE(derived);
    return derived->value_of(village.row(who), *find_derived(k::household::kKind, "load"));
  };
  CHECK(load_of(ani) == num(1));
  CHECK(load_of(twin) == num(2));
  village.set("Pak Budi", twin, {{k::household::kSameAs, ani}});
  CHECK(load_of(ani) == num(2));   // twice on one shift is once
  CHECK(load_of(twin) == num(2));  // and asked by either name it is the same
  const auto around = load_shift(village.records(), village.space(), first);
  REQUIRE(around);
  CHECK(DutyBalances(*around).shift(first)->joined == 1);
  const auto derived = Derived::load(village.records(), {}, k::household::kKind);
  REQUIRE(derived);
  CHECK(derived->merged_into(village.space(), twin) == ani);
  CHECK_FALSE(derived->merged_into(village.space(), ani));
  CHECK(derived->value_of(village.row(ani), *find_derived(k::household::kKind, "merged")) ==
        num(1));
  // What is deleted stands for nobody.
  village.set("Pak Budi", twin, {{k::household::kSameAs, {}}});
  CHECK(load_of(ani) == num(1));
  village.set("Pak Budi", ani, {{k::household::kSameAs, twin}});
  village.remove("Bu Sari", again);
  CHECK(load_of(twin) == num(2));
}

TEST_CASE("two who bear different numbers are linked with a warning", "[rules]") {
  Village village;
  const auto person = [&](const std::string& name, const std::string& nik) {
    return village.add("Pak Budi", k::resident::kKind,
                       {{k::resident::kName, text(name)}, {k::resident::kNik, text(nik)}});
  };
  const auto one = person("Siti", "3204120101800001"), other = person("Siti", "3204120101800009");
  const auto third =
      village.add("Pak Budi", k::resident::kKind, {{k::resident::kName, text("Siti")}});
  village.set("Pak Budi", one, {{k::resident::kSameAs, other}});
  REQUIRE(village.warnings.size() == 1);
  CHECK(village.warnings[0].find("make sure that they are the same") != std::string::npos);
  village.set("Pak Budi", third, {{k::resident::kSameAs, other}});
  CHECK(village.warnings.empty());
}

TEST_CASE("who may be on record already is named with what speaks for it", "[rules]") {
  Village village;
  const auto ani = village.add("Pak Budi", k::household::kKind,
                               {{k::household::kName, text("Bu Ani Lestari")},
                                {k::household::kRt, num(3)},
                                {k::household::kRw, num(7)},
                                {k::household::kPhone, text("+628123456789")}});
  const auto typed = village.try_add("Pak Budi", k::household::kKind,
                                     {{k::household::kName, text("Ani Lestari")},
                                      {k::household::kRt, num(3)},
                                      {k::household::kRw, num(7)},
                                      {k::household::kPhone, text("+628123456789")}});
  REQUIRE(typed);
  CHECK(typed->alike == std::vector<RecordId>{ani});
  REQUIRE(typed->warnings.size() == 1);
  CHECK(typed->warnings[0] == "Possibly on record already: Bu Ani Lestari (" +
                                  ani.hex().substr(0, 8) +
                                  "), the same name; the same phone; the same RT");
}

TEST_CASE("an item of the catalogue brings its category", "[rules]") {
  Village village;
  const auto rice = village.add(
      "Bu Sari", k::need::kKind,
      {{k::need::kItem, text("rice")}, {k::need::kQuantity, qty(5)}, {k::need::kUnit, text("kg")}});
  CHECK(value_in(village.row(rice), k::need::kCategory) == num(1));
  const auto refused = village.try_add("Bu Sari", k::need::kKind,
                                       {{k::need::kItem, text("~gerobak")},
                                        {k::need::kQuantity, qty(1)},
                                        {k::need::kUnit, text("piece")}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().hint.starts_with("there are: food, water, "));
}

}  // namespace rukun::test
