// What heads decide about members: roles, removal, admission again, and what of a removed member's
// late work counts after all.

#include <algorithm>

#include "app/engine/engine_works.h"

namespace rukun {

namespace {

constexpr std::size_t kReason = 1000;
constexpr std::size_t kAdoptedAtOnce = 1000;

std::string left_out_name(const SpaceId& space, const TxnHash& txn) {
  return "left-out/" + space.hex() + "/" + txn.hex();
}

tl::unexpected<Error> no_member(const MemberId& id) {
  return error(Code::not_found, "there is no member " + id.hex().substr(0, 12),
               "rukunctl member list shows them");
}

}  // namespace

Result<Space*> Engine::Works::as_head(const SpaceId& id) {
  TRY(Space * space, need(id));
  TRY(const auto role, my_role(*space));
  if (role != Role::head)
    return error(Code::not_allowed, "only a head decides about members",
                 "ask a head of the neighborhood");
  return space;
}

Result<Engine::Works::Voice> Engine::Works::voice(const SpaceId& id, std::string_view root_words) {
  if (root_words.empty()) {
    TRY(Space * space, as_head(id));
    return Voice{space, {}};
  }
  TRY(Space * space, need(id));
  TRY(const auto seed, context.words.decode(root_words, 32, context.language));
  const auto secret = Secret::copy_of(seed);
  auto root = signing_pair_from_seed(secret.view());
  if (root.key != space->item.root)
    return error(Code::bad_value,
                 "these words are not of the recovery sheet of " + space->authority.name,
                 "look for the sheet that was printed when this neighborhood was made");
  if (space->authority.read_only)
    return error(Code::unsupported,
                 "a newer version of Rukun changed who may do what in this neighborhood",
                 "update Rukun on this laptop");
  return Voice{space, std::move(root)};
}

Result<TxnHash> Engine::Works::decide(const Voice& voice, const Act& act) {
  return voice.root ? write_root_act(*voice.space, *voice.root, act) : write_act(*voice.space, act);
}

// The last entries of every log of this member that is here.
std::vector<CutAt> Engine::Works::cut_of(const Space& space, const SigningKey& member) {
  std::vector<CutAt> out;
  for (const auto ix : store->logs(space.ix)) {
    if (store->log(ix).name.author != member) continue;
    if (store->log(ix).name.which == LogKind::authority) continue;
    for (const auto& head : store->heads(ix)) out.push_back({head.log, head.seq, head.hash});
  }
  for (const auto& head : space.authority.heads) {
    const auto ix = store->find_log(head.log);
    if (ix && store->log(*ix).name.author == member) out.push_back({head.log, head.seq, head.hash});
  }
  std::sort(out.begin(), out.end());
  return out;
}

namespace {
bool has_head_but(const Authority& authority, const MemberId& member) {
  return std::any_of(authority.members.begin(), authority.members.end(), [&](const Member& one) {
    return !one.removed && one.role == Role::head && one.id != member;
  });
}

tl::unexpected<Error> no_head_left() {
  return error(Code::not_allowed, "the neighborhood would have no head",
               "make another member head first: rukunctl member role ID head");
}
}  // namespace

Status Engine::set_role(const SpaceId& id, const MemberId& member, Role role,
                        std::string_view root_words) {
  Works& works = *works_;
  TRY(const auto voice, works.voice(id, root_words));
  Space& space = *voice.space;
  const Member* known = space.authority.find(member);
  if (known == nullptr) return no_member(member);
  // By the sheet also who is head already: what the root itself gives rests on nobody else's word.
  const bool given_anew = known->removed || (voice.root && role == Role::head && known->depth > 1);
  if (!given_anew && known->role == role) return {};
  if (known->role == Role::head && role != Role::head && !known->removed &&
      !has_head_but(space.authority, member))
    return no_head_left();
  if (given_anew)
    TRY_VOID(works.decide(voice, AdmitAct{{known->key, known->box, known->name, role}}));
  else
    TRY_VOID(works.decide(voice, SetRoleAct{known->key, role, works.cut_of(space, known->key)}));
  return works.after_acts(space);
}

Status Engine::remove_member(const SpaceId& id, const MemberId& member, std::string_view reason,
                             bool lost, std::string_view root_words) {
  Works& works = *works_;
  TRY(const auto voice, works.voice(id, root_words));
  Space& space = *voice.space;
  if (reason.size() > kReason)
    return error(Code::bad_value, "--reason: at most 1,000 characters", "shorten it");
  const Member* known = space.authority.current(member);
  if (known == nullptr) return no_member(member);
  if (!has_head_but(space.authority, member)) return no_head_left();
  TRY_VOID(works.decide(
      voice, RemoveAct{known->key, lost, std::string(reason), works.cut_of(space, known->key)}));
  return works.after_acts(space);
}

Status Engine::admit_again(const SpaceId& id, const MemberId& member, Role role) {
  Works& works = *works_;
  TRY(Space * space, works.as_head(id));
  const Member* known = space->authority.find(member);
  if (known == nullptr || !known->removed) return no_member(member);
  TRY_VOID(works.write_act(*space, AdmitAct{{known->key, known->box, known->name, role}}));
  return works.after_acts(*space);
}

Status Engine::revoke_invite(const SpaceId& id, const InviteId& invite) {
  Works& works = *works_;
  TRY(Space * space, works.as_head(id));
  for (const auto& known : space->authority.invitations) {
    if (known.id != invite) continue;
    if (known.revoked) return {};
    if (!known.used_by.empty())
      return error(Code::not_allowed, "this invitation has been used",
                   "rukunctl member remove ID takes the member away");
    return works.write_act(*space, RevokeAct{known.key}).map([](const TxnHash&) {});
  }
  return error(Code::not_found, "there is no invitation " + invite.hex().substr(0, 12),
               "rukunctl invite list shows them");
}

Status Engine::adopt(const SpaceId& id, const std::vector<TxnHash>& txns) {
  Works& works = *works_;
  TRY(Space * space, works.as_head(id));
  if (txns.empty() || txns.size() > kAdoptedAtOnce)
    return error(Code::bad_value, "adopt takes 1 to 1,000 transactions", "name fewer");
  for (const auto& txn : txns)
    if (!space->masked.contains(txn))
      return error(Code::not_found,
                   "transaction " + txn.hex().substr(0, 12) + " is not among those left out",
                   "rukunctl attention shows them");
  return works.write_act(*space, AdoptAct{txns}).map([](const TxnHash&) {});
}

Result<std::vector<MaskedEntry>> Engine::masked(const SpaceId& id) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  std::vector<MaskedEntry> out;
  for (const auto& known : space->masked) {
    const auto& hash = known.first;
    const auto& one = known.second;
    TRY(const auto left, works.local.setting(left_out_name(id, hash)));
    const auto ix = works.store->find_log(one.log);
    if (left || !ix) continue;
    const auto& author = works.store->log(*ix).name.author;
    const auto by = member_id(author);
    TRY_VOID(works.store->runs_with(*ix, one.seq, [&](const Run& run) -> Status {
      const std::size_t t = one.seq - run.first;
      if (run.txns[t].hash != hash) return {};
      MaskedEntry entry{hash, by,     head_name(space->authority.find(by), by), run.txns[t].stamp,
                        {},   one.cut};
      for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p)
        entry.records.emplace_back(run.records[run.parts[p].record].id, run.parts[p].kind);
      out.push_back(std::move(entry));
      return {};
    }));
  }
  std::sort(out.begin(), out.end(), [](const MaskedEntry& a, const MaskedEntry& b) {
    return std::tie(a.at.ticks, a.txn) < std::tie(b.at.ticks, b.txn);
  });
  return out;
}

Status Engine::leave_out(const SpaceId& id, const std::vector<TxnHash>& txns) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  for (const auto& txn : txns) {
    if (!space->masked.contains(txn))
      return error(Code::not_found,
                   "transaction " + txn.hex().substr(0, 12) + " is not among those left out",
                   "rukunctl attention shows them");
    TRY_VOID(works.local.set_setting(left_out_name(id, txn), "1"));
  }
  return {};
}

}  // namespace rukun
