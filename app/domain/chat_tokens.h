#pragma once
// A line of a chat taken apart into words, numbers and marks, and how many a number says, in digits
// or in words: the part of chat.h that knows nothing of needs. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rukun {

struct ChatToken {
  std::string text;
  std::string word;  // folded
  bool number = false;
};
using ChatTokens = std::vector<ChatToken>;

// Between words as people write them stand digits, and marks that part one wish from the next.
ChatTokens chat_tokens(std::string_view line);

struct ChatNumber {
  std::optional<std::int64_t> thousandths;  // none: it is a number, but which is not understood
  std::size_t end = 0;                      // the token after it
};
// "2,5", "1/2", "1 1/2", "-2", "lima", "dua puluh lima", "dua setengah"; none where none begins.
std::optional<ChatNumber> read_chat_number(const ChatTokens& tokens, std::size_t first);
// Whether a token is a number, or a part of one in words.
bool counts(const ChatToken& token);

// Up to 999, as numbers of RT and parts of fractions are.
std::optional<std::int64_t> short_number(std::string_view digits);

}  // namespace rukun
