#include "platform/files.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace rukun {
namespace {

using test::TempDir;

Bytes some_bytes(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  return bytes;
}

unsigned mode_of(const Path& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

// Code::ambiguous stands for "no error" here: no function of files.h gives it.
template <class T>
Code code_of(const Result<T>& result) {
  return result ? Code::ambiguous : result.error().code;
}

TEST_CASE("what is written durably reads back, replaces, and leaves no other file", "[files]") {
  const TempDir dir;
  SystemFiles files;
  for (const std::size_t size : {0U, 1U, 4096U, 4097U, 300'000U}) {
    REQUIRE(files.write_durable(dir / "a", some_bytes(size)));
    CHECK(files.read_file(dir / "a", size) == some_bytes(size));
  }
  const auto entries = files.list_dir(dir.path());
  REQUIRE(entries);
  CHECK(*entries == std::vector<DirEntry>{{"a", false, 300'000}});
  CHECK(mode_of(dir / "a") == 0600);
}

TEST_CASE("a replacement that is not finished leaves what was there", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.write_durable(dir / "a", view("old")));
  {
    const auto writer = files.open_writer(dir / "a", WriteAs::replacement);
    REQUIRE(writer);
    REQUIRE((*writer)->write(view("new")));
  }
  CHECK(text_of(*files.read_file(dir / "a", 10)) == "old");
  CHECK(files.list_dir(dir.path())->size() == 1);
}

TEST_CASE("what a crash left of a replacement does not hinder the next", "[files]") {
  const TempDir dir;
  SystemFiles files;
  std::ofstream(dir / "a.new") << "a much longer torn piece";
  REQUIRE(files.write_durable(dir / "a", view("whole")));
  CHECK(text_of(*files.read_file(dir / "a", 100)) == "whole");
  CHECK_FALSE(*files.exists(dir / "a.new"));
}

TEST_CASE("a verified file is new, whole, and never written over", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.write_new_verified(dir / "b", some_bytes(1'000'000)));
  CHECK(files.read_file(dir / "b", 1'000'000) == some_bytes(1'000'000));
  const auto again = files.write_new_verified(dir / "b", view("other"));
  CHECK(code_of(again) == Code::io);
  CHECK(files.read_file(dir / "b", 1'000'000) == some_bytes(1'000'000));
}

TEST_CASE("a verified file that is not finished is gone again", "[files]") {
  const TempDir dir;
  SystemFiles files;
  {
    const auto writer = files.open_writer(dir / "b", WriteAs::new_verified);
    REQUIRE(writer);
    REQUIRE((*writer)->write(view("half")));
    CHECK(*files.exists(dir / "b"));
  }
  CHECK_FALSE(*files.exists(dir / "b"));
}

TEST_CASE("a device that gives back other bytes is found out", "[files]") {
  const TempDir dir;
  SystemFiles files;
  const auto writer = files.open_writer(dir / "b", WriteAs::new_verified);
  REQUIRE(writer);
  REQUIRE((*writer)->write(some_bytes(10'000)));
  std::fstream(dir / "b", std::ios::in | std::ios::out).seekp(5000) << '!';
  const auto finished = (*writer)->finish();
  REQUIRE_FALSE(finished);
  CHECK(finished.error().code == Code::io);
  CHECK(finished.error().hint.find("another stick") != std::string::npos);
}

TEST_CASE("a device that loses the end of a file is found out", "[files]") {
  const TempDir dir;
  SystemFiles files;
  const auto writer = files.open_writer(dir / "b", WriteAs::new_verified);
  REQUIRE(writer);
  REQUIRE((*writer)->write(some_bytes(10'000)));
  REQUIRE(truncate((dir / "b").c_str(), 9'999) == 0);
  CHECK(code_of((*writer)->finish()) == Code::io);
}

TEST_CASE("a full device says so, by its code and in words", "[files]") {
  SystemFiles files;
  if (!*files.exists("/dev/full")) SKIP_TEST("this system has no /dev/full");
  const TempDir dir;
  // The temporary file of a replacement is where the bytes go, so it is the one to be full.
  std::filesystem::create_symlink("/dev/full", dir / "a.new");
  const auto written = files.write_durable(dir / "a", view("x"));
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Code::full);
  CHECK(written.error().message.find((dir / "a").string()) != std::string::npos);
  CHECK(written.error().hint.find("room") != std::string::npos);
  CHECK_FALSE(*files.exists(dir / "a"));
}

TEST_CASE("a file longer than allowed is refused unread", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.write_durable(dir / "a", some_bytes(1000)));
  CHECK(files.read_file(dir / "a", 1000));
  CHECK(code_of(files.read_file(dir / "a", 999)) == Code::damaged);
  CHECK(code_of(files.read_file("/dev/zero", 100'000)) == Code::damaged);
}

TEST_CASE("what is missing is not found, and a folder is not read as a file", "[files]") {
  const TempDir dir;
  SystemFiles files;
  CHECK(code_of(files.read_file(dir / "none", 10)) == Code::not_found);
  CHECK(code_of(files.list_dir(dir / "none")) == Code::not_found);
  CHECK(code_of(files.file_identity(dir / "none")) == Code::not_found);
  CHECK(code_of(files.write_durable(dir / "none/a", view("x"))) == Code::not_found);
  CHECK(code_of(files.read_file(dir.path(), 10)) == Code::io);
  CHECK_FALSE(*files.exists(dir / "none/a"));
}

TEST_CASE("folders are made with their parents, for their owner only", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.make_dirs(dir / "x/y/z"));
  REQUIRE(files.make_dirs(dir / "x/y/z"));
  CHECK(mode_of(dir / "x") == 0700);
  CHECK(mode_of(dir / "x/y/z") == 0700);
  REQUIRE(files.write_durable(dir / "x/file", view("x")));
  CHECK(code_of(files.make_dirs(dir / "x/file")) == Code::io);
  CHECK_FALSE(files.make_dirs(dir / "x/file/below"));
}

TEST_CASE("a listing is sorted and holds files and folders only", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.make_dirs(dir / "m"));
  REQUIRE(files.write_durable(dir / "z", view("zzz")));
  REQUIRE(files.write_durable(dir / "a", view("")));
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  std::filesystem::create_symlink("z", dir / "link");
  CHECK(*files.list_dir(dir.path()) ==
        std::vector<DirEntry>{{"a", false, 0}, {"m", true, 0}, {"z", false, 3}});
}

TEST_CASE("removing takes files and empty folders, and forgives what is not there", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.make_dirs(dir / "m"));
  REQUIRE(files.write_durable(dir / "m/a", view("x")));
  CHECK(code_of(files.remove(dir / "m")) == Code::io);
  CHECK(files.remove(dir / "m/a"));
  CHECK(files.remove(dir / "m"));
  CHECK(files.remove(dir / "m"));
  CHECK_FALSE(*files.exists(dir / "m"));
}

TEST_CASE("a copied file has another identity", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.write_durable(dir / "a", view("x")));
  const auto first = files.file_identity(dir / "a");
  REQUIRE(first);
  CHECK(files.file_identity(dir / "a") == first);
  std::filesystem::copy_file(dir / "a", dir / "copy");
  CHECK(files.file_identity(dir / "copy") != first);
}

TEST_CASE("a reader gives a file piece by piece", "[files]") {
  const TempDir dir;
  SystemFiles files;
  REQUIRE(files.write_durable(dir / "a", some_bytes(1000)));
  const auto reader = files.open_reader(dir / "a");
  REQUIRE(reader);
  CHECK((*reader)->size() == 1000);
  Bytes all, piece(300);
  for (const std::size_t expected : {300U, 300U, 300U, 100U, 0U}) {
    const auto got = (*reader)->read(piece);
    REQUIRE(got == expected);
    append(all, ByteView(piece).first(*got));
  }
  CHECK(all == some_bytes(1000));
}

TEST_CASE("free space is told", "[files]") {
  const TempDir dir;
  SystemFiles files;
  const auto free = files.free_bytes(dir.path());
  REQUIRE(free);
  CHECK(*free > 0);
}

TEST_CASE("a lock is held once, until its holder lets go", "[files][lock]") {
  const TempDir dir;
  {
    auto first = LockFile::take(dir / "lock");
    REQUIRE(first);
    const auto second = LockFile::take(dir / "lock");
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Code::busy);
    CHECK(second.error().message.starts_with("another program has this open"));
    const LockFile moved = std::move(*first);
    CHECK_FALSE(LockFile::take(dir / "lock"));
  }
  CHECK(LockFile::take(dir / "lock"));
  CHECK(code_of(LockFile::take(dir / "none/lock")) == Code::not_found);
}

TEST_CASE("a lock ends with the program that held it, however it ended", "[files][lock]") {
  const TempDir dir;
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto lock = LockFile::take(dir / "lock");
    const char held = lock ? 'y' : 'n';
    if (write(ready[1], &held, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char held = 0;
  REQUIRE(read(ready[0], &held, 1) == 1);
  CHECK(held == 'y');
  CHECK(code_of(LockFile::take(dir / "lock")) == Code::busy);
  REQUIRE(kill(child, SIGKILL) == 0);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  CHECK(LockFile::take(dir / "lock"));
  close(ready[0]);
  close(ready[1]);
}

}  // namespace
}  // namespace rukun
