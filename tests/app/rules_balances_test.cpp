// The sums that people rely on: who gets what, and what is still lacking. Pure facts, any order.
#include <algorithm>

#include "app/domain/rules/balances.h"
#include "platform/random.h"
#include "tests/support/catch.h"

namespace rukun {
namespace {

RecordId id(std::uint8_t kind, std::uint32_t number) {
  RecordId out;
  out.bytes[0] = static_cast<std::uint8_t>(number);
  out.bytes[1] = static_cast<std::uint8_t>(number >> 8);
  out.bytes[8] = kind;
  return out;
}
RecordId need(std::uint32_t number) { return id(1, number); }
RecordId offer(std::uint32_t number) { return id(2, number); }
RecordId pledge(std::uint32_t number) { return id(3, number); }

PledgeFact promise(std::uint32_t number, std::uint32_t of_need, std::optional<std::uint32_t> from,
                   std::int64_t quantity, std::uint64_t ticks = 0) {
  PledgeFact out{.id = pledge(number), .need = need(of_need), .quantity = quantity};
  if (from) out.offer = offer(*from);
  out.queue = {false, ticks == 0 ? number : ticks, {}, 0, {}, out.id};
  return out;
}
HandoverFact handed(std::uint32_t of_pledge, std::int64_t quantity) {
  return {.pledge = pledge(of_pledge), .quantity = quantity};
}

// Bu Ani needs 5 kg of rice, Bu Sari 10 kg; Pak Budi offers 12 kg.
AidFacts rice() {
  AidFacts facts;
  facts.needs = {{need(1), 5000, "kg"}, {need(2), 10000, "kg"}};
  facts.offers = {{offer(1), 12000, "kg"}};
  return facts;
}

TEST_CASE("a need goes from open to delivered, and back when a promise falls through", "[rules]") {
  auto facts = rice();
  const auto state = [&] { return AidBalances(facts).need(need(1))->state; };
  CHECK(state() == NeedState::open);
  facts.pledges = {promise(1, 1, 1, 2000)};
  CHECK(state() == NeedState::partly);
  facts.pledges.push_back(promise(2, 1, 1, 3000));
  CHECK(state() == NeedState::covered);
  CHECK(AidBalances(facts).need(need(1))->promised == 5000);
  facts.pledges[1].state = PledgeState::on_the_way;
  CHECK(AidBalances(facts).need(need(1))->on_the_way == 3000);
  facts.handovers = {handed(1, 2000), handed(2, 3000)};
  CHECK(state() == NeedState::delivered);
  CHECK(AidBalances(facts).need(need(1))->promised == 0);
  facts.handovers.pop_back();
  facts.pledges[1].state = PledgeState::fell_through;
  CHECK(state() == NeedState::partly);
  CHECK(AidBalances(facts).need(need(1))->remaining == 3000);
  CHECK(AidBalances(facts).offer(offer(1))->remaining == 10000);
  facts.needs[0].closed = true;
  CHECK(state() == NeedState::closed);
}

TEST_CASE("whoever promised first is honored first, and the last is bumped", "[rules]") {
  auto facts = rice();
  facts.pledges = {promise(1, 2, 1, 10000, 20), promise(2, 1, 1, 5000, 10)};
  const AidBalances first(facts);
  CHECK(first.pledge(pledge(2))->honored == 5000);
  CHECK(first.pledge(pledge(1))->honored == 7000);
  CHECK(first.pledge(pledge(1))->bumped);
  CHECK(first.need(need(2))->remaining == 3000);
  CHECK(first.offer(offer(1))->remaining == 0);
  CHECK(first.offer(offer(1))->promised == 15000);

  SECTION("a doubtful clock goes last, whatever it says") {
    facts.pledges[1].queue.doubtful = true;
    const AidBalances doubted(facts);
    CHECK(doubted.pledge(pledge(1))->honored == 10000);
    CHECK(doubted.pledge(pledge(2))->honored == 2000);
  }
  SECTION("goods that have left are gone, whoever asked first") {
    facts.handovers = {handed(1, 10000)};
    const AidBalances left(facts);
    CHECK(left.pledge(pledge(1))->honored == 10000);
    CHECK_FALSE(left.pledge(pledge(1))->bumped);
    CHECK(left.pledge(pledge(2))->honored == 2000);
    CHECK(left.need(need(2))->state == NeedState::delivered);
  }
  SECTION("a withdrawn offer gives nothing more, but what is on the way goes on") {
    facts.offers[0].withdrawn = true;
    facts.pledges[1].state = PledgeState::on_the_way;
    const AidBalances gone(facts);
    CHECK(gone.pledge(pledge(1))->bumped);
    CHECK(gone.pledge(pledge(2))->honored == 5000);
    CHECK(gone.offer(offer(1))->remaining == 0);
    CHECK(gone.need(need(2))->state == NeedState::open);
  }
}

TEST_CASE("an offer in another unit of the same dimension is counted exactly", "[rules]") {
  AidFacts facts;
  facts.needs = {{need(1), 20'000, "kg"}, {need(2), 24'000, "piece"}, {need(3), 1000, "liter"}};
  facts.offers = {{offer(1), 1000, "sack:50"}, {offer(2), 1000, "box:40"}, {offer(3), 9000, "kg"}};
  facts.pledges = {promise(1, 1, 1, 20'000), promise(2, 2, 2, 24'000), promise(3, 3, 3, 1000)};
  const AidBalances balances(facts);
  CHECK(balances.offer(offer(1))->remaining == 600);  // 0.6 sacks of 50 kg
  CHECK(balances.offer(offer(2))->remaining == 400);  // 0.4 boxes of 40
  CHECK(balances.pledge(pledge(3))->bumped);          // nobody can turn kg into liters
  CHECK(balances.offer(offer(3))->remaining == 9000);
  CHECK(balances.need(need(3))->state == NeedState::open);
  CHECK(whole_part(1000, "sack:50", "kg") == 50'000);
  CHECK(whole_part(1, "g", "kg") == 0);
  CHECK(whole_part(2000, "box:24", "box:36") == 1333);
  CHECK_FALSE(whole_part(1000, "piece", "pack"));
}

TEST_CASE("what has not arrived limits nothing, and what nobody knows is ignored", "[rules]") {
  AidFacts facts;
  facts.needs = {{need(1), 5000, "kg"}};
  facts.pledges = {promise(1, 1, 9, 2000), promise(2, 7, 9, 2000)};
  facts.handovers = {{.pledge = pledge(8), .quantity = 1000},
                     {.need = need(8), .quantity = 1000},
                     {.entitlement = id(4, 1), .quantity = 700},
                     {.entitlement = id(4, 1), .quantity = -900}};
  const AidBalances balances(facts);
  CHECK(balances.need(need(1))->promised == 2000);
  CHECK(balances.need(need(8)) == nullptr);
  CHECK(balances.handed_over(id(4, 1)) == 700);
  CHECK(balances.handed_over(id(4, 2)) == 0);
}

// Any history that a neighborhood, or somebody who means it harm, could write.
AidFacts drawn(SeededRandom& random) {
  static const char* kUnits[] = {"kg", "g", "sack:50", "piece", "box:40", "pack", "what"};
  const auto below = [&](std::uint64_t n) { return static_cast<std::uint32_t>(random.below(n)); };
  const auto quantity = [&]() -> std::int64_t {
    switch (below(12)) {
      case 0: return -static_cast<std::int64_t>(below(5000));
      case 1: return std::numeric_limits<std::int64_t>::max() - below(2);
      default: return static_cast<std::int64_t>(below(40)) * 500;
    }
  };
  AidFacts facts;
  for (std::uint32_t i = 0; i < 1 + below(6); ++i)
    facts.needs.push_back({need(i), quantity(), kUnits[below(7)], below(9) == 0});
  for (std::uint32_t i = 0; i < below(5); ++i)
    facts.offers.push_back({offer(i), quantity(), kUnits[below(7)], below(9) == 0});
  for (std::uint32_t i = 0; i < below(20); ++i) {
    auto one = promise(i, below(7), below(4) == 0 ? std::nullopt : std::optional(below(6)),
                       quantity(), 1 + below(5));
    one.state = static_cast<PledgeState>(1 + below(3));
    one.queue.doubtful = below(5) == 0;
    facts.pledges.push_back(one);
  }
  for (std::uint32_t i = 0; i < below(10); ++i) {
    HandoverFact one{.quantity = quantity()};
    if (below(3) > 0) one.pledge = pledge(below(20));
    if (below(3) == 0) one.need = need(below(7));
    facts.handovers.push_back(one);
  }
  return facts;
}

template <class T>
void shuffle(std::vector<T>& all, SeededRandom& random) {
  for (std::size_t i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[static_cast<std::size_t>(random.below(i))]);
}

TEST_CASE("facts in any order give the same balances, and none is ever negative", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    const auto facts = drawn(random);
    auto other = facts;
    shuffle(other.needs, random);
    shuffle(other.offers, random);
    shuffle(other.pledges, random);
    shuffle(other.handovers, random);
    const AidBalances a(facts), b(other);
    for (const auto& one : facts.needs) {
      const auto *x = a.need(one.id), *y = b.need(one.id);
      REQUIRE(std::tie(x->delivered, x->promised, x->on_the_way, x->remaining, x->state) ==
              std::tie(y->delivered, y->promised, y->on_the_way, y->remaining, y->state));
      REQUIRE(std::min({x->delivered, x->promised, x->on_the_way, x->remaining}) >= 0);
    }
    for (const auto& one : facts.pledges) {
      const auto *x = a.pledge(one.id), *y = b.pledge(one.id);
      REQUIRE(std::tie(x->honored, x->handed_over, x->bumped) ==
              std::tie(y->honored, y->handed_over, y->bumped));
      REQUIRE(x->honored >= 0);
      REQUIRE(x->honored <= std::max<std::int64_t>(0, one.quantity));
      if (one.state == PledgeState::fell_through) REQUIRE(x->honored == 0);
    }
    for (const auto& one : facts.offers) {
      REQUIRE(a.offer(one.id)->remaining == b.offer(one.id)->remaining);
      REQUIRE(a.offer(one.id)->remaining >= 0);
      REQUIRE(a.offer(one.id)->remaining <= std::max<std::int64_t>(0, one.quantity));
    }
  }
}

TEST_CASE("a promise that fell through counts as if it had never been made", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    auto facts = drawn(random);
    facts.handovers.clear();
    auto without = facts;
    std::erase_if(without.pledges,
                  [](const PledgeFact& one) { return one.state == PledgeState::fell_through; });
    const AidBalances a(facts), b(without);
    for (const auto& one : facts.needs) {
      REQUIRE(a.need(one.id)->remaining == b.need(one.id)->remaining);
      REQUIRE(a.need(one.id)->state == b.need(one.id)->state);
    }
    for (const auto& one : facts.offers)
      REQUIRE(a.offer(one.id)->remaining == b.offer(one.id)->remaining);
  }
}

TEST_CASE("an offer never honors more than it has", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    AidFacts facts;
    facts.needs = {{need(0), 1'000'000, "kg"}};
    facts.offers = {{offer(0), static_cast<std::int64_t>(random.below(50'000)), "kg"}};
    for (std::uint32_t i = 0; i < 8; ++i)
      facts.pledges.push_back(
          promise(i, 0, 0, static_cast<std::int64_t>(random.below(20'000)), 1 + random.below(4)));
    const AidBalances balances(facts);
    std::int64_t sum = balances.offer(offer(0))->remaining;
    for (const auto& one : facts.pledges) sum += balances.pledge(one.id)->honored;
    REQUIRE(sum == facts.offers[0].quantity);
    // Whoever is bumped stands behind everybody who is not.
    auto queue = facts.pledges;
    std::sort(queue.begin(), queue.end(),
              [](const PledgeFact& a, const PledgeFact& b) { return a.queue < b.queue; });
    std::int64_t left = facts.offers[0].quantity;
    for (const auto& one : queue) {
      REQUIRE(balances.pledge(one.id)->honored == std::min(left, one.quantity));
      left -= balances.pledge(one.id)->honored;
    }
  }
}

SignupFact joins(std::uint32_t number, std::uint32_t shift, std::uint32_t volunteer) {
  SignupFact out{.id = id(6, number), .shift = id(5, shift), .volunteer = id(7, volunteer)};
  out.queue = {false, number, {}, 0, {}, out.id};
  return out;
}

TEST_CASE("slots go round in order, and a withdrawal moves the next one up", "[rules]") {
  DutyFacts facts;
  facts.shifts = {{id(5, 1), 2}};
  facts.signups = {joins(3, 1, 3), joins(1, 1, 1), joins(2, 1, 2), joins(4, 1, 1)};
  const auto at = [&](std::uint32_t number) { return *DutyBalances(facts).signup(id(6, number)); };
  CHECK(at(1).position == 1);
  CHECK(at(2).position == 2);
  CHECK_FALSE(at(2).waiting);
  CHECK(at(3).position == 1);
  CHECK(at(3).waiting);
  CHECK(at(4).position == 0);  // the same volunteer again
  CHECK(DutyBalances(facts).shift(id(5, 1))->waiting == 1);
  CHECK(DutyBalances(facts).volunteer(id(7, 1)).load == 1);
  CHECK(DutyBalances(facts).volunteer(id(7, 3)).load == 0);

  facts.signups[2].joined = false;
  CHECK_FALSE(at(3).waiting);
  CHECK(at(2).position == 0);

  // Whoever stands in for the one who left has that place, though coming later.
  auto substitute = joins(9, 1, 9);
  substitute.replaces = id(6, 2);
  facts.signups.push_back(substitute);
  CHECK(at(9).position == 2);
  CHECK_FALSE(at(9).waiting);
  CHECK(at(3).waiting);

  facts.signups[1].attended = facts.signups[1].settled = true;
  CHECK(DutyBalances(facts).volunteer(id(7, 1)).load == 0);
  CHECK(DutyBalances(facts).volunteer(id(7, 1)).served == 1);
  facts.shifts[0].cancelled = true;
  CHECK(DutyBalances(facts).volunteer(id(7, 9)).load == 0);
  facts.shifts[0].slots.reset();
  CHECK(DutyBalances(facts).shift(id(5, 1))->waiting == 0);
}

TEST_CASE("substitutes in a circle end", "[rules]") {
  DutyFacts facts;
  facts.shifts = {{id(5, 1), 1}};
  facts.signups = {joins(1, 1, 1), joins(2, 1, 2)};
  facts.signups[0].replaces = id(6, 2);
  facts.signups[1].replaces = id(6, 1);
  facts.signups[0].joined = facts.signups[1].joined = false;
  CHECK(DutyBalances(facts).shift(id(5, 1))->joined == 0);
}

}  // namespace
}  // namespace rukun
