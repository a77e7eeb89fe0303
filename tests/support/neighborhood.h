#pragma once
// People with laptops for tests: real engines over real vaults in a temporary folder, opened by raw
// keys, with clocks and randomness that the test decides. "Stick" is a folder that goes from hand
// to hand. Tests only; one thread.

#include <map>
#include <memory>

#include "app/domain/fields.h"
#include "app/engine/engine.h"
#include "platform/random.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {

class FakeClock final : public Clock {
 public:
  WallTime now() const override { return {wall_ms}; }
  std::int64_t steady_ms() const override { return steady; }
  void pass(std::int64_t ms) {
    wall_ms += ms;
    steady += ms;
  }
  std::int64_t wall_ms = 1'795'500'000'000;  // 2026-11-24
  std::int64_t steady = 0;
};

// One laptop: a home of its own, with one profile.
class Laptop {
 public:
  Laptop(const std::filesystem::path& place, std::string name, std::uint64_t seed);

  // The same laptop on another disk: a copied home without the token of its first place.
  Laptop(const Laptop& original, const std::filesystem::path& place, const std::string& folder,
         std::uint64_t seed);

  Engine& engine();
  bool is_open() const { return engine_ != nullptr; }
  void close() { engine_.reset(); }
  const std::string& name() const { return name_; }
  FakeClock& clock() { return clock_; }
  std::filesystem::path home() const { return home_; }

  SpaceId found(std::string_view space_name);
  Bytes invite(const SpaceId& space, Role role);  // an open invitation file
  Joined join(const Bytes& invitation);
  ExchangeReport sync(const std::filesystem::path& stick);

  // A need of rice; its id.
  RecordId add_need(const SpaceId& space, std::int64_t thousandths, std::string title = "Beras");
  Outcome run(const SpaceId& space, Action action);
  Result<Outcome> try_run(const SpaceId& space, Action action);
  void set_title(const SpaceId& space, const RecordId& need, std::string title);
  std::string title(const SpaceId& space, const RecordId& need);
  std::size_t count(const SpaceId& space, KindId kind);
  std::string digest(const SpaceId& space);  // equal replicas, equal digests
  // Replaces the home's files by those in `from`, as a restored disk would.
  void copy_home(const std::filesystem::path& to) const;
  void put_back_home(const std::filesystem::path& from);

 private:
  std::filesystem::path home_;
  std::filesystem::path state_;
  std::string name_;
  FakeClock clock_;
  SeededRandom random_;
  SystemFiles files_;
  std::unique_ptr<Engine> engine_;
};

// Head, volunteer and office of one neighborhood, joined over a stick.
struct ThreeNeighbors {
  explicit ThreeNeighbors(std::uint64_t seed = 1);

  TempDir dir;
  std::filesystem::path stick;
  Laptop head, volunteer, office;
  SpaceId space;

  void round();  // everybody syncs with the stick, twice
};

const ItemCatalogue& test_items();
const WordList& test_words();

}  // namespace rukun::test
