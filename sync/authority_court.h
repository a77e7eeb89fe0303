#pragma once
// The inside of authority: grants, and the acts that take something away, settled in order of rank.
// See PROTOCOL.md, "Authority", for the rules and why they end. Nothing but authority.cpp and
// authority_court.cpp includes this. Pure; any thread.

#include "sync/authority.h"
#include "sync/authority_graph.h"

namespace rukun {

// One way of having become a member.
struct Admission {
  int author = kNone;
  int grant = kNone;   // the entry of the admit, join or root act
  int invite = kNone;  // of a join: the invitation's entry
  int by = kNone;      // the admission by which its giver was head; none: the root
  int invitation = kNone;
  SigningKey key;
  BoxKey box;
  std::string name;
  Role role = Role::reader;
  std::uint32_t depth = 1;

  int giver() const { return invite != kNone ? invite : grant; }
};

// An act that takes away: a removal, another role, a revocation.
struct Contest {
  int node = kNone;
  int target = kNone;      // author; of a revocation none
  int invitation = kNone;  // of a revocation
  std::optional<Role> role;
  bool lost = false;
  const std::vector<CutAt>* cut = nullptr;
  bool takes_headship() const { return target != kNone && (!role || *role != Role::head); }
};

class AuthorityCourt {
 public:
  using View = std::function<bool(int node)>;
  // The contests that hold, also by whom or what they are about: a liar may make very many of which
  // few do.
  struct Accepted {
    std::vector<bool> holds;  // by contest
    std::map<int, std::vector<int>> about;
    std::map<int, std::vector<int>> about_invitation;
    bool operator[](std::size_t contest) const { return contest < holds.size() && holds[contest]; }
  };

  AuthorityCourt(const SpaceId& space, std::vector<AuthorityEntry> entries);

  struct Standing {
    int admission = kNone;
    Role role = Role::reader;
  };

  std::vector<int> contests_in(const View& view) const;  // those of heads
  Accepted settle(const std::vector<int>& contests) const;
  Accepted accepted_of(const std::vector<bool>& holds) const;
  std::optional<Standing> standing(int author, const View& view, const Accepted& accepted) const;
  // The role that an admission gives now: its own, or the last one that was said since.
  Role role_by(int admission, const Accepted& accepted) const;
  bool fallen(int node, const Accepted& accepted) const;
  bool fallen_admission(int admission, const Accepted& accepted) const;
  bool ranks_before(int admission, int other) const;
  // The entry is by a head, within all cuts, and what it rests on stands.
  bool counts(int node) const {
    return role_of_[static_cast<std::size_t>(node)] == Role::head && !fallen(node, final_);
  }
  int author_of(const SigningKey& key) const;

  AuthorityGraph graph;
  std::vector<SigningKey> authors;
  std::vector<Admission> admissions;
  std::vector<Contest> contests;
  std::vector<std::vector<int>> admissions_of, contests_about;  // by author
  std::vector<SigningKey> invitations;
  std::vector<std::vector<int>> invites_with, joins_with, revocations_of;  // by invitation
  int root_entry = kNone;
  int root_author = kNone;
  const Accepted& final_accepted() const { return final_; }
  std::optional<Role> role_at(int node) const { return role_of_[static_cast<std::size_t>(node)]; }
  int admission_at(int node) const { return admission_of_[static_cast<std::size_t>(node)]; }
  int author_at(int node) const { return author_of_[static_cast<std::size_t>(node)]; }

 private:
  int author(const SigningKey& key);
  int invitation(const SigningKey& key);
  void find_root(const SpaceId& space);
  void judge(int node);
  void read(int node);
  void read_join(int node, const JoinAct& act);
  void read_invite(int node, const InviteAct& act);
  std::uint32_t depth_given_at(int node) const;
  void admit(Admission admission);
  void join(int grant, const JoinAct& act, int invite, const InviteAct& how);
  void contest(int node, const SigningKey& target, Contest contest);
  bool beyond(const Contest& contest, int node) const;
  bool hits(const Contest& contest, int node) const;
  bool hits_admission(const Contest& contest, int admission) const;
  std::vector<int> contests_before(int node) const;
  bool concern(const std::vector<int>& some, int who) const;
  void accept(int contest, Accepted& accepted) const;
  Accepted pass(const std::vector<int>& order, const std::vector<bool>& banned) const;
  bool contest_ranks_before(int contest, int other) const;

  std::shared_ptr<const std::vector<AuthorityEntry>> entries_;
  std::map<SigningKey, int> author_index_, invitation_index_;
  std::vector<int> author_of_, admission_of_;                         // by node
  std::vector<std::optional<Role>> role_of_;                          // by node
  std::vector<std::uint32_t> contests_in_log_;                        // by node, along the branch
  std::map<std::uint32_t, std::vector<int>> contests_of_branch_;      // in order of place
  std::map<int, std::pair<std::vector<int>, Accepted>> settled_for_;  // by author, the last view
  Accepted final_;
};

}  // namespace rukun
