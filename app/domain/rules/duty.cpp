#include "app/domain/rules/duty.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "app/domain/fold.h"

namespace rukun {
namespace {

constexpr std::int64_t kClose_ms = 60 * 60 * 1000;

std::int64_t an_hour_after(std::int64_t at_ms) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return at_ms > kMost - kClose_ms ? kMost : at_ms + kClose_ms;
}

using TimesByShift = std::map<RecordId, const DutyTime*>;

// Of shifts that take place.
TimesByShift times_by_shift(const DutyFacts& facts, std::span<const DutyTime> times) {
  std::set<RecordId> cancelled;
  for (const auto& shift : facts.shifts)
    if (shift.cancelled) cancelled.insert(shift.id);
  TimesByShift out;
  for (const auto& time : times)
    if (!cancelled.contains(time.shift)) out.emplace(time.shift, &time);
  return out;
}

}  // namespace

Clash clash_of(const Hours& a, const Hours& b) {
  if (a.from_ms < b.to_ms && b.from_ms < a.to_ms) return Clash::hard;
  const bool close = a.from_ms < an_hour_after(b.to_ms) && b.from_ms < an_hour_after(a.to_ms);
  return close ? Clash::soft : Clash::none;
}

std::vector<std::string> missing_skills(std::span<const std::string> wanted,
                                        std::span<const std::string> has) {
  std::set<std::string> known;
  for (const auto& skill : has) known.insert(folded_key(skill));
  std::vector<std::string> out;
  for (const auto& skill : wanted)
    if (!known.contains(folded_key(skill))) out.push_back(skill);
  return out;
}

std::vector<RecordId> moved_up(const DutyFacts& facts) {
  // As it would be had nobody withdrawn; a place that was passed on to a substitute is not free.
  std::set<RecordId> passed_on;
  for (const auto& signup : facts.signups)
    if (signup.joined && signup.replaces) passed_on.insert(*signup.replaces);
  auto before = facts;
  for (auto& signup : before.signups)
    if (!passed_on.contains(signup.id)) signup.joined = true;
  std::set<RecordId> cancelled;
  for (const auto& shift : facts.shifts)
    if (shift.cancelled) cancelled.insert(shift.id);
  const DutyBalances then(before), now(facts);
  std::vector<RecordId> out;
  for (const auto& signup : facts.signups) {
    const auto *was = then.signup(signup.id), *is = now.signup(signup.id);
    if (!signup.joined || was == nullptr || is == nullptr || cancelled.contains(signup.shift))
      continue;
    if (was->waiting && is->position > 0 && !is->waiting) out.push_back(signup.id);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<DoubleBooking> double_bookings(const DutyFacts& facts,
                                           std::span<const DutyTime> times) {
  struct Held {
    const DutyTime* time = nullptr;
    RecordId signup;
  };
  const auto by_shift = times_by_shift(facts, times);
  const DutyBalances balances(facts);
  std::map<RecordId, std::vector<Held>> by_volunteer;
  for (const auto& signup : facts.signups) {
    const auto* place = balances.signup(signup.id);
    const auto time = by_shift.find(signup.shift);
    if (!signup.volunteer || signup.settled || time == by_shift.end()) continue;
    if (place != nullptr && place->position > 0 && !place->waiting)
      by_volunteer[*signup.volunteer].push_back({time->second, signup.id});
  }
  std::vector<DoubleBooking> out;
  for (auto& [volunteer, held] : by_volunteer) {
    std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
      return std::tie(a.time->hours.from_ms, a.signup) < std::tie(b.time->hours.from_ms, b.signup);
    });
    // Each against the one before it: enough to be sent to look, and never more than there are.
    for (std::size_t i = 1; i < held.size(); ++i)
      if (clash_of(held[i - 1].time->hours, held[i].time->hours) == Clash::hard)
        out.push_back({volunteer, held[i - 1].signup, held[i].signup});
  }
  return out;
}

std::vector<TwinShift> twin_shifts(const DutyFacts& facts, std::span<const DutyTime> times) {
  const auto by_shift = times_by_shift(facts, times);
  using Same =
      std::tuple<RecordId, std::int64_t, std::int64_t, std::string, std::optional<RecordId>>;
  std::map<Same, RecordId> first;
  std::vector<TwinShift> out;
  // In the order of their ids, so the least comes first.
  for (const auto& [shift, time] : by_shift) {
    const auto [place, fresh] = first.emplace(
        Same(time->activity, time->hours.from_ms, time->hours.to_ms, time->place, time->listing),
        shift);
    if (!fresh) out.push_back({shift, place->second});
  }
  return out;
}

}  // namespace rukun
