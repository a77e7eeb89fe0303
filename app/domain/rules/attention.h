#pragma once
// What needs a person, as far as the records say: conflicts, disputed deletions, pledges that got
// nothing, waiting lists, what duty_attention.h finds, likely duplicates, double aid, doubtful
// clocks. The engine adds what only it knows (masked transactions, unsent work, twins). In order of
// weight, then by record, so that equal replicas show equal lists. Reads the projection; errors:
// io. One thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/domain/items.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/phrase.h"
#include "platform/base/time.h"
#include "storage/projection.h"
#include "sync/authority.h"

namespace rukun {

struct AttentionItem {
  // conflict deletion_disputed bumped waiting_list moved_up overlap twin_shift next_step duplicate
  // double_aid doubtful_clock, and of attention_office.cpp: notice over_entitlement stock_negative
  // unconfirmed drive_overspent drive_unexplained drive_ended orders_due resource_deadline
  // report_due
  std::string code;
  std::uint32_t space = 0;
  RecordId record;
  KindId kind = 0;
  Phrase text;
  std::string command;           // for rukunctl: "resolve 0a1b… quantity --take 1"
  std::vector<RecordId> others;  // offers that would fit, the other duplicate
  std::string distinct = {};     // of likely duplicates of one space: the command if they are not
};

struct AttentionContext {
  Projection& records;
  std::vector<std::uint32_t> spaces;  // empty: all
  WallTime now;
  int utc_offset_min = 7 * 60;
  const ItemCatalogue* items = nullptr;
  // Who asks, and whose logs are one member's; without them everything is everybody's duty.
  std::function<std::optional<Role>(std::uint32_t space)> role = {};
  std::function<bool(LogIndex)> is_mine = {};
  SameAuthor same_author = {};
};

Result<std::vector<AttentionItem>> attention(const AttentionContext& context);

// attention_office.cpp: notices that are urgent now; and the duties that programs, drives, the
// market and reporting bring.
Status add_urgent_notices(const AttentionContext& context, std::vector<AttentionItem>& out);
Status add_office_duties(const AttentionContext& context, std::vector<AttentionItem>& out);

}  // namespace rukun
