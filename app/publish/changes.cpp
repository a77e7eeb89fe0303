#include "app/publish/changes.h"

#include <span>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/facts.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::size_t kMostFollowed = 2'000;  // records of one neighborhood

// Kinds of which any row may rest on a record of this one. Balances of aid are followed record by
// record instead, since needs are many.
std::span<const KindId> rests_on(KindId kind) {
  static constexpr KindId kDuty[] = {k::shift::kKind, k::signup::kKind, k::volunteer::kKind,
                                     k::household::kKind, k::training::kKind};
  static constexpr KindId kDrives[] = {k::drive::kKind};
  static constexpr KindId kPrograms[] = {k::program::kKind, k::stock::kKind};
  static constexpr KindId kHandedOver[] = {k::program::kKind, k::stock::kKind, k::listing::kKind};
  static constexpr KindId kMarket[] = {k::listing::kKind, k::order::kKind};
  static constexpr KindId kOffered[] = {k::listing::kKind};
  switch (kind) {
    case k::shift::kKind:
    case k::signup::kKind:
    case k::activity::kKind: return kDuty;
    case k::contribution::kKind: return kDrives;
    case k::program::kKind:
    case k::stock::kKind:
    case k::entitlement::kKind: return kPrograms;
    case k::handover::kKind: return kHandedOver;
    case k::listing::kKind:
    case k::order::kKind: return kMarket;
    case k::need::kKind:
    case k::offer::kKind:
    case k::pledge::kKind: return kOffered;
    default: return {};
  }
}

class Follower {
 public:
  Follower(Projection& records, std::uint32_t space) : records_(records), space_(space) {}

  Status add(const RecordId& id, bool released) {
    TRY(const auto row, records_.row(space_, id));
    if (!row || row->kind == 0) return {};  // nothing that says what it is has arrived
    out_.records[row->kind].insert(id);
    const auto resting = rests_on(row->kind);
    out_.whole.insert(resting.begin(), resting.end());
    switch (row->kind) {
      case k::need::kKind:
      case k::offer::kKind: return follow_aid(id);
      case k::pledge::kKind: TRY_VOID(follow_handovers(id)); return follow_aid(id);
      case k::handover::kKind:
        add_named(*row, k::handover::kEntitlement, k::entitlement::kKind);
        add_named(*row, k::handover::kNeed, k::need::kKind);
        return follow_aid(id);
      case k::household::kKind:
        return follow_merged(k::household::kKind, k::household::kSameAs, released);
      case k::resident::kKind:
        return follow_merged(k::resident::kKind, k::resident::kSameAs, released);
      default: return {};
    }
  }

  AffectedRows take() { return std::move(out_); }

 private:
  void add_named(const Row& row, FieldId field, KindId kind) {
    if (const auto* named = std::get_if<RecordId>(&value_in(row, field)))
      out_.records[kind].insert(*named);
  }

  // What was handed over under a pledge counts for what else it names where the pledge is not here.
  Status follow_handovers(const RecordId& pledge) {
    const FactFilter filter{.spaces = {&space_, 1},
                            .equal = std::pair(k::handover::kPledge, Value{pledge})};
    return each_fact(records_, k::handover::kKind, {k::handover::kNeed, k::handover::kEntitlement},
                     filter, [this](const FactRow& row) {
                       if (const auto need = row.record(0))
                         out_.records[k::need::kKind].insert(*need);
                       if (const auto entitled = row.record(1))
                         out_.records[k::entitlement::kKind].insert(*entitled);
                     });
  }

  Status follow_aid(const RecordId& id) {
    TRY(const auto facts, load_aid_around(records_, space_, id));
    for (const auto& need : facts.needs) out_.records[k::need::kKind].insert(need.id);
    for (const auto& offer : facts.offers) out_.records[k::offer::kKind].insert(offer.id);
    for (const auto& pledge : facts.pledges) out_.records[k::pledge::kKind].insert(pledge.id);
    return {};
  }

  // Who stands for whom matters where some record stands for another, or did.
  Status follow_merged(KindId kind, FieldId same_as, bool released) {
    if (out_.whole.contains(kind)) return {};
    bool linked = released;
    if (!linked) {
      TRY(const auto links,
          records_.count(
              {.kind = kind, .spaces = {space_}, .where = {{same_as, Compare::unequal, {}}}}));
      linked = links > 0;
    }
    if (!linked) return {};
    out_.whole.insert(kind);
    if (kind != k::household::kKind) return {};
    const auto duty = rests_on(k::shift::kKind);
    out_.whole.insert(duty.begin(), duty.end());
    return {};
  }

  Projection& records_;
  std::uint32_t space_;
  AffectedRows out_;
};

}  // namespace

Result<std::optional<AffectedRows>> affected_since(Projection& records, std::uint32_t space,
                                                   std::int64_t arrival) {
  using Answer = std::optional<AffectedRows>;
  const auto touched = records.touched_since(space, arrival);
  if (!touched) return Answer();
  std::map<RecordId, bool> each;  // whether some record released it
  for (const auto& one : *touched) each[one.id] |= one.released;
  if (each.size() > kMostFollowed) return Answer();
  Follower follower(records, space);
  for (const auto& [id, released] : each) TRY_VOID(follower.add(id, released));
  return Answer(follower.take());
}

}  // namespace rukun
