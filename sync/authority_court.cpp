#include "sync/authority_court.h"

#include <algorithm>
#include <tuple>

#include "sync/limits.h"

namespace rukun {

namespace {
template <class T>
const T* find_act(const AuthorityNode& node) {
  for (const Act* act : node.acts)
    if (const T* found = std::get_if<T>(act)) return found;
  return nullptr;
}
}  // namespace

AuthorityCourt::AuthorityCourt(const SpaceId& space, std::vector<AuthorityEntry> entries)
    : graph(entries), entries_(nullptr) {
  auto kept = std::make_shared<const std::vector<AuthorityEntry>>(std::move(entries));
  entries_ = std::move(kept);  // moved, not copied: what the graph points at stays where it is
  for (int node = 0; node < graph.size(); ++node) {
    author_of_.push_back(author(graph[node].first->log.author));
    contests_in_log_.push_back(0);
    admission_of_.push_back(kNone);
    role_of_.emplace_back();
  }
  find_root(space);
  if (root_entry == kNone) return;
  for (int node = 0; node < graph.size(); ++node) {
    judge(node);
    read(node);
  }
  final_ = settle(contests_in([](int) { return true; }));
  settled_for_.clear();
}

int AuthorityCourt::author(const SigningKey& key) {
  const auto [at, is_new] = author_index_.emplace(key, static_cast<int>(authors.size()));
  if (is_new) {
    authors.push_back(key);
    admissions_of.emplace_back();
    contests_about.emplace_back();
  }
  return at->second;
}

int AuthorityCourt::author_of(const SigningKey& key) const {
  const auto found = author_index_.find(key);
  return found == author_index_.end() ? kNone : found->second;
}

int AuthorityCourt::invitation(const SigningKey& key) {
  const auto [at, is_new] = invitation_index_.emplace(key, static_cast<int>(invitations.size()));
  if (is_new) {
    invitations.push_back(key);
    invites_with.emplace_back();
    joins_with.emplace_back();
    revocations_of.emplace_back();
  }
  return at->second;
}

// A root signs once; should it ever sign twice, the smaller hash counts, everywhere.
void AuthorityCourt::find_root(const SpaceId& space) {
  for (int node = 0; node < graph.size(); ++node) {
    const auto& entry = *graph[node].first;
    if (entry.seq != 1 || !entry.log.incarnation.is_zero() || space_id(entry.log.author) != space ||
        find_act<RootAct>(graph[node]) == nullptr)
      continue;
    if (root_entry == kNone || entry.hash < graph[root_entry].first->hash) root_entry = node;
  }
  if (root_entry != kNone) root_author = author_at(root_entry);
}

// Which role the author of an entry had by what it knew then.
void AuthorityCourt::judge(int node) {
  const auto at = static_cast<std::size_t>(node);
  const int who = author_of_[at];
  if (who == root_author) {
    role_of_[at] = Role::head;
    return;
  }
  if (admissions_of[static_cast<std::size_t>(who)].empty()) return;
  const View view = [this, node](int other) { return other != node && graph.in_past(other, node); };
  auto& [known, accepted] = settled_for_[who];
  auto seen = contests_before(node);
  if (seen != known) {
    accepted = concern(seen, who) ? settle(seen) : Accepted{};
    known = std::move(seen);
  }
  if (const auto found = standing(who, view, accepted)) {
    role_of_[at] = found->role;
    admission_of_[at] = found->admission;
  }
}

std::uint32_t AuthorityCourt::depth_given_at(int node) const {
  const int by = admission_at(node);
  return by == kNone ? 1u : admissions[static_cast<std::size_t>(by)].depth + 1;
}

void AuthorityCourt::read(int node) {
  const auto at = static_cast<std::size_t>(node);
  const auto& entry = graph[node];
  if (entry.parent != kNone)
    contests_in_log_[at] = contests_in_log_[static_cast<std::size_t>(entry.parent)];
  const bool head = role_of_[at] == Role::head;
  for (std::size_t i = 0; i < entry.acts.size(); ++i) {
    const Act& act = *entry.acts[i];
    if (const auto* join_act = std::get_if<JoinAct>(&act); join_act && entry.proven[i])
      read_join(node, *join_act);
    if (!head) continue;
    if (const auto* root = std::get_if<RootAct>(&act); root != nullptr && node == root_entry) {
      const auto& to = root->founder;
      admit({author(to.key), node, kNone, kNone, kNone, to.key, to.box, to.name, Role::head, 1});
    }
    if (const auto* given = std::get_if<AdmitAct>(&act); given && is_valid(given->grant.role)) {
      const auto& to = given->grant;
      admit({author(to.key), node, kNone, admission_of_[at], kNone, to.key, to.box, to.name,
             to.role, depth_given_at(node)});
    }
    if (const auto* made = std::get_if<InviteAct>(&act); made && is_valid(made->role))
      read_invite(node, *made);
    if (const auto* role = std::get_if<SetRoleAct>(&act); role && is_valid(role->role))
      contest(node, role->member, {node, kNone, kNone, role->role, false, &role->cut});
    if (const auto* removal = std::get_if<RemoveAct>(&act))
      contest(node, removal->member, {node, kNone, kNone, {}, removal->lost, &removal->cut});
    if (const auto* revoked = std::get_if<RevokeAct>(&act))
      contest(node, {}, {node, kNone, invitation(revoked->invitation), {}, false, nullptr});
  }
}

// Once in a log is enough, here and below: more would only make more to settle.
void AuthorityCourt::read_join(int node, const JoinAct& act) {
  const int paper = invitation(act.invitation);
  auto& joins = joins_with[static_cast<std::size_t>(paper)];
  const auto same_log = [&](int other) { return graph[other].log == graph[node].log; };
  if (std::any_of(joins.begin(), joins.end(), same_log)) return;
  joins.push_back(node);
  for (const int invite : invites_with[static_cast<std::size_t>(paper)])
    for (const Act* other : graph[invite].acts)
      if (const auto* how = std::get_if<InviteAct>(other); how && how->invitation == act.invitation)
        join(node, act, invite, *how);
}

void AuthorityCourt::read_invite(int node, const InviteAct& act) {
  const int paper = invitation(act.invitation);
  auto& invites = invites_with[static_cast<std::size_t>(paper)];
  const auto same_log = [&](int other) { return graph[other].log == graph[node].log; };
  if (std::any_of(invites.begin(), invites.end(), same_log)) return;
  invites.push_back(node);
  for (const int joined : joins_with[static_cast<std::size_t>(paper)])
    for (const Act* other : graph[joined].acts)
      if (const auto* how = std::get_if<JoinAct>(other); how && how->invitation == act.invitation)
        join(joined, *how, node, act);
}

void AuthorityCourt::admit(Admission admission) {
  if (admission.author == root_author) return;
  admissions_of[static_cast<std::size_t>(admission.author)].push_back(
      static_cast<int>(admissions.size()));
  admissions.push_back(std::move(admission));
}

void AuthorityCourt::join(int grant, const JoinAct& act, int invite, const InviteAct& how) {
  const int by = admission_at(invite);
  admit({author_at(grant), grant, invite, by, invitation(act.invitation),
         graph[grant].first->log.author, act.box, act.name, how.role, depth_given_at(invite)});
}

void AuthorityCourt::contest(int node, const SigningKey& target, Contest made) {
  auto& count = contests_in_log_[static_cast<std::size_t>(node)];
  if (++count > limits::kContestsInLog) return;
  const int index = static_cast<int>(contests.size());
  if (made.invitation != kNone) {
    revocations_of[static_cast<std::size_t>(made.invitation)].push_back(index);
  } else {
    made.target = author(target);
    if (made.target == root_author) return;
    contests_about[static_cast<std::size_t>(made.target)].push_back(index);
  }
  contests.push_back(made);
  contests_of_branch_[graph[node].branch].push_back(index);
}

bool AuthorityCourt::ranks_before(int admission, int other) const {
  if (admission == kNone || other == kNone) return admission == kNone && other != kNone;
  const auto rank = [this](int which) {
    const auto& one = admissions[static_cast<std::size_t>(which)];
    return std::make_tuple(one.depth, graph[one.giver()].first->hash, graph[one.grant].first->hash,
                           which);
  };
  return rank(admission) < rank(other);
}

bool AuthorityCourt::contest_ranks_before(int contest, int other) const {
  const int a = admission_at(contests[static_cast<std::size_t>(contest)].node);
  const int b = admission_at(contests[static_cast<std::size_t>(other)].node);
  if (a != b) return ranks_before(a, b);
  return contest < other;  // of one author: the order in which they can have been said
}

bool AuthorityCourt::beyond(const Contest& contest, int node) const {
  if (node == contest.node || !contest.takes_headship()) return false;
  const bool aware = graph.in_past(contest.node, node);
  if (contest.role && aware) return false;
  const auto& entry = graph[node];
  if (find_act<EraseAct>(entry) != nullptr && graph.in_past(node, contest.node)) return false;
  bool listed = false;
  for (const auto& last : *contest.cut) {
    if (last.log != entry.log) continue;
    listed = true;
    for (const int kept : graph.at(last.log, last.seq))
      if (graph[kept].first->hash == last.hash && graph.in_past(node, kept)) return false;
  }
  return listed || !aware;
}

bool AuthorityCourt::hits_admission(const Contest& contest, int admission) const {
  for (int at = admission; at != kNone; at = admissions[static_cast<std::size_t>(at)].by) {
    const auto& one = admissions[static_cast<std::size_t>(at)];
    if (contest.invitation != kNone && contest.invitation == one.invitation &&
        !graph.in_past(one.grant, contest.node))
      return true;
    if (contest.target == kNone || contest.target != author_at(one.giver())) continue;
    if (beyond(contest, one.giver())) return true;
    // An invitation that nobody had used yet goes with who made it.
    if (one.invite != kNone && contest.takes_headship() &&
        !graph.in_past(contest.node, one.invite) && !graph.in_past(one.grant, contest.node))
      return true;
  }
  return false;
}

bool AuthorityCourt::hits(const Contest& contest, int node) const {
  if (contest.target != kNone && contest.target == author_at(node) && beyond(contest, node))
    return true;
  return hits_admission(contest, admission_at(node));
}

bool AuthorityCourt::fallen_admission(int admission, const Accepted& accepted) const {
  for (int at = admission; at != kNone; at = admissions[static_cast<std::size_t>(at)].by) {
    const auto& one = admissions[static_cast<std::size_t>(at)];
    const auto hit = [&](const std::map<int, std::vector<int>>& by, int what) {
      const auto some = by.find(what);
      return some != by.end() &&
             std::any_of(some->second.begin(), some->second.end(), [&](int which) {
               const auto& contest = contests[static_cast<std::size_t>(which)];
               if (contest.invitation != kNone) return !graph.in_past(one.grant, contest.node);
               return beyond(contest, one.giver()) ||
                      (one.invite != kNone && contest.takes_headship() &&
                       !graph.in_past(contest.node, one.invite) &&
                       !graph.in_past(one.grant, contest.node));
             });
    };
    if (hit(accepted.about, author_at(one.giver()))) return true;
    if (one.invitation != kNone && hit(accepted.about_invitation, one.invitation)) return true;
  }
  return false;
}

bool AuthorityCourt::fallen(int node, const Accepted& accepted) const {
  if (const auto about = accepted.about.find(author_at(node)); about != accepted.about.end())
    for (const int which : about->second)
      if (beyond(contests[static_cast<std::size_t>(which)], node)) return true;
  return fallen_admission(admission_at(node), accepted);
}

std::vector<int> AuthorityCourt::contests_in(const View& view) const {
  std::vector<int> out;
  for (std::size_t i = 0; i < contests.size(); ++i)
    if (view(contests[i].node)) out.push_back(static_cast<int>(i));
  return out;
}

// Those in the past of an entry, without its own.
std::vector<int> AuthorityCourt::contests_before(int node) const {
  std::vector<int> out;
  for (const auto& [branch, some] : contests_of_branch_) {
    const auto seen = graph.seen_of(branch, node);
    for (const int which : some) {
      const int at = contests[static_cast<std::size_t>(which)].node;
      if (graph[at].place > seen || at == node) break;
      out.push_back(which);
    }
  }
  return out;
}

// Whether any of them can change somebody's standing: is about them, or about what they rest on.
bool AuthorityCourt::concern(const std::vector<int>& some, int who) const {
  std::set<int> people{who}, papers;
  for (const int own : admissions_of[static_cast<std::size_t>(who)])
    for (int at = own; at != kNone; at = admissions[static_cast<std::size_t>(at)].by) {
      people.insert(author_at(admissions[static_cast<std::size_t>(at)].giver()));
      papers.insert(admissions[static_cast<std::size_t>(at)].invitation);
    }
  return std::any_of(some.begin(), some.end(), [&](int which) {
    const auto& contest = contests[static_cast<std::size_t>(which)];
    return contest.target != kNone ? people.contains(contest.target)
                                   : papers.contains(contest.invitation);
  });
}

void AuthorityCourt::accept(int contest, Accepted& accepted) const {
  const auto& made = contests[static_cast<std::size_t>(contest)];
  accepted.holds[static_cast<std::size_t>(contest)] = true;
  if (made.invitation != kNone)
    accepted.about_invitation[made.invitation].push_back(contest);
  else
    accepted.about[made.target].push_back(contest);
}

AuthorityCourt::Accepted AuthorityCourt::accepted_of(const std::vector<bool>& holds) const {
  Accepted out;
  out.holds.resize(contests.size());
  for (std::size_t i = 0; i < holds.size(); ++i)
    if (holds[i]) accept(static_cast<int>(i), out);
  return out;
}

AuthorityCourt::Accepted AuthorityCourt::pass(const std::vector<int>& order,
                                              const std::vector<bool>& banned) const {
  Accepted accepted;
  accepted.holds.resize(contests.size());
  for (const int which : order) {
    const auto index = static_cast<std::size_t>(which);
    if (!banned[index] && !fallen(contests[index].node, accepted)) accept(which, accepted);
  }
  return accepted;
}

namespace {
// Of contests in their order: where those stand that rest on an author or on an invitation. Only
// these can fall by a contest about it.
struct Resting {
  Resting(const AuthorityCourt& court, const std::vector<int>& order) {
    for (int place = 0; place < static_cast<int>(order.size()); ++place) {
      const int node =
          court.contests[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])].node;
      add(on_author[court.author_at(node)], place);
      for (int at = court.admission_at(node); at != kNone;) {
        const auto& one = court.admissions[static_cast<std::size_t>(at)];
        add(on_author[court.author_at(one.giver())], place);
        if (one.invitation != kNone) add(on_invitation[one.invitation], place);
        at = one.by;
      }
    }
  }
  static void add(std::vector<int>& places, int place) {
    if (places.empty() || places.back() != place) places.push_back(place);
  }
  const std::vector<int>& on(const Contest& contest) const {
    static const std::vector<int> kNobody;
    const auto& by = contest.target != kNone ? on_author : on_invitation;
    const auto found = by.find(contest.target != kNone ? contest.target : contest.invitation);
    return found == by.end() ? kNobody : found->second;
  }
  std::map<int, std::vector<int>> on_author, on_invitation;
};
}  // namespace

// In order of rank: what a higher head takes away, a lower one cannot use. Then what was accepted
// early but lies beyond a later accepted cut is left out, if that cut stands without it, too.
AuthorityCourt::Accepted AuthorityCourt::settle(const std::vector<int>& all) const {
  auto order = all;
  std::sort(order.begin(), order.end(),
            [this](int a, int b) { return contest_ranks_before(a, b); });
  std::vector<bool> banned(contests.size(), false);
  auto accepted = pass(order, banned);
  const Resting resting(*this, order);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const auto index = static_cast<std::size_t>(order[place]);
    if (!accepted[index]) continue;
    auto without = banned;
    bool any = false;
    for (const int earlier : resting.on(contests[index])) {
      if (earlier >= static_cast<int>(place)) break;
      const auto at = static_cast<std::size_t>(order[static_cast<std::size_t>(earlier)]);
      if (!accepted[at] || !hits(contests[index], contests[at].node)) continue;
      without[at] = true;
      any = true;
    }
    if (!any) continue;
    auto trial = pass(order, without);
    if (!trial[index]) continue;
    banned = std::move(without);
    accepted = std::move(trial);
  }
  return accepted;
}

std::optional<AuthorityCourt::Standing> AuthorityCourt::standing(int who, const View& view,
                                                                 const Accepted& accepted) const {
  if (who == kNone) return std::nullopt;
  std::vector<int> removals;
  if (const auto about = accepted.about.find(who); about != accepted.about.end())
    for (const int which : about->second)
      if (!contests[static_cast<std::size_t>(which)].role)
        removals.push_back(contests[static_cast<std::size_t>(which)].node);
  int best = kNone;
  for (const int which : admissions_of[static_cast<std::size_t>(who)]) {
    const auto& one = admissions[static_cast<std::size_t>(which)];
    if (!view(one.grant) || (one.invite != kNone && !view(one.invite))) continue;
    if (best != kNone && !ranks_before(which, best)) continue;
    // Whoever was removed is back only by a grant whose giver knew of the removal.
    const bool out = std::any_of(removals.begin(), removals.end(),
                                 [&](int removal) { return !graph.in_past(removal, one.giver()); });
    if (!out && !fallen_admission(which, accepted)) best = which;
  }
  if (best == kNone) return std::nullopt;
  return Standing{best, role_by(best, accepted)};
}

// Of several that did not know of each other, the highest head's.
Role AuthorityCourt::role_by(int admission, const Accepted& accepted) const {
  const auto& grant = admissions[static_cast<std::size_t>(admission)];
  std::vector<int> words;
  if (const auto about = accepted.about.find(grant.author); about != accepted.about.end())
    for (const int which : about->second)
      if (contests[static_cast<std::size_t>(which)].role &&
          !graph.in_past(contests[static_cast<std::size_t>(which)].node, grant.giver()))
        words.push_back(which);
  int last = kNone;
  for (const int which : words) {
    const int node = contests[static_cast<std::size_t>(which)].node;
    const bool replaced = std::any_of(words.begin(), words.end(), [&](int other) {
      return other != which && contests[static_cast<std::size_t>(other)].node != node &&
             graph.in_past(node, contests[static_cast<std::size_t>(other)].node);
    });
    if (!replaced && (last == kNone || contest_ranks_before(which, last))) last = which;
  }
  return last == kNone ? grant.role : *contests[static_cast<std::size_t>(last)].role;
}

}  // namespace rukun
