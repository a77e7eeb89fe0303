#pragma once
// All needs in one walk, for sums over very many: those that nobody promised or handed anything to
// are only told, since they lack what they say; of the others, which are few, come the facts that
// decide their balances. Reads the projection; errors: io. One thread.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/rules/derived.h"

namespace rukun {

// What a need says, valid during the call.
struct ToldNeed {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::int64_t quantity = 0;
  std::string_view item;
  std::string_view unit;
  bool closed = false;
};

struct TakenUpNeed {
  std::uint32_t space = 0;
  std::int64_t category = 0;
  std::string item;
  NeedFact fact;
};

// No spaces: all of them. `untouched` is called for each need that nobody has taken up.
Result<std::vector<TakenUpNeed>> walk_needs(Projection& records,
                                            std::span<const std::uint32_t> spaces,
                                            const std::function<void(const ToldNeed&)>& untouched);

// What surrounds needs, as load_aid() has it: of needs the deleted alone, of offers only those
// that a pledge names, or that were deleted.
Result<std::vector<SpaceAid>> load_aid_beside_needs(Projection& records,
                                                    std::span<const std::uint32_t> spaces);

}  // namespace rukun
