// Who lives here and who helps.
// Ids and the order of enumeration values are wire numbers: append, never reorder.
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr EnumValue kHouseholdStatus[] = {
    {"here", "Menetap", "Lives here"},
    {"moved", "Pindah", "Moved"},
    {"gone", "Tidak ada lagi", "Gone"},
};

constexpr EnumValue kResidentSex[] = {
    {"male", "Laki-laki", "Male"},
    {"female", "Perempuan", "Female"},
};

constexpr EnumValue kResidentFamilyRole[] = {
    {"head", "Kepala keluarga", "Head"}, {"spouse", "Suami/istri", "Spouse"},
    {"child", "Anak", "Child"},          {"parent", "Orang tua", "Parent"},
    {"other", "Lainnya", "Other"},
};

constexpr EnumValue kResidentDisability[] = {
    {"none", "Tidak ada", "None"},  {"physical", "Fisik", "Physical"},
    {"visual", "Netra", "Visual"},  {"hearing", "Rungu", "Hearing"},
    {"mental", "Mental", "Mental"}, {"multiple", "Ganda", "Multiple"},
    {"other", "Lainnya", "Other"},
};

constexpr EnumValue kResidentStatus[] = {
    {"here", "Menetap", "Lives here"},
    {"moved", "Pindah", "Moved"},
    {"died", "Meninggal", "Died"},
};

}  // namespace

// clang-format off

const FieldSpec kHouseholdFields[18] = {
    {.id = fields::household::kName, .name = "name", .label_id = "Kepala keluarga",
     .label_en = "Head of household", .privacy = PrivacyClass::personal, .required = true,
     .searched = true},
    {.id = fields::household::kKkNumber, .name = "kk_number", .label_id = "No. KK",
     .label_en = "Family card number", .type = FieldType::identifier,
     .privacy = PrivacyClass::identifier, .natural_key = true, .indexed = true},
    {.id = fields::household::kAddress, .name = "address", .label_id = "Alamat",
     .label_en = "Address", .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::household::kDusun, .name = "dusun", .label_id = "Dusun", .label_en = "Hamlet",
     .searched = true},
    {.id = fields::household::kRt, .name = "rt", .label_id = "RT", .label_en = "RT",
     .type = FieldType::rt, .hxl = "#loc+rt", .required = true, .indexed = true},
    {.id = fields::household::kRw, .name = "rw", .label_id = "RW", .label_en = "RW",
     .type = FieldType::rw, .hxl = "#loc+rw", .required = true, .indexed = true},
    {.id = fields::household::kPhone, .name = "phone", .label_id = "Telepon", .label_en = "Phone",
     .type = FieldType::phone, .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::household::kPeople, .name = "people", .label_id = "Jumlah jiwa",
     .label_en = "People", .type = FieldType::integer},
    {.id = fields::household::kInfants, .name = "infants", .label_id = "Balita",
     .label_en = "Infants", .type = FieldType::integer},
    {.id = fields::household::kElderly, .name = "elderly", .label_id = "Lansia",
     .label_en = "Elderly", .type = FieldType::integer},
    {.id = fields::household::kDisabled, .name = "disabled", .label_id = "Disabilitas",
     .label_en = "Disabled", .type = FieldType::integer},
    {.id = fields::household::kPregnant, .name = "pregnant", .label_id = "Ibu hamil",
     .label_en = "Pregnant", .type = FieldType::integer},
    {.id = fields::household::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::household::kLocation, .name = "location", .label_id = "Titik lokasi",
     .label_en = "Location", .type = FieldType::location, .privacy = PrivacyClass::personal},
    {.id = fields::household::kRondaExempt, .name = "ronda_exempt",
     .label_id = "Bebas ronda (alasan)", .label_en = "Exempt from night watch (reason)",
     .privacy = PrivacyClass::member},
    {.id = fields::household::kStatus, .name = "status", .label_id = "Status", .label_en = "Status",
     .type = FieldType::enumeration, .values = kHouseholdStatus, .default_text = "here",
     .indexed = true},
    {.id = fields::household::kSameAs, .name = "same_as", .label_id = "Sama dengan",
     .label_en = "Same as", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::household::kNotSameAs, .name = "not_same_as",
     .label_id = "Bukan keluarga yang sama dengan", .label_en = "Not the same as",
     .type = FieldType::reference, .set = true, .privacy = PrivacyClass::member,
     .target = fields::household::kKind},
};

const FieldSpec kResidentFields[14] = {
    {.id = fields::resident::kHousehold, .name = "household", .label_id = "Keluarga",
     .label_en = "Household", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::household::kKind, .indexed = true},
    {.id = fields::resident::kName, .name = "name", .label_id = "Nama", .label_en = "Name",
     .privacy = PrivacyClass::personal, .required = true, .searched = true},
    {.id = fields::resident::kNik, .name = "nik", .label_id = "NIK", .label_en = "National id",
     .type = FieldType::identifier, .privacy = PrivacyClass::identifier, .natural_key = true,
     .indexed = true},
    {.id = fields::resident::kSex, .name = "sex", .label_id = "Jenis kelamin", .label_en = "Sex",
     .type = FieldType::enumeration, .values = kResidentSex},
    {.id = fields::resident::kBirthDate, .name = "birth_date", .label_id = "Tanggal lahir",
     .label_en = "Date of birth", .type = FieldType::date, .privacy = PrivacyClass::personal},
    {.id = fields::resident::kBirthPlace, .name = "birth_place", .label_id = "Tempat lahir",
     .label_en = "Place of birth", .privacy = PrivacyClass::personal},
    {.id = fields::resident::kPhone, .name = "phone", .label_id = "Telepon", .label_en = "Phone",
     .type = FieldType::phone, .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::resident::kFamilyRole, .name = "family_role", .label_id = "Hubungan keluarga",
     .label_en = "Family role", .type = FieldType::enumeration, .values = kResidentFamilyRole},
    {.id = fields::resident::kDisability, .name = "disability", .label_id = "Disabilitas",
     .label_en = "Disability", .type = FieldType::enumeration, .privacy = PrivacyClass::personal,
     .values = kResidentDisability},
    {.id = fields::resident::kPregnant, .name = "pregnant", .label_id = "Hamil",
     .label_en = "Pregnant", .type = FieldType::boolean, .privacy = PrivacyClass::personal},
    {.id = fields::resident::kStatus, .name = "status", .label_id = "Status", .label_en = "Status",
     .type = FieldType::enumeration, .values = kResidentStatus, .default_text = "here",
     .indexed = true},
    {.id = fields::resident::kNote, .name = "note", .label_id = "Catatan", .label_en = "Note",
     .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::resident::kSameAs, .name = "same_as", .label_id = "Sama dengan",
     .label_en = "Same as", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::resident::kKind, .indexed = true},
    {.id = fields::resident::kNotSameAs, .name = "not_same_as",
     .label_id = "Bukan orang yang sama dengan", .label_en = "Not the same as",
     .type = FieldType::reference, .set = true, .privacy = PrivacyClass::member,
     .target = fields::resident::kKind},
};

const FieldSpec kVolunteerFields[7] = {
    {.id = fields::volunteer::kResident, .name = "resident", .label_id = "Warga",
     .label_en = "Resident", .type = FieldType::reference, .privacy = PrivacyClass::member,
     .target = fields::resident::kKind, .indexed = true},
    {.id = fields::volunteer::kName, .name = "name", .label_id = "Nama", .label_en = "Name",
     .privacy = PrivacyClass::member, .searched = true},
    {.id = fields::volunteer::kPhone, .name = "phone", .label_id = "Telepon", .label_en = "Phone",
     .type = FieldType::phone, .privacy = PrivacyClass::personal, .searched = true},
    {.id = fields::volunteer::kSkills, .name = "skills", .label_id = "Keterampilan",
     .label_en = "Skills", .set = true, .searched = true},
    {.id = fields::volunteer::kAvailability, .name = "availability", .label_id = "Waktu luang",
     .label_en = "Availability", .type = FieldType::weekday_part, .set = true,
     .values = kWeekdayParts},
    {.id = fields::volunteer::kWeeklyLimit, .name = "weekly_limit", .label_id = "Batas per minggu",
     .label_en = "Weekly limit", .type = FieldType::integer},
    {.id = fields::volunteer::kInactive, .name = "inactive", .label_id = "Tidak aktif",
     .label_en = "Inactive", .type = FieldType::boolean, .indexed = true},
};

// clang-format on

}  // namespace rukun
