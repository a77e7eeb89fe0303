#include "app/report/need_sums.h"

#include <array>

#include "app/domain/units.h"

namespace rukun {

NeedSums need_sums(std::string_view unit, std::int64_t quantity, bool closed,
                   const NeedBalance& balance) {
  const std::array<std::int64_t, 4> from{closed ? balance.delivered : quantity,
                                         balance.promised + balance.on_the_way, balance.delivered,
                                         closed ? 0 : balance.remaining};
  std::string kept = base_unit(unit);
  std::array<std::int64_t, 4> to = from;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto converted = convert(from[i], unit, kept);
    if (!converted) {
      kept = unit;
      to = from;
      break;
    }
    to[i] = *converted;
  }
  return {std::move(kept), to[0], to[1], to[2], to[3]};
}

NeedSums in_larger_unit(NeedSums sums) {
  const std::string_view larger = sums.unit == "g" ? "kg" : sums.unit == "ml" ? "liter" : "";
  if (larger.empty()) return sums;
  NeedSums out = sums;
  for (auto* one : {&out.needed, &out.promised, &out.delivered, &out.remaining}) {
    const auto converted = convert(*one, sums.unit, larger);
    if (!converted) return sums;
    *one = *converted;
  }
  out.unit = larger;
  return out;
}

}  // namespace rukun
