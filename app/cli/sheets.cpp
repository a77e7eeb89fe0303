#include "app/cli/sheets.h"

#include "app/report/sheets_aid.h"
#include "app/report/sheets_people.h"
#include "sync/envelope.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kMostInvitationBytes = 16 * 1024 * 1024;

Result<std::string> asked(Session& session, const Arguments& given, std::string_view report,
                          std::string_view option) {
  if (given.has(option)) return given.at(option);
  return error(Code::bad_value,
               "report " + std::string(report) +
                   std::string(session.pick(": belum disebut ", ": lacks ")) + std::string(option),
               "rukunctl report --help");
}

// The file alone does not say whose it is: that is looked up among one's own neighborhoods.
Result<Sheet> invitation(Session& session, const Arguments& given) {
  TRY(const auto path, asked(session, given, "invite", "--file"));
  TRY(const auto bytes, session.world().files.read_file(path, kMostInvitationBytes));
  TRY(const auto file, read_invitation(bytes));
  if (file.locked && !given.has("--code")) {
    return error(
        Code::locked,
        path + std::string(session.pick(": dikunci dengan dua kata", ": locked with two words")),
        "--code \"...\"");
  }
  TRY(const auto seed, open_invitation(file, given.find("--code")));
  const auto key = invitation_keys(seed.view()).signing.key;
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  for (const auto& space : spaces) {
    TRY(const auto* authority, engine->authority(space.id));
    for (const auto& one : authority->invitations) {
      if (one.key != key) continue;
      if (!one.open()) {
        return error(Code::bad_value,
                     path + std::string(session.pick(": undangan ini sudah dipakai atau dicabut",
                                                     ": this invitation was used or revoked")),
                     "rukunctl invite create");
      }
      const auto* by = authority->find(one.by);
      return invitation_sheet({space.name, one.role, by == nullptr ? std::string() : by->name,
                               session.world().words.encode(seed.view())},
                              session.language());
    }
  }
  return error(Code::not_found,
               path + std::string(session.pick(": bukan undangan dari kelompok di profil ini",
                                               ": no invitation of this profile's neighborhoods")),
               "rukunctl invite list");
}

Result<Sheet> handover_paper(Session& session, const Arguments& given, std::string_view name) {
  TRY(const auto text, asked(session, given, name, "--id"));
  TRY(const auto found, session.record(text));
  TRY(auto* engine, session.engine());
  TRY(const auto paper,
      read_handover(*engine, found.space, found.id, session.showing(found.space)));
  return name == "bast" ? bast_sheet(paper, session.language())
                        : receipt_sheet(paper, session.language());
}

Result<Sheet> lost_laptop(Session& session, const Arguments& given) {
  TRY(const auto text, asked(session, given, "lost", "--member"));
  TRY(auto* engine, session.engine());
  TRY(const auto id, session.member(text));
  TRY(const auto space, session.space());
  TRY(const auto paper,
      read_lost(*engine, space, id, session.language(), session.world().clock.now()));
  return lost_sheet(paper, session.language());
}

}  // namespace

Result<std::optional<std::vector<Sheet>>> sheets_named(Session& session, std::string_view name,
                                                       const Arguments& given) {
  std::vector<Sheet> out;
  if (name == "invite") {
    TRY(auto sheet, invitation(session, given));
    out.push_back(std::move(sheet));
  } else if (name == "bast" || name == "receipt") {
    TRY(auto sheet, handover_paper(session, given, name));
    out.push_back(std::move(sheet));
  } else if (name == "lost") {
    TRY(auto sheet, lost_laptop(session, given));
    out.push_back(std::move(sheet));
  }
  if (out.empty()) return std::optional<std::vector<Sheet>>();
  return std::optional(std::move(out));
}

}  // namespace rukun::cli
