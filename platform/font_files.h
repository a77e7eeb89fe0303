#pragma once
// Where the letters are: the two cuts of Noto Sans that screens and printed pages share, looked for
// in folders that the caller names, then where systems usually keep them. Errors: not_found, naming
// the Debian package that brings them. Any thread.

#include <filesystem>
#include <optional>
#include <span>

#include "platform/base/result.h"

namespace rukun {

std::optional<std::filesystem::path> find_font(std::span<const std::filesystem::path> folders,
                                               const char* name);

struct FontFiles {
  std::filesystem::path regular;
  std::filesystem::path bold;
};
Result<FontFiles> find_fonts(std::span<const std::filesystem::path> folders);

}  // namespace rukun
