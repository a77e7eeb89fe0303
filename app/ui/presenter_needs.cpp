// Kebutuhan: the list in order of urgency, one need with all that belongs to it, and what is done
// about it.
#include <algorithm>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/titles.h"
#include "app/domain/units.h"
#include "app/ui/presenter.h"

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

}  // namespace

Result<NeedRow> Presenter::need_row(const Row& row) {
  TRY(const AidBalances* balances, aid_balances());
  const NeedBalance balance = need_balance(row, balances);
  const Speaking how = speaking();
  const std::string unit = text_of_field(row, f::kUnit);
  NeedRow out;
  out.id = row.id.hex();
  TRY(out.title, row_title(engine_->records(), row, showing()));
  out.for_whom = for_whom(row, true);
  out.quantity = quantity_words(number_of(row, f::kQuantity), unit, how);
  out.remaining = quantity_words(balance.remaining, unit, how);
  out.urgency = shown_urgency(number_of(row, f::kUrgency));
  out.state = shown_state(balance.state);
  out.age = age_words(row.created.wall(), how);
  return out;
}

void Presenter::fill_needs() {
  NeedsView& view = now_.needs;
  view.tools = ListTools();
  fill_tools(f::kKind, "needs", view.tools);
  fill_place(needs_, view.tools);  // seen while it is put in order
  const bool drawn_anew = !needs_.ordered;
  if (const auto indexed = index_needs(); !indexed) refuse(indexed.error());
  if (!charts_) view.charts.clear();
  if (charts_ && (drawn_anew || view.charts.empty())) {
    if (const auto drawn = fill_need_charts(); !drawn) refuse(drawn.error());
  }
  fill_place(needs_, view.tools);
  view.count = needs_.fitting.size();
  view.first = std::min(needs_.first, view.count);
  view.rows.clear();
  const std::size_t end = std::min(view.first + setup_.lists.at_hand, view.count);
  for (std::size_t i = view.first; i < end; ++i) {
    const RecordId& id = needs_.fitting[i].id;
    const auto row = row_of(id);
    auto need = row ? need_row(*row) : Result<NeedRow>(tl::make_unexpected(row.error()));
    view.rows.push_back(need ? std::move(*need)
                             : NeedRow{id.hex(), error_words(need.error(), speaking())});
    view.rows.back().marked = marks_.count(id) != 0;
  }
  if (!detail_stale_) return;
  detail_stale_ = false;
  view.detail.reset();
  if (open_need_.empty()) return;
  const auto id = record_of(open_need_);
  auto detail = id ? need_detail_of(*id) : Result<NeedDetail>(tl::make_unexpected(id.error()));
  if (detail)
    view.detail = std::move(*detail);
  else
    refuse(detail.error());
}

Status Presenter::fill_goods(const Row& row, NeedDetail& detail) {
  const Speaking how = speaking();
  const std::string unit = text_of_field(row, f::kUnit);
  TRY(const Derived* derived, aid());
  const AidBalances* balances = derived->aid(space_->number);
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
  detail.unit = unit_word(unit, context_.language);
  Query pledges = query_of(fields::pledge::kKind);
  pledges.where = {{fields::pledge::kNeed, Compare::equal, row.id}};
  TRY(const auto found, engine_->records().rows(pledges));
  for (const Row& one : found) detail.pledges.push_back(pledge_line(one, balances));
  if (balance.remaining <= 0) return {};
  const MatchContext matching{engine_->records(), {space_->number}, how.now,
                              how.utc_offset_min, &setup_.items,    derived};
  TRY(const auto matches, offers_for_need(matching, space_->number, row.id, 5));
  for (const Match& match : matches) {
    if (match.fits <= 0) continue;
    const std::string left = quantity_words(match.remaining, match.unit, how);
    const auto offer = row_of(match.record);
    const std::string giver = offer ? giver_of(*offer) : std::string();
    detail.matches.push_back(
        {match.record.hex(), match.title, giver, how.words.tr("need.left", {{"quantity", left}}),
         match.why.in(context_.language), typed_words(std::min(match.fits, balance.remaining))});
  }
  return {};
}

std::string Presenter::change_words(KindId kind, const FieldChange& change) {
  const Translator& words = speaking().words;
  if (change.field == kLife)
    return words.tr(change.value == Value(std::int64_t{1}) ? "history.deleted" : "history.kept");
  const KindSpec* spec = find_kind(kind);
  const FieldSpec* field = spec == nullptr ? nullptr : spec->find_field(change.field);
  const std::string name = field == nullptr ? "#" + std::to_string(change.field)
                                            : std::string(field->label(context_.language));
  const std::string value = is_none(change.value) ? words.tr("value.empty")
                            : field == nullptr    ? std::string("…")
                                                  : format_value(*field, change.value, showing());
  switch (change.type) {
    case OpType::add: return words.tr("history.added", {{"field", name}, {"value", value}});
    case OpType::remove: return words.tr("history.removed", {{"field", name}, {"value", value}});
    default: return words.tr("history.changed", {{"field", name}, {"value", value}});
  }
}

// What happened to the record, the newest first, and how far the last word on it has travelled. The
// office comes last: that is where lists are answered for.
Status Presenter::fill_history(const RecordId& id, KindId kind, std::vector<JourneyStop>& reached,
                               std::vector<HistoryLine>& lines) {
  const Speaking how = speaking();
  TRY(const auto history, engine_->history(space_->id, id));
  for (const HistoryEntry& entry : history) {
    HistoryLine line{when_words(entry.at.wall(), how), entry.by_name, ""};
    if (entry.created) line.what = how.words.tr("history.made");
    for (std::size_t i = 0; !entry.created && i < entry.changes.size(); ++i) {
      line.what += (line.what.empty() ? "" : "; ") + change_words(kind, entry.changes[i]);
    }
    lines.insert(lines.begin(), std::move(line));
  }
  reached = {{how.words.tr("need.stored")}};
  const Head* word = last_word(history, engine_->member());
  if (word == nullptr) return {};
  TRY(auto holders, engine_->holders(space_->id, *word));
  std::stable_partition(holders.begin(), holders.end(),
                        [](const Holder& one) { return one.role != Role::office; });
  for (const Holder& one : holders) {
    const bool office = one.role == Role::office;
    reached.push_back({how.words.tr(office ? "need.received_office" : "need.reached_member",
                                    {{"member", one.name}})});
  }
  if (holders.empty()) reached.push_back({how.words.tr("need.reached_nobody"), false});
  return {};
}

Result<NeedDetail> Presenter::need_detail_of(const RecordId& id) {
  TRY(const auto row, row_of(id));
  NeedDetail detail;
  TRY(detail.row, need_row(row));
  detail.row.for_whom = for_whom(row, false);
  if (const auto household = link_of(row, f::kHousehold)) {
    if (const auto house = row_of(*household))
      detail.address = text_of_field(*house, fields::household::kAddress);
  }
  detail.note = text_of_field(row, f::kNote);
  TRY_VOID(fill_goods(row, detail));
  if (may(fields::pledge::kKind)) {
    DeedButton pledge = add_button(fields::pledge::kKind, "need.pledge_own", {{"need", id.hex()}},
                                   {"offer", "quantity", "carrier"});
    pledge.icon = Icon::offer;
    detail.buttons.push_back(std::move(pledge));
  }
  if (may(f::kKind)) detail.buttons.push_back(edit_button(id, "record.edit", Icon::edit));
  TRY_VOID(fill_history(id, f::kKind, detail.reached, detail.history));
  return detail;
}

Status Presenter::pledge(const Pledge& command) {
  namespace p = fields::pledge;
  TRY(const auto need, record_of(command.need));
  TRY(const auto offer, record_of(command.offer));
  TRY(auto quantity,
      parse_value(kind_of(p::kKind).field(p::kQuantity), command.quantity, reading()));
  const Action action{{AddRecord{p::kKind,
                                 {{p::kNeed, OpType::put, need},
                                  {p::kOffer, OpType::put, offer},
                                  {p::kQuantity, OpType::put, std::move(quantity)}}}}};
  return act(action, "done.pledge", title_of_record(need));
}

// What was promised is what is handed over first, so that a pledge that was kept does not stay
// open.
Status Presenter::hand_over(const HandOver& command) {
  namespace h = fields::handover;
  TRY(const auto need, record_of(command.need));
  const KindSpec& kind = kind_of(h::kKind);
  TRY(const auto quantity, parse_value(kind.field(h::kQuantity), command.quantity, reading()));
  TRY(const auto receiver, parse_value(kind.field(h::kReceivedBy), command.receiver, reading()));
  Value witness;
  if (!command.witness.empty()) {
    TRY(witness, parse_value(kind.field(h::kWitness), command.witness, reading()));
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
  TRY(const Derived* derived, aid());
  const AidBalances* balances = derived->aid(space_->number);
  Query pledges = query_of(fields::pledge::kKind);
  pledges.where = {{fields::pledge::kNeed, Compare::equal, need}};
  TRY(const auto promised, engine_->records().rows(pledges));
  for (const Row& one : promised) {
    const PledgeBalance* balance = balances == nullptr ? nullptr : balances->pledge(one.id);
    const std::int64_t open = balance == nullptr ? 0 : balance->honored - balance->handed_over;
    if (open <= 0 || rest <= 0) continue;
    give(h::kPledge, one.id, std::min(open, rest));
    rest -= std::min(open, rest);
  }
  if (rest > 0 || action.changes.empty()) give(h::kNeed, need, rest);
  return act(action, "done.hand_over", title_of_record(need));
}

Status Presenter::close_need(const CloseNeed& command) {
  TRY(const auto need, record_of(command.id));
  TRY(auto reason, parse_value(kind_of(f::kKind).field(f::kClosed), command.reason, reading()));
  const std::string title = title_of_record(need);
  return act(Action{{SetFields{need, {{f::kClosed, OpType::put, std::move(reason)}}}}},
             "done.close", title);
}

}  // namespace rukun::ui
