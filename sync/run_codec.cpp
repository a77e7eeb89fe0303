#include "sync/run_codec.h"

#include <algorithm>
#include <map>

#include "sync/limits.h"

namespace rukun {

namespace {

// How an operation names what it replaces: nothing, this log's last write to the same field in this run, or n names.
constexpr std::uint64_t kReplacesNothing = 0, kReplacesOwnLast = 1, kReplacesNamed = 2;

struct OpShape {
  FieldId field = 0;
  OpType type = OpType::put;
  ValueType value = ValueType::none;
  std::uint64_t replaces = kReplacesNothing;  // kReplacesNamed + n names
  auto operator<=>(const OpShape&) const = default;
};

// What many parts have in common, so that a part costs one small number.
struct Shape {
  RefType ref = RefType::existing;
  bool stub = false;
  bool opaque = false;
  KindId kind = 0;
  std::vector<OpShape> ops;
  auto operator<=>(const Shape&) const = default;
};

using ColumnKey = std::pair<FieldId, ValueType>;

// The last entry of this run that wrote a field of a record: kept alike by writer and reader.
class LastWrites {
 public:
  explicit LastWrites(std::size_t records) : first_(records, kNone) {}

  Seq& of(std::uint32_t record, FieldId field) {
    for (std::uint32_t at = first_[record]; at != kNone; at = nodes_[at].next)
      if (nodes_[at].field == field) return nodes_[at].seq;
    nodes_.push_back({0, first_[record], field});
    first_[record] = static_cast<std::uint32_t>(nodes_.size() - 1);
    return nodes_.back().seq;
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Node {
    Seq seq;
    std::uint32_t next;
    FieldId field;
  };
  std::vector<std::uint32_t> first_;
  std::vector<Node> nodes_;
};

std::uint64_t replaces_of(const Run& run, const OpRow& op, Seq own_last) {
  if (op.replaced_count == 0) return kReplacesNothing;
  const ReplacedRow& row = run.replaced[op.first_replaced];
  if (op.replaced_count == 1 && row.log == 0 && own_last != 0 && row.seq == own_last &&
      row.txn == tag_of(run.txns[own_last - run.first].hash))
    return kReplacesOwnLast;
  return kReplacesNamed + op.replaced_count;
}

struct Shaped {
  std::vector<Shape> shapes;
  std::vector<std::uint64_t> shape_of_part;
};

Shaped shape(const Run& run) {
  Shaped out;
  std::map<Shape, std::uint64_t> known;
  LastWrites last(run.records.size());
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p) {
      const PartRow& part = run.parts[p];
      Shape shape{part.ref, part.stub, part.opaque && !part.stub, part.kind, {}};
      if (!part.stub && !part.opaque) {
        for (std::uint32_t i = 0; i < part.op_count; ++i) {
          const OpRow& op = run.ops[part.first_op + i];
          Seq& own_last = last.of(part.record, op.field);
          shape.ops.push_back({op.field, op.type, op.value_type, replaces_of(run, op, own_last)});
          own_last = run.first + static_cast<Seq>(t);
        }
      }
      const auto [found, is_new] = known.emplace(shape, out.shapes.size());
      if (is_new) out.shapes.push_back(std::move(shape));
      out.shape_of_part.push_back(found->second);
    }
  }
  return out;
}

void write_shapes(Writer& out, const std::vector<Shape>& shapes) {
  out.varint(shapes.size());
  for (const auto& shape : shapes) {
    out.u8(static_cast<std::uint8_t>(static_cast<unsigned>(shape.ref) | (shape.stub ? 4u : 0u) |
                                     (shape.opaque ? 8u : 0u)));
    if (shape.ref != RefType::existing) out.varint(shape.kind);
    if (shape.stub || shape.opaque) continue;
    out.varint(shape.ops.size());
    for (const auto& op : shape.ops) {
      out.varint(op.field);
      out.u8(static_cast<std::uint8_t>(static_cast<unsigned>(op.type) << 4 | static_cast<unsigned>(op.value)));
      out.varint(op.replaces);
    }
  }
}

std::vector<Shape> read_shapes(Reader& in) {
  std::vector<Shape> shapes(in.count(limits::kRowsInSegment, 1));
  for (auto& shape : shapes) {
    const auto mark = in.u8();
    if (mark > 15 || (mark & 12) == 12) in.fail("an unknown mark of a part");
    shape.ref = static_cast<RefType>(mark & 3);
    shape.stub = (mark & 4) != 0;
    shape.opaque = (mark & 8) != 0;
    if (shape.ref == RefType::act && !shape.stub && !shape.opaque) in.fail("an act without its bytes");
    if (shape.ref != RefType::existing) shape.kind = static_cast<KindId>(in.varint(0xffff));
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

std::vector<ColumnKey> value_columns(const std::vector<Shape>& shapes) {
  std::vector<ColumnKey> keys;
  for (const auto& shape : shapes)
    for (const auto& op : shape.ops) {
      const ColumnKey key{op.field, op.value};
      if (op.value != ValueType::none && std::find(keys.begin(), keys.end(), key) == keys.end())
        keys.push_back(key);
    }
  return keys;
}

template <class Row, class Get>
std::vector<std::uint64_t> column(const std::vector<Row>& rows, Get get) {
  std::vector<std::uint64_t> out;
  out.reserve(rows.size());
  for (const auto& row : rows) out.push_back(static_cast<std::uint64_t>(get(row)));
  return out;
}

void write_txns(ColumnWriter& out, const Run& run) {
  std::vector<std::uint64_t> ticks, parts;
  std::uint64_t before = 0;
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    ticks.push_back(run.txns[t].stamp.ticks - before);
    before = run.txns[t].stamp.ticks;
    parts.push_back(run.part_end(t) - run.txns[t].first_part);
  }
  out.out.u64(ticks.empty() ? 0 : ticks[0]);
  if (!ticks.empty()) ticks.erase(ticks.begin());
  out.numbers(column(run.txns, [](const TxnRow& row) { return row.stamp.doubtful; }));
  out.numbers(parts);
  out.numbers(column(run.txns, [](const TxnRow& row) { return row.dep_count; }));
  out.numbers(column(run.deps, [](const DepRow& row) { return row.log; }));
  out.numbers(column(run.deps, [](const DepRow& row) { return row.seq; }));
  for (const auto& txn : run.txns)
    if (txn.dep_count != 0) out.out.raw(txn.deps_digest);
  out.cut();
  out.numbers(ticks);
}

void write_records(ColumnWriter& out, const Run& run) {
  out.numbers(column(run.records, [](const RecordRow& row) {
    return (row.salted ? 1u : 0u) | (row.made_by != RecordRow::kNotMade ? 2u : 0u);
  }));
  out.cut();
  for (const auto& row : run.records)
    if (row.made_by == RecordRow::kNotMade) out.out.raw(row.id);
  for (const auto& row : run.records)
    if (row.salted) out.out.raw(row.salt);
  out.cut();
}

void write_parts(ColumnWriter& out, const Run& run, const Shaped& shaped) {
  out.numbers(shaped.shape_of_part);
  std::vector<std::uint64_t> records, opaque_sizes;
  for (const auto& part : run.parts) {
    if (part.ref == RefType::existing || part.ref == RefType::keyed) records.push_back(part.record);
    if (part.opaque && !part.stub) opaque_sizes.push_back(part.op_count);
  }
  out.numbers(records);
  out.numbers(opaque_sizes);
  for (const auto& part : run.parts) {
    if (part.stub) out.out.raw(part.inner);
    if (part.opaque && !part.stub) out.out.raw(run.text_at(part.first_op, part.op_count));
  }
  out.cut();
}

void write_values(ColumnWriter& out, const Run& run, const Shaped& shaped) {
  std::map<ColumnKey, std::vector<std::uint64_t>> numbers;
  std::map<ColumnKey, std::vector<ByteView>> texts;
  std::vector<const ReplacedRow*> named;
  for (std::size_t p = 0; p < run.parts.size(); ++p) {
    const auto& ops = shaped.shapes[shaped.shape_of_part[p]].ops;
    for (std::size_t i = 0; i < ops.size(); ++i) {
      const OpRow& op = run.ops[run.parts[p].first_op + i];
      const ColumnKey key{op.field, op.value_type};
      if (op.value_type == ValueType::text) {
        texts[key].push_back(run.text_at(op.number, op.text_size));
      } else if (op.value_type == ValueType::integer) {
        numbers[key].push_back(fold(op.number));
      } else if (op.value_type != ValueType::none) {
        numbers[key].push_back(static_cast<std::uint64_t>(op.number));
      }
      if (ops[i].replaces > kReplacesNamed)
        for (std::uint32_t r = 0; r < op.replaced_count; ++r)
          named.push_back(&run.replaced[op.first_replaced + r]);
    }
  }
  for (const auto& key : value_columns(shaped.shapes)) {
    if (key.second == ValueType::text) {
      out.texts(texts[key]);
    } else {
      out.numbers(numbers[key]);
    }
  }
  out.numbers(column(named, [](const ReplacedRow* row) { return row->log; }));
  out.numbers(column(named, [](const ReplacedRow* row) { return row->seq; }));
  for (const auto* row : named) out.out.raw(row->txn);
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
    if (part_count > limits::kRowsInSegment || dep_count > limits::kRowsInSegment) in_.fail("too many rows");
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
    for (const auto mark : marks) bytes += ((mark & 1) != 0 ? 16u : 0u) + ((mark & 2) != 0 ? 0u : 16u);
    if (bytes > in_.left()) in_.fail("more records than bytes left");
    if (!in_.ok()) return;
    run_.records.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      if ((marks[i] & 2) != 0) made_.push_back(static_cast<std::uint32_t>(i));
      else run_.records[i].id = in_.id<RecordId>();
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
      if (is_act != (run_.name.which == LogKind::authority)) in_.fail("an act outside an authority log");
      by_id += shape.ref == RefType::existing || shape.ref == RefType::keyed ? 1u : 0u;
      opaque += shape.opaque ? 1u : 0u;
      ops += shape.ops.size();
      made += shape.ref == RefType::fresh ? 1u : 0u;
    }
    if (ops > limits::kRowsInSegment || made != made_.size()) in_.fail("rows that do not add up");
    if (by_id != 0 && run_.records.empty()) in_.fail("a part names no record");
    if (!in_.ok()) return;
    const auto records = read_numbers(in_, by_id, run_.records.empty() ? 0 : run_.records.size() - 1);
    const auto sizes = read_numbers(in_, opaque, limits::kPartBytes);
    run_.ops.resize(ops);
    fill_parts(shape_of, records, sizes);
  }

  void fill_parts(const std::vector<std::uint64_t>& shape_of, const std::vector<std::uint64_t>& records,
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
      const auto sizes = read_texts(in_, rows.size(), limits::kText, limits::kSegmentPlain, run_.text);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i]->number = static_cast<std::int64_t>(at);
        rows[i]->text_size = sizes[i];
        at += sizes[i];
      }
      return;
    }
    std::uint64_t most = ~std::uint64_t{0};
    if (type == ValueType::reference) most = run_.records.empty() ? 0 : run_.records.size() - 1;
    if (type == ValueType::reference && run_.records.empty() && !rows.empty()) in_.fail("a value names no record");
    if (type == ValueType::local) most = limits::kPartsInTxn;
    const auto numbers = read_numbers(in_, rows.size(), most);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i]->number = type == ValueType::integer ? unfold(numbers[i]) : static_cast<std::int64_t>(numbers[i]);
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

  // Operations that an older version could only pass on become rows once this version can read them.
  void read_opaque() {
    for (auto& part : run_.parts) {
      if (!part.opaque || part.ref == RefType::act) continue;
      const auto ops = read_canonical_ops(run_.text_at(part.first_op, part.op_count), run_.log);
      if (ops) set_ops(run_, part, *ops);
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

void write_run(ColumnWriter& out, const Run& run) {
  const auto shaped = shape(run);
  Writer& head = out.out;
  head.raw(run.name.author);
  head.raw(run.name.incarnation);
  head.u8(static_cast<std::uint8_t>(run.name.which));
  if (run.first != 1) head.raw(run.before);
  head.varint(run.signatures.size());
  Seq before = run.first - 1;
  for (const auto& at : run.signatures) {
    head.varint(at.seq - before);
    before = at.seq;
    head.raw(at.signature);
  }
  head.varint(run.logs.size());
  for (const auto& log : run.logs) head.raw(log);
  out.cut();
  write_shapes(head, shaped.shapes);
  write_txns(out, run);
  head.varint(run.records.size());
  write_records(out, run);
  write_parts(out, run, shaped);
  write_values(out, run, shaped);
}

Result<Run> read_run(ByteView bytes, const SpaceId& space, Seq first, Seq last) {
  return RunReader(bytes, space, first, last).read();
}

}  // namespace rukun
