#include "sync/run_shape.h"

#include <set>

namespace rukun {

std::vector<ColumnKey> value_columns(const std::vector<Shape>& shapes) {
  std::vector<ColumnKey> keys;
  std::set<ColumnKey> known;
  for (const auto& shape : shapes)
    for (const auto& op : shape.ops) {
      const ColumnKey key{op.field, op.value};
      if (op.value != ValueType::none && known.insert(key).second) keys.push_back(key);
    }
  return keys;
}

}  // namespace rukun
