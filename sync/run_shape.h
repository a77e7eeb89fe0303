#pragma once
// What the writer and the reader of runs (run_codec.h) have in common: the shape of a part, and
// what both remember alike while they go through a run. Nobody else needs this. Pure; any thread.

#include <map>
#include <utility>
#include <vector>

#include "sync/run.h"

namespace rukun {

// How an operation names what it replaces: nothing, this log's last write to the same field in this
// run, or n names.
inline constexpr std::uint64_t kReplacesNothing = 0, kReplacesOwnLast = 1, kReplacesNamed = 2;

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

  // The reference holds until the next call.
  Seq& of(std::uint32_t record, FieldId field) {
    std::uint32_t steps = 0;
    for (std::uint32_t at = first_[record]; at != kNone; at = nodes_[at].next) {
      if (nodes_[at].field == field) return nodes_[at].seq;
      // No kind has this many fields; a run made to cost time may.
      if (++steps == kLongChain) return overflow_[{record, field}];
    }
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
  static constexpr std::uint32_t kLongChain = 64;
  std::vector<std::uint32_t> first_;
  std::vector<Node> nodes_;
  std::map<std::pair<std::uint32_t, FieldId>, Seq> overflow_;
};

// The (field, type) pairs that have a column of values, in order of first appearance.
std::vector<ColumnKey> value_columns(const std::vector<Shape>& shapes);

}  // namespace rukun
