// What the office runs: programs, stock, entitlements, where to get help, notices, and the mark of
// a finished report. Ids and the order of enumeration values are wire numbers: append, never
// reorder.
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr EnumValue kProgramSource[] = {
    {"central", "Pusat", "Central government"},
    {"province", "Provinsi", "Province"},
    {"regency", "Kabupaten/kota", "Regency"},
    {"village_fund", "Dana desa", "Village fund"},
    {"grant", "Hibah", "Grant"},
};

constexpr EnumValue kProgramTarget[] = {
    {"person", "Perorangan", "Person"},
    {"household", "Keluarga", "Household"},
};

constexpr EnumValue kResourceTopic[] = {
    {"aid", "Bantuan sosial", "Aid"},      {"capital", "Modal usaha", "Capital"},
    {"health", "Kesehatan", "Health"},     {"legal", "Hukum", "Legal"},
    {"training", "Pelatihan", "Training"}, {"emergency", "Darurat", "Emergency"},
    {"other", "Lainnya", "Other"},
};

constexpr EnumValue kNoticeUrgency[] = {
    {"info", "Info", "Information"},
    {"important", "Penting", "Important"},
    {"emergency", "Darurat", "Emergency"},
};

constexpr EnumValue kReportMarkState[] = {
    {"complete", "Lengkap", "Complete"},
    {"nothing_needed", "Tidak ada kebutuhan", "Nothing needed"},
};

}  // namespace

// clang-format off

const FieldSpec kProgramFields[7] = {
    {.id = fields::program::kTitle, .name = "title", .label_id = "Program bantuan",
     .label_en = "Aid program", .hxl = "#activity+name", .required = true, .searched = true},
    {.id = fields::program::kSource, .name = "source", .label_id = "Asal dana",
     .label_en = "Source", .type = FieldType::enumeration, .hxl = "#org+funder+name",
     .values = kProgramSource, .required = true},
    {.id = fields::program::kTarget, .name = "target", .label_id = "Sasaran", .label_en = "Target",
     .type = FieldType::enumeration, .values = kProgramTarget, .required = true},
    {.id = fields::program::kStarts, .name = "starts", .label_id = "Mulai", .label_en = "Starts",
     .type = FieldType::date, .hxl = "#date+start"},
    {.id = fields::program::kEnds, .name = "ends", .label_id = "Selesai", .label_en = "Ends",
     .type = FieldType::date, .hxl = "#date+end"},
    {.id = fields::program::kExclusiveWith, .name = "exclusive_with",
     .label_id = "Tidak boleh bersama", .label_en = "Exclusive with", .type = FieldType::reference,
     .set = true, .target = fields::program::kKind},
    {.id = fields::program::kNote, .name = "note", .label_id = "Keterangan", .label_en = "Note",
     .searched = true},
};

const FieldSpec kStockFields[6] = {
    {.id = fields::stock::kProgram, .name = "program", .label_id = "Program", .label_en = "Program",
     .type = FieldType::reference, .target = fields::program::kKind, .indexed = true},
    {.id = fields::stock::kItem, .name = "item", .label_id = "Barang", .label_en = "Item",
     .type = FieldType::item, .hxl = "#item+name", .required = true, .searched = true,
     .indexed = true},
    {.id = fields::stock::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .hxl = "#item+num", .required = true},
    {.id = fields::stock::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit, .hxl = "#item+unit", .required = true},
    {.id = fields::stock::kAt, .name = "at", .label_id = "Waktu", .label_en = "Time",
     .type = FieldType::instant},
    {.id = fields::stock::kSourceNote, .name = "source_note", .label_id = "Asal",
     .label_en = "From", .privacy = PrivacyClass::member, .searched = true},
};

const FieldSpec kEntitlementFields[7] = {
    {.id = fields::entitlement::kProgram, .name = "program", .label_id = "Program",
     .label_en = "Program", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::program::kKind, .required = true, .indexed = true},
    {.id = fields::entitlement::kHousehold, .name = "household", .label_id = "Keluarga",
     .label_en = "Household", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::entitlement::kResident, .name = "resident", .label_id = "Warga",
     .label_en = "Resident", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::resident::kKind, .indexed = true},
    {.id = fields::entitlement::kItem, .name = "item", .label_id = "Barang", .label_en = "Item",
     .type = FieldType::item, .searched = true},
    {.id = fields::entitlement::kQuantity, .name = "quantity", .label_id = "Jumlah",
     .label_en = "Quantity", .type = FieldType::quantity, .required = true, .positive = true},
    {.id = fields::entitlement::kUnit, .name = "unit", .label_id = "Satuan", .label_en = "Unit",
     .type = FieldType::unit},
    {.id = fields::entitlement::kExceptionReason, .name = "exception_reason",
     .label_id = "Alasan pengecualian", .label_en = "Reason for exception",
     .privacy = PrivacyClass::member},
};

const FieldSpec kResourceFields[7] = {
    {.id = fields::resource::kTitle, .name = "title", .label_id = "Informasi",
     .label_en = "Resource", .searched = true},
    {.id = fields::resource::kTopic, .name = "topic", .label_id = "Topik", .label_en = "Topic",
     .type = FieldType::enumeration, .values = kResourceTopic, .required = true, .indexed = true},
    {.id = fields::resource::kProvider, .name = "provider", .label_id = "Penyedia",
     .label_en = "Provider", .searched = true},
    {.id = fields::resource::kRequirements, .name = "requirements", .label_id = "Syarat",
     .label_en = "Requirements", .searched = true},
    {.id = fields::resource::kContact, .name = "contact", .label_id = "Kontak",
     .label_en = "Contact", .searched = true},
    {.id = fields::resource::kHours, .name = "hours", .label_id = "Jam layanan",
     .label_en = "Hours"},
    {.id = fields::resource::kDeadline, .name = "deadline", .label_id = "Batas waktu",
     .label_en = "Deadline", .type = FieldType::date, .indexed = true},
};

const FieldSpec kNoticeFields[4] = {
    {.id = fields::notice::kTitle, .name = "title", .label_id = "Pengumuman", .label_en = "Notice",
     .required = true, .searched = true},
    {.id = fields::notice::kBody, .name = "body", .label_id = "Isi", .label_en = "Body",
     .searched = true},
    {.id = fields::notice::kUrgency, .name = "urgency", .label_id = "Tingkat",
     .label_en = "Urgency", .type = FieldType::enumeration, .values = kNoticeUrgency,
     .default_text = "info"},
    {.id = fields::notice::kValidUntil, .name = "valid_until", .label_id = "Berlaku sampai",
     .label_en = "Valid until", .type = FieldType::date, .indexed = true},
};

const FieldSpec kReportMarkFields[4] = {
    {.id = fields::report_mark::kRt, .name = "rt", .label_id = "RT", .label_en = "RT",
     .type = FieldType::rt, .required = true, .indexed = true},
    {.id = fields::report_mark::kRw, .name = "rw", .label_id = "RW", .label_en = "RW",
     .type = FieldType::rw, .required = true, .indexed = true},
    {.id = fields::report_mark::kPeriod, .name = "period", .label_id = "Tanggal laporan",
     .label_en = "Report date", .type = FieldType::date, .required = true, .indexed = true},
    {.id = fields::report_mark::kState, .name = "state", .label_id = "Keadaan", .label_en = "State",
     .type = FieldType::enumeration, .values = kReportMarkState, .required = true},
};

// clang-format on

}  // namespace rukun
