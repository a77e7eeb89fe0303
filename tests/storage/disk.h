#pragma once
// A laptop of a test: a simulated disk with a vault that is opened by its raw key, and the log
// store in it. close() and boot() are switching off and on. Tests only; one thread.

#include <memory>

#include "storage/log_store.h"
#include "tests/storage/author.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/memory_files.h"

namespace rukun::test {

struct Laptop {
  explicit Laptop(const Epochs& with, std::string name = "laptop")
      : vfs(std::move(name)), epochs(with) {}

  VaultPlace place() const { return {"/home", vfs.name(), false}; }
  Secret key() const {
    const Bytes bytes(32, 7);
    return Secret::copy_of(bytes);
  }

  Status create() {
    TRY(auto made, Vault::create_raw(place(), files, key(), random));
    vault.emplace(std::move(made));
    return open_logs();
  }
  Status boot() {
    close();
    TRY(auto opened, Vault::open_raw(place(), files, key()));
    vault.emplace(std::move(opened));
    return open_logs();
  }
  Status open_logs() {
    TRY(auto opened, LogStore::open(*vault, epochs.lookup(), random));
    logs.emplace(std::move(opened));
    return {};
  }
  void close() {
    logs.reset();
    vault.reset();
  }

  Result<Appended> append(const Arrived& arrived) {
    return logs->append(arrived.run, epochs.newest(), arrived.sealed);
  }
  // Every problem as one text; empty is good.
  std::string problems() {
    const auto found = logs->verify();
    if (!found) return found.error().message;
    std::string all;
    for (const auto& problem : *found)
      all += std::to_string(problem.arrival) + ": " + problem.what + "\n";
    return all;
  }

  FaultVfs vfs;
  MemoryFiles files;
  const Epochs& epochs;
  SeededRandom random{42};
  std::optional<Vault> vault;
  std::optional<LogStore> logs;
};

inline SpaceId test_space(std::uint64_t seed = 9) {
  SeededRandom random(seed);
  return random.draw<SpaceId>();
}

}  // namespace rukun::test
