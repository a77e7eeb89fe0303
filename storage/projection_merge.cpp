// Writing into the projection: runs of transactions become record states, and changed records
// become rows. All writes of a batch to one record are merged in memory first, so that a record is
// written once however often it changed.

#include <algorithm>

#include "platform/base/check.h"
#include "storage/projection_works.h"
#include "sync/wire.h"

namespace rukun {

namespace {

Value value_in(const Run& run, const OpRow& op, const TxnRow& txn) {
  if (op.value_type == ValueType::local) {
    const auto part =
        static_cast<std::size_t>(txn.first_part) + static_cast<std::size_t>(op.number);
    if (part >= run.parts.size() || run.parts[part].ref == RefType::act) return {};
    return run.records[run.parts[part].record].id;
  }
  return value_of(run, op);
}

// Walks a run with its cumulative causal past, to say which replaced writes count.
class CausalWalk {
 public:
  CausalWalk(const Run& run, LogIndex own, const std::vector<LogIndex>& logs, Past past)
      : run_(run), own_(own), logs_(logs), past_(std::move(past)) {}

  void enter(const TxnRow& txn) {
    for (std::uint32_t d = 0; d < txn.dep_count; ++d) {
      const DepRow& dep = run_.deps[txn.first_dep + d];
      Seq& seen = past_[logs_[dep.log]];
      seen = std::max(seen, dep.seq);
    }
  }

  void counted(const OpRow& op, Seq seq, std::vector<Replaced>& out) const {
    out.clear();
    for (std::uint32_t r = 0; r < op.replaced_count; ++r) {
      const ReplacedRow& row = run_.replaced[op.first_replaced + r];
      if (row.log == 0) {
        if (row.seq < seq) out.push_back({own_, row.seq, row.txn});
        continue;
      }
      const LogIndex log = logs_[row.log - 1];
      const auto seen = past_.find(log);
      if (seen != past_.end() && row.seq <= seen->second) out.push_back({log, row.seq, row.txn});
    }
  }

  Past& past() { return past_; }

 private:
  const Run& run_;
  LogIndex own_;
  const std::vector<LogIndex>& logs_;
  Past past_;
};

}  // namespace

std::string set_text(const std::vector<Value>& elements) {
  std::string out;
  for (const auto& element : elements) {
    out += kSetSeparator;
    if (const auto* number = std::get_if<std::int64_t>(&element)) out += std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&element)) out += *text;
    if (const auto* record = std::get_if<RecordId>(&element)) out += record->hex();
  }
  if (!out.empty()) out += kSetSeparator;
  return out;
}

Result<Work*> Projection::Works::work(std::uint32_t space, const RecordId& id) {
  const auto [slot, is_new] =
      batch.slots.emplace(id, static_cast<std::uint32_t>(batch.works.size()));
  if (!is_new) return &batch.works[slot->second];
  Work& made = batch.works.emplace_back();
  made.id = id;
  made.space = space;
  if (next_rid == 1) return &made;
  find_record.bind(1, ByteView(id)).bind(2, static_cast<std::int64_t>(space));
  TRY(const bool there, find_record.step());
  if (there) {
    made.rid = find_record.integer(0);
    made.old_kind = static_cast<KindId>(find_record.integer(1));
    made.old_life = static_cast<Life>(find_record.integer(2));
    made.old_conflicts = static_cast<std::size_t>(find_record.integer(3));
    TRY(made.state, decode_state(find_record.blob(4)));
    made.was_shown = made.old_life == Life::alive || made.old_life == Life::disputed;
    if (made.was_shown) {
      made.old_search = search_text(made.state);
      made.old_references = references_of(made.state);
    }
  }
  find_record.reset();
  return &batch.works[batch.works.size() - 1];
}

Status Projection::Works::merge(const Run& run, const Masked& masked, bool keep_salts,
                                const PastOf& past_of) {
  const LogIndex own = log_numbers.at(run.log);
  std::vector<LogIndex> log_of;
  for (const auto& log : run.logs) log_of.push_back(log_numbers.at(log));

  Past past;
  if (run.first > 1 && logs_with_deps.contains(own)) {
    if (const auto known = pasts.find({own, run.before}); known != pasts.end()) {
      past = known->second;
    } else {
      TRY(past, past_of(run.log, run.first - 1, run.before));
    }
  }
  if (!run.deps.empty()) logs_with_deps.insert(own);

  const auto gone = erased_in(run);
  std::vector<std::uint32_t> slot_of(run.records.size(), ~std::uint32_t{0});
  for (std::size_t i = 0; i < run.records.size(); ++i) {
    const RecordRow& row = run.records[i];
    const bool is_gone = !gone.empty() && gone[i];
    if (!row.salted && !is_gone) continue;
    TRY(Work * touched, work(batch.space, row.id));
    touched->dirty = true;
    if (keep_salts && !is_gone &&
        std::none_of(touched->state.salts.begin(), touched->state.salts.end(),
                     [&](const OwnSalt& salt) { return salt.log == own; }))
      touched->state.salts.push_back({own, row.salt});
    slot_of[i] = static_cast<std::uint32_t>(touched - batch.works.data());
  }

  CausalWalk walk(run, own, log_of, std::move(past));
  std::vector<Replaced> replaces;
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    const TxnRow& txn = run.txns[t];
    const Seq seq = run.first + static_cast<Seq>(t);
    walk.enter(txn);
    const bool counts = masked.empty() || !masked[t];
    const TxnTag tag = tag_of(txn.hash);
    for (std::uint32_t p = txn.first_part; p < run.part_end(t); ++p) {
      const PartRow& part = run.parts[p];
      if (slot_of[part.record] == ~std::uint32_t{0}) continue;
      RecordState& state = batch.works[slot_of[part.record]].state;
      if (part.ref == RefType::fresh || part.ref == RefType::keyed) {
        if (state.declared == 0 && !state.fields.empty()) batch.report.late.insert(part.kind);
        note_declared(state, part.kind, txn.stamp, own);
        if (counts) note_made(state, part.kind, txn.stamp);
      }
      if (part.stub || part.opaque || (!gone.empty() && gone[part.record])) continue;
      for (std::uint32_t i = 0; i < part.op_count; ++i) {
        const OpRow& op = run.ops[part.first_op + i];
        walk.counted(op, seq, replaces);
        if (!counts) {
          if (op.type == OpType::put && op.field != kLife)
            apply_masked(state, op.field, {own, seq, tag}, replaces);
          continue;
        }
        Value value = value_in(run, op, txn);
        if (const auto* record = std::get_if<RecordId>(&value);
            record != nullptr && with_deletions.contains(*record))
          batch.referred.insert(*record);
        if (op.field == kLife) with_deletions.insert(batch.works[slot_of[part.record]].id);
        apply(state, op.field, {own, seq, tag, txn.stamp, op.type, std::move(value)}, replaces);
      }
    }
  }
  if (!walk.past().empty()) pasts[{own, run.end()}] = std::move(walk.past());
  pasts.erase({own, run.before});
  return {};
}

// By record of the run: whether it says something of it that is erased. Empty: of none. A stub is
// of an erased record: no other is taken from anybody.
std::vector<bool> Projection::Works::erased_in(const Run& run) {
  std::vector<bool> out;
  for (const auto& part : run.parts)
    if (part.stub && part.ref != RefType::act)
      erased[batch.space].insert(run.records[part.record].id);
  const auto gone = erased.find(batch.space);
  if (gone == erased.end() || gone->second.empty()) return out;
  out.resize(run.records.size(), false);
  for (const auto& part : run.parts)
    if (part.ref != RefType::act)
      out[part.record] = gone->second.contains(run.records[part.record].id);
  return out;
}

std::string Projection::Works::search_text(const RecordState& state) const {
  std::string out;
  const TableSpec* spec = table(state.kind);
  if (spec == nullptr) return out;
  for (const auto& column : spec->columns) {
    if (!column.searched) continue;
    const FieldState* field = state.find(column.field);
    if (field == nullptr) continue;
    const Write* write = shown(*field, logs);
    if (write == nullptr) continue;
    if (const auto* text = std::get_if<std::string>(&write->value)) {
      if (!out.empty()) out += ' ';
      out += *text;
    }
  }
  return out;
}

// What the record's fields of one value refer to.
std::vector<RecordId> Projection::Works::references_of(const RecordState& state) const {
  std::vector<RecordId> out;
  const TableSpec* spec = table(state.kind);
  if (spec == nullptr) return out;
  for (const auto& column : spec->columns) {
    if (column.type != ValueType::reference || column.set) continue;
    const FieldState* field = state.find(column.field);
    const Write* write = field == nullptr ? nullptr : shown(*field, logs);
    if (write == nullptr) continue;
    if (const auto* record = std::get_if<RecordId>(&write->value)) out.push_back(*record);
  }
  return out;
}

// `references`: of the row as it is now; none when it is not shown.
void Projection::Works::note_touched(const Work& work, const std::vector<RecordId>& references) {
  last_touched.note(work.space, {work.id, false});
  for (const auto& before : work.old_references)
    if (std::find(references.begin(), references.end(), before) == references.end())
      last_touched.note(work.space, {before, true});
  // A row in another table than before: rare, and whoever keeps a copy should not have to think of
  // it.
  if (work.was_shown && work.old_kind != work.state.kind) last_touched.forget(work.space);
}

Status Projection::Works::write_row(const Work& work, const TableSpec& spec,
                                    TableStatements& statements) {
  TRY(Stmt* const made, statements.upsert.in(db));
  Stmt& upsert = *made;
  upsert.bind(1, work.rid).bind(2, static_cast<std::int64_t>(work.space));
  std::vector<std::string> sets;
  sets.reserve(spec.columns.size());
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    const int at = static_cast<int>(i) + 3;
    const FieldState* field = work.state.find(spec.columns[i].field);
    if (field != nullptr && spec.columns[i].set) {
      sets.push_back(set_text(elements(*field)));
      if (sets.back().empty())
        upsert.bind_null(at);
      else
        upsert.bind(at, std::string_view(sets.back()));
      continue;
    }
    const Write* write = field == nullptr ? nullptr : shown(*field, logs);
    if (write == nullptr) {
      upsert.bind_null(at);
    } else if (const auto* number = std::get_if<std::int64_t>(&write->value)) {
      upsert.bind(at, *number);
    } else if (const auto* text = std::get_if<std::string>(&write->value)) {
      upsert.bind(at, std::string_view(*text));
    } else if (const auto* record = std::get_if<RecordId>(&write->value)) {
      upsert.bind(at, ByteView(*record));
    } else {
      upsert.bind_null(at);
    }
  }
  return upsert.run();
}

Status Projection::Works::write(Work& work) {
  std::vector<TxnTag> references;
  if (!work.state.deletions.empty()) {
    TRY(const auto found, references_to(work.space, work.id));
    for (const auto& reference : found) references.push_back(reference.write.txn);
  }
  const Life life = is_erased(work.space, work.id) ? Life::erased : life_of(work.state, references);
  const std::size_t in_conflict = conflict_count(work.state);
  const bool is_new = work.rid == 0;
  if (is_new) work.rid = next_rid++;
  const auto changed = last_change(work.state);
  const auto state = encode_state(work.state);
  Stmt& record = is_new ? insert_record : update_record;
  record.bind(1, work.rid);
  if (is_new) record.bind(2, ByteView(work.id)).bind(3, static_cast<std::int64_t>(work.space));
  record.bind(4, static_cast<std::int64_t>(work.state.kind))
      .bind(5, static_cast<std::int64_t>(life))
      .bind(6, static_cast<std::int64_t>(in_conflict))
      .bind(7, static_cast<std::int64_t>(work.state.created.ticks))
      .bind(8, static_cast<std::int64_t>(work.state.created.doubtful))
      .bind(9, static_cast<std::int64_t>(changed.ticks))
      .bind(10, static_cast<std::int64_t>(changed.doubtful))
      .bind(11, ByteView(state));
  TRY_VOID(record.run());

  const bool shown_now = life == Life::alive || life == Life::disputed;
  if (work.was_shown && (!shown_now || work.old_kind != work.state.kind)) {
    if (const auto old = table_of.find(work.old_kind); old != table_of.end()) {
      TRY(Stmt* const remove, tables[old->second].remove.in(db));
      TRY_VOID(remove->bind(1, work.rid).run());
    }
  }
  if (const auto spec = table_of.find(work.state.kind); shown_now && spec != table_of.end())
    TRY_VOID(write_row(work, schema[spec->second], tables[spec->second]));
  const std::string text = shown_now ? search_text(work.state) : std::string();
  if (text != work.old_search) {
    if (!work.old_search.empty())
      TRY_VOID(search_remove.bind(1, work.rid).bind(2, std::string_view(work.old_search)).run());
    if (!text.empty()) TRY_VOID(search_add.bind(1, work.rid).bind(2, std::string_view(text)).run());
  }

  auto refers_to = shown_now ? references_of(work.state) : std::vector<RecordId>();
  note_touched(work, refers_to);

  MergeReport& report = batch.report;
  if (!work.was_shown && shown_now)
    ++report.made;
  else if (work.was_shown && shown_now)
    ++report.changed;
  else if (work.was_shown) {
    ++report.deleted;
    ++report.deleted_by_kind[work.state.kind];
  }
  if ((in_conflict > 0 || life == Life::disputed) &&
      !(work.old_conflicts > 0 || work.old_life == Life::disputed))
    ++report.conflicts;
  work.was_shown = shown_now;
  work.old_search = text;
  work.old_references = std::move(refers_to);
  work.old_kind = work.state.kind;
  work.old_life = life;
  work.old_conflicts = in_conflict;
  work.dirty = false;
  return {};
}

Status Projection::Works::flush() {
  // Records that nobody deleted first: whether a deletion stands depends on who refers to its
  // record.
  std::vector<std::size_t> later;
  for (std::size_t i = 0; i < batch.works.size(); ++i) {
    if (!batch.works[i].dirty) continue;
    if (!batch.works[i].state.deletions.empty())
      later.push_back(i);
    else
      TRY_VOID(write(batch.works[i]));
  }
  for (const auto& id : batch.referred) {
    TRY(Work * referred, work(batch.space, id));
    const auto index = static_cast<std::size_t>(referred - batch.works.data());
    if (std::find(later.begin(), later.end(), index) == later.end() &&
        !referred->state.deletions.empty())
      later.push_back(index);
  }
  for (const auto index : later) TRY_VOID(write(batch.works[index]));
  batch.slots.clear();
  batch.works.clear();
  batch.referred.clear();
  return {};
}

}  // namespace rukun
