// Cetak as a person uses it: few presses, a file where it was said to be, what stands on it, and
// plain words when there is none.
#include <fstream>
#include <iterator>

#include "tests/support/catch.h"
#include "tests/support/printed.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

std::vector<std::filesystem::path> papers_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  if (!std::filesystem::exists(folder)) return out;
  for (const auto& one : std::filesystem::directory_iterator(folder)) out.push_back(one.path());
  std::sort(out.begin(), out.end());
  return out;
}

// Everything that stands on it; empty where poppler is missing.
std::string paper_text(const std::filesystem::path& file) {
  std::string out;
  for (const auto& page : pages_of(file)) out += flat(page);
  return out;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const PrintView& printed(Laptop& laptop) { return laptop.presenter().views()->shell.print.value(); }

std::string last_access(Laptop& laptop) {
  laptop.presenter().execute(Go{Screen::access});
  const AccessRow row = laptop.presenter().views()->access.rows.at(0);
  return row.what + " · " + row.subject + " · " + row.rows;
}

struct OneLaptop {
  OneLaptop() : stick(sari.folder() / "FLASHDISK"), papers(sari.folder() / "Dokumen") {
    std::filesystem::create_directory(stick);
    sari.begin("Bu Sari");
    sari.add_need("Bu Ani", "rice", "5", "kg");
  }
  void plug_in() { sari.sticks = {{stick, "FLASHDISK"}}; }

  Laptop sari;
  std::filesystem::path stick, papers;
};

}  // namespace

TEST_CASE("the open list is on paper after two presses, for the board without names",
          "[ui][print]") {
  OneLaptop rt;
  rt.sari.presenter().execute(Go{Screen::needs});
  rt.sari.presenter().execute(Deed{.what = Deed::What::write,
                                   .record = rt.sari.presenter().views()->needs.rows.at(0).id,
                                   .fields = {{"privacy", "public"}}});
  WindowHarness window(rt.sari.presenter());
  const auto before = window.inputs();
  window.press_id("needs.print");
  window.press("Untuk papan pengumuman");
  CHECK(window.inputs() - before <= 3);
  CHECK(window.sees("Tersimpan di " + rt.papers.string()));
  CHECK(window.sees("1 halaman"));
  const auto files = papers_in(rt.papers);
  REQUIRE(files.size() == 1);
  CHECK(files.at(0).filename().string().find("Daftar kebutuhan 20") == 0);
  const auto board = paper_text(files.at(0));
  if (!board.empty()) {
    CHECK(board.find("Beras") != std::string::npos);
    CHECK(board.find("Bu Ani") == std::string::npos);
  }
  const auto kept = bytes_of(files.at(0));
  window.press("Selesai");
  CHECK_FALSE(rt.sari.presenter().views()->shell.print);

  // The second one of a day does not take the first one's place.
  window.press_id("needs.print");
  window.press("Untuk pengurus");
  CHECK(window.sees("(2).pdf"));
  REQUIRE(papers_in(rt.papers).size() == 2);
  CHECK(bytes_of(files.at(0)) == kept);
  const auto names = paper_text(papers_in(rt.papers).at(0));
  if (!board.empty()) CHECK(names.find("Bu Ani") != std::string::npos);
  CHECK(last_access(rt.sari) == "Mencetak atau menyimpan ke berkas · Daftar kebutuhan · 2");
}

TEST_CASE("an invitation is printed for whoever was invited, on the stick that is plugged in",
          "[ui][print]") {
  OneLaptop rt;
  rt.plug_in();
  rt.sari.presenter().execute(Go{Screen::members});
  rt.sari.presenter().execute(MakeInvite{"volunteer", rt.stick.string()});
  WindowHarness window(rt.sari.presenter());
  const auto words = rt.sari.presenter().views()->members.made.value().words;
  window.press("Cetak undangan (A6)");
  CHECK(window.sees("lalu hapus berkas itu"));
  const auto files = papers_in(rt.stick);
  REQUIRE(files.size() == 2);  // beside the invitation itself
  const auto& paper = files.at(0).extension() == ".pdf" ? files.at(0) : files.at(1);
  const auto text = paper_text(paper);
  if (!text.empty()) {
    CHECK(text.find(words.substr(0, words.find(' '))) != std::string::npos);
    CHECK(text.find("Diundang oleh") != std::string::npos);
    CHECK(pdf_facts(paper).find("297.638 x 419.528") != std::string::npos);  // A6
  }
  window.key(Key::escape);
  CHECK(window.find_id("print.close") == nullptr);
  window.press_id("members.done");
  // Its words are kept nowhere, so later there is nothing to print.
  rt.sari.presenter().execute(Deed{.what = Deed::What::print, .kind = "invite"});
  CHECK(printed(rt.sari).failed.find("sudah ditutup") != std::string::npos);
  CHECK(papers_in(rt.stick).size() == 2);
}

TEST_CASE("all that is kept about one person is printed from their page", "[ui][print]") {
  OneLaptop rt;
  rt.sari.presenter().execute(Go{Screen::households});
  const auto id = rt.sari.presenter().views()->records.rows.at(0).id;
  for (const char* name : {"Ani", "Budi Santoso", "Siti"})
    rt.sari.add("resident",
                {{"name", name},
                 {"birth_date", "1960-01-15"},
                 {"birth_place", "Bandung"},
                 {"phone", "08123456789"},

                 {"disability", "physical"},
                 {"note", "Jalan pelan, perlu kursi roda dan teman saat menyeberang"}},
                {{"household", id}});
  rt.sari.presenter().execute(Go{Screen::households, id});
  WindowHarness window(rt.sari.presenter());
  window.press("Cetak data orang ini");
  const auto files = papers_in(rt.papers);
  REQUIRE(files.size() == 1);
  // No name on the outside.
  CHECK(files.at(0).filename().string().find("Data pribadi 20") == 0);
  const auto text = paper_text(files.at(0));
  // All of a family's on one sheet.
  CHECK(window.sees("1 halaman"));
  if (!text.empty()) CHECK(text.find("Data yang disimpan tentang: Bu Ani") != std::string::npos);
  const auto noted = last_access(rt.sari);
  CHECK(noted.find("Bu Ani") != std::string::npos);
  CHECK(std::stoi(noted.substr(noted.rfind(' '))) == 36);
}

TEST_CASE("every list prints, and says where the file is", "[ui][print]") {
  OneLaptop rt;
  rt.plug_in();
  Presenter& sari = rt.sari.presenter();
  rt.sari.add_offer("Pak Joko", "rice", "5", "kg");
  rt.sari.add("volunteer", {{"name", "Mas Agus"}});
  const auto program =
      rt.sari.add("program", {{"title", "BLT"}, {"source", "central"}, {"target", "household"}});
  const auto drive =
      rt.sari.add("drive", {{"title", "Kas ronda"}, {"goal_type", "money"}, {"target", "100000"}});
  std::size_t papers = 0;
  const auto print = [&](const Deed& deed, const char* says) {
    CAPTURE(deed.kind, deed.other);
    sari.execute(deed);
    for (const auto& choice : std::vector<DeedButton>(printed(rt.sari).choices)) {
      CAPTURE(choice.label);
      sari.execute(choice.deed);
      CHECK(printed(rt.sari).failed.empty());
      CHECK(papers_in(rt.stick).size() == ++papers);
      sari.execute(deed);
    }
    if (printed(rt.sari).choices.empty()) {
      CHECK(printed(rt.sari).failed.empty());
      CHECK(papers_in(rt.stick).size() == ++papers);
    }
    const auto text = papers == 0 ? std::string() : printed(rt.sari).saved;
    if (!text.empty()) {
      const auto end = text.find(".pdf") + 4;
      const auto on_paper = paper_text(text.substr(13, end - 13));
      if (!on_paper.empty()) CHECK(on_paper.find(says) != std::string::npos);
    }
    sari.execute(ClosePrint{});
  };
  struct Shown {
    Screen screen;
    const char* tab;
    const char* says;
  };
  for (const auto& one :
       {Shown{Screen::offers, "offers", "rice"}, Shown{Screen::volunteers, "volunteers", "Agus"},
        Shown{Screen::households, "residents", "Tidak ada catatan"},
        Shown{Screen::distribution, "programs", "BLT"},
        Shown{Screen::distribution, "handovers", "Tidak ada catatan"},
        Shown{Screen::community, "drives", "Kas ronda"},
        Shown{Screen::community, "notices", "Tidak ada catatan"}}) {
    CAPTURE(one.tab);
    sari.execute(Go{one.screen});
    sari.execute(ShowTab{one.tab});
    const auto buttons = sari.views()->records.add;
    REQUIRE_FALSE(buttons.empty());
    REQUIRE(buttons.back().deed.what == Deed::What::print);
    print(buttons.back().deed, one.says);
  }
  sari.execute(Go{Screen::members});
  print(Deed{.what = Deed::What::print, .kind = "members"}, "Bu Sari");
  for (const auto& [screen, id] :
       {std::pair{Screen::distribution, program}, std::pair{Screen::community, drive}}) {
    sari.execute(Go{screen, id});
    print(sari.views()->records.detail.value().buttons.back().deed, "");
  }
}

TEST_CASE("the duty roster of four weeks is printed, and nothing when nobody is on duty",
          "[ui][print]") {
  OneLaptop rt;
  Presenter& sari = rt.sari.presenter();
  sari.execute(Go{Screen::schedule});
  const auto buttons = sari.views()->schedule.add;
  const auto print = std::find_if(buttons.begin(), buttons.end(), [](const DeedButton& one) {
    return one.deed.what == Deed::What::print;
  });
  REQUIRE(print != buttons.end());
  const Deed roster = print->deed;
  sari.execute(roster);
  const Deed all = printed(rt.sari).choices.at(0).deed;
  sari.execute(all);
  CHECK(printed(rt.sari).failed.find("Pilih minggu lain") != std::string::npos);
  CHECK(papers_in(rt.papers).empty());
  rt.sari.add_shift({{"name", "Ronda malam"}, {"type", "ronda"}, {"default_slots", "4"}},
                    "besok 22.00", "lusa 04.00");
  sari.execute(all);
  REQUIRE(papers_in(rt.papers).size() == 1);
  const auto text = paper_text(papers_in(rt.papers).at(0));
  if (!text.empty()) CHECK(text.find("Jadwal Ronda malam") != std::string::npos);
}

TEST_CASE("a stick that cannot be written leaves nothing behind and says what to do",
          "[ui][print]") {
  OneLaptop rt;
  rt.sari.sticks = {{rt.stick / "dicabut", "FLASHDISK"}};
  WindowHarness window(rt.sari.presenter());
  window.press("Kebutuhan");
  window.press_id("needs.print");
  window.press("Untuk pengurus");
  CHECK_FALSE(printed(rt.sari).failed.empty());
  CHECK_FALSE(window.sees("halaman"));
  CHECK(papers_in(rt.stick).empty());
  std::filesystem::create_directory(rt.stick / "dicabut");
  window.press("Coba lagi");
  CHECK(window.sees("1 halaman"));
  CHECK(papers_in(rt.stick / "dicabut").size() == 1);
}

TEST_CASE("the codes of the first run are printed, and only while they are shown", "[ui][print]") {
  Laptop laptop;
  Presenter& presenter = laptop.presenter();
  presenter.execute(PrintRecovery{});
  CHECK(papers_in(laptop.folder() / "Dokumen").empty());
  std::string passphrase;
  for (const auto& word : presenter.views()->first_run.passphrase)
    passphrase += (passphrase.empty() ? "" : " ") + word;
  Begin command;
  command.name = "Bu Sari";
  command.rt = "3";
  command.rw = "7";
  command.village = "Sukamaju";
  command.passphrase.set(passphrase);
  presenter.execute(command);
  const std::string code = presenter.views()->first_run.recovery;
  const std::string root = presenter.views()->first_run.root_code;
  REQUIRE(!code.empty());
  REQUIRE(!root.empty());
  laptop.sticks = {{laptop.folder() / "dicabut", "FLASHDISK"}};
  presenter.execute(PrintRecovery{});
  CHECK(presenter.views()->first_run.sheet.empty());
  CHECK(!presenter.views()->first_run.sheet_failed.empty());
  laptop.sticks.clear();
  WindowHarness window(presenter);
  window.press("Cetak lembar ini");
  CHECK(window.sees("lalu hapus berkas itu"));
  CHECK(presenter.views()->first_run.sheet_failed.empty());
  const auto files = papers_in(laptop.folder() / "Dokumen");
  REQUIRE(files.size() == 1);
  if (const auto text = paper_text(files.at(0)); !text.empty()) {
    CHECK(text.find(code) != std::string::npos);
    CHECK(text.find(root.substr(0, root.find(' '))) != std::string::npos);
    CHECK(text.find("RT 003/RW 007 Sukamaju") != std::string::npos);
  }
  window.press("Sudah saya simpan di kertas");
  presenter.execute(PrintRecovery{});
  CHECK(papers_in(laptop.folder() / "Dokumen").size() == 1);
  CHECK(presenter.views()->first_run.recovery.empty());
}

}  // namespace rukun::test
