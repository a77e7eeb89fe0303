#include "tests/support/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

#include "platform/base/check.h"

namespace rukun::test {

namespace {

struct Handle {
  sqlite3_file base;
  FaultVfs* vfs;
  std::shared_ptr<FaultVfs::File>* file;  // owned; SQLite gives and takes raw memory
};

Handle& handle_of(sqlite3_file* file) { return *static_cast<Handle*>(static_cast<void*>(file)); }

void put_on(Bytes& to, const FaultVfs::File::Write& write, ByteView bytes) {
  const auto start = static_cast<std::size_t>(write.offset);
  if (write.truncate) {
    to.resize(start);
    return;
  }
  if (to.size() < start) to.resize(start);
  const auto over = std::min(bytes.size(), to.size() - start);
  std::copy(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(over),
            to.begin() + static_cast<std::ptrdiff_t>(start));
  append(to, bytes.subspan(over));
}

void put_unsynced_on(Bytes& to, const FaultVfs::File& file) {
  std::size_t at = 0;
  for (const auto& write : file.unsynced) {
    put_on(to, write, ByteView(file.unsynced_bytes).subspan(at, write.size));
    at += write.size;
  }
}

void forget_unsynced(FaultVfs::File& file) {
  file.unsynced.clear();
  file.unsynced_bytes.clear();
}

}  // namespace

struct FaultVfsCalls {
  using Call = FaultVfs::Call;

  static int close(sqlite3_file* file) {
    delete handle_of(file).file;
    handle_of(file).file = nullptr;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
    auto& handle = handle_of(file);
    if (!handle.vfs->allows(Call::read, false, nullptr)) return SQLITE_IOERR_READ;
    const auto& bytes = (*handle.file)->now;
    const auto from = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(amount);
    const auto there = from < bytes.size() ? std::min(wanted, bytes.size() - from) : 0;
    if (there != 0) std::memcpy(into, bytes.data() + from, there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<std::uint8_t*>(into) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    auto& handle = handle_of(file);
    auto& held = **handle.file;
    auto size = static_cast<std::size_t>(amount);
    const bool grows = static_cast<std::size_t>(offset) + size > held.now.size();
    bool torn = false;
    const bool allowed = handle.vfs->allows(Call::write, grows, &torn);
    if (!allowed && !torn)
      return handle.vfs->plan_.what == DiskFault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    if (torn) size /= 2;
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    const FaultVfs::File::Write change{static_cast<std::uint64_t>(offset), size};
    put_on(held.now, change, ByteView(bytes, size));
    if (handle.vfs->cuts_ == PowerCuts::may_come) {
      held.unsynced.push_back(change);
      append(held.unsynced_bytes, ByteView(bytes, size));
    }
    if (!torn) return SQLITE_OK;
    handle.vfs->dead_ = true;
    return SQLITE_IOERR_WRITE;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& handle = handle_of(file);
    auto& held = **handle.file;
    if (!handle.vfs->allows(Call::truncate, false, nullptr)) return SQLITE_IOERR_TRUNCATE;
    const FaultVfs::File::Write change{static_cast<std::uint64_t>(size), 0, true};
    put_on(held.now, change, {});
    if (handle.vfs->cuts_ == PowerCuts::may_come) held.unsynced.push_back(change);
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int) {
    auto& handle = handle_of(file);
    auto& held = **handle.file;
    if (!handle.vfs->allows(Call::sync, false, nullptr)) return SQLITE_IOERR_FSYNC;
    put_unsynced_on(held.synced, held);
    forget_unsynced(held);
    held.synced_once = true;
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>((*handle_of(file).file)->now.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file*, int) { return SQLITE_OK; }
  static int check_reserved(sqlite3_file*, int* held) {
    *held = 0;
    return SQLITE_OK;
  }
  static int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int device(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods kMethods = [] {
      sqlite3_io_methods m{};
      m.iVersion = 1;
      m.xClose = close;
      m.xRead = read;
      m.xWrite = write;
      m.xTruncate = truncate;
      m.xSync = sync;
      m.xFileSize = file_size;
      m.xLock = lock;
      m.xUnlock = lock;
      m.xCheckReservedLock = check_reserved;
      m.xFileControl = file_control;
      m.xSectorSize = sector_size;
      m.xDeviceCharacteristics = device;
      return m;
    }();
    return kMethods;
  }

  static FaultVfs& self(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
    auto& disk = self(vfs);
    auto& handle = handle_of(file);
    handle = Handle{};
    if (name == nullptr || disk.dead_) return SQLITE_CANTOPEN;
    auto found = disk.find(name);
    if (!found) {
      if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
      // A deleted file of this name whose deletion was not synced may come back instead.
      auto& place = disk.files_[name];
      auto made = std::make_shared<FaultVfs::File>();
      if (place) {
        made->synced = place->synced;
        made->synced_once = place->synced_once;
        made->unsynced.push_back({0, 0, true});
      }
      found = place = made;
    }
    handle.vfs = &disk;
    handle.file = new std::shared_ptr<FaultVfs::File>(found);
    handle.base.pMethods = &methods();
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
    auto& disk = self(vfs);
    if (!disk.allows(Call::remove, false, nullptr)) return SQLITE_IOERR_DELETE;
    const auto found = disk.find(name);
    if (!found) return SQLITE_IOERR_DELETE_NOENT;
    if (sync_directory != 0 || !found->synced_once)
      disk.files_.erase(name);
    else
      found->deleted = true;
    return SQLITE_OK;
  }

  static int access(sqlite3_vfs* vfs, const char* name, int, int* result) {
    *result = self(vfs).find(name) ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_path(sqlite3_vfs*, const char* name, int room, char* out) {
    const auto size = std::strlen(name);
    if (size + 1 > static_cast<std::size_t>(room)) return SQLITE_CANTOPEN;
    std::memcpy(out, name, size + 1);
    return SQLITE_OK;
  }

  static int randomness(sqlite3_vfs* vfs, int amount, char* out) {
    auto* bytes = static_cast<std::uint8_t*>(static_cast<void*>(out));
    self(vfs).random_.fill({bytes, static_cast<std::size_t>(amount)});
    return amount;
  }
  static int sleep(sqlite3_vfs*, int us) { return us; }
  static int current_time(sqlite3_vfs*, double* day) {
    *day = 2461000.5;
    return SQLITE_OK;
  }
};

FaultVfs::FaultVfs(std::string name, PowerCuts cuts)
    : name_(std::move(name)), cuts_(cuts), vfs_(std::make_unique<sqlite3_vfs>()) {
  vfs_->iVersion = 1;
  vfs_->szOsFile = sizeof(Handle);
  vfs_->mxPathname = 512;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = FaultVfsCalls::open;
  vfs_->xDelete = FaultVfsCalls::remove;
  vfs_->xAccess = FaultVfsCalls::access;
  vfs_->xFullPathname = FaultVfsCalls::full_path;
  vfs_->xRandomness = FaultVfsCalls::randomness;
  vfs_->xSleep = FaultVfsCalls::sleep;
  vfs_->xCurrentTime = FaultVfsCalls::current_time;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(vfs_.get()); }

void FaultVfs::arm(const FaultPlan& plan) {
  CHECK_BUG(plan.what != DiskFault::power_cut || cuts_ == PowerCuts::may_come);
  plan_ = plan;
  random_ = SeededRandom(plan.seed + plan.at * 3 + static_cast<std::uint64_t>(plan.unsynced));
  calls_ = 0;
  fired_ = false;
}

bool FaultVfs::allows(Call call, bool grows, bool* torn) {
  if (dead_) return false;
  const bool concerned = plan_.what == DiskFault::power_cut  ? call != Call::read
                         : plan_.what == DiskFault::bad_sync ? call == Call::sync
                         : plan_.what == DiskFault::full     ? call == Call::write && grows
                                                             : plan_.what == DiskFault::io_error;
  if (!concerned) return true;
  const auto now = calls_++;
  if (now < plan_.at || (now > plan_.at && plan_.what != DiskFault::full)) return true;
  fired_ = true;
  if (plan_.what == DiskFault::power_cut) {
    // The write that was under way reaches the disk by half, whatever becomes of that half.
    if (torn != nullptr)
      *torn = true;
    else
      dead_ = true;
  }
  return false;
}

std::shared_ptr<FaultVfs::File> FaultVfs::find(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end() || found->second->deleted) return nullptr;
  return found->second;
}

void FaultVfs::cut(File& file) {
  auto survived = file.synced;
  std::size_t at = 0;
  for (const auto& write : file.unsynced) {
    const auto bytes = std::span(file.unsynced_bytes).subspan(at, write.size);
    at += write.size;
    const auto fate = plan_.unsynced == Unsynced::keep   ? 0
                      : plan_.unsynced == Unsynced::drop ? 1
                                                         : random_.below(3);
    if (fate == 1) continue;
    if (fate == 2 && !write.truncate) random_.fill(bytes);
    put_on(survived, write, bytes);
  }
  file.now = file.synced = std::move(survived);
  forget_unsynced(file);
}

void FaultVfs::reboot() {
  const bool cut_off = dead_;
  dead_ = false;
  for (auto at = files_.begin(); at != files_.end();) {
    auto& file = *at->second;
    const bool comes_back = !file.deleted || (cut_off && plan_.unsynced != Unsynced::keep);
    if (cut_off) cut(file);
    file.deleted = false;
    const bool never_there = cut_off && !file.synced_once && plan_.unsynced == Unsynced::drop;
    at = comes_back && !never_there ? std::next(at) : files_.erase(at);
  }
  for (auto& [path, file] : files_) file->synced_once = file->synced_once || cut_off;
  plan_ = {};
}

FaultVfs::Disk FaultVfs::save() const {
  Disk disk;
  for (const auto& [path, file] : files_) disk.emplace(path, *file);
  return disk;
}

void FaultVfs::restore(const Disk& disk) {
  files_.clear();
  for (const auto& [path, file] : disk) files_.emplace(path, std::make_shared<File>(file));
  dead_ = false;
  plan_ = {};
}

Bytes& FaultVfs::content(const std::string& path) {
  auto& file = *files_.at(path);
  put_unsynced_on(file.synced, file);
  forget_unsynced(file);
  file.synced_once = true;
  return file.now;
}

}  // namespace rukun::test
