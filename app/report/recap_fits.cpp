#include "app/report/recap_fits.h"

#include <algorithm>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace offer = fields::offer;

using Places = std::vector<std::pair<RecapPlace, std::int64_t>>;

// The last day of a date of which people may know the year or the month alone.
std::int64_t last_day(std::int64_t date) {
  if (date % 10'000 == 0) return date + 1231;
  return date % 100 == 0 ? date + 31 : date;
}

// The most first; equal ones in the order of places.
Places by_amount(const std::map<RecapPlace, std::int64_t>& amounts) {
  Places out(amounts.begin(), amounts.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

}  // namespace

void FitsFinder::add(const RecapNeed& one) {
  if (one.sums.remaining <= 0) return;
  lacking_[{one.item.empty() ? one.category : 0, one.item, one.sums.unit}][one.place] +=
      one.sums.remaining;
}

Status FitsFinder::read_offers(Projection& records, const Derived& aid, const PlaceOf& place_of,
                               std::int64_t today) {
  return each_fact(
      records, offer::kKind,
      {offer::kCategory, offer::kItem, offer::kUnit, offer::kHousehold, offer::kAvailableUntil,
       offer::kQuantity, offer::kWithdrawn},
      {.spaces = spaces_}, [&](const FactRow& row) {
        const auto* balances = aid.aid(row.space());
        const auto* balance = balances == nullptr ? nullptr : balances->offer(row.id());
        const auto left = balance != nullptr ? balance->remaining
                          : row.is_set(6)    ? 0
                                             : row.number(5);  // nobody has taken any of it
        if (left <= 0) return;
        if (row.is_set(4) && last_day(row.number(4)) < today) return;
        const auto unit = row.text(2);
        auto kept = base_unit(unit);
        auto amount = convert(left, unit, kept);
        if (!amount) {
          kept = unit;
          amount = left;
        }
        const auto item = row.text(1);
        left_[{item.empty() ? row.number(0) : 0, item, kept}]
             [place_of(row.space(), row.record(3))] += *amount;
      });
}

std::vector<RecapFit> FitsFinder::take(const std::function<std::string(const RecapPlace&)>& label,
                                       const ConsolidatedOptions& options) {
  std::vector<RecapFit> out;
  for (const auto& [goods, lacking] : lacking_) {
    const auto first = static_cast<std::ptrdiff_t>(out.size());
    const auto* category = find_category(goods.category);
    const auto words = !goods.item.empty() ? item_word(goods.item, options.items, options.language)
                       : category != nullptr ? std::string(category->label(options.language))
                                             : "#" + std::to_string(goods.category);
    const std::string unit = goods.unit;
    const auto offered = left_.find(goods);
    auto left = offered == left_.end() ? Amounts() : offered->second;
    auto still = lacking;
    const auto propose = [&](const RecapPlace& who, const RecapPlace& from) {
      const auto has = left[from];
      const auto gives = std::min(has, still[who]);
      if (gives <= 0) return;
      const auto shown = in_larger_unit({unit, still[who], has, gives, 0});
      out.push_back({words, shown.unit, label(who), label(from), shown.needed, shown.promised,
                     shown.delivered, who == from});
      left[from] -= gives;
      still[who] -= gives;
    };
    // Everybody's own first: what is offered next door need not be carried away.
    for (const auto& [who, amount] : lacking)
      if (left.contains(who)) propose(who, who);
    // Who has the most gives first, and stands again where what is left puts them.
    std::set<std::pair<std::int64_t, RecapPlace>> givers;
    for (const auto& [from, has] : left)
      if (has > 0) givers.emplace(-has, from);
    for (const auto& [who, amount] : by_amount(still)) {
      while (still[who] > 0 && !givers.empty()) {
        const auto from = givers.begin()->second;
        givers.erase(givers.begin());
        propose(who, from);
        if (left[from] > 0) givers.emplace(-left[from], from);
      }
    }
    for (const auto& [who, amount] : still) {
      if (amount > 0) {
        const auto shown = in_larger_unit({unit, amount, 0, 0, 0});
        out.push_back({words, shown.unit, label(who), {}, shown.needed, 0, 0, false});
      }
    }
    std::stable_sort(out.begin() + first, out.end(), [](const auto& a, const auto& b) {
      return a.lacking_label < b.lacking_label;
    });
  }
  // What can be given comes before what nobody has.
  std::stable_partition(out.begin(), out.end(),
                        [](const RecapFit& fit) { return !fit.having_label.empty(); });
  return out;
}

}  // namespace rukun
