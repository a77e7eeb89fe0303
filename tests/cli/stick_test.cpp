// Real devices under the real program: a stick that is full and one that is write-protected, as
// small file systems in memory. Where mounting is not allowed this is skipped.
#include <sys/mount.h>

#include <filesystem>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

class SmallStick {
 public:
  SmallStick(std::filesystem::path place, const char* size) : place_(std::move(place)) {
    std::filesystem::create_directories(place_);
    const std::string options = std::string("size=") + size;
    mounted_ = mount("tmpfs", place_.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallStick() {
    if (mounted_) umount2(place_.c_str(), MNT_DETACH);
  }
  SmallStick(const SmallStick&) = delete;
  SmallStick& operator=(const SmallStick&) = delete;
  bool mounted() const { return mounted_; }
  bool protect() const {
    return mount(nullptr, place_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }
  std::string path() const { return place_.string(); }

 private:
  std::filesystem::path place_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("a full stick is exit 1, is never called safe, and nothing is lost", "[cli]") {
  const TempDir folder;
  const SmallStick stick(folder / "stick", "8k");
  if (!stick.mounted()) SKIP_TEST("mounting a small file system is not allowed here");
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  std::string lines;
  for (int i = 0; i < 150; ++i)
    lines += "add notice title=\"Pengumuman " + std::to_string(i * 7919) + "\"\n";
  budi.batch(lines);
  const auto before = budi.run({"status"}).out;
  const auto said = budi.run({"sync", "folder", stick.path()});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 1);
  CHECK(said.code() == "full");
  CHECK(said.out.find("safe_to_remove\":true") == std::string::npos);
  CHECK(said.err.find(stick.path()) != std::string::npos);
  CHECK(budi.run({"status"}).out == before);
  CHECK(budi.run({"verify"}).exit == 0);
  const auto large = (folder / "other").string();
  std::filesystem::create_directories(large);
  CHECK(budi.run({"sync", "folder", large}).json()["safe_to_remove"].GetBool());
  CHECK(sari.run({"sync", "folder", large}).exit == 0);
  CHECK(sari.run({"list", "notice"}).json().Size() == 150);
}

TEST_CASE("a write-protected stick gives what is on it, says so and is exit 1", "[cli]") {
  const TempDir folder;
  const SmallStick stick(folder / "stick", "1m");
  if (!stick.mounted()) SKIP_TEST("mounting a small file system is not allowed here");
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  budi.batch("add notice title=Satu\n");
  CHECK(budi.run({"sync", "folder", stick.path()}).exit == 0);
  if (!stick.protect()) SKIP_TEST("mounting again as write-protected is not allowed here");
  const auto said = sari.run({"sync", "folder", stick.path()});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 1);
  CHECK(said.code() == "io");
  CHECK(said.err.find("dilindungi dari penulisan") != std::string::npos);
  CHECK(sari.run({"list", "notice"}).json().Size() == 1);
  // Whoever wrote it before and has nothing new needs not write.
  const auto again = budi.run({"sync", "folder", stick.path()});
  CAPTURE(again.out, again.err);
  CHECK(again.exit == 0);
}

}  // namespace rukun::test
