#pragma once
// The tables behind kinds.h, one array per kind, spread over kinds_*.cpp. Nothing but kinds.cpp and
// those files needs this header. All of it is constant data, initialised before anything runs.

#include "app/domain/fields.h"
#include "app/domain/kinds.h"

namespace rukun {

extern const FieldSpec kHouseholdFields[18];
extern const FieldSpec kResidentFields[14];
extern const FieldSpec kNeedFields[13];
extern const FieldSpec kOfferFields[14];
extern const FieldSpec kPledgeFields[6];
extern const FieldSpec kHandoverFields[10];
extern const FieldSpec kVolunteerFields[7];
extern const FieldSpec kActivityFields[8];
extern const FieldSpec kShiftFields[9];
extern const FieldSpec kSignupFields[6];
extern const FieldSpec kDriveFields[12];
extern const FieldSpec kContributionFields[7];
extern const FieldSpec kProgramFields[7];
extern const FieldSpec kStockFields[6];
extern const FieldSpec kEntitlementFields[7];
extern const FieldSpec kListingFields[8];
extern const FieldSpec kOrderFields[5];
extern const FieldSpec kTrainingFields[5];
extern const FieldSpec kResourceFields[7];
extern const FieldSpec kNoticeFields[4];
extern const FieldSpec kReportMarkFields[4];

inline constexpr EnumValue kCategoryValues[] = {
    {"food", "Pangan", "Food"},
    {"water", "Air", "Water"},
    {"medicine", "Obat", "Medicine"},
    {"health_care", "Layanan kesehatan", "Health care"},
    {"hygiene", "Kebersihan diri", "Hygiene"},
    {"shelter", "Hunian", "Shelter"},
    {"clothing", "Pakaian", "Clothing"},
    {"baby", "Bayi", "Baby"},
    {"elderly_care", "Perawatan lansia", "Elderly care"},
    {"disability_aid", "Alat bantu disabilitas", "Disability aid"},
    {"education", "Pendidikan", "Education"},
    {"transport", "Angkutan", "Transport"},
    {"power", "Listrik dan bahan bakar", "Power and fuel"},
    {"tools", "Peralatan", "Tools"},
    {"cleaning", "Kebersihan lingkungan", "Cleaning"},
    {"funeral", "Pemakaman", "Funeral"},
    {"money", "Uang", "Money"},
    {"labor", "Tenaga", "Labor"},
    {"information", "Informasi", "Information"},
    {"other", "Lainnya", "Other"},
};

inline constexpr EnumValue kWeekdayParts[] = {
    {"mon_morning", "Senin pagi", "Monday morning"},
    {"mon_midday", "Senin siang", "Monday midday"},
    {"mon_afternoon", "Senin sore", "Monday afternoon"},
    {"mon_night", "Senin malam", "Monday night"},
    {"tue_morning", "Selasa pagi", "Tuesday morning"},
    {"tue_midday", "Selasa siang", "Tuesday midday"},
    {"tue_afternoon", "Selasa sore", "Tuesday afternoon"},
    {"tue_night", "Selasa malam", "Tuesday night"},
    {"wed_morning", "Rabu pagi", "Wednesday morning"},
    {"wed_midday", "Rabu siang", "Wednesday midday"},
    {"wed_afternoon", "Rabu sore", "Wednesday afternoon"},
    {"wed_night", "Rabu malam", "Wednesday night"},
    {"thu_morning", "Kamis pagi", "Thursday morning"},
    {"thu_midday", "Kamis siang", "Thursday midday"},
    {"thu_afternoon", "Kamis sore", "Thursday afternoon"},
    {"thu_night", "Kamis malam", "Thursday night"},
    {"fri_morning", "Jumat pagi", "Friday morning"},
    {"fri_midday", "Jumat siang", "Friday midday"},
    {"fri_afternoon", "Jumat sore", "Friday afternoon"},
    {"fri_night", "Jumat malam", "Friday night"},
    {"sat_morning", "Sabtu pagi", "Saturday morning"},
    {"sat_midday", "Sabtu siang", "Saturday midday"},
    {"sat_afternoon", "Sabtu sore", "Saturday afternoon"},
    {"sat_night", "Sabtu malam", "Saturday night"},
    {"sun_morning", "Minggu pagi", "Sunday morning"},
    {"sun_midday", "Minggu siang", "Sunday midday"},
    {"sun_afternoon", "Minggu sore", "Sunday afternoon"},
    {"sun_night", "Minggu malam", "Sunday night"},
};

}  // namespace rukun
