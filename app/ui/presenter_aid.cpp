// Promises, hand-overs, offers and the office's programs: what their forms offer, and one of them
// with all that belongs to it.
#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace pl = fields::pledge;
namespace ho = fields::handover;
namespace en = fields::entitlement;
namespace st = fields::stock;
constexpr std::size_t kMostMatches = 5;

FormField* field_named(FormView& view, std::string_view name) {
  const auto found = std::find_if(view.fields.begin(), view.fields.end(),
                                  [&](const FormField& field) { return field.name == name; });
  return found == view.fields.end() ? nullptr : &*found;
}

}  // namespace

std::string Presenter::giver_of(const Row& offer) {
  const auto household = link_of(offer, fields::offer::kHousehold);
  return household ? title_of_record(*household) : text_of_field(offer, fields::offer::kGiver);
}

// What is known already when a promise or a hand-over is asked for: how much is open, in which
// unit, and which offers fit.
Status Presenter::shape_form() {
  FormView& view = *now_.form;
  if (form_->record) return {};
  std::map<std::string, RecordId> given;
  for (const auto& [name, text] : form_->given) {
    if (const auto id = record_of(text)) given[name] = *id;
  }
  if (form_->kind == pl::kKind && given.count("need") != 0)
    return shape_pledge(given.at("need"), view);
  FormField* quantity = field_named(view, "quantity");
  if (quantity == nullptr || form_->kind != ho::kKind) return {};
  for (const auto& [name, id] : given) {
    TRY(const auto row, row_of(id));
    quantity->unit = unit_word(unit_of(row), context_.language);
    TRY(const auto open, open_quantity(row));
    if (open > 0) view.texts["quantity"] = typed_words(open);
    if (const std::string who = taker_of(row); !who.empty()) view.texts["received_by"] = who;
  }
  return {};
}

Status Presenter::shape_pledge(const RecordId& need, FormView& view) {
  TRY(const auto row, row_of(need));
  TRY(const Derived* derived, aid());
  const AidBalances* balances = derived->aid(space_->number);
  const NeedBalance balance = need_balance(row, balances);
  const Speaking how = speaking();
  if (FormField* quantity = field_named(view, "quantity"))
    quantity->unit = unit_word(unit_of(row), context_.language);
  if (balance.remaining > 0) view.texts["quantity"] = typed_words(balance.remaining);
  const MatchContext matching{engine_->records(), {space_->number}, how.now,
                              how.utc_offset_min, &setup_.items,    derived};
  TRY(const auto matches, offers_for_need(matching, space_->number, need, kMostMatches));
  FormField* offer = field_named(view, "offer");
  if (offer != nullptr) {
    offer->input = InputKind::choice;
    offer->choices = {{"", how.words.tr("pledge.own_word")}};
  }
  for (const Match& match : matches) {
    const std::string id = match.record.hex();
    const bool given = std::any_of(form_->given.begin(), form_->given.end(),
                                   [&](const auto& one) { return one.second == id; });
    if (given && match.fits < balance.remaining) view.texts["quantity"] = typed_words(match.fits);
    if (match.fits <= 0 || offer == nullptr) continue;
    const auto from = row_of(match.record);
    const std::string left = amount_words(match.remaining, match.unit);
    offer->choices.push_back({id, match.title + (from ? " · " + giver_of(*from) : "") + " · " +
                                      how.words.tr("need.left", {{"quantity", left}})});
  }
  return {};
}

// How much of a need, a promise or an entitlement has not been handed over.
Result<std::int64_t> Presenter::open_quantity(const Row& row) {
  TRY(const AidBalances* balances, aid_balances());
  if (row.kind == fields::need::kKind) {
    const NeedBalance need = need_balance(row, balances);
    return need.remaining + need.promised + need.on_the_way;
  }
  if (balances == nullptr) return row.kind == en::kKind ? number_in(row, en::kQuantity) : 0;
  if (row.kind == pl::kKind) {
    const PledgeBalance* pledge = balances->pledge(row.id);
    return pledge == nullptr ? 0 : pledge->honored - pledge->handed_over;
  }
  return number_in(row, en::kQuantity) - balances->handed_over(row.id);
}

std::string Presenter::taker_of(const Row& row) {
  if (row.kind == en::kKind) return receiver_of(row);
  if (row.kind == pl::kKind) {
    const auto* need = std::get_if<RecordId>(&value_in(row, pl::kNeed));
    const auto of = need == nullptr ? Result<Row>(error(Code::not_found, "")) : row_of(*need);
    return of ? taker_of(*of) : std::string();
  }
  for (const FieldId field : {fields::need::kResident, fields::need::kHousehold}) {
    if (const auto* id = std::get_if<RecordId>(&value_in(row, field))) return title_of_record(*id);
  }
  return {};
}

// A promise with what can still be done about it.
RecordLine Presenter::pledge_line(const Row& pledge, const AidBalances* balances) {
  const PledgeBalance* balance = balances == nullptr ? nullptr : balances->pledge(pledge.id);
  const std::int64_t state = number_of(pledge, pl::kState, pl::kStatePromised);
  const auto* offer = std::get_if<RecordId>(&value_in(pledge, pl::kOffer));
  RecordLine line;
  line.title = speaking().words.tr("pledge.own_word");
  if (offer != nullptr) {
    const auto from = row_of(*offer);
    line.title = from ? giver_of(*from) : title_of_record(*offer);
  }
  line.title += " · " + amount_words(number_in(pledge, pl::kQuantity), unit_of(pledge));
  if (const auto* carrier = std::get_if<RecordId>(&value_in(pledge, pl::kCarrier)))
    line.detail = speaking().words.tr("pledge.carried_by", {{"who", title_of_record(*carrier)}});
  line.mark = {format_value(kind_of(pl::kKind).field(pl::kState), state, showing()), Mood::plain};
  if (balance != nullptr && balance->bumped && state != pl::kStateFellThrough)
    line.mark = {speaking().words.tr("need.bumped"), Mood::warn};
  const std::int64_t open = balance == nullptr ? 0 : balance->honored - balance->handed_over;
  if (balance != nullptr && open <= 0 && balance->handed_over > 0)
    line.mark = {speaking().words.tr("pledge.handed_over"), Mood::good};
  if (state == pl::kStateFellThrough || !may(pl::kKind)) return line;
  if (open > 0) {
    DeedButton give = add_button(ho::kKind, "need.hand_over", {{"pledge", pledge.id.hex()}});
    give.icon = Icon::check;
    // Said with how much, as the need has a button of the same name for all of it.
    give.label = speaking().words.tr("pledge.hand_over",
                                     {{"quantity", amount_words(open, unit_of(pledge))}});
    line.buttons.push_back(std::move(give));
  }
  if (open > 0 && state == pl::kStatePromised)
    line.buttons.push_back(
        write_button(pledge.id, "pledge.on_the_way", Icon::transport, {{"state", "on_the_way"}}));
  if (balance == nullptr || balance->handed_over == 0)
    line.buttons.push_back(
        write_button(pledge.id, "pledge.cancel", Icon::close, {{"state", "fell_through"}}));
  return line;
}

RecordLine Presenter::handover_line(const Row& row) {
  const bool confirmed = number_in(row, ho::kConfirmed) == 1;
  RecordLine line{speaking().words.tr(
      "handover.line", {{"quantity", amount_words(number_in(row, ho::kQuantity), unit_of(row))},
                        {"who", text_in(row, ho::kReceivedBy)}})};
  line.detail = field_words(row, kind_of(ho::kKind).field(ho::kAt), value_in(row, ho::kAt));
  line.detail += " · " + receipt_code(row.id);
  line.mark = {speaking().words.tr(confirmed ? "handover.confirmed" : "handover.unconfirmed"),
               confirmed ? Mood::good : Mood::warn};
  line.deed = open_deed(row);
  return line;
}

Status Presenter::fill_offer(const Row& row, RecordDetail& out) {
  namespace of = fields::offer;
  const Speaking how = speaking();
  TRY(const Derived* derived, aid());
  const AidBalances* balances = derived->aid(space_->number);
  const OfferBalance balance = offer_balance(row, balances);
  const std::string unit = unit_of(row);
  out.marks.push_back(
      {how.words.tr("need.left", {{"quantity", amount_words(balance.remaining, unit)}}),
       balance.remaining > 0 ? Mood::good : Mood::plain});
  const std::int64_t all = number_in(row, of::kQuantity);
  if (all > 0) out.fraction = static_cast<float>(all - balance.remaining) / static_cast<float>(all);
  out.progress = how.words.tr("offer.used", {{"used", amount_words(all - balance.remaining, unit)},
                                             {"quantity", amount_words(all, unit)}});
  const MatchContext matching{engine_->records(), {space_->number}, how.now,
                              how.utc_offset_min, &setup_.items,    derived};
  RecordSection fits{how.words.tr("offer.fits"), {}, how.words.tr("offer.fits_none")};
  if (text_in(row, of::kWithdrawn).empty()) {
    TRY(const auto matches, needs_for_offer(matching, space_->number, row.id, kMostMatches));
    for (const Match& match : matches) {
      const auto need = row_of(match.record);
      RecordLine line{match.title + (need ? " · " + for_whom(*need, false) : "")};
      line.detail = match.why.in(context_.language);
      line.deed = {.what = Deed::What::open, .screen = Screen::needs, .record = match.record.hex()};
      if (match.fits > 0 && may(pl::kKind)) {
        DeedButton button = add_button(pl::kKind, "need.pledge_own",
                                       {{"need", match.record.hex()}, {"offer", row.id.hex()}},
                                       {"quantity", "carrier"});
        button.icon = Icon::offer;
        line.buttons = {std::move(button)};
      }
      fits.lines.push_back(std::move(line));
    }
  }
  RecordSection promised{how.words.tr("need.pledges"), {}, how.words.tr("offer.pledges_none")};
  TRY(const auto pledges, rows_where(pl::kKind, pl::kOffer, row.id));
  for (const Row& one : pledges) {
    RecordLine line = pledge_line(one, balances);
    const auto* need = std::get_if<RecordId>(&value_in(one, pl::kNeed));
    if (need != nullptr) {
      line.title = title_of_record(*need) + " · " +
                   amount_words(number_in(one, pl::kQuantity), unit_of(one));
      line.deed = {.what = Deed::What::open, .screen = Screen::needs, .record = need->hex()};
    }
    promised.lines.push_back(std::move(line));
  }
  out.sections = {std::move(fits), std::move(promised)};
  if (may(of::kKind))
    out.buttons.push_back(edit_button(row.id, "offer.withdraw", Icon::close, {"withdrawn"}));
  return {};
}

namespace {

struct Goods {
  std::string unit;  // as it was first written
  std::int64_t in = 0, out = 0;
};
// By item and the unit that its sums are kept in.
using Balances = std::map<std::pair<std::string, std::string>, Goods>;

void add_goods(Balances& to, const std::string& item, const std::string& unit, std::int64_t in,
               std::int64_t out) {
  Goods& goods = to[{item, base_unit(unit)}];
  if (goods.unit.empty()) goods.unit = unit;
  auto exact_in = convert(in, unit, goods.unit);
  auto exact_out = convert(out, unit, goods.unit);
  // What is not exact in the larger unit is so in the one that sums are kept in.
  if (!exact_in || !exact_out) {
    const std::string base = base_unit(unit);
    goods.in = convert(goods.in, goods.unit, base).value_or(goods.in);
    goods.out = convert(goods.out, goods.unit, base).value_or(goods.out);
    goods.unit = base;
    exact_in = convert(in, unit, base);
    exact_out = convert(out, unit, base);
  }
  goods.in += exact_in.value_or(in);
  goods.out += exact_out.value_or(out);
}

}  // namespace

// In, out and what should be there, per item: derived each time, kept nowhere.
Status Presenter::fill_stock(const Row& program, RecordDetail& out) {
  TRY(const Derived* derived, aid());
  const AidBalances* balances = derived->aid(space_->number);
  Balances goods;
  TRY(const auto stock, rows_where(st::kKind, st::kProgram, program.id));
  for (const Row& one : stock)
    add_goods(goods, text_in(one, st::kItem), text_in(one, st::kUnit),
              number_in(one, st::kQuantity), 0);
  TRY(const auto granted, rows_where(en::kKind, en::kProgram, program.id));
  for (const Row& one : granted) {
    const std::int64_t handed = balances == nullptr ? 0 : balances->handed_over(one.id);
    if (handed != 0) add_goods(goods, text_in(one, en::kItem), text_in(one, en::kUnit), 0, handed);
  }
  const Translator& words = speaking().words;
  RecordSection section{words.tr("program.stock"), {}, words.tr("program.stock_none")};
  for (const auto& [what, sum] : goods) {
    const std::string& item = what.first;
    const std::string& unit = sum.unit;
    RecordLine line{item.empty() ? words.tr("program.no_item")
                                 : item_word(item, &setup_.items, context_.language)};
    line.detail = words.tr("program.in_out", {{"in", amount_words(sum.in, unit)},
                                              {"out", amount_words(sum.out, unit)}});
    line.mark = {words.tr("program.balance", {{"balance", amount_words(sum.in - sum.out, unit)}}),
                 sum.in < sum.out ? Mood::danger : Mood::good};
    section.lines.push_back(std::move(line));
  }
  if (may(st::kKind))
    section.buttons = {add_button(st::kKind, "add.stock", {{"program", program.id.hex()}})};
  out.sections.push_back(std::move(section));
  return {};
}

Result<RecordLine> Presenter::entitlement_line(const Row& row) {
  TRY(const auto open, open_quantity(row));
  const std::int64_t all = number_in(row, en::kQuantity);
  const std::string unit = text_in(row, en::kUnit);
  RecordLine line{receiver_of(row)};
  line.detail = speaking().words.tr(
      "people.received_of",
      {{"delivered", amount_words(all - open, unit)}, {"quantity", amount_words(all, unit)}});
  const bool done = open <= 0;
  line.mark = {speaking().words.tr(done ? "entitlement.done" : "entitlement.open"),
               done ? Mood::good : Mood::warn};
  line.deed = open_deed(row);
  if (!done && may(ho::kKind)) {
    DeedButton give =
        add_button(ho::kKind, "entitlement.hand_over", {{"entitlement", row.id.hex()}},
                   {"quantity", "received_by", "witness"});
    give.icon = Icon::check;
    line.buttons = {std::move(give)};
  }
  return line;
}

Status Presenter::fill_program(const Row& row, RecordDetail& out) {
  const Translator& words = speaking().words;
  TRY_VOID(fill_stock(row, out));
  RecordSection entitled{words.tr("tab.entitlements"), {}, words.tr("program.entitled_none")};
  RecordSection handed{words.tr("tab.handovers"), {}, words.tr("program.handed_none")};
  TRY(const auto granted, rows_where(en::kKind, en::kProgram, row.id));
  for (const Row& one : granted) {
    TRY(auto line, entitlement_line(one));
    entitled.lines.push_back(std::move(line));
    TRY(const auto given, rows_where(ho::kKind, ho::kEntitlement, one.id));
    for (const Row& given_one : given) handed.lines.push_back(handover_line(given_one));
  }
  if (may(en::kKind))
    entitled.buttons = {add_button(en::kKind, "add.entitlement", {{"program", row.id.hex()}})};
  out.sections.push_back(std::move(entitled));
  out.sections.push_back(std::move(handed));
  return fill_serving(row, out);
}

// When and where it is handed out: the shifts of the activities that serve it, the next first.
Status Presenter::fill_serving(const Row& program, RecordDetail& out) {
  namespace ac = fields::activity;
  namespace sh = fields::shift;
  constexpr std::size_t kMostServing = 10;
  const Translator& words = speaking().words;
  RecordSection serving{words.tr("program.serving"), {}, words.tr("program.serving_none")};
  TRY(const auto activities, rows_where(ac::kKind, ac::kProgram, program.id));
  std::vector<Row> shifts;
  for (const Row& activity : activities) {
    TRY(const auto found, rows_where(sh::kKind, sh::kActivity, activity.id));
    for (const Row& one : found)
      if (number_in(one, sh::kEnds) > setup_.clock.now().ms) shifts.push_back(one);
  }
  std::sort(shifts.begin(), shifts.end(), [](const Row& a, const Row& b) {
    return number_in(a, sh::kStarts) < number_in(b, sh::kStarts);
  });
  for (const Row& one : shifts) {
    if (serving.lines.size() >= kMostServing) break;
    RecordLine line{title_of_record(one.id), text_in(one, sh::kPlace)};
    if (!is_none(value_in(one, sh::kCancelled)))
      line.mark = {words.tr("schedule.off"), Mood::danger};
    line.deed = {.what = Deed::What::open, .screen = Screen::schedule, .record = one.id.hex()};
    serving.lines.push_back(std::move(line));
  }
  if (may(ac::kKind))
    serving.buttons = {add_button(ac::kKind, "add.activity",
                                  {{"program", program.id.hex()}, {"type", "distribution"}})};
  if (may(sh::kKind))
    for (const Row& activity : activities) {
      auto button = add_button(sh::kKind, "add.shift", {{"activity", activity.id.hex()}});
      button.label += ": " + title_of_record(activity.id);
      serving.buttons.push_back(std::move(button));
    }
  out.sections.push_back(std::move(serving));
  return {};
}

Status Presenter::fill_entitlement(const Row& row, RecordDetail& out) {
  const std::uint32_t spaces[] = {space_->number};
  TRY(const auto doubles, find_double_aid(engine_->records(), spaces));
  for (const DoubleAid& one : doubles) {
    if (one.first.id != row.id && one.second.id != row.id) continue;
    const RecordId& other = one.first.id == row.id ? one.second.id : one.first.id;
    const auto twin = row_of(other);
    const auto* program = twin ? std::get_if<RecordId>(&value_in(*twin, en::kProgram)) : nullptr;
    out.warnings.push_back(speaking().words.tr(
        "entitlement.double",
        {{"program", program == nullptr ? title_of_record(other) : title_of_record(*program)}}));
  }
  TRY(const auto line, entitlement_line(row));
  out.marks.push_back(line.mark);
  out.buttons = line.buttons;
  for (DeedButton& button : out.buttons) button.first = true;
  RecordSection handed{
      speaking().words.tr("tab.handovers"), {}, speaking().words.tr("program.handed_none")};
  TRY(const auto given, rows_where(ho::kKind, ho::kEntitlement, row.id));
  for (const Row& one : given) handed.lines.push_back(handover_line(one));
  out.sections.push_back(std::move(handed));
  return {};
}

// Confirmed by another member than whoever recorded it: the rules see to that.
Status Presenter::fill_handover(const Row& row, RecordDetail& out) {
  const RecordLine line = handover_line(row);
  out.marks.push_back(line.mark);
  out.facts.insert(
      out.facts.begin(),
      {std::string(kind_of(ho::kKind).field(ho::kReceiptCode).label(context_.language)),
       receipt_code(row.id)});
  if (number_in(row, ho::kConfirmed) == 1) return {};
  out.buttons = {write_button(row.id, "handover.confirm", Icon::check, {{"confirmed", "true"}})};
  out.buttons.back().first = true;
  return {};
}

}  // namespace rukun::ui
