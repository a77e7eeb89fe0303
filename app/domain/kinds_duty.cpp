// Duty and learning: activities, their shifts, who signed up, trainings.
// Ids and the order of enumeration values are wire numbers: append, never reorder.
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr EnumValue kActivityType[] = {
    {"ronda", "Ronda", "Night watch"},       {"public_kitchen", "Dapur umum", "Public kitchen"},
    {"post", "Posko", "Aid post"},           {"distribution", "Penyaluran", "Distribution"},
    {"posyandu", "Posyandu", "Health post"}, {"cleanup", "Kerja bakti", "Clean-up"},
    {"training", "Pelatihan", "Training"},   {"mentoring", "Pendampingan", "Mentoring"},
    {"other", "Lainnya", "Other"},
};

constexpr EnumValue kActivityRotation[] = {
    {"none", "Tanpa giliran", "None"},
    {"household", "Per keluarga", "By household"},
    {"volunteer", "Per relawan", "By volunteer"},
};

constexpr EnumValue kSignupState[] = {
    {"joined", "Ikut", "Joined"},
    {"withdrawn", "Mundur", "Withdrawn"},
};

constexpr EnumValue kSignupAttendance[] = {
    {"present", "Hadir", "Present"},
    {"absent", "Tidak hadir", "Absent"},
    {"excused", "Izin", "Excused"},
};

constexpr EnumValue kTrainingTopic[] = {
    {"product", "Produk", "Product"},   {"marketing", "Pemasaran", "Marketing"},
    {"finance", "Keuangan", "Finance"}, {"digital", "Digital", "Digital"},
    {"health", "Kesehatan", "Health"},  {"other", "Lainnya", "Other"},
};

}  // namespace

// clang-format off

const FieldSpec kActivityFields[8] = {
    {.id = fields::activity::kName, .name = "name", .label_id = "Kegiatan", .label_en = "Activity",
     .required = true, .searched = true},
    {.id = fields::activity::kType, .name = "type", .label_id = "Jenis", .label_en = "Type",
     .type = FieldType::enumeration, .values = kActivityType, .required = true, .indexed = true},
    {.id = fields::activity::kPlace, .name = "place", .label_id = "Tempat", .label_en = "Place",
     .searched = true},
    {.id = fields::activity::kDefaultSlots, .name = "default_slots", .label_id = "Jumlah petugas",
     .label_en = "Slots", .type = FieldType::integer},
    {.id = fields::activity::kRequiredSkills, .name = "required_skills",
     .label_id = "Keterampilan wajib", .label_en = "Required skills", .set = true},
    {.id = fields::activity::kRotation, .name = "rotation", .label_id = "Giliran",
     .label_en = "Rotation", .type = FieldType::enumeration, .values = kActivityRotation,
     .default_text = "none"},
    {.id = fields::activity::kRecurrence, .name = "recurrence", .label_id = "Pengulangan",
     .label_en = "Recurrence"},
    {.id = fields::activity::kProgram, .name = "program", .label_id = "Untuk program",
     .label_en = "For program", .type = FieldType::reference, .target = fields::program::kKind,
     .indexed = true},
};

const FieldSpec kShiftFields[9] = {
    {.id = fields::shift::kActivity, .name = "activity", .label_id = "Kegiatan",
     .label_en = "Activity", .type = FieldType::reference, .target = fields::activity::kKind,
     .required = true, .indexed = true},
    {.id = fields::shift::kStarts, .name = "starts", .label_id = "Mulai", .label_en = "Starts",
     .type = FieldType::instant, .hxl = "#date+start", .required = true, .indexed = true},
    {.id = fields::shift::kEnds, .name = "ends", .label_id = "Selesai", .label_en = "Ends",
     .type = FieldType::instant, .hxl = "#date+end", .required = true, .indexed = true},
    {.id = fields::shift::kPlace, .name = "place", .label_id = "Tempat", .label_en = "Place",
     .searched = true},
    {.id = fields::shift::kSlots, .name = "slots", .label_id = "Jumlah petugas",
     .label_en = "Slots", .type = FieldType::integer},
    {.id = fields::shift::kPublished, .name = "published", .label_id = "Diumumkan",
     .label_en = "Published", .type = FieldType::boolean},
    {.id = fields::shift::kCancelled, .name = "cancelled", .label_id = "Dibatalkan karena",
     .label_en = "Cancelled because"},
    {.id = fields::shift::kListing, .name = "listing", .label_id = "Usaha yang didampingi",
     .label_en = "Business mentored", .type = FieldType::reference,
     .target = fields::listing::kKind, .indexed = true},
    {.id = fields::shift::kNextStep, .name = "next_step", .label_id = "Langkah berikut",
     .label_en = "Next step", .privacy = PrivacyClass::member},
};

const FieldSpec kSignupFields[6] = {
    {.id = fields::signup::kShift, .name = "shift", .label_id = "Jadwal", .label_en = "Shift",
     .type = FieldType::reference, .target = fields::shift::kKind, .required = true,
     .indexed = true},
    {.id = fields::signup::kVolunteer, .name = "volunteer", .label_id = "Relawan",
     .label_en = "Volunteer", .type = FieldType::reference, .target = fields::volunteer::kKind,
     .indexed = true},
    {.id = fields::signup::kHousehold, .name = "household", .label_id = "Keluarga",
     .label_en = "Household", .type = FieldType::reference, .target = fields::household::kKind,
     .indexed = true},
    {.id = fields::signup::kState, .name = "state", .label_id = "Keadaan", .label_en = "State",
     .type = FieldType::enumeration, .values = kSignupState, .default_text = "joined",
     .indexed = true},
    {.id = fields::signup::kAttendance, .name = "attendance", .label_id = "Kehadiran",
     .label_en = "Attendance", .type = FieldType::enumeration, .privacy = PrivacyClass::member,
     .values = kSignupAttendance},
    {.id = fields::signup::kReplaces, .name = "replaces", .label_id = "Menggantikan",
     .label_en = "Replaces", .type = FieldType::reference, .target = fields::signup::kKind,
     .indexed = true},
};

const FieldSpec kTrainingFields[5] = {
    {.id = fields::training::kTitle, .name = "title", .label_id = "Pelatihan",
     .label_en = "Training", .required = true, .searched = true},
    {.id = fields::training::kTopic, .name = "topic", .label_id = "Topik", .label_en = "Topic",
     .type = FieldType::enumeration, .values = kTrainingTopic, .required = true, .indexed = true},
    {.id = fields::training::kShift, .name = "shift", .label_id = "Jadwal", .label_en = "Shift",
     .type = FieldType::reference, .target = fields::shift::kKind, .indexed = true},
    {.id = fields::training::kFacilitator, .name = "facilitator", .label_id = "Pemateri",
     .label_en = "Facilitator", .searched = true},
    {.id = fields::training::kMaterials, .name = "materials", .label_id = "Bahan",
     .label_en = "Materials", .searched = true},
};

// clang-format on

}  // namespace rukun
