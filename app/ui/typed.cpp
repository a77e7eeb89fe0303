#include "app/ui/typed.h"

#include <algorithm>

namespace rukun::ui {

void SecretText::wipe() {
  volatile char* at = buffer_.data();
  for (std::size_t i = 0; i < buffer_.size(); ++i) at[i] = 0;
}

void SecretText::set(std::string_view text) {
  wipe();
  std::copy_n(text.data(), std::min(text.size(), buffer_.size() - 1), buffer_.data());
}

}  // namespace rukun::ui
