#pragma once
// A FileSystem in memory whose faults a test chooses: full after so many bytes, failing at the k-th
// call, pulled out in the middle of a write. It keeps apart what has been written and what has been
// flushed, so that power_cut() shows what a real device would still have. Paths are compared as
// text after lexical normalization. One thread.

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "platform/files.h"

namespace rukun::test {

struct Faults {
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t capacity = kNever;      // bytes of all files together; beyond it: full
  std::uint64_t fail_at_call = kNever;  // that call fails once, counted from 0
  Code fail_with = Code::io;
  std::uint64_t pulled_at_call =
      kNever;             // that call and all later ones fail with io; a write keeps its first half
  bool corrupts = false;  // gives back other bytes than were written, as a fake stick does
};

class MemoryFiles final : public FileSystem {
 public:
  Faults faults;

  std::uint64_t calls() const { return calls_; }  // so far; every call that can fail counts
  void start_counting() { calls_ = 0; }
  // As after a power cut: files that were never finished are gone or, as on a stick, torn.
  void power_cut();
  // Past every fault, to arrange and to look.
  void put(const Path& path, ByteView bytes);
  const Bytes* look(const Path& path) const;
  std::vector<std::string> names() const;  // of all files, in order

  Result<std::vector<DirEntry>> list_dir(const Path& dir) override;
  Result<bool> exists(const Path& path) override;
  Status make_dirs(const Path& dir) override;
  Status remove(const Path& path) override;
  Result<FileIdentity> file_identity(const Path& path) override;
  Result<std::uint64_t> free_bytes(const Path& dir) override;
  Result<std::unique_ptr<FileReader>> open_reader(const Path& path) override;
  Result<std::unique_ptr<FileWriter>> open_writer(const Path& path, WriteAs as) override;

 private:
  friend class MemoryWriter;
  struct File {
    Bytes bytes;
    std::uint64_t inode = 0;
    bool flushed = false;
  };

  static std::string key(const Path& path);
  Status call(const char* what, const std::string& path);
  bool is_pulled() const { return calls_ > faults.pulled_at_call; }
  std::uint64_t used() const;
  void add_parents(const std::string& path);

  std::map<std::string, File> files_;
  std::set<std::string> dirs_;
  std::uint64_t calls_ = 0;
  std::uint64_t last_inode_ = 0;
};

}  // namespace rukun::test
