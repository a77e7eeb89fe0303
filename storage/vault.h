#pragma once
// One sealed file that holds all that a profile keeps: the log store's tables and small items. A
// random key seals everything (XChaCha20-Poly1305 under subkeys); key slots wrap that key. Names of
// items appear on disk only as keyed hashes. What a put() returned ok for survives a power cut,
// unless a batch is open, which decides together. Errors: locked (wrong passphrase), busy (open in
// another program), not_found, foreign, unsupported (newer), damaged, full, io. One thread.

#include <functional>
#include <optional>

#include "platform/files.h"
#include "storage/key_slots.h"
#include "storage/sqlite.h"

namespace rukun {

// What an item is. The numbers are part of the format. Each has a namespace of keys of its own.
enum class ItemClass : std::uint8_t {
  incarnation = 1,  // twin_token.h
  identity = 2,     // the signing and box keys of this member
  epoch_key = 3,
  space = 4,     // what is kept about a space: name, root, record-id secret
  envelope = 5,  // key envelopes, as they arrived
  frontier = 6,  // the latest signed frontier of each member
  invitation = 7,
  setting = 8,  // local_store.h, from here on
  draft = 9,
  access = 10,
  view = 11,     // not written any more
  image = 12,    // of the projection, in pieces
  waiting = 13,  // received and not yet placed
  issued = 14,   // what proves an invitation that was made here
  erased = 15,   // space and record whose bytes were dropped here
};

struct VaultPlace {
  std::filesystem::path directory;  // holds vault.db and vault.lock; made when missing
  std::string vfs;                  // empty: the system's own
  bool lock = true;                 // false only where no other program can be: simulated disks
};

class Vault {
 public:
  // Makes a vault, where there is none yet (otherwise not_allowed).
  static Result<Vault> create(const VaultPlace& place, FileSystem& files, ByteView passphrase,
                              const RecoveryCode& code, ArgonCost cost, Random& random);
  static Result<Vault> open(const VaultPlace& place, FileSystem& files, ByteView passphrase);
  static Result<Vault> open(const VaultPlace& place, FileSystem& files, const RecoveryCode& code);
  // Without any slot: for simulations and tests.
  static Result<Vault> create_raw(const VaultPlace& place, FileSystem& files, Secret key,
                                  Random& random);
  static Result<Vault> open_raw(const VaultPlace& place, FileSystem& files, Secret key);

  static std::filesystem::path file_in(const std::filesystem::path& directory);

  const VaultId& id() const { return head_.vault; }
  const std::filesystem::path& file() const { return file_; }

  // locked unless it is the passphrase; runs Argon2id once. For reopening a running session.
  Status check_passphrase(ByteView passphrase) const;
  // Rewrites one slot; what is sealed stays as it is.
  Status change_passphrase(ByteView passphrase, ArgonCost cost, Random& random);
  Status change_code(const RecoveryCode& code, Random& random);

  Status put(ItemClass what, ByteView key, ByteView value, Random& random);
  Result<std::optional<Bytes>> get(ItemClass what, ByteView key);
  Result<std::optional<Secret>> get_secret(ItemClass what, ByteView key);
  Status remove(ItemClass what, ByteView key);  // fine when there is none
  // Every item of a class, in no order that means anything. `each` may not write to the vault.
  Status each(ItemClass what, const std::function<Status(ByteView key, Secret value)>& each);

  // A key of its own for another part of the file.
  Secret subkey(const Label& label) const { return derive(key_.view(), label, head_.vault); }
  Db& db() { return *db_; }

 private:
  using Unlock = std::function<Result<Secret>(const VaultHead&)>;
  Vault() = default;
  static Result<Vault> prepare(const VaultPlace& place, FileSystem& files, bool create);
  static Result<Vault> make(const VaultPlace& place, FileSystem& files, VaultHead head, Secret key);
  static Result<Vault> open_with(const VaultPlace& place, FileSystem& files, const Unlock& unlock);
  Status unlocked_by(Secret key);
  Status write_head(const VaultHead& head);
  Status replace_slot(SlotKind kind, KeySlot slot);
  Id<struct ItemKeyTag, 16> hashed(ItemClass what, ByteView key) const;

  std::filesystem::path file_;
  std::optional<LockFile> lock_;  // let go of after the database is closed
  std::unique_ptr<Db> db_;        // stays where it is when the vault moves
  VaultHead head_;
  Secret key_, item_key_, name_key_;
  Stmt put_, get_, remove_;
};

}  // namespace rukun
