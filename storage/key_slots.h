#pragma once
// How a person gets at the vault key: a slot that a passphrase opens (Argon2id) and one that the
// printed recovery code opens. Each wraps the same random key, so changing the passphrase rewrites
// one slot and nothing else. The bytes are outside the encryption and are read with every bound
// kept. Errors: locked (does not fit), bad_value (a mistyped code), damaged. Pure; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"
#include "sync/crypto.h"

namespace rukun {

using VaultId = Id<struct VaultTag, 16>;

// 25 characters of Crockford's base 32 (125 random bits) and one that finds every single mistyped
// character and every swap of two neighbors.
class RecoveryCode {
 public:
  static RecoveryCode draw(Random& random);
  // Takes either case, spaces and hyphens, and I, L, O for 1, 1, 0. bad_value otherwise.
  static Result<RecoveryCode> parse(std::string_view text);
  std::string text() const;  // "7K2QM-3XW9P-…", to be shown once and written down
  ByteView view() const { return symbols_.view(); }

 private:
  RecoveryCode() : symbols_(25) {}
  Secret symbols_;  // five bits a byte
};

enum class SlotKind : std::uint8_t { passphrase = 1, recovery = 2 };

struct KeySlot {
  std::uint8_t kind = 0;  // of a newer version when it is no SlotKind; kept
  ArgonCost cost;         // of a passphrase
  Salt salt;
  Bytes wrapped;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(kind, cost.passes, cost.memory_kib, salt, wrapped);
  }
};

struct VaultHead {
  VaultId vault;
  std::vector<KeySlot> slots;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(vault, slots);
  }
};

Bytes encode_vault_head(const VaultHead& head);
Result<VaultHead> decode_vault_head(ByteView bytes);

Result<KeySlot> wrap_with_passphrase(const VaultId& vault, ByteView key, ByteView passphrase,
                                     ArgonCost cost, Random& random);
KeySlot wrap_with_code(const VaultId& vault, ByteView key, const RecoveryCode& code,
                       Random& random);
// Runs Argon2id exactly once.
Result<Secret> unwrap_with_passphrase(const VaultHead& head, ByteView passphrase);
Result<Secret> unwrap_with_code(const VaultHead& head, const RecoveryCode& code);

// A cost that takes about goal_ms on this machine, within kArgonLeast and kArgonMost.
Result<ArgonCost> calibrate_argon(const Clock& clock, std::int64_t goal_ms);

}  // namespace rukun
