#pragma once
// All needs in one walk, for sums over very many: those that nobody promised or handed anything to
// are only told, since they lack what they say; of the others, which are few, come the facts that
// decide their balances. Reads the projection; errors: io. One thread.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/rules/derived.h"

namespace rukun {

// Whose a need is and how urgent.
struct NeedOf {
  std::int64_t urgency = 0;  // 0: it does not say
  std::optional<RecordId> household;
  std::optional<RecordId> resident;
};

// What a need says, valid during the call.
struct ToldNeed {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::int64_t quantity = 0;
  std::string_view item;
  std::string_view unit;
  bool closed = false;
  NeedOf of;
};

struct TakenUpNeed {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;
  NeedFact fact;
  NeedOf of;
};

// Sums need not know whose a need is, and a million are read sooner without it.
enum class NeedWalk : std::uint8_t { amounts, also_whose };

// No spaces: all of them. `untouched` is called for each need that nobody has taken up.
Result<std::vector<TakenUpNeed>> walk_needs(Projection& records,
                                            std::span<const std::uint32_t> spaces,
                                            const std::function<void(const ToldNeed&)>& untouched,
                                            NeedWalk walk = NeedWalk::amounts);

// The balance of a need that nobody has taken up.
NeedBalance untouched_balance(std::int64_t quantity, bool closed);

// What surrounds needs, as load_aid() has it: of needs the deleted alone, of offers only those
// that a pledge names, or that were deleted.
Result<std::vector<SpaceAid>> load_aid_beside_needs(Projection& records,
                                                    std::span<const std::uint32_t> spaces);

}  // namespace rukun
