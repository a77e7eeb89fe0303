#pragma once
// Who looked at personal data, took it out, or came to the lock, on this laptop and in this
// profile: sealed in the vault, kept for two years and 10,000 entries (storage/local_store.h),
// never exchanged. Whoever shows, prints or exports notes it before it is seen. A failed unlocking
// cannot be sealed, since the vault is shut: its time, and nothing else, waits in a small file
// beside the vault until the next unlock takes it in. Errors: those of the vault and of files. One
// thread.

#include <vector>

#include "app/domain/kinds.h"
#include "platform/base/time.h"
#include "platform/files.h"
#include "storage/local_store.h"
#include "storage/projection.h"

namespace rukun {

enum class Access : std::uint8_t {
  show,     // one record with personal details or identifiers
  list,     // many
  report,   // printed or written into a file
  publish,  // into a database
  unlock,
  unlock_failed,
  recover,     // a new passphrase by the recovery code
  passphrase,  // a new one by the old one
};
const char* name_of(Access access);  // "unlock_failed"; what is stored
// In words, also of a name that a newer version stored.
std::string_view access_words(std::string_view name, Language language);

Status note_access(LocalStore& local, const Clock& clock, Access access, std::string_view subject,
                   std::uint64_t rows);

// True when a field of this row is personal or an identifier, and filled in.
bool holds_personal(const KindSpec& kind, const TableSpec& table, const Row& row);

// The file of failures; at most 200 times, the newest. What cannot be written is left out: the
// wrong passphrase is what has to be said.
void note_failed_unlock(FileSystem& files, const std::filesystem::path& directory,
                        const Clock& clock);
// At an unlock: the failures before it, then itself.
Status note_unlock(LocalStore& local, FileSystem& files, const std::filesystem::path& directory,
                   const Clock& clock);

}  // namespace rukun
