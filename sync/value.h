#pragma once
// A value as logs and records carry it. The core knows four shapes and no meaning: what an integer
// stands for (a quantity in thousandths, an instant, a place in an enumeration) is declared by the
// application.

#include <cstdint>
#include <string>
#include <variant>

#include "sync/ids.h"

namespace rukun {

enum class ValueType : std::uint8_t {
  none = 0,       // a cleared field
  integer = 1,    // 64 bits
  text = 2,       // UTF-8
  reference = 3,  // a record
  local = 4,      // a record made in the same transaction, by part index; never seen outside txn.*
};

struct LocalRef {
  std::uint32_t part = 0;
  auto operator<=>(const LocalRef&) const = default;
};

using Value = std::variant<std::monostate, std::int64_t, std::string, RecordId, LocalRef>;

inline ValueType type_of(const Value& value) { return static_cast<ValueType>(value.index()); }
inline bool is_none(const Value& value) { return value.index() == 0; }

}  // namespace rukun
