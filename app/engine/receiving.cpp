// What others said: opened, verified, stored, and then, once durable, believed.

#include <algorithm>

#include "app/engine/engine_works.h"
#include "sync/limits.h"

namespace rukun {

namespace {
constexpr Label kEnvelopeItem("rukun/env-item/1");
}

Status Engine::Works::take_segment(Space& space, ByteView segment, Received& received,
                                   std::optional<LogKind> only) {
  // Sticks and chats bring the same again and again: what this session has stored need not be
  // opened to be known.
  TRY(const auto header, read_segment_header(segment));
  if (taken_ends.contains(header.end)) return {};
  TRY(auto opened, codec.open(segment, space.id, keys()));
  TRY(const auto excused, excused_in(space, opened.run()));
  const auto is_excused = [&](const RecordId& id) { return excused.contains(id); };
  TRY(auto run, rukun::verify(std::move(opened), is_excused));
  if (only && run.run().name.which != *only)
    return error(Code::not_allowed, "entries of another kind of log than was announced");
  TRY(const bool kept, is_kept(space, run.run(), segment.size()));
  if (!kept) return {};
  // Somebody who has not heard of an erasure that is settled here.
  const auto is_dropped = [&](const RecordId& id) { return space.dropped.contains(id); };
  const bool late = !space.dropped.empty() && tells_of(run.run(), is_dropped);
  if (late) run = without(run, is_dropped);
  TRY(auto appended, store->append(run, header.epoch, late ? ByteView() : segment));
  if (appended.outcome == AppendOutcome::gap) {
    ++received.counts.gaps;
    return error(
        Code::damaged,
        "entries before number " + std::to_string(run.run().first) + " of a log are missing",
        "they will come with a later exchange; nothing was lost");
  }
  received.ends.push_back(header.end);
  if (appended.outcome == AppendOutcome::known) return {};
  const Run& fresh = appended.fresh(run);
  const auto now = context.clock.now();
  for (const auto& txn : fresh.txns) space.clock.saw(txn.stamp, now);
  // Entries of the log that this laptop writes now, which it did not have: it was put back to an
  // older state.
  if (fresh.name.author == signing.key && fresh.name.incarnation == incarnation)
    received.own_entries = true;
  if (appended.outcome == AppendOutcome::forked)
    notices.push_back(
        {"Satu laptop pernah dipulihkan dari salinan lama; kedua cabang catatannya disimpan.",
         "A laptop was put back to an older copy; both branches of its entries are kept."});
  if (fresh.name.which == LogKind::authority) {
    note_acts(space, fresh);
    received.authority = true;
  } else {
    received.counts.received += fresh.txns.size();
    if (space.authority.is_contested(fresh.name.author)) received.touched.insert(fresh.log);
    received.data.emplace_back(std::move(run), std::move(appended));
  }
  return {};
}

Status Engine::Works::take_envelope(ByteView bytes) {
  const auto name_of_envelope = hash_to<TxnTag>(kEnvelopeItem, bytes);
  for (const auto& space : spaces)
    if (space.envelopes.contains(name_of_envelope)) return {};
  TRY(const auto envelope, decode_envelope(bytes));
  // An invitation that waits for its envelope, and then this member's own box.
  std::vector<std::pair<Bytes, Secret>> waiting_invitations;
  TRY_VOID(vault.each(ItemClass::invitation, [&](ByteView key, Secret seed) -> Status {
    const auto tag = invitation_keys(seed.view()).tag;
    if (std::any_of(envelope.boxes.begin(), envelope.boxes.end(),
                    [&](const KeyBox& candidate) { return candidate.to == tag; }))
      waiting_invitations.emplace_back(Bytes(key.begin(), key.end()), std::move(seed));
    return {};
  }));
  for (auto& [key, seed] : waiting_invitations) {
    TRY_VOID(join_with(envelope, seed));
    TRY_VOID(vault.remove(ItemClass::invitation, key));
  }
  Space* space = find(envelope.space);
  if (space == nullptr) return {};
  if (!epoch_keys.contains(envelope.epoch)) {
    auto mine = open_envelope(envelope, box_tag(me), box);
    if (mine && mine->root == space->item.root) TRY_VOID(keep_epoch_key(mine->epoch_key));
  }
  if (const auto key = epoch_keys.find(envelope.epoch); key != epoch_keys.end())
    for (const auto& earlier : open_wraps(envelope, key->second)) TRY_VOID(keep_epoch_key(earlier));
  TRY_VOID(choose_epoch(*space));
  return keep_envelope(*space, envelope);
}

Status Engine::Works::keep_envelope(Space& space, const Envelope& envelope) {
  const auto bytes = encode_envelope(envelope);
  const auto name_of_envelope = hash_to<TxnTag>(kEnvelopeItem, bytes);
  if (space.envelopes.contains(name_of_envelope)) return {};
  if (space.envelopes.size() >= limits::kBoxesInEnvelope)
    return error(Code::not_allowed, "this neighborhood has too many key envelopes");
  TRY_VOID(vault.put(ItemClass::envelope, name_of_envelope, bytes, context.random));
  space.envelopes[name_of_envelope] = bytes;
  note_boxes(space, envelope);
  return {};
}

std::function<bool(const SignedFrontier&)> Engine::Works::already_checked(
    const Space& space) const {
  return [&space](const SignedFrontier& read) {
    const auto known = space.receipts.find(member_id(read.member));
    return known != space.receipts.end() && known->second == read;
  };
}

Status Engine::Works::take_receipt(Space& space, ByteView bytes) {
  TRY(const auto receipt, open_frontier_chunk(bytes, space.id, keys(), already_checked(space)));
  return keep_receipt(space, receipt);
}

Status Engine::Works::keep_receipt(Space& space, const SignedFrontier& receipt) {
  const auto id = member_id(receipt.member);
  const auto known = space.receipts.find(id);
  if (known != space.receipts.end() && known->second.counter >= receipt.counter) return {};
  if (id == me) {
    // Somebody has entries of the log that I write now and that I lack: this laptop was put back to
    // an older state.
    for (const auto& head : receipt.frontier.heads) {
      const auto ix = store->find_log(head.log);
      if (!ix || store->log(*ix).name.author != signing.key ||
          store->log(*ix).name.incarnation != incarnation)
        continue;
      TRY(const bool here, store->has(head));
      if (!here) noticed_rollback();
    }
  }
  Bytes key(space.id.bytes.begin(), space.id.bytes.end());
  append(key, id);
  TRY_VOID(vault.put(ItemClass::frontier, key, encode_frontier(receipt), context.random));
  space.receipts[id] = receipt;
  return {};
}

void Engine::Works::noticed_rollback() {
  const auto minted = mint_incarnation(vault, context.files, context.state, context.random);
  if (!minted) {
    notices.push_back(said_in_both(minted.error().message));
    return;
  }
  incarnation = minted->incarnation;
  notices.push_back(
      {"Laptop ini pernah dipulihkan dari salinan lama; catatan lamanya diambil kembali dan yang "
       "baru ditulis terpisah.",
       "This laptop was put back to an older copy; its later entries were recovered and new ones "
       "are kept apart."});
}

bool Engine::Works::must_wait(const Space& space, const Run& run) const {
  if (!space.authority.knows(run.name.author)) return true;
  if (waiting_logs.contains(run.log)) return true;
  for (const auto& dep : run.deps) {
    const auto ix = store->find_log(run.logs[dep.log]);
    if (!ix)
      continue;  // a data log that has not come yet; an authority log is named in acts before it
                 // matters
    if (store->log(*ix).name.which != LogKind::authority) continue;
    const auto heads = store->heads(*ix);
    if (std::none_of(heads.begin(), heads.end(),
                     [&](const Head& head) { return head.seq >= dep.seq; }))
      return true;
  }
  return false;
}

Status Engine::Works::settle(ReceivedBySpace& received, Arrival upto) {
  // One transaction for all neighborhoods: a write must be merged exactly once, so after a failure
  // the view has to be where its arrival says.
  auto before = waiting_logs;
  just_declared.clear();
  const auto merged = [&]() -> Status {
    TRY_VOID(projection->begin());
    for (auto& [id, batch] : received)
      if (Space* space = find(id)) TRY_VOID(merge_received(*space, batch));
    return projection->commit();
  }();
  if (!merged) {
    projection->roll_back();
    waiting_logs = std::move(before);
    view_behind = true;
    return merged;
  }
  projection->set_arrival(std::max(projection->arrival(), upto));
  auto& waiting = projection->waiting();
  for (auto& [id, batch] : received) {
    merged_since_image += batch.counts.merged.made + batch.counts.merged.changed;
    waiting.insert(waiting.end(), batch.waiting.begin(), batch.waiting.end());
    Space* space = find(id);
    if (space != nullptr && batch.authority) TRY_VOID(merge_waiting(*space, batch.counts));
    if (batch.own_entries) noticed_rollback();
  }
  // After that the projection may be another one.
  for (auto& [id, batch] : received)
    if (Space* space = find(id); space != nullptr && !replaying)
      TRY_VOID(reconsider(*space, batch.counts.merged.late, batch.touched));
  return {};
}

Status Engine::Works::believe(ReceivedBySpace& received, ExchangeReport& report) {
  for (auto& [id, batch] : received) {
    Space* space = find(id);
    if (space == nullptr) continue;
    taken_ends.insert(batch.ends.begin(), batch.ends.end());
    space->duties = space->duties || batch.authority;
    judge_acts(*space);
  }
  if (view_behind) {
    // That merges all that is durable, this too.
    TRY_VOID(catch_up());
    for (auto& [id, batch] : received) batch.data.clear();
  }
  TRY_VOID(settle(received, store->last_arrival()));
  for (auto& [id, batch] : received) {
    Space* space = find(id);
    if (space == nullptr) continue;
    if (space->duties) TRY_VOID(after_acts(*space));
    space->duties = false;
    batch.counts.space = id;
    batch.counts.waiting = projection->waiting().size();
    ExchangeReport one;
    one.spaces.push_back(std::move(batch.counts));
    add(report, std::move(one));
  }
  received.clear();
  return {};
}

Status Engine::Works::merge_received(Space& space, Received& received) {
  for (const auto& [run, appended] : received.data) {
    const Run& fresh = appended.fresh(run);
    if (must_wait(space, fresh)) {
      received.waiting.push_back(appended.arrival);
      waiting_logs.insert(fresh.log);
      continue;
    }
    TRY(const auto masked, masked_now(space, fresh));
    TRY_VOID(projection->merge(fresh, masked, fresh.name.author == signing.key, past_lookup()));
  }
  TRY(received.counts.merged, projection->take_report());
  return {};
}

// What an authority entry was missing for may count now.
Status Engine::Works::merge_waiting(Space& space, SpaceExchange& counts) {
  if (projection->waiting().empty()) return {};
  std::vector<Arrival> still;
  auto before = std::exchange(waiting_logs, {});
  just_declared.clear();
  TRY_VOID(projection->begin());
  if (auto merged = merge_counted(space, still); !merged) {
    // They go on waiting, and are looked at again before anything else is merged.
    projection->roll_back();
    waiting_logs = std::move(before);
    view_behind = true;
    return merged;
  }
  TRY(const auto report, projection->take_report());
  TRY_VOID(projection->commit());
  counts.merged.made += report.made;
  counts.merged.changed += report.changed;
  counts.merged.deleted += report.deleted;
  for (const auto& [kind, deleted] : report.deleted_by_kind)
    counts.merged.deleted_by_kind[kind] += deleted;
  counts.merged.conflicts += report.conflicts;
  counts.merged.late.insert(report.late.begin(), report.late.end());
  projection->waiting() = std::move(still);
  return {};
}

Status Engine::Works::merge_counted(Space& space, std::vector<Arrival>& still) {
  for (const auto arrival : projection->waiting()) {
    TRY_VOID(store->for_each_after(arrival - 1, [&](const StoredSegment& segment) -> Result<bool> {
      if (segment.arrival != arrival) return false;
      const auto& log = store->log(segment.log);
      if (log.space != space.ix) {
        still.push_back(arrival);
        waiting_logs.insert(log.id);
        return false;
      }
      TRY(const auto run, codec.open_own(segment.sealed, space.id, keys()));
      if (must_wait(space, run.run())) {
        still.push_back(arrival);
        waiting_logs.insert(log.id);
      } else {
        TRY(const auto masked, masked_now(space, run.run()));
        TRY_VOID(
            projection->merge(run.run(), masked, log.name.author == signing.key, past_lookup()));
      }
      return false;
    }));
  }
  return {};
}

}  // namespace rukun
