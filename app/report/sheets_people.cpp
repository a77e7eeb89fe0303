#include "app/report/sheets_people.h"

#include <algorithm>

#include "app/domain/rules/roles.h"
#include "app/domain/values.h"
#include "app/report/sheet_blocks.h"

namespace rukun {
namespace {

using sheet::Tone;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto gap = std::min(text.find(' '), text.size());
    if (gap > 0) out.emplace_back(text.substr(0, gap));
    text.remove_prefix(std::min(gap + 1, text.size()));
  }
  return out;
}

}  // namespace

Sheet invitation_sheet(const InvitationPaper& paper, Language language) {
  SheetBlocks out(language);
  out.line("Sebagai", "As", role_word(paper.role, language));
  out.line("Diundang oleh", "Invited by", paper.invited_by);
  out.line("Berlaku", "Good until",
           out.say("sampai dipakai satu orang, atau dicabut ketua",
                   "one person has used it, or a head revokes it"));
  out.blocks.emplace_back(
      sheet::Qr{paper.words, out.say("Isi kode ini sama dengan 24 kata di bawah.",
                                     "This code says the same 24 words as below.")});
  out.blocks.emplace_back(sheet::Words{words_of(paper.words)});
  out.step("Pasang Rukun, buka, pilih \"Gabung dengan undangan\".",
           "Install Rukun, open it, choose \"Join with an invitation\".");
  out.step("Ketik 24 kata itu; empat huruf pertama tiap kata cukup.",
           "Type the 24 words; the first four letters of each are enough.");
  out.step("Tukar data dengan tetangga: flashdisk, Wi-Fi yang sama, atau berkas.",
           "Exchange data with a neighbor: a stick, the same Wi-Fi, or a file.");
  out.paragraph(
      "Siapa pun yang memegang lembar ini dapat bergabung dan membaca. Serahkan langsung ke "
      "orangnya, jangan difoto atau dikirim; sesudah bergabung, sobek.",
      "Whoever holds this sheet can join and read. Hand it over in person, take no picture of it "
      "and do not send it; tear it up after joining.",
      Tone::strong);
  return {out.say("Undangan", "Invitation"), paper.space, std::move(out.blocks), true};
}

Result<LostPaper> read_lost(Engine& engine, const SpaceInfo& space, const MemberId& id,
                            Language language, WallTime now) {
  constexpr std::size_t kShortId = 8;
  const auto shortened = id.hex().substr(0, kShortId);
  TRY(const auto* authority, engine.authority(space.id));
  const auto* member = authority->find(id);
  if (member == nullptr || !member->lost) {
    return error(Code::bad_value,
                 (member == nullptr ? shortened : member->name) +
                     std::string(pick(language, ": laptopnya belum dicatat hilang",
                                      ": the laptop is not recorded as lost")),
                 "rukunctl member lost " + shortened);
  }
  return LostPaper{space.name,
                   member->name,
                   member->role,
                   shortened,
                   !authority->epochs.empty() && authority->epochs.front().current,
                   format_date(local_date(now, kWibOffset_min), language)};
}

Sheet lost_sheet(const LostPaper& paper, Language language) {
  SheetBlocks out(language);
  out.line("Pemilik", "Owner", paper.owner);
  out.line("Peran", "Role", role_word(paper.role, language));
  out.line("Kode laptop", "Laptop code", paper.laptop);
  out.line("Diberitahukan", "Told on", paper.told_on);
  out.paragraph("Yang sudah dilakukan", "What has been done", Tone::heading);
  out.step("Laptop itu sudah dikeluarkan dari kelompok: catatan baru darinya tidak berlaku.",
           "That laptop was removed from the neighborhood: new entries from it do not count.");
  if (paper.key_changed) {
    out.step("Kunci kelompok sudah diganti: catatan sesudahnya tidak dapat dibaca laptop itu.",
             "The neighborhood's key was changed: what is written from now on cannot be read "
             "there.");
  } else {
    out.step(
        "Kunci kelompok BELUM diganti di laptop yang mencetak lembar ini: buka Rukun di laptop "
        "seorang ketua, lalu tukar data.",
        "The neighborhood's key has NOT been changed as far as this laptop knows: open Rukun "
        "on a head's laptop, then exchange data.");
  }
  out.step(
      "Isi laptop tersegel kata sandi pemiliknya. Bila kata sandinya diketahui orang, catatan "
      "sampai hari hilangnya dapat dibaca.",
      "What is on it is sealed by its owner's passphrase. Somebody who knows the passphrase "
      "can read the entries up to the day it was lost.");
  out.paragraph("Yang perlu dilakukan", "What to do", Tone::heading);
  out.step("Semua anggota: tukar data secepatnya, supaya tiap laptop tahu dan memakai kunci baru.",
           "All members: exchange data soon, so that each laptop knows and uses the new key.");
  out.step(
      "Pemilik: lapor ke ketua RT; bila dicuri, juga ke polisi. Jangan memakai kata sandi lama "
      "di tempat lain.",
      "The owner: tell the head; when it was stolen, the police too. Do not use the old "
      "passphrase elsewhere.");
  out.step("Ketua: beri pemilik undangan baru untuk laptop penggantinya.",
           "The head: give the owner a new invitation for the next laptop.");
  out.step(
      "Yang menemukan laptop itu: serahkan ke ketua RT. Catatan yang belum sempat ditukar dapat "
      "diterima ketua satu per satu.",
      "Whoever finds that laptop: bring it to the head. Entries that were not exchanged yet "
      "can be adopted one by one.");
  out.blocks.emplace_back(sheet::Signatures{
      {{out.say("Ketua RT", "Head"), ""}, {out.say("Pemilik", "Owner"), paper.owner}}});
  return {out.say("Pemberitahuan: laptop hilang", "Notice: a laptop is lost"), paper.space,
          std::move(out.blocks)};
}

Sheet root_sheet(const std::string& space, const std::string& words, Language language) {
  SheetBlocks out(language);
  out.paragraph(
      "24 kata ini adalah kunci tertinggi kelompok. Hanya untuk keadaan darurat: bila laptop "
      "satu-satunya ketua hilang atau dicuri.",
      "These 24 words are the neighborhood's highest key. Only for an emergency: when the only "
      "head's laptop is lost or stolen.");
  out.blocks.emplace_back(sheet::Words{words_of(words)});
  out.step("Simpan lembar ini terkunci, jauh dari laptop; jangan difoto.",
           "Keep this sheet locked away, far from the laptop; take no picture of it.");
  out.step("Saat darurat, di laptop anggota lain: Anggota, \"Laptop ketua hilang\".",
           "In an emergency, on another member's laptop: Members, \"The head's laptop is lost\".");
  out.step("Hapus berkas PDF lembar ini sesudah dicetak.",
           "Delete the PDF file of this sheet after printing it.");
  out.paragraph(
      "Siapa pun yang memegang lembar ini dapat mengeluarkan ketua dan mengangkat ketua "
      "baru. Lembar ini tidak akan dibuat lagi.",
      "Whoever holds this sheet can remove heads and make new ones. It is never made "
      "again.",
      Tone::strong);
  return {out.say("Lembar pemulihan kelompok", "The neighborhood's recovery sheet"), space,
          std::move(out.blocks)};
}

Sheet recovery_sheet(const std::string& name, const std::string& code, Language language) {
  SheetBlocks out(language);
  out.paragraph("Dengan kode ini, kata sandi yang lupa dapat diganti di laptop ini.",
                "With this code a forgotten passphrase can be replaced on this laptop.");
  out.blocks.emplace_back(sheet::Code{code});
  out.step("Simpan lembar ini terkunci, jauh dari laptop; jangan difoto.",
           "Keep this sheet locked away, far from the laptop; take no picture of it.");
  out.step(
      "Bila lupa kata sandi: tekan Lupa kata sandi? di layar kunci (atau rukunctl recover), lalu "
      "ketik kode ini.",
      "When the passphrase is forgotten: press Forgot the passphrase? on the lock screen (or "
      "rukunctl recover), then type this code.");
  out.step("Hapus berkas PDF lembar ini sesudah dicetak.",
           "Delete the PDF file of this sheet after printing it.");
  return {out.say("Kode pemulihan", "Recovery code"), name, std::move(out.blocks)};
}

}  // namespace rukun
