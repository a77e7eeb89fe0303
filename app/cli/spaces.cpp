// Neighborhoods, invitations and members.
#include "app/cli/print.h"
#include "app/domain/rules/roles.h"
#include "app/report/sheets_people.h"
#include "sync/envelope.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kMostInvitation = 16 * 1024 * 1024;

std::string role_text(std::optional<Role> role) { return role ? name_of(*role) : ""; }

Status space_create(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto made, engine->create_space(given.at("--name"), given.at("--area")));
  session.wrote();
  if (out.json()) {
    out.document().object().pair("space", made.space.hex()).pair("root", made.root_code);
    out.document().end_object();
  }
  out.line(std::string(out.pick("Kelompok dibuat: ", "Neighborhood made: ")) + given.at("--name"));
  out.line(std::string(out.pick(
               "Lembar pemulihan kelompok, simpan di kertas, tidak akan ditampilkan lagi: ",
               "The neighborhood's recovery sheet, keep it on paper, it is never shown again: ")) +
           made.root_code);
  write_once_sheet(session, given,
                   root_sheet(given.at("--name"), made.root_code, session.language()),
                   engine->my_name(), out);
  out.line(out.pick("Selanjutnya: rukunctl invite create --role volunteer --out undangan.rukun",
                    "Next: rukunctl invite create --role volunteer --out invitation.rukun"));
  return {};
}

Status space_list(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  const auto spaces = engine->spaces();
  if (out.json()) out.document().array();
  for (const auto& one : spaces) {
    if (out.json()) {
      out.document().object().pair("space", one.id.hex()).pair("name", one.name);
      out.document().pair("area", one.area).pair("role", role_text(one.role));
      out.document().count("members", one.members).flag("read_only", one.read_only).end_object();
    }
    const auto role = one.role
                          ? role_word(*one.role, out.language())
                          : std::string(out.pick("menunggu diterima", "waiting to be admitted"));
    out.line(one.id.hex().substr(0, 8) + "  " + one.name + "  (" + role + ", " +
             std::to_string(one.members) + std::string(out.pick(" anggota)", " members)")));
  }
  if (out.json()) out.document().end_array();
  if (spaces.empty()) out.line(out.pick("Belum ada kelompok RT.", "There is no neighborhood yet."));
  return {};
}

Result<Role> role_from(std::string_view text) {
  if (const auto role = role_named(text)) return *role;
  return error(Code::bad_value, "--role: " + std::string(text), "head, volunteer, office, reader");
}

Status invite_create(Session& session, const Arguments& given, Output& out) {
  TRY(const auto role, role_from(given.at("--role")));
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto made, engine->create_invite(space.id, role, given.has("--open")));
  session.wrote();
  TRY_VOID(write_file(session, given.at("--out"), made.file));
  if (out.json()) {
    out.document().object().pair("invite", made.id.hex()).pair("file", given.at("--out"));
    if (made.code) out.document().pair("code", *made.code);
    out.document().end_object();
  }
  out.line(std::string(out.pick("Undangan untuk ", "Invitation for ")) +
           role_word(role, out.language()) + ": " + given.at("--out"));
  if (made.code) {
    out.line(std::string(
                 out.pick("Dua kata, sampaikan langsung: ", "Two words, to be said in person: ")) +
             *made.code);
  }
  out.line(
      std::string(out.pick("Undangan yang sama sebagai kata: ", "The same invitation as words: ")) +
      made.words);
  return {};
}

std::string_view state_of(const Invitation& one) {
  if (one.pinned) return "pinned";
  if (!one.used_by.empty()) return "used";
  return one.revoked ? "revoked" : "open";
}

Status invite_list(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto* authority, engine->authority(space.id));
  if (out.json()) out.document().array();
  for (const auto& one : authority->invitations) {
    const auto* by = authority->find(one.by);
    if (out.json()) {
      out.document().object().pair("invite", one.id.hex()).pair("role", name_of(one.role));
      out.document().pair("by", one.by.hex()).pair("state", state_of(one)).key("used_by").array();
      for (const auto& member : one.used_by) out.document().text(member.hex());
      out.document().end_array().end_object();
    }
    out.line(one.id.hex().substr(0, 8) + "  " + role_word(one.role, out.language()) + "  " +
             (by == nullptr ? one.by.hex().substr(0, 8) : by->name) + "  " +
             std::string(!one.used_by.empty() ? out.pick("sudah dipakai", "used")
                         : one.revoked        ? out.pick("dicabut", "revoked")
                                              : out.pick("belum dipakai", "not used yet")));
  }
  if (out.json()) out.document().end_array();
  if (authority->invitations.empty())
    out.line(out.pick("Belum ada undangan.", "There is no invitation."));
  return {};
}

// Needs no profile: whoever holds the file may want to read its words to somebody.
Status invite_show(Session& session, const Arguments& given, Output& out) {
  TRY(const auto bytes, session.world().files.read_file(given.at("FILE"), kMostInvitation));
  TRY(const auto file, read_invitation(bytes));
  std::string words;
  if (!file.locked || given.has("--code")) {
    TRY(const auto seed, open_invitation(file, given.find("--code")));
    words = session.world().words.encode(seed.view());
  }
  if (out.json()) {
    out.document().object().pair("file", given.at("FILE")).flag("locked", file.locked);
    if (!words.empty()) out.document().pair("words", words);
    out.document().end_object();
  }
  out.line(
      file.locked
          ? out.pick("Undangan ini dikunci dengan dua kata.", "Two words lock this invitation.")
          : out.pick("Undangan ini terbuka: siapa pun yang memegangnya dapat bergabung.",
                     "This invitation is open: whoever holds it can join."));
  if (!words.empty()) {
    out.line(std::string(
                 out.pick("Undangan yang sama sebagai kata: ", "The same invitation as words: ")) +
             words);
  } else {
    out.line(out.pick("Untuk melihat kata-katanya: --code \"dua kata\"",
                      "To see it as words: --code \"two words\""));
  }
  return {};
}

std::string_view join_word(JoinState state) {
  return state == JoinState::waiting ? "waiting" : "admitted";
}

Status join(Session& session, const Arguments& given, Output& out) {
  if (given.has("FILE") == given.has("--words")) {
    return error(Code::bad_value,
                 std::string(out.pick("undangan belum disebut", "no invitation was named")),
                 "join FILE [--code \"...\"] | join --words \"...\"");
  }
  Joined joined;
  if (given.has("--words")) {
    TRY(auto* engine, session.engine());
    TRY(joined, engine->join_words(given.at("--words")));
  } else {
    TRY(const auto file, session.world().files.read_file(given.at("FILE"), kMostInvitation));
    TRY(auto* engine, session.engine());
    TRY(joined, engine->join(file, given.find("--code")));
  }
  session.wrote();
  if (out.json()) {
    TRY(auto* engine, session.engine());
    out.document()
        .object()
        .pair("space", joined.space.hex())
        .pair("member", engine->member().hex());
    out.document().pair("state", join_word(joined.state)).end_object();
  }
  out.line(joined.state == JoinState::admitted
               ? out.pick("Anda sudah menjadi anggota. Selanjutnya: tukar data dengan sync.",
                          "You are a member. Next: exchange data with sync.")
               : out.pick("Permintaan bergabung tersimpan. Selanjutnya: tukar data dengan sync.",
                          "Your joining is stored. Next: exchange data with sync."));
  return {};
}

std::string_view state_of(const Member& one) {
  if (one.removed) return one.lost ? "lost" : "removed";
  return one.contested ? "contested" : "member";
}

Status member_list(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto* authority, engine->authority(space.id));
  if (out.json()) out.document().array();
  for (const auto& one : authority->members) {
    if (out.json()) {
      out.document().object().pair("member", one.id.hex()).pair("name", one.name);
      out.document().pair("role", name_of(one.role));
      out.document().pair("state", state_of(one)).end_object();
    }
    const bool me = one.id == engine->member();
    out.line(one.id.hex().substr(0, 8) + "  " + one.name + "  " +
             role_word(one.role, out.language()) +
             std::string(me ? out.pick("  (saya)", "  (me)") : "") +
             std::string(one.lost        ? out.pick("  laptop hilang", "  laptop lost")
                         : one.removed   ? out.pick("  dikeluarkan", "  removed")
                         : one.contested ? out.pick("  undangan dipakai lebih dari satu orang",
                                                    "  invitation used by several people")
                                         : ""));
  }
  if (out.json()) out.document().end_array();
  return {};
}

}  // namespace

Commands space_commands() {
  const Param role{"--role", Param::one, true, "head, volunteer, office atau reader",
                   "head, volunteer, office or reader"};
  return {
      {"space create",
       "--name NAME [--area CODE] [--sheet FILE]",
       "membuat kelompok RT baru dengan Anda sebagai ketua",
       "make a neighborhood, with you as its head",
       {{"--name", Param::one, true, "nama, misalnya \"RT 003/RW 007 Sukamaju\"",
         "its name, for example \"RT 003/RW 007 Sukamaju\""},
        {"--area", Param::one, false, "kode wilayah Kemendagri", "Kemendagri area code"},
        {"--sheet", Param::one, false, "lembar pemulihan juga sebagai PDF untuk dicetak",
         "the recovery sheet also as a PDF to print"}},
       space_create},
      {"space list",
       "",
       "kelompok RT di profil ini",
       "the neighborhoods of this profile",
       {},
       space_list},
      {"invite create",
       "--role ROLE --out FILE [--open]",
       "membuat berkas undangan",
       "make an invitation file",
       {role,
        {"--out", Param::one, true, "berkas undangan", "the invitation file"},
        {"--open", Param::flag, false, "tanpa dua kata pengaman", "without the two spoken words"}},
       invite_create},
      {"invite list",
       "",
       "undangan yang pernah dibuat",
       "the invitations that were made",
       {},
       invite_list},
      {"invite show",
       "FILE [--code \"TWO WORDS\"]",
       "isi berkas undangan sebagai kata",
       "an invitation file as words",
       {{"FILE", Param::one, true, "berkas undangan", "the invitation file"},
        {"--code", Param::one, false, "dua kata pengaman", "the two spoken words"}},
       invite_show},
      {"join",
       "FILE [--code \"TWO WORDS\"] | --words \"...\"",
       "bergabung dengan undangan",
       "become a member with an invitation",
       {{"FILE", Param::one, false, "berkas undangan", "the invitation file"},
        {"--code", Param::one, false, "dua kata pengaman", "the two spoken words"},
        {"--words", Param::one, false, "undangan sebagai 24 kata", "the invitation as 24 words"}},
       join},
      {"member list", "", "anggota kelompok", "the members", {}, member_list},
  };
}

}  // namespace rukun::cli
