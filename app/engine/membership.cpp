// Founding, inviting, joining, and the duties of whoever first sees that something is due.

#include <algorithm>

#include "app/engine/engine_works.h"
#include "platform/base/check.h"
#include "sync/limits.h"

namespace rukun {

namespace {
constexpr ArgonCost kCodeCost =
    kArgonLeast;  // two words are weak; the file is not left beside the data

Sink into(Bytes& out) {
  return [&out](ByteView bytes) -> Status {
    append(out, bytes);
    return {};
  };
}

Source from(ByteView bytes) {
  return [bytes](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
    const auto size = std::min(out.size(), bytes.size());
    std::copy_n(bytes.begin(), size, out.begin());
    bytes = bytes.subspan(size);
    return size;
  };
}

Status check_space_name(std::string_view name, std::string_view area) {
  if (name.empty() || name.size() > 200)
    return error(Code::bad_value, "a neighborhood's name must have 1 to 200 characters",
                 "write --name \"RT 003/RW 007 Sukamaju\"");
  const bool plain = std::all_of(area.begin(), area.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  if (!plain || area.size() > 13)
    return error(Code::bad_value, "\"" + std::string(area) + "\" is no area code",
                 "write the Kemendagri code as 32.04.05.2001, or leave it out");
  return {};
}
}  // namespace

Result<CreatedSpace> Engine::create_space(std::string_view name, std::string_view area) {
  Works& works = *works_;
  TRY_VOID(check_space_name(name, area));
  for (const auto& space : works.spaces)
    if (space.authority.name == name)
      return error(
          Code::bad_value,
          "there is a neighborhood called " + std::string(name) + " in this profile already",
          "choose another name");
  Random& random = works.context.random;
  const auto root_seed = Secret::drawn(32, random);
  const auto root = signing_pair_from_seed(root_seed.view());
  const auto epoch_key = Secret::drawn(32, random);
  const SpaceId id = space_id(root.key);

  RootAct act{std::string(name),
              std::string(area),
              random.draw<RecordSecret>(),
              epoch_id(epoch_key),
              {works.signing.key, works.box.key, works.name, Role::head}};
  TRY_VOID(works.store->begin_batch());
  const auto made = [&]() -> Status {
    TRY_VOID(works.keep_epoch_key(epoch_key));
    TRY(Space * space, works.adopt_space(id, {root.key, act.epoch, {}}));
    Run run = empty_run({id, root.key, {}, LogKind::authority}, {});
    Draft draft;
    draft.stamp = space->clock.next(works.context.clock.now());
    draft.parts.push_back(act_part(act));
    append(run, draft);
    const auto verified = sign(std::move(run), root);
    TRY_VOID(works.store->append(verified, act.epoch));
    works.note_acts(*space, verified.run());
    space->authority = evaluate(id, space->acts);
    TRY(const auto envelope,
        make_envelope(id, root.key, epoch_key, {{box_tag(works.me), works.box.key}},
                      tag_of(verified.run().end()), works.signing, random));
    return works.keep_envelope(*space, envelope);
  }();
  if (const auto stored = works.end_batch(made); !stored)
    return tl::make_unexpected(stored.error());
  return CreatedSpace{id, works.context.words.encode(root_seed.view())};
}

// Commits what went well; otherwise nothing of it remains, neither in the vault nor in memory.
Status Engine::Works::end_batch(Status work) {
  if (work)
    work = store->commit_batch();
  else
    store->roll_back_batch();
  if (work) return work;
  if (const auto forgotten = forget_unstored(); !forgotten)
    work.error().hint = "close Rukun and open it again: " + forgotten.error().message;
  return work;
}

// Envelopes and authority only: what a newcomer needs to be somebody, and nothing that is entrusted
// to members.
Result<Bytes> Engine::Works::invitation_bundle(Space& space) {
  Bytes out;
  BundleWriter writer(into(out), context.random);
  TRY(auto pieces, store->missing_for(space.ix, {}));
  std::erase_if(pieces, [&](const LackingPiece& piece) {
    return store->log(piece.log).name.which != LogKind::authority;
  });
  ExchangeReport unused;
  TRY_VOID(write_section(writer, space, pieces, unused));
  TRY_VOID(writer.finish());
  return out;
}

Result<CreatedInvite> Engine::create_invite(const SpaceId& id, Role role, bool open) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  TRY(const auto mine, works.my_role(*space));
  if (mine != Role::head)
    return error(Code::not_allowed, "only a head invites people",
                 "ask the head of the neighborhood");
  Random& random = works.context.random;
  const auto seed = Secret::drawn(32, random);
  const auto keys = invitation_keys(seed.view());
  TRY(const auto act, works.write_act(*space, InviteAct{keys.signing.key, role}));
  const Secret& epoch_key = works.epoch_keys.at(space->item.epoch);
  TRY(const auto envelope,
      make_envelope(id, space->item.root, epoch_key, {{keys.tag, keys.box.key}}, tag_of(act),
                    works.signing, random));
  TRY_VOID(works.keep_envelope(*space, envelope));
  // Whoever comes over a link with nothing but this invitation is known by it.
  Bytes issued(id.bytes.begin(), id.bytes.end());
  append(issued, invite_id(keys.signing.key));
  TRY_VOID(works.vault.put(ItemClass::issued, issued, keys.lan_psk.view(), random));
  CreatedInvite out;
  out.id = invite_id(keys.signing.key);
  if (!open) out.code = works.context.words.draw(random, 2);
  TRY(const auto bundle, works.invitation_bundle(*space));
  TRY(out.file, write_invitation(seed, out.code, bundle, kCodeCost, random));
  out.words = works.context.words.encode(seed.view());
  return out;
}

// The invitation's box gives root and key; the newcomer then says so in an authority log of its
// own.
Status Engine::Works::join_with(const Envelope& envelope, const Secret& seed) {
  const auto keys_of_invitation = invitation_keys(seed.view());
  TRY(const auto opened, open_envelope(envelope, keys_of_invitation.tag, keys_of_invitation.box));
  if (find(envelope.space) != nullptr)
    return error(Code::not_allowed, "this profile belongs to that neighborhood already",
                 "nothing needs to be done");
  // All of it or nothing: whoever is stopped half-way could never join again. An exchange that
  // finds the envelope has a batch of its own.
  if (vault.db().in_transaction()) return adopt_and_join(envelope, opened, seed);
  TRY_VOID(store->begin_batch());
  return end_batch(adopt_and_join(envelope, opened, seed));
}

Status Engine::Works::adopt_and_join(const Envelope& envelope, const OpenedBox& opened,
                                     const Secret& seed) {
  const auto keys_of_invitation = invitation_keys(seed.view());
  TRY_VOID(keep_epoch_key(opened.epoch_key));
  TRY(Space * space, adopt_space(envelope.space, {opened.root, opened.epoch,
                                                  Bytes(seed.view().begin(), seed.view().end())}));
  JoinAct join{keys_of_invitation.signing.key, box.key, name, {}};
  join.proof = prove_join(keys_of_invitation.signing, space->id, signing.key, join);
  return keep_envelope(*space, envelope)
      .and_then([&] { return write_act(*space, join); })
      .map([](const TxnHash&) {});
}

// That somebody typed here as words, and whose envelope this is.
Result<bool> Engine::Works::is_for_waiting_invitation(const Envelope& envelope) {
  bool found = false;
  TRY_VOID(vault.each(ItemClass::invitation, [&](ByteView, Secret seed) -> Status {
    const auto tag = invitation_keys(seed.view()).tag;
    found = found || std::any_of(envelope.boxes.begin(), envelope.boxes.end(),
                                 [&](const KeyBox& candidate) { return candidate.to == tag; });
    return {};
  }));
  return found;
}

namespace {
JoinState state_of(const Space& space, const MemberId& me) {
  return space.authority.find(me) != nullptr ? JoinState::admitted : JoinState::waiting;
}
}  // namespace

Result<Joined> Engine::join(ByteView invitation_file, std::optional<std::string_view> code) {
  Works& works = *works_;
  TRY(const auto file, read_invitation(invitation_file));
  TRY(const auto seed, open_invitation(file, code));
  const auto tag = invitation_keys(seed.view()).tag;
  std::optional<SpaceId> joined;
  BundleReader reader(from(file.bundle));
  for (;;) {
    TRY(const auto chunk, reader.next());
    if (!chunk) break;
    if (chunk->type != ChunkType::envelope) continue;
    TRY(const auto envelope, decode_envelope(chunk->bytes));
    const bool ours = std::any_of(envelope.boxes.begin(), envelope.boxes.end(),
                                  [&](const KeyBox& candidate) { return candidate.to == tag; });
    if (!ours) continue;
    TRY_VOID(works.join_with(envelope, seed));
    joined = envelope.space;
    break;
  }
  if (!joined)
    return error(Code::damaged, "the invitation holds no key for itself",
                 "ask for a new invitation");
  TRY(const auto read, works.read_bundle(from(file.bundle), "the invitation"));
  for (const auto& refused : read.refused) works.notices.push_back(refused.error.message);
  return Joined{*joined, state_of(*works.find(*joined), works.me)};
}

Result<Joined> Engine::join_words(std::string_view words) {
  Works& works = *works_;
  TRY(const auto raw, works.context.words.decode(words, 32, works.context.language));
  const auto seed = Secret::copy_of(raw);
  const auto tag = invitation_keys(seed.view()).tag;
  TRY_VOID(works.vault.put(ItemClass::invitation, tag, seed.view(), works.context.random));
  return Joined{{}, JoinState::waiting};
}

// Pins, and boxes for members who lack one: done by the first who sees that they are due.
Status Engine::Works::after_acts(Space& space) {
  const Member* myself = space.authority.find(me);
  if (myself == nullptr || space.authority.read_only) return {};
  if (myself->role == Role::head) {
    const auto invitations = space.authority.invitations;
    for (const auto& invitation : invitations) {
      if (invitation.pinned || invitation.used_by.empty()) continue;
      if (const Member* first = space.authority.find(invitation.used_by.front()))
        TRY_VOID(write_act(space, PinAct{invitation.key, first->key}));
    }
  }
  return add_boxes(space);
}

Status Engine::Works::add_boxes(Space& space) {
  const auto key = epoch_keys.find(space.item.epoch);
  if (key == epoch_keys.end()) return {};
  std::set<BoxTag> have;
  for (const auto& [hash, bytes] : space.envelopes) {
    TRY(const auto envelope, decode_envelope(bytes));
    if (envelope.epoch != space.item.epoch) continue;
    for (const auto& known : envelope.boxes) have.insert(known.to);
  }
  std::vector<Recipient> lacking;
  for (const auto& member : space.authority.members)
    if (!have.contains(box_tag(member.id)) && lacking.size() < limits::kBoxesInEnvelope)
      lacking.push_back({box_tag(member.id), member.box});
  if (lacking.empty()) return {};
  TRY(const auto envelope,
      make_envelope(space.id, space.item.root, key->second, lacking,
                    tag_of(space.authority.members.front().grant), signing, context.random));
  return keep_envelope(space, envelope);
}

}  // namespace rukun
