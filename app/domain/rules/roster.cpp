#include "app/domain/rules/roster.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace rukun {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();
// Days that a hostile writer put beyond all calendars are not counted with.
constexpr std::int64_t kMostDay = 10'000'000;

// The lot of a person in an activity: FNV-1a over both ids. It only has to be the same everywhere
// and another one for every activity, so that nobody is the last one in all of them.
std::uint64_t lot_of(const RecordId& activity, const RecordId& person) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const auto* id : {&activity, &person})
    for (const auto byte : id->bytes)
      hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3ULL;
  return hash;
}

// Weeks begin on Monday, as 1970-01-05 was one.
std::int64_t week_of(std::int64_t day) {
  const auto since = day - 4;
  return since / 7 - (since % 7 < 0 ? 1 : 0);
}

struct Person {
  RecordId id;
  std::uint64_t lot = 0;
  std::vector<std::int64_t> days;  // of turns that count; sorted, each once
  std::int64_t turns = 0;          // of those, in the memory and after it
  std::int64_t missed = 0;         // in the memory
  std::int64_t excused = 0;
  std::int64_t owed = 0;  // missed or excused, not made up yet
  bool newcomer = true;   // nothing in the memory
  std::int64_t score = 0;
  std::optional<std::int64_t> limit;           // of duties in a week
  std::map<std::int64_t, std::int64_t> weeks;  // duties by week, of those with a limit

  std::int64_t in_week(std::int64_t day) const {
    const auto found = weeks.find(week_of(day));
    return found == weeks.end() ? 0 : found->second;
  }
  bool week_is_full(std::int64_t day) const { return limit && in_week(day) >= *limit; }
  void count_in_week(std::int64_t day) {
    if (limit) ++weeks[week_of(day)];
  }
  std::int64_t last() const { return days.empty() ? kNever : days.back(); }
  // The turn before `day`.
  std::optional<std::int64_t> before(std::int64_t day) const {
    const auto at = std::lower_bound(days.begin(), days.end(), day);
    return at == days.begin() ? std::nullopt : std::optional(*(at - 1));
  }
  // Days to the nearest turn; 0: has one on this day.
  std::int64_t distance(std::int64_t day) const {
    auto out = std::numeric_limits<std::int64_t>::max();
    const auto at = std::lower_bound(days.begin(), days.end(), day);
    if (at != days.end()) out = *at - day;
    if (at != days.begin()) out = std::min(out, day - *(at - 1));
    return out;
  }
  void take(std::int64_t day) {
    days.insert(std::lower_bound(days.begin(), days.end(), day), day);
    count_in_week(day);
    ++turns;
    ++score;
    if (owed > 0) --owed;
  }
};

bool counts(TurnState state) { return state == TurnState::pending || state == TurnState::served; }

// All who take turns, with what the records say of them.
class People {
 public:
  People(const RosterFacts& facts, std::int64_t first_day, std::int64_t memory_days) {
    auto ids = facts.people;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const auto& id : ids) {
      at_.emplace(id, all_.size());
      all_.push_back({.id = id, .lot = lot_of(facts.activity, id)});
    }
    for (const auto& one : facts.limits) {
      auto* person = find(one.person);
      if (person == nullptr) continue;
      person->limit = std::min(person->limit.value_or(one.most), one.most);
    }
    for (const auto& duty : facts.elsewhere) {
      auto* person = find(duty.person);
      if (person != nullptr && duty.day >= -kMostDay && duty.day <= kMostDay)
        person->count_in_week(duty.day);
    }
    const auto since = first_day - memory_days;
    std::map<std::pair<RecordId, std::int64_t>, TurnState> once;
    for (const auto& turn : facts.turns) {
      if (turn.day < -kMostDay || turn.day > kMostDay) continue;
      // Two shifts of one night are one night; being there once is being there.
      auto& known = once.try_emplace({turn.person, turn.day}, turn.state).first->second;
      if (rank_of(turn.state) > rank_of(known)) known = turn.state;
    }
    for (const auto& [where, state] : once) add(where.first, where.second, state, since);
    settle();
  }

  std::vector<Person>& all() { return all_; }
  std::int64_t usual() const { return usual_; }
  Person* find(const RecordId& id) {
    const auto found = at_.find(id);
    return found == at_.end() ? nullptr : &all_[found->second];
  }

 private:
  static int rank_of(TurnState state) {
    switch (state) {
      case TurnState::served: return 3;
      case TurnState::pending: return 2;
      case TurnState::absent: return 1;
      case TurnState::excused: break;
    }
    return 0;
  }

  void add(const RecordId& id, std::int64_t day, TurnState state, std::int64_t since) {
    auto* person = find(id);
    if (person == nullptr) return;
    if (counts(state)) {
      person->days.push_back(day);  // they come by day
      person->count_in_week(day);
    }
    if (day < since) return;
    person->newcomer = false;
    if (counts(state)) ++person->turns;
    if (state == TurnState::absent) ++person->missed;
    if (state == TurnState::excused) ++person->excused;
  }

  // From counts to scores, of which the least comes next.
  void settle() {
    std::vector<std::int64_t> known;
    for (const auto& person : all_)
      if (!person.newcomer) known.push_back(person.turns);
    if (!known.empty()) {
      const auto middle = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) / 2);
      std::nth_element(known.begin(), middle, known.end());
      usual_ = *middle;
    }
    for (auto& person : all_) {
      const auto missed = person.missed + person.excused;
      const auto least = person.newcomer ? usual_ : usual_ - kMostToCatchUp - missed;
      person.score = std::max(person.turns, least);
      person.owed = std::min(missed, std::max<std::int64_t>(0, usual_ - person.turns));
    }
  }

  std::vector<Person> all_;
  std::unordered_map<RecordId, std::size_t, IdHash> at_;
  std::int64_t usual_ = 0;
};

// Whose turn it is: fewest turns, longest ago, lot.
struct Order {
  std::int64_t score = 0;
  std::int64_t last = kNever;
  std::uint64_t lot = 0;
  RecordId id;
  Person* person = nullptr;

  explicit Order(Person& of)
      : score(of.score), last(of.last()), lot(of.lot), id(of.id), person(&of) {}
  auto key() const { return std::tie(score, last, lot, id); }
  bool operator<(const Order& other) const { return key() < other.key(); }
};

class Planner {
 public:
  Planner(const RosterFacts& facts, const RosterWish& wish, std::int64_t first_day)
      : wish_(wish), people_(facts, first_day, wish.memory_days) {
    for (auto& person : people_.all()) queue_.emplace(person);
    std::set<std::pair<std::int64_t, RecordId>> once;
    for (const auto& turn : facts.turns)
      if (once.emplace(turn.day, turn.person).second) holders_[turn.day].push_back(turn.person);
    for (auto& [day, holders] : holders_) std::sort(holders.begin(), holders.end());
    for (const auto& one : facts.standing) {
      const auto [place, fresh] = standing_.emplace(one.day, one);
      if (fresh) continue;
      // Two shifts of one day: it takes place when one of them does, with the most places.
      auto& known = place->second;
      if (known.cancelled != one.cancelled) {
        if (known.cancelled) known = one;
      } else if (!known.slots || (one.slots && *one.slots > *known.slots)) {
        known.slots = one.slots;
      }
    }
  }

  RosterDay plan(std::int64_t day) {
    RosterDay out{.day = day, .slots = wish_.slots};
    if (const auto found = standing_.find(day); found != standing_.end()) {
      out.slots = std::max<std::int64_t>(0, found->second.slots.value_or(wish_.slots));
      out.cancelled = found->second.cancelled;
    }
    if (out.cancelled) return out;
    if (const auto found = holders_.find(day); found != holders_.end())
      for (const auto& id : found->second) {
        const auto* person = people_.find(id);
        RosterPick pick{.person = id};
        if (person != nullptr) {
          pick.turns = person->turns;
          pick.last_day = person->before(day);
          pick.weekly_limit = person->limit;
          pick.in_week = person->in_week(day);
        }
        out.picks.push_back(std::move(pick));
      }
    out.open = std::max<std::int64_t>(0, out.slots - static_cast<std::int64_t>(out.picks.size()));
    for (auto gap = std::max<std::int64_t>(1, wish_.gap_days); gap >= 1 && out.open > 0; --gap)
      fill(out, gap);
    return out;
  }

 private:
  void fill(RosterDay& out, std::int64_t gap) {
    std::vector<Person*> chosen;
    for (const auto& next : queue_) {
      if (static_cast<std::int64_t>(chosen.size()) == out.open) break;
      if (next.person->distance(out.day) < gap || holds(out, next.id)) continue;
      if (!next.person->week_is_full(out.day)) {
        chosen.push_back(next.person);
      } else if (std::find(out.at_limit.begin(), out.at_limit.end(), next.id) ==
                 out.at_limit.end()) {
        out.at_limit.push_back(next.id);
      }
    }
    const auto most = queue_.empty() ? 0 : queue_.rbegin()->score;
    for (auto* person : chosen) {
      RosterPick pick{.person = person->id,
                      .why = why(*person, most),
                      .turns = person->turns,
                      .last_day = person->before(out.day)};
      if (gap < wish_.gap_days) pick.near_days = person->distance(out.day);
      queue_.erase(Order(*person));
      person->take(out.day);
      pick.weekly_limit = person->limit;
      pick.in_week = person->in_week(out.day);
      queue_.emplace(*person);
      out.picks.push_back(std::move(pick));
      --out.open;
    }
  }

  // Also who is excused from this very night, and so has no turn on it that counts.
  static bool holds(const RosterDay& out, const RecordId& id) {
    return std::any_of(out.picks.begin(), out.picks.end(),
                       [&](const RosterPick& pick) { return pick.person == id; });
  }

  static RosterWhy why(const Person& person, std::int64_t most) {
    if (person.owed > 0) return RosterWhy::makes_up;
    if (person.days.empty() && person.newcomer) return RosterWhy::first_turn;
    return person.score < most ? RosterWhy::fewest : RosterWhy::longest_ago;
  }

  const RosterWish& wish_;
  People people_;
  std::set<Order> queue_;
  std::map<std::int64_t, std::vector<RecordId>> holders_;
  std::map<std::int64_t, StandingDay> standing_;
};

}  // namespace

std::vector<RosterDay> plan_roster(const RosterFacts& facts, const RosterWish& wish) {
  auto days = wish.days;
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::vector<RosterDay> out;
  if (days.empty()) return out;
  Planner planner(facts, wish, days.front());
  for (const auto day : days) out.push_back(planner.plan(day));
  return out;
}

std::vector<RosterRank> rank_people(const RosterFacts& facts, std::int64_t today,
                                    std::int64_t memory_days) {
  People people(facts, today, memory_days);
  std::set<Order> queue;
  for (auto& person : people.all()) queue.emplace(person);
  std::vector<RosterRank> out;
  for (const auto& next : queue) {
    const auto& person = *next.person;
    RosterRank rank{.person = person.id,
                    .turns = person.turns,
                    .usual = people.usual(),
                    .missed = person.missed,
                    .excused = person.excused,
                    .rank = static_cast<std::int64_t>(out.size()) + 1,
                    .newcomer = person.newcomer};
    rank.weekly_limit = person.limit;
    rank.last_day = person.before(today);
    const auto after = std::lower_bound(person.days.begin(), person.days.end(), today);
    if (after != person.days.end()) rank.next_day = *after;
    out.push_back(std::move(rank));
  }
  return out;
}

}  // namespace rukun
