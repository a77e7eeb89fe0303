#include "sync/acts.h"

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

template <class Archive>
void serialize(Archive& archive, Grant& grant) {
  archive(grant.key, grant.box, grant.name, grant.role);
}
template <class Archive>
void serialize(Archive& archive, CutAt& cut) {
  archive(cut.log, cut.seq, cut.hash);
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
template <class Archive>
void serialize(Archive& archive, SetRoleAct& act) {
  archive(act.member, act.role, act.cut);
}
template <class Archive>
void serialize(Archive& archive, RemoveAct& act) {
  archive(act.member, act.lost, act.reason, act.cut);
}
template <class Archive>
void serialize(Archive& archive, RevokeAct& act) {
  archive(act.invitation);
}
template <class Archive>
void serialize(Archive& archive, NewEpochAct& act) {
  archive(act.epoch);
}
template <class Archive>
void serialize(Archive& archive, AdoptAct& act) {
  archive(act.txns);
}
template <class Archive>
void serialize(Archive& archive, EraseAct& act) {
  archive(act.record, act.reason);
}

namespace {
constexpr Label kInviteLabel("rukun/invite/1");
constexpr std::string_view kJoinContext = "rukun/join/1";
constexpr std::size_t kName = 400;

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

struct ActBytes {
  Bytes operator()(const UnknownAct&) const { return {}; }
  template <class T>
  Bytes operator()(const T& act) const {
    return encode(act);
  }
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

bool is_valid(Role role) { return role >= Role::head && role <= Role::reader; }

InviteId invite_id(const SigningKey& invitation) {
  return hash_to<InviteId>(kInviteLabel, invitation);
}

Part act_part(const Act& act) {
  Part part;
  part.ref = RefType::act;
  part.kind = static_cast<KindId>(act.index());
  part.opaque = std::visit(ActBytes{}, act);
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
    case 6: return read_as<SetRoleAct>(bytes);
    case 7: return read_as<RemoveAct>(bytes);
    case 8: return read_as<RevokeAct>(bytes);
    case 9: return read_as<NewEpochAct>(bytes);
    case 10: return read_as<AdoptAct>(bytes);
    case 11: return read_as<EraseAct>(bytes);
    default: return Act(UnknownAct{part.kind});
  }
}

Signature prove_join(const SigningPair& invitation, const SpaceId& space, const SigningKey& joiner,
                     const JoinAct& act) {
  return sign(invitation, join_message(space, joiner, act));
}

bool proves_join(const SpaceId& space, const SigningKey& joiner, const JoinAct& act) {
  return verify(act.invitation, join_message(space, joiner, act), act.proof);
}

std::vector<AuthorityEntry> acts_of(const Run& run) {
  std::vector<AuthorityEntry> out;
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    const TxnRow& txn = run.txns[t];
    AuthorityEntry entry;
    entry.log = run.name;
    entry.seq = run.first + static_cast<Seq>(t);
    entry.hash = txn.hash;
    entry.before = t == 0 ? run.before : run.txns[t - 1].hash;
    for (std::uint32_t d = 0; d < txn.dep_count; ++d) {
      const DepRow& dep = run.deps[txn.first_dep + d];
      entry.deps.push_back({run.logs[dep.log], dep.seq});
    }
    entry.deps_digest = txn.deps_digest;
    for (std::uint32_t p = txn.first_part; p < run.part_end(t); ++p) {
      auto act = read_act(run, run.parts[p]);
      entry.act = act ? std::move(*act) : Act(UnknownAct{run.parts[p].kind});
      const auto* join = std::get_if<JoinAct>(&entry.act);
      entry.proven = join != nullptr && proves_join(run.name.space, run.name.author, *join);
      out.push_back(entry);
    }
  }
  return out;
}

}  // namespace rukun
