// What people meet in their first days: founding, joining by a stick, carrying it to and fro. What
// stands on the screen must be true, and say what comes next.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Bu Sari, who founded, and Pak Budi with her invitation on a stick; nobody has exchanged yet.
struct Founded {
  Founded() : sari(1), budi(2), stick(sari.folder() / "FLASHDISK") {
    std::filesystem::create_directory(stick);
    sari.begin("Bu Sari");
    sari.presenter().execute(MakeInvite{"volunteer", stick.string()});
    made = sari.presenter().views()->members.made.value();
    sari.presenter().execute(CloseInvite{});
    plug_in(sari);
    plug_in(budi);
  }
  void plug_in(Laptop& laptop) const { laptop.sticks = {{stick, "FLASHDISK"}}; }
  // With the window open, which notices it.
  void plug_in(Laptop& laptop, WindowHarness& window) const {
    plug_in(laptop);
    laptop.presenter().idle();
    window.settle();
  }
  static void pull_out(Laptop& laptop, WindowHarness& window) {
    laptop.sticks.clear();
    laptop.presenter().idle();
    window.settle();
  }
  void join() { budi.join("Pak Budi", made.file, made.code); }
  const ExchangeReceipt& exchange(Laptop& laptop) const {
    laptop.presenter().execute(ExchangeWith{stick.string()});
    return laptop.presenter().views()->exchange.receipt.value();
  }
  static void look(Laptop& laptop) {
    laptop.presenter().idle();
    laptop.presenter().execute(Go{Screen::exchange});
  }

  Laptop sari, budi;
  std::filesystem::path stick;
  MadeInvite made;
};

std::string passphrase_in(Laptop& laptop) {
  std::string out;
  for (const auto& word : laptop.presenter().views()->first_run.passphrase)
    out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> attention_of(Laptop& laptop) {
  laptop.presenter().execute(Go{Screen::home});
  std::vector<std::string> out;
  for (const auto& row : laptop.presenter().views()->home.attention) out.push_back(row.words);
  return out;
}

bool has(const std::vector<std::string>& lines, std::string_view words) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(words) != line.npos; });
}

}  // namespace

TEST_CASE("a window that is unlocked at its start shows what is there", "[ui][days]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  laptop.restart(laptop.passphrase());
  WindowHarness window(laptop.presenter());
  CHECK(window.sees("Kebutuhan yang belum terpenuhi (1)"));
  CHECK(window.sees("RT 003/RW 007 Sukamaju"));
}

TEST_CASE("what the engine says in both languages is said in the window's", "[ui][days]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  std::filesystem::remove_all(laptop.folder() / "state");  // as on a laptop that it was copied to
  laptop.restart(laptop.passphrase());
  const std::string said = laptop.presenter().views()->shell.refused;
  CHECK(said.find("mungkin punya salinan di tempat lain") != std::string::npos);
  CHECK(said.find("This data") == std::string::npos);
}

TEST_CASE("the first pages go on with Enter, and RT and RW are taken as people write them",
          "[ui][days]") {
  Laptop laptop;
  WindowHarness window(laptop.presenter());
  window.key(Key::enter);
  window.type("Bu Sari");
  window.key(Key::enter);
  CHECK(window.sees("Anda mau apa?"));
  window.press("Buat kelompok RT baru");
  window.type("tiga");
  window.key(Key::tab);
  window.type("RW 007");
  window.key(Key::tab);
  window.type("Sukamaju");
  window.key(Key::enter);
  CHECK(window.sees("RT dan RW ditulis dengan angka"));
  CHECK(window.sees("Buat kelompok RT baru"));
  for (int i = 0; i < 4; ++i) window.key(Key::backspace);
  window.type("RT 3");
  CHECK_FALSE(window.sees("RT dan RW ditulis dengan angka"));
  window.key(Key::enter);
  CHECK(window.sees("Kata sandi Anda"));
  window.type(passphrase_in(laptop));
  window.key(Key::enter);
  CHECK(window.sees("Kode lembar pemulihan kelompok"));
  CHECK(window.sees("bila laptop ketua hilang"));
  window.press("Sudah saya simpan di kertas");
  CHECK(window.sees("RT 003/RW 007 Sukamaju"));
}

TEST_CASE("spoken words that are wrong are asked for again, and the passphrase stays what it was",
          "[ui][days]") {
  Founded rt;
  WindowHarness window(rt.budi.presenter());
  rt.budi.sticks.clear();
  window.press("Bahasa Indonesia");
  window.type("Pak Budi");
  window.key(Key::enter);
  window.press("Gabung dengan undangan");
  CHECK(window.sees("Colokkan flashdisk dari yang mengundang"));
  rt.plug_in(rt.budi, window);
  window.press("undangan-");
  window.type("bukan ini");  // the field is waiting for it
  window.key(Key::enter);
  const std::string passphrase = passphrase_in(rt.budi);
  window.type(passphrase);
  window.key(Key::enter);
  // Back where they were asked for; neither name nor passphrase can be changed any more.
  CHECK(window.sees("Dua kata itu tidak membuka undangan ini"));
  CHECK(window.sees("Dua kata yang diucapkan"));
  CHECK_FALSE(window.sees("Kata sandi Anda"));
  window.key(Key::escape);
  CHECK(window.sees("Dua kata yang diucapkan"));
  // The words have the keyboard, not the file that was found by itself.
  REQUIRE(window.focused() != nullptr);
  CHECK(window.focused()->id == "first.spoken");
  window.type(rt.made.code);
  window.key(Key::enter);
  CHECK(window.sees("Kode pemulihan"));
  window.press("Sudah saya simpan di kertas");
  window.press("Kunci");
  window.type(passphrase);
  window.key(Key::enter);
  CHECK(window.sees("Yang perlu Anda lakukan"));
}

TEST_CASE("who has joined is told to carry the stick back, and the head who has come",
          "[ui][days]") {
  Founded rt;
  rt.exchange(rt.sari);
  rt.join();
  CHECK(has(attention_of(rt.budi), "Belum ada yang tahu bahwa Anda sudah bergabung"));
  // Nothing of his is on the way, so nothing has arrived either.
  CHECK(rt.exchange(rt.budi).reached.empty());
  {
    WindowHarness his(rt.budi.presenter());
    CHECK(his.sees("Berikutnya: cabut, bawa kembali kepada yang mengundang"));
    CHECK(his.flaws() == std::vector<std::string>{});
  }
  CHECK(has(attention_of(rt.budi), "Belum ada yang tahu bahwa Anda sudah bergabung"));
  WindowHarness window(rt.sari.presenter());
  rt.exchange(rt.sari);
  window.settle();
  CHECK(window.sees("Pak Budi sekarang anggota kelompok ini."));
  CHECK(window.flaws() == std::vector<std::string>{});
  rt.exchange(rt.budi);
  CHECK_FALSE(has(attention_of(rt.budi), "Belum ada yang tahu"));
}

TEST_CASE("back is one step, by its button as by Escape, and the keyboard stands at what is asked",
          "[ui][days]") {
  Founded rt;
  WindowHarness window(rt.budi.presenter());
  window.key(Key::enter);
  window.type("Pak Budi");
  window.key(Key::enter);
  const auto at = [&] { return window.focused() == nullptr ? "" : window.focused()->id; };
  CHECK(at() == "first.join");
  rt.budi.presenter().idle();
  window.settle();
  window.key(Key::enter);
  CHECK(at() == "first.found.0");
  window.key(Key::escape);
  CHECK(window.sees("Anda mau apa?"));
  CHECK(at() == "first.join");
  window.key(Key::enter);
  window.press_id("first.back");
  CHECK(window.sees("Anda mau apa?"));
  CHECK(at() == "first.join");
  window.key(Key::escape);
  CHECK(window.sees("Siapa nama Anda?"));
}

TEST_CASE("a receipt ends with what to do with the stick", "[ui][days]") {
  Founded rt;
  rt.join();
  for (Laptop* laptop : {&rt.sari, &rt.budi, &rt.sari}) rt.exchange(*laptop);
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  rt.exchange(rt.sari);
  rt.exchange(rt.budi);
  WindowHarness his(rt.budi.presenter());
  CHECK(his.sees("bawa kembali bila sempat"));
  rt.exchange(rt.sari);
  rt.exchange(rt.sari);
  WindowHarness hers(rt.sari.presenter());
  CHECK(hers.sees("Tidak ada yang baru untuk dibawa."));
}

TEST_CASE("a receipt says what has not arrived yet, and what to do next", "[ui][days]") {
  Founded rt;
  rt.join();
  for (Laptop* laptop : {&rt.sari, &rt.budi, &rt.sari}) rt.exchange(*laptop);
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(rt.sari.presenter());
  window.press_id("nav.7");
  window.press("FLASHDISK");
  CHECK(window.sees("1 catatan kita belum sampai ke Pak Budi"));
  CHECK_FALSE(window.sees("sudah sampai ke Pak Budi"));
  CHECK(window.sees("Berikutnya: cabut, bawa ke laptop tetangga"));
  CHECK(window.flaws() == std::vector<std::string>{});
  rt.exchange(rt.budi);
  rt.exchange(rt.sari);
  window.settle();
  CHECK(window.sees("Semua catatan kita sudah sampai ke Pak Budi."));
  CHECK(window.sees("Tidak ada catatan baru dari kita untuk dititipkan."));
}

TEST_CASE("a receipt does not stand in the way of the next exchange", "[ui][days]") {
  Founded rt;
  WindowHarness window(rt.sari.presenter());
  window.press_id("nav.7");
  window.press("FLASHDISK");
  CHECK(window.sees("Aman dicabut."));
  window.press("Beranda");
  window.press_id("nav.7");
  CHECK_FALSE(window.sees("Aman dicabut."));
  window.press("FLASHDISK");
  CHECK(window.sees("Aman dicabut."));
  // Pulled out, it stays to be read; the stick that comes next has not been exchanged with.
  Founded::pull_out(rt.sari, window);
  CHECK(window.sees("Aman dicabut."));
  rt.plug_in(rt.sari, window);
  CHECK_FALSE(window.sees("Aman dicabut."));
  CHECK(window.sees("Tukar data lewat mana?"));
  CHECK(window.sees("Terakhir tukar data: FLASHDISK, "));
}

TEST_CASE("a conflict that was settled elsewhere is not asked for, one that stands names its unit",
          "[ui][days]") {
  Founded rt;
  rt.join();
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  for (Laptop* laptop : {&rt.sari, &rt.budi, &rt.sari}) rt.exchange(*laptop);
  rt.budi.presenter().execute(Go{Screen::home});
  const std::string need = rt.budi.presenter().views()->home.needs.at(0).id;
  const auto want = [&](Laptop& laptop, const std::string& quantity) {
    laptop.presenter().execute(
        Deed{.what = Deed::What::write, .record = need, .fields = {{"quantity", quantity}}});
  };
  want(rt.sari, "8");
  rt.exchange(rt.sari);
  want(rt.budi, "10");
  CHECK(rt.exchange(rt.budi).to_decide == 1);
  WindowHarness window(rt.budi.presenter());
  CHECK(window.sees("Berikutnya: putuskan dulu, lalu tukar data sekali lagi"));
  window.press("Lihat yang perlu diputuskan");
  CHECK(window.sees("Bu Ani"));
  CHECK(window.sees("10 kg"));
  window.press("Tulis yang benar");
  window.key(Key::backspace);
  window.key(Key::backspace);
  window.type("9");
  window.key(Key::enter);
  CHECK(window.sees("Tidak ada yang perlu diputuskan."));
  rt.exchange(rt.budi);
  CHECK(rt.exchange(rt.sari).to_decide == 0);
}

TEST_CASE("a stick that is pulled out meanwhile is named, and its empty folder is no place",
          "[ui][days]") {
  Founded rt;
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  Presenter& presenter = rt.sari.presenter();
  rt.exchange(rt.sari);
  presenter.execute(CloseReceipt{});
  rt.sari.add_need("Mbah Karto", "rice", "3", "kg");
  presenter.on_change([&] {
    if (!presenter.views()->exchange.running || rt.sari.sticks.empty()) return;
    rt.sari.sticks.clear();
    std::filesystem::remove_all(rt.stick / "rukun");
    std::filesystem::permissions(rt.stick, std::filesystem::perms::none);
    std::filesystem::rename(rt.stick, rt.stick.string() + " di tangan");
  });
  presenter.execute(ExchangeWith{rt.stick.string()});
  presenter.on_change({});
  std::filesystem::create_directory(rt.stick);  // where it had been mounted
  WindowHarness window(presenter);
  CHECK(window.sees("Flashdisk FLASHDISK tercabut sebelum selesai."));
  CHECK_FALSE(window.sees("Aman dicabut."));
  CHECK(presenter.views()->exchange.places.empty());
  CHECK(window.sees("Belum ada flashdisk"));
  rt.plug_in(rt.sari, window);
  CHECK_FALSE(window.sees("tercabut sebelum selesai"));
  window.press("FLASHDISK");
  CHECK(window.sees("Aman dicabut."));
}

TEST_CASE("a stick shows up in the open list of places, and is gone when it is pulled",
          "[ui][days][picker]") {
  Founded rt;
  std::filesystem::create_directories(rt.stick / "Data RT");
  rt.sari.sticks.clear();
  rt.sari.presenter().execute(Go{Screen::exchange});
  WindowHarness window(rt.sari.presenter());
  window.press("Pilih dari daftar");
  const auto shown = [&] { return rt.sari.presenter().views()->picker; };
  const std::string before = shown()->folder;
  CHECK_FALSE(shown()->places.at(0).stick);
  rt.plug_in(rt.sari, window);
  CHECK(shown()->folder == before);
  REQUIRE(shown()->places.at(0).stick);
  window.press_id("picker.place.0");
  window.press("Data RT");
  CHECK(window.sees("Tidak ada folder lain di dalamnya. Tekan Pakai folder ini"));
  Founded::pull_out(rt.sari, window);
  CHECK_FALSE(shown()->places.at(0).stick);
  CHECK(shown()->folder == before);
}

TEST_CASE("an invitation goes onto the stick that is plugged in while it is made", "[ui][days]") {
  Founded rt;
  rt.sari.sticks.clear();
  rt.sari.presenter().execute(Go{Screen::members});
  WindowHarness window(rt.sari.presenter());
  window.press("Undang orang baru");
  CHECK(window.sees("Dokumen"));
  rt.plug_in(rt.sari, window);
  CHECK(window.sees(rt.stick.string()));
}

TEST_CASE("a hand-over waits on Beranda of whoever can confirm it", "[ui][days]") {
  Founded rt;
  rt.join();
  rt.sari.add_need("Bu Ani", "rice", "5", "kg");
  for (Laptop* laptop : {&rt.sari, &rt.budi, &rt.sari}) rt.exchange(*laptop);
  rt.budi.presenter().execute(Go{Screen::home});
  const std::string need = rt.budi.presenter().views()->home.needs.at(0).id;
  rt.budi.presenter().execute(HandOver{need, "5", "Bu Ani"});
  CHECK_FALSE(has(attention_of(rt.budi), "Belum dikonfirmasi anggota kedua"));
  rt.exchange(rt.budi);
  rt.exchange(rt.sari);
  CHECK(has(attention_of(rt.sari), "Belum dikonfirmasi anggota kedua: "));
  WindowHarness window(rt.sari.presenter());
  window.press("Belum dikonfirmasi anggota kedua: ");
  window.press("Benar, sudah diterima");
  CHECK(window.sees("Sudah dikonfirmasi"));
  CHECK_FALSE(has(attention_of(rt.sari), "Belum dikonfirmasi anggota kedua"));
}

TEST_CASE("a promise that was kept says so, and the mark stays with the need that is open",
          "[ui][days]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Mbah Karto", "diapers", "2", "pack");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter(), {.width = 1400});
  window.press("Kebutuhan");
  window.press("Beras 5 kg");
  // The keyboard goes on from what was pressed.
  window.key(Key::down);
  window.key(Key::up);
  CHECK(laptop.presenter().views()->needs.detail->row.title == "Beras 5 kg");
  CHECK(window.sees("Belum sampai ke siapa pun"));
  window.press("Sanggupi");
  window.key(Key::enter);
  // It has left this list; no other row stands for it.
  REQUIRE(laptop.presenter().views()->needs.count == 1);
  REQUIRE(window.find_id("needs.table.0") != nullptr);
  CHECK_FALSE(window.find_id("needs.table.0")->selected);
  window.press_id("need.pledge.0.do.0");
  window.key(Key::enter);
  CHECK(window.sees("Sudah diserahkan"));
}

TEST_CASE("the open list is printed by Enter, and Enter closes what was told",
          "[ui][days][print]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  laptop.presenter().execute(Go{Screen::needs});
  WindowHarness window(laptop.presenter());
  window.press_id("needs.print");
  CHECK(window.sees("Untuk papan pengumuman"));
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->shell.print->failed.empty());
  CHECK_FALSE(laptop.presenter().views()->shell.print->saved.empty());
  window.key(Key::enter);
  CHECK_FALSE(laptop.presenter().views()->shell.print.has_value());
}

TEST_CASE("the list for the board says what is not on it", "[ui][days][print]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  laptop.sticks = {{laptop.folder(), "FLASHDISK"}};
  laptop.presenter().execute(Go{Screen::needs});
  WindowHarness window(laptop.presenter());
  window.press_id("needs.print");
  window.press("Untuk papan pengumuman");
  CHECK(window.sees("1 kebutuhan tidak ikut"));
  CHECK(window.sees("Aman dicabut."));
  CHECK(window.flaws() == std::vector<std::string>{});
}

TEST_CASE("the duty week begins with an activity, and a name that is not known leads on",
          "[ui][days]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Jadwal");
  CHECK(window.sees("Belum ada kegiatan. Tekan Kegiatan baru"));
  CHECK(window.find("Jadwal baru") == nullptr);
  window.press("Kegiatan baru");
  window.type("Ronda malam");
  window.press("Ronda");
  window.press("Catat di laptop ini");
  window.press("Jadwal baru");
  window.press("Ronda malam");
  window.press_id("form.starts");
  window.type("nanti");
  CHECK(window.sees("besok 16.20"));
  CHECK_FALSE(window.sees("T16"));
  for (int i = 0; i < 5; ++i) window.key(Key::backspace);
  window.type("hari ini 20.00");
  window.press_id("form.ends");
  window.type("hari ini 23.00");
  window.key(Key::enter);
  window.press("Ronda malam");
  window.press("Daftarkan orang");
  window.type("Bu Rina");
  CHECK(window.sees("Tidak ada relawan bernama Bu Rina."));
  window.press("Tambah relawan");
  CHECK(window.find_id("form.name") != nullptr);
}

}  // namespace rukun::test
