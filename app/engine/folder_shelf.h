#pragma once
// What lies in a folder of exchange, seen from outside: which writers' directories, which files in
// them, and whether a file still is what its name says. Nothing here trusts names, cases, sizes or
// numbers of files: FAT changes the case, file synchronisers leave files of their own, and anybody
// may have filled a stick. Only names that a writer of Rukun makes are looked at; all others are
// left alone. Layout: PROTOCOL.md, "Folder". Errors: io, and damaged when a folder has more entries
// than can be listed. One thread.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/files.h"
#include "storage/log_store.h"
#include "sync/bundle.h"

namespace rukun {

enum class ShelfFile : std::uint8_t { bundle, receipt, carried, other };

// 40 bits as eight characters that every file system keeps apart.
std::string short_name(ByteView bytes);
std::string content_name(ByteView bytes, ShelfFile what);

// What one writer's directory offers, by names alone.
struct Shelf {
  Path directory;
  std::vector<DirEntry> bundles;
  std::vector<DirEntry> receipts;
  std::vector<DirEntry> carried;
  std::uint64_t bytes = 0;  // of all these
};

inline constexpr std::size_t kMostWriters = 2048;     // looked at in one folder of a space
inline constexpr std::size_t kMostShelfFiles = 4096;  // looked at of each sort in one directory
inline constexpr std::size_t kMostShelfFileBytes = 64 * 1024 * 1024;

// Folders in `parent` of that name, in whatever case. None when there is no `parent`.
Result<std::vector<Path>> folders_called(FileSystem& files, const Path& parent,
                                         const std::string& name);
// Folders that may be a writer's: those in `first` before all others, at most kMostWriters others.
Result<std::vector<Path>> writers_in(FileSystem& files, const Path& parent,
                                     const std::set<std::string>& first);
std::string folded(std::string name);  // to lower case
Result<Shelf> look_at(FileSystem& files, const Path& directory);

// Where a writer's directory is, or is to be made, whatever case the device gives its name.
Result<Path> writers_folder(FileSystem& files, const Path& root, const std::string& space,
                            const std::string& writer);

// By name in lower case the size of each file that readers will find.
using Promise = std::map<std::string, std::uint64_t>;
// Each file was read back by itself; this sees whether the directory kept them all. io if not.
Status confirm(FileSystem& files, const Path& folder, Promise promised);

// Reads at most kMostShelfFileBytes, then fails with damaged: a file may be endless.
Source bounded(FileReader& reader);

// What the bundles of one's own directory hold, by the parts of segments that are not sealed.
class ShelfContents {
 public:
  // Adds a bundle; an error when it is not what its name says, or does not read whole.
  Status add(FileSystem& files, const Path& file);
  bool holds(const LackingPiece& piece, bool log_forked) const;
  bool holds(const TxnTag& envelope) const { return envelopes_.contains(envelope); }

 private:
  struct Held {
    Seq first = 0;
    Seq last = 0;
    TxnHash end;
  };
  std::vector<std::pair<Bytes, Held>> segments_;  // by log tag
  std::set<TxnTag> envelopes_;
};

}  // namespace rukun
