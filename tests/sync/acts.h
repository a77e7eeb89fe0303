#pragma once
// The acts of a neighborhood as its people say them. Everybody knows what everybody said, but for
// who is apart: such a person neither hears nor is heard until back(). So a test reads like a
// story. Tests only; one thread.

#include <map>
#include <set>

#include "platform/base/check.h"
#include "sync/authority.h"
#include "tests/sync/people.h"

namespace rukun::test {

class Acts {
 public:
  Acts() { CHECK_BUG(crypto_ready()); }

  // Copied: the next act may move the list.
  AuthorityEntry say(std::string_view who, Act act) {
    const std::string name(who);
    auto log = log_of(who, LogKind::authority);
    if (name == kRoot) log.incarnation = {};
    if (const auto other = incarnation_.find(name); other != incarnation_.end())
      log.incarnation = other->second;
    hear(name);
    auto& known = knows_[name];
    const auto id = log.id();
    const Head mine = known.contains(id) ? known[id] : Head{id, 0, before_first(id)};
    std::vector<Head> deps;
    for (const auto& [other, head] : known)
      if (other != id && !(named_[name][other] == head)) deps.push_back(head);
    for (const auto& head : deps) named_[name][head.log] = head;
    return put(log, mine, deps, std::move(act), name);
  }

  // An entry as a liar may make it: after any entry, with any deps.
  AuthorityEntry put(const LogName& log, const Head& after, const std::vector<Head>& deps, Act act,
                     const std::string& name) {
    AuthorityEntry entry;
    entry.log = log;
    entry.seq = after.seq + 1;
    entry.hash = id_of<TxnHash>(name + std::to_string(count_++));
    entry.before = after.hash;
    for (const auto& dep : deps) entry.deps.push_back({dep.log, dep.seq});
    if (!deps.empty()) entry.deps_digest = digest_of(deps);
    const auto* join_act = std::get_if<JoinAct>(&act);
    entry.proven = join_act != nullptr && proves_join(sukamaju(), log.author, *join_act);
    entry.act = std::move(act);
    entries.push_back(entry);
    knows_[name][log.id()] = {log.id(), entry.seq, entry.hash};
    if (!apart_.contains(name)) heads_[log.id()] = knows_[name][log.id()];
    return entry;
  }

  void apart(const std::string& who) {
    hear(who);
    apart_.insert(who);
  }
  void back(const std::string& who) {
    apart_.erase(who);
    for (const auto& [log, head] : knows_[who]) {
      auto& known = heads_[log];
      if (known.seq < head.seq) known = head;
    }
  }
  void new_laptop_state(const std::string& who, const std::string& name) {
    incarnation_[who] = id_of<Incarnation>(name);
  }

  static constexpr const char* kRoot = "root of Sukamaju";
  void found(std::string_view founder) {
    say(kRoot, RootAct{"RT 003 Sukamaju", "32.73", id_of<RecordSecret>("secret"),
                       id_of<EpochId>("epoch"), grant(founder, Role::reader)});
  }
  static Grant grant(std::string_view who, Role role) {
    return {keys_of(who).key, box_of(who).key, std::string(who), role};
  }
  static Act admit(std::string_view who, Role role) { return AdmitAct{grant(who, role)}; }
  static Act invite(std::string_view paper, Role role) {
    return InviteAct{keys_of(paper).key, role};
  }
  static Act pin(std::string_view paper, std::string_view who) {
    return PinAct{keys_of(paper).key, keys_of(who).key};
  }
  static JoinAct join(std::string_view who, std::string_view paper, std::string_view proof_by) {
    JoinAct act{keys_of(paper).key, box_of(who).key, std::string(who), {}};
    act.proof = prove_join(keys_of(proof_by), sukamaju(), keys_of(who).key, act);
    return act;
  }

  // What `who` would write into a cut of `whom`: all of whom's logs that it knows.
  std::vector<CutAt> cut_of(const std::string& who, std::string_view whom) {
    hear(who);
    std::vector<CutAt> out;
    for (const auto& entry : entries) {
      const auto id = entry.log.id();
      const auto known = knows_[who].find(id);
      if (entry.log.author == keys_of(whom).key && known != knows_[who].end() &&
          known->second.hash == entry.hash)
        out.push_back({id, entry.seq, entry.hash});
    }
    return out;
  }
  AuthorityEntry remove(const std::string& who, std::string_view whom, bool lost = false) {
    return say(who, RemoveAct{keys_of(whom).key, lost, "pindah", cut_of(who, whom)});
  }
  AuthorityEntry set_role(const std::string& who, std::string_view whom, Role role) {
    return say(who, SetRoleAct{keys_of(whom).key, role, cut_of(who, whom)});
  }

  Authority settle() const { return evaluate(sukamaju(), entries); }

  std::vector<AuthorityEntry> entries;

 private:
  void hear(const std::string& who) {
    if (apart_.contains(who)) return;
    for (const auto& [log, head] : heads_) {
      auto& known = knows_[who][log];
      if (known.seq < head.seq) known = head;
    }
  }

  std::map<LogId, Head> heads_;                         // what everybody knows
  std::map<std::string, std::map<LogId, Head>> knows_;  // what each knows
  std::map<std::string, std::map<LogId, Head>> named_;  // what each has named in deps
  std::map<std::string, Incarnation> incarnation_;
  std::set<std::string> apart_;
  std::size_t count_ = 0;
};

inline const Member* find(const Authority& authority, std::string_view who) {
  return authority.find(keys_of(who).key);
}
inline bool is_member(const Authority& authority, std::string_view who) {
  return authority.current(keys_of(who).key) != nullptr;
}
inline bool has_role(const Authority& authority, std::string_view who, Role role) {
  const auto* member = authority.current(keys_of(who).key);
  return member != nullptr && member->role == role;
}

// All that an evaluation says, as text.
inline std::string told(const Authority& authority) {
  std::string out = authority.name + (authority.founded ? " founded" : "") +
                    (authority.read_only ? " read only" : "") + "\n";
  for (const auto& m : authority.members)
    out += m.name + " " + name_of(m.role) + " " + std::to_string(m.depth) + " " + m.grant.hex() +
           (m.contested ? " contested" : "") + (m.removed ? " removed" : "") +
           (m.lost ? " lost" : "") + " " + authority.standing(m.key).hex().substr(0, 8) + "\n";
  for (const auto& i : authority.invitations) {
    out += i.id.hex() + " " + name_of(i.role) + " by " + i.by.hex() + (i.revoked ? " revoked" : "");
    for (const auto& user : i.used_by) out += " " + user.hex();
    out += i.pinned ? " for " + i.pinned->hex() + "\n" : "\n";
  }
  for (const auto& e : authority.epochs) out += e.id.hex() + (e.current ? " current\n" : " old\n");
  for (const auto& txn : authority.adopted) out += "adopted " + txn.hex() + "\n";
  for (const auto& e : authority.erasures)
    out += "erased " + e.record.hex() + (e.by_head ? " by a head " : " by ") + e.act.hex() + "\n";
  for (const auto& h : authority.heads) out += "head " + h.hash.hex() + "\n";
  return out;
}

// Pak Budi founds, and admits the head Sari and the volunteer Joko.
inline Acts two_heads() {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.say("Pak Budi", Acts::admit("Joko", Role::volunteer));
  return acts;
}

}  // namespace rukun::test
