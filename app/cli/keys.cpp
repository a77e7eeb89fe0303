// Profiles and how they are unlocked.
#include "app/cli/print.h"
#include "app/cli/session.h"
#include "app/domain/memory_words.h"
#include "app/domain/passphrase.h"
#include "app/report/sheets_people.h"

namespace rukun::cli {
namespace {

constexpr std::int64_t kUsualUnlock_ms = 1000;
constexpr std::int64_t kMostUnlock_ms = 60'000;
constexpr std::size_t kMostTyped = 4096;

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

Result<ArgonCost> cost_for(Session& session, const Arguments& given) {
  std::int64_t goal_ms = kUsualUnlock_ms;
  if (const auto text = given.find("--unlock-ms")) {
    TRY(goal_ms, whole_number("--unlock-ms", *text, kMostUnlock_ms));
  }
  if (goal_ms == 0) return kArgonLeast;
  return calibrate_argon(session.world().clock, goal_ms);
}

// One line from standard input; empty at its end.
Secret typed_line(Session& session) {
  std::string line;
  char next = 0;
  auto& in = session.world().in;
  line.reserve(kMostTyped);  // it never moves, so one wipe is enough
  while (line.size() < kMostTyped && in.get(next) && next != '\n') line += next;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  auto typed = Secret::copy_of(view(line));
  wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.capacity()});
  return typed;
}

// Draws four words, shows them and has them typed back: on stderr and stdin, so that stdout stays
// the command's answer.
Result<Secret> drawn_and_typed_back(Session& session) {
  auto& world = session.world();
  auto drawn = world.words.draw(world.random, kDrawnPassphraseWords);
  world.err(std::string(session.pick("Kata sandi Anda, catat dan ingat: ",
                                     "Your passphrase, write it down and remember it: ")) +
            drawn + "\n" +
            std::string(session.pick("Ketik keempat kata itu: ", "Type the four words: ")));
  const auto typed = typed_line(session);
  world.err("\n");
  auto secret = Secret::copy_of(view(drawn));
  wipe({reinterpret_cast<std::uint8_t*>(drawn.data()), drawn.size()});
  const auto same = world.words.normalized(text_of(typed.view()), session.language());
  if (same && equal_secret(view(*same), secret.view())) return secret;
  if (typed.empty()) return session.passphrase();  // says how to give one
  return error(Code::bad_value,
               std::string(session.pick("kata-kata yang diketik tidak sama dengan yang diundi",
                                        "what was typed is not what was drawn")),
               std::string(session.pick("tidak ada yang dibuat; ulangi perintah ini",
                                        "nothing was made; run the command again")));
}

void remark_weak(Session& session, const Secret& secret, std::string_view owner, Output& out) {
  const auto warning =
      passphrase_warning(text_of(secret.view()), owner, session.world().words, session.language());
  if (!warning.empty()) out.remark(warning);
}

void remark_memory(Output& out) {
  for (const auto& warning : memory_warnings(memory_risks(), out.language())) out.remark(warning);
}

// From a file, else four drawn words, which then stand in `drawn`.
Result<Secret> next_passphrase(Session& session, const Arguments& given, std::string_view owner,
                               std::string& drawn, Output& out) {
  if (given.has("--new-file")) {
    TRY(auto next, session.passphrase_in(given.at("--new-file")));
    remark_weak(session, next, owner, out);
    return next;
  }
  drawn = session.world().words.draw(session.world().random, kDrawnPassphraseWords);
  return Secret::copy_of(view(drawn));
}

void say_changed(const std::string& drawn, Output& out) {
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
  remark_memory(out);
}

Status init(Session& session, const Arguments& given, Output& out) {
  TRY(const auto home, session.home());
  auto& world = session.world();
  const bool own = session.passphrase_given();
  TRY(const auto secret, own ? session.passphrase() : drawn_and_typed_back(session));
  if (own) remark_weak(session, secret, given.at("--name"), out);
  TRY(const auto cost, cost_for(session, given));
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
  write_once_sheet(session, given,
                   recovery_sheet(made.profile.name, made.recovery, session.language()),
                   made.profile.name, out);
  out.line(out.pick("Selanjutnya: rukunctl space create --name \"RT 003/RW 007 ...\", atau join.",
                    "Next: rukunctl space create --name \"RT 003/RW 007 ...\", or join."));
  remark_memory(out);
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
  std::string drawn;
  TRY(const auto next, next_passphrase(session, given, engine->my_name(), drawn, out));
  TRY_VOID(engine->change_passphrase(now.view(), next.view()));
  say_changed(drawn, out);
  return {};
}

Status recover(Session& session, const Arguments& given, Output& out) {
  TRY(const auto who, session.profile());
  Secret text;
  if (given.has("--code-file")) {
    TRY(text, session.passphrase_in(given.at("--code-file")));
  } else {
    session.world().err(std::string(
        session.pick("Kode pemulihan dari kertas: ", "The recovery code from your paper: ")));
    text = typed_line(session);
    session.world().err("\n");
  }
  TRY(const auto code, RecoveryCode::parse(text_of(text.view())));
  std::string drawn;
  TRY(const auto next, next_passphrase(session, given, who.name, drawn, out));
  TRY(const auto cost, cost_for(session, given));
  auto& world = session.world();
  TRY_VOID(recover_profile(world.files, who, code, next.view(), cost, world.clock, world.random));
  say_changed(drawn, out);
  return {};
}

}  // namespace

Commands key_commands() {
  const Param unlock_ms{"--unlock-ms", Param::one, false,
                        "lama membuka kunci, milidetik (biasanya 1000)",
                        "how long unlocking should take, milliseconds (usually 1000)"};
  const Param new_file{"--new-file", Param::one, false, "berkas berisi kata sandi baru",
                       "file that holds the new passphrase"};
  return {
      {"init",
       "--name NAME [--unlock-ms N] [--sheet FILE]",
       "membuat profil dan brankasnya; tanpa kata sandi, empat kata diundi dan diketik ulang",
       "make a profile and its vault; without a passphrase, four words are drawn and typed back",
       {{"--name", Param::one, true, "nama orang", "the person's name"},
        unlock_ms,
        {"--sheet", Param::one, false, "kode pemulihan juga sebagai PDF untuk dicetak",
         "the recovery code also as a PDF to print"}},
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
       {new_file},
       passphrase_change,
       false},
      {"recover",
       "[--code-file FILE] [--new-file FILE] [--unlock-ms N]",
       "kata sandi baru dengan kode pemulihan; tanpa berkas, kode diketik dan empat kata diundi",
       "a new passphrase by the recovery code; without files, the code is typed and four words are "
       "drawn",
       {{"--code-file", Param::one, false, "berkas berisi kode pemulihan",
         "file that holds the recovery code"},
        new_file,
        unlock_ms},
       recover,
       false},
  };
}

}  // namespace rukun::cli
