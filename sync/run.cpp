#include "sync/run.h"

#include <algorithm>
#include <unordered_map>

#include "platform/base/check.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {

// Writes the canonical operations of one part straight from columns: the same bytes as
// canonical_ops().
void write_ops(Writer& out, const Run& run, const PartRow& part) {
  out.varint(part.op_count);
  for (std::uint32_t i = 0; i < part.op_count; ++i) {
    const OpRow& op = run.ops[part.first_op + i];
    out.varint(op.field);
    out.u8(static_cast<std::uint8_t>(op.type));
    out.varint(op.replaced_count);
    for (std::uint32_t r = 0; r < op.replaced_count; ++r) {
      const ReplacedRow& replaced = run.replaced[op.first_replaced + r];
      out.u8(replaced.log == 0 ? 0 : 1);
      if (replaced.log != 0) out.raw(run.logs[replaced.log - 1]);
      out.varint(replaced.seq);
      out.raw(replaced.txn);
    }
    out.u8(static_cast<std::uint8_t>(op.value_type));
    switch (op.value_type) {
      case ValueType::none: break;
      case ValueType::integer: out.svarint(op.number); break;
      case ValueType::text: out.blob(run.text_at(op.number, op.text_size)); break;
      case ValueType::reference:
        out.raw(run.records[static_cast<std::size_t>(op.number)].id);
        break;
      case ValueType::local: out.varint(static_cast<std::uint64_t>(op.number)); break;
    }
  }
}

bool op_in_bounds(const Run& run, const OpRow& op) {
  if (static_cast<std::size_t>(op.first_replaced) + op.replaced_count > run.replaced.size())
    return false;
  if (op.value_type == ValueType::text)
    return op.number >= 0 &&
           static_cast<std::uint64_t>(op.number) + op.text_size <= run.text.size();
  if (op.value_type == ValueType::reference)
    return op.number >= 0 && static_cast<std::uint64_t>(op.number) < run.records.size();
  return true;
}

// Whether a row names a record that has its id when transaction t is hashed.
bool is_made(const Run& run, std::size_t record, std::size_t t) {
  const auto by = run.records[record].made_by;
  return by == RecordRow::kNotMade || by < run.txns[t].first_part;
}

bool refers_well(const Run& run, const OpRow& op, std::size_t t) {
  if (op.value_type == ValueType::reference)
    return is_made(run, static_cast<std::size_t>(op.number), t);
  if (op.value_type != ValueType::local) return true;
  const auto parts = run.part_end(t) - run.txns[t].first_part;
  return op.number >= 0 && op.number < parts &&
         run.parts[run.txns[t].first_part + static_cast<std::size_t>(op.number)].ref !=
             RefType::act;
}

bool part_in_bounds(const Run& run, std::size_t p, std::size_t t) {
  const PartRow& part = run.parts[p];
  if (part.ref != RefType::act && part.record >= run.records.size()) return false;
  if (part.ref == RefType::fresh && run.records[part.record].made_by != p) return false;
  if ((part.ref == RefType::existing || part.ref == RefType::keyed) &&
      !is_made(run, part.record, t))
    return false;
  const std::size_t end = static_cast<std::size_t>(part.first_op) + part.op_count;
  return part.stub || end <= (part.opaque ? run.text.size() : run.ops.size());
}

class Hasher {
 public:
  explicit Hasher(Run& run) : run_(run) {}

  // Hashes transaction t, whose predecessors are hashed, and names what it makes.
  Status hash(std::size_t t) {
    TxnRow& txn = run_.txns[t];
    const std::uint32_t end = run_.part_end(t);
    header_.begin(t == 0 ? run_.before : run_.txns[t - 1].hash, run_.first + static_cast<Seq>(t),
                  txn.stamp, txn.dep_count != 0);
    if (txn.dep_count != 0) {
      header_.deps_begin(txn.dep_count);
      for (std::uint32_t d = 0; d < txn.dep_count; ++d) {
        const DepRow& dep = run_.deps[txn.first_dep + d];
        if (dep.log >= run_.logs.size()) return error(Code::damaged, "a dep names no log");
        header_.dep(run_.logs[dep.log], dep.seq);
      }
      header_.deps_end(txn.deps_digest);
    }
    header_.parts_begin(end - txn.first_part);
    for (std::uint32_t p = txn.first_part; p < end; ++p) TRY_VOID(part(t, p));
    txn.hash = header_.finish();
    for (std::uint32_t p = txn.first_part; p < end; ++p) {
      const PartRow& row = run_.parts[p];
      if (row.ref == RefType::fresh)
        run_.records[row.record].id = fresh_record_id(txn.hash, p - txn.first_part);
    }
    return {};
  }

 private:
  Status part(std::size_t t, std::size_t p) {
    PartRow& part = run_.parts[p];
    if (!part_in_bounds(run_, p, t)) return error(Code::damaged, "a part points outside its run");
    if (!part.stub) {
      scratch_.out.clear();
      if (part.opaque) {
        scratch_.raw(run_.text_at(part.first_op, part.op_count));
      } else {
        for (std::uint32_t i = 0; i < part.op_count; ++i)
          TRY_VOID(name_replaced(t, run_.ops[part.first_op + i]));
        write_ops(scratch_, run_, part);
      }
      if (scratch_.out.size() > limits::kPartBytes)
        return error(Code::damaged, "a part is too large");
      part.inner = inner_hash(part.ref == RefType::act ? Salt{} : run_.records[part.record].salt,
                              scratch_.out);
    }
    const RecordId none;
    header_.part(part.ref, part.kind,
                 part.ref == RefType::act ? none : run_.records[part.record].id, part.inner);
    return {};
  }

  Status name_replaced(std::size_t t, const OpRow& op) {
    if (!op_in_bounds(run_, op) || !refers_well(run_, op, t))
      return error(Code::damaged, "an operation points outside its run");
    for (std::uint32_t r = 0; r < op.replaced_count; ++r) {
      ReplacedRow& row = run_.replaced[op.first_replaced + r];
      if (row.log > run_.logs.size()) return error(Code::damaged, "a replaced write names no log");
      if (!row.txn.is_zero()) continue;
      if (row.log != 0 || row.seq < run_.first)
        return error(Code::damaged, "a replaced write without a name");
      if (row.seq >= run_.first + t)
        return error(Code::damaged, "a write that replaces a later one");
      row.txn = tag_of(run_.txns[row.seq - run_.first].hash);
    }
    return {};
  }

  Run& run_;
  HeaderWriter header_;
  Writer scratch_;
};

std::uint32_t log_index(Run& run, const LogId& log) {
  const auto found = std::find(run.logs.begin(), run.logs.end(), log);
  if (found != run.logs.end()) return static_cast<std::uint32_t>(found - run.logs.begin());
  run.logs.push_back(log);
  return static_cast<std::uint32_t>(run.logs.size() - 1);
}

std::uint32_t record_index(Run& run, const RecordId& id, const Salt* salt) {
  for (std::uint32_t i = 0; i < run.records.size(); ++i) {
    RecordRow& row = run.records[i];
    if (row.id != id) continue;
    if (salt == nullptr) return i;
    if (!row.salted) {
      row.salt = *salt;
      row.salted = true;
    }
    if (row.salt == *salt) return i;
  }
  run.records.push_back(
      {id, salt != nullptr ? *salt : Salt{}, salt != nullptr, RecordRow::kNotMade});
  return static_cast<std::uint32_t>(run.records.size() - 1);
}

void append_op(Run& run, const Op& op, RunIndex* index) {
  const auto log_of = [&](const LogId& log) {
    return index != nullptr ? index->log(run, log) : log_index(run, log);
  };
  OpRow row{op.field,
            op.type,
            type_of(op.value),
            static_cast<std::uint32_t>(run.replaced.size()),
            static_cast<std::uint32_t>(op.replaces.size()),
            0,
            0};
  for (const auto& ref : op.replaces)
    run.replaced.push_back({ref.log == run.log ? 0 : log_of(ref.log) + 1, ref.seq, ref.txn});
  if (const auto* number = std::get_if<std::int64_t>(&op.value)) row.number = *number;
  if (const auto* text = std::get_if<std::string>(&op.value)) {
    row.number = static_cast<std::int64_t>(run.text.size());
    row.text_size = static_cast<std::uint32_t>(text->size());
    append(run.text, view(*text));
  }
  if (const auto* record = std::get_if<RecordId>(&op.value))
    row.number =
        index != nullptr ? index->record(run, *record) : record_index(run, *record, nullptr);
  if (const auto* local = std::get_if<LocalRef>(&op.value)) row.number = local->part;
  run.ops.push_back(row);
}

void append_part(Run& run, const Part& part) {
  PartRow row;
  row.ref = part.ref;
  row.kind = part.kind;
  if (part.ref == RefType::fresh) {
    row.record = static_cast<std::uint32_t>(run.records.size());
    run.records.push_back({{}, part.salt, true, static_cast<std::uint32_t>(run.parts.size())});
  } else if (part.ref != RefType::act) {
    row.record = record_index(run, part.record, &part.salt);
  }
  row.opaque = part.ref == RefType::act || !part.opaque.empty();
  if (row.opaque) {
    row.first_op = static_cast<std::uint32_t>(run.text.size());
    row.op_count = static_cast<std::uint32_t>(part.opaque.size());
    append(run.text, part.opaque);
  } else {
    set_ops(run, row, part.ops);
  }
  run.parts.push_back(row);
}

}  // namespace

RunIndex::RunIndex(const Run& run) {
  for (std::uint32_t i = 0; i < run.logs.size(); ++i) logs.emplace(run.logs[i], i);
  for (std::uint32_t i = 0; i < run.records.size(); ++i)
    if (!run.records[i].id.is_zero()) records.emplace(run.records[i].id, i);
}

std::uint32_t RunIndex::log(Run& run, const LogId& log) {
  const auto [found, is_new] = logs.emplace(log, static_cast<std::uint32_t>(run.logs.size()));
  if (is_new) run.logs.push_back(log);
  return found->second;
}

std::uint32_t RunIndex::record(Run& run, const RecordId& record) {
  const auto at = static_cast<std::uint32_t>(run.records.size());
  const auto [found, is_new] = records.emplace(record, at);
  if (is_new) run.records.push_back({record, {}, false, RecordRow::kNotMade});
  return found->second;
}

void set_ops(Run& run, PartRow& part, const std::vector<Op>& ops, RunIndex* index) {
  part.opaque = false;
  part.first_op = static_cast<std::uint32_t>(run.ops.size());
  part.op_count = static_cast<std::uint32_t>(ops.size());
  for (const auto& op : ops) append_op(run, op, index);
}

Run empty_run(const LogName& name, const Head& after) {
  Run run;
  run.name = name;
  run.log = name.id();
  run.first = after.seq + 1;
  run.before = after.seq == 0 ? before_first(run.log) : after.hash;
  return run;
}

const TxnHash& append(Run& run, const Draft& draft) {
  TxnRow txn;
  txn.stamp = draft.stamp;
  txn.first_part = static_cast<std::uint32_t>(run.parts.size());
  txn.first_dep = static_cast<std::uint32_t>(run.deps.size());
  txn.dep_count = static_cast<std::uint32_t>(draft.deps.size());
  if (!draft.deps.empty()) txn.deps_digest = digest_of(draft.deps);
  for (const auto& dep : draft.deps) run.deps.push_back({log_index(run, dep.log), dep.seq});
  for (const auto& part : draft.parts) append_part(run, part);
  run.txns.push_back(txn);
  const auto hashed = Hasher(run).hash(run.txns.size() - 1);
  CHECK_BUG(hashed.has_value());
  return run.txns.back().hash;
}

void sign_end(Run& run, const SigningPair& pair) {
  CHECK_BUG(!run.txns.empty() && pair.key == run.name.author);
  run.signatures.push_back({run.last(), sign_entry(pair, run.name.space, run.end())});
}

Status compute_hashes(Run& run) {
  Hasher hasher(run);
  for (std::size_t t = 0; t < run.txns.size(); ++t) TRY_VOID(hasher.hash(t));
  return {};
}

Status check_fits(const Run& run) {
  const auto no = [] {
    return error(Code::full, "these changes are too many or too large for one segment",
                 "split them");
  };
  if (run.txns.size() > limits::kTxnsInSegment || run.text.size() > limits::kSegmentText)
    return no();
  for (const auto rows : {run.parts.size(), run.ops.size(), run.replaced.size(), run.records.size(),
                          run.deps.size(), run.logs.size()})
    if (rows > limits::kRowsInSegment) return no();
  for (std::size_t t = 0; t < run.txns.size(); ++t)
    if (run.part_end(t) - run.txns[t].first_part > limits::kPartsInTxn ||
        run.txns[t].dep_count > limits::kDepsInTxn)
      return no();
  for (const auto& part : run.parts)
    if (!part.stub && part.op_count > (part.opaque ? limits::kPartBytes : limits::kOpsInPart))
      return no();
  for (const auto& op : run.ops)
    if (op.replaced_count > limits::kReplacesInOp ||
        (op.value_type == ValueType::text && op.text_size > limits::kText))
      return no();
  return {};
}

Run after(const Run& run, Seq seq) {
  CHECK_BUG(seq >= run.first - 1 && seq <= run.last());
  Run out = empty_run(
      run.name, {run.log, seq, seq < run.first ? run.before : run.txns[seq - run.first].hash});
  join(out, run);
  return out;
}

namespace {

// Copies transactions of one run to the end of another, translating what indexes its tables.
class Joiner {
 public:
  using Gone = std::function<bool(const RecordId&)>;

  // What `gone` names comes as stubs.
  Joiner(Run& to, const Run& from, const Gone& gone = {})
      : to_(to), from_(from), known_(to), records_(from.records.size(), kUnmapped) {
    if (!gone) return;
    for (const auto& row : from.records) gone_.push_back(gone(row.id));
  }

  void txn(std::size_t t) {
    TxnRow row = from_.txns[t];
    const std::uint32_t end = from_.part_end(t);
    const std::uint32_t first_part = row.first_part;
    row.first_part = static_cast<std::uint32_t>(to_.parts.size());
    for (std::uint32_t d = 0; d < row.dep_count; ++d) {
      const DepRow& dep = from_.deps[row.first_dep + d];
      to_.deps.push_back({known_.log(to_, from_.logs[dep.log]), dep.seq});
    }
    row.first_dep = static_cast<std::uint32_t>(to_.deps.size()) - row.dep_count;
    for (std::uint32_t p = first_part; p < end; ++p) part(from_.parts[p]);
    to_.txns.push_back(row);
  }

 private:
  static constexpr std::uint32_t kUnmapped = ~std::uint32_t{0};

  std::uint32_t record(std::uint32_t index, bool made_here) {
    std::uint32_t& mapped = records_[index];
    if (mapped != kUnmapped) return mapped;
    RecordRow row = from_.records[index];
    if (is_gone(index)) {
      row.salt = {};
      row.salted = false;
    }
    row.made_by = made_here ? static_cast<std::uint32_t>(to_.parts.size()) : RecordRow::kNotMade;
    const auto found = known_.records.find(row.id);
    if (found != known_.records.end()) {
      RecordRow& there = to_.records[found->second];
      if (row.salted && !there.salted) {
        there.salt = row.salt;
        there.salted = true;
      }
      if (!row.salted || there.salt == row.salt) return mapped = found->second;
    }
    mapped = static_cast<std::uint32_t>(to_.records.size());
    to_.records.push_back(row);
    known_.records.emplace(row.id, mapped);
    return mapped;
  }

  bool is_gone(std::uint32_t record) const { return !gone_.empty() && gone_[record]; }

  void part(PartRow row) {
    row.stub = row.stub || (row.ref != RefType::act && is_gone(row.record));
    if (row.ref != RefType::act) row.record = record(row.record, row.ref == RefType::fresh);
    const std::uint32_t first = row.first_op;
    if (row.stub) {
      row.first_op = row.op_count = 0;
    } else if (row.opaque) {
      row.first_op = static_cast<std::uint32_t>(to_.text.size());
      append(to_.text, from_.text_at(first, row.op_count));
    } else {
      row.first_op = static_cast<std::uint32_t>(to_.ops.size());
      for (std::uint32_t i = 0; i < row.op_count; ++i) op(from_.ops[first + i]);
    }
    to_.parts.push_back(row);
  }

  void op(OpRow row) {
    const std::uint32_t first = row.first_replaced;
    row.first_replaced = static_cast<std::uint32_t>(to_.replaced.size());
    for (std::uint32_t r = 0; r < row.replaced_count; ++r) {
      ReplacedRow replaced = from_.replaced[first + r];
      if (replaced.log != 0) replaced.log = known_.log(to_, from_.logs[replaced.log - 1]) + 1;
      to_.replaced.push_back(replaced);
    }
    if (row.value_type == ValueType::text) {
      const auto text = from_.text_at(row.number, row.text_size);
      row.number = static_cast<std::int64_t>(to_.text.size());
      append(to_.text, text);
    }
    if (row.value_type == ValueType::reference)
      row.number = record(static_cast<std::uint32_t>(row.number), false);
    to_.ops.push_back(row);
  }

  Run& to_;
  const Run& from_;
  RunIndex known_;
  std::vector<std::uint32_t> records_;
  std::vector<bool> gone_;  // by record of from_; empty: none
};

}  // namespace

void join(Run& run, const Run& next) {
  CHECK_BUG(run.log == next.log && run.last() + 1 >= next.first && run.last() <= next.last());
  const std::size_t skip = run.last() + 1 - next.first;
  CHECK_BUG(run.end() == (skip == 0 ? next.before : next.txns[skip - 1].hash));
  const Seq last = run.last();
  std::erase_if(run.signatures, [](const SignedAt& at) { return at.seq % kSignEvery != 0; });
  Joiner joiner(run, next);
  for (std::size_t t = skip; t < next.txns.size(); ++t) joiner.txn(t);
  for (const auto& at : next.signatures)
    if (at.seq > last) run.signatures.push_back(at);
}

bool tells_of(const Run& run, const std::function<bool(const RecordId&)>& gone) {
  return std::any_of(run.parts.begin(), run.parts.end(), [&](const PartRow& part) {
    return !part.stub && part.ref != RefType::act && gone(run.records[part.record].id);
  });
}

Run hollow(const Run& run, const std::function<bool(const RecordId&)>& gone) {
  Run out = empty_run(run.name, {run.log, run.first - 1, run.before});
  Joiner joiner(out, run, gone);
  for (std::size_t t = 0; t < run.txns.size(); ++t) joiner.txn(t);
  out.signatures = run.signatures;
  return out;
}

Value value_of(const Run& run, const OpRow& op) {
  switch (op.value_type) {
    case ValueType::none: return {};
    case ValueType::integer: return op.number;
    case ValueType::text: return std::string(text_of(run.text_at(op.number, op.text_size)));
    case ValueType::reference: return run.records[static_cast<std::size_t>(op.number)].id;
    case ValueType::local: return LocalRef{static_cast<std::uint32_t>(op.number)};
  }
  return {};
}

Part part_of(const Run& run, std::size_t index) {
  const PartRow& row = run.parts[index];
  Part part;
  part.ref = row.ref;
  part.kind = row.kind;
  if (row.ref != RefType::act) {
    part.record = run.records[row.record].id;
    part.salt = run.records[row.record].salt;
  }
  if (row.stub) return part;
  if (row.opaque) {
    const auto bytes = run.text_at(row.first_op, row.op_count);
    part.opaque.assign(bytes.begin(), bytes.end());
    return part;
  }
  for (std::uint32_t i = 0; i < row.op_count; ++i) {
    const OpRow& op = run.ops[row.first_op + i];
    Op out{op.field, op.type, {}, value_of(run, op)};
    for (std::uint32_t r = 0; r < op.replaced_count; ++r) {
      const ReplacedRow& replaced = run.replaced[op.first_replaced + r];
      out.replaces.push_back({run.replaced_log(replaced), replaced.seq, replaced.txn});
    }
    part.ops.push_back(std::move(out));
  }
  return part;
}

}  // namespace rukun
