#pragma once
// What needs a person, as far as the records say: conflicts, disputed deletions, pledges that got
// nothing, waiting lists, what duty_attention.h finds, likely duplicates, double aid, doubtful
// clocks. The engine adds what only it knows (masked transactions, unsent work, twins). In order of
// weight, then by record, so that equal replicas show equal lists. Reads the projection; errors:
// io. One thread.

#include <string>
#include <vector>

#include "app/domain/items.h"
#include "app/domain/rules/phrase.h"
#include "platform/base/time.h"
#include "storage/projection.h"

namespace rukun {

struct AttentionItem {
  // conflict deletion_disputed bumped waiting_list moved_up overlap twin_shift next_step duplicate
  // double_aid doubtful_clock
  std::string code;
  std::uint32_t space = 0;
  RecordId record;
  KindId kind = 0;
  Phrase text;
  std::string command;           // for rukunctl: "resolve 0a1b… quantity --take 1"
  std::vector<RecordId> others;  // offers that would fit, the other duplicate
};

struct AttentionContext {
  Projection& records;
  std::vector<std::uint32_t> spaces;  // empty: all
  WallTime now;
  int utc_offset_min = 7 * 60;
  const ItemCatalogue* items = nullptr;
};

Result<std::vector<AttentionItem>> attention(const AttentionContext& context);

}  // namespace rukun
