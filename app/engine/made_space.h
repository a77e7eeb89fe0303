#pragma once
// A made-up neighborhood of any size, for measurements: households, needs of goods that the
// catalogue knows, pledges and handovers, written through the engine as people's would be. The same
// random numbers make the same records. Never of use to people. Errors: those of Engine::execute.
// The engine's thread.

#include <vector>

#include "app/engine/engine.h"

namespace rukun {

class MadeSpace {
 public:
  MadeSpace(Engine& engine, const SpaceId& space, Random& random)
      : engine_(engine), space_(space), random_(random) {}

  // One household for ten needs, a pledge of one in ten, a handover of one in twenty.
  Status fill(std::size_t needs);
  Status fill_households(std::size_t households);

 private:
  template <class Make>
  Status add(std::size_t count, std::vector<RecordId>& into, const Make& make);
  std::int64_t below(std::uint64_t most) { return static_cast<std::int64_t>(random_.below(most)); }
  AddRecord household();
  AddRecord need(const RecordId& home);
  AddRecord pledge(const RecordId& need);
  AddRecord handover(const RecordId& need);

  Engine& engine_;
  SpaceId space_;
  Random& random_;
};

}  // namespace rukun
