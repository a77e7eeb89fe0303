// The window's whole way, without a window: presses and keys → screens → commands → a real engine
// in a folder of its own → the next picture.
#include "app/ui/presenter.h"

#include "app/ui/app_options.h"
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

TEST_CASE("from the first run to a recorded need, by mouse and keyboard", "[ui][presenter]") {
  Laptop laptop;
  WindowHarness window(laptop.presenter());
  window.press("Bahasa Indonesia");
  window.type("Bu Sari");
  window.key(Key::enter);
  window.press("Buat kelompok RT baru");
  window.type("3");
  window.key(Key::tab);
  window.type("7");
  window.key(Key::tab);
  window.type("Sukamaju");
  window.key(Key::enter);
  std::string words;
  for (const auto& word : laptop.presenter().views()->first_run.passphrase)
    words += (words.empty() ? "" : " ") + word;
  window.type(words);
  window.key(Key::enter);
  REQUIRE(window.sees("Kode pemulihan"));
  window.press("Sudah saya simpan di kertas");
  CHECK(window.sees("RT 003/RW 007 Sukamaju"));
  CHECK(window.sees("Tersimpan di laptop ini"));
  CHECK(window.sees("Baru Anda sendiri di kelompok ini"));

  window.key(Key::f2);
  window.type("Bu Ani");
  window.key(Key::enter);
  CHECK(window.sees("Apa yang dibutuhkan Bu Ani?"));
  window.type("bras");
  window.key(Key::enter);
  CHECK(window.sees("Beras: berapa banyak?"));
  window.type("5");
  window.key(Key::enter);
  CHECK(window.sees("Kebutuhan dicatat, tersimpan di laptop ini: Beras 5 kg"));
  CHECK(window.sees("Kebutuhan yang belum terpenuhi (1)"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_home");

  window.press("Urungkan");
  CHECK(window.sees("Kebutuhan yang belum terpenuhi (0)"));
}

TEST_CASE("a wrong invitation can be put right, also after a restart", "[ui][presenter]") {
  Laptop laptop;
  Begin command;
  command.name = "Pak Budi";
  command.joining = true;
  command.invitation = "/tidak/ada.rukun";
  command.passphrase.set("melati sungai kerbau pelangi");
  laptop.presenter().execute(command);
  CHECK(!laptop.presenter().views()->first_run.failed.empty());
  laptop.restart();
  Unlock unlock{laptop.presenter().views()->lock.profiles.at(0).id, command.passphrase};
  laptop.presenter().execute(unlock);
  WindowHarness window(laptop.presenter());
  window.press("Buat kelompok RT baru");
  window.type("3");
  window.key(Key::tab);
  window.type("7");
  window.key(Key::tab);
  window.type("Sukamaju");
  window.key(Key::enter);
  // Nobody has seen the code that was made before the restart; this one opens the profile.
  CHECK(window.sees("Kode pemulihan"));
  const std::string code = laptop.presenter().views()->first_run.recovery;
  REQUIRE_FALSE(code.empty());
  window.press("Sudah saya simpan di kertas");
  CHECK(window.sees("Yang perlu Anda lakukan"));
  CHECK(window.sees("Pak Budi"));
  laptop.presenter().execute(CloseSession{});
  Recover recover{unlock.profile, {}, {}};
  recover.code.set(code);
  recover.passphrase.set("korek api di dapur bu ani");
  laptop.presenter().execute(recover);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
}

TEST_CASE("an invitation on a stick is found and need not be typed", "[ui][presenter]") {
  Laptop head(1);
  head.begin("Bu Sari");
  const auto stick = head.folder() / "FLASHDISK";
  std::filesystem::create_directory(stick);
  head.presenter().execute(MakeInvite{"volunteer", stick.string()});
  const auto made = head.presenter().views()->members.made;
  REQUIRE(made);

  Laptop laptop(2);
  WindowHarness window(laptop.presenter());
  window.press("Bahasa Indonesia");
  window.type("Pak Budi");
  window.key(Key::enter);
  const auto before = window.inputs();
  window.press("Gabung dengan undangan");
  laptop.sticks = {{stick, "FLASHDISK"}};
  laptop.presenter().idle();
  window.settle();
  window.press("undangan-");
  window.press_id("first.spoken");
  window.type(made->code);
  window.key(Key::enter);
  CHECK(window.sees("Kata sandi Anda"));
  CHECK(window.inputs() - before - made->code.size() + 2 <= 6);  // the two words count as two
}

TEST_CASE("a stick that is plugged in while one waits appears by itself", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Tukar data");
  CHECK(window.sees("Belum ada flashdisk"));
  laptop.sticks = {{laptop.folder(), "FLASHDISK"}};
  laptop.presenter().idle();
  window.settle();
  CHECK(window.sees("FLASHDISK"));
}

TEST_CASE("another person on the same laptop, and back to the first", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Kunci");
  window.press("Ganti pengguna");
  window.press("Orang baru di laptop ini");
  CHECK(window.sees("Selamat datang"));
  window.press("Ganti pengguna");
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(window.sees("Yang perlu Anda lakukan"));
}

TEST_CASE("a draft survives leaving, locking and coming back", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.key(Key::f2);
  window.type("Bu Wati");
  window.key(Key::enter);
  window.type("selimut");
  window.key(Key::enter);
  window.type("4");
  window.press("Kunci");
  CHECK(window.sees("Terkunci"));
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(window.sees("Yang perlu Anda lakukan"));
  window.press("Catat kebutuhan");
  CHECK(window.sees("Selimut: berapa banyak?"));
  window.press("Catat kebutuhan ini");
  CHECK(window.sees("Selimut 4"));
  CHECK(window.sees("Kebutuhan yang belum terpenuhi (1)"));
  window.press("Catat kebutuhan");
  CHECK(window.sees("Untuk siapa?"));
}

TEST_CASE("a wrong passphrase is refused with a sentence", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Kunci");
  window.type("salah sama sekali ya");
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  CHECK(!laptop.presenter().views()->lock.failed.empty());
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
}

TEST_CASE("the window locks itself after five idle minutes, not before", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.wait(kLockAfter_s - 10);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
  window.key(Key::tab);
  window.wait(kLockAfter_s - 10);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
  window.wait(20);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  CHECK(!window.sees("RT 003/RW 007 Sukamaju"));
}

TEST_CASE("a need goes from open over promised to delivered", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_offer("Warung Bu Tuti", "rice", "10", "kg");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter());
  window.press_id("nav.0");
  window.press("Beras 5 kg");
  CHECK(window.sees("Kurang 5 kg"));
  CHECK(window.sees("Tawaran yang cocok"));
  window.press("Sanggupi 5 kg");
  CHECK(window.sees("Sudah disanggupi"));
  CHECK(window.sees("Disanggupi 5 kg"));
  CHECK_FALSE(window.sees("Kurang 5 kg"));
  window.press("Serah terima");
  window.type("Bu Ani");
  window.key(Key::enter);
  CHECK(window.sees("Serah terima dicatat, tersimpan di laptop ini"));
  CHECK(window.sees("Sudah diterima 5 kg"));
  CHECK_FALSE(window.sees("Disanggupi 5 kg"));
  CHECK(window.sees("Warung Bu Tuti"));
  CHECK(window.sees("Mencatat ini"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_need");
}

TEST_CASE("search and filters answer from the engine", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  laptop.add_need("Pak Dedi", "eggs", "2", "kg");
  WindowHarness window(laptop.presenter());
  window.key(Key::f3);  // from the first screen
  CHECK(window.sees("2 baris"));
  window.type("telur");
  CHECK(window.sees("1 baris"));
  CHECK(window.sees("Pak Dedi"));
  window.press("Sudah diterima");
  CHECK(window.sees("0 baris"));
}

TEST_CASE("volunteers, offers and the week are drawn from the records", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_offer("Warung Bu Tuti", "rice", "10", "kg");
  WindowHarness window(laptop.presenter());
  window.press("Tawaran");
  CHECK(window.sees("Warung Bu Tuti"));
  window.press("Relawan");
  window.press("Tambah relawan");
  window.type("Mas Joko");
  window.key(Key::tab);
  window.type("0812 3456 789");
  window.key(Key::tab);
  window.type("masak, supir");
  window.key(Key::enter);
  CHECK(window.sees("Mas Joko"));
  CHECK(window.sees("masak, supir"));
  window.press("Jadwal");
  CHECK(window.sees("Belum ada kegiatan. Tekan Kegiatan baru"));
}

TEST_CASE("an exchange with a folder ends in a receipt, with a missing one in a sentence",
          "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  const auto stick = laptop.folder() / "FLASHDISK";
  std::filesystem::create_directory(stick);
  laptop.sticks = {{stick, "FLASHDISK"}};
  WindowHarness window(laptop.presenter());
  window.press("Tukar data");
  window.press("FLASHDISK");
  CHECK(window.inputs() <= 2);
  CHECK(window.sees("Tidak ada catatan baru dari tetangga."));
  CHECK(window.sees("catatan kita dititipkan"));
  CHECK(window.sees("Aman dicabut."));
  window.press("Selesai");
  // What is past stays to be looked at, also in the next session.
  CHECK(window.sees("Tukar data sebelumnya"));
  REQUIRE(laptop.presenter().views()->exchange.history.size() == 1);
  CHECK(laptop.presenter().views()->exchange.history[0].place == "FLASHDISK");
  CHECK(window.sees("0 catatan baru, 0 berubah, "));
  window.press_id("exchange.folder");
  window.type("/tidak/ada");
  window.press("Tukar data dengan folder ini");
  CHECK(!laptop.presenter().views()->exchange.failed.empty());
  CHECK(!window.sees("Aman dicabut."));
}

TEST_CASE("an exchange with a folder tells how far it is, and ends when somebody wants it to",
          "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  const auto stick = laptop.folder() / "FLASHDISK";
  std::filesystem::create_directory(stick);
  Presenter& presenter = laptop.presenter();
  const bool stops = GENERATE(false, true);
  std::size_t told = 0;
  presenter.on_change([&] {
    const auto& view = presenter.views()->exchange;
    if (!view.running || view.fraction < 0) return;
    ++told;
    CHECK(view.fraction <= 1);
    CHECK(view.progress.find("MB") != std::string::npos);
    if (stops) presenter.stop_work();
  });
  presenter.execute(ExchangeWith{stick.string()});
  presenter.on_change({});
  CHECK(told > 0);
  REQUIRE(presenter.views()->exchange.receipt);
  CHECK(presenter.views()->exchange.receipt->stopped == stops);
  // Stopping concerns one exchange only.
  presenter.execute(ExchangeWith{stick.string()});
  REQUIRE(presenter.views()->exchange.receipt);
  CHECK_FALSE(presenter.views()->exchange.receipt->stopped);
  CHECK(presenter.views()->exchange.receipt->safe_to_remove);
}

TEST_CASE("households are added in their list and found again in the quick entry",
          "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Warga");
  window.press("Tambah keluarga");
  window.type("Mbah Karto");
  window.key(Key::tab);
  window.type("Jalan Melati 15");
  window.key(Key::tab);
  window.key(Key::tab);
  window.type("2");
  window.key(Key::enter);
  CHECK(window.sees("Mbah Karto"));
  CHECK(window.sees("RT 003/RW 007"));
  window.key(Key::f2);
  window.type("karto");
  window.key(Key::enter);
  CHECK(window.sees("Apa yang dibutuhkan Mbah Karto?"));
}

TEST_CASE("two laptops: invited, joined, admitted, and a conflict settled", "[ui][presenter]") {
  Laptop head(1);
  head.begin("Bu Sari");
  const auto stick = head.folder() / "FLASHDISK";
  std::filesystem::create_directory(stick);
  head.sticks = {{stick, "FLASHDISK"}};
  WindowHarness at_head(head.presenter());
  head.add_need("Bu Ani", "rice", "5", "kg");
  at_head.press("Pengaturan");
  at_head.press("Anggota");
  at_head.press("Undang orang baru");
  at_head.press_id("members.role.volunteer");
  at_head.press("Buat undangan");
  const auto made = head.presenter().views()->members.made;
  REQUIRE(made);
  CHECK(at_head.sees(made->code));

  Laptop volunteer(2);
  volunteer.sticks = {{stick, "FLASHDISK"}};
  volunteer.join("Pak Budi", made->file, made->code);
  const auto exchange = [&](Laptop& laptop) {
    laptop.presenter().execute(ExchangeWith{stick.string()});
  };
  exchange(head);
  exchange(volunteer);
  exchange(head);
  exchange(volunteer);
  WindowHarness at_volunteer(volunteer.presenter());
  CHECK(at_volunteer.sees("baru"));
  at_volunteer.press("Selesai");
  at_volunteer.press_id("nav.0");
  CHECK(at_volunteer.sees("RT 003/RW 007 Sukamaju"));
  CHECK(at_volunteer.sees("Kebutuhan yang belum terpenuhi (1)"));

  const std::string need = volunteer.presenter().views()->home.needs.at(0).id;
  at_head.press_id("nav.1");
  head.presenter().execute(OpenNeed{need});
  at_head.settle();
  CHECK(at_head.sees("Sampai ke Pak Budi"));
  volunteer.presenter().execute(CloseNeed{need, "sudah cukup"});
  head.presenter().execute(CloseNeed{need, "sudah pindah"});
  head.presenter().execute(Go{Screen::home});
  at_head.settle();
  CHECK(at_head.sees("belum sampai ke siapa pun"));
  exchange(head);
  exchange(volunteer);
  exchange(head);
  CHECK(head.presenter().views()->shell.to_decide == 1);
  at_head.settle();
  const auto before = at_head.inputs();
  at_head.press("Perlu diputuskan (1)");
  CHECK(at_head.sees("sudah cukup"));
  CHECK(at_head.sees("sudah pindah"));
  at_head.press("Pakai isian Pak Budi");
  CHECK(at_head.inputs() - before <= 3);
  CHECK(at_head.sees("Tidak ada yang perlu diputuskan."));
  CHECK(at_head.sees("Pak Budi, "));
}

namespace {

// What stands at the left edge is the page, or the navigation beside it.
bool has_color(const WindowHarness& window, const Theme& theme) {
  const Color edge = window.color_at(2, 400);
  return edge == theme.page || edge == theme.side;
}

}  // namespace

TEST_CASE("language, text size and colors are kept for the next start, also on the lock",
          "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  {
    WindowHarness window(laptop.presenter());
    window.press("Pengaturan");
    window.press("English");
    CHECK(window.sees("Text size"));
    window.press("150%");
    CHECK(has_color(window, light_theme()));
    window.press("Dark");
    CHECK(has_color(window, dark_theme()));
  }
  laptop.restart();
  WindowHarness window(laptop.presenter());
  CHECK(window.sees("Passphrase"));
  CHECK(has_color(window, dark_theme()));
  CHECK(laptop.presenter().views()->settings.percent == 150);
  CHECK(laptop.presenter().views()->settings.dark);
}

TEST_CASE("the command line of the window is read strictly", "[ui][options]") {
  const auto options =
      parse_app_options({"--home", "/tmp/x", "--lang=en", "--scale", "1.5", "--screenshot", "home",
                         "a.png", "--size", "1024x600", "--demo", "--theme", "dark"});
  REQUIRE(options);
  CHECK(options->home == "/tmp/x");
  CHECK(options->language == "en");
  CHECK(options->scale == 1.5F);
  CHECK(options->width == 1024);
  CHECK(options->theme == "dark");
  CHECK(options->demo);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--nope", "1"},
                                                {"--lang", "fr"},
                                                {"--scale", "9"},
                                                {"--theme", "blue"},
                                                {"--size", "big"},
                                                {"--screenshot", "home"},
                                                {"--screenshot", "nowhere", "a.png"},
                                                {"--bench", "0"},
                                                {"--bench", "many"},
                                                {"--demo"},
                                                {"--size", "1024x600"},
                                                {"--bench", "5", "--screenshot", "home", "a.png"},
                                                {"--home"}}) {
    const auto refused = parse_app_options(wrong);
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::bad_value);
  }
  for (const char* option : {"--home", "--profile", "--space", "--passphrase-file", "--lang",
                             "--scale", "--theme", "--screenshot", "--size", "--demo", "--bench"}) {
    CAPTURE(option);
    CHECK_THAT(app_help(Language::id), Catch::Contains(option));
  }
  CHECK_THAT(app_help(Language::id), Catch::Contains("berkas berisi kata sandi"));
  CHECK_THAT(app_help(Language::en), Catch::Contains("file that holds the passphrase"));
}

TEST_CASE("F1 opens the page of the screen behind it, and every other one from there",
          "[ui][help]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Tukar data");
  window.key(Key::f1);
  CHECK(window.sees("Isi flashdisk tersegel"));
  window.press_id("help.topics");
  CHECK_FALSE(window.sees("Isi flashdisk tersegel"));
  window.press_id("help.topic.keys");
  CHECK(window.sees("F2: catat kebutuhan."));
  window.key(Key::escape);
  CHECK(window.find_id("help.close") == nullptr);
  window.press("Kebutuhan");
  window.key(Key::f1);
  CHECK(window.sees("Semua yang diminta warga"));
}

}  // namespace rukun::test
