#include "app/domain/kinds.h"

#include "app/domain/fold.h"
#include "app/domain/kinds_tables.h"
#include "platform/base/check.h"

namespace rukun {
namespace {

constexpr KindSpec kKinds[] = {
    {fields::household::kKind, "household", "Keluarga", "Household", fields::household::kName,
     kHouseholdFields},
    {fields::resident::kKind, "resident", "Warga", "Resident", fields::resident::kName,
     kResidentFields},
    {fields::need::kKind, "need", "Kebutuhan", "Need", fields::need::kTitle, kNeedFields},
    {fields::offer::kKind, "offer", "Tawaran", "Offer", fields::offer::kTitle, kOfferFields},
    {fields::pledge::kKind, "pledge", "Kesanggupan", "Pledge", 0, kPledgeFields},
    {fields::handover::kKind, "handover", "Serah terima", "Handover", 0, kHandoverFields},
    {fields::volunteer::kKind, "volunteer", "Relawan", "Volunteer", fields::volunteer::kName,
     kVolunteerFields},
    {fields::activity::kKind, "activity", "Kegiatan", "Activity", fields::activity::kName,
     kActivityFields},
    {fields::shift::kKind, "shift", "Jadwal", "Shift", 0, kShiftFields},
    {fields::signup::kKind, "signup", "Pendaftaran petugas", "Sign-up", 0, kSignupFields},
    {fields::drive::kKind, "drive", "Penggalangan", "Drive", fields::drive::kTitle, kDriveFields},
    {fields::contribution::kKind, "contribution", "Sumbangan", "Contribution", 0,
     kContributionFields},
    {fields::program::kKind, "program", "Program bantuan", "Aid program", fields::program::kTitle,
     kProgramFields},
    {fields::stock::kKind, "stock", "Stok", "Stock", 0, kStockFields},
    {fields::entitlement::kKind, "entitlement", "Jatah", "Entitlement", 0, kEntitlementFields},
    {fields::listing::kKind, "listing", "Usaha warga", "Listing", fields::listing::kBusiness,
     kListingFields},
    {fields::order::kKind, "order", "Pesanan", "Order", 0, kOrderFields},
    {fields::training::kKind, "training", "Pelatihan", "Training", fields::training::kTitle,
     kTrainingFields},
    {fields::resource::kKind, "resource", "Informasi bantuan", "Resource", fields::resource::kTitle,
     kResourceFields},
    {fields::notice::kKind, "notice", "Pengumuman", "Notice", fields::notice::kTitle,
     kNoticeFields},
    {fields::report_mark::kKind, "report_mark", "Tanda laporan", "Report mark", 0,
     kReportMarkFields},
};

// A declared name wins over a label, so that a heading in field names is never taken for another
// field's label.
template <class Spec>
const Spec* find_in(std::span<const Spec> specs, std::string_view text) {
  for (const Spec& spec : specs)
    if (spec.name == text) return &spec;
  const auto key = folded_key(text);
  if (key.empty()) return nullptr;
  for (const Spec& spec : specs)
    if (folded_key(spec.name) == key) return &spec;
  for (const Spec& spec : specs)
    if (folded_key(spec.label_id) == key || folded_key(spec.label_en) == key) return &spec;
  return nullptr;
}

}  // namespace

const FieldSpec* KindSpec::find_field(std::string_view text) const { return find_in(fields, text); }

bool KindSpec::may_hold_personal() const {
  return std::any_of(fields.begin(), fields.end(),
                     [](const FieldSpec& field) { return field.erasable(); });
}

const FieldSpec* KindSpec::find_field(FieldId field) const {
  for (const auto& spec : fields)
    if (spec.id == field) return &spec;
  return nullptr;
}

const FieldSpec& KindSpec::field(FieldId field) const {
  const auto* found = find_field(field);
  CHECK_BUG(found != nullptr);
  return *found;
}

std::span<const KindSpec> all_kinds() { return kKinds; }

const KindSpec* find_kind(std::string_view text) { return find_in(all_kinds(), text); }

const KindSpec* find_kind(KindId kind) {
  for (const auto& spec : kKinds)
    if (spec.id == kind) return &spec;
  return nullptr;
}

const KindSpec& kind_of(KindId kind) {
  const auto* found = find_kind(kind);
  CHECK_BUG(found != nullptr);
  return *found;
}

std::string_view name_of(FieldType type) {
  switch (type) {
    case FieldType::text: return "text";
    case FieldType::integer: return "integer";
    case FieldType::boolean: return "boolean";
    case FieldType::date: return "date";
    case FieldType::instant: return "instant";
    case FieldType::quantity: return "quantity";
    case FieldType::money: return "money";
    case FieldType::enumeration: return "enum";
    case FieldType::reference: return "ref";
    case FieldType::item: return "item";
    case FieldType::unit: return "unit";
    case FieldType::category: return "category";
    case FieldType::weekday_part: return "weekday_part";
    case FieldType::rt: return "rt";
    case FieldType::rw: return "rw";
    case FieldType::phone: return "phone";
    case FieldType::location: return "location";
    case FieldType::identifier: return "identifier";
  }
  return "text";
}

std::string_view name_of(PrivacyClass privacy) {
  switch (privacy) {
    case PrivacyClass::open: return "public";
    case PrivacyClass::member: return "member";
    case PrivacyClass::personal: return "personal";
    case PrivacyClass::identifier: return "identifier";
  }
  return "identifier";
}

std::string type_text(const FieldSpec& field) {
  std::string out = field.set ? "set:" : "";
  out += name_of(field.type);
  if (field.type == FieldType::reference) {
    out += ':';
    out += kind_of(field.target).name;
  }
  if (field.type == FieldType::enumeration) {
    char before = ':';
    for (const auto& value : field.values) {
      out += before;
      out += value.name;
      before = ',';
    }
  }
  return out;
}

}  // namespace rukun
