#include "app/domain/purposes.h"

#include "app/domain/fields.h"

namespace rukun {

namespace {

namespace f = fields;

struct Purpose {
  KindId kind;
  FieldId field;
  std::string_view id;
  std::string_view en;
};

constexpr std::string_view kNoteId = "Untuk: hal yang perlu diketahui saat membantu.";
constexpr std::string_view kNoteEn = "For: what must be known when helping.";

// clang-format off
constexpr Purpose kPurposes[] = {
    {f::household::kKind, f::household::kName, "Untuk: mengenali keluarga yang dibantu.",
     "For: knowing the family that is helped."},
    {f::household::kKind, f::household::kKkNumber,
     "Untuk: mencegah keluarga yang sama dicatat dua kali. Tidak wajib.",
     "For: not recording a family twice. Not required."},
    {f::household::kKind, f::household::kAddress, "Untuk: mengantar bantuan dan ronda.",
     "For: bringing help and the night watch."},
    {f::household::kKind, f::household::kPhone, "Untuk: menghubungi keluarga tentang bantuan.",
     "For: reaching the family about help."},
    {f::household::kKind, f::household::kNote, kNoteId, kNoteEn},
    {f::household::kKind, f::household::kLocation, "Untuk: menemukan rumah saat darurat.",
     "For: finding the house in an emergency."},
    {f::resident::kKind, f::resident::kName, "Untuk: mengenali warga yang dibantu atau membantu.",
     "For: knowing who is helped or helps."},
    {f::resident::kKind, f::resident::kNik,
     "Untuk: mencegah orang yang sama dicatat dua kali. Tidak wajib.",
     "For: not recording a person twice. Not required."},
    {f::resident::kKind, f::resident::kBirthDate, "Untuk: mengetahui balita dan lansia.",
     "For: knowing infants and elderly people."},
    {f::resident::kKind, f::resident::kBirthPlace, "Untuk: membedakan orang yang bernama sama.",
     "For: telling apart people of one name."},
    {f::resident::kKind, f::resident::kPhone, "Untuk: menghubungi orang ini tentang bantuan.",
     "For: reaching this person about help."},
    {f::resident::kKind, f::resident::kDisability, "Untuk: mendahulukan dan menyesuaikan bantuan.",
     "For: giving help first, and in a fitting way."},
    {f::resident::kKind, f::resident::kPregnant, "Untuk: mendahulukan bantuan.",
     "For: giving help first."},
    {f::resident::kKind, f::resident::kNote, kNoteId, kNoteEn},
    {f::need::kKind, f::need::kNote, kNoteId, kNoteEn},
    {f::offer::kKind, f::offer::kGiver, "Untuk: mengambil barang dan mengucapkan terima kasih.",
     "For: fetching the goods and saying thanks."},
    {f::offer::kKind, f::offer::kNote, kNoteId, kNoteEn},
    {f::pledge::kKind, f::pledge::kNote, kNoteId, kNoteEn},
    {f::handover::kKind, f::handover::kReceivedBy, "Untuk: bukti bahwa bantuan diterima.",
     "For: proof that the help was received."},
    {f::handover::kKind, f::handover::kWitness, "Untuk: bukti bahwa bantuan diserahkan.",
     "For: proof that the help was handed over."},
    {f::handover::kKind, f::handover::kNote, kNoteId, kNoteEn},
    {f::volunteer::kKind, f::volunteer::kPhone, "Untuk: menghubungi relawan tentang tugasnya.",
     "For: reaching the volunteer about duties."},
    {f::contribution::kKind, f::contribution::kContributor,
     "Untuk: pertanggungjawaban sumbangan.", "For: accounting for contributions."},
};
// clang-format on

}  // namespace

std::string_view purpose_of(KindId kind, FieldId field, Language language) {
  for (const auto& one : kPurposes)
    if (one.kind == kind && one.field == field) return pick(language, one.id, one.en);
  return {};
}

}  // namespace rukun
