#pragma once
// A neighborhood of simulated laptops: real engines over simulated disks, sticks that get lost
// bundles, LANs whose links break, clocks wrong by years, restarts, and disks put back to an older
// state. One seed is one history. Tests only; one thread.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/disk_laptop.h"
#include "tests/support/memory_network.h"

namespace rukun::test {

struct Node {
  Node(std::string disk, MemoryFiles& sticks)
      : vfs(std::move(disk), PowerCuts::never), files(own, sticks) {}

  std::string name;
  FaultVfs vfs;
  MemoryFiles own;
  MountedFiles files;
  FakeClock clock;
  std::unique_ptr<SeededRandom> random;
  std::unique_ptr<Engine> engine;
  std::set<RecordId> made;  // acknowledged
  std::set<RecordId> lies;
  struct Snapshot {
    FaultVfs::Disk disk;
    MemoryFiles own;
  };
  std::unique_ptr<Snapshot> snapshot;
};

struct Met {
  std::uint64_t conflicts = 0;
  std::uint64_t forks = 0;  // logs with several heads, at the end
  std::uint64_t restarts = 0;
  std::uint64_t rollbacks = 0;
  std::uint64_t duplicates = 0;  // bundles taken twice
  std::uint64_t cut = 0;         // bundles cut short
  std::uint64_t doubtful = 0;    // clock jumps
  std::uint64_t meetings = 0;    // over a LAN, ended well
  std::uint64_t broken = 0;      // over a LAN, broken off
  std::uint64_t removals = 0;
  std::uint64_t demotions = 0;
  std::uint64_t erasures = 0;
  std::uint64_t hostile = 0;  // entries that their author's role does not allow
  std::uint64_t masked = 0;   // at the end, on one laptop
};

// A neighborhood on its first evening: everybody has joined and exchanged. The same for every seed,
// so it is made once for each number of laptops.
struct Founding {
  struct Laptop {
    FaultVfs::Disk disk;
    MemoryFiles own;
  };
  std::vector<Laptop> laptops;
  SpaceId space;
  Bytes empty_view;  // EngineContext::empty_view
};
Founding found(std::size_t nodes);

class World {
 public:
  World(const Founding& founding, std::uint64_t seed);

  void run(std::size_t steps);
  // Everybody exchanges over a fresh stick until nobody has anything to add.
  void heal();
  // The same on one LAN that is in order; false when they do not come to rest.
  bool heal_on_lan();
  std::size_t distinct_states();
  // For a failed seed: what each laptop holds and what differs.
  std::string differences();
  // Acknowledged entries that some laptop does not have, and what verify() finds on one of them.
  std::vector<std::string> problems();
  Met met;

 private:
  friend Founding found(std::size_t nodes);
  World(std::uint64_t seed, std::size_t nodes);  // empty laptops

  Engine& engine(Node& node);
  void open(Node& node);
  void act(Node& node);
  void edit(Node& node);
  void exchange(Node& node);
  void pass_bundle(Node& from, Node& to);
  void meet(Node& node);
  bool spend_on_lan(const std::vector<Node*>& who, const LanFaults& faults, std::int64_t most_ms,
                    std::int64_t quiet_ms);
  void govern(Node& node);  // removals, other roles, admission again
  void erase(Node& node);   // a head any need, others their own
  void lie(Node& node);     // an entry that no entry form would have let through
  // The members by all that was said anywhere.
  std::set<MemberId> members();
  void upset(Node& node);  // restarts, clocks, disks put back
  ExchangeReport sync(Node& node, const std::string& stick);
  bool knows(Node& node, const RecordId& record);
  std::vector<RecordId> needs(Node& node);
  // What a person reads: of the values that neighbors wrote beside each other, one is shown.
  std::map<RecordId, std::vector<Value>> shown(Node& node);

  SeededRandom random_;
  MemoryFiles sticks_;
  std::vector<std::unique_ptr<Node>> nodes_;
  SpaceId space_;
  ByteView empty_view_;
  std::vector<Bytes> old_bundles_;
  int bundle_ = 0;
};

}  // namespace rukun::test
