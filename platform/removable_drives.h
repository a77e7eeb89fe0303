#pragma once
// Which sticks and cards are plugged in: what is mounted where people's desktops put them, and what
// the kernel calls removable wherever else it is mounted, but never what the system itself runs
// from. Reading the list never fails: a system that cannot say simply has none. The functions are
// for any thread, a DriveWatch for one.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rukun {

struct RemovableDrive {
  std::filesystem::path path;
  std::string label;  // as people know it: the last part of the path
  bool operator==(const RemovableDrive&) const = default;
};

std::vector<RemovableDrive> removable_drives();

// The same from the text of /proc/self/mountinfo (proc(5)), whose spaces are written \040.
// `is_removable` answers for a device as it is numbered there, "8:17".
std::vector<RemovableDrive> removable_drives_in(
    std::string_view mountinfo, const std::function<bool(std::string_view)>& is_removable);

// Notices that a stick comes or goes. Asking costs one system call and never waits, so a window or
// a server may ask as often as it likes.
class DriveWatch {
 public:
  DriveWatch();
  ~DriveWatch();
  DriveWatch(const DriveWatch&) = delete;
  DriveWatch& operator=(const DriveWatch&) = delete;

  bool changed();  // the list is another than at the last call, or than at the beginning
  const std::vector<RemovableDrive>& drives() const { return drives_; }

 private:
  int mounts_ = -1;
  std::vector<RemovableDrive> drives_;
};

}  // namespace rukun
