#include "sync/crypto.h"

#include <sodium.h>

#include "platform/base/check.h"

namespace rukun {

bool crypto_ready() { return sodium_init() >= 0; }

void Secret::Free::operator()(std::uint8_t* bytes) const { sodium_free(bytes); }

Secret::Secret(std::size_t size)
    : bytes_(static_cast<std::uint8_t*>(sodium_malloc(size))), size_(size) {
  CHECK_BUG(bytes_ != nullptr);
}

Secret Secret::copy_of(ByteView bytes) {
  Secret out(bytes.size());
  std::copy(bytes.begin(), bytes.end(), out.bytes_.get());
  return out;
}

Secret Secret::drawn(std::size_t size, Random& random) {
  Secret out(size);
  random.fill(out.span());
  return out;
}

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

bool equal_secret(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

namespace {
constexpr std::array<std::uint8_t, 16> kNoSalt{};

void blake2b(std::span<std::uint8_t> out, const Label& label, const std::uint8_t* salt,
             ByteView key, ByteView in) {
  const int failed = crypto_generichash_blake2b_salt_personal(
      out.data(), out.size(), in.data(), in.size(), key.empty() ? nullptr : key.data(), key.size(),
      salt, label.bytes.data());
  CHECK_BUG(failed == 0);
}
}  // namespace

void hash(std::span<std::uint8_t> out, const Label& label, ByteView in) {
  blake2b(out, label, kNoSalt.data(), {}, in);
}

void hash_salted(std::span<std::uint8_t> out, const Label& label, const Salt& salt, ByteView in) {
  blake2b(out, label, salt.bytes.data(), {}, in);
}

void hash_keyed(std::span<std::uint8_t> out, const Label& label, ByteView key, ByteView in) {
  blake2b(out, label, kNoSalt.data(), key, in);
}

Secret derive(ByteView key, const Label& label, ByteView context, std::size_t size) {
  Secret out(size);
  hash_keyed(out.span(), label, key, context);
  return out;
}

SigningPair signing_pair_from_seed(ByteView seed32) {
  CHECK_BUG(seed32.size() == crypto_sign_SEEDBYTES);
  SigningPair pair{{}, Secret(crypto_sign_SECRETKEYBYTES)};
  crypto_sign_seed_keypair(pair.key.bytes.data(), pair.secret.span().data(), seed32.data());
  return pair;
}

Signature sign(const SigningPair& pair, ByteView message) {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                       pair.secret.view().data());
  return signature;
}

bool verify(const SigningKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     key.bytes.data()) == 0;
}

BoxPair box_pair_from_seed(ByteView seed32) {
  CHECK_BUG(seed32.size() == crypto_box_SEEDBYTES);
  BoxPair pair{{}, Secret(crypto_box_SECRETKEYBYTES)};
  crypto_box_seed_keypair(pair.key.bytes.data(), pair.secret.span().data(), seed32.data());
  return pair;
}

Result<Bytes> box_seal(const BoxKey& to, ByteView plain, Random& random) {
  const auto ephemeral = box_pair_from_seed(Secret::drawn(crypto_box_SEEDBYTES, random).view());
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
  Bytes keys(ephemeral.key.bytes.begin(), ephemeral.key.bytes.end());
  append(keys, to);
  crypto_generichash(nonce.data(), nonce.size(), keys.data(), keys.size(), nullptr, 0);
  Bytes out(plain.size() + crypto_box_SEALBYTES);
  std::copy(ephemeral.key.bytes.begin(), ephemeral.key.bytes.end(), out.begin());
  if (crypto_box_easy(out.data() + BoxKey::kSize, plain.data(), plain.size(), nonce.data(),
                      to.bytes.data(), ephemeral.secret.view().data()) != 0)
    return error(Code::damaged, "a member's box key is not a usable X25519 key");
  return out;
}

Result<Secret> box_open(const BoxPair& pair, ByteView sealed) {
  if (sealed.size() <= crypto_box_SEALBYTES)
    return error(Code::damaged, "a sealed box is too short");
  Secret out(sealed.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(out.span().data(), sealed.data(), sealed.size(), pair.key.bytes.data(),
                           pair.secret.view().data()) != 0)
    return error(Code::foreign, "a sealed box is for somebody else, or damaged");
  return out;
}

void seal_append(Bytes& to, ByteView key32, ByteView plain, ByteView associated, Random& random) {
  CHECK_BUG(key32.size() == 32);
  const std::size_t start = to.size();
  to.resize(start + plain.size() + kSealOverhead);
  std::uint8_t* nonce = to.data() + start;
  random.fill({nonce, 24});
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + 24, nullptr, plain.data(), plain.size(),
                                             associated.data(), associated.size(), nullptr, nonce,
                                             key32.data());
}

Bytes seal(ByteView key32, ByteView plain, ByteView associated, Random& random) {
  Bytes out;
  seal_append(out, key32, plain, associated, random);
  return out;
}

Result<Bytes> open_sealed(ByteView key32, ByteView sealed, ByteView associated) {
  CHECK_BUG(key32.size() == 32);
  if (sealed.size() < kSealOverhead) return error(Code::damaged, "sealed bytes are too short");
  Bytes out(sealed.size() - kSealOverhead);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          out.data(), nullptr, nullptr, sealed.data() + 24, sealed.size() - 24, associated.data(),
          associated.size(), sealed.data(), key32.data()) != 0)
    return error(Code::damaged, "sealed bytes do not open: damaged, or sealed with another key");
  return out;
}

Result<Secret> argon2id(ByteView passphrase, ByteView salt16, ArgonCost cost, std::size_t size) {
  CHECK_BUG(salt16.size() == crypto_pwhash_SALTBYTES);
  if (cost.passes < kArgonLeast.passes || cost.passes > kArgonMost.passes ||
      cost.memory_kib < kArgonLeast.memory_kib || cost.memory_kib > kArgonMost.memory_kib)
    return error(Code::damaged, "the cost of unlocking is outside the allowed bounds",
                 "the file is damaged or was made to exhaust this computer");
  Secret out(size);
  if (crypto_pwhash(out.span().data(), size, reinterpret_cast<const char*>(passphrase.data()),
                    passphrase.size(), salt16.data(), cost.passes,
                    static_cast<std::size_t>(cost.memory_kib) * 1024,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    return error(Code::full, "there is not enough memory to unlock",
                 "close other programs, then try again");
  return out;
}

}  // namespace rukun
