#include "platform/font_files.h"

#include <iterator>
#include <system_error>
#include <vector>

namespace rukun {

namespace fs = std::filesystem;

std::optional<fs::path> find_font(std::span<const fs::path> folders, const char* name) {
  static constexpr const char* kTypical[] = {
      "/usr/share/fonts/truetype/noto",
      "/usr/share/fonts/noto",
      "/usr/share/fonts/google-noto",
      "/usr/share/fonts/TTF",
      "/usr/local/share/fonts/noto",
      "/Library/Fonts",
      "C:/Windows/Fonts",
  };
  std::vector<fs::path> places(folders.begin(), folders.end());
  places.insert(places.end(), std::begin(kTypical), std::end(kTypical));
  for (const auto& place : places) {
    std::error_code ec;
    fs::path path = place / name;
    if (fs::is_regular_file(path, ec)) return path;
  }
  return std::nullopt;
}

Result<FontFiles> find_fonts(std::span<const fs::path> folders) {
  auto regular = find_font(folders, "NotoSans-Regular.ttf");
  auto bold = find_font(folders, "NotoSans-Bold.ttf");
  if (regular && bold) return FontFiles{std::move(*regular), std::move(*bold)};
  return error(Code::not_found,
               "the letters Noto Sans were not found, without which no PDF can be made",
               "install the package fonts-noto-core");
}

}  // namespace rukun
