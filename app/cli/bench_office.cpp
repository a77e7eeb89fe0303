#include "app/cli/bench_office.h"

#include "app/engine/made_space.h"
#include "platform/random.h"

namespace rukun::cli {

constexpr std::uint64_t kOfficeSeed = 20261123;

Status make_office(const World& world, const Scratch& scratch, std::size_t spaces,
                   std::size_t needs) {
  TRY(auto engine, bench_engine(world, scratch));
  SeededRandom random(kOfficeSeed);
  for (std::size_t i = 0; i < spaces; ++i) {
    TRY(const auto created, engine.create_space("RT " + std::to_string(1 + i), ""));
    TRY_VOID(MadeSpace(engine, created.space, random).fill(needs / spaces));
  }
  for (bool more = true; more;) {
    TRY(more, engine.step());
  }
  return {};
}

}  // namespace rukun::cli
