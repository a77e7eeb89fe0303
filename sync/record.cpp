#include "sync/record.h"

#include <algorithm>

#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {

bool names(const Replaced& name, const Write& write) {
  return name.txn == write.txn && name.log == write.log && name.seq == write.seq;
}

bool greater(const Write& a, const Write& b, LogOrder order) {
  if (a.stamp.ticks != b.stamp.ticks) return a.stamp.ticks > b.stamp.ticks;
  if (a.log != b.log) return order[a.log] > order[b.log];
  if (a.seq != b.seq) return a.seq > b.seq;
  if (a.txn != b.txn) return a.txn > b.txn;
  return a.value > b.value;  // one transaction that writes a field twice
}

// Takes one name away from the live writes, or remembers it for a write that has yet to come. The
// name of a masked write stands for what that one named.
void replace(FieldState& field, const Replaced& name, const Value& element) {
  const bool one_element = !is_none(element);
  // All that fit: a transaction may have written the field more than once.
  const auto hits = std::erase_if(field.live, [&](const Write& write) {
    return names(name, write) && (!one_element || write.value == element);
  });
  if (hits != 0) return;
  Ahead ahead{name, element};
  if (std::find(field.ahead.begin(), field.ahead.end(), ahead) != field.ahead.end()) return;
  field.ahead.push_back(std::move(ahead));
  std::vector<Replaced> instead;
  for (const auto& masked : field.masked)
    if (masked.write == name)
      instead.insert(instead.end(), masked.named.begin(), masked.named.end());
  for (const auto& other : instead) replace(field, other, {});
}

bool was_replaced_ahead(FieldState& field, const Write& write) {
  return std::any_of(field.ahead.begin(), field.ahead.end(), [&](const Ahead& ahead) {
    return names(ahead.write, write) && (is_none(ahead.element) || ahead.element == write.value);
  });
}

}  // namespace

const FieldState* RecordState::find(FieldId field) const {
  const auto found =
      std::lower_bound(fields.begin(), fields.end(), field,
                       [](const FieldState& state, FieldId id) { return state.field < id; });
  return found != fields.end() && found->field == field ? &*found : nullptr;
}

FieldState& RecordState::at(FieldId field) {
  const auto found =
      std::lower_bound(fields.begin(), fields.end(), field,
                       [](const FieldState& state, FieldId id) { return state.field < id; });
  if (found != fields.end() && found->field == field) return *found;
  return *fields.insert(found, FieldState{field, {}, {}, {}});
}

void note_made(RecordState& state, KindId kind, Stamp stamp) {
  // Two kinds for one record can only come from a lie; the smaller wins everywhere alike.
  if (state.kind == 0) {
    state.kind = kind;
    state.created = stamp;
    return;
  }
  state.kind = std::min(state.kind, kind);
  state.created = std::min(state.created, stamp);
}

void note_declared(RecordState& state, KindId kind, Stamp stamp, LogIndex by) {
  if (state.declared == 0 || stamp < state.declared_at) {
    state.declared_at = stamp;
    state.maker = by;
  }
  state.declared = state.declared == 0 ? kind : std::min(state.declared, kind);
}

void apply_masked(RecordState& state, FieldId id, const Replaced& write,
                  std::span<const Replaced> named) {
  if (named.empty()) return;
  FieldState& field = state.at(id);
  field.masked.push_back({write, {named.begin(), named.end()}});
  const bool was_named = std::any_of(field.ahead.begin(), field.ahead.end(), [&](const Ahead& one) {
    return one.write == write && is_none(one.element);
  });
  if (!was_named) return;
  for (const auto& name : named) replace(field, name, {});
}

void apply(RecordState& state, FieldId id, Write write, std::span<const Replaced> replaces) {
  FieldState& field = state.at(id);
  if (write.type == OpType::remove) {
    for (const auto& name : replaces) replace(field, name, write.value);
    return;
  }
  if (id == kLife && write.value == Value(std::int64_t{1})) {
    Deletion deletion{write.txn, {}};
    for (const auto& name : replaces) deletion.saw.push_back(name.txn);
    std::sort(deletion.saw.begin(), deletion.saw.end());
    state.deletions.push_back(std::move(deletion));
  } else {
    for (const auto& name : replaces) replace(field, name, {});
  }
  if (!was_replaced_ahead(field, write)) field.live.push_back(std::move(write));
}

bool is_set(const FieldState& field) {
  return std::any_of(field.live.begin(), field.live.end(),
                     [](const Write& write) { return write.type == OpType::add; });
}

const Write* shown(const FieldState& field, LogOrder order) {
  const Write* best = nullptr;
  for (const auto& write : field.live)
    if (best == nullptr || greater(write, *best, order)) best = &write;
  return best;
}

std::vector<const Write*> distinct_values(const FieldState& field, LogOrder order) {
  std::vector<const Write*> sorted;
  for (const auto& write : field.live)
    if (write.type == OpType::put) sorted.push_back(&write);
  std::sort(sorted.begin(), sorted.end(),
            [&](const Write* a, const Write* b) { return greater(*a, *b, order); });
  std::vector<const Write*> out;
  for (const auto* write : sorted)
    if (std::none_of(out.begin(), out.end(),
                     [&](const Write* other) { return other->value == write->value; }))
      out.push_back(write);
  return out;
}

std::vector<Value> elements(const FieldState& field) {
  std::vector<Value> out;
  for (const auto& write : field.live)
    if (write.type == OpType::add) out.push_back(write.value);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::size_t conflict_count(const RecordState& state) {
  std::size_t count = 0;
  for (const auto& field : state.fields) {
    if (field.field == kLife || field.live.size() < 2) continue;
    const Write* first = nullptr;
    for (const auto& write : field.live) {
      if (write.type != OpType::put) continue;
      if (first == nullptr) first = &write;
      if (write.value == first->value) continue;
      ++count;
      break;
    }
  }
  return count;
}

Life life_of(const RecordState& state, std::span<const TxnTag> references) {
  if (state.kind == 0) return Life::absent;
  const FieldState* life = state.find(kLife);
  if (life == nullptr) return Life::alive;
  std::vector<TxnTag> seen;
  bool deleted = false;
  for (const auto& write : life->live) {
    if (write.value != Value(std::int64_t{1})) continue;
    deleted = true;
    for (const auto& deletion : state.deletions)
      if (deletion.by == write.txn)
        seen.insert(seen.end(), deletion.saw.begin(), deletion.saw.end());
    seen.push_back(write.txn);
  }
  if (!deleted) return Life::alive;
  std::sort(seen.begin(), seen.end());
  const auto unseen = [&](const TxnTag& txn) {
    return !std::binary_search(seen.begin(), seen.end(), txn);
  };
  for (const auto& field : state.fields)
    for (const auto& write : field.live)
      if (unseen(write.txn)) return Life::disputed;
  return std::any_of(references.begin(), references.end(), unseen) ? Life::disputed : Life::deleted;
}

Stamp last_change(const RecordState& state) {
  Stamp last = state.created;
  for (const auto& field : state.fields)
    for (const auto& write : field.live) last = std::max(last, write.stamp);
  return last;
}

namespace {

// Most fields of a record come from few transactions, so a state lists those once.
struct Origin {
  LogIndex log;
  Seq seq;
  TxnTag txn;
  Stamp stamp;
};

std::size_t origin_of(std::vector<Origin>& origins, const Write& write) {
  for (std::size_t i = 0; i < origins.size(); ++i)
    if (origins[i].txn == write.txn && origins[i].log == write.log) return i;
  origins.push_back({write.log, write.seq, write.txn, write.stamp});
  return origins.size() - 1;
}

void write_name(Writer& out, const Replaced& name) {
  out.varint(name.log);
  out.varint(name.seq);
  out.raw(name.txn);
}

Replaced read_name(Reader& in) {
  Replaced name;
  name.log = static_cast<LogIndex>(in.varint(0xffffffff));
  name.seq = static_cast<Seq>(in.varint(0xffffffff));
  name.txn = in.id<TxnTag>();
  return name;
}

void write_fields(Writer& out, const RecordState& state, std::vector<Origin>& origins) {
  out.varint(state.fields.size());
  for (const auto& field : state.fields) {
    out.varint(field.field);
    out.varint(field.live.size());
    for (const auto& write : field.live) {
      out.varint(origin_of(origins, write));
      out.u8(static_cast<std::uint8_t>(write.type));
      write_value(out, write.value);
    }
    out.varint(field.ahead.size());
    for (const auto& ahead : field.ahead) {
      out.varint(ahead.write.log);
      out.varint(ahead.write.seq);
      out.raw(ahead.write.txn);
      write_value(out, ahead.element);
    }
    out.varint(field.masked.size());
    for (const auto& masked : field.masked) {
      write_name(out, masked.write);
      out.varint(masked.named.size());
      for (const auto& name : masked.named) write_name(out, name);
    }
  }
}

void read_fields(Reader& in, RecordState& state, const std::vector<Origin>& origins) {
  state.fields.resize(in.count(0xffff, 3));
  for (auto& field : state.fields) {
    field.field = static_cast<FieldId>(in.varint(0xffff));
    field.live.resize(in.count(limits::kRowsInSegment, 3));
    for (auto& write : field.live) {
      const auto origin = in.varint();
      if (origin >= origins.size()) {
        in.fail("an unknown origin");
        return;
      }
      write.log = origins[origin].log;
      write.seq = origins[origin].seq;
      write.txn = origins[origin].txn;
      write.stamp = origins[origin].stamp;
      const auto type = in.u8();
      if (type < 1 || type > 3) in.fail("an unknown operation");
      write.type = static_cast<OpType>(type);
      write.value = read_value(in);
    }
    field.ahead.resize(in.count(limits::kRowsInSegment, 19));
    for (auto& ahead : field.ahead) {
      ahead.write.log = static_cast<LogIndex>(in.varint(0xffffffff));
      ahead.write.seq = static_cast<Seq>(in.varint(0xffffffff));
      ahead.write.txn = in.id<TxnTag>();
      ahead.element = read_value(in);
    }
    field.masked.resize(in.count(limits::kRowsInSegment, 19));
    for (auto& masked : field.masked) {
      masked.write = read_name(in);
      masked.named.resize(in.count(limits::kReplacesInOp, 18));
      for (auto& name : masked.named) name = read_name(in);
    }
  }
}

}  // namespace

Bytes encode_state(const RecordState& state) {
  std::vector<Origin> origins;
  Writer fields;
  write_fields(fields, state, origins);
  Writer out;
  out.out.reserve(fields.out.size() + origins.size() * 34 + 16);
  out.varint(state.kind);
  out.u64(state.created.ticks);
  out.u8(state.created.doubtful ? 1 : 0);
  out.varint(state.declared);
  if (state.declared != 0) {
    out.varint(*state.maker);
    out.u64(state.declared_at.ticks);
    out.u8(state.declared_at.doubtful ? 1 : 0);
  }
  out.varint(origins.size());
  for (const auto& origin : origins) {
    out.varint(origin.log);
    out.varint(origin.seq);
    out.raw(origin.txn);
    out.u64(origin.stamp.ticks);
    out.u8(origin.stamp.doubtful ? 1 : 0);
  }
  out.raw(fields.out);
  out.varint(state.salts.size());
  for (const auto& salt : state.salts) {
    out.varint(salt.log);
    out.raw(salt.salt);
  }
  out.varint(state.deletions.size());
  for (const auto& deletion : state.deletions) {
    out.raw(deletion.by);
    out.varint(deletion.saw.size());
    for (const auto& txn : deletion.saw) out.raw(txn);
  }
  return std::move(out.out);
}

Result<RecordState> decode_state(ByteView bytes) {
  Reader in(bytes);
  RecordState state;
  state.kind = static_cast<KindId>(in.varint(0xffff));
  state.created.ticks = in.u64();
  state.created.doubtful = in.u8() != 0;
  state.declared = static_cast<KindId>(in.varint(0xffff));
  if (state.declared != 0) {
    state.maker = static_cast<LogIndex>(in.varint(0xffffffff));
    state.declared_at.ticks = in.u64();
    state.declared_at.doubtful = in.u8() != 0;
  }
  std::vector<Origin> origins(in.count(limits::kRowsInSegment, 27));
  for (auto& origin : origins) {
    origin.log = static_cast<LogIndex>(in.varint(0xffffffff));
    origin.seq = static_cast<Seq>(in.varint(0xffffffff));
    origin.txn = in.id<TxnTag>();
    origin.stamp.ticks = in.u64();
    origin.stamp.doubtful = in.u8() != 0;
  }
  read_fields(in, state, origins);
  state.salts.resize(in.count(0xffff, 17));
  for (auto& salt : state.salts) {
    salt.log = static_cast<LogIndex>(in.varint(0xffffffff));
    salt.salt = in.id<Salt>();
  }
  state.deletions.resize(in.count(limits::kRowsInSegment, 17));
  for (auto& deletion : state.deletions) {
    deletion.by = in.id<TxnTag>();
    deletion.saw.resize(in.count(limits::kReplacesInOp, TxnTag::kSize));
    for (auto& txn : deletion.saw) txn = in.id<TxnTag>();
  }
  TRY_VOID(in.finish("a record's state"));
  return state;
}

}  // namespace rukun
