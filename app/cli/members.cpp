// What heads decide about members and invitations.
#include "app/cli/session.h"
#include "app/domain/rules/roles.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kLeastDigits = 6;

Status say_member(Session& session, const MemberId& id, Output& out, std::string_view indonesian,
                  std::string_view english) {
  session.wrote();
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto* authority, engine->authority(space.id));
  const auto* member = authority->find(id);
  if (out.json()) {
    out.document().object().pair("member", id.hex());
    out.document().pair("role", member == nullptr ? "" : name_of(member->role));
    out.document().pair("state", member != nullptr && member->removed ? "removed" : "member");
    out.document().end_object();
  }
  out.line((member == nullptr ? id.hex().substr(0, 8) : member->name) + ": " +
           std::string(out.pick(indonesian, english)));
  out.line(out.pick("Selanjutnya: tukar data, supaya yang lain tahu.",
                    "Next: exchange data, so that the others know."));
  return {};
}

// The recovery sheet's words, when they were given; wiped when the command is done.
Result<Secret> root_words(Session& session, const Arguments& given) {
  if (given.has("--root") && given.has("--root-file"))
    return error(Code::bad_value, "--root and --root-file", "give one of them");
  if (given.has("--root-file")) return session.passphrase_in(given.at("--root-file"));
  return Secret::copy_of(view(given.at("--root")));
}

Status member_role(Session& session, const Arguments& given, Output& out) {
  const auto role = role_named(given.at("ROLE"));
  if (!role)
    return error(Code::bad_value, "ROLE: " + std::string(given.at("ROLE")),
                 "head, volunteer, office, reader");
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto id, session.member(given.at("ID")));
  TRY(const auto words, root_words(session, given));
  TRY_VOID(engine->set_role(space.id, id, *role, text_of(words.view())));
  return say_member(session, id, out, role_word(*role, Language::id),
                    role_word(*role, Language::en));
}

Status remove(Session& session, const Arguments& given, Output& out, bool lost) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto id, session.member(given.at("ID")));
  const auto reason = lost ? std::string_view() : std::string_view(given.at("--reason"));
  TRY(const auto words, root_words(session, given));
  TRY_VOID(engine->remove_member(space.id, id, reason, lost, text_of(words.view())));
  return say_member(session, id, out,
                    lost ? "laptop hilang, tidak lagi menjadi anggota; kunci diganti"
                         : "tidak lagi menjadi anggota; kunci diganti",
                    lost ? "laptop lost, not a member any more; the key was changed"
                         : "not a member any more; the key was changed");
}

Status member_remove(Session& session, const Arguments& given, Output& out) {
  return remove(session, given, out, false);
}

Status member_lost(Session& session, const Arguments& given, Output& out) {
  return remove(session, given, out, true);
}

Result<TxnHash> masked_named(const std::vector<MaskedEntry>& masked, std::string_view text) {
  const MaskedEntry* found = nullptr;
  for (const auto& one : masked) {
    if (text.size() < kLeastDigits || !one.txn.hex().starts_with(text)) continue;
    if (found != nullptr)
      return error(Code::ambiguous, "TXN: several entries begin with " + std::string(text),
                   "write more digits");
    found = &one;
  }
  if (found != nullptr) return found->txn;
  return error(Code::not_found,
               "TXN: no entry that does not count begins with " + std::string(text),
               "rukunctl attention");
}

Status member_adopt(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto masked, engine->masked(space.id));
  std::vector<TxnHash> txns;
  for (const auto& text : given.all("TXN")) {
    TRY(const auto txn, masked_named(masked, text));
    txns.push_back(txn);
  }
  const bool leave = given.has("--leave-out");
  TRY_VOID(leave ? engine->leave_out(space.id, txns) : engine->adopt(space.id, txns));
  session.wrote();
  if (out.json()) {
    out.document().object().count(leave ? "left_out" : "adopted", txns.size()).end_object();
  }
  out.line(std::to_string(txns.size()) +
           std::string(leave ? out.pick(" catatan dibiarkan", " entries left out")
                             : out.pick(" catatan diterima", " entries adopted")));
  return {};
}

Status invite_revoke(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto* authority, engine->authority(space.id));
  const std::string_view text = given.at("ID");
  std::optional<InviteId> found;
  for (const auto& one : authority->invitations) {
    if (text.size() < kLeastDigits || !one.id.hex().starts_with(text)) continue;
    if (found)
      return error(Code::ambiguous, "ID: several invitations begin with " + std::string(text),
                   "write more digits");
    found = one.id;
  }
  if (!found)
    return error(Code::not_found, "ID: no invitation begins with " + std::string(text),
                 "rukunctl invite list");
  TRY_VOID(engine->revoke_invite(space.id, *found));
  session.wrote();
  if (out.json()) {
    out.document().object().pair("invite", found->hex()).pair("state", "revoked").end_object();
  }
  out.line(out.pick("Undangan dicabut. Selanjutnya: tukar data, supaya yang lain tahu.",
                    "The invitation is revoked. Next: exchange data, so that the others know."));
  return {};
}

}  // namespace

Commands member_commands() {
  const Param member{"ID", Param::one, true, "anggota: nama, atau awal id dari member list",
                     "the member: a name, or the beginning of an id from member list"};
  const Param root{"--root", Param::one, false,
                   "24 kata dari lembar pemulihan kelompok, bila laptop ketua hilang",
                   "the 24 words of the neighborhood's recovery sheet, when the head's laptop is "
                   "lost"};
  const Param root_file{"--root-file", Param::one, false, "berkas berisi 24 kata itu",
                        "file that holds these 24 words"};
  return {
      {"member role",
       "ID ROLE [--root \"...\" | --root-file FILE]",
       "mengganti peran anggota, atau menerima kembali yang pernah dikeluarkan",
       "give a member another role, or admit again who was removed",
       {member,
        {"ROLE", Param::one, true, "head, volunteer, office atau reader",
         "head, volunteer, office or reader"},
        root,
        root_file},
       member_role},
      {"member remove",
       "ID --reason TEXT [--root \"...\" | --root-file FILE]",
       "mengeluarkan anggota dan mengganti kunci",
       "remove a member and change the key",
       {member, {"--reason", Param::one, true, "alasan", "why"}, root, root_file},
       member_remove},
      {"member lost",
       "ID [--root \"...\" | --root-file FILE]",
       "laptop anggota hilang atau dicuri: keluarkan dan ganti kunci",
       "a member's laptop was lost or stolen: remove it and change the key",
       {member, root, root_file},
       member_lost},
      {"member adopt",
       "TXN... [--leave-out]",
       "menerima catatan yang tidak berlaku, atau membiarkannya",
       "let entries count that do not, or leave them out",
       {{"TXN", Param::many, true, "tindakan, dari attention", "entries, from attention"},
        {"--leave-out", Param::flag, false, "biarkan, jangan ditampilkan lagi",
         "leave them out, and show them no more"}},
       member_adopt},
      {"invite revoke",
       "ID",
       "mencabut undangan yang belum dipakai",
       "revoke an invitation that nobody has used",
       {{"ID", Param::one, true, "awal id dari invite list",
         "the beginning of an id from invite list"}},
       invite_revoke},
  };
}

}  // namespace rukun::cli
