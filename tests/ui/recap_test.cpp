// Rekap as an office uses it: who has reported, a line and the records behind it, and the workbook.
#include "tests/publish/server.h"
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Pak Budi's RT with two needs, and the office that has received them.
struct OfficeLaptop {
  OfficeLaptop() : stick(budi.folder() / "FLASHDISK") {
    std::filesystem::create_directory(stick);
    budi.begin("Pak Budi");
    budi.add_need("Bu Ani", "rice", "5", "kg");
    budi.add_need("Bu Wati", "rice", "500", "g");
    budi.presenter().execute(MakeInvite{"office", stick.string()});
    const auto made = budi.presenter().views()->members.made.value();
    office.join("Kantor Desa", made.file, made.code);
    exchange();
    exchange();
  }
  // Both have been at the stick, the office after Pak Budi.
  void exchange() {
    for (Laptop* laptop : {&budi, &office}) {
      laptop->presenter().execute(ExchangeWith{stick.string()});
      laptop->presenter().execute(CloseReceipt{});
    }
  }
  std::filesystem::path results() const {
    const auto folder = office.folder() / "hasil";
    std::filesystem::create_directory(folder);
    return folder;
  }

  Laptop budi{1}, office{2};
  std::filesystem::path stick;
};

}  // namespace

TEST_CASE("an office opens a number of the Rekap into its records, and saves the workbook",
          "[ui][recap]") {
  OfficeLaptop at;
  CHECK_FALSE(at.budi.presenter().views()->shell.has_recap);
  WindowHarness window(at.office.presenter());
  window.press("Rekap");
  CHECK(window.sees("1 dari 1 kelompok RT sudah lapor"));
  CHECK(window.sees("sudah lapor"));
  window.press("Per barang");
  CHECK(window.sees("kurang 5,5 dari 5,5 kg"));
  window.press("Tampilkan grafik");
  CHECK(window.sees("2 belum terpenuhi"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.press("Beras");
  CHECK(at.office.presenter().views()->recap.records.size() == 2);
  CHECK(window.sees("Dicatat oleh Pak Budi di laptop"));
  CHECK(window.sees("Tukar data terakhir"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.key(Key::escape);
  CHECK(at.office.presenter().views()->recap.records.empty());

  const auto folder = at.results();
  for (int copy = 0; copy < 2; ++copy)
    at.office.presenter().execute(ExportRecap{folder.string(), copy == 0});
  CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 2);
  window.settle();
  CHECK(window.sees("Tersimpan di " + folder.string()));
  at.office.presenter().execute(ExportRecap{(folder / "tidak ada").string(), false});
  CHECK_FALSE(at.office.presenter().views()->shell.status.failed.empty());
  CHECK(at.office.presenter().views()->recap.written.empty());
  CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 2);
}

TEST_CASE("what changed since a recap that was handed in is shown in the Rekap, by list",
          "[ui][recap]") {
  OfficeLaptop at;
  WindowHarness window(at.office.presenter());
  window.press("Rekap");
  CHECK(window.sees("Kelompok RT"));
  window.press("Perubahan");
  CHECK(window.sees("Belum ada rekap yang diserahkan"));
  const auto folder = at.results();
  at.office.presenter().execute(ExportRecap{folder.string(), true});
  at.office.clock().move(3600 * 1000);
  window.settle();
  CHECK(window.sees("0 perubahan, 1 angka tetap"));
  at.budi.add_need("Bu Rina", "rice", "2", "kg");
  at.budi.add_need("Pak Joko", "sugar", "1", "kg");
  at.exchange();
  at.office.presenter().execute(Go{Screen::recap});
  at.office.presenter().execute(ShowRecap{"changes", ""});
  const auto views = at.office.presenter().views();
  const auto& changes = views->recap.changes;
  CAPTURE(views->recap.compared);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].goods == "Beras (kg)");
  CHECK(changes[0].needed == "7,5 (dulu 5,5)");
  CHECK(changes[0].difference == "+2");
  CHECK(changes[1].change == "baru");
  CHECK(changes[1].remaining == "1");
  at.office.presenter().execute(ExportRecap{folder.string(), true});
  at.office.presenter().execute(ShowRecap{"changes", ""});
  CHECK(at.office.presenter().views()->recap.changes.empty());
  const auto first = at.office.presenter().views()->recap.versions.back().id;
  window.settle();
  CHECK(window.sees("Tidak ada yang berubah"));
  CHECK(window.sees("Bandingkan dengan rekap yang diserahkan"));
  at.office.presenter().execute(ShowRecap{"changes", first});
  CHECK(at.office.presenter().views()->recap.changes.size() == 2);
  window.settle();
  CHECK(window.sees("+2"));
  CHECK(window.flaws() == std::vector<std::string>{});
}

TEST_CASE("a neighborhood that is silent says belum lapor in the Rekap, and no number",
          "[ui][recap]") {
  OfficeLaptop at;
  at.office.clock().move(std::int64_t{9} * 24 * 3600 * 1000);
  WindowHarness window(at.office.presenter());
  window.press("Rekap");
  CHECK(window.sees("0 dari 1 kelompok RT sudah lapor"));
  CHECK(window.sees("Belum lapor: RT 003/RW 007 Sukamaju"));
  CHECK(window.sees("belum lapor"));
}

TEST_CASE("an office sends the Rekap into a database, and hears what came of it",
          "[ui][recap][publish]") {
  WITH_SERVER(server);
  OfficeLaptop at;
  const auto there = server.database("kecamatan");
  WindowHarness window(at.office.presenter());
  window.press("Rekap");
  const auto send = [&](const std::string& database) {
    window.press("Kirim ke basis data");
    window.press_id("recap.database");
    window.type(database);
    window.press("Kirim sekarang");
  };
  send("host=/tidak/ada dbname=kecamatan");
  CHECK(!at.office.presenter().views()->recap.publish_failed.empty());
  CHECK(at.office.presenter().views()->recap.published.empty());
  window.press("Beranda");
  window.press("Rekap");
  send(there);
  REQUIRE(at.office.presenter().views()->recap.published.size() == 1);
  CHECK(server.ask(there, "SELECT count(*) FROM rukun.need") == "2\n");
  // The line is kept, and a second time there is nothing new to send.
  CHECK(at.office.presenter().views()->recap.database == there);
  at.office.presenter().execute(PublishRecap{there, false});
  window.settle();
  CHECK(window.sees("(0 dikirim, 0 dihapus)"));
}

}  // namespace rukun::test
