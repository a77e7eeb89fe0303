#pragma once
// A stick as people have them, under FileSystem: FAT that loses what was not flushed when it is
// pulled, renames that leave both names, none or an empty file, times of two seconds, names whose
// case changes with the computer, a device that is full, write-protected, smaller than it claims,
// or whose flush lies. Deterministic by its seed. What a reader sees after plug_in() is what the
// device holds; until then the computer shows what it has in memory. One thread.

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/files.h"
#include "platform/random.h"

namespace rukun::test {

struct StickFaults {
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t capacity = kNever;       // bytes; beyond it: full
  std::uint64_t real_capacity = kNever;  // bytes; what lies beyond it comes back as rubbish
  std::uint64_t pulled_at = kNever;      // that operation and all later ones fail
  bool read_only = false;
  bool sync_lies = false;   // says that it flushed; when the cache is dropped, half is rubbish
  bool sync_later = false;  // keeps the last files in a cache of its own until it is unplugged well
  bool upper_case = false;  // shows 8.3 names in capitals
};

class FatStick final : public FileSystem {
 public:
  explicit FatStick(std::uint64_t seed) : random_(seed) {}

  StickFaults faults;

  std::uint64_t operations() const { return operations_; }
  bool was_pulled() const { return operations_ > faults.pulled_at; }
  // Pulled out, whether or not that was announced: what was not flushed is kept, torn or lost.
  void pull();
  // Into the next computer, with no fault but what the device itself cannot hide.
  void plug_in();

  // Past every fault, to arrange and to look.
  void put(const Path& path, ByteView bytes);
  std::map<std::string, Bytes> contents() const;  // by path as it is shown

  Result<std::vector<DirEntry>> list_dir(const Path& dir) override;
  Result<bool> exists(const Path& path) override;
  Status make_dirs(const Path& dir) override;
  Status remove(const Path& path) override;
  Result<FileIdentity> file_identity(const Path& path) override;
  Result<std::uint64_t> free_bytes(const Path& dir) override;
  Result<std::unique_ptr<FileReader>> open_reader(const Path& path) override;
  Result<std::unique_ptr<FileWriter>> open_writer(const Path& path, WriteAs as) override;

 private:
  friend class FatWriter;
  struct File {
    std::string name;  // the path as it was first written
    Bytes now;
    std::optional<Bytes> flushed;  // what the device holds; none: not even the name
    bool kept_back = false;        // flushed only as far as the computer knows
  };
  using Files = std::map<std::string, File>;  // by path in lower case

  static std::string key(const Path& path);
  std::string shown(const std::string& name) const;
  Status operation(const char* what, const Path& path, bool writes);
  std::uint64_t used() const;
  Status flush(File& file);
  Status rename(const std::string& from, const std::string& to);
  Bytes rubbish(const Bytes& bytes, std::size_t from);

  SeededRandom random_;
  Files files_;
  std::map<std::string, Bytes> removed_;     // and the removal may yet be lost
  std::map<std::string, std::string> dirs_;  // by path in lower case, as they were first written
  std::uint64_t operations_ = 0;
};

}  // namespace rukun::test
