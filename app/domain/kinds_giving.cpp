// Collecting together and buying from neighbors.
// Ids and the order of enumeration values are wire numbers: append, never reorder.
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr EnumValue kDriveGoalType[] = {
    {"goods", "Barang", "Goods"},
    {"money", "Uang", "Money"},
    {"hours", "Jam kerja", "Hours"},
};

constexpr EnumValue kContributionDirection[] = {
    {"in", "Masuk", "In"},
    {"out", "Keluar", "Out"},
};

constexpr EnumValue kOrderState[] = {
    {"ordered", "Dipesan", "Ordered"},
    {"ready", "Siap diambil", "Ready"},
    {"done", "Selesai", "Done"},
    {"cancelled", "Dibatalkan", "Cancelled"},
};

}  // namespace

// clang-format off

const FieldSpec kDriveFields[12] = {
    {.id = fields::drive::kTitle, .name = "title", .label_id = "Penggalangan", .label_en = "Drive",
     .required = true, .searched = true},
    {.id = fields::drive::kPurpose, .name = "purpose", .label_id = "Tujuan", .label_en = "Purpose",
     .searched = true},
    {.id = fields::drive::kGoalType, .name = "goal_type", .label_id = "Bentuk",
     .label_en = "Goal type", .type = FieldType::enumeration, .values = kDriveGoalType,
     .required = true},
    {.id = fields::drive::kItem, .name = "item", .label_id = "Barang", .label_en = "Item",
     .type = FieldType::item, .searched = true},
    {.id = fields::drive::kTarget, .name = "target", .label_id = "Target", .label_en = "Target",
     .type = FieldType::quantity},
    {.id = fields::drive::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit},
    {.id = fields::drive::kStarts, .name = "starts", .label_id = "Mulai", .label_en = "Starts",
     .type = FieldType::date},
    {.id = fields::drive::kEnds, .name = "ends", .label_id = "Selesai", .label_en = "Ends",
     .type = FieldType::date},
    {.id = fields::drive::kRecurrence, .name = "recurrence", .label_id = "Pengulangan",
     .label_en = "Recurrence"},
    {.id = fields::drive::kAccountNote, .name = "account_note", .label_id = "Rekening/tempat setor",
     .label_en = "Where to give", .privacy = PrivacyClass::member},
    {.id = fields::drive::kClosed, .name = "closed", .label_id = "Ditutup", .label_en = "Closed",
     .type = FieldType::date, .indexed = true},
    {.id = fields::drive::kClosingNote, .name = "closing_note", .label_id = "Laporan penutup",
     .label_en = "Closing note"},
};

const FieldSpec kContributionFields[7] = {
    {.id = fields::contribution::kDrive, .name = "drive", .label_id = "Penggalangan",
     .label_en = "Drive", .type = FieldType::reference, .target = fields::drive::kKind,
     .required = true, .indexed = true},
    {.id = fields::contribution::kDirection, .name = "direction", .label_id = "Masuk/keluar",
     .label_en = "In or out", .type = FieldType::enumeration, .values = kContributionDirection,
     .required = true},
    {.id = fields::contribution::kAmount, .name = "amount", .label_id = "Jumlah",
     .label_en = "Amount", .type = FieldType::quantity, .required = true, .positive = true},
    {.id = fields::contribution::kAt, .name = "at", .label_id = "Waktu", .label_en = "Time",
     .type = FieldType::instant, .default_text = "now", .indexed = true},
    {.id = fields::contribution::kContributor, .name = "contributor", .label_id = "Dari/kepada",
     .label_en = "From or to", .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::contribution::kNeed, .name = "need", .label_id = "Untuk kebutuhan",
     .label_en = "For need", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::need::kKind, .indexed = true},
    {.id = fields::contribution::kEvidenceNote, .name = "evidence_note", .label_id = "Bukti",
     .label_en = "Evidence", .privacy = PrivacyClass::member, .searched = true},
};

const FieldSpec kListingFields[8] = {
    {.id = fields::listing::kHousehold, .name = "household", .label_id = "Keluarga",
     .label_en = "Household", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::listing::kBusiness, .name = "business", .label_id = "Usaha",
     .label_en = "Business", .required = true, .searched = true},
    {.id = fields::listing::kProduct, .name = "product", .label_id = "Produk",
     .label_en = "Product", .required = true, .searched = true},
    {.id = fields::listing::kPrice, .name = "price", .label_id = "Harga", .label_en = "Price",
     .type = FieldType::money},
    {.id = fields::listing::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit},
    {.id = fields::listing::kPhone, .name = "phone", .label_id = "Telepon", .label_en = "Phone",
     .type = FieldType::phone, .searched = true},
    {.id = fields::listing::kPreorderUntil, .name = "preorder_until", .label_id = "Pesan sebelum",
     .label_en = "Order before", .type = FieldType::date},
    {.id = fields::listing::kPaused, .name = "paused", .label_id = "Libur", .label_en = "Paused",
     .type = FieldType::boolean},
};

const FieldSpec kOrderFields[5] = {
    {.id = fields::order::kListing, .name = "listing", .label_id = "Produk", .label_en = "Product",
     .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::listing::kKind, .required = true, .indexed = true},
    {.id = fields::order::kHousehold, .name = "household", .label_id = "Pemesan",
     .label_en = "Buyer", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::order::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .privacy = PrivacyClass::member,
     .required = true, .positive = true},
    {.id = fields::order::kWish, .name = "wish", .label_id = "Permintaan khusus",
     .label_en = "Special wish", .privacy = PrivacyClass::member, .searched = true},
    {.id = fields::order::kState, .name = "state", .label_id = "Keadaan", .label_en = "State",
     .type = FieldType::enumeration, .privacy = PrivacyClass::member, .values = kOrderState,
     .default_text = "ordered", .indexed = true},
};

// clang-format on

}  // namespace rukun
