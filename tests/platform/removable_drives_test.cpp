#include "platform/removable_drives.h"

#include "tests/support/catch.h"

namespace rukun::test {

TEST_CASE("sticks are found where desktops mount them, with their names", "[drives]") {
  const auto drives = removable_drives_in(
      "/dev/sda1 / ext4 rw 0 0\n"
      "/dev/sdb1 /media/budi/FLASHDISK vfat rw 0 0\n"
      "/dev/sdc1 /run/media/sari/Foto\\040Keluarga exfat rw 0 0\n"
      "tmpfs /media tmpfs rw 0 0\n"
      "broken\n");
  REQUIRE(drives.size() == 2);
  CHECK(drives[0].path == "/media/budi/FLASHDISK");
  CHECK(drives[0].label == "FLASHDISK");
  CHECK(drives[1].label == "Foto Keluarga");
}

TEST_CASE("no list of mounts means no sticks", "[drives]") {
  CHECK(removable_drives_in("").empty());
}

}  // namespace rukun::test
