#include "app/ui/presenter/needs.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/engine/access_log.h"
#include "app/ui/presenter/chart_lines.h"
#include "app/ui/presenter/list_tools.h"
#include "app/ui/presenter/need_words.h"

namespace rukun::ui {
namespace {

namespace f = fields::need;

}  // namespace

std::optional<Status> NeedsPart::run(const Command& command) {
  if (const auto* wanted = std::get_if<OpenNeed>(&command)) return open(wanted->id);
  if (const auto* promised = std::get_if<Pledge>(&command)) return pledge(*promised);
  if (const auto* given = std::get_if<HandOver>(&command)) return hand_over(*given);
  if (const auto* closed = std::get_if<CloseNeed>(&command)) return close_need(*closed);
  return std::nullopt;
}

void NeedsPart::hide() {
  opened_.clear();
  desk_.now.needs.detail.reset();
}

Status NeedsPart::note_opened() {
  return opened_.empty() ? Status() : desk_.note(Access::show, "need " + opened_, 1);
}

Status NeedsPart::open(const std::string& id) {
  TRY_VOID(desk_.note(Access::show, "need " + id, 1));
  enter(id);
  return {};
}

void NeedsPart::fill() {
  NeedsView& view = desk_.now.needs;
  view.tools = ListTools();
  fill_tools(desk_, f::kKind, lists_.arrangement_of(f::kKind), "needs", view.tools);
  lists_.fill_place(lists_.needs(), view.tools);  // seen while it is put in order
  const bool drawn_anew = !lists_.is_in_order(lists_.needs());
  if (const auto indexed = lists_.fit_needs(); !indexed) desk_.refuse(indexed.error());
  if (!lists_.charts()) view.charts.clear();
  if (lists_.charts() && (drawn_anew || view.charts.empty())) {
    if (auto drawn = need_charts(desk_))
      view.charts = std::move(*drawn);
    else
      desk_.refuse(drawn.error());
  }
  lists_.fill_place(lists_.needs(), view.tools);
  view.count = lists_.needs().fitting.size();
  view.first = std::min(lists_.needs().first, view.count);
  view.rows.clear();
  const std::size_t end = std::min(view.first + desk_.setup().lists.at_hand, view.count);
  for (std::size_t i = view.first; i < end; ++i) {
    const RecordId& id = lists_.needs().fitting[i].id;
    const auto row = desk_.row_of(id);
    auto need = row ? need_row(desk_, *row) : Result<NeedRow>(tl::make_unexpected(row.error()));
    view.rows.push_back(need ? std::move(*need)
                             : NeedRow{id.hex(), error_words(need.error(), desk_.speaking())});
    view.rows.back().marked = lists_.is_marked(id);
  }
  if (std::exchange(detail_at_, desk_.glance()) == desk_.glance()) return;
  view.detail.reset();
  if (opened_.empty()) return;
  const auto id = record_of(opened_);
  auto detail = id ? need_detail(desk_, *id) : Result<NeedDetail>(tl::make_unexpected(id.error()));
  if (detail)
    view.detail = std::move(*detail);
  else
    desk_.refuse(detail.error());
}

Status NeedsPart::pledge(const Pledge& command) {
  namespace p = fields::pledge;
  TRY(const auto need, record_of(command.need));
  TRY(const auto offer, record_of(command.offer));
  TRY(auto quantity,
      parse_value(kind_of(p::kKind).field(p::kQuantity), command.quantity, desk_.reading()));
  const Action action{{AddRecord{p::kKind,
                                 {{p::kNeed, OpType::put, need},
                                  {p::kOffer, OpType::put, offer},
                                  {p::kQuantity, OpType::put, std::move(quantity)}}}}};
  return desk_.act(action, "done.pledge", desk_.title_of(need));
}

// What was promised is what is handed over first, so that a pledge that was kept does not stay
// open.
Status NeedsPart::hand_over(const HandOver& command) {
  namespace h = fields::handover;
  TRY(const auto need, record_of(command.need));
  const KindSpec& kind = kind_of(h::kKind);
  TRY(const auto quantity,
      parse_value(kind.field(h::kQuantity), command.quantity, desk_.reading()));
  TRY(const auto receiver,
      parse_value(kind.field(h::kReceivedBy), command.receiver, desk_.reading()));
  Value witness;
  if (!command.witness.empty()) {
    TRY(witness, parse_value(kind.field(h::kWitness), command.witness, desk_.reading()));
  }
  const auto* all = std::get_if<std::int64_t>(&quantity);
  std::int64_t rest = all == nullptr ? 0 : *all;
  Action action;
  const auto give = [&](FieldId of, const RecordId& record, std::int64_t much) {
    AddRecord given{h::kKind,
                    {{of, OpType::put, record},
                     {h::kQuantity, OpType::put, much},
                     {h::kReceivedBy, OpType::put, receiver}}};
    if (!is_none(witness)) given.fields.push_back({h::kWitness, OpType::put, witness});
    action.changes.emplace_back(std::move(given));
  };
  TRY(const Derived* derived, desk_.aid());
  const AidBalances* balances = derived->aid(desk_.space().number);
  Query pledges = desk_.query_of(fields::pledge::kKind);
  pledges.where = {{fields::pledge::kNeed, Compare::equal, need}};
  TRY(const auto promised, desk_.engine().records().rows(pledges));
  for (const Row& one : promised) {
    const PledgeBalance* balance = balances == nullptr ? nullptr : balances->pledge(one.id);
    const std::int64_t open = balance == nullptr ? 0 : balance->honored - balance->handed_over;
    if (open <= 0 || rest <= 0) continue;
    give(h::kPledge, one.id, std::min(open, rest));
    rest -= std::min(open, rest);
  }
  if (rest > 0 || action.changes.empty()) give(h::kNeed, need, rest);
  return desk_.act(action, "done.hand_over", desk_.title_of(need));
}

Status NeedsPart::close_need(const CloseNeed& command) {
  TRY(const auto need, record_of(command.id));
  TRY(auto reason,
      parse_value(kind_of(f::kKind).field(f::kClosed), command.reason, desk_.reading()));
  const std::string title = desk_.title_of(need);
  return desk_.act(Action{{SetFields{need, {{f::kClosed, OpType::put, std::move(reason)}}}}},
                   "done.close", title);
}

}  // namespace rukun::ui
