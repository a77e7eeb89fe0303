// Promises, hand-overs, offers and the office's programs: one of them with all that belongs to it.
#include "app/ui/presenter/details_aid.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/match.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/domain/values.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace pl = fields::pledge;
namespace ho = fields::handover;
namespace en = fields::entitlement;
namespace st = fields::stock;
constexpr std::size_t kMostMatches = 5;

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

RecordLine handover_line(Desk& desk, const Row& row) {
  const bool confirmed = number_in(row, ho::kConfirmed) == 1;
  RecordLine line{desk.speaking().words.tr(
      "handover.line",
      {{"quantity", amount_words(desk, number_in(row, ho::kQuantity), unit_of(desk, row))},
       {"who", text_in(row, ho::kReceivedBy)}})};
  line.detail = field_words(desk, row, kind_of(ho::kKind).field(ho::kAt), value_in(row, ho::kAt));
  line.detail += " · " + receipt_code(row.id);
  line.mark = {desk.speaking().words.tr(confirmed ? "handover.confirmed" : "handover.unconfirmed"),
               confirmed ? Mood::good : Mood::warn};
  line.deed = open_deed(row);
  return line;
}

// In, out and what should be there, per item: derived each time, kept nowhere.
Status fill_stock(Desk& desk, const Row& program, RecordDetail& out) {
  TRY(const Derived* derived, desk.aid());
  const AidBalances* balances = derived->aid(desk.space().number);
  Balances goods;
  TRY(const auto stock, desk.rows_where(st::kKind, st::kProgram, program.id));
  for (const Row& one : stock)
    add_goods(goods, text_in(one, st::kItem), text_in(one, st::kUnit),
              number_in(one, st::kQuantity), 0);
  TRY(const auto granted, desk.rows_where(en::kKind, en::kProgram, program.id));
  for (const Row& one : granted) {
    const std::int64_t handed = balances == nullptr ? 0 : balances->handed_over(one.id);
    if (handed != 0) add_goods(goods, text_in(one, en::kItem), text_in(one, en::kUnit), 0, handed);
  }
  const Translator& words = desk.speaking().words;
  RecordSection section{words.tr("program.stock"), {}, words.tr("program.stock_none")};
  for (const auto& [what, sum] : goods) {
    const std::string& item = what.first;
    const std::string& unit = sum.unit;
    RecordLine line{item.empty() ? words.tr("program.no_item")
                                 : item_word(item, &desk.setup().items, desk.language())};
    line.detail = words.tr("program.in_out", {{"in", amount_words(desk, sum.in, unit)},
                                              {"out", amount_words(desk, sum.out, unit)}});
    line.mark = {
        words.tr("program.balance", {{"balance", amount_words(desk, sum.in - sum.out, unit)}}),
        sum.in < sum.out ? Mood::danger : Mood::good};
    section.lines.push_back(std::move(line));
  }
  if (desk.may(st::kKind))
    section.buttons = {add_button(desk, st::kKind, "add.stock", {{"program", program.id.hex()}})};
  out.sections.push_back(std::move(section));
  return {};
}

Result<RecordLine> entitlement_line(Desk& desk, const Row& row) {
  TRY(const auto open, open_quantity(desk, row));
  const std::int64_t all = number_in(row, en::kQuantity);
  const std::string unit = text_in(row, en::kUnit);
  RecordLine line{receiver_of(desk, row)};
  line.detail = desk.speaking().words.tr("people.received_of",
                                         {{"delivered", amount_words(desk, all - open, unit)},
                                          {"quantity", amount_words(desk, all, unit)}});
  const bool done = open <= 0;
  line.mark = {desk.speaking().words.tr(done ? "entitlement.done" : "entitlement.open"),
               done ? Mood::good : Mood::warn};
  line.deed = open_deed(row);
  if (!done && desk.may(ho::kKind)) {
    DeedButton give =
        add_button(desk, ho::kKind, "entitlement.hand_over", {{"entitlement", row.id.hex()}},
                   {"quantity", "received_by", "witness"});
    give.icon = Icon::check;
    line.buttons = {std::move(give)};
  }
  return line;
}

// When and where it is handed out: the shifts of the activities that serve it, the next first.
Status fill_serving(Desk& desk, const Row& program, RecordDetail& out) {
  namespace ac = fields::activity;
  namespace sh = fields::shift;
  constexpr std::size_t kMostServing = 10;
  const Translator& words = desk.speaking().words;
  RecordSection serving{words.tr("program.serving"), {}, words.tr("program.serving_none")};
  TRY(const auto activities, desk.rows_where(ac::kKind, ac::kProgram, program.id));
  std::vector<Row> shifts;
  for (const Row& activity : activities) {
    TRY(const auto found, desk.rows_where(sh::kKind, sh::kActivity, activity.id));
    for (const Row& one : found)
      if (number_in(one, sh::kEnds) > desk.setup().clock.now().ms) shifts.push_back(one);
  }
  std::sort(shifts.begin(), shifts.end(), [](const Row& a, const Row& b) {
    return number_in(a, sh::kStarts) < number_in(b, sh::kStarts);
  });
  for (const Row& one : shifts) {
    if (serving.lines.size() >= kMostServing) break;
    RecordLine line{desk.title_of(one.id), text_in(one, sh::kPlace)};
    if (!is_none(value_in(one, sh::kCancelled)))
      line.mark = {words.tr("schedule.off"), Mood::danger};
    line.deed = {.what = Deed::What::open, .screen = Screen::schedule, .record = one.id.hex()};
    serving.lines.push_back(std::move(line));
  }
  if (desk.may(ac::kKind))
    serving.buttons = {add_button(desk, ac::kKind, "add.activity",
                                  {{"program", program.id.hex()}, {"type", "distribution"}})};
  if (desk.may(sh::kKind))
    for (const Row& activity : activities) {
      auto button = add_button(desk, sh::kKind, "add.shift", {{"activity", activity.id.hex()}});
      button.label += ": " + desk.title_of(activity.id);
      serving.buttons.push_back(std::move(button));
    }
  out.sections.push_back(std::move(serving));
  return {};
}

}  // namespace

Result<std::int64_t> open_quantity(Desk& desk, const Row& row) {
  TRY(const AidBalances* balances, desk.aid_balances());
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

// A promise with what can still be done about it.
RecordLine pledge_line(Desk& desk, const Row& pledge, const AidBalances* balances) {
  const PledgeBalance* balance = balances == nullptr ? nullptr : balances->pledge(pledge.id);
  const std::int64_t state = number_or(pledge, pl::kState, pl::kStatePromised);
  const auto* offer = std::get_if<RecordId>(&value_in(pledge, pl::kOffer));
  RecordLine line;
  line.title = desk.speaking().words.tr("pledge.own_word");
  if (offer != nullptr) {
    const auto from = desk.row_of(*offer);
    line.title = from ? giver_of(desk, *from) : desk.title_of(*offer);
  }
  line.title += " · " + amount_words(desk, number_in(pledge, pl::kQuantity), unit_of(desk, pledge));
  if (const auto* carrier = std::get_if<RecordId>(&value_in(pledge, pl::kCarrier)))
    line.detail = desk.speaking().words.tr("pledge.carried_by", {{"who", desk.title_of(*carrier)}});
  line.mark = {format_value(kind_of(pl::kKind).field(pl::kState), state, desk.showing()),
               Mood::plain};
  if (balance != nullptr && balance->bumped && state != pl::kStateFellThrough)
    line.mark = {desk.speaking().words.tr("need.bumped"), Mood::warn};
  const std::int64_t open = balance == nullptr ? 0 : balance->honored - balance->handed_over;
  if (balance != nullptr && open <= 0 && balance->handed_over > 0)
    line.mark = {desk.speaking().words.tr("pledge.handed_over"), Mood::good};
  if (state == pl::kStateFellThrough || !desk.may(pl::kKind)) return line;
  if (open > 0) {
    DeedButton give = add_button(desk, ho::kKind, "need.hand_over", {{"pledge", pledge.id.hex()}});
    give.icon = Icon::check;
    // Said with how much, as the need has a button of the same name for all of it.
    give.label = desk.speaking().words.tr(
        "pledge.hand_over", {{"quantity", amount_words(desk, open, unit_of(desk, pledge))}});
    line.buttons.push_back(std::move(give));
  }
  if (open > 0 && state == pl::kStatePromised)
    line.buttons.push_back(write_button(desk, pledge.id, "pledge.on_the_way", Icon::transport,
                                        {{"state", "on_the_way"}}));
  if (balance == nullptr || balance->handed_over == 0)
    line.buttons.push_back(
        write_button(desk, pledge.id, "pledge.cancel", Icon::close, {{"state", "fell_through"}}));
  return line;
}

Status fill_offer(Desk& desk, const Row& row, RecordDetail& out) {
  namespace of = fields::offer;
  const Speaking how = desk.speaking();
  TRY(const Derived* derived, desk.aid());
  const AidBalances* balances = derived->aid(desk.space().number);
  const OfferBalance balance = offer_balance(row, balances);
  const std::string unit = unit_of(desk, row);
  out.marks.push_back(
      {how.words.tr("need.left", {{"quantity", amount_words(desk, balance.remaining, unit)}}),
       balance.remaining > 0 ? Mood::good : Mood::plain});
  const std::int64_t all = number_in(row, of::kQuantity);
  if (all > 0) out.fraction = static_cast<float>(all - balance.remaining) / static_cast<float>(all);
  out.progress =
      how.words.tr("offer.used", {{"used", amount_words(desk, all - balance.remaining, unit)},
                                  {"quantity", amount_words(desk, all, unit)}});
  const MatchContext matching{desk.engine().records(), {desk.space().number}, how.now,
                              how.utc_offset_min,      &desk.setup().items,   derived};
  RecordSection fits{how.words.tr("offer.fits"), {}, how.words.tr("offer.fits_none")};
  if (text_in(row, of::kWithdrawn).empty()) {
    TRY(const auto matches, needs_for_offer(matching, desk.space().number, row.id, kMostMatches));
    for (const Match& match : matches) {
      const auto need = desk.row_of(match.record);
      RecordLine line{match.title + (need ? " · " + for_whom(desk, *need, false) : "")};
      line.detail = match.why.in(desk.language());
      line.deed = {.what = Deed::What::open, .screen = Screen::needs, .record = match.record.hex()};
      if (match.fits > 0 && desk.may(pl::kKind)) {
        DeedButton button = add_button(desk, pl::kKind, "need.pledge_own",
                                       {{"need", match.record.hex()}, {"offer", row.id.hex()}},
                                       {"quantity", "carrier"});
        button.icon = Icon::offer;
        line.buttons = {std::move(button)};
      }
      fits.lines.push_back(std::move(line));
    }
  }
  RecordSection promised{how.words.tr("need.pledges"), {}, how.words.tr("offer.pledges_none")};
  TRY(const auto pledges, desk.rows_where(pl::kKind, pl::kOffer, row.id));
  for (const Row& one : pledges) {
    RecordLine line = pledge_line(desk, one, balances);
    const auto* need = std::get_if<RecordId>(&value_in(one, pl::kNeed));
    if (need != nullptr) {
      line.title = desk.title_of(*need) + " · " +
                   amount_words(desk, number_in(one, pl::kQuantity), unit_of(desk, one));
      line.deed = {.what = Deed::What::open, .screen = Screen::needs, .record = need->hex()};
    }
    promised.lines.push_back(std::move(line));
  }
  out.sections = {std::move(fits), std::move(promised)};
  if (desk.may(of::kKind))
    out.buttons.push_back(edit_button(desk, row.id, "offer.withdraw", Icon::close, {"withdrawn"}));
  return {};
}

Status fill_program(Desk& desk, const Row& row, RecordDetail& out) {
  const Translator& words = desk.speaking().words;
  TRY_VOID(fill_stock(desk, row, out));
  RecordSection entitled{words.tr("tab.entitlements"), {}, words.tr("program.entitled_none")};
  RecordSection handed{words.tr("tab.handovers"), {}, words.tr("program.handed_none")};
  TRY(const auto granted, desk.rows_where(en::kKind, en::kProgram, row.id));
  for (const Row& one : granted) {
    TRY(auto line, entitlement_line(desk, one));
    entitled.lines.push_back(std::move(line));
    TRY(const auto given, desk.rows_where(ho::kKind, ho::kEntitlement, one.id));
    for (const Row& given_one : given) handed.lines.push_back(handover_line(desk, given_one));
  }
  if (desk.may(en::kKind))
    entitled.buttons = {
        add_button(desk, en::kKind, "add.entitlement", {{"program", row.id.hex()}})};
  out.sections.push_back(std::move(entitled));
  out.sections.push_back(std::move(handed));
  return fill_serving(desk, row, out);
}

Status fill_entitlement(Desk& desk, const Row& row, RecordDetail& out) {
  const std::uint32_t spaces[] = {desk.space().number};
  TRY(const auto doubles, find_double_aid(desk.engine().records(), spaces));
  for (const DoubleAid& one : doubles) {
    if (one.first.id != row.id && one.second.id != row.id) continue;
    const RecordId& other = one.first.id == row.id ? one.second.id : one.first.id;
    const auto twin = desk.row_of(other);
    const auto* program = twin ? std::get_if<RecordId>(&value_in(*twin, en::kProgram)) : nullptr;
    out.warnings.push_back(desk.speaking().words.tr(
        "entitlement.double",
        {{"program", program == nullptr ? desk.title_of(other) : desk.title_of(*program)}}));
  }
  TRY(const auto line, entitlement_line(desk, row));
  out.marks.push_back(line.mark);
  out.buttons = line.buttons;
  for (DeedButton& button : out.buttons) button.first = true;
  RecordSection handed{desk.speaking().words.tr("tab.handovers"),
                       {},
                       desk.speaking().words.tr("program.handed_none")};
  TRY(const auto given, desk.rows_where(ho::kKind, ho::kEntitlement, row.id));
  for (const Row& one : given) handed.lines.push_back(handover_line(desk, one));
  out.sections.push_back(std::move(handed));
  return {};
}

// Confirmed by another member than whoever recorded it: the rules see to that.
Status fill_handover(Desk& desk, const Row& row, RecordDetail& out) {
  const RecordLine line = handover_line(desk, row);
  out.marks.push_back(line.mark);
  out.facts.insert(out.facts.begin(),
                   {std::string(kind_of(ho::kKind).field(ho::kReceiptCode).label(desk.language())),
                    receipt_code(row.id)});
  if (number_in(row, ho::kConfirmed) == 1) return {};
  out.buttons = {
      write_button(desk, row.id, "handover.confirm", Icon::check, {{"confirmed", "true"}})};
  out.buttons.back().first = true;
  return {};
}

}  // namespace rukun::ui
