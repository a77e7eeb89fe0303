#include "app/ui/typed.h"

#include <algorithm>
#include <charconv>

namespace rukun::ui {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void SecretText::wipe() {
  volatile char* at = buffer_.data();
  for (std::size_t i = 0; i < buffer_.size(); ++i) at[i] = 0;
}

void SecretText::set(std::string_view text) {
  wipe();
  std::copy_n(text.data(), std::min(text.size(), buffer_.size() - 1), buffer_.data());
}

}  // namespace rukun::ui
