#include "platform/removable_drives.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

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

bool is_below(const std::string& path, std::string_view place) {
  return path.size() > place.size() + 1 && path.compare(0, place.size(), place) == 0 &&
         path[place.size()] == '/';
}

// Where desktops mount what is plugged in.
bool is_desktop_place(const std::string& path) {
  return is_below(path, "/media") || is_below(path, "/run/media");
}

// A laptop may itself run from a card that the kernel calls removable.
bool is_of_the_system(const std::string& path) {
  static constexpr std::string_view kPlaces[] = {"/boot", "/efi",  "/etc", "/home", "/nix", "/opt",
                                                 "/root", "/snap", "/srv", "/usr",  "/var"};
  return path == "/" ||
         std::any_of(std::begin(kPlaces), std::end(kPlaces), [&](std::string_view place) {
           return path == place || is_below(path, place);
         });
}

std::string text_in(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A partition has no such file of its own; its disk, one folder up, has.
bool kernel_calls_removable(std::string_view device) {
  std::error_code none;
  const auto link = std::filesystem::path("/sys/dev/block") / device;
  const auto folder = std::filesystem::canonical(link, none);
  if (none) return false;
  for (const auto& place : {folder, folder.parent_path()}) {
    const auto text = text_in(place / "removable");
    if (!text.empty()) return text.front() == '1';
  }
  return false;
}

}  // namespace

std::vector<RemovableDrive> removable_drives_in(
    std::string_view mountinfo, const std::function<bool(std::string_view)>& is_removable) {
  std::vector<RemovableDrive> out;
  std::istringstream lines{std::string(mountinfo)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string id, parent, device, root, where;
    if (!(words >> id >> parent >> device >> root >> where)) continue;
    const std::string path = unescaped(where);
    // What shows only a part of a file system was put there by a program, not by a person.
    const bool elsewhere = root == "/" && !is_of_the_system(path) && is_removable(device);
    if (!is_desktop_place(path) && !elsewhere) continue;
    RemovableDrive drive{path, std::filesystem::path(path).filename().string()};
    if (std::find(out.begin(), out.end(), drive) == out.end()) out.push_back(std::move(drive));
  }
  return out;
}

std::vector<RemovableDrive> removable_drives() {
  return removable_drives_in(text_in("/proc/self/mountinfo"), kernel_calls_removable);
}

DriveWatch::DriveWatch()
    : mounts_(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)), drives_(removable_drives()) {}

DriveWatch::~DriveWatch() {
  if (mounts_ >= 0) ::close(mounts_);
}

bool DriveWatch::changed() {
  if (mounts_ < 0) return false;
  // The kernel reports a change of mounts as an error condition, once for each open file.
  pollfd asked{mounts_, POLLPRI, 0};
  if (::poll(&asked, 1, 0) <= 0 || (asked.revents & (POLLPRI | POLLERR)) == 0) return false;
  auto now = removable_drives();
  if (now == drives_) return false;
  drives_ = std::move(now);
  return true;
}

}  // namespace rukun
