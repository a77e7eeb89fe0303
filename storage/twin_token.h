#pragma once
// Finds out that this vault may have a twin: a copied home, a cloned disk, a restored backup. A
// token outside the vault, in the state directory and named by the vault's id, holds the
// incarnation and a nonce that is renewed in both at every unlock. When the two disagree, a new
// incarnation is minted, so that the twins write different logs instead of forking one. A loss of
// the token costs a new log and nothing else. Errors: full, io, and those of the vault. One thread.

#include "storage/vault.h"
#include "sync/ids.h"

namespace rukun {

enum class TwinReason : std::uint8_t {
  none,          // the same as at the last unlock
  first_unlock,  // there was no incarnation yet
  token_missing,
  token_unreadable,
  token_differs,  // of another time: vault or token was put back
  file_replaced,  // the same content in another file: copied
  asked,          // mint()
};
const char* name_of(TwinReason reason);

struct TokenCheck {
  Incarnation incarnation;
  bool minted = false;
  TwinReason reason = TwinReason::none;
};

// At every unlock, once, before anything is said. Durable when it returns.
Result<TokenCheck> check_token(Vault& vault, FileSystem& files,
                               const std::filesystem::path& state_directory, Random& random);
// A new incarnation without being in doubt: after a restore, or when a peer shows that this laptop
// was rolled back.
Result<TokenCheck> mint_incarnation(Vault& vault, FileSystem& files,
                                    const std::filesystem::path& state_directory, Random& random);

std::filesystem::path token_file(const VaultId& vault,
                                 const std::filesystem::path& state_directory);

}  // namespace rukun
