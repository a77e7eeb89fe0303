// A need in its list, and one need with all that belongs to it.
#include "app/ui/presenter/need_words.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/details_aid.h"
#include "app/ui/presenter/history.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace f = fields::need;

NeedState shown_state(rukun::NeedState state) {
  switch (state) {
    case rukun::NeedState::partly: return NeedState::partly;
    case rukun::NeedState::covered: return NeedState::covered;
    case rukun::NeedState::delivered: return NeedState::delivered;
    case rukun::NeedState::closed: return NeedState::closed;
    default: return NeedState::open;
  }
}

Urgency shown_urgency(std::int64_t code) {
  switch (code) {
    case f::kUrgencySoon: return Urgency::soon;
    case f::kUrgencyUrgent: return Urgency::urgent;
    case f::kUrgencyLife: return Urgency::life;
    default: return Urgency::normal;
  }
}

Status fill_goods(Desk& desk, const Row& row, NeedDetail& detail) {
  const Speaking how = desk.speaking();
  const std::string unit = text_in(row, f::kUnit);
  TRY(const Derived* derived, desk.aid());
  const AidBalances* balances = derived->aid(desk.space().number);
  const NeedBalance balance = need_balance(row, balances);
  detail.delivered = quantity_words(balance.delivered, unit, how);
  detail.promised = quantity_words(balance.promised + balance.on_the_way, unit, how);
  const auto part = [](std::int64_t n) {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, n));
  };
  detail.parts.open = part(balance.remaining);
  detail.parts.covered = part(balance.promised + balance.on_the_way);
  detail.parts.done = part(balance.delivered);
  detail.open_quantity = typed_words(balance.remaining + balance.promised + balance.on_the_way);
  detail.unit = unit_word(unit, desk.language());
  Query pledges = desk.query_of(fields::pledge::kKind);
  pledges.where = {{fields::pledge::kNeed, Compare::equal, row.id}};
  TRY(const auto found, desk.engine().records().rows(pledges));
  for (const Row& one : found) detail.pledges.push_back(pledge_line(desk, one, balances));
  if (balance.remaining <= 0) return {};
  const MatchContext matching{desk.engine().records(), {desk.space().number}, how.now,
                              how.utc_offset_min,      &desk.setup().items,   derived};
  TRY(const auto matches, offers_for_need(matching, desk.space().number, row.id, 5));
  for (const Match& match : matches) {
    if (match.fits <= 0) continue;
    const std::string left = quantity_words(match.remaining, match.unit, how);
    const auto offer = desk.row_of(match.record);
    const std::string giver = offer ? giver_of(desk, *offer) : std::string();
    detail.matches.push_back(
        {match.record.hex(), match.title, giver, how.words.tr("need.left", {{"quantity", left}}),
         match.why.in(desk.language()), typed_words(std::min(match.fits, balance.remaining))});
  }
  return {};
}

}  // namespace

Result<NeedRow> need_row(Desk& desk, const Row& row) {
  TRY(const AidBalances* balances, desk.aid_balances());
  const NeedBalance balance = need_balance(row, balances);
  const Speaking how = desk.speaking();
  const std::string unit = text_in(row, f::kUnit);
  NeedRow out;
  out.id = row.id.hex();
  TRY(out.title, row_title(desk.engine().records(), row, desk.showing()));
  out.for_whom = for_whom(desk, row, true);
  out.quantity = quantity_words(number_in(row, f::kQuantity), unit, how);
  out.remaining = quantity_words(balance.remaining, unit, how);
  out.urgency = shown_urgency(number_in(row, f::kUrgency));
  out.state = shown_state(balance.state);
  out.age = age_words(row.created.wall(), how);
  return out;
}

Result<NeedDetail> need_detail(Desk& desk, const RecordId& id) {
  TRY(const auto row, desk.row_of(id));
  NeedDetail detail;
  TRY(detail.row, need_row(desk, row));
  detail.row.for_whom = for_whom(desk, row, false);
  if (const auto household = link_in(row, f::kHousehold)) {
    if (const auto house = desk.row_of(*household))
      detail.address = text_in(*house, fields::household::kAddress);
  }
  detail.note = text_in(row, f::kNote);
  TRY_VOID(fill_goods(desk, row, detail));
  if (desk.may(fields::pledge::kKind)) {
    DeedButton pledge = add_button(desk, fields::pledge::kKind, "need.pledge_own",
                                   {{"need", id.hex()}}, {"offer", "quantity", "carrier"});
    pledge.icon = Icon::offer;
    detail.buttons.push_back(std::move(pledge));
  }
  if (desk.may(f::kKind))
    detail.buttons.push_back(edit_button(desk, id, "record.edit", Icon::edit));
  TRY_VOID(fill_history(desk, id, f::kKind, detail.reached, detail.history));
  return detail;
}

}  // namespace rukun::ui
