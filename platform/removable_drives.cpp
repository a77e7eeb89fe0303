#include "platform/removable_drives.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace rukun {
namespace {

// "\040" and its like become the characters they stand for.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octal = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '7';
    };
    if (text[i] == '\\' && octal(i + 1) && octal(i + 2) && octal(i + 3)) {
      out.push_back(static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                      (text[i + 3] - '0')));
      i += 3;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

bool is_removable(const std::string& path) {
  static constexpr std::string_view kPlaces[] = {"/media/", "/run/media/"};
  return std::any_of(std::begin(kPlaces), std::end(kPlaces), [&](std::string_view place) {
    return path.size() > place.size() && path.compare(0, place.size(), place) == 0;
  });
}

}  // namespace

std::vector<RemovableDrive> removable_drives_in(std::string_view mounts) {
  std::vector<RemovableDrive> out;
  std::istringstream lines{std::string(mounts)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string device;
    std::string where;
    if (!(words >> device >> where)) continue;
    const std::string path = unescaped(where);
    if (is_removable(path)) out.push_back({path, std::filesystem::path(path).filename().string()});
  }
  return out;
}

std::vector<RemovableDrive> removable_drives() {
  std::ifstream file("/proc/self/mounts");
  std::stringstream text;
  text << file.rdbuf();
  return removable_drives_in(text.str());
}

}  // namespace rukun
