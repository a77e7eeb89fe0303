#include "app/domain/rules/double_aid.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/same_as.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

bool exclude(const Exclusions& exclusions, const RecordId& a, const RecordId& b) {
  return a == b || std::binary_search(exclusions.begin(), exclusions.end(), std::pair(a, b));
}

Result<Exclusions> load_exclusions(Projection& records, std::span<const std::uint32_t> spaces) {
  Exclusions out;
  const Query query{.kind = k::program::kKind, .spaces = {spaces.begin(), spaces.end()}};
  TRY_VOID(records.each_row(query, [&](Row& row) -> Result<bool> {
    for (const auto& other : set_in(row, k::program::kExclusiveWith))
      if (const auto* id = std::get_if<RecordId>(&other)) {
        out.emplace_back(row.id, *id);
        out.emplace_back(*id, row.id);
      }
    return true;
  }));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Who is one receiver: the household, or a resident's household, or the resident alone; with links
// of same_as followed.
class Receivers {
 public:
  static Result<Receivers> load(Projection& records, std::span<const std::uint32_t> spaces) {
    Receivers out;
    for (const auto kind : {k::household::kKind, k::resident::kKind}) {
      TRY(const auto linked, load_stand_ins(records, spaces, kind));
      for (const auto& [who, stand_in] : linked) out.same_.emplace(who.second, stand_in);
    }
    TRY_VOID(each_fact(records, k::resident::kKind, {k::resident::kHousehold}, {.spaces = spaces},
                       [&](const FactRow& row) {
                         if (const auto home = row.record(0)) out.home_[row.id()] = *home;
                       }));
    return out;
  }

  RecordId of(const std::optional<RecordId>& household,
              const std::optional<RecordId>& resident) const {
    if (household) return last(*household);
    if (!resident) return {};
    const auto person = last(*resident);
    for (const auto& one : {person, *resident}) {
      const auto home = home_.find(one);
      if (home != home_.end()) return last(home->second);
    }
    return person;
  }

 private:
  RecordId last(const RecordId& id) const {
    const auto found = same_.find(id);
    return found == same_.end() ? id : found->second;
  }

  std::map<RecordId, RecordId> same_, home_;
};

Status each_entitlement(Projection& records, const FactFilter& filter, const Receivers& receivers,
                        const std::function<void(EntitlementFact)>& each) {
  return each_fact(records, k::entitlement::kKind,
                   {k::entitlement::kProgram, k::entitlement::kHousehold, k::entitlement::kResident,
                    k::entitlement::kExceptionReason},
                   filter, [&](const FactRow& row) {
                     each({row.id(), row.space(), row.record(0).value_or(RecordId{}),
                           receivers.of(row.record(1), row.record(2)), row.is_set(3)});
                   });
}

}  // namespace

std::vector<DoubleAid> double_aid(std::span<const EntitlementFact> entitlements,
                                  const Exclusions& exclusions) {
  std::map<RecordId, std::vector<const EntitlementFact*>> by_household;
  for (const auto& one : entitlements)
    if (!one.household.is_zero()) by_household[one.household].push_back(&one);
  std::vector<DoubleAid> out;
  for (const auto& [household, all] : by_household)
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        const auto &a = *all[i], &b = *all[j];
        if (a.excused || b.excused || !exclude(exclusions, a.program, b.program)) continue;
        out.push_back(a.id < b.id ? DoubleAid{a, b} : DoubleAid{b, a});
      }
  std::sort(out.begin(), out.end(), [](const DoubleAid& x, const DoubleAid& y) {
    return std::tie(x.first.id, x.second.id) < std::tie(y.first.id, y.second.id);
  });
  return out;
}

Result<std::vector<DoubleAid>> find_double_aid(Projection& records,
                                               std::span<const std::uint32_t> spaces) {
  TRY(const auto exclusions, load_exclusions(records, spaces));
  TRY(const auto receivers, Receivers::load(records, spaces));
  std::vector<EntitlementFact> all;
  TRY_VOID(each_entitlement(records, {.spaces = spaces}, receivers,
                            [&](EntitlementFact one) { all.push_back(one); }));
  return double_aid(all, exclusions);
}

Result<std::optional<RecordId>> served_already(Projection& records, std::uint32_t space,
                                               const EntitlementFact& typed,
                                               std::optional<RecordId> resident) {
  const std::span<const std::uint32_t> here(&space, 1);
  TRY(const auto exclusions, load_exclusions(records, here));
  TRY(const auto receivers, Receivers::load(records, here));
  const auto household = typed.household.is_zero() ? std::nullopt : std::optional(typed.household);
  const auto receiver = receivers.of(household, resident);
  std::optional<RecordId> found;
  TRY_VOID(each_entitlement(records, {.spaces = here}, receivers, [&](EntitlementFact one) {
    const bool same = one.household == receiver && one.id != typed.id && !one.excused &&
                      exclude(exclusions, one.program, typed.program);
    if (same && (!found || one.id < *found)) found = one.id;
  }));
  return found;
}

}  // namespace rukun
