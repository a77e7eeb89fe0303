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
  auto seen = contests_in(view);
  if (seen != known) {
    accepted = settle(seen);
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
    const auto hit = [&](const std::vector<int>& some) {
      return std::any_of(some.begin(), some.end(), [&](int which) {
        const auto index = static_cast<std::size_t>(which);
        if (index >= accepted.size() || !accepted[index]) return false;
        const auto& contest = contests[index];
        if (contest.invitation != kNone) return !graph.in_past(one.grant, contest.node);
        return beyond(contest, one.giver()) || (one.invite != kNone && contest.takes_headship() &&
                                                !graph.in_past(contest.node, one.invite) &&
                                                !graph.in_past(one.grant, contest.node));
      });
    };
    if (hit(contests_about[static_cast<std::size_t>(author_at(one.giver()))])) return true;
    if (one.invitation != kNone && hit(revocations_of[static_cast<std::size_t>(one.invitation)]))
      return true;
  }
  return false;
}

bool AuthorityCourt::fallen(int node, const Accepted& accepted) const {
  for (const int which : contests_about[static_cast<std::size_t>(author_at(node))]) {
    const auto index = static_cast<std::size_t>(which);
    if (index < accepted.size() && accepted[index] && beyond(contests[index], node)) return true;
  }
  return fallen_admission(admission_at(node), accepted);
}

std::vector<int> AuthorityCourt::contests_in(const View& view) const {
  std::vector<int> out;
  for (std::size_t i = 0; i < contests.size(); ++i)
    if (view(contests[i].node)) out.push_back(static_cast<int>(i));
  return out;
}

AuthorityCourt::Accepted AuthorityCourt::pass(const std::vector<int>& order,
                                              const Accepted& banned) const {
  Accepted accepted(contests.size(), false);
  for (const int which : order) {
    const auto index = static_cast<std::size_t>(which);
    if (!banned[index] && !fallen(contests[index].node, accepted)) accepted[index] = true;
  }
  return accepted;
}

// In order of rank: what a higher head takes away, a lower one cannot use. Then what was accepted
// early but lies beyond a later accepted cut is left out, if that cut stands without it, too.
AuthorityCourt::Accepted AuthorityCourt::settle(const std::vector<int>& all) const {
  auto order = all;
  std::sort(order.begin(), order.end(),
            [this](int a, int b) { return contest_ranks_before(a, b); });
  Accepted banned(contests.size(), false);
  auto accepted = pass(order, banned);
  for (const int which : order) {
    const auto index = static_cast<std::size_t>(which);
    if (!accepted[index]) continue;
    auto without = banned;
    bool any = false;
    for (const int victim : order) {
      if (victim == which) break;
      const auto at = static_cast<std::size_t>(victim);
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
  const auto& about = contests_about[static_cast<std::size_t>(who)];
  const auto holds = [&](int which) {
    const auto index = static_cast<std::size_t>(which);
    return index < accepted.size() && accepted[index];
  };
  int best = kNone;
  for (const int which : admissions_of[static_cast<std::size_t>(who)]) {
    const auto& one = admissions[static_cast<std::size_t>(which)];
    if (!view(one.grant) || (one.invite != kNone && !view(one.invite))) continue;
    if (best != kNone && !ranks_before(which, best)) continue;
    // Whoever was removed is back only by a grant whose giver knew of the removal.
    const bool out = std::any_of(about.begin(), about.end(), [&](int taken) {
      const auto& contest = contests[static_cast<std::size_t>(taken)];
      return holds(taken) && !contest.role && !graph.in_past(contest.node, one.giver());
    });
    if (!out && !fallen_admission(which, accepted)) best = which;
  }
  if (best == kNone) return std::nullopt;
  const auto& grant = admissions[static_cast<std::size_t>(best)];
  // The last word on the role; of several that did not know of each other, the highest head's.
  std::vector<int> words;
  for (const int which : about)
    if (holds(which) && contests[static_cast<std::size_t>(which)].role &&
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
  return Standing{best,
                  last == kNone ? grant.role : *contests[static_cast<std::size_t>(last)].role};
}

}  // namespace rukun
