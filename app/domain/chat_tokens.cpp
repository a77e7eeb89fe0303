#include "app/domain/chat_tokens.h"

#include <algorithm>

#include "app/domain/fold.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

struct Counted {
  std::string_view word;
  std::int64_t number;
};
constexpr Counted kDigits[] = {{"satu", 1},  {"dua", 2},     {"tiga", 3},
                               {"empat", 4}, {"lima", 5},    {"enam", 6},
                               {"tujuh", 7}, {"delapan", 8}, {"sembilan", 9}};
constexpr Counted kWholes[] = {{"sepuluh", 10}, {"sebelas", 11}, {"seratus", 100}};
// What a digit in words goes on with.
constexpr Counted kRanks[] = {{"puluh", 10}, {"ratus", 100}};
constexpr std::string_view kTeen = "belas";
constexpr std::string_view kHalf = "setengah";

template <std::size_t N>
const Counted* find_word(const Counted (&words)[N], std::string_view word) {
  const auto* found = std::find_if(std::begin(words), std::end(words),
                                   [&](const Counted& one) { return one.word == word; });
  return found == std::end(words) ? nullptr : found;
}

std::string_view word_at(const ChatTokens& tokens, std::size_t i) {
  return i < tokens.size() ? std::string_view(tokens[i].word) : std::string_view();
}

std::optional<std::int64_t> exact_number(const ChatToken& token) {
  const auto slash = token.text.find('/');
  if (slash == std::string::npos) {
    const auto read = parse_thousandths(token.text);
    return read ? std::optional(*read) : std::nullopt;
  }
  const auto up = short_number(std::string_view(token.text).substr(0, slash));
  const auto down = short_number(std::string_view(token.text).substr(slash + 1));
  if (!up || !down || *down == 0 || *up * 1000 % *down != 0) return std::nullopt;
  return *up * 1000 / *down;
}

bool is_fraction(const ChatToken& token) {
  return token.number && token.text.find('/') != std::string::npos;
}

ChatNumber read_digits(const ChatTokens& tokens, std::size_t first) {
  const ChatNumber whole{exact_number(tokens[first]), first + 1};
  if (is_fraction(tokens[first]) || whole.end >= tokens.size() || !is_fraction(tokens[whole.end]))
    return whole;
  const auto part = exact_number(tokens[whole.end]);
  const bool joins = whole.thousandths && *whole.thousandths > 0 &&
                     *whole.thousandths % 1000 == 0 && part && *part < 1000;
  return joins ? ChatNumber{*whole.thousandths + *part, whole.end + 1} : whole;
}

// One step of a number in words, "dua puluh" or "sebelas"; its end is `first` where there is none.
std::pair<std::int64_t, std::size_t> read_step(const ChatTokens& tokens, std::size_t first) {
  if (const auto* whole = find_word(kWholes, word_at(tokens, first)))
    return {whole->number, first + 1};
  const auto* digit = find_word(kDigits, word_at(tokens, first));
  if (digit == nullptr) return {0, first};
  const auto next = word_at(tokens, first + 1);
  if (next == kTeen) return {digit->number + 10, first + 2};
  const auto* rank = find_word(kRanks, next);
  if (rank == nullptr) return {digit->number, first + 1};
  return {digit->number * rank->number, first + 2};
}

std::optional<ChatNumber> read_words(const ChatTokens& tokens, std::size_t first) {
  std::int64_t total = 0, below = 1000;  // after "dua puluh" only what is less than ten goes on
  auto at = first;
  for (;;) {
    const auto [step, end] = read_step(tokens, at);
    if (end == at || step >= below) break;
    total += step;
    at = end;
    below = step >= 100 ? 100 : step >= 20 ? 10 : 1;
  }
  if (at == first) return std::nullopt;
  return ChatNumber{total * 1000, at};
}

}  // namespace

ChatTokens chat_tokens(std::string_view line) {
  ChatTokens out;
  const auto is_mark = [](char c) {
    return std::string_view(",;:()+&/").find(c) != std::string_view::npos;
  };
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (std::string_view(" *_~\"!?=").find(c) != std::string_view::npos) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    // "minyak -2 liter" lacks less than nothing; "minyak - 2 liter" and "minyak-2 liter" do not.
    const bool less =
        c == '-' && at > 0 && line[at - 1] == ' ' && at + 1 < line.size() && is_digit(line[at + 1]);
    const bool number = is_digit(c) || less;
    if (number) {
      // A mark between digits belongs to the number: "2,5", "1.000", "1/2".
      while (end < line.size() &&
             (is_digit(line[end]) ||
              (std::string_view(",./").find(line[end]) != std::string_view::npos &&
               end + 1 < line.size() && is_digit(line[end + 1]))))
        ++end;
    } else if (!is_mark(c) && c != '-') {
      while (end < line.size() && !is_mark(line[end]) && !is_digit(line[end]) &&
             std::string_view(" *_~\"!?=").find(line[end]) == std::string_view::npos)
        ++end;
    }
    auto text = line.substr(at, end - at);
    at = end;
    while (!number && text.size() > 1 && (text.back() == '.' || text.back() == '-'))
      text.remove_suffix(1);
    out.push_back({std::string(text), folded(text), number});
  }
  return out;
}

std::optional<ChatNumber> read_chat_number(const ChatTokens& tokens, std::size_t first) {
  auto out =
      tokens[first].number ? std::optional(read_digits(tokens, first)) : read_words(tokens, first);
  if (!out && tokens[first].word == kHalf) return ChatNumber{500, first + 1};
  // "dua setengah kilo"
  if (out && out->thousandths && *out->thousandths > 0 && word_at(tokens, out->end) == kHalf)
    return ChatNumber{*out->thousandths + 500, out->end + 1};
  return out;
}

bool counts(const ChatToken& token) {
  return token.number || token.word == kHalf || token.word == kTeen ||
         find_word(kDigits, token.word) != nullptr || find_word(kWholes, token.word) != nullptr ||
         find_word(kRanks, token.word) != nullptr;
}

std::optional<std::int64_t> short_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  std::int64_t out = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out <= 999 ? std::optional(out) : std::nullopt;
}

}  // namespace rukun
