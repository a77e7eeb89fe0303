#pragma once
// The RT and RW that a neighborhood's name says: "RT 003/RW 007 Sukamaju". Pure.

#include <cstdint>
#include <optional>
#include <string_view>

namespace rukun {

struct RtRw {
  std::optional<std::int64_t> rt, rw;  // 1..999; empty: the name says none
};

RtRw rt_rw_in(std::string_view name);

}  // namespace rukun
