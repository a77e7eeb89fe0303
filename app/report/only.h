#pragma once
// Which records of its kind a list is to hold; empty: all. Any thread, as far as what it refers to.

#include <cstdint>
#include <functional>

#include "sync/ids.h"

namespace rukun {

using OnlyThese = std::function<bool(std::uint32_t space, const RecordId& record)>;

inline bool is_among(const OnlyThese& only, std::uint32_t space, const RecordId& record) {
  return !only || only(space, record);
}

}  // namespace rukun
