#pragma once
// The static compression dictionaries of segments. A segment's header names the one it was written
// with; a dictionary never changes once released. Number 0 is no dictionary at all. Pure; any
// thread.

#include <cstdint>

#include "platform/base/bytes.h"

namespace rukun {

inline constexpr std::uint8_t kNewestDictionary = 1;
ByteView dictionary_bytes(std::uint8_t number);  // up to the newest

}  // namespace rukun
