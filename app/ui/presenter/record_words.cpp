// A record's values as people read them.
#include "app/ui/presenter/record_words.h"

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/domain/values.h"

namespace rukun::ui {
namespace {

namespace k = fields;

}  // namespace

// Of money by the drive's goal; of a hand-over or pledge by the need's or the entitlement's unit.
std::string unit_of(Desk& desk, const Row& row) {
  const KindSpec& kind = kind_of(row.kind);
  if (const FieldSpec* unit = kind.find_field("unit")) {
    if (row.kind == k::drive::kKind &&
        number_in(row, k::drive::kGoalType) == k::drive::kGoalTypeMoney)
      return "rupiah";
    if (row.kind == k::drive::kKind &&
        number_in(row, k::drive::kGoalType) == k::drive::kGoalTypeHours)
      return "hour";
    return text_in(row, unit->id);
  }
  for (const char* name : {"drive", "pledge", "entitlement", "need", "listing"}) {
    const FieldSpec* field = kind.find_field(std::string_view(name));
    const auto* id = field == nullptr ? nullptr : std::get_if<RecordId>(&value_in(row, field->id));
    if (id == nullptr) continue;
    const auto of = desk.row_of(*id);
    return of ? unit_of(desk, *of) : std::string();
  }
  return {};
}

std::string amount_words(Desk& desk, std::int64_t thousandths, std::string_view unit) {
  return quantity_words(thousandths, unit, desk.speaking());
}

// A field as people read it, with its unit where it is a quantity.
std::string field_words(Desk& desk, const Row& row, const FieldSpec& spec, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (spec.set) {
    std::string out;
    for (const Value& one : set_in(row, spec.id))
      out += (out.empty() ? "" : ", ") + format_value(spec, one, desk.showing());
    return out;
  }
  if (is_none(value)) return {};
  if (spec.type == FieldType::quantity && number != nullptr) {
    const std::string unit = unit_of(desk, row);
    return unit == "rupiah" ? format_rupiah(*number / 1000) : amount_words(desk, *number, unit);
  }
  return format_value(spec, value, desk.showing());
}

std::string for_whom(Desk& desk, const Row& row, bool with_address) {
  namespace f = fields::need;
  const auto household = link_in(row, f::kHousehold);
  const auto resident = link_in(row, f::kResident);
  if (!household && !resident) return desk.speaking().words.tr("need.whole_rt");
  std::string words = desk.title_of(resident ? *resident : *household);
  if (with_address && household) {
    if (const auto house = desk.row_of(*household)) {
      const std::string address = text_in(*house, fields::household::kAddress);
      if (!address.empty()) words += " · " + address;
    }
  }
  return words;
}

std::string giver_of(Desk& desk, const Row& offer) {
  const auto household = link_in(offer, fields::offer::kHousehold);
  return household ? desk.title_of(*household) : text_in(offer, fields::offer::kGiver);
}

std::string receiver_of(Desk& desk, const Row& entitlement) {
  namespace e = fields::entitlement;
  for (const FieldId field : {e::kResident, e::kHousehold}) {
    if (const auto* id = std::get_if<RecordId>(&value_in(entitlement, field)))
      return desk.title_of(*id);
  }
  return {};
}

// "2 balita, 1 lansia"
std::string groups_of(Desk& desk, const Row& household) {
  std::string out;
  for (const FieldId field : {k::household::kInfants, k::household::kElderly,
                              k::household::kDisabled, k::household::kPregnant}) {
    const std::int64_t many = number_in(household, field);
    if (many <= 0) continue;
    std::string label(kind_of(k::household::kKind).field(field).label(desk.language()));
    out += (out.empty() ? "" : ", ") + label + " " + std::to_string(many);
  }
  return out;
}

}  // namespace rukun::ui
