#include "app/domain/rules/need_list.h"

#include <algorithm>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "storage/search.h"

namespace rukun {
namespace {

namespace k = fields;

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

Value value_at(const Stmt& statement, int at, FieldType type) {
  if (statement.is_null(at)) return {};
  switch (carried_as(type)) {
    case ValueType::text: return std::string(statement.text(at));
    case ValueType::reference: return statement.id<RecordId>(at).value_or(RecordId{});
    default: return statement.integer(at);
  }
}

}  // namespace

Status each_listed(
    Projection& records, std::uint32_t space, KindId kind, std::span<const FieldId> fields,
    const std::function<void(const ListedRecord&, const std::vector<Value>&)>& each) {
  constexpr int kFirst = 3;
  const KindSpec& spec = kind_of(kind);
  std::string columns;
  for (const FieldId field : fields) columns += ", t." + quoted(spec.field(field).name);
  TRY(auto statement, records.db().prepare("SELECT r.rid, r.id, r.created" + columns + " FROM " +
                                           quoted(spec.name) +
                                           " t JOIN record r ON r.rid = t.rid WHERE t.space = ?1"));
  statement.bind(1, static_cast<std::int64_t>(space));
  std::vector<Value> values(fields.size());
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return {};
    for (std::size_t i = 0; i < fields.size(); ++i)
      values[i] = value_at(statement, static_cast<int>(i) + kFirst, spec.field(fields[i]).type);
    each({statement.id<RecordId>(1).value_or(RecordId{}), statement.integer(0),
          static_cast<std::uint64_t>(statement.integer(2))},
         values);
  }
}

Result<std::vector<ListedNeed>> list_needs(Projection& records, std::uint32_t space,
                                           const AidBalances* taken_up) {
  constexpr FieldId kRead[] = {k::need::kUrgency, k::need::kClosed, k::need::kQuantity};
  std::vector<ListedNeed> out;
  TRY_VOID(each_listed(
      records, space, k::need::kKind, kRead,
      [&](const ListedRecord& record, const std::vector<Value>& values) {
        const auto* urgency = std::get_if<std::int64_t>(&values[0]);
        const auto* quantity = std::get_if<std::int64_t>(&values[2]);
        ListedNeed need{record};
        need.urgency = urgency == nullptr ? k::need::kUrgencyNormal : *urgency;
        need.remaining = quantity == nullptr ? 0 : std::max<std::int64_t>(0, *quantity);
        need.state = is_none(values[1]) ? NeedState::open : NeedState::closed;
        if (const auto* balance = taken_up == nullptr ? nullptr : taken_up->need(need.id)) {
          need.remaining = balance->remaining;
          need.state = balance->state;
        }
        out.push_back(need);
      }));
  std::sort(out.begin(), out.end(), [](const ListedNeed& a, const ListedNeed& b) {
    return std::tie(b.urgency, b.created, b.id) < std::tie(a.urgency, a.created, a.id);
  });
  return out;
}

Result<std::optional<std::vector<bool>>> rows_found(Projection& records, std::string_view typed) {
  const std::string words = match_text(typed);
  std::optional<std::vector<bool>> out;
  if (words.empty()) return out;
  TRY(auto statement, records.db().prepare("SELECT rowid FROM search WHERE search MATCH ?1"));
  statement.bind(1, std::string_view(words));
  out.emplace();
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return out;
    const auto row = static_cast<std::size_t>(statement.integer(0));
    if (row >= out->size()) out->resize(std::max(row + 1, 2 * out->size()));
    (*out)[row] = true;
  }
}

NeedBalance need_balance(const Row& need, const AidBalances* taken_up) {
  const auto* known = taken_up == nullptr ? nullptr : taken_up->need(need.id);
  if (known != nullptr) return *known;
  AidFacts alone;
  alone.needs.push_back({need.id, number_in(need, k::need::kQuantity),
                         text_in(need, k::need::kUnit),
                         !is_none(value_in(need, k::need::kClosed))});
  return *AidBalances(alone).need(need.id);
}

OfferBalance offer_balance(const Row& offer, const AidBalances* taken_up) {
  const auto* known = taken_up == nullptr ? nullptr : taken_up->offer(offer.id);
  if (known != nullptr) return *known;
  AidFacts alone;
  alone.offers.push_back({offer.id, number_in(offer, k::offer::kQuantity),
                          text_in(offer, k::offer::kUnit),
                          !is_none(value_in(offer, k::offer::kWithdrawn))});
  return *AidBalances(alone).offer(offer.id);
}

}  // namespace rukun
