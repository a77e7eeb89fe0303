// Derived values out of merged records: lists, matches, and what needs a person.
#include <algorithm>

#include "app/domain/rules/attention.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/titles.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

// A village with shorthand for rice.
struct Rice : Village {
  RecordId family(const std::string& name, std::int64_t rt = 3) {
    return add("Pak Budi", k::household::kKind,
               {{k::household::kName, text(name)},
                {k::household::kRt, num(rt)},
                {k::household::kRw, num(7)}});
  }
  RecordId need(std::int64_t kilos, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::need::kCategory, num(1)},
                             {k::need::kItem, text("rice")},
                             {k::need::kQuantity, qty(kilos)},
                             {k::need::kUnit, text("kg")}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::need::kKind, given);
  }
  RecordId offer(std::int64_t kilos, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::offer::kCategory, num(1)},
                             {k::offer::kItem, text("rice")},
                             {k::offer::kQuantity, qty(kilos)},
                             {k::offer::kUnit, text("kg")}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::offer::kKind, given);
  }
  RecordId pledge(const RecordId& need, std::optional<RecordId> offer, std::int64_t kilos,
                  const std::string& who = "Bu Sari") {
    std::vector<Given> given{{k::pledge::kNeed, need}, {k::pledge::kQuantity, qty(kilos)}};
    if (offer) given.push_back({k::pledge::kOffer, *offer});
    return add(who, k::pledge::kKind, given);
  }
  RecordId hand_over(const RecordId& pledge, std::int64_t kilos) {
    return add("Bu Sari", k::handover::kKind,
               {{k::handover::kPledge, pledge},
                {k::handover::kQuantity, qty(kilos)},
                {k::handover::kReceivedBy, text("Ani")}});
  }
  // "delivered=2 … state=partly", as programs read it.
  std::string shown(const RecordId& id) {
    const auto record = row(id);
    const auto derived = Derived::load(records(), {}, record.kind);
    REQUIRE(derived);
    std::string out;
    for (const auto& one : derived->values_for(record))
      out += (out.empty() ? "" : " ") + std::string(one.field->name) + "=" +
             machine_value(*one.field, one.value);
    return out;
  }
  MatchContext match() { return {records(), {}, now, kWibOffset_min, &items()}; }
  std::vector<AttentionItem> attention() {
    const auto found = rukun::attention({records(), {}, now, kWibOffset_min, &items()});
    REQUIRE(found);
    return *found;
  }
};

TEST_CASE("derived values follow the records under the names that lists use", "[rules]") {
  Rice village;
  const auto need = village.need(10);
  const auto offer = village.offer(8);
  CHECK(village.shown(need) == "delivered=0 promised=0 on_the_way=0 remaining=10 state=open");
  const auto first = village.pledge(need, offer, 6);
  const auto second = village.pledge(need, offer, 6);
  CHECK(village.shown(first) == "honored=6 handed_over=0 bumped=false");
  CHECK(village.shown(second) == "honored=2 handed_over=0 bumped=true");
  CHECK(village.shown(offer) == "remaining=0");
  CHECK(village.shown(need) == "delivered=0 promised=8 on_the_way=0 remaining=2 state=partly");
  village.set("Bu Sari", first, {{k::pledge::kState, num(k::pledge::kStateOnTheWay)}});
  const auto handover = village.hand_over(first, 4);
  CHECK(village.shown(need) == "delivered=4 promised=2 on_the_way=2 remaining=2 state=partly");
  village.set("Bu Sari", first, {{k::pledge::kState, num(k::pledge::kStateFellThrough)}});
  CHECK(village.shown(second) == "honored=4 handed_over=0 bumped=true");
  village.remove("Bu Sari", handover);
  CHECK(village.shown(second) == "honored=6 handed_over=0 bumped=false");
  village.remove("Bu Sari", second);
  CHECK(village.shown(need) == "delivered=0 promised=0 on_the_way=0 remaining=10 state=open");
  village.set("Bu Sari", need, {{k::need::kClosed, text("pindah")}});
  CHECK(village.shown(need).ends_with("state=closed"));
  CHECK(Derived().values_for(village.row(need)).empty());
}

TEST_CASE("a deleted offer gives nothing more", "[rules]") {
  Rice village;
  const auto need = village.need(10);
  const auto offer = village.offer(8);
  const auto pledge = village.pledge(need, offer, 6);
  // Pak Budi has not seen the pledge, and Bu Sari's need for it keeps the deletion disputed.
  village.informed = false;
  village.remove("Pak Budi", offer);
  village.informed = true;
  const auto life = village.row(offer).life;
  INFO(static_cast<int>(life));
  if (life == Life::deleted) CHECK(village.shown(pledge).ends_with("bumped=true"));
  if (life == Life::disputed) CHECK(village.shown(pledge).ends_with("bumped=false"));
}

TEST_CASE("one record's surroundings give the same balances as the whole", "[rules]") {
  SeededRandom random(11);
  Rice village;
  std::vector<RecordId> needs, offers, pledges;
  for (int i = 0; i < 6; ++i) needs.push_back(village.need(1 + i));
  for (int i = 0; i < 4; ++i) offers.push_back(village.offer(2 + i));
  const auto any = [&](const std::vector<RecordId>& of) {
    return of[static_cast<std::size_t>(random.below(of.size()))];
  };
  for (int i = 0; i < 20; ++i) {
    const auto from = random.below(4) == 0 ? std::nullopt : std::optional(any(offers));
    pledges.push_back(village.pledge(any(needs), from, 1 + static_cast<int>(random.below(3))));
  }
  for (int i = 0; i < 6; ++i) village.hand_over(any(pledges), 1);
  village.remove("Bu Sari", any(pledges));
  const auto all = load_aid(village.records(), {});
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  const AidBalances whole((*all)[0].facts);
  for (const auto& id : needs) {
    const AidBalances around(*load_aid_around(village.records(), village.space(), id));
    CHECK(around.need(id)->remaining == whole.need(id)->remaining);
    CHECK(around.need(id)->delivered == whole.need(id)->delivered);
    CHECK(around.need(id)->state == whole.need(id)->state);
  }
  for (const auto& id : offers) {
    const AidBalances around(*load_aid_around(village.records(), village.space(), id));
    CHECK(around.offer(id)->remaining == whole.offer(id)->remaining);
  }
  for (const auto& id : pledges) {
    if (whole.pledge(id) == nullptr) continue;
    const AidBalances around(*load_aid_around(village.records(), village.space(), id));
    CHECK(around.pledge(id)->honored == whole.pledge(id)->honored);
  }
}

TEST_CASE("pledges of one moment keep an order that every replica knows", "[rules]") {
  Rice village;
  const auto need = village.need(10);
  const auto offer = village.offer(5);
  const std::vector<Given> three{
      {k::pledge::kNeed, need}, {k::pledge::kOffer, offer}, {k::pledge::kQuantity, qty(3)}};
  const auto one = Village::added(k::pledge::kKind, three);
  village.force_all("Bu Sari", {one, one, one});
  const auto all = load_aid(village.records(), {});
  REQUIRE(all);
  const auto& pledges = (*all)[0].facts.pledges;
  REQUIRE(pledges.size() == 3);
  for (const auto& pledge : pledges) {
    CHECK(pledge.queue.seq > 0);
    CHECK_FALSE(pledge.queue.log.is_zero());
    CHECK(pledge.queue.txn == pledges[0].queue.txn);
  }
  const AidBalances balances((*all)[0].facts);
  std::int64_t honored = 0;
  for (const auto& pledge : pledges) honored += balances.pledge(pledge.id)->honored;
  CHECK(honored == 5000);
}

TEST_CASE("shifts, sign-ups, drives and entitlements have their values", "[rules]") {
  Rice village;
  const auto activity = village.add("Bu Sari", k::activity::kKind,
                                    {{k::activity::kName, text("Ronda")},
                                     {k::activity::kType, num(1)},
                                     {k::activity::kDefaultSlots, num(1)}});
  const auto shift = village.add("Bu Sari", k::shift::kKind,
                                 {{k::shift::kActivity, activity},
                                  {k::shift::kStarts, num(village.now.ms + kHour_ms)},
                                  {k::shift::kEnds, num(village.now.ms + 2 * kHour_ms)}});
  const auto ani = village.family("Bu Ani"), joko = village.family("Pak Joko");
  const auto join = [&](const RecordId& who) {
    return village.add("Bu Sari", k::signup::kKind,
                       {{k::signup::kShift, shift}, {k::signup::kHousehold, who}});
  };
  const auto first = join(ani), second = join(joko);
  CHECK(village.shown(shift) == "slots=1 joined=1 waiting=1");
  CHECK(village.shown(first) == "position=1 waiting=false");
  CHECK(village.shown(second) == "position=1 waiting=true");
  CHECK(village.shown(ani) == "load=1 served=0 missed=0");
  const auto waiting = village.attention();
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].code == "waiting_list");
  CHECK(waiting[0].text.en.starts_with("Ronda, "));
  village.set("Bu Sari", shift, {{k::shift::kSlots, num(4)}});
  CHECK(village.shown(shift) == "joined=2 waiting=0");
  village.set("Bu Sari", first, {{k::signup::kState, num(k::signup::kStateWithdrawn)}});
  CHECK(village.shown(first).empty());

  const auto drive = village.add(
      "Bu Sari", k::drive::kKind,
      {{k::drive::kTitle, text("Jimpitan")}, {k::drive::kGoalType, num(k::drive::kGoalTypeMoney)}});
  const auto give = [&](std::int64_t direction, std::int64_t rupiah) {
    village.add("Bu Sari", k::contribution::kKind,
                {{k::contribution::kDrive, drive},
                 {k::contribution::kDirection, num(direction)},
                 {k::contribution::kAmount, qty(rupiah)}});
  };
  give(k::contribution::kDirectionIn, 25000);
  give(k::contribution::kDirectionOut, 10000);
  CHECK(village.shown(drive) == "collected=25000 spent=10000 balance=15000");

  const auto program = village.add("Pak Lurah", k::program::kKind,
                                   {{k::program::kTitle, text("BLT")},
                                    {k::program::kSource, num(1)},
                                    {k::program::kTarget, num(2)}});
  const auto entitlement = village.add("Pak Lurah", k::entitlement::kKind,
                                       {{k::entitlement::kProgram, program},
                                        {k::entitlement::kHousehold, ani},
                                        {k::entitlement::kQuantity, qty(10)}});
  CHECK(village.shown(entitlement) == "handed_over=0 remaining=10");
  CHECK(find_derived(k::need::kKind, "Masih kurang") == &derived_fields(k::need::kKind)[3]);
  CHECK(find_derived(k::need::kKind, "nothing") == nullptr);
  CHECK(derived_fields(k::report_mark::kKind).empty());
}

TEST_CASE("offers are ranked: the item, the RT, the expiry, then a neighbor's business",
          "[rules]") {
  Rice village;
  const auto ani = village.family("Bu Ani"), far = village.family("Pak Jauh", 4);
  const auto need = village.need(5, {{k::need::kHousehold, ani}});
  const auto day = [&](int days) {
    return num(local_date({village.now.ms + days * 24 * kHour_ms}, kWibOffset_min));
  };
  const auto plain = village.offer(9);
  const auto shop = village.offer(9, {{k::offer::kGiverType, num(k::offer::kGiverTypeBusiness)}});
  const auto next_rt =
      village.offer(9, {{k::offer::kHousehold, far}, {k::offer::kAvailableUntil, day(1)}});
  const auto soon = village.offer(9, {{k::offer::kAvailableUntil, day(3)}});
  village.offer(9, {{k::offer::kAvailableUntil, day(-1)}});
  const auto withdrawn = village.offer(9);
  village.set("Bu Sari", withdrawn, {{k::offer::kWithdrawn, text("habis")}});
  const auto empty = village.offer(2);
  village.pledge(village.need(2), empty, 2);
  const auto sugar = village.add("Bu Sari", k::offer::kKind,
                                 {{k::offer::kCategory, num(1)},
                                  {k::offer::kItem, text("sugar")},
                                  {k::offer::kQuantity, qty(1)},
                                  {k::offer::kUnit, text("kg")}});
  const auto found = offers_for_need(village.match(), village.space(), need);
  REQUIRE(found);
  std::vector<RecordId> order;
  for (const auto& one : *found) order.push_back(one.record);
  CHECK(order == std::vector<RecordId>{soon, shop, plain, next_rt, sugar});
  CHECK((*found)[0].why.id.starts_with("barang yang sama; sisa 9 kg; satu RT; berlaku sampai "));
  CHECK((*found)[1].why.en == "the same item; 9 kg left; same RT; a neighbor's business");
  CHECK((*found)[0].fits == 5000);
  CHECK((*found)[4].why.en == "the same category; 1 kg left; same RT");

  const auto needs = needs_for_offer(village.match(), village.space(), plain);
  REQUIRE(needs);
  REQUIRE(needs->size() == 1);
  CHECK((*needs)[0].record == need);
  CHECK((*needs)[0].title == "Beras 5 kg");
  const auto typed =
      needs_for_typed(village.match(), {village.space(), 1, "rice", 2000, "sack:50"});
  REQUIRE(typed);
  REQUIRE(typed->size() == 1);
  CHECK((*typed)[0].fits == 5000);
  CHECK(offers_for_need(village.match(), village.space(), plain).error().code == Code::not_found);
}

TEST_CASE("a bumped pledge is listed with what would fit instead", "[rules]") {
  Rice village;
  const auto need = village.need(10), other = village.need(10);
  const auto offer = village.offer(6);
  village.pledge(other, offer, 5);
  const auto late = village.pledge(need, offer, 5);
  auto items = village.attention();
  REQUIRE(items.size() == 1);
  CHECK(items[0].code == "bumped");
  CHECK(items[0].record == late);
  CHECK(items[0].text.id == "Beras 10 kg: kesanggupan tidak kebagian 4 kg");
  CHECK(items[0].command == "match " + need.hex());
  const auto fresh = village.offer(3);
  items = village.attention();
  CHECK(items[0].others == std::vector<RecordId>{fresh});
  CHECK(items[0].command == "pledge " + need.hex() + " --offer " + fresh.hex() + " --quantity 3");
  // Sugar is food, too; it is no rice.
  village.remove("Bu Sari", fresh);
  village.add("Bu Sari", k::offer::kKind,
              {{k::offer::kItem, text("sugar")},
               {k::offer::kQuantity, qty(3)},
               {k::offer::kUnit, text("kg")}});
  items = village.attention();
  CHECK(items[0].others.empty());
  CHECK(items[0].command == "match " + need.hex());
  // Somebody else has stepped in: 1 of the 5 kg was left for this one, and stays.
  const auto own = village.pledge(need, std::nullopt, 9);
  items = village.attention();
  REQUIRE(items.size() == 1);
  CHECK(items[0].command == "set " + late.hex() + " quantity=1");
  village.remove("Bu Sari", own);
  village.set("Bu Sari", need, {{k::need::kClosed, text("pindah")}});
  CHECK(village.attention().empty());
}

TEST_CASE("conflicts, disputed deletions, duplicates and wrong clocks need a person", "[rules]") {
  Rice village;
  const auto need = village.need(10);
  village.informed = false;
  village.set("Bu Sari", need, {{k::need::kNote, text("satu")}});
  village.set("Pak Budi", need, {{k::need::kNote, text("dua")}});
  village.informed = true;
  auto items = village.attention();
  REQUIRE(items.size() >= 1);
  CHECK(items[0].code == "conflict");
  CHECK(items[0].text.en == "Rice 10 kg: Note has 2 different values");
  CHECK(items[0].command == "resolve " + need.hex() + " note --take 1");
  village.set("Pak Budi", need, {{k::need::kNote, text("tiga")}});
  CHECK(village.attention().empty());

  const auto first = village.family("Siti Aminah"), second = village.family("Siti Aminah");
  items = village.attention();
  REQUIRE(items.size() == 1);
  CHECK(items[0].code == "duplicate");
  CHECK(items[0].record == std::min(first, second));
  CHECK(items[0].command == "link " + second.hex() + " " + first.hex());
  village.set("Pak Budi", second, {{k::household::kSameAs, first}});
  CHECK(village.attention().empty());

  village.doubtful = true;
  village.set("Bu Sari", need, {{k::need::kPeople, num(4)}});
  items = village.attention();
  REQUIRE(items.size() == 1);
  CHECK(items[0].code == "doubtful_clock");
  village.doubtful = false;
  village.set("Bu Sari", need, {{k::need::kPeople, num(5)}});
  CHECK(village.attention().empty());
}

TEST_CASE("double aid reaches across links of same_as", "[rules]") {
  const auto id = [](std::uint8_t n) {
    RecordId out;
    out.bytes[0] = n;
    return out;
  };
  const std::vector<EntitlementFact> all{{id(1), 0, id(10), id(20)},
                                         {id(2), 0, id(11), id(20)},
                                         {id(3), 0, id(12), id(20)},
                                         {id(4), 0, id(10), id(21)},
                                         {id(5), 0, id(10), id(20), true}};
  const Exclusions exclusions{{id(10), id(11)}, {id(11), id(10)}};
  const auto found = double_aid(all, exclusions);
  REQUIRE(found.size() == 1);
  CHECK(found[0].first.id == id(1));
  CHECK(found[0].second.id == id(2));

  Rice village;
  const auto ani = village.family("Bu Ani"), twin = village.family("Keluarga Sukirman");
  const auto program = village.add("Pak Lurah", k::program::kKind,
                                   {{k::program::kTitle, text("BLT")},
                                    {k::program::kSource, num(1)},
                                    {k::program::kTarget, num(2)}});
  for (const auto& family : {ani, twin})
    village.add("Pak Lurah", k::entitlement::kKind,
                {{k::entitlement::kProgram, program},
                 {k::entitlement::kHousehold, family},
                 {k::entitlement::kQuantity, qty(1)}});
  CHECK(village.attention().empty());
  village.set("Pak Budi", twin, {{k::household::kSameAs, ani}});
  const auto items = village.attention();
  REQUIRE(items.size() == 1);
  CHECK(items[0].code == "double_aid");
}

TEST_CASE("records that refer in circles still have a title", "[rules]") {
  Rice village;
  const auto a = village.force("Bu Sari", k::pledge::kKind, {});
  village.force("Bu Sari", k::pledge::kKind, {{k::pledge::kNeed, a}});
  const auto title = record_title(village.records(), village.space(), a, Language::id);
  REQUIRE(title);
  CHECK(*title == "Kesanggupan");
  CHECK(*record_title(village.records(), village.space(), RecordId{}, Language::id) ==
        "(belum tiba)");
}

TEST_CASE("of very many needs each is derived", "[rules][slow]") {
  Rice village;
  const auto offer = village.offer(100'000'000);
  std::vector<AddRecord> batch;
  const auto flush = [&] {
    village.force_all("Bu Sari", batch);
    batch.clear();
  };
  const int needs_made = soaking() ? 100'000 : 20'000;
  for (int i = 0; i < needs_made; ++i) {
    batch.push_back(
        Village::added(k::need::kKind, {{k::need::kTitle, text("Beras " + std::to_string(i))},
                                        {k::need::kCategory, num(1)},
                                        {k::need::kItem, text("rice")},
                                        {k::need::kQuantity, qty(5)},
                                        {k::need::kUnit, text("kg")}}));
    if (batch.size() == 4000) flush();
  }
  flush();
  const auto needs = village.records().rows({.kind = k::need::kKind});
  REQUIRE(needs);
  REQUIRE(needs->size() == static_cast<std::size_t>(needs_made));
  for (int i = 0; i < needs_made / 4; ++i) {
    const auto& need = (*needs)[static_cast<std::size_t>(i)].id;
    std::vector<Given> given{{k::pledge::kNeed, need}, {k::pledge::kQuantity, qty(2)}};
    if (i % 40 == 0) given.push_back({k::pledge::kOffer, offer});
    batch.push_back(Village::added(k::pledge::kKind, given));
    batch.push_back(Village::added(k::handover::kKind,
                                   {{k::handover::kNeed, need}, {k::handover::kQuantity, qty(1)}}));
    if (batch.size() >= 4000) flush();
  }
  flush();
  const auto derived = Derived::load(village.records(), {}, k::need::kKind);
  REQUIRE(derived);
  const auto& state = *find_derived(k::need::kKind, "state");
  std::size_t partly = 0;
  for (const auto& row : *needs) partly += derived->value_of(row, state) == num(2) ? 1 : 0;
  CHECK(partly == static_cast<std::size_t>(needs_made / 4));
}

}  // namespace
}  // namespace rukun::test
