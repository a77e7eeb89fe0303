#include "sync/authority.h"

#include <algorithm>
#include <tuple>

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

template <class Archive>
void serialize(Archive& archive, Grant& grant) {
  archive(grant.key, grant.box, grant.name, grant.role);
}
template <class Archive>
void serialize(Archive& archive, RootAct& act) {
  archive(act.name, act.area, act.record_secret, act.epoch, act.founder);
}
template <class Archive>
void serialize(Archive& archive, AdmitAct& act) {
  archive(act.grant);
}
template <class Archive>
void serialize(Archive& archive, InviteAct& act) {
  archive(act.invitation, act.role);
}
template <class Archive>
void serialize(Archive& archive, JoinAct& act) {
  archive(act.invitation, act.box, act.name, act.proof);
}
template <class Archive>
void serialize(Archive& archive, PinAct& act) {
  archive(act.invitation, act.member);
}

namespace {
constexpr Label kInviteLabel("rukun/invite/1");
constexpr std::string_view kJoinContext = "rukun/join/1";
constexpr std::size_t kName = 400;

bool valid(Role role) { return role >= Role::head && role <= Role::reader; }

template <class T>
Result<Act> read_as(ByteView bytes) {
  TRY(auto act, decode<T>(bytes, "an authority act", limits::kActBytes));
  return Act(std::move(act));
}

Bytes join_message(const SpaceId& space, const SigningKey& joiner, const JoinAct& act) {
  Bytes message(kJoinContext.begin(), kJoinContext.end());
  append(message, space);
  append(message, joiner);
  append(message, act.box);
  append(message, view(act.name));
  return message;
}

bool ranks_before(const Member& a, const Member& b) {
  return a.depth != b.depth ? a.depth < b.depth : a.grant < b.grant;
}

// Settles acts in rank order: a head's acts are read once that head's own standing is settled.
class Evaluation {
 public:
  Evaluation(const SpaceId& space, std::vector<AuthorityEntry> entries)
      : entries_(std::move(entries)) {
    out_.space = space;
    // A head may say two things of one person: which comes first must not depend on what arrived
    // first.
    std::vector<std::tuple<Head, KindId, Bytes, std::size_t>> order;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const auto& entry = entries_[i];
      auto part = act_part(entry.act);
      order.emplace_back(Head{entry.log.id(), entry.seq, entry.hash}, part.kind,
                         std::move(part.opaque), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<AuthorityEntry> sorted;
    for (const auto& at : order) sorted.push_back(std::move(entries_[std::get<3>(at)]));
    entries_ = std::move(sorted);
  }

  Authority run() {
    root();
    if (!out_.founded) return out_;
    for (std::size_t next = 0; next < out_.members.size(); ++next) {
      std::sort(out_.members.begin() + static_cast<std::ptrdiff_t>(next), out_.members.end(),
                ranks_before);
      const Member member = out_.members[next];
      if (member.role == Role::head) acts_of_head(member);
    }
    for (auto& invitation : out_.invitations) settle(invitation);
    std::sort(out_.invitations.begin(), out_.invitations.end(),
              [](const Invitation& a, const Invitation& b) { return a.id < b.id; });
    for (const auto& entry : entries_)
      if (const auto* act = std::get_if<UnknownAct>(&entry.act);
          act != nullptr && act->number < kFirstHarmlessAct &&
          out_.find(entry.log.author) != nullptr)
        out_.read_only = true;
    return out_;
  }

 private:
  void root() {
    for (const auto& entry : entries_) {
      const auto* act = std::get_if<RootAct>(&entry.act);
      if (act == nullptr || entry.seq != 1 || space_id(entry.log.author) != out_.space ||
          !entry.log.incarnation.is_zero())
        continue;
      // A root signs once; should it ever sign twice, the smaller hash counts, everywhere.
      if (out_.founded && out_.members[0].grant < entry.hash) continue;
      out_.founded = true;
      out_.name = act->name;
      out_.area = act->area;
      out_.record_secret = act->record_secret;
      out_.first_epoch = act->epoch;
      out_.members.clear();
      Grant founder = act->founder;
      founder.role = Role::head;
      admit(founder, 1, entry.hash);
    }
  }

  void admit(const Grant& grant, std::uint32_t depth, const TxnHash& by) {
    if (!valid(grant.role) || out_.find(grant.key) != nullptr) return;
    out_.members.push_back(
        {member_id(grant.key), grant.key, grant.box, grant.name, grant.role, false, depth, by});
  }

  void acts_of_head(const Member& head) {
    for (const auto& entry : entries_) {
      if (entry.log.author != head.key) continue;
      if (const auto* act = std::get_if<AdmitAct>(&entry.act))
        admit(act->grant, head.depth + 1, entry.hash);
      if (const auto* act = std::get_if<InviteAct>(&entry.act)) invite(*act, head);
      if (const auto* act = std::get_if<PinAct>(&entry.act)) pins_.push_back(*act);
    }
  }

  void invite(const InviteAct& act, const Member& head) {
    const auto same = [&](const Invitation& other) { return other.key == act.invitation; };
    if (!valid(act.role) || std::any_of(out_.invitations.begin(), out_.invitations.end(), same))
      return;
    Invitation invitation{invite_id(act.invitation), act.invitation, act.role, head.id, {}, {}};
    for (const auto& entry : entries_) {
      const auto* join = std::get_if<JoinAct>(&entry.act);
      if (join == nullptr || join->invitation != act.invitation) continue;
      if (!verify(act.invitation, join_message(out_.space, entry.log.author, *join), join->proof))
        continue;
      admit({entry.log.author, join->box, join->name, act.role}, head.depth + 1, entry.hash);
      invitation.used_by.push_back(member_id(entry.log.author));
      joins_.emplace_back(act.invitation, entry.hash);
    }
    std::sort(invitation.used_by.begin(), invitation.used_by.end());
    invitation.used_by.erase(std::unique(invitation.used_by.begin(), invitation.used_by.end()),
                             invitation.used_by.end());
    out_.invitations.push_back(std::move(invitation));
  }

  void settle(Invitation& invitation) {
    // pins_ stand in rank order of their heads, so the first is the highest-ranked one.
    for (const auto& pin : pins_)
      if (pin.invitation == invitation.key && !invitation.pinned)
        invitation.pinned = member_id(pin.member);
    if (invitation.used_by.size() < 2 && !invitation.pinned) return;
    // Whoever is a member for another reason too is not in question.
    for (auto& member : out_.members)
      if (member.id != invitation.pinned &&
          std::find(joins_.begin(), joins_.end(), std::pair(invitation.key, member.grant)) !=
              joins_.end())
        member.contested = true;
  }

  std::vector<AuthorityEntry> entries_;
  std::vector<PinAct> pins_;
  std::vector<std::pair<SigningKey, TxnHash>> joins_;  // by which invitation, and the entry
  Authority out_;
};

}  // namespace

const char* name_of(Role role) {
  switch (role) {
    case Role::head: return "head";
    case Role::volunteer: return "volunteer";
    case Role::office: return "office";
    case Role::reader: return "reader";
  }
  return "unknown";
}

std::optional<Role> role_named(std::string_view name) {
  for (const auto role : {Role::head, Role::volunteer, Role::office, Role::reader})
    if (name == name_of(role)) return role;
  return std::nullopt;
}

InviteId invite_id(const SigningKey& invitation) {
  return hash_to<InviteId>(kInviteLabel, invitation);
}

Part act_part(const Act& act) {
  Part part;
  part.ref = RefType::act;
  part.kind = static_cast<KindId>(act.index());
  if (const auto* a = std::get_if<RootAct>(&act)) part.opaque = encode(*a);
  if (const auto* a = std::get_if<AdmitAct>(&act)) part.opaque = encode(*a);
  if (const auto* a = std::get_if<InviteAct>(&act)) part.opaque = encode(*a);
  if (const auto* a = std::get_if<JoinAct>(&act)) part.opaque = encode(*a);
  if (const auto* a = std::get_if<PinAct>(&act)) part.opaque = encode(*a);
  return part;
}

Result<Act> read_act(const Run& run, const PartRow& part) {
  const auto bytes = run.text_at(part.first_op, part.op_count);
  const auto named = [](const std::string& name) { return !name.empty() && name.size() <= kName; };
  switch (part.kind) {
    case 1: return read_as<RootAct>(bytes);
    case 2: return read_as<AdmitAct>(bytes);
    case 3: return read_as<InviteAct>(bytes);
    case 4: {
      TRY(auto act, read_as<JoinAct>(bytes));
      if (!named(std::get<JoinAct>(act).name))
        return error(Code::damaged, "a join without a usable name");
      return act;
    }
    case 5: return read_as<PinAct>(bytes);
    default: return Act(UnknownAct{part.kind});
  }
}

Signature prove_join(const SigningPair& invitation, const SpaceId& space, const SigningKey& joiner,
                     const JoinAct& act) {
  return sign(invitation, join_message(space, joiner, act));
}

const Member* Authority::find(const MemberId& id) const {
  for (const auto& member : members)
    if (member.id == id) return &member;
  return nullptr;
}

const Member* Authority::find(const SigningKey& key) const { return find(member_id(key)); }

Authority evaluate(const SpaceId& space, const std::vector<AuthorityEntry>& entries) {
  return Evaluation(space, entries).run();
}

}  // namespace rukun
