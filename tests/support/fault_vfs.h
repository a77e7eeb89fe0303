#pragma once
// A disk under SQLite that fails where a test says: files live in memory, apart what was written
// and what was synced. A power cut keeps, drops or garbles what was not synced; until reboot()
// nothing works. Or a call fails with an I/O error, a sync fails, or the disk is full from a call
// on. Every handle must be closed before reboot(). One thread.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/random.h"

struct sqlite3_vfs;

namespace rukun::test {

enum class Unsynced : std::uint8_t { keep, drop, garble };

enum class PowerCuts : std::uint8_t { may_come, never };

enum class DiskFault : std::uint8_t {
  none,
  power_cut,  // at a write, truncation, sync or deletion; a write is torn
  io_error,   // at any call, reads too; once
  full,       // from a write on, every write that makes a file longer
  bad_sync,   // at a sync; once
};

struct FaultPlan {
  DiskFault what = DiskFault::none;
  std::uint64_t at = 0;  // which of the calls that this fault concerns, from 0
  Unsynced unsynced = Unsynced::drop;
  std::uint64_t seed = 1;
};

class FaultVfs {
 public:
  struct File {
    struct Write {
      std::uint64_t offset = 0;
      std::size_t size = 0;   // of its bytes in `unsynced_bytes`, after those of earlier ones
      bool truncate = false;  // to offset
    };
    Bytes now;
    Bytes synced;
    std::vector<Write> unsynced;
    Bytes unsynced_bytes;
    bool synced_once = false;
    bool deleted = false;  // and the deletion not yet synced
  };
  using Disk = std::map<std::string, File>;

  // The name by which SQLite knows it. Where the power is never cut, what was synced is not kept
  // apart, which saves two of three copies.
  explicit FaultVfs(std::string name, PowerCuts cuts = PowerCuts::may_come);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  const std::string& name() const { return name_; }
  void arm(const FaultPlan& plan);  // counting begins anew
  bool fired() const { return fired_; }
  void reboot();  // disarms; after a power cut the files are what survived

  // What is on the disk now, to go back to; no handle may be open.
  Disk save() const;
  void restore(const Disk& disk);
  Bytes& content(const std::string& path);  // to look at and to damage; synced as well

 private:
  friend struct FaultVfsCalls;
  enum class Call : std::uint8_t { read, write, truncate, sync, remove };

  // False when this call must fail; `torn` asks for the first half of a write.
  bool allows(Call call, bool grows, bool* torn);
  void cut(File& file);
  std::shared_ptr<File> find(const std::string& path) const;

  std::string name_;
  PowerCuts cuts_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, std::shared_ptr<File>> files_;
  FaultPlan plan_;
  SeededRandom random_{1};
  std::uint64_t calls_ = 0;
  bool fired_ = false;
  bool dead_ = false;
};

}  // namespace rukun::test
