// Safety: the full check, and sealed copies.
#include "app/cli/session.h"

namespace rukun::cli {
namespace {

Status verify(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto problems, engine->verify());
  if (out.json()) {
    out.document().object().flag("ok", problems.empty()).key("problems").array();
    for (const auto& one : problems) out.document().text(one);
    out.document().end_array().end_object();
  }
  for (const auto& one : problems) out.line(one);
  if (problems.empty()) {
    out.line(out.pick("Semua rantai, tanda tangan dan catatan diperiksa: baik.",
                      "All chains, signatures and records were checked: all is well."));
  } else {
    out.ends_with(kRefused);
  }
  return {};
}

Status backup(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto bytes, engine->backup(given.at("FILE")));
  if (out.json()) {
    out.document().object().pair("file", given.at("FILE")).count("bytes", bytes).end_object();
  }
  out.line(given.at("FILE") + ": " + std::to_string(bytes) +
           std::string(out.pick(" byte, terkunci dengan kata sandi yang sama",
                                " bytes, locked by the same passphrase")));
  return {};
}

Status restore(Session& session, const Arguments& given, Output& out) {
  TRY(const auto home, session.home());
  TRY(const auto profile, restore_profile(session.world().files, home, given.at("FILE")));
  if (out.json()) {
    out.document().object().pair("profile", profile.id).pair("name", profile.name).end_object();
  }
  out.line(std::string(out.pick("Dipulihkan: ", "Restored: ")) + profile.name + " (" + profile.id +
           ")");
  return {};
}

}  // namespace

Commands care_commands() {
  const Param file{"FILE", Param::one, true, "berkas cadangan", "the backup file"};
  return {
      {"verify",
       "",
       "memeriksa semua rantai, tanda tangan dan catatan",
       "check all chains, signatures and records",
       {},
       verify},
      {"backup",
       "FILE",
       "salinan terkunci dari profil ini",
       "a sealed copy of this profile",
       {file},
       backup},
      {"restore",
       "FILE",
       "menjadikan salinan sebuah profil lagi",
       "make a profile of a sealed copy",
       {file},
       restore,
       false},
  };
}

}  // namespace rukun::cli
