#pragma once
// The Noise Protocol Framework, revision 34 (noiseprotocol.org), for 25519_ChaChaPoly_SHA512: any
// interactive pattern as data, with psk modifiers. A Handshake turns message bytes into message
// bytes and ends in two ciphers, one for each direction; it owns no socket. Secrets are in locked,
// wiped memory. After an error the handshake is dead: every later call fails. Errors: damaged (does
// not open, or a key of small order), full (a message too long, or the nonces used up). One thread.

#include <optional>
#include <string>
#include <vector>

#include "sync/crypto.h"
#include "sync/crypto_noise.h"

namespace rukun {

inline constexpr std::size_t kNoiseMessage = 65'535;
inline constexpr std::size_t kNoisePayload = kNoiseMessage - kPolyTag;  // of a transport message

enum class NoiseToken : std::uint8_t { e, s, ee, es, se, ss, psk };

struct NoisePattern {
  std::string name;                               // "XXpsk0"
  std::vector<NoiseToken> known_of_initiator;     // what the responder knows before: nothing, or s
  std::vector<NoiseToken> known_of_responder;     // what the initiator knows before
  std::vector<std::vector<NoiseToken>> messages;  // the initiator's first, then in turns
};
NoisePattern noise_xx();
NoisePattern noise_nn();
NoisePattern noise_kn();
NoisePattern noise_kk();
// psk0 stands at the beginning of the first message, pskN at the end of the Nth.
NoisePattern with_psk(NoisePattern pattern, std::size_t place);

// CipherState: a key and the number of the next message.
class NoiseCipher {
 public:
  bool has_key() const { return keyed_; }
  void forget_key() { keyed_ = false; }  // the memory stays
  void set_key(ByteView key32);
  // The last number is reserved for rekey().
  void set_nonce(std::uint64_t nonce) { nonce_ = nonce; }
  std::uint64_t nonce() const { return nonce_; }
  // Appends; without a key the bytes as they are.
  Status seal(Bytes& to, ByteView associated, ByteView plain);
  Status open(Bytes& to, ByteView associated, ByteView sealed);
  void rekey();

 private:
  Secret key_;
  bool keyed_ = false;
  std::uint64_t nonce_ = 0;
};

enum class NoiseRole : std::uint8_t { initiator, responder };

// What a side brings; what its pattern does not use may be left out.
struct NoiseKeys {
  const BoxPair* own = nullptr;  // static; lives as long as the handshake
  std::optional<BoxKey> theirs;  // static, when the pattern says that it is known
  Secret psk;                    // 32 bytes
};

class Handshake {
 public:
  // `random` gives the ephemeral key: 32 bytes, drawn when it is sent.
  Handshake(NoisePattern pattern, NoiseRole role, ByteView prologue, NoiseKeys keys,
            Random& random);

  bool my_turn() const;
  bool finished() const { return !dead_ && next_ == pattern_.messages.size(); }
  Result<Bytes> write(ByteView payload);
  Result<Bytes> read(ByteView message);  // the payload

  // Begins again with another psk: for a responder who tries a first message against several.
  void restart(ByteView psk32);

  // When finished: for each direction its cipher, taken once; the hash names this handshake and
  // nothing else in the world, and is no secret.
  struct Ciphers {
    NoiseCipher send;
    NoiseCipher receive;
  };
  Ciphers split();
  const std::array<std::uint8_t, kSha512Bytes>& hash() const { return hash_; }
  const std::optional<BoxKey>& their_static() const { return their_static_; }

 private:
  void mix_hash(ByteView bytes);
  void mix_key(ByteView material);
  void mix_key_and_hash(ByteView material);
  Status mix_dh(const BoxPair* mine, const std::optional<BoxKey>& theirs);
  Status mix_agreement(NoiseToken token);
  Status seal_and_hash(Bytes& to, ByteView plain);
  Status open_and_hash(Bytes& to, ByteView sealed);
  Status write_token(NoiseToken token, Bytes& to);
  Status read_token(NoiseToken token, ByteView& rest);
  Result<Bytes> write_all(ByteView payload);
  Result<Bytes> read_all(ByteView message);
  void start();

  NoisePattern pattern_;
  NoiseRole role_;
  bool with_psk_ = false;
  Bytes prologue_;
  NoiseKeys keys_;
  Random* random_;
  BoxPair ephemeral_;
  std::optional<BoxKey> their_static_;
  std::optional<BoxKey> their_ephemeral_;
  Secret chaining_{kSha512Bytes};
  std::array<std::uint8_t, kSha512Bytes> hash_{};
  NoiseCipher cipher_;
  std::size_t next_ = 0;  // message
  bool dead_ = false;
};

}  // namespace rukun
