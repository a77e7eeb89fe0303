// Promises and hand-overs: what is known already when they are asked for.
#include "app/ui/presenter/form_shape.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/match.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/ui/presenter/details_aid.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace pl = fields::pledge;
namespace ho = fields::handover;
namespace en = fields::entitlement;
constexpr std::size_t kMostOffers = 5;

FormField* field_named(FormView& view, std::string_view name) {
  const auto found = std::find_if(view.fields.begin(), view.fields.end(),
                                  [&](const FormField& field) { return field.name == name; });
  return found == view.fields.end() ? nullptr : &*found;
}

std::string taker_of(Desk& desk, const Row& row) {
  if (row.kind == en::kKind) return receiver_of(desk, row);
  if (row.kind == pl::kKind) {
    const auto* need = std::get_if<RecordId>(&value_in(row, pl::kNeed));
    const auto of = need == nullptr ? Result<Row>(error(Code::not_found, "")) : desk.row_of(*need);
    return of ? taker_of(desk, *of) : std::string();
  }
  for (const FieldId field : {fields::need::kResident, fields::need::kHousehold}) {
    if (const auto* id = std::get_if<RecordId>(&value_in(row, field))) return desk.title_of(*id);
  }
  return {};
}

Status shape_pledge(Desk& desk, const OpenForm& form, const RecordId& need, FormView& view) {
  TRY(const auto row, desk.row_of(need));
  TRY(const Derived* derived, desk.aid());
  const AidBalances* balances = derived->aid(desk.space().number);
  const NeedBalance balance = need_balance(row, balances);
  const Speaking how = desk.speaking();
  if (FormField* quantity = field_named(view, "quantity"))
    quantity->unit = unit_word(unit_of(desk, row), desk.language());
  if (balance.remaining > 0) view.texts["quantity"] = typed_words(balance.remaining);
  const MatchContext matching{desk.engine().records(), {desk.space().number}, how.now,
                              how.utc_offset_min,      &desk.setup().items,   derived};
  TRY(const auto matches, offers_for_need(matching, desk.space().number, need, kMostOffers));
  FormField* offer = field_named(view, "offer");
  if (offer != nullptr) {
    offer->input = InputKind::choice;
    offer->choices = {{"", how.words.tr("pledge.own_word")}};
  }
  for (const Match& match : matches) {
    const std::string id = match.record.hex();
    const bool given = std::any_of(form.given.begin(), form.given.end(),
                                   [&](const auto& one) { return one.second == id; });
    if (given && match.fits < balance.remaining) view.texts["quantity"] = typed_words(match.fits);
    if (match.fits <= 0 || offer == nullptr) continue;
    const auto from = desk.row_of(match.record);
    const std::string left = amount_words(desk, match.remaining, match.unit);
    offer->choices.push_back({id, match.title + (from ? " · " + giver_of(desk, *from) : "") +
                                      " · " + how.words.tr("need.left", {{"quantity", left}})});
  }
  return {};
}

}  // namespace

Status shape_form(Desk& desk, const OpenForm& form, FormView& view) {
  if (form.record) return {};
  std::map<std::string, RecordId> given;
  for (const auto& [name, text] : form.given) {
    if (const auto id = record_of(text)) given[name] = *id;
  }
  if (form.kind == pl::kKind && given.count("need") != 0)
    return shape_pledge(desk, form, given.at("need"), view);
  FormField* quantity = field_named(view, "quantity");
  if (quantity == nullptr || form.kind != ho::kKind) return {};
  for (const auto& [name, id] : given) {
    TRY(const auto row, desk.row_of(id));
    quantity->unit = unit_word(unit_of(desk, row), desk.language());
    TRY(const auto open, open_quantity(desk, row));
    if (open > 0) view.texts["quantity"] = typed_words(open);
    if (const std::string who = taker_of(desk, row); !who.empty()) view.texts["received_by"] = who;
  }
  return {};
}

}  // namespace rukun::ui
