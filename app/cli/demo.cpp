// A day in a neighborhood on three homes, each step said in one line and checked.
#include <filesystem>

#include "app/cli/demo_home.h"
#include "app/cli/demo_lan.h"
#include "app/cli/session.h"
#include "app/domain/fields.h"
#include "app/report/consolidated.h"
#include "app/report/xlsx.h"
#include "platform/child.h"

namespace rukun::cli {
namespace {

constexpr int kStreamed = 60;       // needs that the killed program is given
constexpr int kBeforeTheKill = 25;  // acknowledged before the plug is pulled

namespace need = fields::need;

FieldChange put(FieldId field, Value value) { return {field, OpType::put, std::move(value)}; }

class Demo {
 public:
  Demo(Session& session, Output& out, Path folder)
      : session_(session),
        out_(out),
        folder_(std::move(folder)),
        stick_(folder_ / "flashdisk"),
        budi_(session.world(), folder_ / "pak-budi"),
        sari_(session.world(), folder_ / "bu-sari"),
        office_(session.world(), folder_ / "kantor-desa") {}

  Result<Path> run() {
    TRY_VOID(session_.world().files.make_dirs(stick_));
    TRY_VOID(found());
    TRY_VOID(invite(sari_, "Bu Sari", Role::volunteer));
    TRY_VOID(invite(office_, "Kantor Desa", Role::office));
    TRY_VOID(first_exchange());
    TRY_VOID(kill_in_the_middle());
    TRY_VOID(two_at_once());
    TRY_VOID(hand_over());
    TRY_VOID(meet());
    TRY_VOID(exchange_all());
    TRY_VOID(compare());
    return write_report();
  }
  std::size_t rows() const { return rows_; }

 private:
  void say(std::string_view id, std::string_view en) {
    out_.line(std::to_string(++step_) + ". " + std::string(out_.pick(id, en)));
  }
  Status check(bool holds, const std::string& what) {
    if (holds) return {};
    return error(Code::io, "demo: " + what);
  }

  Status found() {
    TRY_VOID(budi_.settle("Pak Budi"));
    TRY(const auto made, budi_.engine().create_space("RT 003/RW 007 Sukamaju", "32.04.12.2005"));
    space_ = made.space;
    namespace h = fields::household;
    TRY(const auto household,
        budi_.add(space_, h::kKind,
                  {put(h::kName, std::string("Bu Ani")), put(h::kRt, std::int64_t{3}),
                   put(h::kRw, std::int64_t{7})}));
    TRY(need_,
        budi_.add(space_, need::kKind,
                  {put(need::kCategory, std::int64_t{1}), put(need::kItem, std::string("rice")),
                   put(need::kQuantity, std::int64_t{5000}), put(need::kUnit, std::string("kg")),
                   put(need::kUrgency, need::kUrgencyUrgent), put(need::kHousehold, household)}));
    say("Pak Budi membuat kelompok RT 003/RW 007 dan mencatat: Bu Ani butuh beras 5 kg.",
        "Pak Budi founds RT 003/RW 007 and records: Bu Ani needs 5 kg of rice.");
    return {};
  }

  Status invite(DemoHome& guest, const std::string& name, Role role) {
    TRY(const auto invitation, budi_.engine().create_invite(space_, role, false));
    TRY_VOID(guest.settle(name));
    const auto code = invitation.code.value_or("");
    TRY_VOID(guest.engine().join(invitation.file, code).map([](const Joined&) {}));
    const auto said = " \"" + code + "\"";
    say(name + " bergabung dengan berkas undangan dan dua kata" + said + ".",
        name + " joins with an invitation file and two words" + said + ".");
    return {};
  }

  Status exchange(DemoHome& person) {
    TRY(const auto report, person.engine().sync_folder(stick_));
    return check(report.refused.empty() && report.safe_to_remove,
                 "the stick was not safe to remove");
  }
  // Round the neighborhood twice: out, and home again.
  Status exchange_all() {
    for (int round = 0; round < 2; ++round) {
      for (auto* person : {&budi_, &sari_, &office_}) TRY_VOID(exchange(*person));
    }
    return {};
  }

  Status first_exchange() {
    TRY_VOID(exchange_all());
    TRY(const auto info, sari_.engine().space(space_));
    TRY(const auto here, sari_.engine().records().row(info.number, need_));
    TRY_VOID(check(here && info.members == 3, "the need or a member did not arrive"));
    TRY(const auto status, budi_.engine().status(space_));
    TRY_VOID(check(status.unsent == 0, "something of Pak Budi's reached nobody"));
    say("Flashdisk berkeliling: Bu Sari dan kantor desa punya catatan yang sama. Aman dicabut.",
        "The stick goes round: Bu Sari and the village office have the same records. Safe to "
        "remove.");
    return {};
  }

  // Another run of this program under Bu Sari's home, killed while it stores.
  Status kill_in_the_middle() {
    sari_.leave();
    ChildSetup setup;
    setup.program = session_.world().program;
    setup.arguments = {"--home", sari_.home().string(), "--json", "--quiet", "batch", "-"};
    setup.environment = {{"RUKUN_PASSPHRASE", std::string(DemoHome::kPassphrase)},
                         {"XDG_STATE_HOME", sari_.state_parent().string()}};
    TRY(auto child, Child::start(setup));
    std::string lines;
    for (int i = 1; i <= kStreamed; ++i) {
      lines += "add need title=\"Air minum " + std::to_string(i) +
               "\" category=water item=\"air minum\" quantity=1 unit=galon urgency=segera\n";
    }
    TRY_VOID(child.write(lines));
    std::vector<std::string> acknowledged;
    while (static_cast<int>(acknowledged.size()) < kBeforeTheKill) {
      TRY(const auto line, child.read_line());
      TRY_VOID(check(line.has_value(), "the program ended before it was killed"));
      acknowledged.push_back(*line);
    }
    child.kill();
    while (true) {
      TRY(const auto line, child.read_line());
      if (!line) break;
      acknowledged.push_back(*line);
    }
    TRY_VOID(child.wait());  // it was killed: how it ended says nothing
    TRY_VOID(sari_.open());
    return compare_with(acknowledged);
  }

  Status compare_with(const std::vector<std::string>& acknowledged) {
    TRY(const auto info, sari_.engine().space(space_));
    for (const auto& line : acknowledged) {
      const auto at = line.find("\"id\":\"");
      TRY_VOID(check(at != std::string::npos, "an answer without an id: " + line));
      const auto raw = from_hex(std::string_view(line).substr(at + 6, 2 * RecordId::kSize));
      const auto id = raw ? RecordId::from(*raw) : std::nullopt;
      TRY_VOID(check(id.has_value(), "an answer without an id: " + line));
      TRY(const auto row, sari_.engine().records().row(info.number, *id));
      TRY_VOID(check(row.has_value(), "a record that was acknowledged is gone"));
    }
    TRY(const auto problems, sari_.engine().verify());
    TRY_VOID(check(problems.empty(), "verify found problems after the kill"));
    const auto count = std::to_string(acknowledged.size());
    say("Laptop Bu Sari mati di tengah pencatatan: semua " + count +
            " catatan yang sudah dijawab tersimpan masih ada.",
        "Bu Sari's laptop dies while she records: all " + count +
            " records that were said to be stored are there.");
    return {};
  }

  Status two_at_once() {
    TRY_VOID(exchange_all());
    TRY_VOID(budi_.set(space_, need_, put(need::kQuantity, std::int64_t{8000})));
    TRY_VOID(sari_.set(space_, need_, put(need::kQuantity, std::int64_t{10'000})));
    TRY_VOID(exchange_all());
    for (auto* person : {&budi_, &sari_, &office_}) {
      TRY(const auto found, person->engine().conflicts(space_));
      TRY_VOID(check(found.size() == 1 && found.front().values.size() == 2,
                     "the conflict is not seen everywhere"));
    }
    say("Pak Budi menulis 8 kg, Bu Sari 10 kg, tanpa saling tahu: keduanya ditampilkan, tidak ada "
        "yang hilang.",
        "Pak Budi writes 8 kg, Bu Sari 10 kg, neither knowing: both are shown, nothing is lost.");
    TRY_VOID(budi_.engine()
                 .execute(space_, {{ResolveField{need_, need::kQuantity, std::int64_t{10'000}}}})
                 .map([](const Outcome&) {}));
    TRY_VOID(exchange_all());
    for (auto* person : {&budi_, &sari_, &office_}) {
      TRY(const auto left, person->engine().conflicts(space_));
      TRY_VOID(check(left.empty(), "a conflict is left after the decision"));
    }
    say("Pak Budi memutuskan: 10 kg. Setelah flashdisk berkeliling, semua sama.",
        "Pak Budi decides: 10 kg. After the stick has gone round, all agree.");
    return {};
  }

  Status hand_over() {
    namespace p = fields::pledge;
    namespace h = fields::handover;
    TRY(const auto pledge,
        sari_.add(space_, p::kKind, {put(p::kNeed, need_), put(p::kQuantity, std::int64_t{6000})}));
    TRY_VOID(sari_
                 .add(space_, h::kKind,
                      {put(h::kPledge, pledge), put(h::kQuantity, std::int64_t{4000}),
                       put(h::kReceivedBy, std::string("Bu Ani"))})
                 .map([](const RecordId&) {}));
    say("Bu Sari menyanggupi 6 kg dan menyerahkan 4 kg kepada Bu Ani.",
        "Bu Sari promises 6 kg and hands 4 kg over to Bu Ani.");
    return {};
  }

  Status meet() {
    TRY(const auto report, meet_on_loopback(sari_.engine(), budi_.engine()));
    TRY_VOID(check(report.spaces.size() == 1 && report.spaces.front().sent >= 2,
                   "the handover did not travel over the LAN"));
    TRY(const auto budi, budi_.digest(space_));
    TRY(const auto sari, sari_.digest(space_));
    TRY_VOID(check(budi == sari, "two laptops that have met differ"));
    say("Laptop Bu Sari dan Pak Budi bertemu di jaringan: semuanya sampai tanpa flashdisk.",
        "Bu Sari's and Pak Budi's laptops meet on the network: all arrives without a stick.");
    return {};
  }

  Status compare() {
    TRY(const auto budi, budi_.digest(space_));
    TRY(const auto sari, sari_.digest(space_));
    TRY(const auto office, office_.digest(space_));
    TRY_VOID(check(budi == sari && sari == office, "the three laptops differ"));
    say("Ketiga laptop memegang catatan yang sama, byte demi byte.",
        "The three laptops hold the same records, byte for byte.");
    return {};
  }

  Result<Path> write_report() {
    auto& engine = office_.engine();
    const auto& world = session_.world();
    TRY(const auto sources, sources_of(engine, engine.spaces()));
    TRY(const auto both, consolidated(engine.records(), sources,
                                      {out_.language(), world.clock.now(), 7, &world.items}));
    rows_ = both.rows;
    TRY_VOID(check(rows_ == 2, "the office's report should have two rows: rice and water"));
    const auto file = folder_ / "rekap.xlsx";
    const std::vector<Table> sheets{both.by_space, both.totals};
    TRY_VOID(write_xlsx(file, sheets, {out_.language()}));
    say("Kantor desa menulis rekap kebutuhan:",
        "The village office writes its consolidated report:");
    return file;
  }

  Session& session_;
  Output& out_;
  Path folder_;
  Path stick_;
  DemoHome budi_, sari_, office_;
  SpaceId space_;
  RecordId need_;
  std::size_t rows_ = 0;
  int step_ = 0;
};

Result<Path> demo_folder(Session& session, const Arguments& given) {
  auto& world = session.world();
  Path folder(given.at("--dir"));
  if (folder.empty()) {
    Bytes raw(6);
    world.random.fill(raw);
    std::error_code failed;
    folder = std::filesystem::temp_directory_path(failed) / ("rukun-demo-" + to_hex(raw));
  }
  TRY(const bool used, world.files.exists(folder / "pak-budi"));
  if (used) {
    return error(
        Code::not_allowed,
        folder.string() + std::string(session.pick(": sudah ada demo di folder ini",
                                                   ": there is a demo in this folder already")),
        std::string(session.pick("sebutkan folder lain dengan --dir", "name another with --dir")));
  }
  TRY_VOID(world.files.make_dirs(folder));
  return std::filesystem::absolute(folder);
}

Status demo(Session& session, const Arguments& given, Output& out) {
  TRY(auto folder, demo_folder(session, given));
  Demo day(session, out, std::move(folder));
  const auto file = day.run();
  // Whatever failed, the demo as a whole could not be done.
  if (!file) return error(Code::io, sentence(file.error(), out.language()));
  if (out.json()) {
    out.document().object().pair("file", file->string()).count("rows", day.rows()).end_object();
  }
  out.line(file->string());
  return {};
}

}  // namespace

Commands demo_commands() {
  return {
      {"demo",
       "[--dir DIR]",
       "sehari di sebuah RT dengan tiga laptop, langkah demi langkah",
       "a day in a neighborhood on three laptops, step by step",
       {{"--dir", Param::one, false, "folder untuk demo (biasanya folder sementara)",
         "folder for the demo (usually a temporary one)"}},
       demo,
       false},
  };
}

}  // namespace rukun::cli
