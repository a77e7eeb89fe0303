// SystemFiles and LockFile over POSIX and Linux calls.
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "platform/files.h"

namespace rukun {
namespace {

tl::unexpected<Error> failed(const char* what, const Path& path, int number) {
  std::string message =
      std::string("cannot ") + what + ' ' + path.string() + ": " + std::strerror(number);
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return error(Code::full, std::move(message), "make room on the device and try again");
    case ENOENT:
    case ENOTDIR:
      return error(Code::not_found, std::move(message), "check the name of the file or folder");
    case EACCES:
    case EPERM: return error(Code::io, std::move(message), "check who may read and write there");
    case EROFS: return error(Code::io, std::move(message), "the device is write-protected");
    case EEXIST: return error(Code::io, std::move(message), "choose a name that is not taken");
    default:
      return error(Code::io, std::move(message), "try another device; this one may be failing");
  }
}

class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  Handle(Handle&& from) noexcept : number_(std::exchange(from.number_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() { close(); }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  int release() { return std::exchange(number_, -1); }
  // 0, or what went wrong: some network file systems report a failed write only here.
  int close() {
    if (number_ < 0) return 0;
    return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int number_;
};

Handle open_handle(const Path& path, int flags) {
  while (true) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (number >= 0 || errno != EINTR) return Handle(number);
  }
}

Path parent_of(const Path& path) {
  auto parent = path.parent_path();
  return parent.empty() ? Path(".") : parent;
}

// A name is on the device only when its folder is. File systems that cannot sync folders say
// EINVAL.
Status sync_dir(const Path& dir) {
  const auto handle = open_handle(dir, O_RDONLY | O_DIRECTORY);
  if (!handle.is_open()) return failed("open", dir, errno);
  if (fsync(handle.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    return failed("flush", dir, errno);
  }
  return {};
}

Result<std::size_t> read_fully(const Handle& handle, std::span<std::uint8_t> into,
                               const Path& path) {
  std::size_t length = 0;
  while (length < into.size()) {
    const auto got = ::read(handle.get(), into.data() + length, into.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path, errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  return length;
}

Status write_fully(const Handle& handle, ByteView bytes, const Path& path) {
  while (!bytes.empty()) {
    const auto put = ::write(handle.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return failed("write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

// FNV-1a: tells what a failing device gives back from what was written. It is no defence against
// forgery, which is what the seals inside the files are for.
class Fingerprint {
 public:
  void add(ByteView bytes) {
    for (const auto b : bytes) hash_ = (hash_ ^ b) * 0x100000001b3U;
    length_ += bytes.size();
  }
  auto operator<=>(const Fingerprint&) const = default;

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
  std::uint64_t length_ = 0;
};

class SystemReader final : public FileReader {
 public:
  SystemReader(Handle handle, Path path, std::uint64_t size)
      : handle_(std::move(handle)), path_(std::move(path)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::size_t> read(std::span<std::uint8_t> into) override {
    return read_fully(handle_, into, path_);
  }

 private:
  Handle handle_;
  Path path_;
  std::uint64_t size_;
};

class SystemWriter final : public FileWriter {
 public:
  SystemWriter(Handle handle, Path written, Path wanted, WriteAs as)
      : handle_(std::move(handle)),
        written_(std::move(written)),
        wanted_(std::move(wanted)),
        as_(as) {}
  ~SystemWriter() override {
    if (!finished_) ::unlink(written_.c_str());
  }

  Status write(ByteView bytes) override {
    if (as_ == WriteAs::new_verified) put_.add(bytes);
    auto written = write_fully(handle_, bytes, wanted_);
    broken_ = broken_ || !written;
    return written;
  }

  Status finish() override {
    if (broken_ || !handle_.is_open()) return failed("finish", wanted_, EIO);
    if (fsync(handle_.get()) != 0) return failed("flush", wanted_, errno);
    if (as_ == WriteAs::new_verified) posix_fadvise(handle_.get(), 0, 0, POSIX_FADV_DONTNEED);
    if (const int number = handle_.close(); number != 0) return failed("close", wanted_, number);
    if (as_ == WriteAs::replacement) {
      if (::rename(written_.c_str(), wanted_.c_str()) != 0) return failed("name", wanted_, errno);
      finished_ = true;
      return sync_dir(parent_of(wanted_));
    }
    TRY_VOID(sync_dir(parent_of(wanted_)));
    TRY_VOID(read_back());
    finished_ = true;
    return {};
  }

 private:
  Status read_back() const {
    const auto handle = open_handle(written_, O_RDONLY);
    if (!handle.is_open()) return failed("read back", wanted_, errno);
    posix_fadvise(handle.get(), 0, 0, POSIX_FADV_DONTNEED);
    Fingerprint got;
    Bytes piece(std::size_t{1} << 18);
    while (true) {
      TRY(const auto length, read_fully(handle, piece, wanted_));
      got.add(ByteView(piece).first(length));
      if (length < piece.size()) break;
    }
    if (got == put_) return {};
    return error(Code::io, wanted_.string() + " reads back differently from what was written",
                 "use another stick; this one is failing or holds less than it claims");
  }

  Handle handle_;
  Path written_;
  Path wanted_;
  WriteAs as_;
  Fingerprint put_;
  bool broken_ = false;
  bool finished_ = false;
};

}  // namespace

Result<std::vector<DirEntry>> SystemFiles::list_dir(const Path& dir) {
  struct Close {
    void operator()(DIR* open) const { ::closedir(open); }
  };
  const std::unique_ptr<DIR, Close> open(::opendir(dir.c_str()));
  if (!open) return failed("list", dir, errno);
  std::vector<DirEntry> entries;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr && errno != 0) return failed("list", dir, errno);
    if (entry == nullptr) break;
    std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat status = {};
    if (::fstatat(::dirfd(open.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) continue;  // removed since
      return failed("look at", dir / name, errno);
    }
    const bool is_dir = S_ISDIR(status.st_mode);
    if (!is_dir && !S_ISREG(status.st_mode)) continue;
    if (entries.size() == kMostEntries) {
      return error(Code::damaged, dir.string() + " has more entries than can be listed");
    }
    entries.push_back(
        {std::move(name), is_dir, is_dir ? 0 : static_cast<std::uint64_t>(status.st_size)});
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

Result<bool> SystemFiles::exists(const Path& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return failed("look at", path, errno);
}

Status SystemFiles::make_dirs(const Path& dir) {
  TRY(const bool there, exists(dir));
  if (!there) {
    const auto parent = parent_of(dir);
    if (parent != dir) TRY_VOID(make_dirs(parent));
    if (::mkdir(dir.c_str(), 0700) == 0) return sync_dir(parent);
    if (errno != EEXIST) return failed("make folder", dir, errno);
  }
  struct stat status = {};
  if (::stat(dir.c_str(), &status) != 0) return failed("look at", dir, errno);
  if (!S_ISDIR(status.st_mode)) return failed("make folder", dir, EEXIST);
  return {};
}

Status SystemFiles::remove(const Path& path) {
  if (std::remove(path.c_str()) == 0 || errno == ENOENT) return {};
  return failed("remove", path, errno);
}

Result<FileIdentity> SystemFiles::file_identity(const Path& path) {
  struct statx status = {};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &status) != 0) {
    return failed("look at", path, errno);
  }
  FileIdentity identity{status.stx_ino, 0};
  if ((status.stx_mask & STATX_BTIME) != 0) {
    identity.birth_ms =
        std::int64_t{status.stx_btime.tv_sec} * 1000 + status.stx_btime.tv_nsec / 1'000'000;
  }
  return identity;
}

Result<std::uint64_t> SystemFiles::free_bytes(const Path& dir) {
  struct statvfs status = {};
  if (::statvfs(dir.c_str(), &status) != 0) return failed("look at", dir, errno);
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

Result<std::unique_ptr<FileReader>> SystemFiles::open_reader(const Path& path) {
  auto handle = open_handle(path, O_RDONLY | O_NOCTTY);
  if (!handle.is_open()) return failed("open", path, errno);
  struct stat status = {};
  if (::fstat(handle.get(), &status) != 0) return failed("look at", path, errno);
  if (S_ISDIR(status.st_mode)) return failed("read", path, EISDIR);
  const auto size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  return std::make_unique<SystemReader>(std::move(handle), path, size);
}

Result<std::unique_ptr<FileWriter>> SystemFiles::open_writer(const Path& path, WriteAs as) {
  Path written = path;
  int flags = O_WRONLY | O_CREAT | O_NOCTTY;
  if (as == WriteAs::replacement) {
    written += ".new";  // what a crash left of an earlier one is overwritten
    flags |= O_TRUNC;
  } else {
    flags |= O_EXCL;
  }
  auto handle = open_handle(written, flags);
  if (!handle.is_open()) return failed("create", path, errno);
  return std::make_unique<SystemWriter>(std::move(handle), std::move(written), path, as);
}

Result<LockFile> LockFile::take(const Path& path) {
  auto handle = open_handle(path, O_RDWR | O_CREAT | O_NOCTTY);
  if (!handle.is_open()) return failed("open", path, errno);
  while (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return failed("lock", path, errno);
    return error(Code::busy, "another program has this open: " + path.string(),
                 "close the other program first");
  }
  return LockFile(handle.release());
}

LockFile::LockFile(LockFile&& from) noexcept : handle_(std::exchange(from.handle_, -1)) {}
LockFile& LockFile::operator=(LockFile&& from) noexcept {
  std::swap(handle_, from.handle_);
  return *this;
}
LockFile::~LockFile() {
  if (handle_ >= 0) ::close(handle_);
}

}  // namespace rukun
