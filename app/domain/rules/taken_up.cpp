#include "app/domain/rules/taken_up.h"

#include <algorithm>

#include "app/domain/fields.h"

namespace rukun {
namespace {

namespace k = fields;

std::string only_in(std::string_view table, std::span<const std::uint32_t> spaces) {
  std::string list;
  for (const auto space : spaces) list += (list.empty() ? "" : ",") + std::to_string(space);
  return list.empty() ? list : " WHERE " + std::string(table) + ".space IN (" + list + ")";
}

// By row, which is what the tables of kinds count by, and the order in which they are walked.
using Called = std::vector<std::pair<std::int64_t, RecordId>>;

Result<Called> called_needs(Projection& records, std::span<const std::uint32_t> spaces) {
  Called out;
  for (const auto& by : takers_of_needs()) {
    const auto& taker = kind_of(by.kind);
    TRY_VOID(records.db().visit(
        "n.rid, n.id",
        "FROM \"" + std::string(taker.name) + "\" q JOIN record n ON n.id = q.\"" +
            std::string(taker.field(by.field).name) + "\" AND n.space = q.space" +
            only_in("q", spaces),
        [&out](const VisitedRow& row) {
          out.emplace_back(row.integer(0), row.id<RecordId>(1).value_or(RecordId{}));
        }));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Tells untouched needs apart from those that were called, by going along both.
class NeedTeller {
 public:
  NeedTeller(const Called& called, NeedWalk walk,
             const std::function<void(const ToldNeed&)>& untouched)
      : called_(called), next_(called.begin()), walk_(walk), untouched_(untouched) {}

  void take(const VisitedRow& row) {
    // Of a column that is not set: 0, and no text.
    ToldNeed told{static_cast<std::uint32_t>(row.integer(1)),
                  row.integer(2),
                  row.integer(3),
                  row.text(4),
                  row.text(5),
                  !row.is_null(6),
                  {}};
    if (walk_ == NeedWalk::also_whose)
      told.of = {row.integer(7), row.id<RecordId>(8), row.id<RecordId>(9)};
    const auto rid = row.integer(0);
    if (rid < last_) next_ = called_.begin();  // SQLite promises no order
    last_ = rid;
    while (next_ != called_.end() && next_->first < rid) ++next_;
    if (next_ == called_.end() || next_->first != rid) return untouched_(told);
    taken_up.push_back({told.space,
                        told.category,
                        std::string(told.item),
                        {next_->second, told.quantity, std::string(told.unit), told.closed},
                        told.of});
  }

  std::vector<TakenUpNeed> taken_up;

 private:
  const Called& called_;
  Called::const_iterator next_;
  std::int64_t last_ = 0;
  NeedWalk walk_;
  const std::function<void(const ToldNeed&)>& untouched_;
};

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
  std::string columns = "t.rid, t.space";
  for (const auto field : fields) columns += ", t.\"" + std::string(kind.field(field).name) + '"';
  NeedTeller teller(called, walk, untouched);
  TRY_VOID(records.db().visit(columns,
                              "FROM \"" + std::string(kind.name) + "\" t" + only_in("t", spaces),
                              [&teller](const VisitedRow& row) { teller.take(row); }));
  return std::move(teller.taken_up);
}

NeedBalance untouched_balance(std::int64_t quantity, bool closed) {
  NeedBalance out;
  out.remaining = std::max<std::int64_t>(0, quantity);
  out.state = closed ? NeedState::closed : NeedState::open;
  return out;
}

}  // namespace rukun
