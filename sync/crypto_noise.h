#pragma once
// The primitives of the Noise protocol on libsodium: X25519, SHA-512, HMAC-SHA512 and
// ChaCha20-Poly1305 (RFC 7748, 6234, 2104, 8439). Apart from crypto.h, since nothing but noise.cpp
// may use them: everything else of this room hashes with labels and seals with long nonces. Callers
// keep what comes out in memory that is wiped. Pure; any thread, after crypto_ready().

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "platform/base/bytes.h"
#include "sync/ids.h"

namespace rukun {

inline constexpr std::size_t kDhBytes = 32;
inline constexpr std::size_t kSha512Bytes = 64;
inline constexpr std::size_t kPolyTag = 16;

BoxKey x25519_public(ByteView secret32);
// False when their key is of small order, so that the result would be the same for every secret.
bool x25519(std::span<std::uint8_t, kDhBytes> out, ByteView secret32, const BoxKey& theirs);

// Of the pieces, joined.
using Pieces = std::initializer_list<ByteView>;
void sha512(std::span<std::uint8_t, kSha512Bytes> out, Pieces pieces);
void hmac_sha512(std::span<std::uint8_t, kSha512Bytes> out, ByteView key, Pieces pieces);

// out.size() = plain.size() + kPolyTag; the nonce is four zero bytes and the number, little endian.
// `out` may begin where `plain` does.
void chachapoly_seal(std::span<std::uint8_t> out, ByteView key32, std::uint64_t nonce,
                     ByteView associated, ByteView plain);
// out.size() = sealed.size() - kPolyTag. False when it does not open; `out` is then zeros.
bool chachapoly_open(std::span<std::uint8_t> out, ByteView key32, std::uint64_t nonce,
                     ByteView associated, ByteView sealed);

}  // namespace rukun
