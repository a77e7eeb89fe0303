#include "tests/support/memory_files.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {
namespace {

// The same story on both file systems: what later tests see in memory must be what a disk does.
void tell_the_common_story(FileSystem& files, const Path& root) {
  CHECK_FALSE(*files.exists(root / "d"));
  REQUIRE_FALSE(files.write_durable(root / "d/a", view("x")));
  REQUIRE(files.make_dirs(root / "d/e"));
  REQUIRE(files.write_durable(root / "d/a", view("first")));
  REQUIRE(files.write_durable(root / "d/a", view("second")));
  REQUIRE(files.write_new_verified(root / "d/b", view("new")));
  CHECK_FALSE(files.write_new_verified(root / "d/b", view("again")));
  CHECK(files.list_dir(root / "d") ==
        std::vector<DirEntry>{{"a", false, 6}, {"b", false, 3}, {"e", true, 0}});
  CHECK(text_of(*files.read_file(root / "d/a", 6)) == "second");
  CHECK(files.read_file(root / "d/a", 5).error().code == Code::damaged);
  CHECK(files.read_file(root / "d/none", 5).error().code == Code::not_found);
  CHECK_FALSE(files.make_dirs(root / "d/a"));
  CHECK_FALSE(files.remove(root / "d"));
  CHECK(files.file_identity(root / "d/a") != files.file_identity(root / "d/b"));
  { const auto dropped = files.open_writer(root / "d/c", WriteAs::new_verified); }
  CHECK_FALSE(*files.exists(root / "d/c"));
  for (const char* name : {"d/a", "d/b", "d/e", "d", "d"}) CHECK(files.remove(root / name));
  CHECK_FALSE(*files.exists(root / "d"));
}

TEST_CASE("files in memory and files on disk behave alike", "[files]") {
  const TempDir dir;
  SystemFiles on_disk;
  tell_the_common_story(on_disk, dir.path());
  MemoryFiles in_memory;
  REQUIRE(in_memory.make_dirs("/home"));
  tell_the_common_story(in_memory, "/home");
}

TEST_CASE("whichever call fails, a replacement is the old content or the new", "[files]") {
  for (std::uint64_t k = 0;; ++k) {
    MemoryFiles files;
    files.put("/home/a", view("old content"));
    files.faults.fail_at_call = k;
    const auto written = files.write_durable("/home/a", view("new"));
    const auto calls = files.calls();
    CAPTURE(k, calls);
    REQUIRE(files.look("/home/a"));
    CHECK(text_of(*files.look("/home/a")) == (written ? "new" : "old content"));
    CHECK(files.names() == std::vector<std::string>{"/home/a"});
    if (k >= calls) break;
    CHECK_FALSE(written);
  }
}

TEST_CASE("whenever the power goes, a replacement is the old content or the new", "[files]") {
  for (std::uint64_t k = 0; k < 6; ++k) {
    MemoryFiles files;
    files.put("/home/a", view("old content"));
    files.faults.pulled_at_call = k;
    const auto written = files.write_durable("/home/a", view("new"));
    files.power_cut();
    CAPTURE(k);
    REQUIRE(files.look("/home/a"));
    CHECK(text_of(*files.look("/home/a")) == (written ? "new" : "old content"));
    CHECK(files.write_durable("/home/a", view("after")));
    CHECK(text_of(*files.look("/home/a")) == "after");
  }
}

TEST_CASE("a stick pulled while it is written keeps a torn file and all older ones", "[files]") {
  MemoryFiles stick;
  stick.put("/stick/old", view("kept"));
  stick.faults.pulled_at_call = 1;  // create, write
  CHECK_FALSE(stick.write_new_verified("/stick/new", view("12345678")));
  CHECK(stick.list_dir("/stick").error().code == Code::io);
  stick.power_cut();
  CHECK(text_of(*stick.look("/stick/old")) == "kept");
  REQUIRE(stick.look("/stick/new"));
  CHECK(stick.look("/stick/new")->size() < 8);
}

TEST_CASE("a full device in memory says full and keeps no half", "[files]") {
  MemoryFiles files;
  files.put("/home/a", view("old"));
  files.faults.capacity = 10;
  CHECK(files.free_bytes("/home") == 7U);
  const auto written = files.write_durable("/home/a", view("eight ch"));
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Code::full);
  CHECK(text_of(*files.look("/home/a")) == "old");
  CHECK(files.free_bytes("/home") == 7U);
}

TEST_CASE("a stick that gives back other bytes is refused", "[files]") {
  MemoryFiles stick;
  stick.put("/stick/old", view("kept"));
  stick.faults.corrupts = true;
  CHECK(stick.write_new_verified("/stick/new", view("1234")).error().code == Code::io);
  CHECK_FALSE(stick.look("/stick/new"));
  CHECK(text_of(*stick.read_file("/stick/old", 4)) != "kept");
}

}  // namespace
}  // namespace rukun::test
