#include "sync/crypto_noise.h"

#include <sodium.h>

#include "platform/base/check.h"

namespace rukun {

namespace {
using Nonce = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

Nonce nonce_of(std::uint64_t number) {
  Nonce nonce{};
  for (std::size_t i = 0; i < 8; ++i)
    nonce[4 + i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xff);
  return nonce;
}
}  // namespace

BoxKey x25519_public(ByteView secret32) {
  CHECK_BUG(secret32.size() == crypto_scalarmult_SCALARBYTES);
  BoxKey key;
  crypto_scalarmult_base(key.bytes.data(), secret32.data());
  return key;
}

bool x25519(std::span<std::uint8_t, kDhBytes> out, ByteView secret32, const BoxKey& theirs) {
  CHECK_BUG(secret32.size() == crypto_scalarmult_SCALARBYTES);
  return crypto_scalarmult(out.data(), secret32.data(), theirs.bytes.data()) == 0;
}

void sha512(std::span<std::uint8_t, kSha512Bytes> out, Pieces pieces) {
  crypto_hash_sha512_state state;
  crypto_hash_sha512_init(&state);
  for (const auto piece : pieces) crypto_hash_sha512_update(&state, piece.data(), piece.size());
  crypto_hash_sha512_final(&state, out.data());
}

void hmac_sha512(std::span<std::uint8_t, kSha512Bytes> out, ByteView key, Pieces pieces) {
  crypto_auth_hmacsha512_state state;
  crypto_auth_hmacsha512_init(&state, key.data(), key.size());
  for (const auto piece : pieces) crypto_auth_hmacsha512_update(&state, piece.data(), piece.size());
  crypto_auth_hmacsha512_final(&state, out.data());
  sodium_memzero(&state, sizeof state);
}

void chachapoly_seal(std::span<std::uint8_t> out, ByteView key32, std::uint64_t nonce,
                     ByteView associated, ByteView plain) {
  CHECK_BUG(key32.size() == crypto_aead_chacha20poly1305_ietf_KEYBYTES);
  CHECK_BUG(out.size() == plain.size() + kPolyTag);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(),
                                            associated.data(), associated.size(), nullptr,
                                            nonce_of(nonce).data(), key32.data());
}

bool chachapoly_open(std::span<std::uint8_t> out, ByteView key32, std::uint64_t nonce,
                     ByteView associated, ByteView sealed) {
  CHECK_BUG(key32.size() == crypto_aead_chacha20poly1305_ietf_KEYBYTES);
  CHECK_BUG(sealed.size() >= kPolyTag && out.size() == sealed.size() - kPolyTag);
  return crypto_aead_chacha20poly1305_ietf_decrypt(
             out.data(), nullptr, nullptr, sealed.data(), sealed.size(), associated.data(),
             associated.size(), nonce_of(nonce).data(), key32.data()) == 0;
}

}  // namespace rukun
