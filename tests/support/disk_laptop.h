#pragma once
// A laptop whose disk is simulated: a real engine over a vault in a FaultVfs and over files in
// memory, with the outside (sticks, bundles) mounted under /stick. Its whole disk can be saved and
// put back, so that one prepared laptop serves thousands of runs. Tests only; one thread.

#include <cstdio>
#include <memory>
#include <set>
#include <string>

#include "platform/base/check.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/memory_files.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {

// A laptop's own files, with the sticks of the world mounted under /stick.
class MountedFiles final : public FileSystem {
 public:
  MountedFiles(FileSystem& own, FileSystem& sticks) : own_(own), sticks_(&sticks) {}
  void mount(FileSystem& sticks) { sticks_ = &sticks; }

  Result<std::vector<DirEntry>> list_dir(const Path& dir) override { return at(dir).list_dir(dir); }
  Result<bool> exists(const Path& path) override { return at(path).exists(path); }
  Status make_dirs(const Path& dir) override { return at(dir).make_dirs(dir); }
  Status remove(const Path& path) override { return at(path).remove(path); }
  Result<FileIdentity> file_identity(const Path& path) override {
    return at(path).file_identity(path);
  }
  Result<std::uint64_t> free_bytes(const Path& dir) override { return at(dir).free_bytes(dir); }
  Result<std::unique_ptr<FileReader>> open_reader(const Path& path) override {
    return at(path).open_reader(path);
  }
  Result<std::unique_ptr<FileWriter>> open_writer(const Path& path, WriteAs as) override {
    return at(path).open_writer(path, as);
  }

 private:
  FileSystem& at(const Path& path) {
    return path.string().rfind("/stick", 0) == 0 ? *sticks_ : own_;
  }
  FileSystem& own_;
  FileSystem* sticks_;
};

class DiskLaptop {
 public:
  struct Disk {
    FaultVfs::Disk vault;
    MemoryFiles own;
  };

  // `disk`: a name that no other simulated disk has meanwhile.
  DiskLaptop(const std::string& disk, std::string person, std::uint64_t seed, FileSystem& outside);

  Engine& engine();  // unlocks when it is closed; that must succeed
  void close() { engine_.reset(); }
  Disk save();  // closes it
  void restore(const Disk& disk);
  FakeClock& clock() { return clock_; }
  FaultVfs& vfs() { return vfs_; }
  MountedFiles& files() { return files_; }

  RecordId add_need(const SpaceId& space, const std::string& title);
  // All that the engine shows and keeps of a neighborhood, in a form to compare: the records'
  // digest, the transactions, the members, whom it reached, what waits.
  std::string picture(const SpaceId& space);
  std::set<TxnHash> transactions(const SpaceId& space);

 private:
  std::string person_;
  FaultVfs vfs_;
  MemoryFiles own_;
  MountedFiles files_;
  FakeClock clock_;
  SeededRandom random_;
  Bytes empty_view_;
  std::unique_ptr<Engine> engine_;
};

// For EngineContext::empty_view: these laptops are unlocked thousands of times.
Bytes image_of_nothing();

// A value, or the test ends and says why.
template <class T>
T must_be(Result<T> result, const char* what) {
  if (!result)
    std::fprintf(stderr, "%s: %s (%s)\n", what, result.error().message.c_str(),
                 name_of(result.error().code));
  CHECK_BUG(result.has_value());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace rukun::test
