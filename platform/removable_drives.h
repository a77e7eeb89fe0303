#pragma once
// Which sticks and cards are plugged in and mounted where people's desktops put them. Reading the
// list never fails: a system that cannot say simply has none. Any thread.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rukun {

struct RemovableDrive {
  std::filesystem::path path;
  std::string label;  // as people know it: the last part of the path
};

std::vector<RemovableDrive> removable_drives();

// The same from the text of /proc/self/mounts, whose spaces are written \040.
std::vector<RemovableDrive> removable_drives_in(std::string_view mounts);

}  // namespace rukun
