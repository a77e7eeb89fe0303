#pragma once
// Key envelopes and invitations: how an epoch key reaches those who may read. Envelopes travel
// outside segments and come first in every exchange. Any holder of a key may add boxes, in an
// envelope of their own. Layout: PROTOCOL.md, "Envelopes" and "Invitations". Errors: damaged,
// foreign (no box for us). Pure; any thread.

#include <optional>
#include <vector>

#include "sync/authority.h"
#include "sync/crypto.h"

namespace rukun {

using BoxTag = Id<struct BoxTagTag, 16>;  // whom a box is for: a member id, or an invitation's tag

struct KeyBox {
  BoxTag to;
  Bytes sealed;  // the root's public key ‖ the epoch key
};
struct KeyWrap {
  EpochId earlier;
  Bytes sealed;  // the earlier epoch's key under this one's
};
struct Envelope {
  SpaceId space;
  EpochId epoch;
  std::vector<KeyBox> boxes;
  std::vector<KeyWrap> wraps;
  TxnTag act;  // the authority entry that made the epoch
  SigningKey by;
  Signature signature;

  template <class Archive>
  void serialize(Archive& archive);
};

EpochId epoch_id(const Secret& key);
BoxTag box_tag(const MemberId& member);

struct Recipient {
  BoxTag tag;
  BoxKey box;
};
// earlier: keys that whoever gets this one may have, too.
Result<Envelope> make_envelope(const SpaceId& space, const SigningKey& root,
                               const Secret& epoch_key, const std::vector<Recipient>& to,
                               const TxnTag& act, const SigningPair& by, Random& random,
                               const std::vector<const Secret*>& earlier = {});
Bytes encode_envelope(const Envelope& envelope);
Result<Envelope> decode_envelope(ByteView bytes);  // also checks the signature
// Of bytes that decode_envelope() took before and that were kept in a vault since.
Result<Envelope> decode_own_envelope(ByteView bytes);

struct OpenedBox {
  SigningKey root;
  EpochId epoch;
  Secret epoch_key;
};
// Foreign when there is no box with that tag. The key is checked against the envelope's epoch, the
// root against its space.
Result<OpenedBox> open_envelope(const Envelope& envelope, const BoxTag& tag, const BoxPair& pair);

// The earlier keys that it wraps; what is not sound is left out.
std::vector<Secret> open_wraps(const Envelope& envelope, const Secret& epoch_key);

// An invitation is a 32-byte seed; everything else about it is derived from that.
struct InvitationKeys {
  SigningPair signing;
  BoxPair box;
  BoxTag tag;
  Secret lan_psk;
};
InvitationKeys invitation_keys(ByteView seed32);

// An invitation file: the seed, in the open or locked with a spoken code, then a bundle with its
// envelope and authority.
struct InvitationFile {
  bool locked = false;
  Bytes seed;  // open: 32 bytes; locked: sealed
  Bytes bundle;
  Salt salt;
  std::uint32_t passes = 0;
  std::uint32_t memory_kib = 0;

  template <class Archive>
  void serialize(Archive& archive);
};
Result<Bytes> write_invitation(const Secret& seed, std::optional<std::string_view> code,
                               ByteView bundle, ArgonCost cost, Random& random);
Result<InvitationFile> read_invitation(ByteView bytes);
// Locked when the code is missing or wrong, after one Argon2 run.
Result<Secret> open_invitation(const InvitationFile& file, std::optional<std::string_view> code);

}  // namespace rukun
