// How long it takes to plan a year of night watches for a large village, and again when half of it
// is published and a household has come.
#include <algorithm>
#include <map>

#include "app/cli/bench_tools.h"
#include "app/domain/rules/roster.h"
#include "platform/random.h"

namespace rukun::cli {
namespace {

constexpr std::uint64_t kRosterSeed = 20261122;
constexpr std::size_t kHomes = 2000;
constexpr std::int64_t kYear_days = 365;
constexpr std::int64_t kPeopleANight = 6;
constexpr std::int64_t kFirstDay = 20'780;

}  // namespace

Status measure_roster(std::size_t scale, Output& out) {
  SeededRandom random(kRosterSeed);
  RosterFacts facts;
  facts.activity = random.draw<RecordId>();
  for (std::size_t i = 0; i < kHomes * scale; ++i) facts.people.push_back(random.draw<RecordId>());
  RosterWish wish{.slots = kPeopleANight};
  for (std::int64_t i = 0; i < kYear_days; ++i) wish.days.push_back(kFirstDay + i);
  double at = seconds();
  const auto plan = plan_roster(facts, wish);
  const double plan_s = seconds() - at;
  std::map<RecordId, std::int64_t> turns;
  for (const auto& id : facts.people) turns[id] = 0;
  for (const auto& day : plan)
    for (const auto& pick : day.picks) {
      ++turns[pick.person];
      if (day.day < kFirstDay + kYear_days / 2) facts.turns.push_back({pick.person, day.day});
    }
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto least = std::min_element(turns.begin(), turns.end(), fewer)->second;
  const auto most = std::max_element(turns.begin(), turns.end(), fewer)->second;
  facts.people.push_back(random.draw<RecordId>());
  for (std::int64_t i = 0; i < kYear_days / 2; ++i)
    facts.standing.push_back({kFirstDay + i, kPeopleANight, false});
  at = seconds();
  const auto again = plan_roster(facts, wish);
  const double again_s = seconds() - at;
  print(out, "roster",
        {{"households", static_cast<double>(kHomes * scale)},
         {"nights", static_cast<double>(again.size())},
         {"turns", static_cast<double>(kYear_days * kPeopleANight)},
         {"turns_apart", static_cast<double>(most - least)},
         {"plan_ms", plan_s * 1000},
         {"plan_again_ms", again_s * 1000}});
  return {};
}

}  // namespace rukun::cli
