#include "storage/vault.h"

#include "platform/base/check.h"
#include "storage/vault_schema.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr Label kItemLabel("rukun/item/1");
constexpr Label kNameLabel("rukun/itemname/1");
constexpr std::size_t kKeySize = 32;
constexpr const char* kRestoreHint = "restore the last backup beside this file; do not delete it";

Bytes associated_data(ItemClass what, ByteView hashed) {
  Bytes out{static_cast<std::uint8_t>(what)};
  append(out, hashed);
  return out;
}

// An item is its key and its value sealed together, since only a hash of the key is outside.
struct OpenedItem {
  Bytes plain;
  ByteView key;
  ByteView value;
  OpenedItem() = default;
  OpenedItem(OpenedItem&&) = default;
  OpenedItem& operator=(OpenedItem&&) = default;
  ~OpenedItem() { wipe(plain); }
};

Result<OpenedItem> open_item(const Secret& seal_key, ItemClass what, ByteView hashed,
                             ByteView sealed) {
  OpenedItem item;
  auto plain = open_sealed(seal_key.view(), sealed, associated_data(what, hashed));
  if (!plain) return error(Code::damaged, "an item of the vault is damaged", kRestoreHint);
  item.plain = std::move(*plain);
  Reader in(item.plain);
  item.key = in.blob(item.plain.size());
  item.value = in.raw(in.left());
  TRY_VOID(in.finish("an item of the vault"));
  return item;
}
}  // namespace

std::filesystem::path Vault::file_in(const std::filesystem::path& directory) {
  return directory / "vault.db";
}

Result<Vault> Vault::prepare(const VaultPlace& place, FileSystem& files, bool create) {
  Vault vault;
  vault.file_ = file_in(place.directory);
  if (create) TRY_VOID(files.make_dirs(place.directory));
  if (place.lock) {
    auto lock = LockFile::take(place.directory / "vault.lock");
    if (!lock && lock.error().code == Code::not_found)
      return error(Code::not_found, "there is no vault in " + place.directory.string(),
                   "create one first");
    TRY(vault.lock_, std::move(lock));
  }
  TRY(auto db, Db::open_durable({vault.file_, place.vfs, create}));
  vault.db_ = std::make_unique<Db>(std::move(db));
  return vault;
}

Status Vault::unlocked_by(Secret key) {
  if (key.size() != kKeySize) return error(Code::bad_value, "a vault key has 32 bytes");
  key_ = std::move(key);
  item_key_ = subkey(kItemLabel);
  name_key_ = subkey(kNameLabel);
  TRY(put_, db_->prepare("INSERT INTO item(class, key, value) VALUES(?1, ?2, ?3) "
                         "ON CONFLICT(class, key) DO UPDATE SET value = ?3"));
  TRY(get_, db_->prepare("SELECT value FROM item WHERE class = ?1 AND key = ?2"));
  TRY(remove_, db_->prepare("DELETE FROM item WHERE class = ?1 AND key = ?2"));
  return {};
}

Status Vault::write_head(const VaultHead& head) {
  TRY(auto write, db_->prepare("INSERT OR REPLACE INTO head(one, bytes) VALUES(1, ?1)"));
  const auto bytes = encode_vault_head(head);
  return write.bind(1, ByteView(bytes)).run();
}

Result<Vault> Vault::make(const VaultPlace& place, FileSystem& files, VaultHead head, Secret key) {
  TRY(auto vault, prepare(place, files, true));
  auto there = check_vault_schema(*vault.db_);
  if (there)
    return error(Code::not_allowed, "there is a vault in " + place.directory.string() + " already",
                 "open it, or choose another folder");
  // What was there before is never touched, whatever it is; only an empty file becomes a vault.
  if (there.error().code != Code::not_found) return tl::make_unexpected(std::move(there).error());
  TRY(auto transaction, Transaction::begin(*vault.db_));
  TRY_VOID(make_vault_schema(*vault.db_));
  TRY_VOID(vault.write_head(head));
  TRY_VOID(transaction.commit());
  vault.head_ = std::move(head);
  TRY_VOID(vault.unlocked_by(std::move(key)));
  return vault;
}

Result<Vault> Vault::create(const VaultPlace& place, FileSystem& files, ByteView passphrase,
                            const RecoveryCode& code, ArgonCost cost, Random& random) {
  auto key = Secret::drawn(kKeySize, random);
  VaultHead head;
  head.vault = random.draw<VaultId>();
  TRY(auto slot, wrap_with_passphrase(head.vault, key.view(), passphrase, cost, random));
  head.slots.push_back(std::move(slot));
  head.slots.push_back(wrap_with_code(head.vault, key.view(), code, random));
  return make(place, files, std::move(head), std::move(key));
}

Result<Vault> Vault::create_raw(const VaultPlace& place, FileSystem& files, Secret key,
                                Random& random) {
  VaultHead head;
  head.vault = random.draw<VaultId>();
  return make(place, files, std::move(head), std::move(key));
}

Result<Vault> Vault::open_with(const VaultPlace& place, FileSystem& files, const Unlock& unlock) {
  TRY(auto vault, prepare(place, files, false));
  TRY_VOID(check_vault_schema(*vault.db_));
  TRY(auto read, vault.db_->prepare("SELECT bytes FROM head"));
  TRY(const bool row, read.step());
  if (!row) return error(Code::damaged, "the vault has no head", kRestoreHint);
  TRY(vault.head_, decode_vault_head(read.blob(0)));
  read.reset();
  TRY(auto key, unlock(vault.head_));
  TRY_VOID(vault.unlocked_by(std::move(key)));
  return vault;
}

Result<Vault> Vault::open(const VaultPlace& place, FileSystem& files, ByteView passphrase) {
  return open_with(place, files,
                   [&](const VaultHead& head) { return unwrap_with_passphrase(head, passphrase); });
}

Result<Vault> Vault::open(const VaultPlace& place, FileSystem& files, const RecoveryCode& code) {
  return open_with(place, files,
                   [&](const VaultHead& head) { return unwrap_with_code(head, code); });
}

Result<Vault> Vault::open_raw(const VaultPlace& place, FileSystem& files, Secret key) {
  return open_with(place, files, [&](const VaultHead&) -> Result<Secret> { return key.clone(); });
}

Status Vault::check_passphrase(ByteView passphrase) const {
  TRY(const auto key, unwrap_with_passphrase(head_, passphrase));
  if (!equal_secret(key.view(), key_.view()))
    return error(Code::damaged, "the head of the vault wraps another key", kRestoreHint);
  return {};
}

Status Vault::replace_slot(SlotKind kind, KeySlot slot) {
  auto head = head_;
  std::erase_if(head.slots,
                [&](const KeySlot& old) { return old.kind == static_cast<std::uint8_t>(kind); });
  head.slots.push_back(std::move(slot));
  TRY_VOID(write_head(head));
  head_ = std::move(head);
  return {};
}

Status Vault::change_passphrase(ByteView passphrase, ArgonCost cost, Random& random) {
  TRY(auto slot, wrap_with_passphrase(head_.vault, key_.view(), passphrase, cost, random));
  return replace_slot(SlotKind::passphrase, std::move(slot));
}

Status Vault::change_code(const RecoveryCode& code, Random& random) {
  return replace_slot(SlotKind::recovery, wrap_with_code(head_.vault, key_.view(), code, random));
}

Id<struct ItemKeyTag, 16> Vault::hashed(ItemClass what, ByteView key) const {
  Bytes in{static_cast<std::uint8_t>(what)};
  append(in, key);
  return hash_keyed_to<Id<struct ItemKeyTag, 16>>(kNameLabel, name_key_.view(), in);
}

Status Vault::put(ItemClass what, ByteView key, ByteView value, Random& random) {
  const auto name = hashed(what, key);
  Writer plain;
  plain.out.reserve(key.size() + value.size() + 10);
  plain.blob(key);
  plain.raw(value);
  const auto sealed = seal(item_key_.view(), plain.out, associated_data(what, name), random);
  wipe(plain.out);
  return put_.bind(1, static_cast<std::int64_t>(what))
      .bind(2, ByteView(name))
      .bind(3, ByteView(sealed))
      .run();
}

Result<std::optional<Secret>> Vault::get_secret(ItemClass what, ByteView key) {
  const auto name = hashed(what, key);
  get_.bind(1, static_cast<std::int64_t>(what)).bind(2, ByteView(name));
  TRY(const bool row, get_.step());
  if (!row) return std::optional<Secret>();
  auto item = open_item(item_key_, what, name, get_.blob(0));
  get_.reset();
  if (!item) return tl::make_unexpected(std::move(item).error());
  return std::optional<Secret>(Secret::copy_of(item->value));
}

Result<std::optional<Bytes>> Vault::get(ItemClass what, ByteView key) {
  const auto name = hashed(what, key);
  get_.bind(1, static_cast<std::int64_t>(what)).bind(2, ByteView(name));
  TRY(const bool row, get_.step());
  if (!row) return std::optional<Bytes>();
  auto item = open_item(item_key_, what, name, get_.blob(0));
  get_.reset();
  if (!item) return tl::make_unexpected(std::move(item).error());
  return std::optional<Bytes>(Bytes(item->value.begin(), item->value.end()));
}

Status Vault::remove(ItemClass what, ByteView key) {
  const auto name = hashed(what, key);
  return remove_.bind(1, static_cast<std::int64_t>(what)).bind(2, ByteView(name)).run();
}

Status Vault::each(ItemClass what, const std::function<Status(ByteView key, Secret value)>& each) {
  // A statement of its own: `each` may well read other items.
  TRY(auto list, db_->prepare("SELECT key, value FROM item WHERE class = ?1"));
  list.bind(1, static_cast<std::int64_t>(what));
  while (true) {
    TRY(const bool row, list.step());
    if (!row) return {};
    TRY(const auto item, open_item(item_key_, what, list.blob(0), list.blob(1)));
    TRY_VOID(each(item.key, Secret::copy_of(item.value)));
  }
}

}  // namespace rukun
