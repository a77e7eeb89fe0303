#pragma once
// Derived values of records, under names that lists, filters, reports and screens share, so that a
// derived field is used like a declared one: each has a FieldSpec (its id is not on any wire). A
// Derived is a snapshot of the projection; it stays what it was when the projection changes.
// Errors: io. One thread.
//
//   need: delivered, promised, on_the_way, remaining, state   offer: remaining
//   pledge: honored, handed_over, bumped     entitlement: handed_over, remaining
//   shift: slots (when only its activity says), joined, waiting     signup: position, waiting
//   volunteer, household: load, served, missed
//   household, resident: merged (how many other records it stands for)
//   drive: collected, spent, balance, remaining
// and in derived_office.h
//   handover: receipt_code, confirmation     stock: balance     order: total
//   program: entitled, served, unconfirmed; of one kind of goods stock_in, handed_out, balance,
//   unit listing: ordered, sold, left, takes_orders     training: starts, joined, waiting notice,
//   resource: valid

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/domain/kinds.h"
#include "app/domain/rules/balances.h"
#include "app/domain/rules/facts.h"
#include "platform/base/time.h"
#include "storage/projection.h"

namespace rukun {

// Empty for kinds without any.
std::span<const FieldSpec> derived_fields(KindId kind);
const FieldSpec* find_derived(KindId kind, std::string_view name);  // by name or label, or nullptr

struct DerivedValue {
  const FieldSpec* field = nullptr;  // never nullptr in a result; format_value and fits() take it
  Value value;
};

// Whether two logs are one member's, who may have written on several laptops.
using SameAuthor = std::function<bool(LogIndex, LogIndex)>;

// What some values depend on besides the records; those that do are none without it.
struct DerivedContext {
  std::optional<WallTime> now = {};
  int utc_offset_min = 7 * 60;
  SameAuthor same_author = {};  // without it each log is a member of its own
};

class Derived {
 public:
  // What the values of this kind need, in one go. No spaces: all of them.
  static Result<Derived> load(Projection& records, std::span<const std::uint32_t> spaces,
                              KindId kind, const DerivedContext& context = {});

  // The balances of aid alone, of what is taken up: see load_aid_taken_up().
  static Result<Derived> load_taken_up(Projection& records, std::span<const std::uint32_t> spaces);
  // Of these only where pledges come from offers: see load_aid_from_offers().
  static Result<Derived> load_from_offers(Projection& records,
                                          std::span<const std::uint32_t> spaces);

  // In the order of derived_fields; those that do not apply are left out.
  std::vector<DerivedValue> values_for(const Row& row) const;
  // none when it does not apply. `field` comes from derived_fields(row.kind).
  Value value_of(const Row& row, const FieldSpec& field) const;

  // The record that a household or resident is merged into by same_as, when it is another. Of
  // other kinds, and of what was not loaded: none.
  std::optional<RecordId> merged_into(std::uint32_t space, const RecordId& record) const;

  bool any_merged() const;

  // The balances behind the values; nullptr for a space or kind that was not loaded.
  const AidBalances* aid(std::uint32_t space) const;
  const DutyBalances* duty(std::uint32_t space) const;

 private:
  struct Loaded;
  std::shared_ptr<const Loaded> loaded_;
};

// The facts of whole spaces, by space number.
struct SpaceAid {
  std::uint32_t space = 0;
  AidFacts facts;
};
struct SpaceDuty {
  std::uint32_t space = 0;
  DutyFacts facts;
};
// Who takes up a need: what a pledge or a handover refers to it by.
std::span<const Naming> takers_of_needs();
Result<std::vector<SpaceAid>> load_aid(Projection& records, std::span<const std::uint32_t> spaces);
// Of needs and offers only those that some pledge or handover names, or that were deleted; whoever
// has none of either still lacks, or gives, what it says.
Result<std::vector<SpaceAid>> load_aid_taken_up(Projection& records,
                                                std::span<const std::uint32_t> spaces);
// What decides the balances of pledges from offers, of these offers and of the needs that they are
// for: most needs have none, and most offers are no pledge's.
Result<std::vector<SpaceAid>> load_aid_from_offers(Projection& records,
                                                   std::span<const std::uint32_t> spaces);
Result<std::vector<SpaceDuty>> load_duty(Projection& records,
                                         std::span<const std::uint32_t> spaces);

// Only what decides the balances of this need, offer or shift (and of nothing else), for a question
// about one record; a few queries. Of a pledge or handover: what it is between.
Result<AidFacts> load_aid_around(Projection& records, std::uint32_t space, const RecordId& record);
Result<DutyFacts> load_shift(Projection& records, std::uint32_t space, const RecordId& shift);

}  // namespace rukun
