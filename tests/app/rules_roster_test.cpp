// The roster: fair, apart, stable, and the same on every laptop.
#include <algorithm>
#include <map>
#include <set>

#include "app/domain/rules/roster.h"
#include "app/domain/rules/roster_words.h"
#include "platform/random.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr std::int64_t kFirstNight = 20'780;  // a day in November 2026
constexpr std::int64_t kNights = 84;

RecordId home(std::uint32_t number) {
  RecordId out;
  for (std::size_t i = 0; i < 4; ++i)
    out.bytes[i] = static_cast<std::uint8_t>(number * 2654435761U >> (8 * i));
  out.bytes[15] = 1;
  return out;
}

RosterFacts village(std::uint32_t homes) {
  RosterFacts facts;
  facts.activity.bytes[3] = 7;
  for (std::uint32_t i = 0; i < homes; ++i) facts.people.push_back(home(i));
  return facts;
}

RosterWish nights(std::int64_t first, std::int64_t count, std::int64_t slots,
                  std::int64_t gap = kUsualGap_days) {
  RosterWish wish{.slots = slots, .gap_days = gap};
  for (std::int64_t i = 0; i < count; ++i) wish.days.push_back(first + i);
  return wish;
}

// What a roster leaves in the records when it is published.
void publish(RosterFacts& facts, const std::vector<RosterDay>& plan) {
  for (const auto& day : plan) {
    if (day.cancelled) continue;
    facts.standing.push_back({day.day, day.slots, false});
    for (const auto& pick : day.picks)
      if (pick.why != RosterWhy::stands) facts.turns.push_back({pick.person, day.day});
  }
}

void shuffle(RosterFacts& facts, Random& random) {
  const auto mix = [&](auto& all) {
    for (auto i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[static_cast<std::size_t>(random.below(i))]);
  };
  mix(facts.people);
  mix(facts.turns);
  mix(facts.standing);
}

using Lists = std::vector<std::vector<RecordId>>;
Lists lists_of(const std::vector<RosterDay>& plan) {
  Lists out;
  for (const auto& day : plan) {
    auto& list = out.emplace_back();
    for (const auto& pick : day.picks) list.push_back(pick.person);
    std::sort(list.begin(), list.end());
  }
  return out;
}

std::map<RecordId, std::int64_t> turns_in(const RosterFacts& facts,
                                          const std::vector<RosterDay>& plan) {
  std::map<RecordId, std::int64_t> out;
  for (const auto& id : facts.people) out[id] = 0;
  for (const auto& day : plan)
    for (const auto& pick : day.picks) ++out[pick.person];
  return out;
}

std::int64_t spread(const std::map<RecordId, std::int64_t>& turns) {
  std::int64_t least = 1'000'000, most = 0;
  for (const auto& [id, n] : turns) {
    least = std::min(least, n);
    most = std::max(most, n);
  }
  return most - least;
}

// The least days between two turns of one home, with those before the plan.
std::int64_t least_gap(const RosterFacts& facts, const std::vector<RosterDay>& plan) {
  std::map<RecordId, std::set<std::int64_t>> days;
  for (const auto& turn : facts.turns)
    if (turn.state == TurnState::pending || turn.state == TurnState::served)
      days[turn.person].insert(turn.day);
  for (const auto& day : plan)
    for (const auto& pick : day.picks) days[pick.person].insert(day.day);
  std::int64_t out = 1'000'000;
  for (const auto& [id, all] : days)
    for (auto at = all.begin(); at != all.end() && std::next(at) != all.end(); ++at)
      out = std::min(out, *std::next(at) - *at);
  return out;
}

TEST_CASE("over twelve weeks nobody serves two nights more than another, none within the gap",
          "[rules][roster]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SeededRandom random(seed);
    const auto homes = static_cast<std::uint32_t>(40 + random.below(261));
    const auto slots = static_cast<std::int64_t>(2 + random.below(4));
    CAPTURE(seed, homes, slots);
    auto facts = village(homes);
    // A roster that went on before, as it was published.
    if (seed % 2 == 0)
      publish(facts, plan_roster(facts, nights(kFirstNight - kNights, kNights, slots)));
    const auto wish = nights(kFirstNight, kNights, slots);
    const auto plan = plan_roster(facts, wish);
    REQUIRE(plan.size() == static_cast<std::size_t>(kNights));
    REQUIRE(spread(turns_in(facts, plan)) <= 1);
    // Where it can be kept: there must be people enough for a gap and a little room to choose.
    const bool enough = static_cast<std::int64_t>(homes) >= slots * (kUsualGap_days + 1);
    REQUIRE(enough);
    REQUIRE(least_gap(facts, plan) >= kUsualGap_days);
    for (const auto& day : plan) {
      REQUIRE(static_cast<std::int64_t>(day.picks.size()) == slots);
      REQUIRE(day.open == 0);
      std::set<RecordId> once;
      for (const auto& pick : day.picks) REQUIRE(once.insert(pick.person).second);
      for (const auto& pick : day.picks) REQUIRE_FALSE(pick.near_days);
    }
    auto turned = facts;
    shuffle(turned, random);
    REQUIRE(lists_of(plan_roster(turned, wish)) == lists_of(plan));
  }
}

TEST_CASE("published nights stay when a home comes or goes, and the rest stays fair",
          "[rules][roster]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SeededRandom random(seed);
    const auto homes = static_cast<std::uint32_t>(40 + random.below(261));
    CAPTURE(seed, homes);
    auto facts = village(homes);
    const auto wish = nights(kFirstNight, kNights, 4);
    const auto published = plan_roster(facts, nights(kFirstNight, 42, 4));
    publish(facts, published);
    facts.people.push_back(home(homes));
    const auto after = plan_roster(facts, wish);
    for (std::size_t i = 0; i < published.size(); ++i)
      REQUIRE(lists_of(after)[i] == lists_of(published)[i]);
    auto turns = turns_in(facts, after);
    REQUIRE(turns[home(homes)] <= 42 * 4 / homes + 1);  // begins where the others are
    turns.erase(home(homes));
    REQUIRE(spread(turns) <= 1);
    // One who moves away is not planned any more, and nobody else's published night changes.
    const auto gone = facts.people[3];
    facts.people.erase(facts.people.begin() + 3);
    const auto without = plan_roster(facts, wish);
    for (std::size_t i = 0; i < published.size(); ++i)
      REQUIRE(lists_of(without)[i] == lists_of(published)[i]);
    for (std::size_t i = published.size(); i < without.size(); ++i)
      for (const auto& pick : without[i].picks) REQUIRE_FALSE(pick.person == gone);
  }
}

TEST_CASE("any history ends fair, and slots are never over-filled", "[rules][roster]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SeededRandom random(seed);
    const auto homes = static_cast<std::uint32_t>(12 + random.below(120));
    const auto slots = static_cast<std::int64_t>(1 + random.below(4));
    CAPTURE(seed, homes, slots);
    auto facts = village(homes);
    for (std::int64_t day = kFirstNight - 100; day < kFirstNight; ++day)
      for (std::int64_t i = 0; i < slots; ++i)
        facts.turns.push_back({home(static_cast<std::uint32_t>(random.below(homes + 3))), day,
                               static_cast<TurnState>(random.below(4))});
    for (int i = 0; i < 10; ++i)
      facts.standing.push_back({kFirstNight + static_cast<std::int64_t>(random.below(40)),
                                static_cast<std::int64_t>(random.below(5)), random.below(3) == 0});
    const auto wish = nights(kFirstNight, kNights, slots);
    const auto plan = plan_roster(facts, wish);
    for (const auto& day : plan) {
      REQUIRE(static_cast<std::int64_t>(day.picks.size()) <= day.slots);
      REQUIRE(static_cast<std::int64_t>(day.picks.size()) + day.open ==
              (day.cancelled ? 0 : day.slots));
      if (day.cancelled) REQUIRE(day.picks.empty());
    }
    // Before it, some had served far more; after it, whoever did not miss is within one of the
    // others again, apart from what was forgiven.
    publish(facts, plan);
    const auto ranks = rank_people(facts, kFirstNight);
    REQUIRE(ranks.size() == homes);
    auto turned = facts;
    shuffle(turned, random);
    REQUIRE(lists_of(plan_roster(turned, wish)) == lists_of(plan_roster(facts, wish)));
    const auto again = rank_people(turned, kFirstNight);
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      REQUIRE(again[i].person == ranks[i].person);
      REQUIRE(again[i].turns == ranks[i].turns);
    }
  }
}

TEST_CASE("too few people: the gap shrinks only as far as it must", "[rules][roster]") {
  // 20 homes, 4 a night: everybody every fifth night.
  auto facts = village(20);
  const auto plan = plan_roster(facts, nights(kFirstNight, 28, 4));
  CHECK(least_gap(facts, plan) == 5);
  CHECK(spread(turns_in(facts, plan)) <= 1);
  CHECK(plan[10].picks[0].near_days == 5);
  CHECK(pick_words(plan[10].picks[0]).en.find("5 days apart") != std::string::npos);
  // Three homes cannot fill four places, and nobody stands twice on one night.
  facts = village(3);
  for (const auto& day : plan_roster(facts, nights(kFirstNight, 5, 4))) {
    CHECK(day.picks.size() == 3);
    CHECK(day.open == 1);
  }
  CHECK(plan_roster(village(0), nights(kFirstNight, 1, 2))[0].open == 2);
  CHECK(plan_roster(village(5), nights(kFirstNight, 0, 2)).empty());
}

TEST_CASE("nobody is sent out beyond their weekly limit, and whoever is passed over is named",
          "[rules][roster]") {
  const auto week_of = [](std::int64_t day) { return (day - 4) / 7; };
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SeededRandom random(seed);
    const auto homes = static_cast<std::uint32_t>(6 + random.below(30));
    const auto slots = static_cast<std::int64_t>(1 + random.below(4));
    CAPTURE(seed, homes, slots);
    auto facts = village(homes);
    std::map<RecordId, std::int64_t> limits;
    std::map<std::pair<RecordId, std::int64_t>, std::int64_t> duties;
    for (const auto& id : facts.people)
      if (random.below(2) == 0)
        facts.limits.push_back({id, limits[id] = static_cast<std::int64_t>(random.below(3))});
    for (int i = 0; i < 30; ++i) {
      const auto id = facts.people[static_cast<std::size_t>(random.below(homes))];
      const auto day = kFirstNight + static_cast<std::int64_t>(random.below(28));
      facts.elsewhere.push_back({id, day});
      ++duties[{id, week_of(day)}];
    }
    const auto wish = nights(kFirstNight, 28, slots, 1 + static_cast<std::int64_t>(seed % 7));
    const auto plan = plan_roster(facts, wish);
    for (const auto& day : plan) {
      for (const auto& pick : day.picks) {
        const auto now = ++duties[{pick.person, week_of(day.day)}];
        const auto limit = limits.find(pick.person);
        REQUIRE(pick.weekly_limit.has_value() == (limit != limits.end()));
        if (limit == limits.end()) continue;
        REQUIRE(now <= limit->second);
        REQUIRE(pick.weekly_limit == limit->second);
      }
      for (const auto& id : day.at_limit) {
        REQUIRE(limits.count(id) == 1);
        REQUIRE(duties[{id, week_of(day.day)}] >= limits[id]);
      }
      // A place stays open only when everybody else is on it already or has a full week.
      std::size_t free = 0;
      for (const auto& id : facts.people) {
        const auto limit = limits.find(id);
        const bool full = limit != limits.end() && duties[{id, week_of(day.day)}] >= limit->second;
        const bool on = std::any_of(day.picks.begin(), day.picks.end(),
                                    [&](const RosterPick& pick) { return pick.person == id; });
        free += full || on ? 0 : 1;
      }
      REQUIRE((day.open == 0 || free == 0));
    }
    auto turned = facts;
    shuffle(turned, random);
    REQUIRE(lists_of(plan_roster(turned, wish)) == lists_of(plan));
  }
  // A published turn stands though it is beyond the limit, and is said to be.
  auto facts = village(2);
  facts.limits = {{home(0), 1}};
  facts.turns = {{home(0), kFirstNight}, {home(0), kFirstNight + 2}};
  const auto plan = plan_roster(facts, nights(kFirstNight, 5, 2, 1));
  CHECK(pick_words(plan[2].picks[0]).en == "signed up already; duty 2 of at most 1 in that week");
  CHECK(plan[3].open == 1);
  CHECK(plan[3].at_limit == std::vector{home(0)});
  CHECK(rank_words(rank_people(facts, kFirstNight).back(), 2).en.find("at most 1 duties a week") !=
        std::string::npos);
}

TEST_CASE("missed and excused nights are made up, served and substituted ones count",
          "[rules][roster]") {
  const auto wish = nights(kFirstNight, 1, 1, 1);
  struct Case {
    TurnState state;
    RosterWhy why;
    bool first;  // home 0 is the first to be sent
  };
  for (const auto& one : {Case{TurnState::served, RosterWhy::fewest, false},
                          Case{TurnState::pending, RosterWhy::fewest, false},
                          Case{TurnState::absent, RosterWhy::makes_up, true},
                          Case{TurnState::excused, RosterWhy::makes_up, true}}) {
    auto facts = village(4);
    // Everybody has served once; home 0 has one more turn, with this outcome; the others, too,
    // but for home 3, who has it from a substitute's place and so has two.
    for (std::uint32_t i = 0; i < 4; ++i)
      facts.turns.push_back({home(i), kFirstNight - 30 + i, TurnState::served});
    facts.turns.push_back({home(0), kFirstNight - 20, one.state});
    for (std::uint32_t i = 1; i < 4; ++i)
      facts.turns.push_back({home(i), kFirstNight - 20 + i, TurnState::served});
    if (!one.first) facts.turns.pop_back();  // somebody else is behind
    const auto plan = plan_roster(facts, wish);
    REQUIRE(plan[0].picks.size() == 1);
    CHECK(plan[0].picks[0].person == home(one.first ? 0 : 3));
    CHECK(plan[0].picks[0].why == one.why);
  }
}

TEST_CASE("a night that stands is filled up, and one that was cancelled stays empty",
          "[rules][roster]") {
  auto facts = village(10);
  facts.turns = {{home(1), kFirstNight}, {home(2), kFirstNight}};
  facts.standing = {{kFirstNight, 3, false}, {kFirstNight + 1, 3, true}};
  const auto plan = plan_roster(facts, nights(kFirstNight, 3, 2));
  REQUIRE(plan[0].picks.size() == 3);
  CHECK(plan[0].picks[0].why == RosterWhy::stands);
  CHECK(plan[0].picks[1].why == RosterWhy::stands);
  CHECK(plan[0].picks[2].why == RosterWhy::first_turn);
  CHECK(plan[1].cancelled);
  CHECK(plan[1].picks.empty());
  CHECK(plan[2].slots == 2);
  // A published night later on keeps its people from the nights just before it.
  facts.turns.push_back({home(5), kFirstNight + 4});
  facts.standing.push_back({kFirstNight + 4, 1, false});
  for (const auto& day : plan_roster(facts, nights(kFirstNight, 4, 2)))
    for (const auto& pick : day.picks) CHECK_FALSE(pick.person == home(5));
}

TEST_CASE("somebody far behind does not serve week after week", "[rules][roster]") {
  auto facts = village(40);
  publish(facts, plan_roster(facts, nights(kFirstNight - kNights, kNights, 4)));
  // Home 7 was exempt until now: of its eight nights only one stands in the records.
  int kept = 0;
  std::erase_if(facts.turns,
                [&](const Turn& turn) { return turn.person == home(7) && kept++ > 0; });
  facts.people.push_back(home(100));  // and one is new
  const auto plan = plan_roster(facts, nights(kFirstNight, kNights, 4));
  const auto turns = turns_in(facts, plan);
  CHECK(turns.at(home(7)) <= 8 + 3);
  CHECK(least_gap(facts, plan) >= kUsualGap_days);
  CHECK(turns.at(home(100)) <= 9);
  CHECK(turns.at(home(100)) >= 7);
  const auto ranks = rank_people(facts, kFirstNight);
  CHECK(ranks[0].person == home(7));
  const auto newcomer = std::find_if(ranks.begin(), ranks.end(),
                                     [](const RosterRank& one) { return one.person == home(100); });
  REQUIRE(newcomer != ranks.end());
  CHECK(newcomer->newcomer);
  CHECK(newcomer->usual == 8);
}

TEST_CASE("everybody can read why they stand where they stand", "[rules][roster]") {
  auto facts = village(2);
  facts.turns = {{home(0), kFirstNight - 10, TurnState::served},
                 {home(0), kFirstNight - 3, TurnState::absent},
                 {home(0), kFirstNight + 5, TurnState::pending},
                 {home(1), kFirstNight - 5, TurnState::served}};
  const auto ranks = rank_people(facts, kFirstNight);
  REQUIRE(ranks.size() == 2);
  CHECK(ranks[0].person == home(1));
  const auto words = rank_words(ranks[1], ranks.size());
  CHECK(words.id ==
        "urutan 2 dari 2: 2 kali sejak 12 minggu lalu (biasanya 1), terakhir 13 November 2026; 1 "
        "kali tidak hadir; giliran berikut 28 November 2026");
  CHECK(words.en.starts_with("number 2 of 2: 2 turns since 12 weeks ago (usually 1)"));
}

}  // namespace
}  // namespace rukun::test
