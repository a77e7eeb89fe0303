// Founding, inviting, joining, and the duties of whoever first sees that something is due.

#include <algorithm>

#include "app/engine/engine_works.h"
#include "platform/base/check.h"
#include "sync/limits.h"
#include "sync/wire.h"

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
  const bool level = works.projection->arrival() == works.store->last_arrival();
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
    works.judge_acts(*space);
    TRY(const auto envelope,
        make_envelope(id, root.key, epoch_key, {{box_tag(works.me), works.box.key}},
                      tag_of(verified.run().end()), works.signing, random));
    return works.keep_envelope(*space, envelope);
  }();
  if (const auto stored = works.end_batch(made); !stored)
    return tl::make_unexpected(stored.error());
  // Nothing in it is for the view; otherwise the first record would wait to be seen.
  if (level) works.projection->set_arrival(works.store->last_arrival());
  return CreatedSpace{id, works.context.words.encode(root_seed.view())};
}

std::string Engine::Works::open_again(const Error& why) {
  return "close Rukun and open it again: " + why.message;
}

// Commits what went well; otherwise nothing of it remains, neither in the vault nor in memory.
Status Engine::Works::end_batch(Status work) {
  if (work)
    work = store->commit_batch();
  else
    store->roll_back_batch();
  if (work) return work;
  if (const auto forgotten = forget_unstored(); !forgotten)
    work.error().hint = open_again(forgotten.error());
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
  return space.authority.current(me) != nullptr ? JoinState::admitted : JoinState::waiting;
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
  for (const auto& refused : read.refused)
    works.notices.push_back(said_in_both(refused.error.message));
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
  TRY_VOID(choose_epoch(space));
  notice_removal(space);
  const Member* myself = space.authority.current(me);
  if (myself == nullptr || space.authority.read_only) return {};
  if (myself->role == Role::head) {
    const auto invitations = space.authority.invitations;
    for (const auto& invitation : invitations) {
      if (invitation.pinned || invitation.used_by.empty()) continue;
      if (const Member* first = space.authority.current(invitation.used_by.front()))
        TRY_VOID(write_act(space, PinAct{invitation.key, first->key}));
    }
    if (!space.authority.epochs.empty() && sound_epoch(space) == nullptr) TRY_VOID(rotate(space));
  }
  return add_boxes(space);
}

// A new key for those who are members now: done by the first head who sees that somebody is not.
Status Engine::Works::rotate(Space& space) {
  const auto key = Secret::drawn(32, context.random);
  // Still sealed under the earlier key, which everybody has.
  TRY(const auto act, write_act(space, NewEpochAct{epoch_id(key)}));
  TRY_VOID(keep_epoch_key(key));
  std::vector<Recipient> members;
  for (const auto& member : space.authority.members)
    if (!member.removed) members.push_back({box_tag(member.id), member.box});
  TRY(const auto envelope,
      make_envelope(space.id, space.item.root, key, members, tag_of(act), signing, context.random,
                    earlier_keys(space, epoch_id(key))));
  TRY_VOID(keep_envelope(space, envelope));
  return choose_epoch(space);
}

// Also of epochs whose act does not count any more: something may have been written under them.
std::vector<const Secret*> Engine::Works::earlier_keys(const Space& space, const EpochId& than) {
  std::vector<const Secret*> out;
  for (const auto& epoch : epochs_of(space))
    if (const auto key = epoch_keys.find(epoch); key != epoch_keys.end() && epoch != than)
      out.push_back(&key->second);
  return out;
}

void note_boxes(Space& space, const Envelope& envelope) {
  auto& boxed = space.boxed[{envelope.epoch, member_id(envelope.by)}];
  for (const auto& box : envelope.boxes) boxed.insert(box.to);
}

// Whoever made it knew of a removal and gave the key to the removed all the same.
bool Engine::Works::given_to_removed(const Space& space, const Epoch& epoch) const {
  const auto given = space.boxed.find({epoch.id, epoch.by});
  return given != space.boxed.end() &&
         std::any_of(space.authority.members.begin(), space.authority.members.end(),
                     [&](const Member& member) {
                       return member.removed && given->second.contains(box_tag(member.id));
                     });
}

// The best epoch that only members can open and of which this laptop has the key.
const Epoch* Engine::Works::sound_epoch(const Space& space) const {
  for (const auto& epoch : space.authority.epochs)
    if (epoch.current && epoch_keys.contains(epoch.id) && !given_to_removed(space, epoch))
      return &epoch;
  return nullptr;
}

// Without a sound one the best of which this laptop has the key.
Status Engine::Works::choose_epoch(Space& space) {
  const Epoch* best = sound_epoch(space);
  for (const auto& epoch : space.authority.epochs)
    if (best == nullptr && epoch_keys.contains(epoch.id)) best = &epoch;
  if (best == nullptr || best->id == space.item.epoch) return {};
  space.item.epoch = best->id;
  return vault.put(ItemClass::space, space.id, encode(space.item), context.random);
}

void Engine::Works::notice_removal(Space& space) {
  const Member* myself = space.authority.find(me);
  const bool removed = myself != nullptr && myself->removed;
  if (removed && !space.told_removed)
    notices.push_back({"Laptop ini bukan lagi anggota " + space.authority.name +
                           ": catatan baru tidak berlaku dan tidak lagi diterima.",
                       "This laptop is no longer a member of " + space.authority.name +
                           ": what it writes does not count, and nothing new comes to it."});
  space.told_removed = removed;
}

bool Engine::Works::all_have_moved(const Space& space) const {
  const auto& epochs = space.authority.epochs;
  if (epochs.size() < 2) return epochs.size() == 1;
  if (space.item.epoch != epochs.front().id || !epochs.front().current) return false;
  const Head& act = epochs.front().entry;
  return std::all_of(space.authority.members.begin(), space.authority.members.end(),
                     [&](const Member& member) {
                       if (member.removed || member.id == me) return true;
                       const auto receipt = space.receipts.find(member.id);
                       if (receipt == space.receipts.end()) return false;
                       const auto heads = heads_of(receipt->second.frontier, act.log);
                       return std::any_of(heads.begin(), heads.end(),
                                          [&](const Head& head) { return head.seq >= act.seq; });
                     });
}

// Which epochs each box tag can open: those with a box for it, and what they wrap.
Result<Engine::Works::Reach> Engine::Works::reach_of(const Space& space) const {
  Reach out;
  for (const auto& [hash, bytes] : space.envelopes) {
    TRY(const auto envelope, decode_own_envelope(bytes));
    for (const auto& known : envelope.boxes) out.boxed[known.to].insert(envelope.epoch);
    for (const auto& wrap : envelope.wraps) out.wraps[envelope.epoch].insert(wrap.earlier);
  }
  return out;
}

bool Engine::Works::Reach::has(const BoxTag& tag, const EpochId& epoch) const {
  const auto own = boxed.find(tag);
  if (own == boxed.end()) return false;
  std::set<EpochId> seen = own->second;
  std::vector<EpochId> next(seen.begin(), seen.end());
  while (!next.empty()) {
    const auto at = next.back();
    next.pop_back();
    if (const auto inside = wraps.find(at); inside != wraps.end())
      for (const auto& earlier : inside->second)
        if (seen.insert(earlier).second) next.push_back(earlier);
  }
  return seen.contains(epoch);
}

TxnTag Engine::Works::act_of(const Space& space, const EpochId& epoch) const {
  for (const auto& known : space.authority.epochs)
    if (known.id == epoch) return tag_of(known.act);
  return {};
}

// Those that count, the one to write under first, then all that an envelope is here of.
std::vector<EpochId> Engine::Works::epochs_of(const Space& space) const {
  std::vector<EpochId> out;
  const auto add_one = [&](const EpochId& epoch) {
    if (std::find(out.begin(), out.end(), epoch) == out.end()) out.push_back(epoch);
  };
  for (const auto& epoch : space.authority.epochs) add_one(epoch.id);
  for (const auto& [hash, bytes] : space.envelopes)
    if (const auto envelope = decode_own_envelope(bytes)) add_one(envelope->epoch);
  return out;
}

// For every epoch of which this laptop has the key: whoever is a member and cannot open it.
Status Engine::Works::add_boxes(Space& space) {
  TRY(auto reach, reach_of(space));
  for (const auto& epoch : epochs_of(space)) {
    const auto key = epoch_keys.find(epoch);
    if (key == epoch_keys.end()) continue;
    std::vector<Recipient> lacking;
    for (const auto& member : space.authority.members)
      if (!member.removed && !reach.has(box_tag(member.id), epoch) &&
          lacking.size() < limits::kBoxesInEnvelope)
        lacking.push_back({box_tag(member.id), member.box});
    if (lacking.empty()) continue;
    const auto earlier = epoch == space.authority.epochs.front().id ? earlier_keys(space, epoch)
                                                                    : std::vector<const Secret*>{};
    TRY(const auto envelope, make_envelope(space.id, space.item.root, key->second, lacking,
                                           act_of(space, epoch), signing, context.random, earlier));
    TRY_VOID(keep_envelope(space, envelope));
    for (const auto& to : lacking) reach.boxed[to.tag].insert(epoch);
    for (const auto& wrap : envelope.wraps) reach.wraps[epoch].insert(wrap.earlier);
  }
  return {};
}

}  // namespace rukun
