#include "app/engine/session_host.h"

#include <algorithm>

#include "sync/beacon.h"
#include "sync/limits.h"

namespace rukun {

namespace {

constexpr std::int64_t kReadAgainMs = 5000;
constexpr std::size_t kMostReceipts = 4096;  // of one neighborhood

// Whose acts make `member` a member, the root's first: what a stranger must read to believe it.
std::vector<SigningKey> chain_of(const Space& space, const MemberId& member) {
  std::vector<SigningKey> out;
  const Member* at = space.authority.find(member);
  while (at != nullptr && out.size() <= space.authority.members.size()) {
    out.push_back(at->key);
    const auto& invitations = space.authority.invitations;
    const auto used = std::find_if(invitations.begin(), invitations.end(), [&](const auto& one) {
      return std::find(one.used_by.begin(), one.used_by.end(), at->id) != one.used_by.end();
    });
    at = used == invitations.end() ? nullptr : space.authority.find(used->by);
  }
  out.push_back(space.item.root);
  std::reverse(out.begin(), out.end());
  return out;
}

SpaceExchange& counts_of(ExchangeReport& report, const SpaceId& space) {
  for (auto& one : report.spaces)
    if (one.space == space) return one;
  report.spaces.emplace_back().space = space;
  return report.spaces.back();
}

// Names of what is lacking; the bytes are read when it is their turn.
class Lacking final : public LinkAnswer {
 public:
  Lacking(Engine::Works& works, const Space& space, std::shared_ptr<ExchangeReport> report)
      : works_(works), id_(space.id), report_(std::move(report)) {}

  Status find(const LinkHave& theirs, LinkScope scope, const BoxKey& peer) {
    theirs_ = theirs.heads;
    data_too_ = scope == LinkScope::everything;
    const Space& space = *works_.find(id_);
    if (scope == LinkScope::removal) return find_removal(space, peer);
    for (const auto& [name, bytes] : space.envelopes) {
      if (std::find(theirs.envelopes.begin(), theirs.envelopes.end(), name) !=
          theirs.envelopes.end())
        continue;
      envelopes_.push_back(name);
      count(bytes.size(), 0);
    }
    if (scope == LinkScope::everything) find_receipts(space, theirs);
    TRY(pieces_, works_.store->missing_for(space.ix, theirs_));
    std::erase_if(pieces_, [&](const auto& piece) { return !is_wanted(piece); });
    if (scope == LinkScope::introduction) introduce(space);
    for (const auto& piece : pieces_)
      count(piece.bytes, is_data(piece) ? piece.last - piece.from + 1 : 0);
    return {};
  }

  LinkTotals totals() const override { return totals_; }

  Result<std::optional<LinkItem>> next() override {
    const Space* space = works_.find(id_);
    if (space == nullptr) return std::nullopt;
    while (!envelopes_.empty()) {
      const auto known = space->envelopes.find(take_first(envelopes_));
      if (known != space->envelopes.end())
        return LinkItem{LinkItemKind::envelope, known->second, 0};
    }
    while (!receipts_.empty()) {
      const auto known = space->receipts.find(take_first(receipts_));
      if (known != space->receipts.end())
        return LinkItem{LinkItemKind::receipt, encode_frontier(known->second), 0};
    }
    return next_piece(*space);
  }

 private:
  template <class T>
  static T take_first(std::deque<T>& from) {
    T first = std::move(from.front());
    from.pop_front();
    return first;
  }

  void count(std::uint64_t bytes, std::uint64_t transactions) {
    ++totals_.items;
    totals_.bytes += bytes;
    totals_.transactions += transactions;
  }

  // As on a stick: segments that begin before what tells of the removal ends. Of what is in them
  // besides, later acts are sealed under a key that was made without this peer.
  Status find_removal(const Space& space, const BoxKey& peer) {
    for (const auto& member : space.authority.members)
      if (member.removed && member.box == peer) until_ = space.authority.until_removal(member.key);
    TRY(pieces_, works_.store->missing_for(space.ix, theirs_));
    std::erase_if(pieces_, [&](const auto& piece) { return !is_wanted(piece); });
    for (const auto& piece : pieces_) count(piece.bytes, 0);
    return {};
  }

  bool is_wanted(const LackingPiece& piece) const {
    if (!until_) return data_too_ || !is_data(piece);
    const auto last = until_->find(works_.store->log(piece.log).id);
    return last != until_->end() && piece.from <= last->second;
  }

  bool is_data(const LackingPiece& piece) const {
    return works_.store->log(piece.log).name.which == LogKind::data;
  }

  // Mine travels with what I have.
  void find_receipts(const Space& space, const LinkHave& theirs) {
    std::map<MemberId, std::uint64_t> known;
    for (const auto& one : theirs.receipts) known[one.member] = one.counter;
    if (theirs.receipt) known[member_id(theirs.receipt->member)] = theirs.receipt->counter;
    for (const auto& [member, receipt] : space.receipts) {
      const auto there = known.find(member);
      if (member == works_.me || (there != known.end() && there->second >= receipt.counter))
        continue;
      receipts_.push_back(member);
      count(receipt.frontier.heads.size() * 40, 0);
    }
  }

  void introduce(const Space& space) {
    const auto chain = chain_of(space, works_.me);
    const auto place = [&](const LackingPiece& piece) {
      const auto& author = works_.store->log(piece.log).name.author;
      return std::find(chain.begin(), chain.end(), author) - chain.begin();
    };
    std::stable_sort(pieces_.begin(), pieces_.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
  }

  Result<std::optional<LinkItem>> next_piece(const Space& space) {
    while (next_ < pieces_.size()) {
      const auto pieces = std::span(std::as_const(pieces_)).subspan(next_);
      auto gathered = works_.store->read_together(pieces);
      if (!gathered && gathered.error().code == Code::not_found) {
        TRY_VOID(look_again(space));
        continue;
      }
      if (!gathered) return tl::make_unexpected(std::move(gathered).error());
      next_ += gathered->pieces;
      const auto& piece = pieces[gathered->pieces - 1];
      LinkItem item{is_data(piece) ? LinkItemKind::data : LinkItemKind::authority,
                    std::move(gathered->sealed), 0};
      auto& given = given_[piece.log];
      given = std::max(given, piece.last);
      if (is_data(piece)) {
        item.transactions = piece.last - pieces[0].from + 1;
        counts_of(*report_, id_).sent += item.transactions;
      }
      report_->bytes_out += item.bytes.size();
      return item;
    }
    return std::nullopt;
  }

  // Small segments were merged meanwhile: what is left to give has other borders now.
  Status look_again(const Space& space) {
    TRY(pieces_, works_.store->missing_for(space.ix, theirs_));
    next_ = 0;
    std::erase_if(pieces_, [&](const auto& piece) {
      const auto given = given_.find(piece.log);
      return !is_wanted(piece) || (given != given_.end() && given->second >= piece.last);
    });
    for (auto& piece : pieces_)
      if (const auto given = given_.find(piece.log); given != given_.end())
        piece.from = std::max(piece.from, given->second + 1);
    return {};
  }

  Engine::Works& works_;
  SpaceId id_;
  std::shared_ptr<ExchangeReport> report_;
  Frontier theirs_;
  bool data_too_ = false;
  std::optional<std::map<LogId, Seq>> until_;  // who was removed gets no more than this
  std::deque<TxnTag> envelopes_;
  std::deque<MemberId> receipts_;
  std::vector<LackingPiece> pieces_;
  std::size_t next_ = 0;
  std::map<LogIx, Seq> given_;
  LinkTotals totals_;
};

tl::unexpected<Error> unknown_space() {
  return error(Code::foreign, "this is of a neighborhood that this profile is not a member of");
}

}  // namespace

// ---- the keys

void LinkKeyring::add(Secret psk, Secret beacon, std::optional<SpaceId> space, bool invitation) {
  entries_.push_back({std::move(psk), space, invitation, true});
  beacon_keys_.push_back(std::move(beacon));
}

Status LinkKeyring::refresh(Engine::Works& works, std::int64_t now_ms) {
  std::size_t made_of = works.epoch_keys.size();
  for (const auto& space : works.spaces)
    made_of = made_of * 31 + space.acts.size() * 7 + space.envelopes.size() + 1;
  if (made_of == made_of_ && now_ms < again_ms_) return {};
  made_of_ = made_of;
  again_ms_ = now_ms + kReadAgainMs;
  entries_.clear();
  beacon_keys_.clear();
  for (const auto& space : works.spaces) {
    if (const auto key = works.epoch_keys.find(space.item.epoch); key != works.epoch_keys.end())
      add(link_psk(key->second), beacon_key(key->second.view()), space.id, false);
  }
  std::map<TxnTag, EpochId> epochs;
  for (const auto& space : works.spaces) {
    // Who was removed knows the earlier keys: they open nothing once everybody else has moved.
    if (works.all_have_moved(space)) continue;
    std::set<EpochId> earlier{space.authority.first_epoch};
    for (const auto& [name, bytes] : space.envelopes) {
      // Each is read once.
      auto known = epochs_.find(name);
      if (known == epochs_.end()) {
        TRY(const auto envelope, decode_own_envelope(bytes));
        known = epochs_.emplace(name, envelope.epoch).first;
      }
      epochs.insert(*known);
      earlier.insert(known->second);
    }
    earlier.erase(space.item.epoch);
    for (const auto& epoch : earlier) {
      const auto key = works.epoch_keys.find(epoch);
      if (key == works.epoch_keys.end()) continue;
      add(link_psk(key->second), beacon_key(key->second.view()), space.id, false);
      entries_.back().current = false;
    }
  }
  epochs_ = std::move(epochs);
  return add_invitations(works);
}

Status LinkKeyring::add_invitations(Engine::Works& works) {
  const auto add_one = [this](Secret psk, std::optional<SpaceId> space) {
    auto beacon = beacon_key(psk.view());
    add(std::move(psk), std::move(beacon), space, true);
  };
  // Typed here as words: the neighborhood is not known yet.
  TRY_VOID(works.vault.each(ItemClass::invitation, [&](ByteView, Secret seed) -> Status {
    add_one(invitation_keys(seed.view()).lan_psk, std::nullopt);
    return {};
  }));
  // Ours, as long as nobody here has heard that we are a member.
  for (const auto& space : works.spaces)
    if (!space.item.invitation_seed.empty() && space.authority.find(works.me) == nullptr)
      add_one(invitation_keys(space.item.invitation_seed).lan_psk, space.id);
  // Made here and still open.
  return works.vault.each(ItemClass::issued, [&](ByteView key, Secret psk) -> Status {
    const auto id = SpaceId::from(key.first(std::min(key.size(), SpaceId::kSize)));
    const Space* space = id ? works.find(*id) : nullptr;
    const auto invitation = InviteId::from(key.subspan(std::min(key.size(), SpaceId::kSize)));
    if (space == nullptr || !invitation) return {};
    const auto& known = space->authority.invitations;
    const bool open = std::any_of(known.begin(), known.end(), [&](const Invitation& one) {
      return one.id == *invitation && one.open();
    });
    if (open) add_one(std::move(psk), space->id);
    return {};
  });
}

// ---- what a session asks

EngineHost::EngineHost(Engine::Works& works, const LinkKeyring& keyring, HandshakeMemory& memory,
                       UnfinishedMemory& unfinished)
    : works_(works),
      keyring_(keyring),
      memory_(memory),
      unfinished_(unfinished),
      report_(std::make_shared<ExchangeReport>()) {}

const BoxPair& EngineHost::link_identity() const { return works_.box; }

void EngineHost::each_link_key(const std::function<void(const LinkKey&)>& each) const {
  for (const auto& entry : keyring_.entries()) each(entry.key());
}

bool EngineHost::is_new_handshake(const TxnTag& handshake) { return memory_.is_new(handshake); }

bool EngineHost::is_member(const SpaceId& id, const BoxKey& peer) const {
  const Space* space = works_.find(id);
  if (space == nullptr) return false;
  const auto& members = space->authority.members;
  return std::any_of(members.begin(), members.end(),
                     [&](const Member& member) { return member.box == peer && !member.removed; });
}

bool EngineHost::was_removed(const SpaceId& id, const BoxKey& peer) const {
  const Space* space = works_.find(id);
  if (space == nullptr || is_member(id, peer)) return false;
  const auto& members = space->authority.members;
  return std::any_of(members.begin(), members.end(),
                     [&](const Member& member) { return member.box == peer && member.removed; });
}

Result<LinkHave> EngineHost::have(const SpaceId& id, bool to_member) {
  Space* space = works_.find(id);
  if (space == nullptr) return unknown_space();
  TRY_VOID(commit());
  TRY_VOID(works_.catch_up());
  LinkHave out;
  for (const auto& [name, bytes] : space->envelopes) out.envelopes.push_back(name);
  if (to_member) {
    TRY(const auto* receipt, works_.my_receipt(*space));
    out.receipt = *receipt;
    out.heads = receipt->frontier;
    for (const auto& [member, known] : space->receipts)
      if (member != works_.me) out.receipts.push_back({member, known.counter});
    return out;
  }
  for (const auto ix : works_.store->logs(space->ix)) {
    if (works_.store->log(ix).name.which != LogKind::authority) continue;
    const auto heads = works_.store->heads(ix);
    out.heads.heads.insert(out.heads.heads.end(), heads.begin(), heads.end());
  }
  std::sort(out.heads.heads.begin(), out.heads.heads.end());
  return out;
}

Result<std::unique_ptr<LinkAnswer>> EngineHost::answer(const SpaceId& id, const LinkHave& theirs,
                                                       LinkScope scope, const BoxKey& peer) {
  const Space* space = works_.find(id);
  if (space == nullptr) return unknown_space();
  auto out = std::make_unique<Lacking>(works_, *space, report_);
  TRY_VOID(out->find(theirs, scope, peer));
  if (out->totals().items == 0) return nullptr;
  return out;
}

// ---- what came

Result<SpaceId> EngineHost::take_envelope(const std::optional<SpaceId>& space, ByteView bytes) {
  report_->bytes_in += bytes.size();
  TRY(const auto envelope, decode_envelope(bytes));
  if (space && envelope.space != *space) return unknown_space();
  const bool joins = works_.find(envelope.space) == nullptr;
  if (!space || joins) {
    TRY(const bool awaited, works_.is_for_waiting_invitation(envelope));
    if (!awaited) return unknown_space();
  }
  // Joining says something of one's own: that must not hang on what else is in the batch.
  if (joins) TRY_VOID(commit());
  TRY_VOID(works_.take_envelope(bytes));
  if (works_.find(envelope.space) == nullptr) return unknown_space();
  spoke_ = spoke_ || joins;
  return envelope.space;
}

Status EngineHost::take_receipt(const SpaceId& id, ByteView bytes,
                                const std::optional<BoxKey>& peer) {
  report_->bytes_in += bytes.size();
  Space* space = works_.find(id);
  if (space == nullptr) return unknown_space();
  TRY(const auto receipt, decode_frontier(bytes));
  if (receipt.space != id) return unknown_space();
  const auto member = member_id(receipt.member);
  if (peer) {
    const Member* known = space->authority.current(member);
    if (known == nullptr || known->box != *peer)
      return error(Code::not_allowed, "a receipt that is not of the laptop that sent it");
  }
  if (space->receipts.size() >= kMostReceipts && !space->receipts.contains(member))
    return error(Code::not_allowed, "this neighborhood has too many receipts");
  if (!works_.already_checked(*space)(receipt)) TRY_VOID(verify_frontier(receipt));
  return works_.keep_receipt(*space, receipt);
}

Status EngineHost::take_segment(const SpaceId& id, LogKind which, ByteView segment) {
  report_->bytes_in += segment.size();
  Space* space = works_.find(id);
  if (space == nullptr) return unknown_space();
  if (!batch_open_) {
    TRY_VOID(works_.store->begin_batch());
    batch_open_ = true;
  }
  return works_.take_segment(*space, segment, received_[id],
                             which == LogKind::authority ? std::optional(which) : std::nullopt);
}

Status EngineHost::commit() {
  settle();
  if (!failure_) return {};
  return tl::make_unexpected(*std::exchange(failure_, {}));
}

void EngineHost::settle() {
  if (failure_ || (!batch_open_ && received_.empty())) return;
  const auto done = believe();
  if (done) return;
  failure_ = done.error();
  if (const auto forgotten = forget(); !forgotten)
    failure_->hint = Engine::Works::open_again(forgotten.error());
}

Status EngineHost::believe() {
  if (batch_open_) {
    batch_open_ = false;
    TRY_VOID(works_.store->commit_batch());
  }
  const auto before = works_.store->last_arrival();
  const auto believed = works_.believe(received_, *report_);
  spoke_ = works_.store->last_arrival() != before;
  return believed;
}

Status EngineHost::forget() {
  if (batch_open_) works_.store->roll_back_batch();
  batch_open_ = false;
  received_.clear();
  return works_.forget_unstored();
}

void EngineHost::roll_back() {
  if (!batch_open_ && received_.empty()) return;
  if (const auto forgotten = forget(); !forgotten)
    works_.notices.push_back(said_in_both(Engine::Works::open_again(forgotten.error())));
}

std::optional<Bytes> EngineHost::take_unfinished(const SpaceId& space, LinkItemKind kind) {
  return unfinished_.take(space, kind, works_.context.clock.steady_ms());
}

}  // namespace rukun
