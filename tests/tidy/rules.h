#pragma once
// The house rules that a program can check, each a function from a tree to what is wrong in it.
// tidy_test.cpp runs them on this tree, and each on a small made-up bad one, for a check that
// cannot fail is a defect. Tests only.

#include <map>
#include <set>
#include <string>

#include "tests/tidy/source.h"

namespace rukun::tidy {

// platform/base <- platform <- storage <- app, platform/base <- sync <- storage; in app: domain <-
// engine <- report <- cli and ui, which do not know each other. Quoted includes are written from
// the top of the tree and exist.
Findings wrong_directions(const Tree& tree);
Findings include_circles(const Tree& tree);
// A third-party header outside its door, and any system header that is not of the C++ library
// outside platform/.
Findings outside_doors(const Tree& tree);
Findings orphan_headers(const Tree& tree);

inline constexpr std::size_t kMostFileLines = 500;
inline constexpr std::size_t kMostFunctionLines = 70;
inline constexpr std::size_t kMostColumns = 100;
Findings overlong(const Tree& tree);
Findings banned_words(const Tree& tree);
Findings bad_openings(const Tree& tree);  // #pragma once, then a comment

// Folders at the top that do not belong there or have no README.md, given those that have one or
// not.
Findings wrong_top_folders(const std::map<std::string, bool>& has_readme);

struct Words {
  std::string path;  // "assets/i18n/id.po"
  std::map<std::string, std::string> by_key;
};
Words read_words(std::string path, const std::string& po);
// Keys that the code asks for and a language lacks; keys that nobody asks for; keys or placeholders
// that one language has and another has not. A literal that ends with a dot stands for every key
// that begins with it.
Findings wrong_words(const Tree& tree, const std::vector<Words>& languages);

// Errors of the rooms that know no reader whose sentence app/domain/error_words_* does not hold.
Findings unsaid_errors(const Tree& tree);

}  // namespace rukun::tidy
