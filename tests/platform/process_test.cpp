#include "platform/process.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace rukun {
namespace {

TEST_CASE("a stop signal sets a flag while somebody listens", "[process]") {
  for (const int number : {SIGTERM, SIGINT}) {
    const StopSignal stop;
    CHECK_FALSE(stop.asked());
    REQUIRE(std::raise(number) == 0);
    CHECK(stop.asked());
  }
}

// What the kernel would say, in folders of our own.
struct Machine {
  test::TempDir dir;
  explicit Machine(const std::string& swaps, const std::string& dm_uuid = {}) {
    std::filesystem::create_directories(dir / "class/block/dm-3/dm");
    std::ofstream(dir / "swaps") << "Filename\tType\tSize\tUsed\tPriority\n" << swaps;
    if (!dm_uuid.empty()) std::ofstream(dir / "class/block/dm-3/dm/uuid") << dm_uuid << "\n";
  }
  bool plain_swap() const { return memory_risks(dir.path(), dir.path()).plain_swap; }
};

TEST_CASE("swap counts as a risk when it is on a disk that is not encrypted", "[process]") {
  CHECK_FALSE(Machine("").plain_swap());
  CHECK_FALSE(Machine("/dev/zram0    partition 4000000 0 100\n").plain_swap());
  CHECK(Machine("/swapfile    file 4000000 0 -2\n").plain_swap());
  CHECK(Machine("/dev/zram0 partition 1 0 100\n/dev/sda3\tpartition\t1\t0\t-2\n").plain_swap());
  CHECK_FALSE(Machine("/dev/dm-3 partition 1 0 -2\n", "CRYPT-LUKS2-abc-swap").plain_swap());
  CHECK(Machine("/dev/dm-3 partition 1 0 -2\n", "LVM-abc").plain_swap());
  CHECK_FALSE(memory_risks("/nowhere", "/nowhere").plain_swap);
}

TEST_CASE("what a program occupies grows with what it writes to", "[process]") {
  constexpr std::size_t kMuch = 64 * 1024 * 1024;
  const auto before = resident_bytes();
  CHECK(before > 1024 * 1024);
  const std::vector<char> much(kMuch, 'x');
  CHECK(resident_bytes() > before + kMuch / 2);
  CHECK(much.back() == 'x');
}

}  // namespace
}  // namespace rukun
