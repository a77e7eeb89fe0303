#include "app/engine/made_space.h"

#include <algorithm>

#include "app/domain/fields.h"

namespace rukun {
namespace {

constexpr std::size_t kNeedsOfHome = 10;                   // one has
constexpr std::size_t kPledgedEach = 10, kGivenEach = 20;  // one in so many needs
constexpr std::size_t kRecordsInAction = 1'000;
constexpr std::size_t kItemsInUse = 30;

}  // namespace

template <class Make>
Status MadeSpace::add(std::size_t count, std::vector<RecordId>& into, const Make& make) {
  into.clear();
  while (into.size() < count) {
    Action action;
    const auto step = std::min(kRecordsInAction, count - into.size());
    for (std::size_t i = 0; i < step; ++i) action.changes.push_back(make(into.size() + i));
    TRY(const auto outcome, engine_.execute(space_, action));
    into.insert(into.end(), outcome.records.begin(), outcome.records.end());
  }
  return {};
}

Status MadeSpace::fill(std::size_t needs) {
  std::vector<RecordId> homes, made;
  TRY_VOID(add(needs / kNeedsOfHome + 1, homes, [&](std::size_t) { return household(); }));
  TRY_VOID(add(needs, made, [&](std::size_t i) { return need(homes[i % homes.size()]); }));
  std::vector<RecordId> ignored;
  TRY_VOID(add(needs / kPledgedEach, ignored,
               [&](std::size_t i) { return pledge(made[i * kPledgedEach]); }));
  return add(needs / kGivenEach, ignored,
             [&](std::size_t i) { return handover(made[i * kGivenEach + 1]); });
}

Status MadeSpace::fill_households(std::size_t households) {
  std::vector<RecordId> ignored;
  return add(households, ignored, [&](std::size_t) { return household(); });
}

AddRecord MadeSpace::household() {
  namespace f = fields::household;
  return {f::kKind,
          {{f::kName, OpType::put, "Keluarga " + std::to_string(below(100'000))},
           {f::kRt, OpType::put, 1 + below(8)},
           {f::kRw, OpType::put, std::int64_t{7}}}};
}

AddRecord MadeSpace::need(const RecordId& home) {
  namespace f = fields::need;
  const auto items = engine_.context().items.items();
  const auto& item =
      items[static_cast<std::size_t>(below(std::min<std::size_t>(kItemsInUse, items.size())))];
  return {f::kKind,
          {{f::kItem, OpType::put, item.id},
           {f::kQuantity, OpType::put, (1 + below(20)) * 1000},
           {f::kUnit, OpType::put, item.unit},
           {f::kHousehold, OpType::put, home}}};
}

AddRecord MadeSpace::pledge(const RecordId& need) {
  namespace f = fields::pledge;
  return {f::kKind,
          {{f::kNeed, OpType::put, need}, {f::kQuantity, OpType::put, (1 + below(5)) * 1000}}};
}

AddRecord MadeSpace::handover(const RecordId& need) {
  namespace f = fields::handover;
  return {f::kKind,
          {{f::kNeed, OpType::put, need},
           {f::kQuantity, OpType::put, (1 + below(5)) * 1000},
           {f::kReceivedBy, OpType::put, std::string("Bu Ani")}}};
}

}  // namespace rukun
