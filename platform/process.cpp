#include "platform/process.h"

#include <malloc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>

namespace rukun {
namespace {

// A signal handler has no argument of ours, so this one flag cannot be a member.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) { stop_asked = true; }

// The leak checker traces its own process, which an undumpable process forbids.
constexpr bool checked_for_leaks() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  return true;
#else
  return false;
#endif
#else
  return false;
#endif
}

constexpr std::size_t kLocked = 64 * 1024;  // more than all keys of a session take
constexpr int kMostSwaps = 64;

bool can_lock_memory() {
  void* pages = mmap(nullptr, kLocked, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return false;
  const bool locked = mlock(pages, kLocked) == 0;
  munmap(pages, kLocked);
  return locked;
}

// zram is memory; a device of dm-crypt says so in its uuid.
bool is_plain(const std::string& swap, const std::filesystem::path& sys) {
  const std::filesystem::path device(swap);
  std::string name = device.filename().string();
  if (name.rfind("zram", 0) == 0) return false;
  if (device.parent_path() == "/dev/mapper") {
    std::error_code failed;
    name = std::filesystem::read_symlink(device, failed).filename().string();
  }
  std::string uuid;
  std::ifstream(sys / "class/block" / name / "dm/uuid") >> uuid;
  return uuid.rfind("CRYPT-", 0) != 0;
}

}  // namespace

MemoryRisks memory_risks(const std::filesystem::path& proc, const std::filesystem::path& sys) {
  MemoryRisks risks;
  risks.cannot_lock = !can_lock_memory();
  std::ifstream swaps(proc / "swaps");
  std::string line;
  std::getline(swaps, line);  // the heading
  for (int i = 0; i < kMostSwaps && std::getline(swaps, line); ++i)
    risks.plain_swap = risks.plain_swap || is_plain(line.substr(0, line.find_first_of(" \t")), sys);
  return risks;
}

void disable_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if constexpr (!checked_for_leaks()) prctl(PR_SET_DUMPABLE, 0);
}

std::uint64_t resident_bytes() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
  std::uint64_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void ignore_broken_pipes() { signal(SIGPIPE, SIG_IGN); }

StopSignal::StopSignal() {
  stop_asked = false;
  struct sigaction action = {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
}

StopSignal::~StopSignal() {
  signal(SIGTERM, SIG_DFL);
  signal(SIGINT, SIG_DFL);
}

bool StopSignal::asked() const { return stop_asked; }

}  // namespace rukun
