#pragma once
// The one door to libsodium for the core: hashes, signatures, sealed boxes, authenticated
// encryption, key derivation, and memory for secrets. Every hash is BLAKE2b under a personalisation
// of its own, so no two uses can be confused. Pure: randomness is passed in. Any thread, after
// crypto_ready().

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "platform/base/bytes.h"
#include "platform/base/random.h"
#include "platform/base/result.h"
#include "sync/ids.h"

namespace rukun {

// Once, before anything else here. False when libsodium cannot start.
bool crypto_ready();

// Locked (where the system allows) and wiped memory of a fixed size. Moves, never copies by
// accident.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size);
  static Secret copy_of(ByteView bytes);
  static Secret drawn(std::size_t size, Random& random);
  Secret(Secret&&) noexcept = default;
  Secret& operator=(Secret&&) noexcept = default;
  Secret clone() const { return copy_of(view()); }
  std::span<std::uint8_t> span() { return {bytes_.get(), size_}; }
  ByteView view() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  struct Free {
    void operator()(std::uint8_t* bytes) const;
  };
  std::unique_ptr<std::uint8_t[], Free> bytes_;
  std::size_t size_ = 0;
};

void wipe(std::span<std::uint8_t> bytes);
bool equal_secret(ByteView a, ByteView b);  // in constant time for equal sizes

// A personalisation: at most 16 characters.
struct Label {
  std::array<std::uint8_t, 16> bytes{};
  constexpr explicit Label(std::string_view text) {
    for (std::size_t i = 0; i < text.size() && i < 16; ++i)
      bytes[i] = static_cast<std::uint8_t>(text[i]);
  }
};

// BLAKE2b of `in` (RFC 7693) with out.size() in 16..64, personalised; optionally salted (16 bytes)
// or keyed (16..64).
void hash(std::span<std::uint8_t> out, const Label& label, ByteView in);
void hash_salted(std::span<std::uint8_t> out, const Label& label, const Salt& salt, ByteView in);
void hash_keyed(std::span<std::uint8_t> out, const Label& label, ByteView key, ByteView in);

template <class IdType>
IdType hash_to(const Label& label, ByteView in) {
  IdType id;
  hash(id.bytes, label, in);
  return id;
}
template <class IdType>
IdType hash_keyed_to(const Label& label, ByteView key, ByteView in) {
  IdType id;
  hash_keyed(id.bytes, label, key, in);
  return id;
}
Secret derive(ByteView key, const Label& label, ByteView context, std::size_t size = 32);

// Ed25519.
struct SigningPair {
  SigningKey key;
  Secret secret;  // 64 bytes
};
SigningPair signing_pair_from_seed(ByteView seed32);
Signature sign(const SigningPair& pair, ByteView message);
bool verify(const SigningKey& key, ByteView message, const Signature& signature);

// X25519 and sealed boxes in libsodium's crypto_box_seal format (the sender is anonymous; overhead
// 48 bytes), with the ephemeral key drawn from `random` so that a simulation repeats. A key of
// small order is refused as damaged.
struct BoxPair {
  BoxKey key;
  Secret secret;  // 32 bytes
};
BoxPair box_pair_from_seed(ByteView seed32);
Result<Bytes> box_seal(const BoxKey& to, ByteView plain, Random& random);
Result<Secret> box_open(const BoxPair& pair, ByteView sealed);

// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha). sealed = nonce 24 ‖ ciphertext ‖ tag 16.
inline constexpr std::size_t kSealOverhead = 24 + 16;
Bytes seal(ByteView key32, ByteView plain, ByteView associated, Random& random);
void seal_append(Bytes& to, ByteView key32, ByteView plain, ByteView associated, Random& random);
Result<Bytes> open_sealed(ByteView key32, ByteView sealed, ByteView associated);

// Argon2id. Parameters from outside are bounded before use.
struct ArgonCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;
};
inline constexpr ArgonCost kArgonLeast{3, 64 * 1024};
inline constexpr ArgonCost kArgonMost{16, 256 * 1024};
Result<Secret> argon2id(ByteView passphrase, ByteView salt16, ArgonCost cost,
                        std::size_t size = 32);

}  // namespace rukun
