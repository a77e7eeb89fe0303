#pragma once
// A laptop as a session sees it: real logs, segments, envelopes, acts and receipts in plain memory,
// and a line between what was taken and what is durable. Small enough to be wrong in no interesting
// way; the engine's own host is tested with the engine. Tests only; one thread.

#include <algorithm>
#include <map>

#include "platform/base/check.h"
#include "sync/authority.h"
#include "sync/envelope.h"
#include "sync/segment.h"
#include "sync/session.h"
#include "tests/sync/desk_answer.h"
#include "tests/sync/people.h"

namespace rukun::test {

class Desk final : public SessionHost {
 public:
  struct Piece {
    Bytes sealed;
    Seq first = 0;
    Seq last = 0;
  };
  struct Log {
    LogName name;
    std::vector<Piece> pieces;
    Head head;
  };
  struct Space {
    SigningKey root;
    std::vector<Bytes> epoch_keys;  // the newest first
    std::map<LogId, Log> logs;
    std::vector<AuthorityEntry> acts;
    Authority authority;
    std::map<TxnTag, Bytes> envelopes;
    std::map<MemberId, SignedFrontier> receipts;
  };
  struct State {
    std::map<SpaceId, Space> spaces;
    std::vector<std::pair<Bytes, SpaceId>> invitations;  // made here, still open
    std::vector<Bytes> waiting;                          // seeds of invitations to join by
  };

  explicit Desk(std::string name);

  SpaceId found(std::string_view neighborhood);
  void admit(const SpaceId& space, const Desk& who);
  void remove(const SpaceId& space, const Desk& who);
  void write(const SpaceId& space, std::size_t txns);
  void write_large(const SpaceId& space, std::size_t bytes);  // text that does not compress
  Bytes invite(const SpaceId& space);
  void wait_for_invitation(const Bytes& seed) { durable.waiting.push_back(seed); }
  // As from a stick that the other wrote: envelopes and authority; then it joins.
  void join_by_stick(const Desk& from, const SpaceId& space, const Bytes& seed);
  void new_epoch(const SpaceId& space, std::string_view name);

  LinkKey first_key();  // lives until the next call
  bool knows(const SpaceId& space, const Desk& who) const;
  std::size_t data_txns(const SpaceId& space) const;
  std::string story() const;  // all that is durable; the same on equal laptops

  const BoxPair& link_identity() const override { return box_; }
  void each_link_key(const std::function<void(const LinkKey&)>& each) const override;
  bool is_new_handshake(const TxnTag& handshake) override { return memory_.is_new(handshake); }
  bool is_member(const SpaceId& space, const BoxKey& peer) const override;
  bool was_removed(const SpaceId& space, const BoxKey& peer) const override;
  Result<LinkHave> have(const SpaceId& space, bool to_member) override;
  Result<std::unique_ptr<LinkAnswer>> answer(const SpaceId& space, const LinkHave& theirs,
                                             LinkScope scope, const BoxKey& peer) override;
  Result<SpaceId> take_envelope(const std::optional<SpaceId>& space, ByteView envelope) override;
  Status take_receipt(const SpaceId& space, ByteView receipt,
                      const std::optional<BoxKey>& peer) override;
  Status take_segment(const SpaceId& space, LogKind which, ByteView segment) override;
  Status commit() override;
  void roll_back() override;
  std::optional<Bytes> take_unfinished(const SpaceId& space, LinkItemKind kind) override {
    return unfinished.take(space, kind, 0);
  }

  State durable;
  UnfinishedMemory unfinished;
  std::size_t commits = 0;
  std::size_t pulled = 0;             // items read for others
  std::optional<Error> disk_failure;  // of the next commit

 private:
  State& working();
  void append_run(Space& space, Run run);
  void write_act(const SpaceId& space, const LogName& log, const SigningPair& pair, const Act& act);
  Status store(State& state, const SpaceId& space, LogKind which, ByteView segment);
  void settle(const SpaceId& id, Space& space);
  void join(State& state, const Envelope& envelope, const OpenedBox& opened,
            const InvitationKeys& keys);
  LogName my_log(const SpaceId& space, LogKind which) const;

  std::string name_;
  SigningPair signing_;
  BoxPair box_;
  SeededRandom random_;
  SegmentCodec codec_;
  HandshakeMemory memory_;
  Bytes key_;
  std::optional<State> taken_;
};

inline constexpr Label kEnvelopeItemName("rukun/env-item/1");

inline std::uint64_t seed_of(std::string_view name) {
  std::uint64_t seed = 0;
  for (const auto byte : id_of<TxnTag>(name).bytes) seed = seed * 31 + byte;
  return seed;
}

// Counts what is asked of it.
inline Frontier frontier_of(const Desk::Space& space, bool authority_only) {
  Frontier out;
  for (const auto& [id, log] : space.logs)
    if (!authority_only || log.name.which == LogKind::authority) out.heads.push_back(log.head);
  std::sort(out.heads.begin(), out.heads.end());
  return out;
}

inline bool has(const LinkHave& have, const MemberId& member, std::uint64_t counter) {
  if (have.receipt && member_id(have.receipt->member) == member) return true;
  return std::any_of(have.receipts.begin(), have.receipts.end(), [&](const KnownReceipt& known) {
    return known.member == member && known.counter >= counter;
  });
}

inline Desk::Desk(std::string name)
    : name_(std::move(name)),
      signing_(keys_of(name_)),
      box_(box_of(name_)),
      random_(seed_of(name_)) {}

inline LogName Desk::my_log(const SpaceId& space, LogKind which) const {
  return {space, signing_.key, id_of<Incarnation>(name_ + "'s laptop"), which};
}

inline Desk::State& Desk::working() {
  if (!taken_) taken_ = durable;
  return *taken_;
}

inline void Desk::append_run(Space& space, Run run) {
  const auto epoch_key = Secret::copy_of(space.epoch_keys.front());
  const auto sealed = codec_.seal(run, epoch_id(epoch_key), epoch_key, 1, random_);
  CHECK_BUG(sealed.has_value());
  auto& log = space.logs[run.log];
  log.name = run.name;
  log.pieces.push_back({*sealed, run.first, run.last()});
  log.head = run.head();
}

inline void Desk::write_act(const SpaceId& id, const LogName& log, const SigningPair& pair,
                            const Act& act) {
  auto& space = durable.spaces.at(id);
  const auto known = space.logs.find(log.id());
  Run run = empty_run(log, known == space.logs.end() ? Head{} : known->second.head);
  Draft draft;
  draft.stamp = {kMorning + run.last(), false};
  for (const auto& head : space.authority.heads)
    if (head.log != run.log) draft.deps.push_back(head);
  draft.parts.push_back(act_part(act));
  append(run, draft);
  sign_end(run, pair);
  for (auto& entry : acts_of(run)) space.acts.push_back(std::move(entry));
  append_run(space, std::move(run));
  settle(id, space);
}

inline SpaceId Desk::found(std::string_view neighborhood) {
  const auto root = keys_of(neighborhood);
  const auto id = space_id(root.key);
  auto& space = durable.spaces[id];
  space.root = root.key;
  const auto key = id_of<TxnHash>(std::string(neighborhood) + "'s epoch");
  space.epoch_keys.emplace_back(key.bytes.begin(), key.bytes.end());
  write_act(id, {id, root.key, {}, LogKind::authority}, root,
            RootAct{std::string(neighborhood),
                    "",
                    id_of<RecordSecret>("secret"),
                    epoch_id(Secret::copy_of(key)),
                    {signing_.key, box_.key, name_, Role::head}});
  return id;
}

inline void Desk::new_epoch(const SpaceId& id, std::string_view name) {
  const auto key = id_of<TxnHash>(name);
  auto& keys = durable.spaces.at(id).epoch_keys;
  keys.insert(keys.begin(), Bytes(key.bytes.begin(), key.bytes.end()));
}

inline void Desk::admit(const SpaceId& id, const Desk& who) {
  write_act(id, my_log(id, LogKind::authority), signing_,
            AdmitAct{{who.signing_.key, who.box_.key, who.name_, Role::volunteer}});
}

inline void Desk::remove(const SpaceId& id, const Desk& who) {
  write_act(id, my_log(id, LogKind::authority), signing_,
            RemoveAct{who.signing_.key, false, "pindah", {}});
}

inline void Desk::write(const SpaceId& id, std::size_t txns) {
  auto& space = durable.spaces.at(id);
  const auto log = my_log(id, LogKind::data);
  const auto known = space.logs.find(log.id());
  Run run = empty_run(log, known == space.logs.end() ? Head{} : known->second.head);
  for (std::size_t i = 0; i < txns; ++i) {
    Draft draft;
    draft.stamp = {kMorning + run.last(), false};
    Part part;
    part.ref = RefType::fresh;
    part.kind = 3;
    part.salt = random_.draw<Salt>();
    part.ops = {{1, OpType::put, {}, "Beras " + std::to_string(random_.below(1000))}};
    draft.parts = {part};
    append(run, draft);
  }
  sign_end(run, signing_);
  append_run(space, std::move(run));
}

inline void Desk::write_large(const SpaceId& id, std::size_t bytes) {
  auto& space = durable.spaces.at(id);
  const auto log = my_log(id, LogKind::data);
  const auto known = space.logs.find(log.id());
  Run run = empty_run(log, known == space.logs.end() ? Head{} : known->second.head);
  Draft draft;
  draft.stamp = {kMorning + run.last(), false};
  for (std::size_t left = bytes; left > 0;) {
    const auto size = std::min<std::size_t>(left, 16 * 1024);
    left -= size;
    std::string text(size, ' ');
    for (auto& c : text) c = static_cast<char>(' ' + random_.below(95));
    Part part;
    part.ref = RefType::fresh;
    part.kind = 3;
    part.salt = random_.draw<Salt>();
    part.ops = {{1, OpType::put, {}, std::move(text)}};
    draft.parts.push_back(std::move(part));
  }
  append(run, draft);
  sign_end(run, signing_);
  append_run(space, std::move(run));
}

inline Bytes Desk::invite(const SpaceId& id) {
  const auto secret = Secret::drawn(32, random_);
  const Bytes seed(secret.view().begin(), secret.view().end());
  const auto keys = invitation_keys(seed);
  write_act(id, my_log(id, LogKind::authority), signing_,
            InviteAct{keys.signing.key, Role::volunteer});
  auto& space = durable.spaces.at(id);
  const auto envelope =
      make_envelope(id, space.root, Secret::copy_of(space.epoch_keys.front()),
                    {{keys.tag, keys.box.key}}, id_of<TxnTag>("act"), signing_, random_);
  CHECK_BUG(envelope.has_value());
  const auto bytes = encode_envelope(*envelope);
  space.envelopes[hash_to<TxnTag>(kEnvelopeItemName, bytes)] = bytes;
  durable.invitations.emplace_back(seed, id);
  return seed;
}

inline void Desk::join(State& state, const Envelope& envelope, const OpenedBox& opened,
                       const InvitationKeys& keys) {
  auto& space = state.spaces[envelope.space];
  space.root = opened.root;
  space.epoch_keys.emplace_back(opened.epoch_key.view().begin(), opened.epoch_key.view().end());
  JoinAct act{keys.signing.key, box_.key, name_, {}};
  act.proof = prove_join(keys.signing, envelope.space, signing_.key, act);
  const auto log = my_log(envelope.space, LogKind::authority);
  Run run = empty_run(log, {});
  Draft draft;
  draft.stamp = {kMorning, false};
  draft.parts.push_back(act_part(act));
  append(run, draft);
  sign_end(run, signing_);
  for (auto& entry : acts_of(run)) space.acts.push_back(std::move(entry));
  append_run(space, std::move(run));
}

inline void Desk::join_by_stick(const Desk& from, const SpaceId& id, const Bytes& seed) {
  durable.waiting.push_back(seed);
  const auto& theirs = from.durable.spaces.at(id);
  for (const auto& [name, bytes] : theirs.envelopes)
    static_cast<void>(take_envelope(std::nullopt, bytes));
  for (const auto& [log_id, log] : theirs.logs)
    if (log.name.which == LogKind::authority)
      for (const auto& piece : log.pieces)
        CHECK_BUG(take_segment(id, LogKind::authority, piece.sealed));
  CHECK_BUG(commit());
}

inline LinkKey Desk::first_key() {
  LinkKey out;
  bool found = false;
  each_link_key([&](const LinkKey& key) {
    if (found) return;
    found = true;
    key_.assign(key.psk.begin(), key.psk.end());
    out = key;
    out.psk = key_;
  });
  CHECK_BUG(found);
  return out;
}

inline void Desk::each_link_key(const std::function<void(const LinkKey&)>& each) const {
  for (const auto& [id, space] : durable.spaces)
    for (const auto& key : space.epoch_keys) {
      const auto psk = link_psk(Secret::copy_of(key));
      each({psk.view(), id, false});
    }
  for (const auto& [seed, id] : durable.invitations)
    each({invitation_keys(seed).lan_psk.view(), id, true});
  for (const auto& seed : durable.waiting)
    each({invitation_keys(seed).lan_psk.view(), std::nullopt, true});
}

inline const Member* member_with(const Desk::State& state, const SpaceId& id, const BoxKey& box) {
  const auto space = state.spaces.find(id);
  if (space == state.spaces.end()) return nullptr;
  for (const auto& member : space->second.authority.members)
    if (member.box == box) return &member;
  return nullptr;
}

inline bool Desk::is_member(const SpaceId& id, const BoxKey& peer) const {
  const auto* member = member_with(durable, id, peer);
  return member != nullptr && !member->removed;
}

inline bool Desk::was_removed(const SpaceId& id, const BoxKey& peer) const {
  const auto* member = member_with(durable, id, peer);
  return member != nullptr && member->removed;
}

inline bool Desk::knows(const SpaceId& space, const Desk& who) const {
  return is_member(space, who.box_.key);
}

inline Result<LinkHave> Desk::have(const SpaceId& id, bool to_member) {
  auto& space = durable.spaces.at(id);
  LinkHave out;
  out.heads = frontier_of(space, !to_member);
  for (const auto& [name, bytes] : space.envelopes) out.envelopes.push_back(name);
  if (!to_member) return out;
  const auto me = member_id(signing_.key);
  auto& mine = space.receipts[me];
  if (mine.counter == 0 || mine.frontier != out.heads)
    mine = sign_frontier(id, signing_, mine.counter + 1, {1'795'500'000'000}, out.heads);
  if (taken_) taken_->spaces.at(id).receipts[me] = mine;
  out.receipt = mine;
  for (const auto& [member, receipt] : space.receipts)
    if (member != me) out.receipts.push_back({member, receipt.counter});
  return out;
}

inline Result<std::unique_ptr<LinkAnswer>> Desk::answer(const SpaceId& id, const LinkHave& theirs,
                                                        LinkScope scope, const BoxKey& peer) {
  auto& space = durable.spaces.at(id);
  auto out = std::make_unique<DeskAnswer>(pulled);
  const bool farewell = scope == LinkScope::removal;
  const auto until = farewell ? space.authority.until_removal(member_with(durable, id, peer)->key)
                              : std::map<LogId, Seq>();
  for (const auto& [name, bytes] : space.envelopes)
    if (!farewell &&
        std::find(theirs.envelopes.begin(), theirs.envelopes.end(), name) == theirs.envelopes.end())
      out->plan(LinkItemKind::envelope, bytes, 0);
  for (const auto& [member, receipt] : space.receipts)
    if (scope == LinkScope::everything && !has(theirs, member, receipt.counter))
      out->plan(LinkItemKind::receipt, encode_frontier(receipt), 0);
  for (const auto which : {LogKind::authority, LogKind::data}) {
    if (which == LogKind::data && scope != LinkScope::everything) continue;
    for (const auto& [log_id, log] : space.logs) {
      if (log.name.which != which) continue;
      Seq known = 0;
      for (const auto& head : heads_of(theirs.heads, log_id)) known = head.seq;
      for (const auto& piece : log.pieces)
        if (piece.last > known &&
            (!farewell || (until.contains(log_id) && piece.first <= until.at(log_id))))
          out->plan(which == LogKind::data ? LinkItemKind::data : LinkItemKind::authority,
                    piece.sealed, which == LogKind::data ? piece.last - piece.first + 1 : 0);
    }
  }
  if (out->empty()) return std::unique_ptr<LinkAnswer>();
  return std::unique_ptr<LinkAnswer>(std::move(out));
}

inline Result<SpaceId> Desk::take_envelope(const std::optional<SpaceId>& id, ByteView bytes) {
  TRY(const auto envelope, decode_envelope(bytes));
  if (id && envelope.space != *id) return error(Code::foreign, "an envelope of another space");
  State& state = working();
  if (state.spaces.count(envelope.space) == 0) {
    for (std::size_t i = 0; i < state.waiting.size(); ++i) {
      const auto keys = invitation_keys(state.waiting[i]);
      const auto opened = open_envelope(envelope, keys.tag, keys.box);
      if (!opened) continue;
      join(state, envelope, *opened, keys);
      state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  }
  const auto space = state.spaces.find(envelope.space);
  if (space == state.spaces.end()) return error(Code::foreign, "an envelope for others");
  space->second.envelopes[hash_to<TxnTag>(kEnvelopeItemName, bytes)] =
      Bytes(bytes.begin(), bytes.end());
  return envelope.space;
}

inline Status Desk::take_receipt(const SpaceId& id, ByteView bytes,
                                 const std::optional<BoxKey>& peer) {
  TRY(const auto receipt, decode_frontier(bytes));
  TRY_VOID(verify_frontier(receipt));
  auto& space = working().spaces.at(id);
  const auto* member = space.authority.find(receipt.member);
  if (receipt.space != id || member == nullptr || (peer && member->box != *peer))
    return error(Code::foreign, "a receipt of somebody else");
  auto& known = space.receipts[member->id];
  if (known.counter < receipt.counter) known = receipt;
  return {};
}

inline Status Desk::take_segment(const SpaceId& id, LogKind which, ByteView segment) {
  return store(working(), id, which, segment);
}

inline Status Desk::store(State& state, const SpaceId& id, LogKind which, ByteView segment) {
  auto& space = state.spaces.at(id);
  std::vector<Secret> keys;
  for (const auto& key : space.epoch_keys) keys.push_back(Secret::copy_of(key));
  TRY(auto opened, codec_.open(segment, id, [&](const EpochId& epoch) -> const Secret* {
    for (const auto& key : keys)
      if (epoch_id(key) == epoch) return &key;
    return nullptr;
  }));
  TRY(const auto verified, verify(std::move(opened)));
  const Run& run = verified.run();
  if (run.name.which != which) return error(Code::not_allowed, "a log of another kind");
  auto& log = space.logs[run.log];
  log.name = run.name;
  if (run.last() <= log.head.seq) return {};
  if (run.first != log.head.seq + 1 || (run.first != 1 && run.before != log.head.hash))
    return error(Code::damaged, "entries before these are missing");
  log.pieces.push_back({Bytes(segment.begin(), segment.end()), run.first, run.last()});
  log.head = run.head();
  if (which == LogKind::authority)
    for (auto& entry : acts_of(run)) space.acts.push_back(std::move(entry));
  return {};
}

inline void Desk::settle(const SpaceId& id, Space& space) {
  space.authority = evaluate(id, space.acts);
}

inline Status Desk::commit() {
  if (disk_failure) return tl::make_unexpected(*std::exchange(disk_failure, std::nullopt));
  ++commits;
  if (taken_) {
    for (auto& [id, space] : taken_->spaces) settle(id, space);
    durable = std::move(*taken_);
    taken_.reset();
  }
  return {};
}

inline void Desk::roll_back() { taken_.reset(); }

inline std::size_t Desk::data_txns(const SpaceId& id) const {
  std::size_t out = 0;
  const auto space = durable.spaces.find(id);
  if (space == durable.spaces.end()) return 0;
  for (const auto& [log_id, log] : space->second.logs)
    if (log.name.which == LogKind::data) out += log.head.seq;
  return out;
}

inline std::string Desk::story() const {
  std::string out;
  for (const auto& [id, space] : durable.spaces) {
    out += "space " + id.hex() + "\n";
    for (const auto& head : frontier_of(space, false).heads)
      out += head.log.hex() + " " + std::to_string(head.seq) + " " + head.hash.hex() + "\n";
    for (const auto& [name, bytes] : space.envelopes) out += "envelope " + name.hex() + "\n";
    for (const auto& member : space.authority.members) out += member.name + "\n";
  }
  return out;
}

}  // namespace rukun::test
