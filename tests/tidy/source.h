#pragma once
// The source tree as the tidy rules see it: each file's text, its lines, its includes, and its code
// with comments, texts and preprocessor lines blanked out, so that a rule about code is not misled
// by words. Tests only.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rukun::tidy {

bool is_word(char c);  // may stand in a name

struct Include {
  std::string name;  // "sync/value.h" or "sqlite3.h"
  bool quoted = false;
  std::size_t line = 0;  // from 1
};

struct Literal {
  std::string text;    // between the quotes, escapes as they stand
  std::size_t at = 0;  // of the opening quote, in `text` and `code` alike
};

struct Source {
  std::string path;  // from the top of the tree: "sync/value.h"
  std::string text;
  std::string code;  // as long as text, with blanks for comments, literals and preprocessor lines
  std::vector<Literal> literals;
  std::vector<Include> includes;

  Source(std::string path, std::string text);
  bool is_header() const { return path.ends_with(".h"); }
  bool is_under(std::string_view folder) const { return path.starts_with(folder); }
  std::vector<std::string_view> lines() const;
  std::size_t line_of(std::size_t at) const;
};

using Tree = std::vector<Source>;
using Findings = std::vector<std::string>;  // "path:line: what"; empty when all is well

// Every .h and .cpp of the rooms and the tests, in the order of their paths.
Tree read_tree(const std::filesystem::path& root);
std::string read_text(const std::filesystem::path& path);

std::string place(const Source& source, std::size_t line, std::string_view what);

}  // namespace rukun::tidy
