#pragma once
// CHECK is for our own bugs only: it stays on in release, prints the place and ends the program.
// Input from outside is never judged with it; that is what Result (result.h) is for. Any thread.

#include <cstdio>
#include <cstdlib>

namespace rukun::detail {
[[noreturn]] inline void check_failed(const char* what, const char* file, int line) {
  std::fprintf(stderr, "rukun: internal error: %s (%s:%d)\n", what, file, line);
  std::abort();
}
}  // namespace rukun::detail

#define CHECK_BUG(condition)          \
  ((condition) ? static_cast<void>(0) \
               : ::rukun::detail::check_failed(#condition, __FILE__, __LINE__))
