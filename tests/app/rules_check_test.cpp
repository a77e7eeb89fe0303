// What may be entered, by whom, and what is said about it.
#include <algorithm>

#include "app/domain/rules/check.h"
#include "app/domain/rules/roles.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

std::vector<Given> rice_need(std::int64_t kilos) {
  return {{k::need::kCategory, num(1)},
          {k::need::kItem, text("rice")},
          {k::need::kQuantity, qty(kilos)},
          {k::need::kUnit, text("kg")}};
}
std::vector<Given> rice_offer(std::int64_t kilos) {
  return {{k::offer::kCategory, num(1)},
          {k::offer::kItem, text("rice")},
          {k::offer::kQuantity, qty(kilos)},
          {k::offer::kUnit, text("kg")}};
}
std::vector<Given> with(std::vector<Given> given, FieldId field, Value value) {
  std::erase_if(given, [&](const Given& one) { return one.field == field; });
  if (!is_none(value)) given.push_back({field, std::move(value)});
  return given;
}
std::vector<Given> home(const std::string& name) {
  return {
      {k::household::kName, text(name)}, {k::household::kRt, num(3)}, {k::household::kRw, num(7)}};
}

bool warned(const Village& village, const std::string& part) {
  return std::any_of(village.warnings.begin(), village.warnings.end(),
                     [&](const std::string& one) { return one.find(part) != one.npos; });
}

const Value* given_in(const Checked& checked, FieldId field) {
  const auto& add = std::get<AddRecord>(checked.action.changes[0]);
  for (const auto& one : add.fields)
    if (one.field == field) return &one.value;
  return nullptr;
}

TEST_CASE("each role writes what the table says", "[rules]") {
  struct Line {
    KindId kind;
    bool head, volunteer, office, own_reader, other_reader;
  };
  const std::vector<Line> table{
      {k::need::kKind, true, true, false, true, false},
      {k::offer::kKind, true, true, false, true, false},
      {k::listing::kKind, true, true, false, true, false},
      {k::order::kKind, true, true, false, true, false},
      {k::signup::kKind, true, true, false, true, false},
      {k::household::kKind, true, true, false, false, false},
      {k::resident::kKind, true, true, false, false, false},
      {k::pledge::kKind, true, true, false, false, false},
      {k::handover::kKind, true, true, false, false, false},
      {k::drive::kKind, true, true, false, false, false},
      {k::contribution::kKind, true, true, false, false, false},
      {k::volunteer::kKind, true, true, false, false, false},
      {k::activity::kKind, true, true, false, false, false},
      {k::shift::kKind, true, true, false, false, false},
      {k::program::kKind, true, false, true, false, false},
      {k::stock::kKind, true, false, true, false, false},
      {k::entitlement::kKind, true, false, true, false, false},
      {k::notice::kKind, true, true, true, false, false},
      {k::resource::kKind, true, true, true, false, false},
      {k::training::kKind, true, true, true, false, false},
      {k::report_mark::kKind, true, false, false, false, false},
      {9999, true, true, false, false, false},
  };
  CHECK(table.size() == all_kinds().size() + 1);
  for (const auto& line : table) {
    CAPTURE(line.kind);
    CHECK(may_write(Role::head, {.kind = line.kind}).has_value() == line.head);
    CHECK(may_write(Role::volunteer, {.kind = line.kind}).has_value() == line.volunteer);
    CHECK(may_write(Role::office, {.kind = line.kind}).has_value() == line.office);
    CHECK(may_write(Role::reader, {.kind = line.kind, .own = true}).has_value() == line.own_reader);
    CHECK(may_write(Role::reader, {.kind = line.kind}).has_value() == line.other_reader);
  }
  CHECK(may_write(Role::office, {.kind = k::handover::kKind, .confirms = true}));
  CHECK_FALSE(may_write(Role::reader, {.kind = k::handover::kKind, .confirms = true}));
  const auto refused = may_write(Role::volunteer, {.kind = k::program::kKind}, Language::en);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::not_allowed);
  CHECK(refused.error().message == "Volunteer may not write Aid program");
  CHECK(refused.error().hint == "Who may: RT head, Village office");
}

TEST_CASE("a resident changes only records of their own", "[rules]") {
  Village village;
  const auto own = village.add("Bu Ani", k::need::kKind, rice_need(5));
  const auto other = village.add("Bu Sari", k::need::kKind, rice_need(5));
  village.set("Bu Ani", own, {{k::need::kQuantity, qty(7)}});
  village.set("Bu Sari", own, {{k::need::kUrgency, num(3)}});
  CHECK(village.try_set("Bu Ani", own, {{k::need::kNote, text("habis")}}));
  const auto refused = village.try_set("Bu Ani", other, {{k::need::kQuantity, qty(7)}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::not_allowed);
  CHECK_FALSE(village.try_add("Bu Ani", k::household::kKind, home("Bu Ani")));
  CHECK_FALSE(village.try_add("Pak Lurah", k::need::kKind, rice_need(5)));
  CHECK_FALSE(check({{DeleteRecord{other}}}, village.context("Bu Ani")));
  village.remove("Bu Ani", own);
}

TEST_CASE("what is not said is filled in", "[rules]") {
  Village village;
  const auto checked = village.try_add("Bu Sari", k::need::kKind, rice_need(5));
  REQUIRE(checked);
  CHECK(*given_in(*checked, k::need::kTitle) == text("Beras"));
  CHECK(*given_in(*checked, k::need::kUrgency) == num(k::need::kUrgencyNormal));
  CHECK(*given_in(*checked, k::need::kPrivacy) == num(k::need::kPrivacyMembers));
  const auto other =
      village.try_add("Bu Sari", k::need::kKind, with(rice_need(5), k::need::kItem, {}));
  REQUIRE(other);
  CHECK(*given_in(*other, k::need::kTitle) == text("Pangan"));
  const auto named = village.try_add("Bu Sari", k::need::kKind,
                                     with(rice_need(5), k::need::kTitle, text("Untuk dapur")));
  CHECK(*given_in(*named, k::need::kTitle) == text("Untuk dapur"));

  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const auto handover = village.try_add("Bu Sari", k::handover::kKind,
                                        {{k::handover::kNeed, need},
                                         {k::handover::kQuantity, qty(5)},
                                         {k::handover::kReceivedBy, text("Ani")}});
  REQUIRE(handover);
  CHECK(*given_in(*handover, k::handover::kAt) == num(village.now.ms));
  // Its receipt code follows from its id: receipt.h.
  CHECK(given_in(*handover, k::handover::kReceiptCode) == nullptr);
}

TEST_CASE("a title that nobody typed leaves out how much, so that correcting it is one change",
          "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  village.set("Bu Sari", need, {{k::need::kQuantity, qty(8)}});
  CHECK(value_in(village.row(need), k::need::kTitle) == text("Beras"));
  village.set("Bu Sari", need, {{k::need::kTitle, text("Dapur umum")}});
  village.set("Bu Sari", need, {{k::need::kQuantity, qty(9)}});
  CHECK(value_in(village.row(need), k::need::kTitle) == text("Dapur umum"));
}

TEST_CASE("a value that does not fit is refused with what was expected", "[rules]") {
  Village village;
  struct Line {
    FieldId field;
    Value value;
    std::string says;
  };
  const std::vector<Line> table{
      {k::need::kQuantity, {}, "Quantity (quantity) must be given"},
      {k::need::kQuantity, qty(0), "above 0"},
      {k::need::kQuantity, qty(-3), "above 0"},
      {k::need::kQuantity, num(9'000'000'000'000'000'000), "too large"},
      {k::need::kQuantity, text("lima"), "no quantity"},
      {k::need::kUnit, text("segenggam"), "expected a unit"},
      {k::need::kCategory, num(99), "one of: food"},
      {k::need::kUrgency, num(0), "one of: normal"},
      {k::need::kItem, text("no_such_item"), "catalogue"},
      {k::need::kTitle, text("\xff"), "plain text"},
      {k::need::kTitle, text("   "), "empty"},
      {k::need::kPeople, num(-1), "whole number"},
      {k::need::kNeededBy, num(20'251'340), "date"},
      {k::need::kHousehold, text("Bu Ani"), "no ref:household"},
      {999, num(1), "no field #999"},
  };
  for (const auto& line : table) {
    CAPTURE(line.field, line.says);
    const auto refused =
        village.try_add("Bu Sari", k::need::kKind, with(rice_need(5), line.field, line.value));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::bad_value);
    CHECK(refused.error().message.find(line.says) != std::string::npos);
  }
  CHECK_FALSE(village.try_add("Bu Sari", 999, {}));
  CHECK_FALSE(check({}, village.context("Bu Sari")));
  CHECK_FALSE(check({{AddRecord{k::volunteer::kKind,
                                {{k::volunteer::kName, OpType::put, text("Dewi")},
                                 {k::volunteer::kSkills, OpType::put, text("masak")}}}}},
                    village.context("Bu Sari")));
  CHECK_FALSE(check({{AddRecord{k::volunteer::kKind,
                                {{k::volunteer::kName, OpType::put, text("Dewi")},
                                 {k::volunteer::kName, OpType::put, text("Dewi")}}}}},
                    village.context("Bu Sari")));
  CHECK(village.try_add("Bu Sari", k::need::kKind,
                        with(rice_need(5), k::need::kItem, text("~gas melon"))));
  CHECK(village.try_add("Bu Sari", k::need::kKind,
                        with(rice_need(5), k::need::kNeededBy, num(20'261'200))));
}

TEST_CASE("what must be there cannot be cleared, and what is missing may stay so", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const auto refused = village.try_set("Bu Sari", need, {{k::need::kUnit, {}}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "Unit (unit) must be given");
  const auto broken = village.force("Bu Sari", k::need::kKind, {{k::need::kTitle, text("?")}});
  CHECK(village.try_set("Bu Sari", broken, {{k::need::kNote, text("siapa ini")}}));
}

TEST_CASE("a reference leads to a record of the right kind that is here", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const auto offer = village.add("Bu Sari", k::offer::kKind, rice_offer(5));
  const auto pledge = [&](Value to) {
    return village.try_add("Bu Sari", k::pledge::kKind,
                           {{k::pledge::kNeed, std::move(to)}, {k::pledge::kQuantity, qty(1)}});
  };
  CHECK(pledge(need));
  CHECK(pledge(offer).error().message == "Need (need) must point at Need, not Offer");
  CHECK(pledge(RecordId{}).error().code == Code::not_found);
  CHECK(pledge(LocalRef{0}).error().code == Code::bad_value);
  CHECK(pledge(LocalRef{7}).error().code == Code::bad_value);
  village.remove("Bu Sari", need);
  CHECK(pledge(need).error().code == Code::not_found);
  CHECK(village.try_set("Bu Sari", need, {{k::need::kNote, text("x")}}).error().code ==
        Code::not_found);

  // Two records made in one action refer to each other by place.
  Action both{{Village::added(k::need::kKind, rice_need(5)),
               Village::added(k::pledge::kKind, {{k::pledge::kNeed, LocalRef{0}},
                                                 {k::pledge::kOffer, offer},
                                                 {k::pledge::kQuantity, qty(5)}})}};
  CHECK(check(both, village.context("Bu Sari")));
  std::swap(both.changes[0], both.changes[1]);
  CHECK_FALSE(check(both, village.context("Bu Sari")));
}

TEST_CASE("rules between fields hold", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const auto says = [&](const std::string& who, KindId kind, std::vector<Given> given) {
    const auto checked = village.try_add(who, kind, std::move(given));
    return checked ? std::string() : checked.error().message;
  };
  CHECK(says("Bu Sari", k::handover::kKind,
             {{k::handover::kQuantity, qty(1)}, {k::handover::kReceivedBy, text("Ani")}})
            .starts_with("Give exactly one of: Pledge (pledge), Entitlement (entitlement)"));
  CHECK(says("Bu Sari", k::volunteer::kKind, {}).starts_with("Name (name) must be given"));
  const auto activity =
      village.add("Bu Sari", k::activity::kKind,
                  {{k::activity::kName, text("Ronda")}, {k::activity::kType, num(1)}});
  CHECK(says("Bu Sari", k::shift::kKind,
             {{k::shift::kActivity, activity},
              {k::shift::kStarts, num(village.now.ms)},
              {k::shift::kEnds, num(village.now.ms)}}) ==
        "Ends (ends) must be after Starts (starts)");
  const auto shift = village.add("Bu Sari", k::shift::kKind,
                                 {{k::shift::kActivity, activity},
                                  {k::shift::kStarts, num(village.now.ms)},
                                  {k::shift::kEnds, num(village.now.ms + kHour_ms)}});
  CHECK(says("Bu Sari", k::signup::kKind, {{k::signup::kShift, shift}})
            .starts_with("Give one of: Volunteer"));
  CHECK(says("Pak Lurah", k::stock::kKind,
             {{k::stock::kItem, text("rice")},
              {k::stock::kQuantity, qty(0)},
              {k::stock::kUnit, text("kg")}})
            .starts_with("Quantity (quantity) may not be 0"));
  CHECK(says("Bu Sari", k::drive::kKind,
             {{k::drive::kTitle, text("Kas")},
              {k::drive::kGoalType, num(k::drive::kGoalTypeMoney)},
              {k::drive::kTarget, num(1500)}})
            .ends_with("must be whole rupiah: 1.5"));
  CHECK(says("Bu Sari", k::offer::kKind,
             with(with(rice_offer(5), k::offer::kAvailableFrom, num(20'261'200)),
                  k::offer::kAvailableUntil, num(20'250'000)))
            .ends_with("must be after Available from (available_from)"));
  const auto liters =
      village.add("Bu Sari", k::offer::kKind, with(rice_offer(5), k::offer::kUnit, text("liter")));
  CHECK(
      says("Bu Sari", k::pledge::kKind,
           {{k::pledge::kNeed, need}, {k::pledge::kOffer, liters}, {k::pledge::kQuantity, qty(1)}})
          .find("cannot be converted exactly") != std::string::npos);
  const auto gone = village.add("Bu Sari", k::offer::kKind, rice_offer(5));
  village.set("Bu Sari", gone, {{k::offer::kWithdrawn, text("habis")}});
  CHECK(
      says("Bu Sari", k::pledge::kKind,
           {{k::pledge::kNeed, need}, {k::pledge::kOffer, gone}, {k::pledge::kQuantity, qty(1)}}) ==
      "This offer has been withdrawn");
}

TEST_CASE("what no neighborhood hands out is said to be much, and no birth lies ahead", "[rules]") {
  Village village;
  const auto need = [&](std::int64_t quantity, const std::string& unit) {
    village.add("Bu Sari", k::need::kKind,
                {{k::need::kCategory, num(1)},
                 {k::need::kQuantity, qty(quantity)},
                 {k::need::kUnit, text(unit)}});
    return warned(village, "is very much; look again");
  };
  CHECK(need(1'000'001, "kg"));
  CHECK_FALSE((need(1'000'000, "kg") || need(5'000'000, "rupiah")));
  const auto born = [&](std::int64_t date) {
    const auto checked =
        village.try_add("Pak Budi", k::resident::kKind,
                        {{k::resident::kName, text("Siti")}, {k::resident::kBirthDate, num(date)}});
    return checked ? std::string() : checked.error().message;
  };
  const auto today = local_date(village.now, kWibOffset_min);
  CHECK((born(today) + born(today / 10000 * 10000)).empty());
  for (const auto date : {today + 10000, (today / 10000 + 1) * 10000})
    CHECK(born(date).find("lies ahead") != std::string::npos);
}

TEST_CASE("a merge of households does not go in a circle", "[rules]") {
  Village village;
  const auto ani = village.add("Pak Budi", k::household::kKind, home("Ani"));
  const auto eni = village.add("Pak Budi", k::household::kKind, home("Sukarni"));
  CHECK_FALSE(village.try_set("Pak Budi", ani, {{k::household::kSameAs, ani}}));
  village.set("Pak Budi", ani, {{k::household::kSameAs, eni}});
  CHECK_FALSE(village.try_set("Pak Budi", eni, {{k::household::kSameAs, ani}}));
  village.set("Pak Budi", ani, {{k::household::kSameAs, {}}});
  CHECK(village.try_set("Pak Budi", eni, {{k::household::kSameAs, ani}}));
}

TEST_CASE("a hand-over is confirmed by somebody else", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const std::vector<Given> given{{k::handover::kNeed, need},
                                 {k::handover::kQuantity, qty(5)},
                                 {k::handover::kReceivedBy, text("Ani")}};
  CHECK_FALSE(
      village.try_add("Bu Sari", k::handover::kKind, with(given, k::handover::kConfirmed, num(1))));
  CHECK_FALSE(village.try_add("Bu Sari", k::handover::kKind,
                              with(given, k::handover::kReceiptCode, text("ABCD-EFGH"))));
  const auto handover = village.add("Bu Sari", k::handover::kKind, given);
  const std::vector<Given> yes{{k::handover::kConfirmed, num(1)}};
  CHECK(village.try_set("Bu Sari", handover, yes).error().code == Code::not_allowed);
  CHECK(village.try_set("Pak Budi", handover, yes));
  CHECK(village.try_set("Pak Lurah", handover, yes));
  CHECK_FALSE(village.try_set("Pak Lurah", handover, {{k::handover::kQuantity, qty(9)}}));
  CHECK_FALSE(village.try_set("Bu Ani", handover, yes));
}

TEST_CASE("a natural key names the record, and an existing one keeps what it has", "[rules]") {
  const AddRecord family{k::household::kKind,
                         {{k::household::kKkNumber, OpType::put, text("3201010101010001")}}};
  CHECK(natural_key(family) == "3201010101010001");
  CHECK_FALSE(natural_key(
      {k::resident::kKind, {{k::resident::kNik, OpType::put, text("0000000000000000")}}}));
  CHECK_FALSE(natural_key({k::need::kKind, {{k::need::kTitle, OpType::put, text("1")}}}));

  Village village;
  const auto given = with(home("Bu Ani"), k::household::kKkNumber, text("3201010101010001"));
  const auto id = village.add("Bu Sari", k::household::kKind, given);
  village.set("Bu Sari", id, {{k::household::kStatus, num(k::household::kStatusMoved)}});
  const auto again = village.try_add("Pak Budi", k::household::kKind, given);
  REQUIRE(again);
  CHECK(again->natural_keys[0] == "3201010101010001");
  CHECK(given_in(*again, k::household::kStatus) == nullptr);
  REQUIRE(again->warnings.size() == 1);
  CHECK(again->warnings[0].find("Bu Ani") != std::string::npos);
  // The number was corrected since: it names nobody here any more.
  village.set("Bu Sari", id, {{k::household::kKkNumber, text("3201010101010009")}});
  CHECK(given_in(*village.try_add("Pak Budi", k::household::kKind, given), k::household::kStatus) !=
        nullptr);
}

TEST_CASE("likely duplicates are said at entry, never blocked", "[rules]") {
  Village village;
  const auto id = village.add("Bu Sari", k::household::kKind, home("Bu Siti Aminah"));
  village.add("Bu Sari", k::household::kKind, home("Ibu Sitti Aminah"));
  CHECK(warned(village, "Bu Siti Aminah (" + id.hex().substr(0, 8) + ")"));
  village.add("Bu Sari", k::household::kKind, home("Pak Joko"));
  CHECK(village.warnings.empty());
}

TEST_CASE("pledges beyond the need or the offer are said", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(10));
  const auto offer = village.add("Bu Sari", k::offer::kKind, rice_offer(4));
  const auto pledge = [&](std::int64_t kilos) {
    return village.add(
        "Bu Sari", k::pledge::kKind,
        {{k::pledge::kNeed, need}, {k::pledge::kOffer, offer}, {k::pledge::kQuantity, qty(kilos)}});
  };
  const auto first = pledge(3);
  CHECK(village.warnings.empty());
  pledge(3);
  CHECK(warned(village, "This offer does not suffice: 1 kg is left"));
  village.add("Bu Sari", k::pledge::kKind,
              {{k::pledge::kNeed, need}, {k::pledge::kQuantity, qty(7)}});
  CHECK(warned(village, "only 6 kg is lacking"));
  // Changing one's own promise does not count against itself.
  village.set("Bu Sari", first, {{k::pledge::kQuantity, qty(2)}});
  CHECK_FALSE(warned(village, "does not suffice"));
  village.set("Bu Sari", first, {{k::pledge::kState, num(k::pledge::kStateOnTheWay)}});
  CHECK(village.warnings.empty());
}

TEST_CASE("a full shift, overlaps, and a tired volunteer are said", "[rules]") {
  Village village;
  const auto activity = village.add("Bu Sari", k::activity::kKind,
                                    {{k::activity::kName, text("Dapur umum")},
                                     {k::activity::kType, num(2)},
                                     {k::activity::kDefaultSlots, num(1)}});
  const auto base = village.now.ms + 1000 * kHour_ms;
  const auto shift = [&](std::int64_t from, std::int64_t to) {
    return village.add("Bu Sari", k::shift::kKind,
                       {{k::shift::kActivity, activity},
                        {k::shift::kStarts, num(base + from * kHour_ms / 2)},
                        {k::shift::kEnds, num(base + to * kHour_ms / 2)}});
  };
  const auto volunteer = [&](const std::string& name) {
    return village.add("Bu Sari", k::volunteer::kKind,
                       {{k::volunteer::kName, text(name)}, {k::volunteer::kWeeklyLimit, num(3)}});
  };
  const auto join = [&](const RecordId& to, const RecordId& who) {
    return village.add("Bu Sari", k::signup::kKind,
                       {{k::signup::kShift, to}, {k::signup::kVolunteer, who}});
  };
  const auto dewi = volunteer("Dewi"), joko = volunteer("Joko");
  const auto morning = shift(0, 4), noon = shift(3, 6), soon = shift(5, 8), late = shift(30, 34);
  join(morning, dewi);
  CHECK(village.warnings.empty());
  join(morning, joko);
  CHECK(warned(village, "number 1 on the waiting list"));
  join(noon, dewi);
  CHECK(warned(village, "Overlaps with Dapur umum"));
  join(soon, joko);
  CHECK(warned(village, "Less than an hour from Dapur umum"));
  join(late, joko);
  CHECK(village.warnings.empty());
  join(morning, dewi);
  CHECK(warned(village, "signed up for this shift already"));
  village.set("Bu Sari", joko, {{k::volunteer::kInactive, num(1)}});
  join(shift(40, 44), joko);
  CHECK(warned(village, "not active"));
  join(shift(50, 54), joko);
  CHECK(warned(village, "limit for a week"));
}

TEST_CASE("double aid and more than the entitlement are said, once excused no more", "[rules]") {
  Village village;
  const auto family = village.add("Pak Budi", k::household::kKind, home("Bu Ani"));
  const auto child =
      village.add("Pak Budi", k::resident::kKind,
                  {{k::resident::kName, text("Rina Wati")}, {k::resident::kHousehold, family}});
  const auto program = [&](const std::string& title) {
    return village.add("Pak Lurah", k::program::kKind,
                       {{k::program::kTitle, text(title)},
                        {k::program::kSource, num(1)},
                        {k::program::kTarget, num(2)}});
  };
  const auto blt = program("BLT"), pkh = program("PKH");
  const std::vector<Given> first{{k::entitlement::kProgram, blt},
                                 {k::entitlement::kHousehold, family},
                                 {k::entitlement::kItem, text("rice")},
                                 {k::entitlement::kQuantity, qty(10)},
                                 {k::entitlement::kUnit, text("kg")}};
  const auto entitlement = village.add("Pak Lurah", k::entitlement::kKind, first);
  CHECK(village.warnings.empty());
  const std::vector<Given> second{
      {k::entitlement::kProgram, blt},      {k::entitlement::kHousehold, family},
      {k::entitlement::kResident, child},   {k::entitlement::kItem, text("rice")},
      {k::entitlement::kQuantity, qty(10)}, {k::entitlement::kUnit, text("kg")}};
  village.add("Pak Lurah", k::entitlement::kKind,
              with(second, k::entitlement::kExceptionReason, text("bayi")));
  CHECK(village.warnings.empty());
  village.add("Pak Lurah", k::entitlement::kKind, second);
  CHECK(warned(village, "Double aid"));
  village.add("Pak Lurah", k::entitlement::kKind, with(first, k::entitlement::kProgram, pkh));
  CHECK(village.warnings.empty());

  const auto hand_over = [&](std::int64_t quantity) {
    village.add("Bu Sari", k::handover::kKind,
                {{k::handover::kEntitlement, entitlement},
                 {k::handover::kQuantity, qty(quantity)},
                 {k::handover::kReceivedBy, text("Ani")}});
  };
  hand_over(10);
  CHECK(village.warnings.empty());
  hand_over(1);
  CHECK(warned(village, "More than the entitlement: 10, handed over 11 in all"));
  village.set("Pak Lurah", entitlement,
              {{k::entitlement::kExceptionReason, text("keluarga besar")}});
  hand_over(1);
  CHECK(village.warnings.empty());
}

TEST_CASE("a dispute about a record's life becomes deleting or keeping it", "[rules]") {
  Village village;
  const auto need = village.add("Bu Sari", k::need::kKind, rice_need(5));
  const auto gone = check({{ResolveField{need, kLife, num(1)}}}, village.context("Pak Budi"));
  REQUIRE(gone);
  CHECK(std::holds_alternative<DeleteRecord>(gone->action.changes[0]));
  village.remove("Pak Budi", need);
  const auto back = check({{ResolveField{need, kLife, num(0)}}}, village.context("Pak Budi"));
  REQUIRE(back);
  CHECK(std::holds_alternative<RestoreRecord>(back->action.changes[0]));
  CHECK_FALSE(check({{RestoreRecord{RecordId{}}}}, village.context("Pak Budi")));
  const auto other = village.add("Bu Sari", k::need::kKind, rice_need(5));
  CHECK(check({{ResolveField{other, k::need::kQuantity, qty(6)}}}, village.context("Pak Budi")));
  CHECK_FALSE(check({{ResolveField{other, k::need::kQuantity, {}}}}, village.context("Pak Budi")));
}

}  // namespace
}  // namespace rukun::test
