#pragma once
// While one of these lives, the leak checker does not look: a graphics driver keeps memory that it
// never gives back, and is unloaded by the time the checker asks whose it was. Only around code
// that opens a real window. Tests only; one thread.

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define RUKUN_LEAKS_ARE_CHECKED 1
#endif
#endif

namespace rukun::test {

class DriverLeaks {
 public:
#ifdef RUKUN_LEAKS_ARE_CHECKED
  DriverLeaks() { __lsan_disable(); }
  ~DriverLeaks() { __lsan_enable(); }
#else
  DriverLeaks() = default;
#endif
  DriverLeaks(const DriverLeaks&) = delete;
  DriverLeaks& operator=(const DriverLeaks&) = delete;
};

}  // namespace rukun::test
