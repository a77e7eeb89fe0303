#pragma once
// The profiles of one home: one vault per person under home/profiles/<id>/. A profile's name stands
// beside its vault in the open, so that the lock screen can ask who is there. Errors: not_found,
// ambiguous, bad_value, full, io. Any thread.

#include <optional>
#include <string>
#include <vector>

#include "platform/base/time.h"
#include "platform/files.h"
#include "storage/vault.h"
#include "sync/ids.h"

namespace rukun {

struct ProfileInfo {
  std::string id;  // 16 hex digits: the folder's name
  std::string name;
  Path directory;
};

struct CreatedProfile {
  ProfileInfo profile;
  MemberId member;
  std::string recovery;  // shown once
};

Result<std::vector<ProfileInfo>> list_profiles(FileSystem& files, const Path& home);
// By name or id; empty: the only one.
Result<ProfileInfo> find_profile(FileSystem& files, const Path& home, std::string_view text);
// Sets up a vault and this member's keys.
Result<CreatedProfile> create_profile(FileSystem& files, const Path& home, std::string_view name,
                                      ByteView passphrase, ArgonCost cost, Random& random,
                                      const std::string& vfs = {});
// The code from the recovery sheet sets a new passphrase; what is sealed stays as it is, and the
// code goes on opening. Errors: locked when it is another vault's code.
Status recover_profile(FileSystem& files, const ProfileInfo& profile, const RecoveryCode& code,
                       ByteView passphrase, ArgonCost cost, const Clock& clock, Random& random);
// For simulations: a vault that opens by this key, on the disk of that name.
Result<CreatedProfile> create_profile_raw(FileSystem& files, const Path& home,
                                          std::string_view name, Secret key, Random& random,
                                          const std::string& vfs = {});
// Writes a closed copy of a profile's vault as a backup file; bytes written. Engine::backup makes
// the copy.
Result<std::uint64_t> write_backup(FileSystem& files, const ProfileInfo& profile,
                                   const Path& vault_copy, const Path& to);
// A sealed copy made by Engine::backup becomes a profile again; its next unlock mints a new
// incarnation.
Result<ProfileInfo> restore_profile(FileSystem& files, const Path& home, const Path& backup);

}  // namespace rukun
