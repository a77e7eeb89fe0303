#include "app/domain/error_words.h"

#include <array>
#include <optional>

namespace rukun {
namespace {

constexpr int kDeepest = 3;
constexpr std::size_t kPlaces = 10;
using Captures = std::array<std::string_view, kPlaces>;

bool is_place(std::string_view text, std::size_t at) {
  return text[at] == '%' && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
}

std::size_t end_of_literal(std::string_view pattern, std::size_t from) {
  while (from < pattern.size() && !is_place(pattern, from)) ++from;
  return from;
}

// What stands in the places of the pattern; nothing when the text is not of it. A place ends where
// what follows it comes next, the last one at the end of the text.
std::optional<Captures> fit(std::string_view pattern, std::string_view text) {
  Captures captures{};
  std::size_t at = end_of_literal(pattern, 0);
  if (text.substr(0, at) != pattern.substr(0, at)) return std::nullopt;
  text.remove_prefix(at);
  while (at < pattern.size()) {
    auto& capture = captures[static_cast<std::size_t>(pattern[at + 1] - '0')];
    const auto next = end_of_literal(pattern, at + 2);
    const auto literal = pattern.substr(at + 2, next - at - 2);
    const bool last = next == pattern.size();
    const auto found = !last                     ? text.find(literal)
                       : text.ends_with(literal) ? text.size() - literal.size()
                                                 : std::string_view::npos;
    if (found == std::string_view::npos) return std::nullopt;
    capture = text.substr(0, found);
    text.remove_prefix(found + literal.size());
    at = next;
  }
  if (!text.empty()) return std::nullopt;
  return captures;
}

std::size_t letters(std::string_view pattern) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (is_place(pattern, i))
      ++i;
    else
      ++out;
  return out;
}

// The sentence with most words of its own wins; what stands in its places may be of the table too.
std::string translated(std::string_view text, int depth) {
  const ErrorWords* best = nullptr;
  std::size_t most = 0;
  Captures captures{};
  for (const auto table : {error_words_of_files(), error_words_of_neighbors()})
    for (const auto& words : table) {
      const auto own = letters(words.english);
      if (own <= most) continue;
      if (const auto fitting = fit(words.english, text)) {
        best = &words;
        most = own;
        captures = *fitting;
      }
    }
  if (best == nullptr || depth == kDeepest) return std::string(text);
  std::string out;
  const auto words = best->indonesian;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_place(words, i))
      out += translated(captures[static_cast<std::size_t>(words[++i] - '0')], depth + 1);
    else
      out += words[i];
  }
  return out;
}

}  // namespace

std::string said_in(Language language, std::string_view sentence) {
  return language == Language::en ? std::string(sentence) : translated(sentence, 0);
}

Phrase said_in_both(std::string_view sentence) {
  return {said_in(Language::id, sentence), said_in(Language::en, sentence)};
}

Error said_in(Language language, Error error) {
  if (language == Language::en) return error;
  error.message = said_in(language, error.message);
  error.hint = said_in(language, error.hint);
  return error;
}

}  // namespace rukun
