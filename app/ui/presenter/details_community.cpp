// Gotong Royong & Pasar Warga: drives and what came in and went out, listings and their orders,
// trainings.
#include "app/ui/presenter/details_community.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace dr = fields::drive;
namespace co = fields::contribution;
namespace li = fields::listing;
namespace od = fields::order;

RecordLine order_line(Desk& desk, const Row& row) {
  const auto* buyer = std::get_if<RecordId>(&value_in(row, od::kHousehold));
  RecordLine line{buyer == nullptr ? desk.speaking().words.tr("drive.anonymous")
                                   : desk.title_of(*buyer)};
  line.title += " · " + amount_words(desk, number_in(row, od::kQuantity), unit_of(desk, row));
  line.detail = text_in(row, od::kWish);
  const std::int64_t state = number_or(row, od::kState, od::kStateOrdered);
  line.mark = {format_value(kind_of(od::kKind).field(od::kState), state, desk.showing()),
               state == od::kStateOrdered ? Mood::warn
               : state == od::kStateReady ? Mood::info
                                          : Mood::plain};
  line.deed = open_deed(row);
  if (!desk.may(od::kKind)) return line;
  if (state == od::kStateOrdered)
    line.buttons.push_back(
        write_button(desk, row.id, "order.ready", Icon::check, {{"state", "ready"}}));
  if (state == od::kStateOrdered || state == od::kStateReady) {
    line.buttons.push_back(
        write_button(desk, row.id, "order.done", Icon::check, {{"state", "done"}}));
    line.buttons.push_back(
        write_button(desk, row.id, "order.cancel", Icon::close, {{"state", "cancelled"}}));
  }
  return line;
}

}  // namespace

Status fill_drive(Desk& desk, const Row& row, RecordDetail& out) {
  const Translator& words = desk.speaking().words;
  const std::uint32_t spaces[] = {desk.space().number};
  TRY(const auto derived, Derived::load(desk.engine().records(), spaces, dr::kKind));
  const auto sum = [&](std::string_view name) {
    const Value value = derived.value_of(row, *find_derived(dr::kKind, name));
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? std::int64_t{0} : *number;
  };
  const FieldSpec& target = kind_of(dr::kKind).field(dr::kTarget);
  const auto shown = [&](std::int64_t amount) { return field_words(desk, row, target, amount); };
  const std::int64_t in = sum("collected"), spent = sum("spent"),
                     goal = number_in(row, dr::kTarget);
  out.marks.push_back({words.tr("program.balance", {{"balance", shown(in - spent)}}),
                       in < spent ? Mood::danger : Mood::good});
  const bool closed = !is_none(value_in(row, dr::kClosed));
  if (closed) out.marks.push_back({words.tr("drive.closed"), Mood::plain});
  if (goal > 0) {
    out.fraction = std::clamp(static_cast<float>(in) / static_cast<float>(goal), 0.0F, 1.0F);
    out.progress = words.tr("drive.progress", {{"collected", shown(in)}, {"target", shown(goal)}});
  }
  out.facts.push_back({words.tr("drive.sums"),
                       words.tr("program.in_out", {{"in", shown(in)}, {"out", shown(spent)}})});
  RecordSection given{words.tr("drive.contributions"), {}, words.tr("drive.contributions_none")};
  TRY(const auto rows, desk.rows_where(co::kKind, co::kDrive, row.id));
  for (auto one = rows.rbegin(); one != rows.rend(); ++one) {
    const bool goes_out = number_in(*one, co::kDirection) == co::kDirectionOut;
    std::string who = text_in(*one, co::kContributor);
    if (who.empty()) who = words.tr(goes_out ? "drive.unnamed" : "drive.anonymous");
    RecordLine line{shown(number_in(*one, co::kAmount)) + " · " + who};
    line.detail =
        field_words(desk, *one, kind_of(co::kKind).field(co::kAt), value_in(*one, co::kAt));
    if (const auto* need = std::get_if<RecordId>(&value_in(*one, co::kNeed)))
      line.detail += " · " + desk.title_of(*need);
    line.mark = {field_words(desk, *one, kind_of(co::kKind).field(co::kDirection),
                             value_in(*one, co::kDirection)),
                 goes_out ? Mood::warn : Mood::good};
    given.lines.push_back(std::move(line));
  }
  out.sections.push_back(std::move(given));
  if (!desk.may(co::kKind) || closed) return {};
  DeedButton in_button =
      add_button(desk, co::kKind, "drive.in", {{"drive", row.id.hex()}, {"direction", "in"}},
                 {"amount", "contributor", "evidence_note"});
  in_button.first = true;
  out.buttons.push_back(std::move(in_button));
  out.buttons.push_back(add_button(desk, co::kKind, "drive.out",
                                   {{"drive", row.id.hex()}, {"direction", "out"}},
                                   {"amount", "contributor", "need", "evidence_note"}));
  out.buttons.back().icon = Icon::minus;
  out.buttons.push_back(
      edit_button(desk, row.id, "drive.close", Icon::check, {"closed", "closing_note"}));
  return {};
}

Status fill_listing(Desk& desk, const Row& row, RecordDetail& out) {
  const Translator& words = desk.speaking().words;
  const bool paused = number_in(row, li::kPaused) == 1;
  if (paused) out.marks.push_back({words.tr("listing.paused"), Mood::warn});
  RecordSection orders{words.tr("tab.orders"), {}, words.tr("listing.orders_none")};
  TRY(const auto rows, desk.rows_where(od::kKind, od::kListing, row.id));
  std::int64_t ordered = 0;
  for (const Row& one : rows) {
    const std::int64_t state = number_or(one, od::kState, od::kStateOrdered);
    if (state != od::kStateCancelled &&
        __builtin_add_overflow(ordered, number_in(one, od::kQuantity), &ordered))
      ordered = number_in(one, od::kQuantity);
    orders.lines.push_back(order_line(desk, one));
  }
  if (ordered > 0)
    out.facts.push_back(
        {words.tr("listing.ordered"), amount_words(desk, ordered, unit_of(desk, row))});
  out.sections.push_back(std::move(orders));
  if (!paused && desk.may(od::kKind)) {
    out.buttons.push_back(add_button(desk, od::kKind, "add.order", {{"listing", row.id.hex()}}));
    out.buttons.back().first = true;
  }
  if (desk.may(li::kKind))
    out.buttons.push_back(write_button(desk, row.id, paused ? "listing.resume" : "listing.pause",
                                       paused ? Icon::check : Icon::clock,
                                       {{"paused", paused ? "false" : "true"}}));
  return {};
}

Status fill_order(Desk& desk, const Row& row, RecordDetail& out) {
  RecordLine line = order_line(desk, row);
  out.marks.push_back(line.mark);
  out.buttons = std::move(line.buttons);
  return {};
}

Status fill_training(Desk& desk, const Row& row, RecordDetail& out) {
  const auto* shift = std::get_if<RecordId>(&value_in(row, fields::training::kShift));
  if (shift == nullptr) return {};
  DeedButton sign_up;
  sign_up.icon = Icon::schedule;
  sign_up.label = desk.speaking().words.tr("training.sign_up");
  sign_up.deed = {.what = Deed::What::open, .screen = Screen::schedule, .record = shift->hex()};
  sign_up.first = true;
  out.buttons.push_back(std::move(sign_up));
  return {};
}

}  // namespace rukun::ui
