#include "app/domain/rules/taken_up.h"

#include <algorithm>
#include <unordered_map>

#include "app/domain/fields.h"

namespace rukun {
namespace {

namespace k = fields;

std::string only_in(std::string_view table, std::span<const std::uint32_t> spaces) {
  std::string list;
  for (const auto space : spaces) list += (list.empty() ? "" : ",") + std::to_string(space);
  return list.empty() ? list : " WHERE " + std::string(table) + ".space IN (" + list + ")";
}

// By row: what the tables of kinds count by, which costs less to look up than an id.
using Called = std::unordered_map<std::int64_t, RecordId>;

Result<Called> called_needs(Projection& records, std::span<const std::uint32_t> spaces) {
  Called out;
  for (const auto& by : takers_of_needs()) {
    const auto& taker = kind_of(by.kind);
    TRY(auto statement,
        records.db().prepare("SELECT n.rid, n.id FROM \"" + std::string(taker.name) +
                             "\" q JOIN record n ON n.id = q.\"" +
                             std::string(taker.field(by.field).name) + "\" AND n.space = q.space" +
                             only_in("q", spaces)));
    for (;;) {
      TRY(const bool more, statement.step());
      if (!more) break;
      out.try_emplace(statement.integer(0), statement.id<RecordId>(1).value_or(RecordId{}));
    }
  }
  return out;
}

}  // namespace

Result<std::vector<TakenUpNeed>> walk_needs(Projection& records,
                                            std::span<const std::uint32_t> spaces,
                                            const std::function<void(const ToldNeed&)>& untouched,
                                            NeedWalk walk) {
  TRY(const auto called, called_needs(records, spaces));
  const auto& kind = kind_of(k::need::kKind);
  std::vector<FieldId> fields{k::need::kCategory, k::need::kQuantity, k::need::kItem,
                              k::need::kUnit, k::need::kClosed};
  if (walk == NeedWalk::also_whose)
    fields.insert(fields.end(), {k::need::kUrgency, k::need::kHousehold, k::need::kResident});
  std::string columns;
  for (const auto field : fields) columns += ", t.\"" + std::string(kind.field(field).name) + '"';
  TRY(auto statement, records.db().prepare("SELECT t.rid, t.space" + columns + " FROM \"" +
                                           std::string(kind.name) + "\" t" + only_in("t", spaces)));
  std::vector<TakenUpNeed> out;
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return out;
    // Of a column that is not set: 0, and no text.
    ToldNeed told{static_cast<std::uint32_t>(statement.integer(1)),
                  statement.integer(2),
                  statement.integer(3),
                  statement.text(4),
                  statement.text(5),
                  !statement.is_null(6),
                  {}};
    if (walk == NeedWalk::also_whose)
      told.of = {statement.integer(7), statement.id<RecordId>(8), statement.id<RecordId>(9)};
    const auto id = called.find(statement.integer(0));
    if (id == called.end()) {
      untouched(told);
      continue;
    }
    out.push_back({told.space,
                   told.category,
                   std::string(told.item),
                   {id->second, told.quantity, std::string(told.unit), told.closed},
                   told.of});
  }
}

NeedBalance untouched_balance(std::int64_t quantity, bool closed) {
  NeedBalance out;
  out.remaining = std::max<std::int64_t>(0, quantity);
  out.state = closed ? NeedState::closed : NeedState::open;
  return out;
}

}  // namespace rukun
