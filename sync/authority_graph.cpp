#include "sync/authority_graph.h"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

#include "sync/limits.h"

namespace rukun {

namespace {
constexpr std::size_t kMostChoices = 4096;  // of branches that one list of deps may mean
}

struct AuthorityGraph::Raw {
  const AuthorityEntry* entry = nullptr;
  LogId log;
  std::vector<std::pair<const Act*, bool>> acts;
  std::vector<std::size_t> before;  // what it stands on: its parent first, then its deps
  std::vector<std::size_t> after;
  std::size_t waits_for = 0;
  int node = kNone;
};

namespace {

using Places = std::map<std::pair<LogId, Seq>, std::vector<std::size_t>>;

// Deps name log and position; where a log forked, the digest says which branch was meant.
template <class Raws>
std::optional<std::vector<std::size_t>> resolve(const AuthorityEntry& entry, const Raws& all,
                                                const Places& places) {
  std::vector<const std::vector<std::size_t>*> choices;
  std::size_t count = 1;
  for (const auto& dep : entry.deps) {
    const auto found = places.find({dep.log, dep.seq});
    if (found == places.end()) return std::nullopt;
    choices.push_back(&found->second);
    count = std::min(kMostChoices, count * found->second.size());
  }
  for (std::size_t choice = 0; choice < count; ++choice) {
    std::vector<std::size_t> chosen;
    std::vector<Head> heads;
    std::size_t rest = choice;
    for (const auto* some : choices) {
      chosen.push_back((*some)[rest % some->size()]);
      rest /= some->size();
      const auto& raw = all[chosen.back()];
      heads.push_back({raw.log, raw.entry->seq, raw.entry->hash});
    }
    if (digest_of(heads) == entry.deps_digest) return chosen;
  }
  return std::nullopt;
}

}  // namespace

// Arrival must not show: entries in order of their names, acts of one entry by what they say.
std::vector<AuthorityGraph::Raw> AuthorityGraph::gather(
    const std::vector<AuthorityEntry>& entries) {
  std::map<std::pair<LogId, TxnHash>, std::size_t> known;
  std::vector<Raw> all;
  std::map<std::tuple<SigningKey, Incarnation>, LogId> ids;
  for (const auto& entry : entries) {
    if (entry.seq == 0 || entry.seq > limits::kActsInLog) continue;
    auto& id = ids[{entry.log.author, entry.log.incarnation}];
    if (id.is_zero()) id = entry.log.id();
    const auto [at, is_new] = known.emplace(std::pair(id, entry.hash), all.size());
    if (is_new) all.push_back({&entry, id, {}, {}, {}, 0, kNone});
    all[at->second].acts.emplace_back(&entry.act, entry.proven);
  }
  std::sort(all.begin(), all.end(), [](const Raw& a, const Raw& b) {
    return std::tie(a.log, a.entry->seq, a.entry->hash) <
           std::tie(b.log, b.entry->seq, b.entry->hash);
  });
  for (auto& raw : all) {
    if (raw.acts.size() < 2) continue;
    std::map<std::pair<KindId, Bytes>, std::pair<const Act*, bool>> order;
    for (const auto& act : raw.acts) {
      auto part = act_part(*act.first);
      order.emplace(std::pair(part.kind, std::move(part.opaque)), act);
    }
    raw.acts.clear();
    for (const auto& [key, act] : order) raw.acts.push_back(act);
  }
  return all;
}

AuthorityGraph::AuthorityGraph(const std::vector<AuthorityEntry>& entries) {
  auto all = gather(entries);
  Places places;
  for (std::size_t i = 0; i < all.size(); ++i) places[{all[i].log, all[i].entry->seq}].push_back(i);
  // What it stands on; nothing when something of that is not here.
  const auto before = [&](const Raw& raw) -> std::optional<std::vector<std::size_t>> {
    std::vector<std::size_t> out;
    if (raw.entry->seq == 1 && raw.entry->before != before_first(raw.log)) return std::nullopt;
    if (raw.entry->seq > 1) {
      const auto found = places.find({raw.log, raw.entry->seq - 1});
      if (found != places.end())
        for (const auto candidate : found->second)
          if (all[candidate].entry->hash == raw.entry->before) out.push_back(candidate);
      if (out.empty()) return std::nullopt;
    }
    if (raw.entry->deps.empty()) return out;
    const auto deps = resolve(*raw.entry, all, places);
    if (!deps) return std::nullopt;
    out.insert(out.end(), deps->begin(), deps->end());
    return out;
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto found = before(all[i]);
    if (!found) continue;
    all[i].before = *found;
    all[i].waits_for = found->size();
    for (const auto other : *found) all[other].after.push_back(i);
    if (found->empty()) ready.push(i);
  }
  while (!ready.empty()) {
    const auto next = ready.top();
    ready.pop();
    place(all[next], all);
    for (const auto other : all[next].after)
      if (--all[other].waits_for == 0) ready.push(other);
  }
}

void AuthorityGraph::place(Raw& raw, const std::vector<Raw>& all) {
  AuthorityNode node;
  node.first = raw.entry;
  node.log = raw.log;
  for (const auto& [act, proven] : raw.acts) {
    node.acts.push_back(act);
    node.proven.push_back(proven);
  }
  std::shared_ptr<const Clock> clock;
  std::size_t first_dep = 0;
  if (raw.entry->seq > 1) {
    node.parent = all[raw.before[0]].node;
    first_dep = 1;
    clock = clocks_[static_cast<std::size_t>(node.parent)];
  }
  std::shared_ptr<Clock> changed;
  const auto saw = [&](std::uint32_t branch, std::uint32_t count) {
    const Clock* now = changed ? changed.get() : clock.get();
    if (now != nullptr && branch < now->size() && (*now)[branch] >= count) return;
    if (!changed) changed = clock ? std::make_shared<Clock>(*clock) : std::make_shared<Clock>();
    if (changed->size() <= branch) changed->resize(branch + 1, 0);
    (*changed)[branch] = count;
  };
  if (node.parent != kNone) {
    const auto& parent = (*this)[node.parent];
    if (last_of_branch_[parent.branch] == node.parent) {
      node.branch = parent.branch;
      node.place = parent.place + 1;
    } else {
      saw(parent.branch, parent.place);
    }
  }
  if (node.place == 0) {
    node.branch = static_cast<std::uint32_t>(last_of_branch_.size());
    node.place = 1;
    last_of_branch_.push_back(kNone);
  }
  for (std::size_t i = first_dep; i < raw.before.size(); ++i) {
    const int dep = all[raw.before[i]].node;
    node.deps.push_back(dep);
    if (const auto& theirs = clocks_[static_cast<std::size_t>(dep)])
      for (std::uint32_t b = 0; b < theirs->size(); ++b)
        if ((*theirs)[b] > 0) saw(b, (*theirs)[b]);
    saw((*this)[dep].branch, (*this)[dep].place);
  }
  raw.node = size();
  last_of_branch_[node.branch] = raw.node;
  at_[{raw.log, raw.entry->seq}].push_back(raw.node);
  clocks_.push_back(changed ? std::move(changed) : std::move(clock));
  nodes_.push_back(std::move(node));
}

std::uint32_t AuthorityGraph::seen_of(std::uint32_t branch, int y) const {
  const auto& at = (*this)[y];
  if (branch == at.branch) return at.place;
  const auto& clock = clocks_[static_cast<std::size_t>(y)];
  return clock && branch < clock->size() ? (*clock)[branch] : 0;
}

bool AuthorityGraph::in_past(int x, int y) const {
  const auto& a = (*this)[x];
  return a.place <= seen_of(a.branch, y);
}

std::vector<int> AuthorityGraph::at(const LogId& log, Seq seq) const {
  const auto found = at_.find({log, seq});
  return found == at_.end() ? std::vector<int>{} : found->second;
}

std::vector<Head> AuthorityGraph::heads() const {
  std::vector<Head> out;
  for (const int node : last_of_branch_) {
    const auto& last = (*this)[node];
    out.push_back({last.log, last.first->seq, last.first->hash});
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace rukun
