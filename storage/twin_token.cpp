#include "storage/twin_token.h"

#include "sync/wire.h"

namespace rukun {

namespace {

constexpr Label kTokenLabel("rukun/token/1");
constexpr std::size_t kMostTokenBytes = 4096;
constexpr ByteView kItemKey;  // there is one item of this class

using Nonce = Id<struct TokenNonceTag, 16>;

struct Token {
  Incarnation incarnation;
  Nonce nonce;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(incarnation, nonce);
  }
};

struct Mark {
  std::uint64_t inode = 0;
  std::int64_t birth_ms = 0;
  bool known = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(inode, birth_ms, known);
  }
};

// What the vault remembers. Both nonces count, since the power may go between the two writes; the
// mark of the token's file belongs to the newer one and is unknown until that file was written.
struct Memory {
  Incarnation incarnation;
  Nonce older;
  Nonce newer;
  Mark vault_file;
  Mark older_token;
  Mark newer_token;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(incarnation, older, newer, vault_file, older_token, newer_token);
  }
};

Mark mark_of(FileSystem& files, const std::filesystem::path& path) {
  const auto identity = files.file_identity(path);
  if (!identity) return {};
  return {identity->inode, identity->birth_ms, true};
}

// A copy is born later. Where the file system keeps no births, the inode has to tell; it is not
// asked otherwise, since FAT numbers its files anew at every mount.
bool another_file(const Mark& before, const Mark& now) {
  if (!before.known || !now.known) return false;
  if (before.birth_ms != 0 && now.birth_ms != 0) return before.birth_ms != now.birth_ms;
  return before.inode != now.inode;
}

class TwinCheck {
 public:
  TwinCheck(Vault& vault, FileSystem& files, const std::filesystem::path& state_directory,
            Random& random)
      : vault_(vault),
        files_(files),
        state_directory_(state_directory),
        path_(token_file(vault.id(), state_directory)),
        random_(random),
        key_(vault.subkey(kTokenLabel)) {}

  Result<TokenCheck> run(bool asked) {
    TRY(const auto held, vault_.get(ItemClass::incarnation, kItemKey));
    if (held) {
      TRY(memory_, decode<Memory>(*held, "the incarnation in the vault", kMostTokenBytes));
    }
    auto reason = asked ? TwinReason::asked : TwinReason::first_unlock;
    if (!asked && held) {
      TRY(reason, judge());
    }
    return renew(reason);
  }

 private:
  Result<TwinReason> judge() {
    auto sealed = files_.read_file(path_, kMostTokenBytes);
    // A device that fails says nothing about twins; the token could not be renewed either.
    if (!sealed && sealed.error().code == Code::io)
      return tl::make_unexpected(std::move(sealed).error());
    if (!sealed)
      return sealed.error().code == Code::not_found ? TwinReason::token_missing
                                                    : TwinReason::token_unreadable;
    const auto plain = open_sealed(key_.view(), *sealed, vault_.id());
    if (!plain) return TwinReason::token_unreadable;
    const auto token = decode<Token>(*plain, "the token", kMostTokenBytes);
    if (!token) return TwinReason::token_unreadable;
    const bool newer = token->nonce == memory_.newer;
    if (token->incarnation != memory_.incarnation || (!newer && token->nonce != memory_.older))
      return TwinReason::token_differs;
    const auto& token_mark = newer ? memory_.newer_token : memory_.older_token;
    if (another_file(memory_.vault_file, mark_of(files_, vault_.file())) ||
        another_file(token_mark, mark_of(files_, path_)))
      return TwinReason::file_replaced;
    found_newer_ = newer;
    return TwinReason::none;
  }

  // Vault, token, vault again: after a power cut anywhere between, the token names one of the two
  // nonces in the vault.
  Result<TokenCheck> renew(TwinReason reason) {
    const bool minted = reason != TwinReason::none;
    if (minted) {
      memory_ = {};
      memory_.incarnation = random_.draw<Incarnation>();
      memory_.older = random_.draw<Nonce>();
    } else if (found_newer_) {
      memory_.older = memory_.newer;
      memory_.older_token = memory_.newer_token;
    }
    memory_.newer = random_.draw<Nonce>();
    memory_.newer_token = {};
    memory_.vault_file = mark_of(files_, vault_.file());
    TRY_VOID(remember());
    TRY_VOID(files_.make_dirs(state_directory_));
    const auto plain = encode(Token{memory_.incarnation, memory_.newer});
    TRY_VOID(files_.write_durable(path_, seal(key_.view(), plain, vault_.id(), random_)));
    memory_.newer_token = mark_of(files_, path_);
    TRY_VOID(remember());
    return TokenCheck{memory_.incarnation, minted, reason};
  }

  Status remember() {
    return vault_.put(ItemClass::incarnation, kItemKey, encode(memory_), random_);
  }

  Vault& vault_;
  FileSystem& files_;
  std::filesystem::path state_directory_;
  std::filesystem::path path_;
  Random& random_;
  Secret key_;
  Memory memory_;
  bool found_newer_ = false;
};

}  // namespace

const char* name_of(TwinReason reason) {
  switch (reason) {
    case TwinReason::none: return "none";
    case TwinReason::first_unlock: return "first_unlock";
    case TwinReason::token_missing: return "token_missing";
    case TwinReason::token_unreadable: return "token_unreadable";
    case TwinReason::token_differs: return "token_differs";
    case TwinReason::file_replaced: return "file_replaced";
    case TwinReason::asked: return "asked";
  }
  return "";
}

std::filesystem::path token_file(const VaultId& vault,
                                 const std::filesystem::path& state_directory) {
  return state_directory / (vault.hex() + ".token");
}

Result<TokenCheck> check_token(Vault& vault, FileSystem& files,
                               const std::filesystem::path& state_directory, Random& random) {
  return TwinCheck(vault, files, state_directory, random).run(false);
}

Result<TokenCheck> mint_incarnation(Vault& vault, FileSystem& files,
                                    const std::filesystem::path& state_directory, Random& random) {
  return TwinCheck(vault, files, state_directory, random).run(true);
}

}  // namespace rukun
