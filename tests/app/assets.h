#pragma once
// The real catalogue and word list, as the program ships them. Tests only.

#include <fstream>
#include <sstream>
#include <string>

#include "app/domain/items.h"
#include "app/domain/words.h"
#include "tests/support/catch.h"

namespace rukun::test {

inline std::string source_text(const std::string& path) {
  std::ifstream file(std::string(RUKUN_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE(file.good());
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

inline ItemCatalogue shipped_items() {
  auto items = ItemCatalogue::read(source_text("assets/items.tsv"));
  INFO((items ? std::string() : items.error().message));
  REQUIRE(items.has_value());
  return std::move(*items);
}

inline WordList shipped_words() {
  auto words = WordList::read(source_text("assets/wordlist.txt"));
  INFO((words ? std::string() : words.error().message));
  REQUIRE(words.has_value());
  return std::move(*words);
}

}  // namespace rukun::test
