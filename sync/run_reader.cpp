#include <algorithm>
#include <map>

#include "sync/limits.h"
#include "sync/run_codec.h"
#include "sync/run_shape.h"

namespace rukun {

namespace {

std::vector<Shape> read_shapes(Reader& in) {
  std::vector<Shape> shapes(in.count(limits::kRowsInSegment, 1));
  for (auto& shape : shapes) {
    const auto mark = in.u8();
    if (mark > 15 || (mark & 12) == 12) in.fail("an unknown mark of a part");
    shape.ref = static_cast<RefType>(mark & 3);
    shape.stub = (mark & 4) != 0;
    shape.opaque = (mark & 8) != 0;
    if (shape.ref == RefType::act && !shape.stub && !shape.opaque)
      in.fail("an act without its bytes");
    if (shape.ref != RefType::existing) shape.kind = static_cast<KindId>(in.varint(0xffff));
    if (shape.kind == 0 && (shape.ref == RefType::fresh || shape.ref == RefType::keyed))
      in.fail("a record without a kind");
    if (shape.stub || shape.opaque) continue;
    shape.ops.resize(in.count(limits::kOpsInPart, 3));
    for (auto& op : shape.ops) {
      op.field = static_cast<FieldId>(in.varint(0xffff));
      const auto types = in.u8();
      if (types >> 4 < 1 || types >> 4 > 3 || (types & 15) > 4) in.fail("an unknown operation");
      op.type = static_cast<OpType>(types >> 4);
      op.value = static_cast<ValueType>(types & 15);
      op.replaces = in.varint(kReplacesNamed + limits::kReplacesInOp);
      if (op.replaces == kReplacesNamed) in.fail("an empty list of replaced writes");
    }
    if (!in.ok()) return {};
  }
  if (!in.ok()) return {};
  return shapes;
}

class RunReader {
 public:
  RunReader(ByteView bytes, const SpaceId& space, Seq first, Seq last) : in_(bytes) {
    run_.name.space = space;
    run_.first = first;
    txn_count_ = static_cast<std::size_t>(last - first) + 1;
  }

  Result<Run> read() {
    head();
    shapes_ = read_shapes(in_);
    txns();
    records();
    parts();
    values();
    TRY_VOID(in_.finish("a segment's columns"));
    read_opaque();
    return std::move(run_);
  }

 private:
  void head() {
    run_.name.author = in_.id<SigningKey>();
    run_.name.incarnation = in_.id<Incarnation>();
    const auto which = in_.u8();
    if (which != 1 && which != 2) in_.fail("an unknown kind of log");
    run_.name.which = static_cast<LogKind>(which);
    run_.log = run_.name.id();
    run_.before = run_.first == 1 ? before_first(run_.log) : in_.id<TxnHash>();
    run_.signatures.resize(in_.count(limits::kTxnsInSegment, 1 + Signature::kSize));
    Seq before = run_.first - 1;
    for (auto& at : run_.signatures) {
      at.seq = static_cast<Seq>(before + in_.varint(limits::kTxnsInSegment));
      if (at.seq <= before) in_.fail("signatures out of order");
      before = at.seq;
      at.signature = in_.id<Signature>();
    }
    run_.logs.resize(in_.count(limits::kRowsInSegment, LogId::kSize));
    for (auto& log : run_.logs) log = in_.id<LogId>();
  }

  void txns() {
    std::uint64_t ticks = in_.u64();
    const auto doubtful = read_numbers(in_, txn_count_, 1);
    const auto parts = read_numbers(in_, txn_count_, limits::kPartsInTxn);
    const auto deps = read_numbers(in_, txn_count_, limits::kDepsInTxn);
    std::uint64_t part_count = 0, dep_count = 0;
    for (std::size_t t = 0; t < txn_count_; ++t) {
      part_count += parts[t];
      dep_count += deps[t];
    }
    if (part_count > limits::kRowsInSegment || dep_count > limits::kRowsInSegment)
      in_.fail("too many rows");
    if (!in_.ok()) return;
    part_count_ = part_count;
    run_.txns.resize(txn_count_);
    run_.deps.resize(dep_count);
    const auto logs = read_numbers(in_, dep_count, run_.logs.empty() ? 0 : run_.logs.size() - 1);
    if (dep_count != 0 && run_.logs.empty()) in_.fail("a dep names no log");
    const auto seqs = read_numbers(in_, dep_count, 0xffffffff);
    for (std::size_t d = 0; d < dep_count && in_.ok(); ++d)
      run_.deps[d] = {static_cast<std::uint32_t>(logs[d]), static_cast<Seq>(seqs[d])};
    std::uint32_t first_part = 0, first_dep = 0;
    for (std::size_t t = 0; t < txn_count_; ++t) {
      TxnRow& row = run_.txns[t];
      row.first_part = first_part;
      row.first_dep = first_dep;
      row.dep_count = static_cast<std::uint32_t>(deps[t]);
      first_part += static_cast<std::uint32_t>(parts[t]);
      first_dep += row.dep_count;
      if (row.dep_count != 0) row.deps_digest = in_.id<DepsDigest>();
    }
    const auto deltas = read_numbers(in_, txn_count_ - 1);
    for (std::size_t t = 0; t < txn_count_; ++t) {
      if (t != 0) ticks += deltas[t - 1];
      run_.txns[t].stamp = {ticks, doubtful[t] != 0};
    }
  }

  void records() {
    const std::size_t count = in_.count(limits::kRowsInSegment, 0);
    const auto marks = read_numbers(in_, count, 3);
    if (!in_.ok()) return;
    std::size_t bytes = 0;
    for (const auto mark : marks)
      bytes += ((mark & 1) != 0 ? 16u : 0u) + ((mark & 2) != 0 ? 0u : 16u);
    if (bytes > in_.left()) in_.fail("more records than bytes left");
    if (!in_.ok()) return;
    run_.records.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      if ((marks[i] & 2) != 0)
        made_.push_back(static_cast<std::uint32_t>(i));
      else
        run_.records[i].id = in_.id<RecordId>();
      run_.records[i].salted = (marks[i] & 1) != 0;
    }
    for (auto& row : run_.records)
      if (row.salted) row.salt = in_.id<Salt>();
  }

  void parts() {
    const auto shape_of = read_numbers(in_, part_count_, shapes_.empty() ? 0 : shapes_.size() - 1);
    if (part_count_ != 0 && shapes_.empty()) in_.fail("parts without shapes");
    if (!in_.ok()) return;
    run_.parts.resize(part_count_);
    std::size_t by_id = 0, opaque = 0, ops = 0, made = 0;
    for (std::size_t p = 0; p < part_count_; ++p) {
      const Shape& shape = shapes_[shape_of[p]];
      const bool is_act = shape.ref == RefType::act;
      if (is_act != (run_.name.which == LogKind::authority))
        in_.fail("an act outside an authority log");
      by_id += shape.ref == RefType::existing || shape.ref == RefType::keyed ? 1u : 0u;
      opaque += shape.opaque ? 1u : 0u;
      ops += shape.ops.size();
      made += shape.ref == RefType::fresh ? 1u : 0u;
    }
    if (ops > limits::kRowsInSegment || made != made_.size()) in_.fail("rows that do not add up");
    if (by_id != 0 && run_.records.empty()) in_.fail("a part names no record");
    if (!in_.ok()) return;
    const auto records =
        read_numbers(in_, by_id, run_.records.empty() ? 0 : run_.records.size() - 1);
    const auto sizes = read_numbers(in_, opaque, limits::kPartBytes);
    run_.ops.resize(ops);
    fill_parts(shape_of, records, sizes);
  }

  void fill_parts(const std::vector<std::uint64_t>& shape_of,
                  const std::vector<std::uint64_t>& records,
                  const std::vector<std::uint64_t>& sizes) {
    std::size_t by_id = 0, opaque = 0, made = 0;
    std::uint32_t op = 0;
    for (std::size_t p = 0; p < part_count_ && in_.ok(); ++p) {
      const Shape& shape = shapes_[shape_of[p]];
      PartRow& row = run_.parts[p];
      row = {shape.ref, shape.stub, shape.opaque, shape.kind, 0, op, 0, {}};
      if (shape.ref == RefType::fresh) {
        row.record = made_[made++];
        run_.records[row.record].made_by = static_cast<std::uint32_t>(p);
      } else if (shape.ref != RefType::act) {
        row.record = static_cast<std::uint32_t>(records[by_id++]);
      }
      // The salt is in the hash, but not that it is there: without this, one run could be merged
      // here and passed over elsewhere.
      if (!shape.stub && shape.ref != RefType::act && !run_.records[row.record].salted)
        in_.fail("a part without its record's salt");
      if (shape.stub) row.inner = in_.id<InnerHash>();
      if (shape.opaque) {
        const auto bytes = in_.raw(sizes[opaque++]);
        row.first_op = static_cast<std::uint32_t>(run_.text.size());
        row.op_count = static_cast<std::uint32_t>(bytes.size());
        append(run_.text, bytes);
      } else {
        row.op_count = static_cast<std::uint32_t>(shape.ops.size());
        op += row.op_count;
      }
    }
    shape_of_ = shape_of;
  }

  void values() {
    if (!in_.ok()) return;
    std::map<ColumnKey, std::vector<OpRow*>> columns;
    std::vector<std::pair<OpRow*, std::uint32_t>> named;
    LastWrites last(run_.records.size());
    std::size_t named_rows = 0;
    const auto keys = value_columns(shapes_);
    for (const auto& key : keys) columns[key];
    for (std::size_t t = 0; t < txn_count_; ++t)
      for (std::uint32_t p = run_.txns[t].first_part; p < run_.part_end(t); ++p) {
        const Shape& shape = shapes_[shape_of_[p]];
        for (std::size_t i = 0; i < shape.ops.size(); ++i) {
          OpRow& row = run_.ops[run_.parts[p].first_op + i];
          const OpShape& op = shape.ops[i];
          row.field = op.field;
          row.type = op.type;
          row.value_type = op.value;
          row.first_replaced = static_cast<std::uint32_t>(run_.replaced.size());
          Seq& own_last = last.of(run_.parts[p].record, op.field);
          if (op.replaces == kReplacesOwnLast) {
            if (own_last == 0) in_.fail("a write replaces one that is not there");
            run_.replaced.push_back({0, own_last, {}});
            row.replaced_count = 1;
          } else if (op.replaces > kReplacesNamed) {
            row.replaced_count = static_cast<std::uint32_t>(op.replaces - kReplacesNamed);
            named_rows += row.replaced_count;
            if (named_rows > limits::kRowsInSegment || named_rows * TxnTag::kSize > in_.left())
              in_.fail("too many replaced writes");
            if (!in_.ok()) return;
            run_.replaced.resize(run_.replaced.size() + row.replaced_count);
            named.emplace_back(&row, row.first_replaced);
          }
          own_last = run_.first + static_cast<Seq>(t);
          if (op.value != ValueType::none) columns[{op.field, op.value}].push_back(&row);
        }
      }
    for (const auto& key : keys) value_column(key.second, columns[key]);
    name_replaced(named, named_rows);
  }

  void value_column(ValueType type, const std::vector<OpRow*>& rows) {
    if (type == ValueType::text) {
      std::size_t at = run_.text.size();
      const auto sizes = read_texts(
          in_, rows.size(), limits::kText,
          limits::kSegmentText - std::min(run_.text.size(), limits::kSegmentText), run_.text);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i]->number = static_cast<std::int64_t>(at);
        rows[i]->text_size = sizes[i];
        at += sizes[i];
      }
      return;
    }
    std::uint64_t most = ~std::uint64_t{0};
    if (type == ValueType::reference) most = run_.records.empty() ? 0 : run_.records.size() - 1;
    if (type == ValueType::reference && run_.records.empty() && !rows.empty())
      in_.fail("a value names no record");
    if (type == ValueType::local) most = limits::kPartsInTxn;
    const auto numbers = read_numbers(in_, rows.size(), most);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i]->number =
          type == ValueType::integer ? unfold(numbers[i]) : static_cast<std::int64_t>(numbers[i]);
  }

  void name_replaced(const std::vector<std::pair<OpRow*, std::uint32_t>>& named, std::size_t rows) {
    const auto logs = read_numbers(in_, rows, run_.logs.size());
    const auto seqs = read_numbers(in_, rows, 0xffffffff);
    std::size_t at = 0;
    for (const auto& [op, first] : named)
      for (std::uint32_t r = 0; r < op->replaced_count && in_.ok(); ++r, ++at) {
        ReplacedRow& row = run_.replaced[first + r];
        row = {static_cast<std::uint32_t>(logs[at]), static_cast<Seq>(seqs[at]), in_.id<TxnTag>()};
        if (row.txn.is_zero()) in_.fail("a replaced write without a name");
      }
  }

  // Operations that an older version could only pass on become rows once this version can read
  // them.
  void read_opaque() {
    RunIndex index(run_);
    for (auto& part : run_.parts) {
      if (!part.opaque || part.ref == RefType::act) continue;
      const auto ops = read_canonical_ops(run_.text_at(part.first_op, part.op_count), run_.log);
      if (ops) set_ops(run_, part, *ops, &index);
    }
  }

  Reader in_;
  Run run_;
  std::size_t txn_count_ = 0;
  std::size_t part_count_ = 0;
  std::vector<Shape> shapes_;
  std::vector<std::uint64_t> shape_of_;
  std::vector<std::uint32_t> made_;
};

}  // namespace

Result<Run> read_run(ByteView bytes, const SpaceId& space, Seq first, Seq last) {
  return RunReader(bytes, space, first, last).read();
}

}  // namespace rukun
