// One's own actions: checked, turned into operations, signed, made durable, merged.

#include <algorithm>

#include "app/domain/rules/check.h"
#include "app/engine/engine_works.h"
#include "platform/base/check.h"
#include "sync/limits.h"

namespace rukun {

namespace {

// Turns the changes of one action into parts, reading what stands now to say what is replaced.
class PartMaker {
 public:
  PartMaker(Engine::Works& works, Space& space, LogIndex own)
      : works_(works), space_(space), own_(own) {}

  Status add(const Change& change, const std::optional<std::string>& key) {
    if (const auto* c = std::get_if<AddRecord>(&change)) return add_record(*c, key);
    if (const auto* c = std::get_if<SetFields>(&change)) return set_fields(c->record, c->fields);
    if (const auto* c = std::get_if<DeleteRecord>(&change)) return life(c->record, 1);
    if (const auto* c = std::get_if<RestoreRecord>(&change)) return life(c->record, 0);
    const auto& resolve = std::get<ResolveField>(change);
    return set_fields(resolve.record, {{resolve.field, OpType::put, resolve.value}});
  }

  std::vector<Part> parts;
  std::vector<std::optional<RecordId>>
      made;  // by change; nullopt: its id comes from the transaction's hash
  std::vector<std::size_t> part_of_change;

 private:
  Result<RecordState> state_of(const RecordId& id) {
    TRY(auto found, works_.projection->record(space_.number, id));
    return found ? std::move(found->state) : RecordState{};
  }

  std::vector<WriteRef> names_of(const std::vector<Write>& writes) const {
    std::vector<WriteRef> out;
    for (const auto& write : writes)
      out.push_back({works_.projection->logs()[write.log], write.seq, write.txn});
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  Part& part_for(const RecordId& id, const RecordState& state) {
    for (auto& part : parts)
      if (part.ref != RefType::fresh && part.record == id) return part;
    Part& part = parts.emplace_back();
    part.record = id;
    const auto salt = std::find_if(state.salts.begin(), state.salts.end(),
                                   [&](const OwnSalt& known) { return known.log == own_; });
    part.salt = salt != state.salts.end() ? salt->salt : works_.context.random.draw<Salt>();
    return part;
  }

  static void set_op(Part& part, Op op) {
    if (op.type == OpType::put)
      for (auto& other : part.ops)
        if (other.field == op.field && other.type == OpType::put) {
          other.value = op.value;  // the same field twice in one action: the later word counts
          return;
        }
    part.ops.push_back(std::move(op));
  }

  // A change refers to the record of another change by its index; a transaction does so by part.
  Value local(const Value& value) const {
    const auto* change = std::get_if<LocalRef>(&value);
    if (change == nullptr) return value;
    CHECK_BUG(change->part < made.size());
    if (made[change->part]) return *made[change->part];
    return LocalRef{static_cast<std::uint32_t>(part_of_change[change->part])};
  }

  Status add_record(const AddRecord& add, const std::optional<std::string>& key) {
    if (key) {
      const auto id = works_.keyed_id(space_, add.kind, *key);
      TRY(const auto state, state_of(id));
      const KindSpec& kind = kind_of(add.kind);
      const auto key_field = std::find_if(kind.fields.begin(), kind.fields.end(),
                                          [](const FieldSpec& field) { return field.natural_key; });
      const FieldState* stored = state.find(key_field->id);
      const Write* standing =
          stored == nullptr ? nullptr : shown(*stored, works_.projection->logs());
      const bool same_key =
          state.kind == 0 || standing == nullptr || standing->value == Value(*key);
      if (same_key) {
        if (life_of(state, {}) == Life::deleted) TRY_VOID(life(id, 0));
        Part& part = part_for(id, state);
        if (state.kind == 0) {
          part.ref = RefType::keyed;
          part.kind = add.kind;
        }
        made.emplace_back(id);
        part_of_change.push_back(0);
        return fill(id, state, add.fields);
      }
    }
    Part part;
    part.ref = RefType::fresh;
    part.kind = add.kind;
    part.salt = works_.context.random.draw<Salt>();
    for (const auto& field : add.fields)
      if (!is_none(field.value)) set_op(part, {field.field, field.type, {}, local(field.value)});
    made.emplace_back(std::nullopt);
    part_of_change.push_back(parts.size());
    parts.push_back(std::move(part));
    return {};
  }

  Status set_fields(const RecordId& id, const std::vector<FieldChange>& fields) {
    TRY(const auto state, state_of(id));
    part_for(id, state);
    made.emplace_back(id);
    part_of_change.push_back(0);
    return fill(id, state, fields);
  }

  Status fill(const RecordId& id, const RecordState& state,
              const std::vector<FieldChange>& fields) {
    for (const auto& change : fields) {
      const FieldState* standing = state.find(change.field);
      static const FieldState kNothing;
      if (standing == nullptr) standing = &kNothing;
      Op op{change.field, change.type, {}, local(change.value)};
      if (change.type == OpType::put) {
        // Saying again what stands, undisputed, is not a change.
        if (standing->live.size() == 1 && standing->live.front().value == op.value) continue;
        if (standing->live.empty() && is_none(op.value)) continue;
        op.replaces = names_of(standing->live);
      } else {
        std::vector<Write> same;
        for (const auto& write : standing->live)
          if (write.type == OpType::add && write.value == op.value) same.push_back(write);
        if (change.type == OpType::add ? !same.empty() : same.empty()) continue;
        if (change.type == OpType::remove) op.replaces = names_of(same);
      }
      set_op(part_for(id, state), std::move(op));
    }
    return {};
  }

  // Deleting names every write to the record, and every reference to it, that was seen.
  Status life(const RecordId& id, std::int64_t gone) {
    TRY(const auto state, state_of(id));
    std::vector<Write> seen;
    for (const auto& field : state.fields)
      if (gone == 1 || field.field == kLife)
        seen.insert(seen.end(), field.live.begin(), field.live.end());
    auto names = names_of(seen);
    if (gone == 1) {
      TRY(const auto references, works_.projection->references_to(space_.number, id));
      for (const auto& reference : references)
        names.push_back({works_.projection->logs()[reference.write.log], reference.write.seq,
                         reference.write.txn});
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
    }
    set_op(part_for(id, state), {kLife, OpType::put, std::move(names), gone});
    made.emplace_back(id);
    part_of_change.push_back(0);
    return {};
  }

  Engine::Works& works_;
  Space& space_;
  LogIndex own_;
};

}  // namespace

LogName Engine::Works::my_log(const Space& space, LogKind which) const {
  return {space.id, signing.key, incarnation, which};
}

std::vector<LogIndex> Engine::Works::my_logs(const Space& space) {
  std::vector<LogIndex> out;
  for (const auto ix : store->logs(space.ix)) {
    const auto& log = store->log(ix);
    if (log.name.author == signing.key && log.name.which == LogKind::data)
      out.push_back(projection->log_number(log.id));
  }
  return out;
}

Result<Role> Engine::Works::my_role(const Space& space) const {
  const Member* member = space.authority.find(me);
  if (member != nullptr && member->removed)
    return error(Code::not_allowed, "this laptop is not a member of the neighborhood any more",
                 "what is here can be read; ask a head of the neighborhood to admit it again");
  if (member == nullptr)
    return error(Code::not_allowed,
                 "this profile's admission to the neighborhood has not arrived yet",
                 "exchange data once with the head: rukunctl sync folder DIR");
  if (space.authority.read_only)
    return error(Code::unsupported,
                 "a newer version of Rukun changed who may do what in this neighborhood",
                 "update Rukun on this laptop; until then it can be read but not changed");
  return member->role;
}

// Heads of other logs that this log has not named yet. What still waits is not named: of authority
// logs the last entries that wait for nothing. An authority entry names authority logs only.
std::vector<Head> Engine::Works::new_deps(Space& space, const LogName& log, const Head& mine) {
  const bool authority = log.which == LogKind::authority;
  Past past;
  if (authority)
    past = named_by(space, mine);
  else if (mine.seq != 0)
    past = projection->past_at(mine.log, mine.hash);
  std::vector<Head> out;
  auto heads = space.authority.heads;
  if (!authority)
    for (const auto& head : store->frontier(space.ix).heads) {
      const auto ix = store->find_log(head.log);
      const auto which = ix ? store->log(*ix).name.which : LogKind::data;
      if (which == LogKind::data && !waiting_logs.contains(head.log)) heads.push_back(head);
    }
  std::sort(heads.begin(), heads.end());
  for (const auto& head : heads) {
    if (head.log == mine.log) continue;
    const auto seen = past.find(projection->log_number(head.log));
    if (seen == past.end() || seen->second < head.seq) out.push_back(head);
  }
  return out;
}

// What the entries of one's own authority log have named so far.
Past Engine::Works::named_by(const Space& space, const Head& mine) {
  Past out;
  for (const auto& entry : space.acts) {
    if (entry.seq > mine.seq || entry.log.author != signing.key || entry.log.id() != mine.log)
      continue;
    for (const auto& dep : entry.deps) {
      Seq& seen = out[projection->log_number(dep.log)];
      seen = std::max(seen, dep.seq);
    }
  }
  return out;
}

Result<Appended> Engine::Works::append_beside(const VerifiedRun& verified, const EpochId& epoch,
                                              const Beside& beside) {
  if (!beside) return store->append(verified, epoch);
  TRY_VOID(store->begin_batch());
  auto appended = store->append(verified, epoch);
  const auto noted = appended ? beside(verified.run().end()) : Status();
  if (!appended || !noted) {
    store->roll_back_batch();
    return appended ? tl::make_unexpected(noted.error()) : std::move(appended);
  }
  TRY_VOID(store->commit_batch());
  return appended;
}

Result<TxnHash> Engine::Works::write(Space& space, LogKind which, std::vector<Part> parts,
                                     const Beside& beside) {
  TRY_VOID(catch_up());
  overwrite_again();
  const LogName log = my_log(space, which);
  if (space.authority.is_cut(log)) {
    // Admitted again after a removal that names this log: nothing more of it would count.
    noticed_return();
    if (my_log(space, which) != log) return write(space, which, std::move(parts), beside);
  }
  const LogId log_id = log.id();
  for (const auto& part : parts)
    if (part.opaque.size() + canonical_ops(part.ops, log_id).size() > limits::kPartBytes)
      return error(Code::bad_value, "one record would take more than 256 KiB in one change",
                   "shorten its texts");
  Head mine{log_id, 0, {}};
  if (const auto ix = store->find_log(log_id)) {
    const auto heads = store->heads(*ix);
    if (heads.size() > 1) {
      // A fork of one's own log that nothing had noticed: go on in a new log, both branches stay.
      noticed_rollback();
      return write(space, which, std::move(parts), beside);
    }
    if (!heads.empty()) mine = heads.front();
  }
  Draft draft;
  draft.stamp = space.clock.next(context.clock.now());
  draft.deps = new_deps(space, log, mine);
  draft.parts = std::move(parts);
  Run run = empty_run(log, mine);
  append(run, draft);
  if (which == LogKind::authority) return append_act(space, std::move(run), signing);
  const auto verified = sign(std::move(run), signing);
  // An exchange that is not settled yet may have stored what nobody has merged.
  const bool level = projection->arrival() == store->last_arrival();
  TRY(const auto appended, append_beside(verified, space.item.epoch, beside));
  CHECK_BUG(appended.outcome == AppendOutcome::extended);
  // From here on it is durable: whatever happens to the view, to say that it failed would make
  // people enter it twice.
  if (!level) {
    view_behind = true;
    return verified.run().end();
  }
  const auto merged = [&]() -> Result<MergeReport> {
    TRY_VOID(projection->begin());
    just_declared.clear();
    TRY(const auto masked, masked_now(space, verified.run()));
    TRY_VOID(projection->merge(verified.run(), masked, true, past_lookup()));
    TRY(auto report, projection->take_report());
    TRY_VOID(projection->commit());
    return report;
  }();
  if (merged) {
    projection->set_arrival(appended.arrival);
    merged_since_image += merged->made + merged->changed;
    if (const auto judged = reconsider(space, merged->late, {}); !judged)
      notices.push_back(said_in_both(judged.error().message));
  } else {
    projection->roll_back();
    view_behind = true;
    notices.push_back(said_in_both(merged.error().message));
  }
  return verified.run().end();
}

void Engine::Works::noticed_return() {
  const auto minted = mint_incarnation(vault, context.files, context.state, context.random);
  if (minted)
    incarnation = minted->incarnation;
  else
    notices.push_back(said_in_both(minted.error().message));
}

Result<TxnHash> Engine::Works::write_act(Space& space, const Act& act) {
  return write(space, LogKind::authority, {act_part(act)});
}

Result<TxnHash> Engine::Works::append_act(Space& space, Run run, const SigningPair& signer) {
  const auto verified = sign(std::move(run), signer);
  const bool level = projection->arrival() == store->last_arrival();
  TRY(const auto appended, store->append(verified, space.item.epoch));
  CHECK_BUG(appended.outcome == AppendOutcome::extended);
  note_acts(space, verified.run());
  judge_acts(space);
  // What is not settled yet is judged when it is.
  if (!level) return verified.run().end();
  projection->set_arrival(appended.arrival);
  // It is durable: what the view could not follow is caught up with before anything else.
  if (const auto judged = reconsider(space, {}, {}); !judged)
    notices.push_back(said_in_both(judged.error().message));
  return verified.run().end();
}

// A sheet of paper does not know what it has said before: each time it begins a log of its own, so
// that two laptops on which it was typed never fork one.
Result<TxnHash> Engine::Works::write_root_act(Space& space, const SigningPair& root,
                                              const Act& act) {
  TRY_VOID(catch_up());
  const LogName log{space.id, root.key, context.random.draw<Incarnation>(), LogKind::authority};
  const Head nothing{log.id(), 0, {}};
  Draft draft;
  draft.stamp = space.clock.next(context.clock.now());
  draft.deps = new_deps(space, log, nothing);
  draft.parts.push_back(act_part(act));
  Run run = empty_run(log, nothing);
  append(run, draft);
  return append_act(space, std::move(run), root);
}

Result<Outcome> Engine::Works::commit(Space& space, std::vector<Part> parts, const Beside& beside) {
  std::erase_if(parts,
                [](const Part& part) { return part.ref == RefType::existing && part.ops.empty(); });
  Outcome out;
  if (parts.empty()) return out;  // nothing would change, so nothing is written
  TRY(out.txn, write(space, LogKind::data, std::move(parts), beside));
  return out;
}

// By the rules for what people write, as they stand for this member now.
Result<Checked> Engine::Works::judge(Space& space, const Action& action) {
  TRY(const auto role, my_role(space));
  const auto logs = my_logs(space);
  CheckContext check_context{*projection, space.number,        role,
                             logs,        context.clock.now(), &context.items};
  check_context.language = context.language;
  check_context.look_for_duplicates = action.changes.size() < 20;
  check_context.keyed = [&](KindId kind, std::string_view key) -> std::optional<RecordId> {
    const auto id = keyed_id(space, kind, key);
    const auto found = projection->record(space.number, id);
    if (!found || !*found || (*found)->life == Life::absent) return std::nullopt;
    return id;
  };
  return check(action, check_context);
}

Result<Outcome> Engine::Works::execute(Space& space, const Action& action,
                                       const ToldBeside& beside) {
  TRY_VOID(catch_up());
  TRY(auto checked, judge(space, action));
  PartMaker maker(*this, space, projection->log_number(my_log(space, LogKind::data).id()));
  for (std::size_t i = 0; i < checked.action.changes.size(); ++i)
    TRY_VOID(maker.add(checked.action.changes[i],
                       i < checked.natural_keys.size() ? checked.natural_keys[i] : std::nullopt));
  if (maker.parts.size() > limits::kPartsInTxn)
    return error(Code::full, "one action may change at most 4,096 records", "split it");
  // Parts that say nothing are left out, so indexes of parts may shift: renumber local references.
  std::vector<std::uint32_t> new_index(maker.parts.size(), 0);
  std::uint32_t kept = 0;
  for (std::size_t i = 0; i < maker.parts.size(); ++i) {
    new_index[i] = kept;
    if (maker.parts[i].ref != RefType::existing || !maker.parts[i].ops.empty()) ++kept;
  }
  for (auto& part : maker.parts)
    for (auto& op : part.ops)
      if (auto* made = std::get_if<LocalRef>(&op.value)) made->part = new_index[made->part];
  const auto name_records = [&](Outcome& out) {
    for (std::size_t i = 0; i < maker.made.size(); ++i)
      out.records.push_back(maker.made[i]
                                ? *maker.made[i]
                                : fresh_record_id(out.txn, new_index[maker.part_of_change[i]]));
  };
  Beside told;
  if (beside)
    told = [&](const TxnHash& txn) -> Status {
      Outcome out;
      out.txn = txn;
      name_records(out);
      return beside(out);
    };
  TRY(auto out, commit(space, std::move(maker.parts), told));
  name_records(out);
  out.warnings = std::move(checked.warnings);
  out.alike = std::move(checked.alike);
  if (sound_epoch(space) == nullptr)
    out.warnings.emplace_back(
        pick(context.language,
             "kunci belum diganti sejak seorang anggota dikeluarkan: ia masih dapat membaca ini; "
             "tukar data dengan ketua",
             "the key has not been changed since a member was removed, who can still read this; "
             "exchange data with a head"));
  return out;
}

Result<Outcome> execute_beside(Engine& engine, const SpaceId& id, const Action& action,
                               const ToldBeside& beside) {
  TRY(Space * space, engine.works().need(id));
  return engine.works().execute(*space, action, beside);
}

}  // namespace rukun
