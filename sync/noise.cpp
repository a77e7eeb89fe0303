#include "sync/noise.h"

#include <algorithm>
#include <limits>

#include "platform/base/check.h"

namespace rukun {

namespace {
constexpr std::uint64_t kReservedNonce = std::numeric_limits<std::uint64_t>::max();
using T = NoiseToken;

// Wiped when it goes: short-lived key material, where guarded memory would cost a system call.
template <std::size_t N>
struct Passing {
  std::array<std::uint8_t, N> bytes{};
  Passing() = default;
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  ~Passing() { wipe(bytes); }
  ByteView first(std::size_t size) const { return ByteView(bytes).first(size); }
};
using Digest = Passing<kSha512Bytes>;

// Noise's HKDF; the third output only when asked for.
void hkdf(ByteView chaining, ByteView material, Digest& one, Digest& two, Digest* three) {
  static constexpr std::uint8_t kOne[] = {1}, kTwo[] = {2}, kThree[] = {3};
  Digest temporary;
  hmac_sha512(temporary.bytes, chaining, {material});
  hmac_sha512(one.bytes, temporary.bytes, {kOne});
  hmac_sha512(two.bytes, temporary.bytes, {one.bytes, kTwo});
  if (three != nullptr) hmac_sha512(three->bytes, temporary.bytes, {two.bytes, kThree});
}

tl::unexpected<Error> does_not_open() {
  return error(Code::damaged, "a message of the link does not open: altered, or another key");
}
}  // namespace

NoisePattern noise_xx() {
  return {"XX", {}, {}, {{T::e}, {T::e, T::ee, T::s, T::es}, {T::s, T::se}}};
}
NoisePattern noise_nn() { return {"NN", {}, {}, {{T::e}, {T::e, T::ee}}}; }
NoisePattern noise_kn() { return {"KN", {T::s}, {}, {{T::e}, {T::e, T::ee, T::se}}}; }
NoisePattern noise_kk() {
  return {"KK", {T::s}, {T::s}, {{T::e, T::es, T::ss}, {T::e, T::ee, T::se}}};
}

NoisePattern with_psk(NoisePattern pattern, std::size_t place) {
  CHECK_BUG(place <= pattern.messages.size());
  pattern.name += "psk" + std::to_string(place);
  if (place == 0)
    pattern.messages[0].insert(pattern.messages[0].begin(), T::psk);
  else
    pattern.messages[place - 1].push_back(T::psk);
  return pattern;
}

void NoiseCipher::set_key(ByteView key32) {
  CHECK_BUG(key32.size() == 32);
  if (key_.empty()) key_ = Secret(32);
  std::copy(key32.begin(), key32.end(), key_.span().begin());
  keyed_ = true;
  nonce_ = 0;
}

Status NoiseCipher::seal(Bytes& to, ByteView associated, ByteView plain) {
  if (!has_key()) {
    append(to, plain);
    return {};
  }
  if (nonce_ == kReservedNonce) return error(Code::full, "the link has used up its numbers");
  const std::size_t start = to.size();
  to.resize(start + plain.size() + kPolyTag);
  chachapoly_seal(std::span(to).subspan(start), key_.view(), nonce_, associated, plain);
  ++nonce_;
  return {};
}

Status NoiseCipher::open(Bytes& to, ByteView associated, ByteView sealed) {
  if (!has_key()) {
    append(to, sealed);
    return {};
  }
  if (nonce_ == kReservedNonce) return error(Code::full, "the link has used up its numbers");
  if (sealed.size() < kPolyTag) return does_not_open();
  const std::size_t start = to.size();
  to.resize(start + sealed.size() - kPolyTag);
  if (!chachapoly_open(std::span(to).subspan(start), key_.view(), nonce_, associated, sealed)) {
    to.resize(start);
    return does_not_open();  // the number is not used up, as the specification says
  }
  ++nonce_;
  return {};
}

void NoiseCipher::rekey() {
  CHECK_BUG(has_key());
  const std::array<std::uint8_t, 32> zeros{};
  Passing<32 + kPolyTag> fresh;
  chachapoly_seal(fresh.bytes, key_.view(), kReservedNonce, {}, zeros);
  std::copy_n(fresh.bytes.begin(), 32, key_.span().begin());
}

Handshake::Handshake(NoisePattern pattern, NoiseRole role, ByteView prologue, NoiseKeys keys,
                     Random& random)
    : pattern_(std::move(pattern)),
      role_(role),
      prologue_(prologue.begin(), prologue.end()),
      keys_(std::move(keys)),
      random_(&random) {
  for (const auto& message : pattern_.messages)
    with_psk_ |= std::find(message.begin(), message.end(), T::psk) != message.end();
  start();
}

void Handshake::start() {
  next_ = 0;
  dead_ = false;
  their_static_ = keys_.theirs;
  their_ephemeral_.reset();
  ephemeral_ = {};
  cipher_.forget_key();
  const std::string name = "Noise_" + pattern_.name + "_25519_ChaChaPoly_SHA512";
  hash_ = {};
  if (name.size() <= hash_.size())
    std::copy(name.begin(), name.end(), hash_.begin());
  else
    sha512(hash_, {view(name)});
  std::copy(hash_.begin(), hash_.end(), chaining_.span().begin());
  mix_hash(prologue_);
  const bool first = role_ == NoiseRole::initiator;
  const auto mix_known = [&](const std::vector<T>& tokens, bool mine) {
    for (const auto token : tokens) {
      CHECK_BUG(token == T::s && (mine ? keys_.own != nullptr : their_static_.has_value()));
      mix_hash(mine ? keys_.own->key : *their_static_);
    }
  };
  mix_known(pattern_.known_of_initiator, first);
  mix_known(pattern_.known_of_responder, !first);
}

void Handshake::restart(ByteView psk32) {
  CHECK_BUG(psk32.size() == 32);
  if (keys_.psk.size() != 32) keys_.psk = Secret(32);
  std::copy(psk32.begin(), psk32.end(), keys_.psk.span().begin());
  start();
}

bool Handshake::my_turn() const {
  return !dead_ && !finished() && (next_ % 2 == 0) == (role_ == NoiseRole::initiator);
}

void Handshake::mix_hash(ByteView bytes) {
  const auto before = hash_;
  sha512(hash_, {before, bytes});
}

void Handshake::mix_key(ByteView material) {
  Digest one, two;
  hkdf(chaining_.view(), material, one, two, nullptr);
  std::copy(one.bytes.begin(), one.bytes.end(), chaining_.span().begin());
  cipher_.set_key(two.first(32));
}

void Handshake::mix_key_and_hash(ByteView material) {
  Digest one, two, three;
  hkdf(chaining_.view(), material, one, two, &three);
  std::copy(one.bytes.begin(), one.bytes.end(), chaining_.span().begin());
  mix_hash(two.bytes);
  cipher_.set_key(three.first(32));
}

Status Handshake::mix_dh(const BoxPair* mine, const std::optional<BoxKey>& theirs) {
  CHECK_BUG(mine != nullptr && !mine->secret.empty() && theirs);
  Passing<kDhBytes> shared;
  if (!x25519(shared.bytes, mine->secret.view(), *theirs))
    return error(Code::damaged, "the other side of the link sent a key of small order");
  mix_key(shared.bytes);
  return {};
}

Status Handshake::mix_agreement(NoiseToken token) {
  // In "es" the initiator's ephemeral meets the responder's static key.
  const bool first = role_ == NoiseRole::initiator;
  const bool my_static = token == T::ss || (token == T::se) == first;
  const bool their_static = token == T::ss || (token == T::es) == first;
  if (token == T::ee) return mix_dh(&ephemeral_, their_ephemeral_);
  return mix_dh(my_static ? keys_.own : &ephemeral_,
                their_static ? their_static_ : their_ephemeral_);
}

Status Handshake::seal_and_hash(Bytes& to, ByteView plain) {
  const std::size_t start = to.size();
  TRY_VOID(cipher_.seal(to, hash_, plain));
  mix_hash(ByteView(to).subspan(start));
  return {};
}

Status Handshake::open_and_hash(Bytes& to, ByteView sealed) {
  TRY_VOID(cipher_.open(to, hash_, sealed));
  mix_hash(sealed);
  return {};
}

Status Handshake::write_token(NoiseToken token, Bytes& to) {
  if (token == T::e) {
    ephemeral_.secret = Secret::drawn(kDhBytes, *random_);
    ephemeral_.key = x25519_public(ephemeral_.secret.view());
    append(to, ephemeral_.key);
    mix_hash(ephemeral_.key);
    if (with_psk_) mix_key(ephemeral_.key);
    return {};
  }
  if (token == T::s) {
    CHECK_BUG(keys_.own != nullptr);
    return seal_and_hash(to, keys_.own->key);
  }
  if (token == T::psk) {
    mix_key_and_hash(keys_.psk.view());
    return {};
  }
  return mix_agreement(token);
}

Status Handshake::read_token(NoiseToken token, ByteView& rest) {
  const auto take = [&rest](std::size_t size) -> std::optional<ByteView> {
    if (rest.size() < size) return std::nullopt;
    const auto out = rest.first(size);
    rest = rest.subspan(size);
    return out;
  };
  if (token == T::e) {
    const auto key = take(BoxKey::kSize);
    if (!key) return does_not_open();
    their_ephemeral_ = BoxKey::from(*key);
    mix_hash(*key);
    if (with_psk_) mix_key(*key);
    return {};
  }
  if (token == T::s) {
    const auto sealed = take(BoxKey::kSize + (cipher_.has_key() ? kPolyTag : 0));
    if (!sealed) return does_not_open();
    Bytes key;
    TRY_VOID(open_and_hash(key, *sealed));
    their_static_ = BoxKey::from(key);
    return {};
  }
  if (token == T::psk) {
    mix_key_and_hash(keys_.psk.view());
    return {};
  }
  return mix_agreement(token);
}

Result<Bytes> Handshake::write_all(ByteView payload) {
  Bytes out;
  for (const auto token : pattern_.messages[next_]) TRY_VOID(write_token(token, out));
  TRY_VOID(seal_and_hash(out, payload));
  if (out.size() > kNoiseMessage) return error(Code::full, "a message of the link is too long");
  return out;
}

Result<Bytes> Handshake::read_all(ByteView message) {
  if (message.size() > kNoiseMessage) return does_not_open();
  Bytes payload;
  for (const auto token : pattern_.messages[next_]) TRY_VOID(read_token(token, message));
  TRY_VOID(open_and_hash(payload, message));
  return payload;
}

Result<Bytes> Handshake::write(ByteView payload) {
  if (dead_) return does_not_open();
  CHECK_BUG(my_turn() && (!with_psk_ || keys_.psk.size() == 32));
  auto out = write_all(payload);
  dead_ = !out;
  ++next_;
  return out;
}

Result<Bytes> Handshake::read(ByteView message) {
  if (dead_) return does_not_open();
  CHECK_BUG(!finished() && !my_turn() && (!with_psk_ || keys_.psk.size() == 32));
  auto out = read_all(message);
  dead_ = !out;
  ++next_;
  return out;
}

Handshake::Ciphers Handshake::split() {
  CHECK_BUG(finished());
  Digest one, two;
  hkdf(chaining_.view(), {}, one, two, nullptr);
  wipe(chaining_.span());
  const bool first = role_ == NoiseRole::initiator;
  Ciphers out;
  out.send.set_key((first ? one : two).first(32));
  out.receive.set_key((first ? two : one).first(32));
  return out;
}

}  // namespace rukun
