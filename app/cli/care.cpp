// Safety: the full check, sealed copies, and who looked at personal data here.
#include "app/cli/session.h"
#include "app/engine/access_log.h"

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

// What stands as "household 1a2b…" names its record by the title that it has now.
std::string subject_text(Engine& engine, const AccessEntry& entry, Language language) {
  const auto space = entry.subject.find(' ');
  const auto id = space == std::string::npos
                      ? std::nullopt
                      : from_hex(std::string_view(entry.subject).substr(space + 1));
  const auto record = id ? RecordId::from(*id) : std::nullopt;
  if (!record) return entry.subject;
  for (const auto& place : engine.spaces()) {
    const auto row = engine.records().row(place.number, *record);
    if (row && *row) return title_of(engine, place.id, *record, language);
  }
  return entry.subject;
}

Status access_log(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto entries, engine->local().accesses());
  if (out.json()) {
    out.document().array();
    for (const auto& one : entries) {
      out.document().object().pair("at", rfc3339_utc(one.at)).pair("action", one.action);
      out.document().pair("subject", one.subject).count("rows", one.rows).end_object();
    }
    out.document().end_array();
    return {};
  }
  for (const auto& one : entries) {
    auto line = format_instant(one.at, kWibOffset_min, out.language()) + "  " +
                std::string(access_words(one.action, out.language()));
    const auto subject = subject_text(*engine, one, out.language());
    if (!subject.empty()) line += ": " + subject;
    if (one.rows > 1) line += " (" + std::to_string(one.rows) + "×)";
    out.line(line);
  }
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
      {"access-log",
       "",
       "siapa membuka, mencetak, mengekspor data pribadi, dan membuka kunci, di profil ini",
       "who opened, printed, exported personal data, and unlocked, in this profile",
       {},
       access_log},
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
