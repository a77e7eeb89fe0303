#pragma once
// Errors are values. A Result<T> holds a T or an Error: a code for programs, a sentence for people
// that says what went wrong and where, and a hint that says what to do next. No exception leaves
// the file that calls a throwing library.

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace rukun {

// The codes are stable: rukunctl prints them as JSON and maps them to exit statuses.
enum class Code : std::uint8_t {
  not_found,    // no such thing
  ambiguous,    // several things fit
  not_allowed,  // the role, or a rule, forbids it
  bad_value,    // the command line, a field or a value is wrong
  locked,       // no or wrong passphrase
  damaged,      // the bytes are not what they claim to be
  foreign,      // sound bytes that belong to somebody else or come from somebody unknown
  unsupported,  // made by a newer version
  busy,         // another program has this vault open
  full,         // no room left on the device
  io,           // the device or the operating system failed
};

struct Error {
  Code code;
  std::string message;  // one sentence without a full stop: what, where
  std::string hint;     // what to do next; may be empty
  bool operator==(const Error&) const = default;
};

const char* name_of(Code code);  // "not_found" …

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> error(Code code, std::string message,
                                                 std::string hint = {}) {
  return tl::make_unexpected(Error{code, std::move(message), std::move(hint)});
}

}  // namespace rukun

#define RUKUN_CONCAT_INNER(a, b) a##b
#define RUKUN_CONCAT(a, b) RUKUN_CONCAT_INNER(a, b)
// TRY(auto x, expression): x is the value, or the function returns the error.
#define TRY(declaration, ...) \
  TRY_INNER(RUKUN_CONCAT(try_result_, __COUNTER__), declaration, __VA_ARGS__)
#define TRY_INNER(name, declaration, ...)                           \
  auto name = (__VA_ARGS__);                                        \
  if (!name) return ::tl::make_unexpected(std::move(name).error()); \
  declaration = std::move(*name)
// TRY_VOID(expression): the same for a Status.
#define TRY_VOID(...) TRY_VOID_INNER(RUKUN_CONCAT(try_status_, __COUNTER__), __VA_ARGS__)
#define TRY_VOID_INNER(name, ...)                                                                \
  do {                                                                                           \
    if (auto name = (__VA_ARGS__); !name) return ::tl::make_unexpected(std::move(name).error()); \
  } while (false)
