#include "platform/process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <atomic>

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

}  // namespace

void disable_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if constexpr (!checked_for_leaks()) prctl(PR_SET_DUMPABLE, 0);
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
