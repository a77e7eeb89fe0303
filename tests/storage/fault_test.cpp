// Power cuts and failing disks at every single I/O call of three scenarios. Afterwards everything
// that was acknowledged is there, nothing is there by half, and verify() finds nothing.
#include "tests/storage/disk.h"

namespace rukun::test {
namespace {

// A scenario prepares a laptop, does its work until something fails, noting what it was told is
// stored, and checks afterwards.
class Scenario {
 public:
  virtual ~Scenario() = default;
  virtual void prepare(Laptop& laptop) = 0;
  virtual Status work(Laptop& laptop) = 0;
  virtual void check(Laptop& laptop) = 0;
  virtual void forget() = 0;  // what the last run noted
};

// Runs of three members in batches, singly, and with an item beside them in one commit.
class BatchAppend final : public Scenario {
 public:
  explicit BatchAppend(const Epochs& epochs) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      Author author(epochs, seed, test_space());
      before_.push_back(author.send(2));
      for (int i = 0; i < 4; ++i) later_.push_back(author.send(i == 2 ? 40 : 1));
    }
  }
  void prepare(Laptop& laptop) override {
    REQUIRE(laptop.create());
    REQUIRE(laptop.logs->add_space(test_space()));
    for (const auto& arrived : before_) REQUIRE(laptop.append(arrived));
  }
  Status work(Laptop& laptop) override {
    for (std::size_t i = 0; i < later_.size(); i += 4) {
      TRY_VOID(laptop.logs->begin_batch());
      auto stored = store_batch(laptop, i);
      if (!stored) {
        laptop.logs->roll_back_batch();
        return stored;
      }
      TRY_VOID(laptop.logs->commit_batch());
      batches_ = i / 4 + 1;
      acknowledged_ = i + 3;
      TRY_VOID(laptop.append(later_[i + 3]));
      acknowledged_ = i + 4;
    }
    return {};
  }
  void check(Laptop& laptop) override {
    for (std::size_t i = 0; i < acknowledged_; ++i)
      CHECK(laptop.logs->has(later_[i].run.run().head()).value());
    // The batch that was not acknowledged: all of it or nothing, with the item that was put in it.
    const auto item = laptop.vault->get(ItemClass::setting, view("batches"));
    REQUIRE(item);
    const std::size_t stored = item->has_value() ? (*item)->front() : 0;
    CHECK(stored >= batches_);
    for (std::size_t batch = 0; batch < 3; ++batch)
      for (std::size_t i = batch * 4; i < batch * 4 + 3; ++i)
        CHECK(laptop.logs->has(later_[i].run.run().head()).value() == (batch < stored));
  }
  void forget() override { acknowledged_ = batches_ = 0; }

 private:
  Status store_batch(Laptop& laptop, std::size_t from) {
    for (std::size_t i = from; i < from + 3; ++i) TRY_VOID(laptop.append(later_[i]));
    const Bytes number{static_cast<std::uint8_t>(from / 4 + 1)};
    return laptop.vault->put(ItemClass::setting, view("batches"), number, laptop.random);
  }

  std::vector<Arrived> before_, later_;
  std::size_t acknowledged_ = 0;
  std::size_t batches_ = 0;
};

// A vault from nothing, then items.
class CreateVault final : public Scenario {
 public:
  void prepare(Laptop&) override {}
  Status work(Laptop& laptop) override {
    TRY_VOID(laptop.create());
    created_ = true;
    for (std::uint8_t i = 0; i < 8; ++i) {
      const Bytes key{static_cast<std::uint8_t>(i % 3)};
      TRY_VOID(laptop.vault->put(ItemClass::setting, key, Bytes(900, i), laptop.random));
      last_[i % 3] = i;
    }
    TRY_VOID(laptop.vault->remove(ItemClass::setting, Bytes{0}));
    removed_ = true;
    return {};
  }
  void check(Laptop& laptop) override {
    for (const auto& [key, value] : last_) {
      const auto item = laptop.vault->get(ItemClass::setting, Bytes{key});
      REQUIRE(item);
      if (key == 0 && removed_) CHECK_FALSE(item->has_value());
      // A later value may have arrived without being acknowledged, but never an earlier one.
      if (key != 0) {
        REQUIRE(item->has_value());
        CHECK((**item).front() >= value);
      }
    }
  }
  void forget() override {
    created_ = removed_ = false;
    last_.clear();
  }
  bool created() const { return created_; }

 private:
  bool created_ = false;
  bool removed_ = false;
  std::map<std::uint8_t, std::uint8_t> last_;
};

// Merging a forked log and a straight one.
class Compaction final : public Scenario {
 public:
  explicit Compaction(const Epochs& epochs) : alice_(epochs, 1, test_space()) {
    Author bob(epochs, 2, test_space());
    for (int i = 0; i < 5; ++i) runs_.push_back(alice_.send(1));
    auto twin = alice_.twin();
    for (int i = 0; i < 9; ++i) runs_.push_back(alice_.send(2));
    for (int i = 0; i < 5; ++i) runs_.push_back(twin.send(1));
    for (int i = 0; i < 17; ++i) runs_.push_back(bob.send(1));
  }
  void prepare(Laptop& laptop) override {
    REQUIRE(laptop.create());
    REQUIRE(laptop.logs->add_space(test_space()));
    for (const auto& arrived : runs_) REQUIRE(laptop.append(arrived));
    frontier_ = laptop.logs->frontier(0);
  }
  Status work(Laptop& laptop) override {
    CompactLimits limits;
    limits.arrival = laptop.logs->last_arrival();
    limits.read_bytes = 1000;
    while (true) {
      TRY(const bool more, laptop.logs->compact(limits));
      if (!more) return {};
    }
  }
  void check(Laptop& laptop) override {
    CHECK(laptop.logs->frontier(0) == frontier_);
    for (const auto& arrived : runs_) CHECK(laptop.logs->has(arrived.run.run().head()).value());
  }
  void forget() override {}

 private:
  Author alice_;
  std::vector<Arrived> runs_;
  Frontier frontier_;
};

struct Tally {
  std::uint64_t points = 0;
  std::uint64_t interrupted = 0;
};

// The scenario with one fault, at one call. False when the work was done before the fault came.
bool run_with(Scenario& scenario, Laptop& laptop, const FaultVfs::Disk& disk, const FaultPlan& plan,
              bool boots_first, Tally& tally) {
  laptop.close();
  laptop.vfs.restore(disk);
  scenario.forget();
  if (boots_first) REQUIRE(laptop.boot());
  laptop.vfs.arm(plan);
  const auto done = scenario.work(laptop);
  const bool fired = laptop.vfs.fired();
  // The process lives on after an error: what it believes must be true at once, and the same work
  // must go through when the disk is well again.
  if (plan.what != DiskFault::power_cut && laptop.logs && boots_first) {
    laptop.vfs.arm({});
    CHECK(laptop.problems().empty());
    scenario.check(laptop);
    if (!done) {
      const auto again = scenario.work(laptop);
      INFO((again ? std::string() : again.error().message));
      CHECK(again);
      CHECK(laptop.problems().empty());
    }
  }
  laptop.close();
  laptop.vfs.reboot();
  ++tally.points;
  tally.interrupted += done ? 0 : 1;
  return fired;
}

const char* name_of(const FaultPlan& plan) {
  switch (plan.what) {
    case DiskFault::none: return "none";
    case DiskFault::power_cut:
      return plan.unsynced == Unsynced::keep   ? "power cut, unsynced writes kept"
             : plan.unsynced == Unsynced::drop ? "power cut, unsynced writes dropped"
                                               : "power cut, unsynced writes garbled";
    case DiskFault::io_error: return "I/O error";
    case DiskFault::full: return "disk full";
    case DiskFault::bad_sync: return "failing sync";
  }
  return "";
}

FaultPlan any_plan() {
  return GENERATE(FaultPlan{DiskFault::power_cut, 0, Unsynced::keep},
                  FaultPlan{DiskFault::power_cut, 0, Unsynced::drop},
                  FaultPlan{DiskFault::power_cut, 0, Unsynced::garble},
                  FaultPlan{DiskFault::io_error}, FaultPlan{DiskFault::full},
                  FaultPlan{DiskFault::bad_sync});
}

void every_point(Scenario& scenario, const Epochs& epochs, FaultPlan plan, std::uint64_t seeds) {
  Laptop laptop(epochs);
  scenario.prepare(laptop);
  laptop.close();
  const auto disk = laptop.vfs.save();
  Tally tally;
  INFO(name_of(plan));
  for (plan.seed = 1; plan.seed <= seeds; ++plan.seed) {
    for (plan.at = 0;; ++plan.at) {
      INFO("at call " << plan.at << ", seed " << plan.seed);
      const bool fired = run_with(scenario, laptop, disk, plan, true, tally);
      REQUIRE(laptop.boot());
      CHECK(laptop.problems().empty());
      scenario.check(laptop);
      if (!fired) break;
    }
  }
  CHECK(tally.points > 3);
  CHECK(tally.interrupted > 0);
}

std::uint64_t seeds_of(const FaultPlan& plan) {
  const bool random = plan.what == DiskFault::power_cut && plan.unsynced == Unsynced::garble;
  return random ? (soaking() ? 200 : 3) : 1;
}

TEST_CASE("batches survive every fault of the disk whole or not at all", "[fault]") {
  Epochs epochs;
  BatchAppend scenario(epochs);
  const auto plan = any_plan();
  every_point(scenario, epochs, plan, seeds_of(plan));
}

TEST_CASE("compaction loses nothing at any fault of the disk", "[fault]") {
  Epochs epochs;
  Compaction scenario(epochs);
  const auto plan = any_plan();
  every_point(scenario, epochs, plan, seeds_of(plan));
}

TEST_CASE("a vault is made wholly or can be made again", "[fault]") {
  Epochs epochs;
  CreateVault scenario;
  Laptop laptop(epochs);
  const auto empty = laptop.vfs.save();
  auto plan = any_plan();
  Tally tally;
  INFO(name_of(plan));
  for (plan.seed = 1; plan.seed <= seeds_of(plan); ++plan.seed) {
    for (plan.at = 0;; ++plan.at) {
      INFO("at call " << plan.at << ", seed " << plan.seed);
      const bool fired = run_with(scenario, laptop, empty, plan, false, tally);
      const auto booted = laptop.boot();
      if (scenario.created()) {
        INFO((booted ? std::string() : booted.error().message));
        REQUIRE(booted);
        scenario.check(laptop);
      } else if (!booted) {
        // Nothing was acknowledged; then there is no vault, and making one works.
        INFO(booted.error().message);
        CHECK(booted.error().code == Code::not_found);
        laptop.close();
        REQUIRE(laptop.create());
      }
      CHECK(laptop.problems().empty());
      if (!fired) break;
    }
  }
  CHECK(tally.interrupted > 0);
}

}  // namespace
}  // namespace rukun::test
