// Profiles and how they are unlocked.
#include "app/cli/session.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kUsualUnlock_ms = 1000;
constexpr std::int64_t kMostUnlock_ms = 60'000;
constexpr std::size_t kDrawnWords = 4;

Result<std::int64_t> whole_number(std::string_view name, std::string_view text, std::int64_t most) {
  std::int64_t out = 0;
  bool fine = !text.empty() && text.size() < 10;
  for (const char c : text) {
    fine = fine && c >= '0' && c <= '9';
    out = out * 10 + (c - '0');
  }
  if (fine && out <= most) return out;
  return error(Code::bad_value, std::string(name) + ": " + std::string(text),
               "0 .. " + std::to_string(most));
}

Status init(Session& session, const Arguments& given, Output& out) {
  std::int64_t goal_ms = kUsualUnlock_ms;
  if (const auto text = given.find("--unlock-ms")) {
    TRY(goal_ms, whole_number("--unlock-ms", *text, kMostUnlock_ms));
  }
  TRY(const auto home, session.home());
  TRY(const auto secret, session.passphrase());
  auto& world = session.world();
  ArgonCost cost = kArgonLeast;
  if (goal_ms > 0) {
    TRY(cost, calibrate_argon(world.clock, goal_ms));
  }
  TRY(const auto made,
      create_profile(world.files, home, given.at("--name"), secret.view(), cost, world.random));
  if (out.json()) {
    out.document().object().pair("profile", made.profile.id).pair("member", made.member.hex());
    out.document().pair("recovery", made.recovery).end_object();
  }
  out.line(std::string(out.pick("Profil dibuat: ", "Profile made: ")) + made.profile.name + " (" +
           made.profile.id + ")");
  out.line(std::string(out.pick("Kode pemulihan, catat di kertas, tidak akan ditampilkan lagi: ",
                                "Recovery code, write it on paper, it is never shown again: ")) +
           made.recovery);
  out.line(out.pick("Selanjutnya: rukunctl space create --name \"RT 003/RW 007 ...\", atau join.",
                    "Next: rukunctl space create --name \"RT 003/RW 007 ...\", or join."));
  return {};
}

Status profile_list(Session& session, const Arguments&, Output& out) {
  TRY(const auto home, session.home());
  TRY(const auto profiles, list_profiles(session.world().files, home));
  if (out.json()) {
    out.document().array();
    for (const auto& one : profiles) {
      out.document().object().pair("profile", one.id).pair("name", one.name).end_object();
    }
    out.document().end_array();
  }
  for (const auto& one : profiles) out.line(one.id + "  " + one.name);
  if (profiles.empty()) out.line(out.pick("Belum ada profil.", "There is no profile yet."));
  return {};
}

Status passphrase_change(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto now, session.passphrase());
  Secret next;
  std::string drawn;
  if (given.has("--new-file")) {
    TRY(next, session.passphrase_in(given.at("--new-file")));
  } else {
    drawn = session.world().words.draw(session.world().random, kDrawnWords);
    next = Secret::copy_of(view(drawn));
  }
  TRY_VOID(engine->change_passphrase(now.view(), next.view()));
  if (out.json()) {
    out.document().object();
    if (!drawn.empty()) out.document().pair("passphrase", drawn);
    out.document().end_object();
  }
  out.line(out.pick("Kata sandi diganti.", "The passphrase was changed."));
  if (!drawn.empty()) {
    out.line(std::string(out.pick("Kata sandi baru, ingat baik-baik: ",
                                  "The new passphrase, remember it well: ")) +
             drawn);
  }
  return {};
}

}  // namespace

Commands key_commands() {
  return {
      {"init",
       "--name NAME [--unlock-ms N]",
       "membuat profil dan brankasnya",
       "make a profile and its vault",
       {{"--name", Param::one, true, "nama orang", "the person's name"},
        {"--unlock-ms", Param::one, false, "lama membuka kunci, milidetik (biasanya 1000)",
         "how long unlocking should take, milliseconds (usually 1000)"}},
       init,
       false},
      {"profile list",
       "",
       "profil di folder ini",
       "the profiles of this home",
       {},
       profile_list,
       false},
      {"passphrase change",
       "[--new-file FILE]",
       "mengganti kata sandi; tanpa berkas, empat kata diundi",
       "change the passphrase; without a file, four words are drawn",
       {{"--new-file", Param::one, false, "berkas berisi kata sandi baru",
         "file that holds the new passphrase"}},
       passphrase_change,
       false},
  };
}

}  // namespace rukun::cli
