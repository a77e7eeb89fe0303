#pragma once
// The languages people read. Indonesian comes first; `pseudo` is a made-up one that tests use to
// find words that were never handed to the translator. What a pseudo reader sees of domain words is
// the Indonesian. Pure; any thread.

#include <cstdint>
#include <string_view>

namespace rukun {

enum class Language : std::uint8_t { id, en, pseudo };

inline std::string_view pick(Language language, std::string_view indonesian,
                             std::string_view english) {
  return language == Language::en ? english : indonesian;
}

}  // namespace rukun
