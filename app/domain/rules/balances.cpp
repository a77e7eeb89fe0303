#include "app/domain/rules/balances.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <unordered_set>

#include "app/domain/units.h"

namespace rukun {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t sum(std::int64_t a, std::int64_t b) { return a > kMost - b ? kMost : a + b; }
std::int64_t counted(std::int64_t quantity) { return std::max<std::int64_t>(0, quantity); }

// n * up / down; saturates instead of overflowing. Nothing here is negative.
std::int64_t scaled(std::int64_t n, std::int64_t up, std::int64_t down, bool round_up) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(n, up, &product)) return kMost;
  return product / down + (round_up && product % down != 0 ? 1 : 0);
}

// up * (an amount in one unit) == down * (the same amount in the other).
struct Ratio {
  std::int64_t up = 1;
  std::int64_t down = 1;
};

std::optional<Ratio> ratio_of(const std::string& from, const std::string& to) {
  if (from == to) return Ratio{};
  // One of these counts both units in whole thousandths, when anything does: sacks of 3 and of 7 kg
  // meet in grams, boxes of 24 and of 36 in pieces or packs.
  for (const auto& pivot : {from, to, base_unit(from), std::string("piece"), std::string("pack")}) {
    const auto up = convert(1000, from, pivot);
    const auto down = convert(1000, to, pivot);
    if (!up || !down || *up <= 0 || *down <= 0) continue;
    const auto common = std::gcd(*up, *down);
    return Ratio{*up / common, *down / common};
  }
  return std::nullopt;
}

class Ratios {
 public:
  const std::optional<Ratio>& of(const std::string& from, const std::string& to) {
    const auto found = known_.find({from, to});
    if (found != known_.end()) return found->second;
    return known_.emplace(std::pair(from, to), ratio_of(from, to)).first->second;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::optional<Ratio>> known_;
};

using Places = std::unordered_map<RecordId, std::size_t, IdHash>;

template <class Fact>
Places places_of(const std::vector<Fact>& facts) {
  Places places;
  places.reserve(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) places.emplace(facts[i].id, i);
  return places;
}

// The fact or balance of a record, or nullptr.
template <class All>
auto* find_at(All& all, const Places& places, const RecordId& id) {
  const auto found = places.find(id);
  return found == places.end() ? nullptr : &all[found->second];
}

template <class Balance>
const Balance* find_balance(const std::unordered_map<RecordId, Balance, IdHash>& balances,
                            const RecordId& id) {
  const auto found = balances.find(id);
  return found == balances.end() ? nullptr : &found->second;
}

// A pledge at its offer, with what it takes to compare the two units.
struct Claim {
  const PledgeFact* pledge = nullptr;
  PledgeBalance* balance = nullptr;
  std::optional<Ratio> ratio;  // from the need's unit to the offer's
};

// Hands an offer round: first to what has left already, then in queue order.
OfferBalance settle(const OfferFact& offer, std::vector<Claim>& claims) {
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.pledge->queue, a.pledge->id) < std::tie(b.pledge->queue, b.pledge->id);
  });
  OfferBalance out;
  for (const auto& claim : claims) {
    if (!claim.ratio) continue;
    const auto [up, down] = *claim.ratio;
    out.handed_over = sum(out.handed_over, scaled(claim.balance->handed_over, up, down, true));
    if (claim.pledge->state != PledgeState::fell_through)
      out.promised = sum(out.promised, scaled(counted(claim.pledge->quantity), up, down, false));
  }
  auto left = counted(counted(offer.quantity) - out.handed_over);
  for (auto& claim : claims) {
    if (claim.pledge->state == PledgeState::fell_through) continue;
    auto& balance = *claim.balance;
    const auto asked = counted(claim.pledge->quantity);
    const bool gives = !offer.withdrawn || claim.pledge->state == PledgeState::on_the_way;
    auto room = balance.handed_over;
    if (claim.ratio && gives)
      room = sum(room, scaled(left, claim.ratio->down, claim.ratio->up, false));
    balance.honored = std::min(asked, room);
    balance.bumped = balance.honored < asked;
    const auto more = counted(balance.honored - balance.handed_over);
    if (claim.ratio && more > 0)
      left -= std::min(left, scaled(more, claim.ratio->up, claim.ratio->down, true));
  }
  out.remaining = offer.withdrawn ? 0 : left;
  return out;
}

NeedState state_of(const NeedFact& need, const NeedBalance& balance) {
  if (need.closed) return NeedState::closed;
  if (need.quantity <= 0) return NeedState::open;
  if (balance.delivered >= need.quantity) return NeedState::delivered;
  if (balance.remaining == 0) return NeedState::covered;
  const bool some = balance.delivered > 0 || balance.promised > 0 || balance.on_the_way > 0;
  return some ? NeedState::partly : NeedState::open;
}

}  // namespace

std::optional<std::int64_t> whole_part(std::int64_t thousandths, std::string_view from,
                                       std::string_view to) {
  const auto ratio = ratio_of(std::string(from), std::string(to));
  if (!ratio) return std::nullopt;
  return scaled(counted(thousandths), ratio->up, ratio->down, false);
}

AidBalances::AidBalances(const AidFacts& facts)
    : need_at_(places_of(facts.needs)),
      offer_at_(places_of(facts.offers)),
      pledge_at_(places_of(facts.pledges)),
      needs_(facts.needs.size()),
      offers_(facts.offers.size()),
      pledges_(facts.pledges.size()) {
  hand_over(facts);
  settle_offers(facts);
  settle_needs(facts);
}

void AidBalances::hand_over(const AidFacts& facts) {
  const auto deliver = [&](const RecordId& need, std::int64_t quantity) {
    if (auto* balance = find_at(needs_, need_at_, need))
      balance->delivered = sum(balance->delivered, quantity);
  };
  for (const auto& handover : facts.handovers) {
    const auto quantity = counted(handover.quantity);
    const auto* pledge =
        handover.pledge ? find_at(facts.pledges, pledge_at_, *handover.pledge) : nullptr;
    if (pledge != nullptr) {
      auto& handed = find_at(pledges_, pledge_at_, pledge->id)->handed_over;
      handed = sum(handed, quantity);
      deliver(pledge->need, quantity);
    } else if (handover.need) {
      deliver(*handover.need, quantity);
    } else if (handover.entitlement) {
      auto& handed = entitlements_[*handover.entitlement];
      handed = sum(handed, quantity);
    }
  }
}

void AidBalances::settle_offers(const AidFacts& facts) {
  Ratios ratios;
  std::vector<std::vector<Claim>> claims(facts.offers.size());
  for (std::size_t i = 0; i < facts.pledges.size(); ++i) {
    const auto& pledge = facts.pledges[i];
    const auto place = pledge.offer ? offer_at_.find(*pledge.offer) : offer_at_.end();
    if (place == offer_at_.end()) {
      if (pledge.state != PledgeState::fell_through) pledges_[i].honored = counted(pledge.quantity);
      continue;
    }
    const auto& offer = facts.offers[place->second];
    const auto* need = find_at(facts.needs, need_at_, pledge.need);
    // A need that has not arrived: nobody knows its unit, so the offer's is the careful guess.
    const auto& unit = need != nullptr ? need->unit : offer.unit;
    claims[place->second].push_back({&pledge, &pledges_[i], ratios.of(unit, offer.unit)});
  }
  for (std::size_t i = 0; i < facts.offers.size(); ++i)
    offers_[i] = settle(facts.offers[i], claims[i]);
}

void AidBalances::settle_needs(const AidFacts& facts) {
  for (std::size_t i = 0; i < facts.pledges.size(); ++i) {
    const auto& pledge = facts.pledges[i];
    auto* need = find_at(needs_, need_at_, pledge.need);
    if (need == nullptr || pledge.state == PledgeState::fell_through) continue;
    auto& total = pledge.state == PledgeState::on_the_way ? need->on_the_way : need->promised;
    total = sum(total, counted(pledges_[i].honored - pledges_[i].handed_over));
  }
  for (std::size_t i = 0; i < facts.needs.size(); ++i) {
    auto& balance = needs_[i];
    const auto taken = sum(sum(balance.delivered, balance.on_the_way), balance.promised);
    balance.remaining = counted(counted(facts.needs[i].quantity) - taken);
    balance.state = state_of(facts.needs[i], balance);
  }
}

const NeedBalance* AidBalances::need(const RecordId& id) const {
  return find_at(needs_, need_at_, id);
}
const OfferBalance* AidBalances::offer(const RecordId& id) const {
  return find_at(offers_, offer_at_, id);
}
const PledgeBalance* AidBalances::pledge(const RecordId& id) const {
  return find_at(pledges_, pledge_at_, id);
}
std::int64_t AidBalances::handed_over(const RecordId& entitlement) const {
  const auto* found = find_balance(entitlements_, entitlement);
  return found == nullptr ? 0 : *found;
}

namespace {

// Substitutes of substitutes; nobody follows longer chains, and a circle ends here, too.
constexpr int kMostReplacements = 16;

// The place that a sign-up has: its own, or that of the withdrawn one which it stands in for.
const QueueKey& place_of(const DutyFacts& facts, const Places& at, const SignupFact& signup) {
  const SignupFact* holder = &signup;
  for (int i = 0; i < kMostReplacements && holder->replaces; ++i) {
    const auto* before = find_at(facts.signups, at, *holder->replaces);
    if (before == nullptr || before->joined || before->shift != signup.shift) break;
    holder = before;
  }
  return holder->queue;
}

struct Entry {
  const SignupFact* signup = nullptr;
  const QueueKey* place = nullptr;
};

}  // namespace

DutyBalances::DutyBalances(const DutyFacts& facts) {
  const auto shift_at = places_of(facts.shifts);
  const auto signup_at = places_of(facts.signups);
  std::vector<std::vector<Entry>> queues(facts.shifts.size());
  for (const auto& signup : facts.signups) {
    signups_.emplace(signup.id, SignupBalance{});
    const auto place = shift_at.find(signup.shift);
    if (signup.joined && place != shift_at.end())
      queues[place->second].push_back({&signup, &place_of(facts, signup_at, signup)});
  }
  count_attendance(facts);
  for (std::size_t i = 0; i < facts.shifts.size(); ++i) {
    const auto& shift = facts.shifts[i];
    auto& queue = queues[i];
    std::sort(queue.begin(), queue.end(), [](const Entry& a, const Entry& b) {
      return std::tie(*a.place, a.signup->queue, a.signup->id) <
             std::tie(*b.place, b.signup->queue, b.signup->id);
    });
    ShiftBalance balance{shift.slots, 0, 0};
    std::unordered_set<RecordId, IdHash> people;
    for (const auto& entry : queue) {
      const auto& signup = *entry.signup;
      const auto& person = signup.volunteer ? signup.volunteer : signup.household;
      if (person && !people.insert(*person).second) continue;
      const bool holds = !shift.slots || balance.joined < *shift.slots;
      signups_[signup.id] = {holds ? ++balance.joined : ++balance.waiting, !holds};
      if (!holds || shift.cancelled || signup.settled) continue;
      if (signup.volunteer) ++volunteers_[*signup.volunteer].load;
      if (signup.household) ++households_[*signup.household].load;
    }
    shifts_.emplace(shift.id, balance);
  }
}

void DutyBalances::count_attendance(const DutyFacts& facts) {
  enum Came : std::uint8_t { excused, missed, served };
  std::set<RecordId> cancelled;
  for (const auto& shift : facts.shifts)
    if (shift.cancelled) cancelled.insert(shift.id);
  // By shift and person, the best of what is recorded: being there once is being there.
  using Once = std::map<std::pair<RecordId, RecordId>, Came>;
  Once volunteers, households;
  const auto note = [](Once& all, const RecordId& shift, const RecordId& who, Came came) {
    auto& known = all.try_emplace({shift, who}, came).first->second;
    known = std::max(known, came);
  };
  for (const auto& signup : facts.signups) {
    if (!signup.joined || !signup.settled) continue;
    auto came = signup.attended ? served : signup.excused ? excused : missed;
    if (came == missed && cancelled.contains(signup.shift)) came = excused;
    if (signup.volunteer) note(volunteers, signup.shift, *signup.volunteer, came);
    if (signup.household) note(households, signup.shift, *signup.household, came);
  }
  const auto tally = [](const Once& all, ById<VolunteerBalance>& people) {
    for (const auto& [where, came] : all) {
      if (came == served) ++people[where.second].served;
      if (came == missed) ++people[where.second].missed;
    }
  };
  tally(volunteers, volunteers_);
  tally(households, households_);
}

const ShiftBalance* DutyBalances::shift(const RecordId& id) const {
  return find_balance(shifts_, id);
}
const SignupBalance* DutyBalances::signup(const RecordId& id) const {
  return find_balance(signups_, id);
}
VolunteerBalance DutyBalances::volunteer(const RecordId& id) const {
  const auto* found = find_balance(volunteers_, id);
  return found == nullptr ? VolunteerBalance{} : *found;
}
VolunteerBalance DutyBalances::household(const RecordId& id) const {
  const auto* found = find_balance(households_, id);
  return found == nullptr ? VolunteerBalance{} : *found;
}

}  // namespace rukun
