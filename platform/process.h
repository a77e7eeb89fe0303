#pragma once
// What a program asks of its own process once, at its start, in its composition root: no core dumps
// (they would hold keys), a broken pipe is an error value instead of an end, and a polite way to be
// told to stop. It also looks whether this computer may write memory to its disk.

#include <cstdint>
#include <filesystem>

namespace rukun {

// Forbids core dumps and other processes of the same user reading this one's memory. Best effort:
// never fails.
void disable_core_dumps();

// Ways in which what is open now may be found on this computer's disk later.
struct MemoryRisks {
  bool cannot_lock = false;  // the system refuses to keep keys out of swap
  bool plain_swap = false;   // swap on a disk that is not encrypted: hibernation would go there too
};
// Best effort: what cannot be found out counts as no risk. The folders are those of the kernel.
MemoryRisks memory_risks(const std::filesystem::path& proc = "/proc",
                         const std::filesystem::path& sys = "/sys");

// Writing to a closed pipe or socket then reports an error instead of ending the program.
void ignore_broken_pipes();

// What this program occupies in memory now, once it has given back what it does not use; 0 where
// the system does not say.
std::uint64_t resident_bytes();

// While one exists, SIGTERM and SIGINT set a flag instead of ending the program; a second signal
// ends it. One at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  bool asked() const;  // any thread
};

}  // namespace rukun
