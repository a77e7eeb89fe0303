#include "app/domain/rules/double_aid.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/receivers.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

bool exclude(const Exclusions& exclusions, const RecordId& a, const RecordId& b) {
  return a == b || std::binary_search(exclusions.begin(), exclusions.end(), std::pair(a, b));
}

Result<Exclusions> load_exclusions(Projection& records, std::span<const std::uint32_t> spaces,
                                   const Receivers& receivers) {
  Exclusions out;
  const Query query{.kind = k::program::kKind, .spaces = {spaces.begin(), spaces.end()}};
  TRY_VOID(records.each_row(query, [&](Row& row) -> Result<bool> {
    for (const auto& other : set_in(row, k::program::kExclusiveWith))
      if (const auto* id = std::get_if<RecordId>(&other)) {
        const auto one = receivers.program(row.id), two = receivers.program(*id);
        out.emplace_back(one, two);
        out.emplace_back(two, one);
      }
    return true;
  }));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Status each_entitlement(Projection& records, const FactFilter& filter, const Receivers& receivers,
                        const std::function<void(EntitlementFact)>& each) {
  return each_fact(
      records, k::entitlement::kKind,
      {k::entitlement::kProgram, k::entitlement::kHousehold, k::entitlement::kResident,
       k::entitlement::kExceptionReason},
      filter, [&](const FactRow& row) {
        each({row.id(), row.space(), receivers.program(row.record(0).value_or(RecordId{})),
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
  TRY(const auto receivers, Receivers::load(records, spaces));
  TRY(const auto exclusions, load_exclusions(records, spaces, receivers));
  std::vector<EntitlementFact> all;
  TRY_VOID(each_entitlement(records, {.spaces = spaces}, receivers,
                            [&](EntitlementFact one) { all.push_back(one); }));
  return double_aid(all, exclusions);
}

Result<std::optional<EntitlementFact>> served_already(Projection& records,
                                                      const EntitlementFact& typed,
                                                      std::optional<RecordId> resident) {
  TRY(const auto receivers, Receivers::load(records, {}));
  TRY(const auto exclusions, load_exclusions(records, {}, receivers));
  const auto household = typed.household.is_zero() ? std::nullopt : std::optional(typed.household);
  const auto receiver = receivers.of(household, resident);
  const auto program = receivers.program(typed.program);
  std::optional<EntitlementFact> found;
  TRY_VOID(each_entitlement(records, {}, receivers, [&](EntitlementFact one) {
    const bool same = one.household == receiver && one.id != typed.id && !one.excused &&
                      exclude(exclusions, one.program, program);
    if (same && (!found || one.id < found->id)) found = one;
  }));
  return found;
}

}  // namespace rukun
