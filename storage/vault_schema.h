#pragma once
// The tables of a vault file, and how a file says that it is one. A file of an older format is
// brought up to date in one transaction; one of a newer format is left alone. Errors: not_found (an
// empty database), foreign (another program's), unsupported (newer), damaged. One thread.

#include "storage/sqlite.h"

namespace rukun {

inline constexpr std::int64_t kVaultApplication = 0x52756B6E;  // "Rukn"
inline constexpr std::int64_t kVaultFormat = 1;

// Makes the tables; within the caller's transaction, so that a vault is there wholly or not at all.
Status make_vault_schema(Db& db);
Status check_vault_schema(Db& db);

}  // namespace rukun
