#pragma once
// Who may say it. What follows from a set of authority acts is a pure function of the set: the same
// acts in any order give the same members, cuts and epochs. Evaluation in words and pseudocode:
// PROTOCOL.md, "Authority". A space never loses a member from its list: who was removed stays in
// it, marked. DataJudge says of transactions in data logs whether they count. Pure; any thread.

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "sync/acts.h"

namespace rukun {

struct Member {
  MemberId id;
  SigningKey key;
  BoxKey box;
  std::string name;
  Role role = Role::reader;
  bool contested = false;   // joined by an invitation that others used too, or that was for another
  std::uint32_t depth = 0;  // in the chain of grants; with the act and `grant` the member's rank
  TxnHash grant;
  bool removed = false;
  bool lost = false;  // removed because the laptop was lost
};

struct Invitation {
  InviteId id;
  SigningKey key;
  Role role = Role::reader;
  MemberId by;
  std::vector<MemberId> used_by;  // sorted; those whose joining counts
  std::optional<MemberId> pinned;
  bool revoked = false;  // by an act, or because who made it is no head any more
  bool open() const { return !revoked && !pinned && used_by.empty(); }
};

struct Epoch {
  EpochId id;
  MemberId by;
  TxnHash act;           // the root's for the first one
  Head entry;            // the same, with its place
  bool current = false;  // who made it knew of every removal that counts
};

struct Erasure {
  RecordId record;
  MemberId by;
  TxnHash act;
  bool by_head = false;  // otherwise it counts for needs and offers of who says it
  std::string reason;
  Head entry;  // of `act`: who has it has heard of the erasure
};

class AuthorityCourt;

struct Authority {
  SpaceId space;
  bool founded = false;    // the root's act is here
  bool read_only = false;  // an unknown critical act is here
  std::string name;
  std::string area;
  RecordSecret record_secret;
  EpochId first_epoch;
  std::vector<Member> members;          // by rank
  std::vector<Invitation> invitations;  // by id
  std::vector<Epoch> epochs;            // the one to write under first
  std::set<TxnHash> adopted;
  std::vector<Erasure> erasures;
  std::map<RecordId, std::vector<std::uint32_t>> erasures_of;  // by record: which of the former
  std::vector<Head> heads;  // of authority logs: what does not wait for anything
  std::shared_ptr<const AuthorityCourt> court;

  const Member* find(const MemberId& id) const;  // removed ones too
  const Member* find(const SigningKey& key) const;
  const Member* current(const MemberId& id) const;
  const Member* current(const SigningKey& key) const;
  std::size_t current_count() const;
  // Changes whenever the judgement of what this member has written may change.
  TxnHash standing(const SigningKey& member) const;
  // Every data log is judged alike, for a quick answer: nobody was removed, no role was changed.
  bool undisputed() const;
  // The one role that this member ever had, when nothing is disputed; then DataJudge says the same.
  std::optional<Role> sole_role(const SigningKey& member) const;
  // Somebody said, rightly or not, that this is a member.
  bool knows(const SigningKey& member) const;
  // A removal or another role that counts is about this member.
  bool is_contested(const SigningKey& member) const;
  // A removal that counts lists this log: whoever comes back begins a new one.
  bool is_cut(const LogName& log) const;
  // The entries that removals of this member list: what lies beyond them does not count.
  std::vector<CutAt> cuts_of(const SigningKey& member) const;
  // What somebody must read to know that this member was removed: of each authority log, up to
  // which entry. Empty when no removal of it counts.
  std::map<LogId, Seq> until_removal(const SigningKey& member) const;
};

Authority evaluate(const SpaceId& space, std::vector<AuthorityEntry> entries);

// Whether the entries of one data log count, in the order of the log.
class DataJudge {
 public:
  DataJudge(const Authority& authority, const SigningKey& author, const LogId& log);
  // What the entries from here on had seen of an authority log.
  void saw(const LogId& log, Seq seq);

  struct Verdict {
    bool counts = false;      // not beyond a cut, and of somebody who was a member
    std::vector<Role> roles;  // all of these must allow what it does
  };
  // within: whether the entry at this position is the one that a cut names, or comes before it.
  using Within = std::function<bool(const CutAt&)>;
  Verdict at(const Within& within);

 private:
  std::shared_ptr<const AuthorityCourt> court_;
  SigningKey author_;
  LogId log_;
  std::map<LogId, Seq> past_;
  std::vector<int> known_contests_;  // the view that accepted_ was settled for
  std::vector<bool> accepted_;
  std::optional<Verdict> simple_;  // good until saw() changes something
};

}  // namespace rukun
