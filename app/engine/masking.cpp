// Which transactions count: whoever was no member, lies beyond a cut or wrote what its role does
// not allow is kept but masked, and comes back when authority says otherwise. What is judged is a
// function of everything that is here, in whatever order it came: so a judgement that was made too
// early is made again, and then the view is built anew.

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/roles.h"
#include "app/domain/schema.h"
#include "app/engine/engine_works.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {

bool narrow(Role role) { return role == Role::office || role == Role::reader; }

bool closed_to_volunteers(KindId kind) {
  return !may_write(Role::volunteer, {.kind = kind, .own = true});
}

bool only_confirms(const Run& run, const PartRow& part) {
  if (part.opaque || part.stub) return false;
  for (std::uint32_t i = 0; i < part.op_count; ++i)
    if (run.ops[part.first_op + i].field != fields::handover::kConfirmed) return false;
  return part.op_count > 0;
}

}  // namespace

// What a part does, as far as it matters for roles. A record that has not arrived has no kind yet:
// then nothing is refused, and it is judged again when it comes.
Result<std::optional<WriteWish>> Engine::Works::wish_of(Space& space, const Run& run,
                                                        const PartRow& part, bool narrow_role) {
  if (part.ref != RefType::existing) return WriteWish{part.kind, true, false};
  const auto& row = run.records[part.record];
  if (row.made_by != RecordRow::kNotMade)
    return WriteWish{run.parts[row.made_by].kind, true, false};
  if (const auto closed = space.closed.find(row.id); closed != space.closed.end() && !narrow_role)
    return WriteWish{closed->second, false, false};
  if (!narrow_role) return std::nullopt;
  if (const auto made = just_declared.find(row.id); made != just_declared.end())
    return WriteWish{made->second.first, made->second.second == run.name.author,
                     only_confirms(run, part)};
  TRY(const auto known, projection->record(space.number, row.id));
  if (!known || known->state.declared == 0) return std::nullopt;
  const auto maker = store->find_log(projection->logs()[*known->state.maker]);
  return WriteWish{known->state.declared,
                   maker && store->log(*maker).name.author == run.name.author,
                   only_confirms(run, part)};
}

Result<bool> Engine::Works::roles_allow(Space& space, const Run& run, std::size_t txn,
                                        const std::vector<Role>& roles) {
  const bool any_narrow = std::any_of(roles.begin(), roles.end(), narrow);
  if (std::all_of(roles.begin(), roles.end(), [](Role role) { return role == Role::head; }))
    return true;
  for (std::uint32_t p = run.txns[txn].first_part; p < run.part_end(txn); ++p) {
    // Of an erased record nobody knows any more what was done to it.
    const PartRow& part = run.parts[p];
    if (part.ref != RefType::act && space.erased.contains(run.records[part.record].id)) continue;
    TRY(const auto wish, wish_of(space, run, part, any_narrow));
    if (!wish) continue;
    for (const auto role : roles)
      if (!may_write(role, *wish)) return false;
  }
  return true;
}

// Whether the run lies on the way to the entry that a cut names.
Result<bool> Engine::Works::leads_to(const Run& run, const CutAt& cut) {
  const auto ix = store->find_log(cut.log);
  if (!ix) return true;
  const auto heads = store->heads(*ix);
  if (heads.size() < 2) {
    if (heads.empty() || heads.front().seq < cut.seq) return true;
    return store->has({cut.log, cut.seq, cut.hash});
  }
  Seq seq = cut.seq;
  TxnHash at = cut.hash;
  while (seq > run.last()) {
    std::optional<std::pair<Seq, TxnHash>> before;
    TRY_VOID(store->runs_with(*ix, seq, [&](const Run& other) -> Status {
      if (other.txns[seq - other.first].hash != at) return {};
      before = other.first <= run.last()
                   ? std::pair(run.last(), other.txns[run.last() - other.first].hash)
                   : std::pair(other.first - 1, other.before);
      return {};
    }));
    if (!before) return false;
    std::tie(seq, at) = *before;
  }
  return at == run.end();
}

void Engine::Works::note_declared_kinds(Space& space, const Run& run) {
  const auto& members = space.authority.members;
  const bool narrow_roles = std::any_of(members.begin(), members.end(), [&](const Member& member) {
    return narrow(member.role) || !space.authority.undisputed();
  });
  for (const auto& part : run.parts) {
    if (part.ref != RefType::fresh && part.ref != RefType::keyed) continue;
    const auto& id = run.records[part.record].id;
    if (narrow_roles) just_declared.try_emplace(id, part.kind, run.name.author);
    if (closed_kinds.empty())
      for (KindId kind = 1; kind < 256; ++kind)
        if (closed_to_volunteers(kind)) closed_kinds.insert(kind);
    if (closed_kinds.contains(part.kind)) space.closed.emplace(id, part.kind);
  }
}

// Masks of one run; `past`: what the entry before it had seen of authority logs, then the last one.
Result<Masked> Engine::Works::judge(Space& space, const Run& run, AuthorityPast& past,
                                    std::map<TxnHash, MaskedTxn>& out) {
  std::vector<bool> of_authority;
  for (const auto& log : run.logs) {
    const auto ix = store->find_log(log);
    of_authority.push_back(ix && store->log(*ix).name.which == LogKind::authority);
  }
  DataJudge judge(space.authority, run.name.author, run.log);
  for (const auto& [log, seq] : past) judge.saw(log, seq);
  Masked masked(run.txns.size(), false);
  bool any = false;
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    const TxnRow& txn = run.txns[t];
    const Seq seq = run.first + static_cast<Seq>(t);
    for (std::uint32_t d = 0; d < txn.dep_count; ++d) {
      const DepRow& dep = run.deps[txn.first_dep + d];
      if (!of_authority[dep.log]) continue;
      Seq& seen = past[run.logs[dep.log]];
      seen = std::max(seen, dep.seq);
      judge.saw(run.logs[dep.log], dep.seq);
    }
    if (space.authority.adopted.contains(txn.hash)) {
      space.adopted_here.insert(txn.hash);
      continue;
    }
    // What cannot be read says nothing: whoever wrote honestly is not masked for a failing disk.
    Status looked;
    const auto verdict = judge.at([&](const CutAt& cut) {
      if (seq > cut.seq) return false;
      if (cut.seq <= run.last()) return run.txns[cut.seq - run.first].hash == cut.hash;
      const auto leads = leads_to(run, cut);
      if (!leads) looked = tl::make_unexpected(leads.error());
      return leads && *leads;
    });
    TRY_VOID(looked);
    bool counts = verdict.counts;
    if (counts) {
      TRY(counts, roles_allow(space, run, t, verdict.roles));
    }
    if (counts) continue;
    masked[t] = true;
    any = true;
    out[txn.hash] = {run.log, seq, !verdict.counts};
  }
  if (!any) masked.clear();
  return masked;
}

// The past of a run that follows what is merged already.
Result<Engine::Works::AuthorityPast> Engine::Works::authority_past(const Run& run) {
  AuthorityPast out;
  if (run.first == 1) return out;
  auto seen = projection->past_at(run.log, run.before);
  if (seen.empty()) {
    TRY(seen, past_of(run.log, run.first - 1, run.before));
  }
  for (const auto& [number, seq] : seen) {
    const auto& log = projection->logs()[number];
    const auto ix = store->find_log(log);
    if (ix && store->log(*ix).name.which == LogKind::authority) out[log] = seq;
  }
  return out;
}

// The masks under which a run is merged now.
Result<Masked> Engine::Works::masked_now(Space& space, const Run& run) {
  note_declared_kinds(space, run);
  if (rebuilding) {
    Masked masked(run.txns.size(), false);
    for (std::size_t t = 0; t < run.txns.size(); ++t)
      masked[t] = space.masked.contains(run.txns[t].hash);
    return masked;
  }
  if (space.authority.sole_role(run.name.author) == Role::head) return Masked{};
  if (const auto role = space.authority.sole_role(run.name.author)) {
    Masked masked(run.txns.size(), false);
    for (std::size_t t = 0; t < run.txns.size(); ++t) {
      TRY(const bool allowed, roles_allow(space, run, t, {*role}));
      const bool adopted = space.authority.adopted.contains(run.txns[t].hash);
      if (adopted) space.adopted_here.insert(run.txns[t].hash);
      masked[t] = !allowed && !adopted;
      if (masked[t]) space.masked[run.txns[t].hash] = {run.log, run.first + static_cast<Seq>(t)};
    }
    return masked;
  }
  TRY(auto past, authority_past(run));
  return judge(space, run, past, space.masked);
}

// Of who was removed only so much is kept beyond the cuts: it does not count, and would cost every
// disk. What a head adopted must come, so nothing is turned away while some of that is missing.
// Data alone: no entry of anybody waits for it. Passing it over is no fault of who brought it.
Result<bool> Engine::Works::is_kept(Space& space, const Run& run, std::size_t bytes) {
  const Member* author = space.authority.find(run.name.author);
  if (author == nullptr || !author->removed || run.name.which != LogKind::data) return true;
  if (space.adopted_here.size() < space.authority.adopted.size()) return true;
  const auto is_theirs = [&](const LogId& id) {
    const auto ix = store->find_log(id);
    return ix && store->log(*ix).name.author == run.name.author;
  };
  Frontier kept = store->frontier(space.ix);
  std::erase_if(kept.heads, [&](const Head& head) { return is_theirs(head.log); });
  for (const auto& cut : space.authority.cuts_of(run.name.author)) {
    if (cut.log == run.log && run.last() <= cut.seq) return true;
    kept.heads.push_back({cut.log, cut.seq, cut.hash});
  }
  std::sort(kept.heads.begin(), kept.heads.end());
  TRY(const auto beyond, store->missing_for(space.ix, kept));
  std::size_t stored = 0;
  for (const auto& piece : beyond) {
    const auto& log = store->log(piece.log).name;
    if (log.author == run.name.author && log.which == LogKind::data) stored += piece.bytes;
  }
  // What follows something that was passed over is passed over, too.
  bool follows = run.first == 1;
  if (!follows) {
    TRY(follows, store->has({run.log, run.first - 1, run.before}));
  }
  if (follows && stored + bytes <= limits::kMaskedBytes) return true;
  if (space.told_too_much.insert(author->id).second)
    notices.push_back(
        {"Catatan baru " + author->name +
             ", yang sudah dikeluarkan, terlalu banyak dan tidak disimpan semua.",
         author->name + ", who was removed, has written more since than is kept here."});
  return false;
}

// Judges the logs of some authors anew. True when it comes out differently.
Result<bool> Engine::Works::judge_again(Space& space,
                                        const std::function<bool(const LogInfo&)>& which) {
  std::map<TxnHash, MaskedTxn> found;
  std::map<TxnHash, AuthorityPast> pasts;
  std::set<LogId> judged;
  const std::set<Arrival> waiting(projection->waiting().begin(), projection->waiting().end());
  TRY_VOID(store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = store->log(segment.log);
    if (log.space != space.ix || log.name.which != LogKind::data || !which(log) ||
        waiting.contains(segment.arrival))
      return true;
    TRY(const auto run, codec.open_own(segment.sealed, space.id, keys()));
    judged.insert(log.id);
    // A branch may begin in the middle of a run that was merged with its neighbors.
    const auto known = pasts.find(run.run().before);
    AuthorityPast past;
    if (known != pasts.end()) {
      past = known->second;
    } else {
      TRY(past, authority_past(run.run()));
    }
    auto masked = judge(space, run.run(), past, found);
    if (!masked) return tl::make_unexpected(std::move(masked).error());
    pasts[run.run().end()] = std::move(past);
    return true;
  }));
  bool changed = false;
  for (auto known = space.masked.begin(); known != space.masked.end();) {
    if (!judged.contains(known->second.log)) {
      ++known;
      continue;
    }
    changed = changed || !found.contains(known->first);
    known = space.masked.erase(known);
  }
  for (const auto& [hash, one] : found) {
    changed = changed || !masked_before.contains(hash);
    space.masked[hash] = one;
  }
  return changed;
}

// After members, roles, cuts, kinds or erasures changed. What could not be judged anew is not to be
// relied on: catch_up() then starts over.
Status Engine::Works::reconsider(Space& space, const std::set<KindId>& late,
                                 const std::set<LogId>& touched) {
  if (rebuilding) return {};
  auto done = judge_what_changed(space, late, touched);
  if (!done) view_behind = start_over = true;
  return done;
}

Status Engine::Works::judge_what_changed(Space& space, const std::set<KindId>& late,
                                         const std::set<LogId>& touched) {
  std::set<SigningKey> authors;
  for (const auto ix : store->logs(space.ix)) {
    const auto& log = store->log(ix).name;
    if (log.which != LogKind::data) continue;
    const auto standing = space.authority.standing(log.author);
    auto& known = space.standings[log.author];
    if (!known.is_zero() && known != standing) authors.insert(log.author);
    known = standing;
  }
  const bool adopted =
      std::exchange(space.adopted_then, space.authority.adopted) != space.authority.adopted;
  const bool closed = std::any_of(late.begin(), late.end(), closed_to_volunteers);
  TRY(auto erased, erased_now(space));
  const bool erases = std::exchange(space.erased, std::move(erased)) != space.erased;
  if (authors.empty() && !adopted && !erases && late.empty() && touched.empty()) return {};
  just_declared.clear();
  masked_before.clear();
  for (const auto& [hash, one] : space.masked) masked_before.insert(hash);
  TRY(const bool changed, judge_again(space, [&](const LogInfo& log) {
        if (adopted || erases || authors.contains(log.name.author) || touched.contains(log.id))
          return true;
        if (late.empty()) return false;
        const auto role = space.authority.sole_role(log.name.author);
        return !role || narrow(*role) || (closed && *role == Role::volunteer);
      }));
  return changed || erases ? rebuild_view() : Status{};
}

// The same log under other masks: everything is merged anew.
Status Engine::Works::rebuild_view() {
  TRY(projection, empty_projection());
  for (auto& space : spaces) {
    space.number = projection->space_number(space.id);
    projection->set_erased(space.number, space.erased);
  }
  waiting_logs.clear();
  just_declared.clear();
  image_wanted = true;
  image_arrival = 0;
  rebuilding = true;
  auto done = replay();
  rebuilding = false;
  if (!done) view_behind = start_over = true;
  return done;
}

namespace {
struct SavedMask {
  TxnHash txn;
  LogId log;
  Seq seq = 0;
  bool cut = false;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(txn, log, seq, cut);
  }
};
struct SavedStanding {
  SigningKey author;
  TxnHash standing;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(author, standing);
  }
};
struct SavedClosed {
  RecordId record;
  KindId kind = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(record, kind);
  }
};
struct SavedMasks {
  SpaceId space;
  std::vector<SavedMask> masked;
  std::vector<SavedStanding> standings;
  std::vector<SavedClosed> closed;
  std::vector<TxnHash> adopted;
  std::vector<TxnHash> adopted_here;
  std::vector<RecordId> erased;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(space, masked, standings, closed, adopted, adopted_here, erased);
  }
};
constexpr std::size_t kMasksBytes = 64 * 1024 * 1024;
}  // namespace

// What an image was made under: without it the image is worth nothing.
Bytes Engine::Works::encode_masks() const {
  std::vector<SavedMasks> out;
  for (const auto& space : spaces) {
    SavedMasks& one = out.emplace_back();
    one.space = space.id;
    for (const auto& [hash, mask] : space.masked)
      one.masked.push_back({hash, mask.log, mask.seq, mask.cut});
    for (const auto& [author, standing] : space.standings)
      one.standings.push_back({author, standing});
    for (const auto& [record, kind] : space.closed) one.closed.push_back({record, kind});
    one.adopted.assign(space.adopted_then.begin(), space.adopted_then.end());
    one.erased.assign(space.erased.begin(), space.erased.end());
    one.adopted_here.assign(space.adopted_here.begin(), space.adopted_here.end());
  }
  return encode(out);
}

Status Engine::Works::load_masks(ByteView bytes) {
  TRY(const auto saved,
      decode<std::vector<SavedMasks>>(bytes, "what the image counts", kMasksBytes));
  for (const auto& one : saved) {
    Space* space = find(one.space);
    if (space == nullptr) continue;
    for (const auto& mask : one.masked) space->masked[mask.txn] = {mask.log, mask.seq, mask.cut};
    for (const auto& known : one.standings) space->standings[known.author] = known.standing;
    for (const auto& closed : one.closed) space->closed[closed.record] = closed.kind;
    space->adopted_then = {one.adopted.begin(), one.adopted.end()};
    space->erased = {one.erased.begin(), one.erased.end()};
    projection->set_erased(space->number, space->erased);
    space->adopted_here = {one.adopted_here.begin(), one.adopted_here.end()};
  }
  return {};
}

}  // namespace rukun
