#include <map>

#include "sync/run_codec.h"
#include "sync/run_shape.h"

namespace rukun {

namespace {

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
      out.u8(static_cast<std::uint8_t>(static_cast<unsigned>(op.type) << 4 |
                                       static_cast<unsigned>(op.value)));
      out.varint(op.replaces);
    }
  }
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

}  // namespace rukun
