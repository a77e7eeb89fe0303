// From the projection's tables to the plain facts of balances.h.

#include <algorithm>
#include <map>
#include <unordered_set>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/same_as.h"
#include "app/domain/rules/taken_up.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;
using IdSet = std::unordered_set<RecordId, IdHash>;

constexpr Naming kTakesUpNeed[] = {{k::pledge::kKind, k::pledge::kNeed},
                                   {k::handover::kKind, k::handover::kNeed}};
constexpr Naming kTakesUpOffer[] = {{k::pledge::kKind, k::pledge::kOffer}};

PledgeState pledge_state(std::int64_t code) {
  if (code == k::pledge::kStateOnTheWay) return PledgeState::on_the_way;
  return code == k::pledge::kStateFellThrough ? PledgeState::fell_through : PledgeState::promised;
}

NeedFact need_fact(const FactRow& row) {
  return {row.id(), row.number(0), row.text(1), row.is_set(2)};
}
OfferFact offer_fact(const FactRow& row) {
  return {row.id(), row.number(0), row.text(1), row.is_set(2)};
}
PledgeFact pledge_fact(const FactRow& row) {
  return {row.id(),      row.record(0).value_or(RecordId{}), row.record(1),
          row.number(2), pledge_state(row.number(3)),        row.queue()};
}
HandoverFact handover_fact(const FactRow& row) {
  return {row.record(0), row.record(2), row.record(1), row.number(3)};
}
// What was deleted keeps its unit: those who promised to it, or from it, need it.
NeedFact deleted_need(const Row& row) {
  return {row.id, number_in(row, k::need::kQuantity), text_in(row, k::need::kUnit), true};
}
OfferFact deleted_offer(const Row& row) {
  return {row.id, number_in(row, k::offer::kQuantity), text_in(row, k::offer::kUnit), true};
}

Status each_need(Projection& records, const FactFilter& filter,
                 const std::function<void(const FactRow&)>& each) {
  return each_fact(records, k::need::kKind, {k::need::kQuantity, k::need::kUnit, k::need::kClosed},
                   filter, each);
}
Status each_offer(Projection& records, const FactFilter& filter,
                  const std::function<void(const FactRow&)>& each) {
  return each_fact(records, k::offer::kKind,
                   {k::offer::kQuantity, k::offer::kUnit, k::offer::kWithdrawn}, filter, each);
}
Status each_pledge(Projection& records, const FactFilter& filter,
                   const std::function<void(const FactRow&)>& each) {
  return each_fact(records, k::pledge::kKind,
                   {k::pledge::kNeed, k::pledge::kOffer, k::pledge::kQuantity, k::pledge::kState},
                   filter, each);
}
Status each_handover(Projection& records, const FactFilter& filter,
                     const std::function<void(const FactRow&)>& each) {
  return each_fact(
      records, k::handover::kKind,
      {k::handover::kPledge, k::handover::kEntitlement, k::handover::kNeed, k::handover::kQuantity},
      filter, each);
}

Status each_deleted(Projection& records, KindId kind, std::span<const std::uint32_t> spaces,
                    const std::function<void(const Row&)>& each) {
  Query query{.kind = kind, .spaces = {spaces.begin(), spaces.end()}, .deleted = true};
  return records.each_row(query, [&](Row& row) -> Result<bool> {
    each(row);
    return true;
  });
}

SignupFact signup_fact(const FactRow& row) {
  const auto attendance = row.number(4);
  return {.id = row.id(),
          .shift = row.record(0).value_or(RecordId{}),
          .volunteer = row.record(1),
          .household = row.record(2),
          .joined = row.number(3, k::signup::kStateJoined) == k::signup::kStateJoined,
          .attended = attendance == k::signup::kAttendancePresent,
          .settled = attendance != 0,
          .excused = attendance == k::signup::kAttendanceExcused,
          .replaces = row.record(5),
          .queue = row.queue()};
}
Status each_signup(Projection& records, const FactFilter& filter,
                   const std::function<void(const FactRow&)>& each) {
  return each_fact(records, k::signup::kKind,
                   {k::signup::kShift, k::signup::kVolunteer, k::signup::kHousehold,
                    k::signup::kState, k::signup::kAttendance, k::signup::kReplaces},
                   filter, each);
}

using DefaultSlots = std::map<std::pair<std::uint32_t, RecordId>, std::int64_t>;
Result<DefaultSlots> default_slots(Projection& records, const FactFilter& filter) {
  DefaultSlots out;
  TRY_VOID(each_fact(records, k::activity::kKind, {k::activity::kDefaultSlots}, filter,
                     [&](const FactRow& row) {
                       if (row.is_set(0)) out[{row.space(), row.id()}] = row.number(0);
                     }));
  return out;
}
ShiftFact shift_fact(const FactRow& row, const DefaultSlots& defaults) {
  ShiftFact fact{row.id(), std::nullopt, row.is_set(2)};
  if (row.is_set(1)) {
    fact.slots = row.number(1);
  } else if (const auto activity = row.record(0)) {
    const auto found = defaults.find({row.space(), *activity});
    if (found != defaults.end()) fact.slots = found->second;
  }
  return fact;
}
Status each_shift(Projection& records, const FactFilter& filter,
                  const std::function<void(const FactRow&)>& each) {
  return each_fact(records, k::shift::kKind,
                   {k::shift::kActivity, k::shift::kSlots, k::shift::kCancelled}, filter, each);
}

// Gathers what surrounds one record, each thing once.
class Neighborhood {
 public:
  Neighborhood(Projection& records, std::uint32_t space) : records_(records), space_(space) {}

  Status add_need(const RecordId& id) {
    if (!needs_.insert(id).second) return {};
    const auto before = facts.needs.size();
    TRY_VOID(each_need(records_, by_id(id),
                       [&](const FactRow& row) { facts.needs.push_back(need_fact(row)); }));
    if (facts.needs.size() != before) return {};
    TRY(const auto row, records_.row(space_, id));
    if (row && row->kind == k::need::kKind) facts.needs.push_back(deleted_need(*row));
    return {};
  }

  // With the balance of the need complete: its pledges, and everything that competes with them.
  Status settle_need(const RecordId& id) {
    TRY_VOID(add_need(id));
    TRY_VOID(add_handovers(k::handover::kNeed, id));
    TRY(const auto pledges, add_pledges(k::pledge::kNeed, id));
    for (const auto& pledge : pledges)
      if (pledge.offer) TRY_VOID(settle_offer(*pledge.offer));
    return {};
  }

  Status settle_offer(const RecordId& id) {
    if (!offers_.insert(id).second) return {};
    const auto before = facts.offers.size();
    TRY_VOID(each_offer(records_, by_id(id),
                        [&](const FactRow& row) { facts.offers.push_back(offer_fact(row)); }));
    if (facts.offers.size() == before) {
      TRY(const auto row, records_.row(space_, id));
      if (row && row->kind == k::offer::kKind) facts.offers.push_back(deleted_offer(*row));
    }
    TRY(const auto pledges, add_pledges(k::pledge::kOffer, id));
    for (const auto& pledge : pledges) TRY_VOID(add_need(pledge.need));
    return {};
  }

  // What it is between.
  Status settle_pledge(const Row& pledge) {
    if (const auto* need = std::get_if<RecordId>(&value_in(pledge, k::pledge::kNeed)))
      TRY_VOID(settle_need(*need));
    const auto* offer = std::get_if<RecordId>(&value_in(pledge, k::pledge::kOffer));
    return offer == nullptr ? Status() : settle_offer(*offer);
  }

  AidFacts facts;

 private:
  FactFilter by_id(const RecordId& id) const { return {.spaces = {&space_, 1}, .id = id}; }
  FactFilter referring(FieldId field, const RecordId& id) const {
    return {.spaces = {&space_, 1}, .equal = std::pair(field, Value{id})};
  }

  // All that refer so, with their hand-overs; those that were not there before are added.
  Result<std::vector<PledgeFact>> add_pledges(FieldId field, const RecordId& id) {
    std::vector<PledgeFact> found;
    TRY_VOID(each_pledge(records_, referring(field, id),
                         [&](const FactRow& row) { found.push_back(pledge_fact(row)); }));
    for (const auto& pledge : found) {
      if (!pledges_.insert(pledge.id).second) continue;
      facts.pledges.push_back(pledge);
      TRY_VOID(add_handovers(k::handover::kPledge, pledge.id));
    }
    return found;
  }

  Status add_handovers(FieldId field, const RecordId& id) {
    return each_handover(records_, referring(field, id), [&](const FactRow& row) {
      if (handovers_.insert(row.id()).second) facts.handovers.push_back(handover_fact(row));
    });
  }

  Projection& records_;
  std::uint32_t space_;
  IdSet needs_, offers_, pledges_, handovers_;
};

Status settle_pledges(Projection& records, std::uint32_t space, AidFacts& facts) {
  std::vector<Tied> tied;
  for (auto& pledge : facts.pledges)
    if (pledge.offer) tied.push_back({space, *pledge.offer, &pledge.queue});
  return settle_ties(records, std::move(tied));
}
Status settle_signups(Projection& records, std::uint32_t space, DutyFacts& facts) {
  std::vector<Tied> tied;
  for (auto& signup : facts.signups) tied.push_back({space, signup.shift, &signup.queue});
  return settle_ties(records, std::move(tied));
}

}  // namespace

std::span<const Naming> takers_of_needs() { return kTakesUpNeed; }

namespace {

using AidBySpace = std::map<std::uint32_t, AidFacts>;

// The offers, and what was deleted.
Status add_offers(Projection& records, const FactFilter& filter, AidBySpace& all) {
  TRY_VOID(each_offer(records, filter, [&](const FactRow& row) {
    all[row.space()].offers.push_back(offer_fact(row));
  }));
  TRY_VOID(each_deleted(records, k::need::kKind, filter.spaces, [&](const Row& row) {
    all[row.space].needs.push_back(deleted_need(row));
  }));
  return each_deleted(records, k::offer::kKind, filter.spaces,
                      [&](const Row& row) { all[row.space].offers.push_back(deleted_offer(row)); });
}

Status add_pledges_and_handovers(Projection& records, const FactFilter& filter, AidBySpace& all) {
  TRY_VOID(each_pledge(records, filter, [&](const FactRow& row) {
    all[row.space()].pledges.push_back(pledge_fact(row));
  }));
  return each_handover(records, filter, [&](const FactRow& row) {
    all[row.space()].handovers.push_back(handover_fact(row));
  });
}

Result<std::vector<SpaceAid>> settled(Projection& records, AidBySpace all) {
  std::vector<SpaceAid> out;
  for (auto& [space, facts] : all) {
    TRY_VOID(settle_pledges(records, space, facts));
    out.push_back({space, std::move(facts)});
  }
  return out;
}

}  // namespace

Result<std::vector<SpaceAid>> load_aid(Projection& records, std::span<const std::uint32_t> spaces) {
  AidBySpace all;
  const FactFilter filter{.spaces = spaces};
  TRY_VOID(each_need(records, filter, [&](const FactRow& row) {
    all[row.space()].needs.push_back(need_fact(row));
  }));
  TRY_VOID(add_offers(records, filter, all));
  TRY_VOID(add_pledges_and_handovers(records, filter, all));
  return settled(records, std::move(all));
}

Result<std::vector<SpaceAid>> load_aid_taken_up(Projection& records,
                                                std::span<const std::uint32_t> spaces) {
  AidBySpace all;
  TRY_VOID(
      each_need(records, {.spaces = spaces, .named_by = kTakesUpNeed},
                [&](const FactRow& row) { all[row.space()].needs.push_back(need_fact(row)); }));
  TRY_VOID(add_offers(records, {.spaces = spaces, .named_by = kTakesUpOffer}, all));
  TRY_VOID(add_pledges_and_handovers(records, {.spaces = spaces}, all));
  return settled(records, std::move(all));
}

namespace {

// What pledges from offers are for.
std::string needs_from_offers() {
  using namespace k::pledge;
  return "SELECT q." + column_name(kKind, kNeed) + " FROM " + table_name(kKind) + " q WHERE q." +
         column_name(kKind, kOffer) + " IS NOT NULL";
}

// Of pledges: from an offer, or beside one that is.
std::string is_around_offers(const std::string& pledge) {
  using namespace k::pledge;
  return pledge + column_name(kKind, kOffer) + " IS NOT NULL OR " + pledge +
         column_name(kKind, kNeed) + " IN (" + needs_from_offers() + ")";
}

}  // namespace

Result<std::vector<SpaceAid>> load_aid_from_offers(Projection& records,
                                                   std::span<const std::uint32_t> spaces) {
  AidBySpace all;
  FactFilter filter{.spaces = spaces};
  filter.such_that = "r.id IN (" + needs_from_offers() + ")";
  TRY_VOID(each_need(records, filter, [&](const FactRow& row) {
    all[row.space()].needs.push_back(need_fact(row));
  }));
  filter.such_that = is_around_offers("t.");
  TRY_VOID(each_pledge(records, filter, [&](const FactRow& row) {
    all[row.space()].pledges.push_back(pledge_fact(row));
  }));
  using namespace k::handover;
  filter.such_that = "t." + column_name(kKind, kNeed) + " IN (" + needs_from_offers() + ") OR t." +
                     column_name(kKind, kPledge) + " IN (SELECT p.id FROM " +
                     table_name(k::pledge::kKind) + " q JOIN record p ON p.rid = q.rid WHERE " +
                     is_around_offers("q.") + ")";
  TRY_VOID(each_handover(records, filter, [&](const FactRow& row) {
    all[row.space()].handovers.push_back(handover_fact(row));
  }));
  TRY_VOID(add_offers(records, {.spaces = spaces, .named_by = kTakesUpOffer}, all));
  return settled(records, std::move(all));
}

Result<std::vector<SpaceAid>> load_aid_beside_needs(Projection& records,
                                                    std::span<const std::uint32_t> spaces) {
  AidBySpace all;
  TRY_VOID(add_offers(records, {.spaces = spaces, .named_by = kTakesUpOffer}, all));
  TRY_VOID(add_pledges_and_handovers(records, {.spaces = spaces}, all));
  return settled(records, std::move(all));
}

Result<std::vector<SpaceDuty>> load_duty(Projection& records,
                                         std::span<const std::uint32_t> spaces) {
  std::map<std::uint32_t, DutyFacts> all;
  const FactFilter filter{.spaces = spaces};
  TRY(const auto defaults, default_slots(records, filter));
  TRY_VOID(each_shift(records, filter, [&](const FactRow& row) {
    all[row.space()].shifts.push_back(shift_fact(row, defaults));
  }));
  // A household that was entered twice does its duty once.
  TRY(const auto linked, load_stand_ins(records, spaces, k::household::kKind));
  TRY_VOID(each_signup(records, filter, [&](const FactRow& row) {
    auto fact = signup_fact(row);
    if (fact.household) fact.household = stands_for(linked, row.space(), *fact.household);
    all[row.space()].signups.push_back(std::move(fact));
  }));
  std::vector<SpaceDuty> out;
  for (auto& [space, facts] : all) {
    TRY_VOID(settle_signups(records, space, facts));
    out.push_back({space, std::move(facts)});
  }
  return out;
}

Result<AidFacts> load_aid_around(Projection& records, std::uint32_t space, const RecordId& record) {
  Neighborhood around(records, space);
  TRY(const auto row, records.row(space, record));
  if (!row) return AidFacts{};
  const auto refers = [&](FieldId field) { return std::get_if<RecordId>(&value_in(*row, field)); };
  if (row->kind == k::need::kKind) TRY_VOID(around.settle_need(record));
  if (row->kind == k::offer::kKind) TRY_VOID(around.settle_offer(record));
  if (row->kind == k::pledge::kKind) TRY_VOID(around.settle_pledge(*row));
  if (row->kind == k::handover::kKind) {
    if (const auto* need = refers(k::handover::kNeed)) TRY_VOID(around.settle_need(*need));
    if (const auto* id = refers(k::handover::kPledge)) {
      TRY(const auto pledge, records.row(space, *id));
      if (pledge && pledge->kind == k::pledge::kKind) TRY_VOID(around.settle_pledge(*pledge));
    }
  }
  TRY_VOID(settle_pledges(records, space, around.facts));
  return std::move(around.facts);
}

Result<DutyFacts> load_shift(Projection& records, std::uint32_t space, const RecordId& shift) {
  const std::span<const std::uint32_t> here(&space, 1);
  TRY(const auto row, records.row(space, shift));
  DutyFacts facts;
  if (!row || row->kind != k::shift::kKind) return facts;
  DefaultSlots defaults;
  if (const auto* activity = std::get_if<RecordId>(&value_in(*row, k::shift::kActivity))) {
    TRY(defaults, default_slots(records, {.spaces = here, .id = *activity}));
  }
  TRY_VOID(each_shift(records, {.spaces = here, .id = shift}, [&](const FactRow& found) {
    facts.shifts.push_back(shift_fact(found, defaults));
  }));
  TRY(const auto linked, load_stand_ins(records, here, k::household::kKind));
  TRY_VOID(each_signup(records,
                       {.spaces = here, .equal = std::pair(k::signup::kShift, Value{shift})},
                       [&](const FactRow& found) {
                         auto fact = signup_fact(found);
                         if (fact.household)
                           fact.household = stands_for(linked, space, *fact.household);
                         facts.signups.push_back(std::move(fact));
                       }));
  TRY_VOID(settle_signups(records, space, facts));
  return facts;
}

}  // namespace rukun
