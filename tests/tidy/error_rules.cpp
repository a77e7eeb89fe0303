// Errors are made in English below the commands and screens; the table of app/domain/error_words_*
// says them in Indonesian.
#include <algorithm>
#include <cctype>

#include "tests/tidy/rules.h"

namespace rukun::tidy {
namespace {

bool speaks_no_language(const Source& source) {
  return source.is_under("platform/") || source.is_under("sync/") || source.is_under("storage/") ||
         source.is_under("app/engine/");
}

// The literals of the table, those that only a line break parts put together.
std::vector<std::string> table_of(const Tree& tree) {
  std::vector<std::string> out;
  for (const auto& source : tree) {
    if (!source.is_under("app/domain/error_words_")) continue;
    std::size_t end = std::string::npos;
    for (const auto& literal : source.literals) {
      const bool goes_on =
          end != std::string::npos &&
          std::all_of(source.text.begin() + static_cast<std::ptrdiff_t>(end),
                      source.text.begin() + static_cast<std::ptrdiff_t>(literal.at),
                      [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
      if (goes_on)
        out.back() += literal.text;
      else
        out.push_back(literal.text);
      end = literal.at + literal.text.size() + 2;
    }
  }
  return out;
}

// Where what opens at `open` closes, in code without comments and literals.
std::size_t closing(const std::string& code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    if (code[i] == '(' || code[i] == '{') ++depth;
    if ((code[i] == ')' || code[i] == '}') && --depth == 0) return i;
  }
  return code.size();
}

// pick(language, "…", "…") speaks both.
bool within_pick(const std::string& code, std::size_t from, std::size_t at) {
  for (auto pick = code.find("pick(", from); pick < at; pick = code.find("pick(", pick + 1))
    if (closing(code, pick + 4) > at) return true;
  return false;
}

// Where an error is made, or told later what to do about it: from, to.
std::vector<std::pair<std::size_t, std::size_t>> said_in(const std::string& code) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const std::string_view maker : {"error(Code::", "Error{Code::", "fail({Code::"})
    for (auto at = code.find(maker); at != std::string::npos; at = code.find(maker, at + 1))
      out.emplace_back(at, closing(code, at + maker.find_first_of("({")));
  for (const std::string_view later : {".hint =", "->hint =", ".message +="})
    for (auto at = code.find(later); at != std::string::npos; at = code.find(later, at + 1))
      out.emplace_back(at, code.find(';', at));
  return out;
}

bool is_sentence(const std::string& text) {
  const auto letters = std::count_if(text.begin(), text.end(), [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
  return letters > 3 && text.find(' ') != std::string::npos;
}

}  // namespace

Findings unsaid_errors(const Tree& tree) {
  const auto table = table_of(tree);
  const auto is_said = [&](const std::string& text) {
    return std::any_of(table.begin(), table.end(),
                       [&](const std::string& one) { return one.find(text) != std::string::npos; });
  };
  Findings out;
  for (const auto& source : tree) {
    if (!speaks_no_language(source)) continue;
    for (const auto& [at, end] : said_in(source.code))
      for (const auto& literal : source.literals)
        if (literal.at > at && literal.at < end && is_sentence(literal.text) &&
            !within_pick(source.code, at, literal.at) && !is_said(literal.text))
          out.push_back(source.path + ":" + std::to_string(source.line_of(literal.at)) +
                        ": app/domain/error_words_* does not say \"" + literal.text + "\"");
  }
  return out;
}

}  // namespace rukun::tidy
