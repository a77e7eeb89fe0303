#pragma once
// Files behind an interface, so that tests can put a failing disk or a pulled stick under the real
// code. What is written by any function here is on the device when the function returns: there is
// no buffered form. Errors: full (no room), not_found, io (all else), each with the path and the
// system's own words. Folders are made for their owner only (0700), files too (0600). Any thread,
// but one writer per path: the profile's LockFile.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace rukun {

using Path = std::filesystem::path;

struct DirEntry {
  std::string name;
  bool is_dir = false;
  std::uint64_t size = 0;  // of a file, in bytes
  auto operator<=>(const DirEntry&) const = default;
};

// Tells a copied or restored file from the one that was there: the copy has another inode or
// another birth.
struct FileIdentity {
  std::uint64_t inode = 0;
  std::int64_t birth_ms = 0;  // 0 where the file system does not keep it
  auto operator<=>(const FileIdentity&) const = default;
};

class FileReader {
 public:
  virtual ~FileReader() = default;
  virtual std::uint64_t size() const = 0;  // when it was opened
  // How many bytes it put into the front of `into`; fewer than asked only at the end, 0 when there
  // is no more.
  virtual Result<std::size_t> read(std::span<std::uint8_t> into) = 0;
};

// Without finish(), or when it fails, nothing remains under the path that had been asked for.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  virtual Status write(ByteView bytes) = 0;
  virtual Status finish() = 0;  // once; nothing is promised before it returns
};

enum class WriteAs : std::uint8_t {
  replacement,   // for our own home: a temporary file that takes the name at finish()
  new_verified,  // for sticks: a name that must be new, no rename, read back and compared at
                 // finish()
};

class FileSystem {
 public:
  static constexpr std::size_t kMostEntries = 200'000;  // of one folder

  virtual ~FileSystem() = default;

  // Files and folders in the order of their names; links, devices and pipes are left out. damaged
  // when there are more than kMostEntries.
  virtual Result<std::vector<DirEntry>> list_dir(const Path& dir) = 0;
  virtual Result<bool> exists(const Path& path) = 0;
  virtual Status make_dirs(const Path& dir) = 0;  // with its parents; fine when it is there
  // A file or an empty folder; fine when it is not there.
  virtual Status remove(const Path& path) = 0;
  virtual Result<FileIdentity> file_identity(const Path& path) = 0;
  virtual Result<std::uint64_t> free_bytes(const Path& dir) = 0;

  virtual Result<std::unique_ptr<FileReader>> open_reader(const Path& path) = 0;
  virtual Result<std::unique_ptr<FileWriter>> open_writer(const Path& path, WriteAs as) = 0;

  // The whole file; damaged when it is longer than max_bytes, of which nothing is kept.
  Result<Bytes> read_file(const Path& path, std::size_t max_bytes);
  // The path holds either what it held before or all of `bytes`, whenever the power goes.
  Status write_durable(const Path& path, ByteView bytes);
  // io when the path exists already, or when what is read back from the device differs; then the
  // path is gone again.
  Status write_new_verified(const Path& path, ByteView bytes);
};

class SystemFiles final : public FileSystem {
 public:
  Result<std::vector<DirEntry>> list_dir(const Path& dir) override;
  Result<bool> exists(const Path& path) override;
  Status make_dirs(const Path& dir) override;
  Status remove(const Path& path) override;
  Result<FileIdentity> file_identity(const Path& path) override;
  Result<std::uint64_t> free_bytes(const Path& dir) override;
  Result<std::unique_ptr<FileReader>> open_reader(const Path& path) override;
  Result<std::unique_ptr<FileWriter>> open_writer(const Path& path, WriteAs as) override;
};

// Holds an exclusive lock on a file, which is made when missing and stays. The system lets go of it
// when the program ends in whatever way. busy when another LockFile, here or in another program,
// holds it.
class LockFile {
 public:
  static Result<LockFile> take(const Path& path);
  LockFile(LockFile&& from) noexcept;
  LockFile& operator=(LockFile&& from) noexcept;
  ~LockFile();

 private:
  explicit LockFile(int handle) : handle_(handle) {}
  int handle_ = -1;
};

}  // namespace rukun
