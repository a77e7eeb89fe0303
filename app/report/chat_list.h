#pragma once
// The open needs as text for a chat: the urgent ones first, then by item, each with what is still
// lacking, numbered so that people can answer by number. For the public only needs that may stand
// on the notice board, and nobody's name. A message is never longer than a messenger takes: it is
// cut between lines, each part with the heading and its number. Reads the projection; errors: io.
// One thread; cut_into_messages is pure.

#include <string>
#include <vector>

#include "app/engine/engine.h"
#include "app/report/only.h"

namespace rukun {

inline constexpr std::size_t kMostInMessage = 4'000;  // characters

struct ChatListOptions {
  Language language = Language::id;
  bool for_public = false;
  const ItemCatalogue* items = nullptr;
  WallTime now;
  int utc_offset_min = kWibOffset_min;
  OnlyThese only = {};
};
struct ChatList {
  std::vector<std::string> messages;  // at least one
  std::uint64_t needs = 0;
  std::uint64_t not_public = 0;  // open, and left out since they are for members only
};
Result<ChatList> needs_for_chat(Projection& records, const std::vector<SpaceInfo>& spaces,
                                const ChatListOptions& options);

// Lines under a heading that is said again where a part begins within them.
struct ChatSection {
  std::string heading;
  std::vector<std::string> lines;
};
// Each line shorter than `most` less the headings.
std::vector<std::string> cut_into_messages(const std::string& title,
                                           const std::vector<ChatSection>& sections,
                                           const std::string& closing, Language language,
                                           std::size_t most = kMostInMessage);

}  // namespace rukun
