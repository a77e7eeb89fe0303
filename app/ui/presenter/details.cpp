// One record of any kind.
#include "app/ui/presenter/details.h"

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/details_aid.h"
#include "app/ui/presenter/details_community.h"
#include "app/ui/presenter/details_people.h"
#include "app/ui/presenter/history.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace k = fields;

Status fill_special(Desk& desk, const Row& row, RecordDetail& out) {
  switch (row.kind) {
    case k::household::kKind: return fill_household(desk, row, out);
    case k::resident::kKind: return fill_resident(desk, row, out);
    case k::volunteer::kKind: return fill_volunteer(desk, row, out);
    case k::offer::kKind: return fill_offer(desk, row, out);
    case k::program::kKind: return fill_program(desk, row, out);
    case k::entitlement::kKind: return fill_entitlement(desk, row, out);
    case k::handover::kKind: return fill_handover(desk, row, out);
    case k::drive::kKind: return fill_drive(desk, row, out);
    case k::listing::kKind: return fill_listing(desk, row, out);
    case k::order::kKind: return fill_order(desk, row, out);
    case k::training::kKind: return fill_training(desk, row, out);
    default: return {};
  }
}

}  // namespace

Result<RecordDetail> detail_of(Desk& desk, const RecordId& id) {
  TRY(const auto row, desk.row_of(id));
  const KindSpec& kind = kind_of(row.kind);
  RecordDetail out;
  out.id = id.hex();
  out.title = desk.title_of(id);
  for (const FieldSpec& field : kind.fields) {
    if (field.id == kind.title || field.name == "same_as" || field.name == "receipt_code") continue;
    std::string words = field_words(desk, row, field, value_in(row, field.id));
    const std::string label(field.label(desk.language()));
    // Titles of some kinds begin with the kind's name, which stands there already.
    if (words.rfind(label + ": ", 0) == 0) words.erase(0, label.size() + 2);
    if (!words.empty()) out.facts.push_back({label, std::move(words)});
  }
  TRY_VOID(fill_special(desk, row, out));
  if (desk.may(row.kind) && row.kind != k::handover::kKind)
    out.buttons.push_back(edit_button(desk, id, "record.edit", Icon::edit));
  TRY_VOID(fill_history(desk, id, row.kind, out.reached, out.history));
  return out;
}

}  // namespace rukun::ui
