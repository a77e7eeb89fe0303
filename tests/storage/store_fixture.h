#pragma once
// What the tests of the log store begin with. Tests only; one thread.

#include <set>

#include "tests/storage/disk.h"

namespace rukun::test {

// A laptop with one space and nothing in it.
struct Fixture {
  Epochs epochs;
  SpaceId space = test_space();
  Laptop laptop{epochs};
  SpaceIx ix = 0;

  Fixture() {
    REQUIRE(laptop.create());
    ix = *laptop.logs->add_space(space);
  }
  LogStore& logs() { return *laptop.logs; }
  Author author(std::uint64_t seed, LogKind which = LogKind::data) {
    return Author(epochs, seed, space, which);
  }
  AppendOutcome take(const Arrived& arrived) {
    const auto appended = laptop.append(arrived);
    INFO((appended ? std::string() : appended.error().message));
    REQUIRE(appended);
    return appended->outcome;
  }
};

// The hash of every stored entry, by opening everything.
inline std::set<TxnHash> entries(Laptop& laptop) {
  std::set<TxnHash> found;
  SegmentCodec codec;
  const auto done =
      laptop.logs->for_each_after(0, [&](const StoredSegment& stored) -> Result<bool> {
        const auto& name = laptop.logs->log(stored.log).name;
        TRY(const auto run, codec.open_own(stored.sealed, name.space, laptop.epochs.lookup()));
        for (const auto& txn : run.run().txns) found.insert(txn.hash);
        return true;
      });
  REQUIRE(done);
  return found;
}

}  // namespace rukun::test
