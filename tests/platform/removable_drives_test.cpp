#include "platform/removable_drives.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/catch.h"

namespace rukun::test {
namespace {

bool never(std::string_view) { return false; }

void write_line(const char* path, const std::string& text) {
  const int handle = ::open(path, O_WRONLY);
  if (handle < 0) return;
  (void)!::write(handle, text.data(), text.size());
  ::close(handle);
}

enum Outcome : int { kNoticed = 0, kNotAllowed = 10, kMissed = 11 };

// In a user and mount namespace of its own, where an unprivileged process may mount.
int plug_and_pull() {
  const auto user = ::geteuid();
  const auto group = ::getegid();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return kNotAllowed;
  write_line("/proc/self/setgroups", "deny");
  write_line("/proc/self/uid_map", "0 " + std::to_string(user) + " 1\n");
  write_line("/proc/self/gid_map", "0 " + std::to_string(group) + " 1\n");
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return kNotAllowed;
  if (::mount("tmpfs", "/media", "tmpfs", 0, "size=64k") != 0) return kNotAllowed;
  if (::mkdir("/media/FLASHDISK", 0700) != 0) return kNotAllowed;

  DriveWatch watch;
  const auto before = watch.drives().size();
  if (watch.changed()) return kMissed;
  if (::mount("tmpfs", "/media/FLASHDISK", "tmpfs", 0, "size=64k") != 0) return kNotAllowed;
  if (!watch.changed() || watch.drives().size() != before + 1) return kMissed;
  if (watch.drives().back().label != "FLASHDISK" || watch.changed()) return kMissed;
  if (::umount("/media/FLASHDISK") != 0) return kNotAllowed;
  if (!watch.changed() || watch.drives().size() != before) return kMissed;
  return kNoticed;
}

}  // namespace

TEST_CASE("sticks are found where desktops mount them, with their names", "[drives]") {
  const auto drives = removable_drives_in(
      "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
      "90 22 8:17 / /media/budi/FLASHDISK rw,nosuid - vfat /dev/sdb1 rw,fmask=0022\n"
      "91 22 8:33 / /run/media/sari/Foto\\040Keluarga rw shared:40 - exfat /dev/sdc1 rw\n"
      "92 22 0:40 / /media rw - tmpfs tmpfs rw\n"
      "93 22 8:17 / /media/budi/FLASHDISK rw,nosuid - vfat /dev/sdb1 rw\n"
      "broken\n",
      never);
  REQUIRE(drives.size() == 2);
  CHECK(drives[0].path == "/media/budi/FLASHDISK");
  CHECK(drives[0].label == "FLASHDISK");
  CHECK(drives[1].label == "Foto Keluarga");
}

TEST_CASE("a stick mounted elsewhere is found, the card that the system runs from is not",
          "[drives]") {
  const auto drives = removable_drives_in(
      "22 1 179:2 / / rw - ext4 /dev/mmcblk0p2 rw\n"
      "23 22 179:1 / /boot/firmware rw - vfat /dev/mmcblk0p1 rw\n"
      "24 22 179:2 /var/lib/x /srv/data rw - ext4 /dev/mmcblk0p2 rw\n"
      "25 22 8:17 / /mnt/stick rw - vfat /dev/sdb1 rw\n"
      "26 22 8:1 / /data rw - ext4 /dev/sda1 rw\n",
      [](std::string_view device) { return device.starts_with("179:") || device == "8:17"; });
  REQUIRE(drives.size() == 1);
  CHECK(drives[0].path == "/mnt/stick");
}

TEST_CASE("no list of mounts means no sticks", "[drives]") {
  CHECK(removable_drives_in("", never).empty());
}

TEST_CASE("a stick that is plugged in or pulled is noticed, once", "[drives]") {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(plug_and_pull());
  REQUIRE(child > 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNotAllowed)
    SKIP_TEST("this system does not let a program mount in a namespace of its own");
  CHECK(WEXITSTATUS(status) == kNoticed);
}

}  // namespace rukun::test
