#pragma once
// A log for people who look after a machine: what happened, never what was said. Private things are
// wrapped in redacted(x), which keeps nothing of x, so that no sink can leak it. An entry is always
// one line: control characters are escaped, overlong entries are cut. The sink is given by the
// composition root. Any thread; sinks run under a lock.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>

#include "platform/base/time.h"

namespace rukun {

struct Redacted {};
template <class T>
constexpr Redacted redacted(const T&) {
  return {};
}

enum class Level : std::uint8_t { debug, info, warning, error };

class Log {
 public:
  using Sink = std::function<void(std::string_view line)>;  // line has no line break
  static constexpr std::size_t kMostBytes = 2000;           // of an entry's text, before escaping

  Log(const Clock& clock, Sink sink, Level least = Level::info);

  // Parts are texts, whole numbers, and redacted(x): log.info("peer ", 3, " sent ",
  // redacted(name)).
  template <class... Parts>
  void debug(const Parts&... parts) {
    entry(Level::debug, parts...);
  }
  template <class... Parts>
  void info(const Parts&... parts) {
    entry(Level::info, parts...);
  }
  template <class... Parts>
  void warning(const Parts&... parts) {
    entry(Level::warning, parts...);
  }
  template <class... Parts>
  void error(const Parts&... parts) {
    entry(Level::error, parts...);
  }

 private:
  template <class... Parts>
  void entry(Level level, const Parts&... parts) {
    if (level < least_) return;
    std::string text;
    (add(text, parts), ...);
    write(level, text);
  }
  template <class Part>
  static void add(std::string& text, const Part& part) {
    if constexpr (std::is_same_v<Part, Redacted>) {
      text += "[…]";
    } else if constexpr (std::is_integral_v<Part>) {
      text += std::to_string(part);
    } else {
      text += std::string_view(part);
    }
  }
  void write(Level level, std::string_view text);

  const Clock& clock_;
  Sink sink_;
  Level least_;
  std::mutex mutex_;
};

// The text with control characters (also the Unicode ones that end lines or turn their direction)
// as \xNN, and bytes that are not UTF-8 too: what a peer chose to call itself cannot forge a line
// or drive a terminal.
std::string escape_controls(std::string_view text);

Log::Sink stderr_sink();
// Appends to a file; when it has grown past most_bytes it becomes PATH.old. Failing to write is
// ignored: a full disk must not stop the work that the log is about.
Log::Sink file_sink(std::filesystem::path path, std::uint64_t most_bytes = 1 << 20);

}  // namespace rukun
