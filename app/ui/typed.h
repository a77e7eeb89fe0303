#pragma once
// What was typed and what may be chosen from, as plain values: shared by the fields that draw them,
// the views and the commands, and free of anything that draws. A passphrase's buffer never grows,
// never moves and is wiped. Any thread, one at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rukun::ui {

struct Suggestion {
  std::string id;
  std::string title;
  std::string detail;
};
struct TypeAhead {
  std::string text;
  std::size_t highlighted = 0;
};

// "12", "-3"; nothing when there is anything beside the number.
std::optional<std::int64_t> whole_number(std::string_view text);

// Text that must not be left behind in memory.
class SecretText {
 public:
  SecretText() = default;
  SecretText(const SecretText& other) = default;
  SecretText& operator=(const SecretText& other) = default;
  ~SecretText() { wipe(); }
  void wipe();
  void set(std::string_view text);
  std::string_view view() const { return std::string_view(buffer_.data()); }
  bool empty() const { return buffer_[0] == 0; }
  char* data() { return buffer_.data(); }
  std::size_t capacity() const { return buffer_.size(); }

 private:
  std::array<char, 256> buffer_{};
};
struct PassphraseState {
  SecretText text;
  bool shown = false;
};

}  // namespace rukun::ui
