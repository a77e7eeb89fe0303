// Erasure: an act that names a record hides it at once, wherever it is known; its bytes go once
// every head is known to have heard of it, and from then on they are left out of whatever comes.
// What counts is a pure function of authority and of who made the record. PROTOCOL.md, "Erasure".

#include <algorithm>

#include "app/domain/fields.h"
#include "app/engine/engine_works.h"
#include "app/engine/folder_shelf.h"
#include "app/engine/import_memory.h"

namespace rukun {

namespace {

constexpr std::size_t kReason = 1000;
constexpr std::size_t kCleanNames = 13 * 4096;
// In the local store while overwriting is owed.
constexpr std::string_view kOverwriteSetting = "overwrite-owed";

// Under which the local store has the names of one's own shared files that were looked through
// since the last erasure.
std::string clean_shelf_setting(const SpaceId& space) { return "clean-shelf." + space.hex(); }

// What does not read whole does not count as clean.
Result<bool> file_tells_of_dropped(Engine::Works& works, const Space& space, const Path& file) {
  TRY(auto reader, works.context.files.open_reader(file));
  BundleReader bundle(bounded(*reader));
  for (;;) {
    const auto chunk = bundle.next();
    if (!chunk) return true;
    if (!*chunk) return false;
    if ((*chunk)->type != ChunkType::segment) continue;
    const auto opened = works.codec.open((*chunk)->bytes, space.id, works.keys());
    const auto is_dropped = [&](const RecordId& id) { return space.dropped.contains(id); };
    if (!opened || tells_of(opened->run(), is_dropped)) return true;
  }
}

Bytes dropped_key(const SpaceId& space, const RecordId& record) {
  Bytes out(space.bytes.begin(), space.bytes.end());
  append(out, record);
  return out;
}

bool is_erasable_by_maker(KindId kind) {
  return kind == fields::need::kKind || kind == fields::offer::kKind;
}

}  // namespace

// A head's counts; anybody else's for a need or an offer that they made themselves. While that
// record has not arrived it does not count yet.
Result<bool> Engine::Works::counts(const Space& space, const Erasure& erasure) {
  if (erasure.by_head) return true;
  TRY(const auto record, projection->record(space.number, erasure.record));
  if (!record || !record->state.maker || !is_erasable_by_maker(record->state.declared))
    return false;
  const auto ix = store->find_log(projection->logs()[*record->state.maker]);
  return ix && member_id(store->log(*ix).name.author) == erasure.by;
}

Result<std::set<RecordId>> Engine::Works::erased_now(const Space& space) {
  std::set<RecordId> out;
  for (const auto& erasure : space.authority.erasures) {
    if (out.contains(erasure.record)) continue;
    TRY(const bool does, counts(space, erasure));
    if (does) out.insert(erasure.record);
  }
  return out;
}

// Whether a part of a run may come without its content. `made`: the needs and offers that the run
// itself makes, which nobody here may have seen before.
Result<bool> Engine::Works::excuses(const Space& space, const Run& run, const RecordId& stub,
                                    const std::set<RecordId>& made) {
  const auto named = space.authority.erasures_of.find(stub);
  if (named == space.authority.erasures_of.end()) return false;
  for (const auto which : named->second) {
    const auto& erasure = space.authority.erasures[which];
    TRY(const bool does, counts(space, erasure));
    if (does || (member_id(run.name.author) == erasure.by && made.contains(stub))) return true;
  }
  return false;
}

// The records of which parts of this run may come without their content.
Result<std::set<RecordId>> Engine::Works::excused_in(Space& space, const Run& run) {
  std::set<RecordId> stubs, made, out;
  for (const auto& part : run.parts) {
    if (part.ref == RefType::act) continue;
    const auto& id = run.records[part.record].id;
    if (part.stub) stubs.insert(id);
    if (part.ref == RefType::fresh && is_erasable_by_maker(part.kind)) made.insert(id);
  }
  // The erasure may have come just before.
  if (!stubs.empty()) judge_acts(space);
  for (const auto& id : stubs) {
    TRY(const bool does, excuses(space, run, id, made));
    if (does) out.insert(id);
  }
  return out;
}

// Every head who is one now has signed that it has the act.
bool Engine::Works::is_settled(const Space& space, const Erasure& erasure) const {
  const auto& members = space.authority.members;
  return std::all_of(members.begin(), members.end(), [&](const Member& member) {
    if (member.removed || member.role != Role::head || member.id == me) return true;
    const auto receipt = space.receipts.find(member.id);
    return receipt != space.receipts.end() && has_heard(receipt->second, erasure);
  });
}

// Every head has heard, and yet something of it is stored here.
bool Engine::Works::is_due(const Space& space, const RecordId& record) const {
  if (space.dropped.contains(record)) return overwrite_owed;
  const auto named = space.authority.erasures_of.find(record);
  return space.erased.contains(record) && named != space.authority.erasures_of.end() &&
         std::any_of(named->second.begin(), named->second.end(), [&](std::uint32_t which) {
           return is_settled(space, space.authority.erasures[which]);
         });
}

bool Engine::Works::has_heard(const SignedFrontier& receipt, const Erasure& erasure) {
  const auto heads = heads_of(receipt.frontier, erasure.entry.log);
  return std::any_of(heads.begin(), heads.end(),
                     [&](const Head& head) { return head.seq >= erasure.entry.seq; });
}

Status Engine::Works::load_dropped() {
  TRY(const auto owed, local.setting(kOverwriteSetting));
  overwrite_owed = owed.has_value();
  return vault.each(ItemClass::erased, [&](ByteView key, Secret) -> Status {
    const auto space = SpaceId::from(key.first(std::min(key.size(), SpaceId::kSize)));
    const auto record = RecordId::from(key.subspan(std::min(key.size(), SpaceId::kSize)));
    if (!space || !record) return error(Code::damaged, "an erasure in the vault names no record");
    if (Space* known = find(*space)) known->dropped.insert(*record);
    return {};
  });
}

Status Engine::Works::drop_erased() {
  bool any = false;
  for (auto& space : spaces) {
    std::set<RecordId> due;
    for (const auto& erasure : space.authority.erasures) {
      if (!space.erased.contains(erasure.record) || space.dropped.contains(erasure.record) ||
          !is_settled(space, erasure))
        continue;
      TRY(const bool does, counts(space, erasure));
      if (does) due.insert(erasure.record);
    }
    if (due.empty()) continue;
    TRY_VOID(drop(space, due));
    any = true;
  }
  if (any) {
    TRY_VOID(rebuild_view());
    TRY_VOID(save_image());
  }
  return overwrite_dropped();
}

// The old bytes are overwritten in the vault's file and gone from its write-ahead log. A disk may
// refuse: then it is tried again with the next entry, step, exchange or unlock.
Status Engine::Works::overwrite_dropped() {
  if (!overwrite_owed) return {};
  TRY_VOID(vault.db().checkpoint());
  TRY_VOID(local.clear_setting(kOverwriteSetting));
  overwrite_owed = false;
  return {};
}

void Engine::Works::overwrite_again() {
  if (!vault.db().in_transaction()) (void)overwrite_dropped();
}

bool Engine::Works::is_gone(const Space& space, const RecordId& record) const {
  return space.dropped.contains(record) && !overwrite_owed;
}

// The image goes with the bytes: whoever is stopped half-way makes a new one from what is left.
Status Engine::Works::drop(Space& space, const std::set<RecordId>& due) {
  const auto is_due = [&](const RecordId& id) { return due.contains(id); };
  TRY_VOID(store->begin_batch());
  const auto done = [&]() -> Status {
    for (const auto ix : store->logs(space.ix))
      if (store->log(ix).name.which == LogKind::data) TRY_VOID(store->erase(ix, is_due));
    for (const auto& record : due)
      TRY_VOID(vault.put(ItemClass::erased, dropped_key(space.id, record), {}, context.random));
    TRY_VOID(drop_image());
    TRY_VOID(local.set_setting(kOverwriteSetting, "1"));
    TRY_VOID(local.clear_setting(clean_shelf_setting(space.id)));
    TRY(const auto drafts, local.drafts());
    for (const auto& draft : drafts)
      if (draft.space == space.id && due.contains(draft.record)) TRY_VOID(local.drop_draft(draft));
    TRY(auto imports, ImportMemory::read(local, space.id));
    return imports.forget(due);
  }();
  if (!done) {
    store->roll_back_batch();
    return done;
  }
  TRY_VOID(store->commit_batch());
  overwrite_owed = true;
  space.dropped.insert(due.begin(), due.end());
  return {};
}

// Whether a bundle in one's own directory that was written before an erasure was settled still
// tells what was erased. Each is looked through once.
Result<bool> Engine::Works::tells_of_dropped(Space& space, const Shelf& own) {
  if (space.dropped.empty()) return false;
  const auto setting = clean_shelf_setting(space.id);
  TRY(const auto stored, local.setting(setting));
  std::string clean = stored.value_or("");
  bool tells = false;
  for (const auto& entry : own.bundles) {
    const auto file = folded(entry.name);
    if (clean.find(file) != std::string::npos) continue;
    TRY(const bool does, file_tells_of_dropped(*this, space, own.directory / entry.name));
    tells = tells || does;
    if (!does) clean += file + " ";
  }
  if (clean.size() > kCleanNames) clean.erase(0, clean.size() - kCleanNames);
  if (clean != stored.value_or("")) TRY_VOID(local.set_setting(setting, clean));
  return tells;
}

// How often the key has been erased: under the next life it may live again.
RecordId Engine::Works::keyed_id(const Space& space, KindId kind, std::string_view key) const {
  for (std::uint32_t life = 0;; ++life) {
    const auto id = keyed_record_id(space.authority.record_secret, kind, key, life);
    if (!space.erased.contains(id)) return id;
  }
}

Result<std::vector<LinkedRecord>> Engine::linked(const SpaceId& id, const RecordId& record) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  TRY(const auto view, works.projection->record(space->number, record));
  std::set<RecordId> near;
  TRY(const auto references, works.projection->references_to(space->number, record));
  for (const auto& reference : references) near.insert(reference.from);
  if (view)
    for (const auto& field : view->state.fields)
      for (const auto& write : field.live)
        if (const auto* other = std::get_if<RecordId>(&write.value)) near.insert(*other);
  std::vector<LinkedRecord> out;
  for (const auto& other : near) {
    TRY(const auto row, works.projection->record(space->number, other));
    if (!row || row->life == Life::absent || row->life == Life::erased) continue;
    const auto* kind = find_kind(row->state.kind);
    if (kind != nullptr && kind->may_hold_personal()) out.push_back({other, row->state.kind});
  }
  return out;
}

Result<EraseProgress> Engine::erase(const SpaceId& id, const RecordId& record,
                                    std::string_view reason) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  if (reason.empty() || reason.size() > kReason)
    return error(Code::bad_value, "--reason: 1 to 1,000 characters", "say why, in a few words");
  TRY(const auto view, works.projection->record(space->number, record));
  if (!view || view->life == Life::absent)
    return error(Code::not_found, "there is no record " + record.hex().substr(0, 8));
  if (view->life != Life::erased) {
    TRY(const auto role, works.my_role(*space));
    const auto logs = works.my_logs(*space);
    const bool mine = view->state.maker &&
                      std::find(logs.begin(), logs.end(), *view->state.maker) != logs.end() &&
                      is_erasable_by_maker(view->state.declared);
    if (role != Role::head && !mine)
      return error(Code::not_allowed, "only a head erases what others entered",
                   "ask a head; needs and offers of one's own can be erased by oneself");
    TRY_VOID(works.write_act(*space, EraseAct{record, std::string(reason)}));
  }
  // The act is durable: to say that it failed would be wrong. What is left to do is owed, and said.
  if (const auto dropped = works.drop_erased(); !dropped)
    works.notices.push_back(said_in_both(dropped.error().message));
  if (works.is_gone(*space, record)) return EraseProgress::gone;
  return works.is_due(*space, record) ? EraseProgress::owed : EraseProgress::hidden;
}

Result<std::vector<ErasureState>> Engine::erasures(const SpaceId& id) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  std::vector<ErasureState> out;
  for (const auto& erasure : space->authority.erasures) {
    TRY(const bool does, works.counts(*space, erasure));
    if (!does) continue;
    ErasureState one;
    one.record = erasure.record;
    TRY(const auto view, works.projection->record(space->number, erasure.record));
    if (view) one.kind = view->state.kind;
    one.by_name = head_name(space->authority.find(erasure.by), erasure.by);
    one.reason = erasure.reason;
    one.settled = works.is_settled(*space, erasure);
    one.dropped = works.is_gone(*space, erasure.record);
    one.owed = works.is_due(*space, erasure.record);
    for (const auto& member : space->authority.members) {
      if (member.removed) continue;
      const auto receipt = space->receipts.find(member.id);
      const bool heard = member.id == works.me || (receipt != space->receipts.end() &&
                                                   Works::has_heard(receipt->second, erasure));
      (heard ? one.confirmed : one.open).push_back(member.name);
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace rukun
