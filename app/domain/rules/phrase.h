#pragma once
// One sentence in both languages, for what rules say to people. Values only; any thread.

#include <string>

#include "app/domain/language.h"

namespace rukun {

struct Phrase {
  std::string id;
  std::string en;

  const std::string& in(Language language) const { return language == Language::en ? en : id; }
};

}  // namespace rukun
