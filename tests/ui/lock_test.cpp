// The lock, its PIN, one's own passphrase, and what the window puts on record.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/fault_vfs.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Sets a PIN in the settings.
void set_pin(WindowHarness& window, const std::string& pin, const std::string& again) {
  window.press("Pengaturan");
  window.press_id("settings.pin_set");
  window.press_id("settings.pin");
  window.type(pin);
  window.press_id("settings.pin_again");
  window.type(again);
  window.key(Key::enter);
}

std::size_t noted(Laptop& laptop) {
  laptop.presenter().execute(Go{Screen::access});
  return laptop.presenter().views()->access.rows.size();
}

}  // namespace

TEST_CASE("a PIN reopens a running session and nothing else", "[ui][presenter][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  set_pin(window, "2468", "2469");
  CHECK(window.sees("Kedua PIN tidak sama"));
  window.press_id("settings.pin");
  window.type("2468");
  window.press_id("settings.pin_again");
  window.type("2468");
  window.key(Key::enter);
  REQUIRE(laptop.presenter().views()->settings.has_pin);
  window.press("Kunci");
  CHECK(window.sees("Terkunci"));
  CHECK(window.sees("PIN"));
  CHECK(!window.sees("RT 003/RW 007 Sukamaju"));
  for (const Command& command : {Command(Go{Screen::needs}), Command(FinishFirstRun{}),
                                 Command(Begin{}), Command(SearchNeeds{"beras"})}) {
    laptop.presenter().execute(command);
    CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
    CHECK(laptop.presenter().views()->shell.member.empty());
  }
  window.type("1111");
  window.key(Key::enter);
  CHECK(window.sees("Sisa percobaan: 4"));
  window.type("2468");
  window.key(Key::enter);
  CHECK(window.sees("Yang perlu Anda lakukan"));

  window.press("Kunci");
  laptop.restart();
  WindowHarness after(laptop.presenter());
  CHECK(laptop.presenter().views()->lock.pin_of.empty());
  after.type("2468");
  after.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
}

TEST_CASE("five wrong PINs close the session, and so does changing the user",
          "[ui][presenter][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  set_pin(window, "2468", "2468");
  window.press("Kunci");
  for (int i = 0; i < 5; ++i) {
    CHECK(!laptop.presenter().views()->lock.pin_of.empty());
    window.type("0000");
    window.key(Key::enter);
  }
  CHECK(laptop.presenter().views()->lock.pin_of.empty());
  CHECK(window.sees("Buka dengan kata sandi"));
  laptop.presenter().execute(ReopenWithPin{});
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(window.sees("Yang perlu Anda lakukan"));
  CHECK_FALSE(laptop.presenter().views()->settings.has_pin);

  set_pin(window, "2468", "2468");
  window.press("Kunci");
  window.press("Ganti pengguna");
  CHECK(laptop.presenter().views()->lock.pin_of.empty());
  CHECK(window.sees("Siapa Anda?"));
}

TEST_CASE("a PIN is digits, and is never on the disk", "[ui][presenter][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  set_pin(window, "abcd", "abcd");
  CHECK(window.sees("4 sampai 12 angka"));
  CHECK_FALSE(laptop.presenter().views()->settings.has_pin);
  window.press_id("settings.pin_set");
  window.press_id("settings.pin");
  window.type("86421357");
  window.press_id("settings.pin_again");
  window.type("86421357");
  window.key(Key::enter);
  REQUIRE(laptop.presenter().views()->settings.has_pin);
  window.press("Kunci");
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(laptop.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    CHECK(bytes.str().find("86421357") == std::string::npos);
    ++files;
  }
  CHECK(files > 2);
}

TEST_CASE("the idle time until the lock is chosen and kept", "[ui][presenter][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Pengaturan");
  window.press("10 menit");
  CHECK(laptop.presenter().views()->settings.lock_minutes == 10);
  window.wait(kLockAfter_s + 20);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
  window.wait(kLockAfter_s);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  laptop.restart();
  SecretText passphrase;
  passphrase.set(laptop.passphrase());
  laptop.presenter().execute(
      Unlock{laptop.presenter().views()->lock.profiles.at(0).id, passphrase});
  CHECK(laptop.presenter().views()->settings.lock_minutes == 10);
}

TEST_CASE("looking at residents and a wrong passphrase are in the access log",
          "[ui][presenter][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("household", {{"name", "Bu Wati"}, {"address", "Gang Kenanga 3"}});
  WindowHarness window(laptop.presenter());
  window.press("Warga");
  CHECK(window.sees("Bu Wati"));
  window.press("Kunci");
  window.type("salah sama sekali ya");
  window.key(Key::enter);
  window.type(laptop.passphrase());
  window.key(Key::enter);
  window.press("Pengaturan");
  window.press("Catatan akses");
  const auto& rows = laptop.presenter().views()->access.rows;
  const auto has = [&](const std::string& what) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& one) { return one.what == what; });
  };
  CHECK(has("Melihat daftar data pribadi"));
  CHECK(has("Gagal membuka kunci"));
  CHECK(has("Membuka kunci"));
  CHECK(window.sees("Gagal membuka kunci"));
}

TEST_CASE("what a full disk keeps from being put on record is not shown", "[ui][access]") {
  FaultVfs disk("ui-access");
  Laptop laptop(1, {}, nullptr, disk.name());
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  laptop.add("volunteer", {{"name", "Pak Joko"}, {"phone", "081234567890"}});
  auto& presenter = laptop.presenter();
  const auto before = noted(laptop);
  presenter.execute(Go{Screen::needs});
  const auto need = presenter.views()->needs.rows.at(0).id;

  const auto fault = GENERATE(DiskFault::full, DiskFault::io_error);
  disk.arm({fault, 0});
  for (const auto screen : {Screen::households, Screen::volunteers}) {
    presenter.execute(Go{screen});
    CHECK(presenter.views()->records.rows.empty());
    CHECK_FALSE(presenter.views()->shell.status.failed.empty());
    disk.arm({fault, 0});
  }
  presenter.execute(Go{Screen::needs, need});
  CHECK_FALSE(presenter.views()->needs.detail);
  disk.arm({fault, 0});
  presenter.execute(OpenNeed{need});
  CHECK_FALSE(presenter.views()->needs.detail);
  disk.arm({});
  CHECK(noted(laptop) == before);

  presenter.execute(Go{Screen::households});
  CHECK(presenter.views()->records.rows.size() == 1);
  presenter.execute(Go{Screen::volunteers});
  CHECK(presenter.views()->records.rows.size() == 1);
  presenter.execute(Go{Screen::needs, need});
  CHECK(presenter.views()->needs.detail);
  CHECK(noted(laptop) == before + 3);
}

TEST_CASE("who forgot the passphrase sets a new one with the code on paper",
          "[ui][presenter][lock]") {
  Laptop laptop;
  std::string code;
  laptop.presenter().on_change([&] {
    const auto& shown = laptop.presenter().views()->first_run.recovery;
    if (!shown.empty()) code = shown;
  });
  laptop.begin("Bu Sari");
  laptop.presenter().on_change({});
  REQUIRE_FALSE(code.empty());
  WindowHarness window(laptop.presenter());
  const std::string next = "korek api di dapur bu ani";
  const auto fill_in = [&](const std::string& paper, const std::string& again) {
    for (const auto& [id, typed] : {std::pair<std::string, std::string>{"lock.code", paper},
                                    {"lock.next", next},
                                    {"lock.again", again}}) {
      window.press_id(id);
      window.key(Key::end);
      for (int i = 0; i < 64; ++i) window.key(Key::backspace);
      window.type(typed);
    }
    window.key(Key::enter);
  };
  window.press("Kunci");
  window.press("Lupa kata sandi?");
  fill_in(code, "lain sama sekali itu");
  CHECK(window.sees("Kedua kata sandi tidak sama"));
  fill_in("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", next);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  CHECK_FALSE(laptop.presenter().views()->lock.failed.empty());
  fill_in(code, next);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
  CHECK(window.sees("Yang perlu Anda lakukan"));
  window.press("Kunci");
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::lock);
  window.type(next);
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
}

TEST_CASE("a code that nobody has said to be on paper is replaced by another at the next unlock",
          "[ui][presenter][lock]") {
  Laptop laptop;
  Begin command;
  command.name = "Bu Sari";
  command.rt = "3";
  command.rw = "7";
  command.village = "Sukamaju";
  command.passphrase.set("melati sungai kerbau pelangi");
  laptop.presenter().execute(command);
  const std::string first = laptop.presenter().views()->first_run.recovery;
  REQUIRE_FALSE(first.empty());
  laptop.restart(std::string(command.passphrase.view()));
  const std::string second = laptop.presenter().views()->first_run.recovery;
  CHECK(laptop.presenter().views()->stage == Views::Stage::first_run);
  CHECK_FALSE(second.empty());
  CHECK(second != first);
  WindowHarness window(laptop.presenter());
  CHECK(window.sees("yang lama tidak berlaku lagi"));
  window.press("Sudah saya simpan di kertas");
  CHECK(window.sees("Yang perlu Anda lakukan"));
  // Once is enough.
  laptop.restart(std::string(command.passphrase.view()));
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
}

TEST_CASE("a lock takes what is typed after a press beside the field, and refuses in one language",
          "[ui][lock]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Kunci");
  const auto press_beside = [&] { window.drag("lock.open", 1); };  // nothing can be opened yet
  press_beside();
  window.type("salah sama sekali");
  window.key(Key::enter);
  CHECK(window.sees("huruf besar dan kecil dibedakan"));
  CHECK_FALSE(window.sees("try again"));
  press_beside();
  window.type(laptop.passphrase());
  window.key(Key::enter);
  CHECK(laptop.presenter().views()->stage == Views::Stage::open);
}

TEST_CASE("a weak passphrase of one's own is refused in the first run, a good one is taken",
          "[ui][presenter][lock]") {
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
  window.press("Pakai kata sandi sendiri");
  const auto type_twice = [&](const std::string& passphrase) {
    window.press_id("first.typed");
    window.type(passphrase);
    window.press_id("first.again");
    window.type(passphrase);
    window.key(Key::enter);
  };
  type_twice("budi123");
  CHECK(window.sees("mudah ditebak"));
  CHECK(laptop.presenter().views()->first_run.recovery.empty());
  type_twice("korek api di dapur bu ani");
  CHECK(!laptop.presenter().views()->first_run.recovery.empty());
}

TEST_CASE("what a personal field is for stands where it is typed", "[ui][presenter]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Warga");
  window.press_id("records.add");
  CHECK(window.sees("Untuk: menghubungi keluarga tentang bantuan."));
  window.key(Key::escape);
  window.key(Key::f2);
  CHECK(window.sees("Untuk: mengenali keluarga yang dibantu."));
  window.type("Bu Ani");
  window.key(Key::enter);
  window.type("bras");
  window.key(Key::enter);
  CHECK(window.sees("Untuk: hal yang perlu diketahui saat membantu."));
}

}  // namespace rukun::test
