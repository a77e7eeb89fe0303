#include "app/domain/rules/need_list.h"

#include <algorithm>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"
#include "app/domain/schema.h"
#include "storage/search.h"

namespace rukun {
namespace {

namespace k = fields;

std::string quoted_column(const KindSpec& kind, FieldId field) {
  return "t.\"" + std::string(kind.field(field).name) + '"';
}

}  // namespace

Result<std::vector<ListedNeed>> list_needs(Projection& records, std::uint32_t space,
                                           const AidBalances* taken_up) {
  const KindSpec& kind = kind_of(k::need::kKind);
  TRY(auto statement,
      records.db().prepare(
          "SELECT r.rid, r.id, r.created, " + quoted_column(kind, k::need::kUrgency) + ", " +
          quoted_column(kind, k::need::kClosed) + " FROM \"" + std::string(kind.name) +
          "\" t JOIN record r ON r.rid = t.rid WHERE t.space = ?1"));
  statement.bind(1, static_cast<std::int64_t>(space));
  std::vector<ListedNeed> out;
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) break;
    ListedNeed need{statement.id<RecordId>(1).value_or(RecordId{}), statement.integer(0),
                    statement.is_null(3) ? k::need::kUrgencyNormal : statement.integer(3),
                    static_cast<std::uint64_t>(statement.integer(2)),
                    statement.is_null(4) ? NeedState::open : NeedState::closed};
    if (const auto* balance = taken_up == nullptr ? nullptr : taken_up->need(need.id))
      need.state = balance->state;
    out.push_back(need);
  }
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
