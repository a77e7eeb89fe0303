#pragma once
// Needs that people wrote into a chat, one or several a line: "beras 5 kg Bu Ani RT 3", "2 dus mi,
// telur 1 kg utk Pak Joko RT 05". What a messenger puts before a message (date, time, sender) and
// bullets and numbers of lists are taken off. What is understood is a proposal for a person to
// look at; what is not is told with its reason, and nothing is guessed silently: every assumption
// is a remark. Bounded: see the limits. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/items.h"
#include "app/domain/rules/phrase.h"
#include "platform/base/result.h"

namespace rukun {

inline constexpr std::size_t kMostChatBytes = 1 << 20;
inline constexpr std::size_t kMostChatLines = 5'000;
inline constexpr std::size_t kMostChatLineBytes = 1'000;
inline constexpr std::size_t kMostWishesInLine = 20;

// One thing that is needed.
struct ChatWish {
  std::string text;  // the piece of the line
  std::string item;  // as stored (items.h); empty: money
  std::int64_t category = 0;
  std::int64_t thousandths = 0;
  std::string unit;          // as stored
  std::int64_t urgency = 0;  // 0: not said
  std::string who;           // as written; empty: not said
  bool guessed = false;      // words that may be a name
  std::int64_t rt = 0, rw = 0;
  std::vector<Phrase> remarks;  // what was assumed
};
struct ChatRefusal {
  std::string text;
  Phrase reason;
};
struct ChatLine {
  std::uint64_t number = 0;  // from 1
  std::string text;          // without what was taken off
  std::string when;          // as the messenger wrote it; empty: it did not
  std::string sender;
  std::vector<ChatWish> wishes;
  std::vector<ChatRefusal> refused;
};

// Lines with something in them. Errors: bad_value: not UTF-8, or beyond the limits.
Result<std::vector<ChatLine>> read_chat(std::string_view text, const ItemCatalogue& items,
                                        Language language = Language::id);

// Of one line without its prefix; chat_wishes.cpp.
void read_wishes(const ItemCatalogue& items, ChatLine& line);

}  // namespace rukun
