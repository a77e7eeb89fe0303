#include "sync/envelope.h"

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

template <class Archive>
void serialize(Archive& archive, KeyBox& box) {
  archive(box.to, box.sealed);
}
template <class Archive>
void serialize(Archive& archive, KeyWrap& wrap) {
  archive(wrap.earlier, wrap.sealed);
}
template <class Archive>
void Envelope::serialize(Archive& archive) {
  archive(space, epoch, boxes, wraps, act, by, signature);
}
template <class Archive>
void InvitationFile::serialize(Archive& archive) {
  archive(locked, seed, bundle, salt, passes, memory_kib);
}

namespace {
constexpr Label kWrapLabel("rukun/wrpkey/1");
constexpr Label kEpochLabel("rukun/epoch/1");
constexpr std::string_view kEnvelopeContext = "rukun/envelope/1";
constexpr std::string_view kInvitationMagic = "RUKUN-INV1";

Bytes message_of(const Envelope& envelope) {
  Envelope bare = envelope;
  bare.signature = {};
  Bytes message(kEnvelopeContext.begin(), kEnvelopeContext.end());
  append(message, encode(bare));
  return message;
}

Result<Secret> code_key(std::string_view code, const Salt& salt, ArgonCost cost) {
  std::string folded;  // spoken words: case and the spaces between them do not matter
  for (const char c : code) {
    if (c >= 'A' && c <= 'Z')
      folded += static_cast<char>(c - 'A' + 'a');
    else if (c >= 'a' && c <= 'z')
      folded += c;
    else if (!folded.empty() && folded.back() != ' ')
      folded += ' ';
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return argon2id(view(folded), salt, cost);
}
}  // namespace

EpochId epoch_id(const Secret& key) { return hash_to<EpochId>(kEpochLabel, key.view()); }

BoxTag box_tag(const MemberId& member) { return *BoxTag::from(member); }

Result<Envelope> make_envelope(const SpaceId& space, const SigningKey& root,
                               const Secret& epoch_key, const std::vector<Recipient>& to,
                               const TxnTag& act, const SigningPair& by, Random& random,
                               const std::vector<const Secret*>& earlier) {
  Envelope out{space, epoch_id(epoch_key), {}, {}, act, by.key, {}};
  Secret inside(SigningKey::kSize + epoch_key.size());
  std::copy(root.bytes.begin(), root.bytes.end(), inside.span().begin());
  std::copy(epoch_key.view().begin(), epoch_key.view().end(),
            inside.span().begin() + SigningKey::kSize);
  for (const auto& recipient : to) {
    TRY(auto sealed, box_seal(recipient.box, inside.view(), random));
    out.boxes.push_back({recipient.tag, std::move(sealed)});
  }
  const auto wrap_key = derive(epoch_key.view(), kWrapLabel, {});
  for (const auto* key : earlier)
    out.wraps.push_back({epoch_id(*key), seal(wrap_key.view(), key->view(), space, random)});
  out.signature = sign(by, message_of(out));
  return out;
}

std::vector<Secret> open_wraps(const Envelope& envelope, const Secret& epoch_key) {
  std::vector<Secret> out;
  const auto wrap_key = derive(epoch_key.view(), kWrapLabel, {});
  for (const auto& wrap : envelope.wraps) {
    auto opened = open_sealed(wrap_key.view(), wrap.sealed, envelope.space);
    if (!opened) continue;
    auto key = Secret::copy_of(*opened);
    wipe(*opened);
    if (key.size() == 32 && epoch_id(key) == wrap.earlier) out.push_back(std::move(key));
  }
  return out;
}

Bytes encode_envelope(const Envelope& envelope) { return encode(envelope); }

Result<Envelope> decode_own_envelope(ByteView bytes) {
  TRY(auto out, decode<Envelope>(bytes, "a key envelope", limits::kEnvelopeBytes));
  if (out.boxes.size() > limits::kBoxesInEnvelope || out.wraps.size() > limits::kEpochs)
    return error(Code::damaged, "a key envelope: too many boxes");
  return out;
}

Result<Envelope> decode_envelope(ByteView bytes) {
  TRY(auto out, decode_own_envelope(bytes));
  if (!verify(out.by, message_of(out), out.signature))
    return error(Code::damaged, "a key envelope: its signature is false");
  return out;
}

Result<OpenedBox> open_envelope(const Envelope& envelope, const BoxTag& tag, const BoxPair& pair) {
  for (const auto& box : envelope.boxes) {
    if (box.to != tag) continue;
    TRY(const auto inside, box_open(pair, box.sealed));
    if (inside.size() != SigningKey::kSize + 32)
      return error(Code::damaged, "a key box of a wrong size");
    OpenedBox out{*SigningKey::from(inside.view().first(SigningKey::kSize)), envelope.epoch,
                  Secret::copy_of(inside.view().subspan(SigningKey::kSize))};
    if (space_id(out.root) != envelope.space || epoch_id(out.epoch_key) != envelope.epoch)
      return error(Code::damaged, "a key box does not hold what its envelope says");
    return out;
  }
  return error(Code::foreign, "a key envelope has no box for this laptop");
}

InvitationKeys invitation_keys(ByteView seed32) {
  BoxTag tag;
  hash_keyed(tag.bytes, Label("rukun/inv-tag/1"), seed32, {});
  return {signing_pair_from_seed(derive(seed32, Label("rukun/inv-sign/1"), {}).view()),
          box_pair_from_seed(derive(seed32, Label("rukun/inv-box/1"), {}).view()), tag,
          derive(seed32, Label("rukun/inv-psk/1"), {})};
}

Result<Bytes> write_invitation(const Secret& seed, std::optional<std::string_view> code,
                               ByteView bundle, ArgonCost cost, Random& random) {
  InvitationFile file;
  file.bundle.assign(bundle.begin(), bundle.end());
  if (code) {
    file.locked = true;
    file.salt = random.draw<Salt>();
    file.passes = cost.passes;
    file.memory_kib = cost.memory_kib;
    TRY(const auto key, code_key(*code, file.salt, cost));
    file.seed = seal(key.view(), seed.view(), view(kInvitationMagic), random);
  } else {
    file.seed.assign(seed.view().begin(), seed.view().end());
  }
  Bytes out(kInvitationMagic.begin(), kInvitationMagic.end());
  append(out, encode(file));
  return out;
}

Result<InvitationFile> read_invitation(ByteView bytes) {
  if (bytes.size() < kInvitationMagic.size() ||
      text_of(bytes.first(kInvitationMagic.size())) != kInvitationMagic)
    return error(Code::foreign, "this is not an invitation of Rukun at byte 0",
                 "choose the .rukun-undangan file that the head of the neighborhood made");
  return decode<InvitationFile>(bytes.subspan(kInvitationMagic.size()), "an invitation",
                                limits::kInvitationBytes);
}

Result<Secret> open_invitation(const InvitationFile& file, std::optional<std::string_view> code) {
  if (!file.locked) {
    if (file.seed.size() != 32) return error(Code::damaged, "an invitation without a whole seed");
    return Secret::copy_of(file.seed);
  }
  if (!code)
    return error(Code::locked, "this invitation is locked with two words",
                 "ask the one who made it for the two words, then pass --code \"word word\"");
  TRY(const auto key, code_key(*code, file.salt, {file.passes, file.memory_kib}));
  auto seed = open_sealed(key.view(), file.seed, view(kInvitationMagic));
  if (!seed || seed->size() != 32)
    return error(Code::locked, "the two words do not open this invitation", "check their spelling");
  auto out = Secret::copy_of(*seed);
  wipe(*seed);
  return out;
}

}  // namespace rukun
