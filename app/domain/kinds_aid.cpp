// What is needed, offered, promised and handed over.
// Ids and the order of enumeration values are wire numbers: append, never reorder.
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr EnumValue kNeedUrgency[] = {
    {"normal", "Biasa", "Normal"},
    {"soon", "Segera (3 hari)", "Soon (3 days)"},
    {"urgent", "Mendesak (24 jam)", "Urgent (24 hours)"},
    {"life", "Darurat nyawa", "Life at risk"},
};

constexpr EnumValue kNeedPrivacy[] = {
    {"public", "Semua orang", "Everybody"},
    {"members", "Anggota saja", "Members only"},
};

constexpr EnumValue kOfferGiverType[] = {
    {"resident", "Warga", "Resident"},
    {"business", "Usaha", "Business"},
    {"government", "Pemerintah", "Government"},
    {"outside", "Luar lingkungan", "From outside"},
};

constexpr EnumValue kPledgeState[] = {
    {"promised", "Disanggupi", "Promised"},
    {"on_the_way", "Sedang diantar", "On the way"},
    {"fell_through", "Batal", "Fell through"},
};

}  // namespace

// clang-format off

const FieldSpec kNeedFields[13] = {
    {.id = fields::need::kTitle, .name = "title", .label_id = "Kebutuhan", .label_en = "Need",
     .privacy = PrivacyClass::member, .searched = true},
    {.id = fields::need::kCategory, .name = "category", .label_id = "Kategori",
     .label_en = "Category", .type = FieldType::category, .hxl = "#sector+name",
     .values = kCategoryValues, .required = true, .indexed = true},
    {.id = fields::need::kItem, .name = "item", .label_id = "Barang", .label_en = "Item",
     .type = FieldType::item, .hxl = "#item+name", .searched = true, .indexed = true},
    {.id = fields::need::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .hxl = "#item+num+needed",
     .required = true, .positive = true},
    {.id = fields::need::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit, .hxl = "#item+unit", .required = true},
    {.id = fields::need::kUrgency, .name = "urgency", .label_id = "Kemendesakan",
     .label_en = "Urgency", .type = FieldType::enumeration, .hxl = "#severity+code",
     .values = kNeedUrgency, .default_text = "normal", .indexed = true},
    {.id = fields::need::kHousehold, .name = "household", .label_id = "Untuk keluarga",
     .label_en = "For household", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::need::kResident, .name = "resident", .label_id = "Untuk warga",
     .label_en = "For resident", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::resident::kKind, .indexed = true},
    {.id = fields::need::kPeople, .name = "people", .label_id = "Jumlah orang",
     .label_en = "People", .type = FieldType::integer, .hxl = "#inneed+ind"},
    {.id = fields::need::kNeededBy, .name = "needed_by", .label_id = "Dibutuhkan sebelum",
     .label_en = "Needed by", .type = FieldType::date, .indexed = true},
    {.id = fields::need::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::need::kPrivacy, .name = "privacy", .label_id = "Tampil di papan",
     .label_en = "On the board", .type = FieldType::enumeration, .values = kNeedPrivacy,
     .default_text = "members"},
    {.id = fields::need::kClosed, .name = "closed", .label_id = "Ditutup karena",
     .label_en = "Closed because", .privacy = PrivacyClass::member},
};

const FieldSpec kOfferFields[14] = {
    {.id = fields::offer::kTitle, .name = "title", .label_id = "Tawaran", .label_en = "Offer",
     .privacy = PrivacyClass::member, .searched = true},
    {.id = fields::offer::kCategory, .name = "category", .label_id = "Kategori",
     .label_en = "Category", .type = FieldType::category, .hxl = "#sector+name",
     .values = kCategoryValues, .required = true, .indexed = true},
    {.id = fields::offer::kItem, .name = "item", .label_id = "Barang", .label_en = "Item",
     .type = FieldType::item, .hxl = "#item+name", .searched = true, .indexed = true},
    {.id = fields::offer::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .hxl = "#item+num", .required = true,
     .positive = true},
    {.id = fields::offer::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit, .hxl = "#item+unit", .required = true},
    {.id = fields::offer::kHousehold, .name = "household", .label_id = "Dari keluarga",
     .label_en = "From household", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::offer::kGiver, .name = "giver", .label_id = "Pemberi", .label_en = "Giver",
     .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::offer::kGiverType, .name = "giver_type", .label_id = "Jenis pemberi",
     .label_en = "Giver type", .type = FieldType::enumeration, .values = kOfferGiverType,
     .default_text = "resident"},
    {.id = fields::offer::kListing, .name = "listing", .label_id = "Dari usaha",
     .label_en = "From business", .type = FieldType::reference, .target = fields::listing::kKind,
     .indexed = true},
    {.id = fields::offer::kAvailableFrom, .name = "available_from", .label_id = "Tersedia mulai",
     .label_en = "Available from", .type = FieldType::date},
    {.id = fields::offer::kAvailableUntil, .name = "available_until", .label_id = "Tersedia sampai",
     .label_en = "Available until", .type = FieldType::date, .indexed = true},
    {.id = fields::offer::kPickupPlace, .name = "pickup_place", .label_id = "Tempat ambil",
     .label_en = "Pick-up place", .privacy = PrivacyClass::member, .searched = true},
    {.id = fields::offer::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::offer::kWithdrawn, .name = "withdrawn", .label_id = "Ditarik karena",
     .label_en = "Withdrawn because", .privacy = PrivacyClass::member},
};

const FieldSpec kPledgeFields[6] = {
    {.id = fields::pledge::kNeed, .name = "need", .label_id = "Kebutuhan", .label_en = "Need",
     .type = FieldType::reference, .privacy = PrivacyClass::member, .target = fields::need::kKind,
     .required = true, .indexed = true},
    {.id = fields::pledge::kOffer, .name = "offer", .label_id = "Tawaran", .label_en = "Offer",
     .type = FieldType::reference, .privacy = PrivacyClass::member, .target = fields::offer::kKind,
     .indexed = true},
    {.id = fields::pledge::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .required = true, .positive = true},
    {.id = fields::pledge::kCarrier, .name = "carrier", .label_id = "Pengantar",
     .label_en = "Carrier", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::volunteer::kKind, .indexed = true},
    {.id = fields::pledge::kState, .name = "state", .label_id = "Keadaan", .label_en = "State",
     .type = FieldType::enumeration, .values = kPledgeState, .default_text = "promised",
     .indexed = true},
    {.id = fields::pledge::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
};

const FieldSpec kHandoverFields[10] = {
    {.id = fields::handover::kPledge, .name = "pledge", .label_id = "Kesanggupan",
     .label_en = "Pledge", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::pledge::kKind, .indexed = true},
    {.id = fields::handover::kEntitlement, .name = "entitlement", .label_id = "Jatah",
     .label_en = "Entitlement", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::entitlement::kKind, .indexed = true},
    {.id = fields::handover::kNeed, .name = "need", .label_id = "Kebutuhan", .label_en = "Need",
     .type = FieldType::reference, .privacy = PrivacyClass::member, .target = fields::need::kKind,
     .indexed = true},
    {.id = fields::handover::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .hxl = "#item+num+delivered",
     .required = true, .positive = true},
    {.id = fields::handover::kAt, .name = "at", .label_id = "Waktu", .label_en = "Time",
     .type = FieldType::instant, .hxl = "#date", .default_text = "now", .indexed = true},
    {.id = fields::handover::kReceivedBy, .name = "received_by", .label_id = "Diterima oleh",
     .label_en = "Received by", .privacy = PrivacyClass::personal, .required = true,
     .searched = true},
    {.id = fields::handover::kWitness, .name = "witness", .label_id = "Saksi",
     .label_en = "Witness", .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::handover::kReceiptCode, .name = "receipt_code", .label_id = "Kode tanda terima",
     .label_en = "Receipt code", .privacy = PrivacyClass::member, .made_by_program = true,
     .searched = true, .indexed = true},
    {.id = fields::handover::kConfirmed, .name = "confirmed", .label_id = "Dikonfirmasi",
     .label_en = "Confirmed", .type = FieldType::boolean},
    {.id = fields::handover::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
};

// clang-format on

}  // namespace rukun
