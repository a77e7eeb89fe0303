#include "app/engine/profiles.h"

#include <algorithm>

#include "app/engine/access_log.h"
#include "storage/vault.h"
#include "sync/limits.h"
#include "sync/txn.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr std::string_view kNameFile = "profile.txt";
constexpr std::size_t kMaxName = 200;
constexpr std::string_view kBackupMagic = "RUKUN-BACKUP1\n";

Path profiles_dir(const Path& home) { return home / "profiles"; }

Status check_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxName || name.find('\n') != std::string_view::npos)
    return error(Code::bad_value, "a name must have 1 to 200 characters on one line",
                 "write --name \"Pak Budi\"");
  return {};
}

Result<ProfileInfo> new_profile(FileSystem& files, const Path& home, std::string_view name,
                                Random& random) {
  TRY_VOID(check_name(name));
  std::array<std::uint8_t, 8> raw{};
  random.fill(raw);
  ProfileInfo profile{to_hex(raw), std::string(name), {}};
  profile.directory = profiles_dir(home) / profile.id;
  TRY_VOID(files.make_dirs(profile.directory));
  return profile;
}

// The name is written last: a folder without one is a profile whose making was cut off, and is not
// listed.
Result<CreatedProfile> fill(FileSystem& files, ProfileInfo profile, Vault vault,
                            std::string recovery, Random& random) {
  const auto signing = Secret::drawn(32, random), box = Secret::drawn(32, random);
  TRY_VOID(vault.put(ItemClass::identity, view("signing"), signing.view(), random));
  TRY_VOID(vault.put(ItemClass::identity, view("box"), box.view(), random));
  TRY_VOID(vault.put(ItemClass::identity, view("name"), view(profile.name), random));
  TRY_VOID(files.write_durable(profile.directory / kNameFile, view(profile.name)));
  const auto member = member_id(signing_pair_from_seed(signing.view()).key);
  return CreatedProfile{std::move(profile), member, std::move(recovery)};
}
}  // namespace

Result<std::vector<ProfileInfo>> list_profiles(FileSystem& files, const Path& home) {
  std::vector<ProfileInfo> out;
  TRY(const bool there, files.exists(profiles_dir(home)));
  if (!there) return out;
  TRY(const auto entries, files.list_dir(profiles_dir(home)));
  for (const auto& entry : entries) {
    const Path directory = profiles_dir(home) / entry.name;
    if (!entry.is_dir) continue;
    auto name = files.read_file(directory / kNameFile, kMaxName);
    if (!name) continue;
    out.push_back({entry.name, std::string(text_of(*name)), directory});
  }
  std::sort(out.begin(), out.end(), [](const ProfileInfo& a, const ProfileInfo& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  return out;
}

Result<ProfileInfo> find_profile(FileSystem& files, const Path& home, std::string_view text) {
  TRY(const auto all, list_profiles(files, home));
  std::vector<ProfileInfo> fit;
  for (const auto& profile : all)
    if (text.empty() || profile.id == text || profile.name == text) fit.push_back(profile);
  if (fit.size() == 1) return fit.front();
  if (fit.size() > 1)
    return error(Code::ambiguous,
                 text.empty() ? "several profiles are in " + home.string()
                              : "several profiles are called " + std::string(text),
                 "choose one with --profile ID; rukunctl profile list shows them");
  if (all.empty())
    return error(Code::not_found, "there is no profile in " + home.string(),
                 "make one: rukunctl init --name \"Pak Budi\"");
  return error(Code::not_found, "there is no profile called " + std::string(text),
               "rukunctl profile list shows them");
}

Result<CreatedProfile> create_profile(FileSystem& files, const Path& home, std::string_view name,
                                      ByteView passphrase, ArgonCost cost, Random& random,
                                      const std::string& vfs) {
  TRY(auto profile, new_profile(files, home, name, random));
  const auto code = RecoveryCode::draw(random);
  TRY(auto vault,
      Vault::create({profile.directory, vfs, vfs.empty()}, files, passphrase, code, cost, random));
  return fill(files, std::move(profile), std::move(vault), code.text(), random);
}

Status recover_profile(FileSystem& files, const ProfileInfo& profile, const RecoveryCode& code,
                       ByteView passphrase, ArgonCost cost, const Clock& clock, Random& random) {
  auto vault = Vault::open({profile.directory, {}, true}, files, code);
  if (!vault && vault.error().code == Code::locked)
    note_failed_unlock(files, profile.directory, clock);
  if (!vault) return tl::make_unexpected(std::move(vault).error());
  TRY_VOID(vault->change_passphrase(passphrase, cost, random));
  LocalStore local(*vault, random);
  return note_access(local, clock, Access::recover, "", 1);
}

Result<CreatedProfile> create_profile_raw(FileSystem& files, const Path& home,
                                          std::string_view name, Secret key, Random& random,
                                          const std::string& vfs) {
  TRY(auto profile, new_profile(files, home, name, random));
  TRY(auto vault,
      Vault::create_raw({profile.directory, vfs, vfs.empty()}, files, std::move(key), random));
  return fill(files, std::move(profile), std::move(vault), {}, random);
}

Result<std::uint64_t> write_backup(FileSystem& files, const ProfileInfo& profile,
                                   const Path& vault_copy, const Path& to) {
  TRY(auto reader, files.open_reader(vault_copy));
  TRY(auto writer, files.open_writer(to, WriteAs::replacement));
  Writer head;
  head.raw(view(kBackupMagic));
  head.blob(view(profile.id));
  head.blob(view(profile.name));
  TRY_VOID(writer->write(head.out));
  std::uint64_t written = head.out.size();
  Bytes buffer(256 * 1024);
  for (;;) {
    TRY(const auto got, reader->read(buffer));
    if (got == 0) break;
    TRY_VOID(writer->write(ByteView(buffer).first(got)));
    written += got;
  }
  TRY_VOID(writer->finish());
  return written;
}

Result<ProfileInfo> restore_profile(FileSystem& files, const Path& home, const Path& backup) {
  TRY(auto reader, files.open_reader(backup));
  Bytes buffer(256 * 1024);
  TRY(auto got, reader->read(buffer));
  Reader head(ByteView(buffer).first(got));
  if (text_of(head.raw(kBackupMagic.size())) != kBackupMagic)
    return error(Code::foreign, backup.string() + " is not a backup of Rukun, at byte 0",
                 "choose a file that rukunctl backup made");
  const std::string id(text_of(head.blob(64))), name(text_of(head.blob(kMaxName)));
  const bool plain_id = id.size() == 16 && from_hex(id).has_value();
  if (!head.ok() || !plain_id || !check_name(name))
    return error(Code::damaged,
                 backup.string() + " is damaged at byte " + std::to_string(head.offset()),
                 "use another copy of the backup");
  ProfileInfo profile{id, name, profiles_dir(home) / id};
  TRY(const bool there, files.exists(Vault::file_in(profile.directory)));
  if (there)
    return error(Code::not_allowed, "the profile " + name + " is in " + home.string() + " already",
                 "restore into another home with --home DIR; nothing was overwritten");
  TRY_VOID(files.make_dirs(profile.directory));
  TRY(auto writer, files.open_writer(Vault::file_in(profile.directory), WriteAs::replacement));
  TRY_VOID(writer->write(ByteView(buffer).subspan(head.offset(), got - head.offset())));
  for (;;) {
    TRY(got, reader->read(buffer));
    if (got == 0) break;
    TRY_VOID(writer->write(ByteView(buffer).first(got)));
  }
  TRY_VOID(writer->finish());
  TRY_VOID(files.write_durable(profile.directory / kNameFile, view(profile.name)));
  return profile;
}

}  // namespace rukun
