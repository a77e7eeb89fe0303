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
constexpr std::size_t kRowsAtHand = 300;
constexpr std::size_t kMostOwn = 1'000'000;

bool shows(NeedFilter filter, rukun::NeedState state, std::int64_t urgency) {
  const bool open = state == rukun::NeedState::open || state == rukun::NeedState::partly;
  switch (filter) {
    case NeedFilter::open: return open;
    case NeedFilter::urgent: return open && urgency >= f::kUrgencyUrgent;
    case NeedFilter::covered: return state == rukun::NeedState::covered;
    case NeedFilter::delivered: return state == rukun::NeedState::delivered;
    default: return true;
  }
}

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

// Read once after each change: a letter typed or a filter pressed only chooses from it.
Result<const std::vector<ListedNeed>*> Presenter::all_needs() {
  if (!all_needs_) {
    TRY(const AidBalances* balances, aid_balances());
    TRY(all_needs_, list_needs(engine_->records(), space_->number, balances));
  }
  return &*all_needs_;
}

Result<std::vector<ListedNeed>> Presenter::needs_fitting(const SearchNeeds& wanted) {
  TRY(const auto* all, all_needs());
  TRY(const auto found, rows_found(engine_->records(), wanted.search));
  std::vector<ListedNeed> out;
  for (const ListedNeed& need : *all) {
    const auto row = static_cast<std::size_t>(need.row);
    if (found && (row >= found->size() || !(*found)[row])) continue;
    if (shows(wanted.filter, need.state, need.urgency)) out.push_back(need);
  }
  const Arrangement how = arrangement_of(f::kKind);
  if (!how.sort.empty()) {
    TRY_VOID(sort_needs(how, out));
  }
  return out;
}

Status Presenter::index_needs() {
  if (!need_index_stale_) return {};
  TRY(need_index_, needs_fitting(need_search_));
  need_index_stale_ = false;
  return {};
}

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
  const bool drawn_anew = need_index_stale_;
  if (const auto indexed = index_needs(); !indexed) refuse(indexed.error());
  if (!charts_) view.charts.clear();
  if (charts_ && (drawn_anew || view.charts.empty())) {
    if (const auto drawn = fill_need_charts(); !drawn) refuse(drawn.error());
  }
  view.count = need_index_.size();
  view.first = std::min(need_first_, view.count);
  view.rows.clear();
  const std::size_t end = std::min(view.first + kRowsAtHand, view.count);
  for (std::size_t i = view.first; i < end; ++i) {
    const auto row = row_of(need_index_[i].id);
    auto need = row ? need_row(*row) : Result<NeedRow>(tl::make_unexpected(row.error()));
    view.rows.push_back(
        need ? std::move(*need)
             : NeedRow{need_index_[i].id.hex(), error_words(need.error(), speaking())});
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

// What happened to the record, and which members have our last word on it: a member whose signed
// frontier holds so many of our transactions has every one up to that number.
Status Presenter::fill_history(const RecordId& id, KindId kind, std::vector<std::string>& reached,
                               std::vector<HistoryLine>& lines) {
  const Speaking how = speaking();
  TRY(const auto history, engine_->history(space_->id, id));
  std::optional<TxnHash> mine;
  for (const HistoryEntry& entry : history) {
    if (entry.by == engine_->member()) mine = entry.txn;
    HistoryLine line{when_words(entry.at.wall(), how), entry.by_name, ""};
    if (entry.created) line.what = how.words.tr("history.made");
    for (std::size_t i = 0; !entry.created && i < entry.changes.size(); ++i) {
      line.what += (line.what.empty() ? "" : "; ") + change_words(kind, entry.changes[i]);
    }
    lines.insert(lines.begin(), std::move(line));
  }
  reached = {how.words.tr("need.stored")};
  if (!mine) return {};
  TRY(const auto own, engine_->log(space_->id, engine_->member(), kMostOwn));
  const auto at =
      std::find_if(own.begin(), own.end(), [&](const LogLine& line) { return line.txn == *mine; });
  const auto number = static_cast<std::uint64_t>(own.end() - at);  // newest first: the oldest is 1
  TRY(const auto status, engine_->status(space_->id));
  for (const ReachedMember& member : status.reached) {
    if (at != own.end() && member.seen >= number)
      reached.push_back(how.words.tr("need.reached_member", {{"member", member.name}}));
  }
  if (reached.size() == 1) reached.push_back(how.words.tr("need.reached_nobody"));
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
