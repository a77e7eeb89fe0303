// What people rely on whatever the facts are and in whatever order they came: nothing that was
// promised or brought is lost from the sums, and no offer gives more than it had.
#include <algorithm>

#include "app/domain/rules/derived.h"
#include "app/domain/units.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

RecordId numbered(std::uint8_t kind, std::uint32_t number) {
  RecordId out;
  out.bytes[0] = static_cast<std::uint8_t>(number);
  out.bytes[8] = kind;
  return out;
}

template <class T>
const T& one_of(SeededRandom& random, const std::vector<T>& all) {
  return all[static_cast<std::size_t>(random.below(all.size()))];
}

// Needs and offers of rice in units that convert, with as many pledges as make them compete.
AidFacts drawn_rice(SeededRandom& random) {
  const std::vector<std::string> kUnits{"kg", "g", "sack:25", "sack:3"};
  AidFacts facts;
  const auto amount = [&] { return static_cast<std::int64_t>(1 + random.below(40)) * 250; };
  for (std::uint32_t i = 0; i < 5; ++i) {
    facts.needs.push_back({numbered(1, i), amount(), one_of(random, kUnits)});
    facts.offers.push_back({numbered(2, i), amount(), one_of(random, kUnits)});
  }
  for (std::uint32_t i = 0; i < 16; ++i) {
    PledgeFact pledge{.id = numbered(3, i), .need = one_of(random, facts.needs).id};
    if (random.below(5) != 0) pledge.offer = one_of(random, facts.offers).id;
    pledge.quantity = amount();
    pledge.state = static_cast<PledgeState>(1 + random.below(3));
    pledge.queue = {random.below(6) == 0, random.below(9), {}, 0, {}, pledge.id};
    facts.pledges.push_back(pledge);
    if (random.below(3) == 0)
      facts.handovers.push_back(
          {.pledge = pledge.id, .need = {}, .entitlement = {}, .quantity = amount() / 2});
  }
  facts.handovers.push_back(
      {.pledge = {}, .need = facts.needs.front().id, .entitlement = {}, .quantity = amount() / 4});
  return facts;
}

}  // namespace

TEST_CASE("what a need got, is promised and still lacks makes up all that was asked", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    const auto facts = drawn_rice(random);
    const AidBalances balances(facts);
    for (const auto& need : facts.needs) {
      const auto& balance = *balances.need(need.id);
      const auto all =
          balance.delivered + balance.on_the_way + balance.promised + balance.remaining;
      REQUIRE(all >= need.quantity);
      // More only where more was brought or promised than asked; then nothing is lacking.
      if (balance.remaining > 0) REQUIRE(all == need.quantity);
      REQUIRE((balance.state == NeedState::delivered) == (balance.delivered >= need.quantity));
    }
  }
}

TEST_CASE("what an offer honors and has given stays within what it was, in any unit", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    const auto facts = drawn_rice(random);
    const AidBalances balances(facts);
    for (const auto& offer : facts.offers) {
      std::int64_t honored_g = 0, given_g = 0;
      for (const auto& pledge : facts.pledges) {
        if (pledge.offer != offer.id) continue;
        const auto need = std::find_if(facts.needs.begin(), facts.needs.end(),
                                       [&](const NeedFact& one) { return one.id == pledge.need; });
        const auto& balance = *balances.pledge(pledge.id);
        const auto in_grams = [&](std::int64_t thousandths) {
          return *convert(thousandths, need->unit, "g");
        };
        given_g += in_grams(balance.handed_over);
        honored_g += in_grams(std::max(balance.honored, balance.handed_over));
      }
      const auto had_g = *convert(offer.quantity, offer.unit, "g");
      const auto left_g = *convert(balances.offer(offer.id)->remaining, offer.unit, "g");
      REQUIRE(honored_g <= std::max(had_g, given_g));
      REQUIRE(honored_g + left_g <= std::max(had_g, given_g));
    }
  }
}

namespace {

// Everything that follows from the records, as one text.
std::string all_derived(Projection& records) {
  std::string out;
  for (const auto kind : {k::need::kKind, k::offer::kKind, k::pledge::kKind, k::shift::kKind,
                          k::signup::kKind, k::household::kKind}) {
    const auto derived = Derived::load(records, {}, kind);
    REQUIRE(derived);
    auto rows = records.rows({.kind = kind});
    REQUIRE(rows);
    std::sort(rows->begin(), rows->end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    for (const auto& row : *rows) {
      out += row.id.hex();
      for (const auto& [field, value] : derived->values_for(row))
        out += " " + std::string(field->name) + "=" + machine_value(*field, value);
      out += "\n";
    }
  }
  return out;
}

// Some days of aid and duty; half of it by people who have not seen what the others wrote.
void live(Village& village, SeededRandom& random) {
  std::vector<RecordId> homes, needs, offers, pledges, shifts, signups;
  const std::vector<std::string> kWriters{"Pak Budi", "Bu Sari"};
  const auto who = [&] { return one_of(random, kWriters); };
  const auto kilos = [&] { return qty(1 + static_cast<std::int64_t>(random.below(12))); };
  for (int i = 0; i < 3; ++i) {
    homes.push_back(village.force(who(), k::household::kKind, {{k::household::kName, text("A")}}));
    const std::vector<Given> rice{{k::need::kQuantity, kilos()}, {k::need::kUnit, text("kg")}};
    needs.push_back(village.force(who(), k::need::kKind, rice));
    offers.push_back(village.force(
        who(), k::offer::kKind, {{k::offer::kQuantity, kilos()}, {k::offer::kUnit, text("kg")}}));
    shifts.push_back(village.force(who(), k::shift::kKind, {{k::shift::kSlots, num(2)}}));
  }
  for (int i = 0; i < 24; ++i) {
    village.informed = random.below(2) == 0;
    village.doubtful = random.below(5) == 0;
    switch (random.below(7)) {
      case 0:
      case 1:
        pledges.push_back(village.force(who(), k::pledge::kKind,
                                        {{k::pledge::kNeed, one_of(random, needs)},
                                         {k::pledge::kOffer, one_of(random, offers)},
                                         {k::pledge::kQuantity, kilos()},
                                         {k::pledge::kState, num(1)}}));
        break;
      case 2:
        signups.push_back(village.force(who(), k::signup::kKind,
                                        {{k::signup::kShift, one_of(random, shifts)},
                                         {k::signup::kHousehold, one_of(random, homes)},
                                         {k::signup::kState, num(1)}}));
        break;
      case 3:
        if (!pledges.empty())
          village.set(who(), one_of(random, pledges),
                      {{k::pledge::kState, num(1 + static_cast<std::int64_t>(random.below(3)))}});
        break;
      case 4:
        if (!pledges.empty())
          village.force(
              who(), k::handover::kKind,
              {{k::handover::kPledge, one_of(random, pledges)}, {k::handover::kQuantity, kilos()}});
        break;
      case 5:
        if (!signups.empty())
          village.set(who(), one_of(random, signups),
                      {{k::signup::kState, num(1 + static_cast<std::int64_t>(random.below(2)))}});
        break;
      default: village.set(who(), one_of(random, offers), {{k::offer::kQuantity, kilos()}}); break;
    }
  }
}

// Merges what was said in another order, each log's own kept.
std::string merged_otherwise(const Village& village, SeededRandom& random) {
  auto records = Projection::create(projection_schema());
  REQUIRE(records);
  (void)records->space_number(village.space_id());
  std::map<LogId, std::vector<const Run*>> left;
  for (const auto& run : village.said) left[run.log].push_back(&run);
  REQUIRE(records->begin());
  while (!left.empty()) {
    auto log = left.begin();
    std::advance(log, static_cast<std::ptrdiff_t>(random.below(left.size())));
    const auto merged =
        records->merge(*log->second.front(), {}, true,
                       [](const LogId&, Seq, const TxnHash&) -> Result<Past> { return Past{}; });
    REQUIRE(merged);
    log->second.erase(log->second.begin());
    if (log->second.empty()) left.erase(log);
  }
  REQUIRE(records->commit());
  return all_derived(*records);
}

}  // namespace

TEST_CASE("balances and queues are the same in whatever order the entries arrived", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    SeededRandom random(seed);
    Village village;
    live(village, random);
    const auto here = all_derived(village.records());
    CHECK(here.find("honored=") != here.npos);
    for (int turn = 0; turn < 3; ++turn) CHECK(merged_otherwise(village, random) == here);
  }
}

}  // namespace rukun::test
