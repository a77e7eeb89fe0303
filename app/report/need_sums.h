#pragma once
// What one need adds to the sums that an office hands on, in the unit that sums are kept in: grams
// for kilograms, milliliters for liters, else its own. What does not convert exactly keeps the unit
// that it was written in. Of a closed need only what was delivered counts. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/domain/rules/balances.h"

namespace rukun {

struct NeedSums {
  std::string unit;
  std::int64_t needed = 0;  // thousandths, as are the others
  std::int64_t promised = 0;
  std::int64_t delivered = 0;
  std::int64_t remaining = 0;
};

NeedSums need_sums(std::string_view unit, std::int64_t quantity, bool closed,
                   const NeedBalance& balance);
// For people: grams become kilograms and milliliters liters where nothing is lost.
NeedSums in_larger_unit(NeedSums sums);

}  // namespace rukun
