// Rules about how a file reads: lengths, words, openings, top folders.
#include <algorithm>
#include <array>
#include <cctype>

#include "tests/tidy/rules.h"

namespace rukun::tidy {
namespace {

// Where `word` stands in `text` as a word of its own, from `from` on.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (auto at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]) || !is_word(word.front());
    const auto end = at + word.size();
    const bool ends = end >= text.size() || !is_word(text[end]) || !is_word(word.back());
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

bool has_word(std::string_view text, std::string_view word) {
  return find_word(text, word, 0) != std::string_view::npos;
}

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

// Best effort, without a parser: braces are counted in the blanked code, and one that opens neither
// a namespace, nor a type, nor a list of values, opens a function.
enum class Opens { scope, values, function };

Opens what_opens(std::string_view before) {
  while (!before.empty() && std::isspace(static_cast<unsigned char>(before.back())) != 0)
    before.remove_suffix(1);
  if (has_word(before, "namespace")) return Opens::scope;
  if (before.empty()) return Opens::function;  // after the braces of a constructor's last member
  if (before.back() == '=' || before.back() == ',' || before.back() == '(') return Opens::values;
  for (const char* type : {"class", "struct", "union", "enum"}) {
    if (has_word(before, type) && before.find(')') == std::string_view::npos) return Opens::scope;
  }
  return before.find('(') == std::string_view::npos ? Opens::values : Opens::function;
}

void add_long_functions(const Source& source, Findings& out) {
  std::vector<Opens> open;
  std::size_t statement = 0;  // where what stands before the next brace begins
  std::size_t function = 0;   // where the function that is open began
  const auto inside = [&](Opens kind) {
    return std::find(open.begin(), open.end(), kind) != open.end();
  };
  for (std::size_t at = 0; at < source.code.size(); ++at) {
    const char c = source.code[at];
    if (c == '{') {
      const bool deep = inside(Opens::function) || inside(Opens::values);
      const auto kind =
          deep ? Opens::values
               : what_opens(std::string_view(source.code).substr(statement, at - statement));
      if (kind == Opens::function) function = at;
      open.push_back(kind);
    } else if (c == '}' && !open.empty()) {
      if (open.back() == Opens::function) {
        const auto first = source.line_of(function), last = source.line_of(at);
        if (last - first + 1 > kMostFunctionLines) {
          out.push_back(
              place(source, first, "function of " + std::to_string(last - first + 1) + " lines"));
        }
      }
      open.pop_back();
    }
    if (c == '{' || c == '}' || c == ';') statement = at + 1;
  }
}

struct Ban {
  std::string_view word;
  std::string_view reason;
  std::string_view except;  // the path where it is allowed
  bool headers_only = false;
};

constexpr std::array kBans{
    Ban{"system_clock::now", "time comes through a Clock", "platform/clock.cpp"},
    Ban{"rand(", "randomness comes through a Random", ""},
    Ban{"random_device", "randomness comes through a Random", ""},
    Ban{"using namespace", "a header does not open namespaces for others", "", true},
    Ban{"std::format", "GCC 12 has no std::format", ""},
    Ban{"std::expected", "Clang 14 has no std::expected", ""},
    Ban{"std::views", "Clang 14 cannot compile ranges views", ""},
};

// In halves, so that this file may hold them.
constexpr std::array<std::string_view, 3> kUnfinishedHalves{"TO", "FIX", "XX"};
constexpr std::array<std::string_view, 3> kUnfinishedEnds{"DO", "ME", "X"};

}  // namespace

Findings overlong(const Tree& tree) {
  Findings out;
  for (const auto& source : tree) {
    const auto lines = source.lines();
    if (lines.size() > kMostFileLines) {
      out.push_back(source.path + ": " + std::to_string(lines.size()) + " lines");
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto columns = columns_of(lines[i]);
      if (columns > kMostColumns)
        out.push_back(place(source, i + 1, std::to_string(columns) + " columns"));
    }
    add_long_functions(source, out);
  }
  return out;
}

Findings banned_words(const Tree& tree) {
  Findings out;
  for (const auto& source : tree) {
    for (const auto& ban : kBans) {
      if (source.path == ban.except || (ban.headers_only && !source.is_header())) continue;
      for (auto at = find_word(source.code, ban.word, 0); at != std::string::npos;
           at = find_word(source.code, ban.word, at + 1)) {
        out.push_back(place(source, source.line_of(at),
                            std::string(ban.word) + ": " + std::string(ban.reason)));
      }
    }
    for (std::size_t i = 0; i < kUnfinishedHalves.size(); ++i) {
      const auto word = std::string(kUnfinishedHalves[i]) + std::string(kUnfinishedEnds[i]);
      if (const auto at = find_word(source.text, word, 0); at != std::string::npos) {
        out.push_back(
            place(source, source.line_of(at), word + ": finish it, or write it down elsewhere"));
      }
    }
  }
  return out;
}

Findings bad_openings(const Tree& tree) {
  Findings out;
  for (const auto& source : tree) {
    if (!source.is_header()) continue;
    const auto lines = source.lines();
    if (lines.empty() || lines[0] != "#pragma once") {
      out.push_back(place(source, 1, "does not begin with #pragma once"));
    } else if (lines.size() < 2 || !lines[1].starts_with("// ")) {
      out.push_back(place(source, 2, "does not say in a comment what it is for"));
    }
  }
  return out;
}

Findings wrong_top_folders(const std::map<std::string, bool>& has_readme) {
  static const std::set<std::string> kRooms{"app",     "assets", "platform",
                                            "storage", "sync",   "tests"};
  Findings out;
  for (const auto& [folder, readme] : has_readme) {
    if (folder.starts_with(".") || folder == "build") continue;
    if (!kRooms.contains(folder)) {
      out.push_back(folder + ": does not belong at the top");
    } else if (!readme) {
      out.push_back(folder + ": has no README.md");
    }
  }
  return out;
}

}  // namespace rukun::tidy
