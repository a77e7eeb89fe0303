// What keeps one's records one's own: another passphrase, backups and their way back, folders; and
// what waits for a person besides fields that two wrote.
#include <algorithm>
#include <filesystem>

#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

void open_safety(WindowHarness& window) {
  window.press("Pengaturan");
  window.press("Kata sandi & cadangan");
}

void type_into(WindowHarness& window, const std::string& field, const std::string& text) {
  window.press_id(field);
  window.type(text);
}

bool opens_with(Laptop& laptop, const std::string& passphrase) {
  Presenter& presenter = laptop.presenter();
  presenter.execute(LockNow{});
  Unlock unlock{presenter.views()->lock.profiles.front().id, {}};
  unlock.passphrase.set(passphrase);
  presenter.execute(unlock);
  return presenter.views()->stage == Views::Stage::open;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  return out;
}

}  // namespace

TEST_CASE("the passphrase is changed to four drawn words that are typed back",
          "[ui][presenter][safety]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  open_safety(window);
  window.press("Ganti kata sandi");
  std::string drawn;
  for (const std::string& word : laptop.presenter().views()->safety.passphrase) {
    CHECK(!word.empty());
    drawn += (drawn.empty() ? "" : " ") + word;
  }
  const auto try_with = [&](const std::string& now, const std::string& next) {
    type_into(window, "safety.now", now);
    type_into(window, "safety.typed", next);
    window.key(Key::enter);
  };
  try_with(laptop.passphrase(), drawn + " lagi");
  CHECK(window.sees("Belum sama"));
  CHECK(laptop.presenter().views()->safety.changed.empty());
  try_with("bukan kata sandinya", drawn);
  CHECK(!laptop.presenter().views()->safety.failed.empty());
  CHECK(laptop.presenter().views()->safety.changed.empty());
  try_with(laptop.passphrase(), drawn);
  CHECK(window.sees("Kata sandi sudah diganti"));
  CHECK(!opens_with(laptop, laptop.passphrase()));
  CHECK(opens_with(laptop, drawn));
}

TEST_CASE("a weak passphrase of one's own does not take the place of a good one",
          "[ui][presenter][safety]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  open_safety(window);
  window.press("Ganti kata sandi");
  window.press("Pakai kata sandi sendiri");
  const auto try_with = [&](const std::string& next) {
    type_into(window, "safety.now", laptop.passphrase());
    type_into(window, "safety.typed", next);
    type_into(window, "safety.again", next);
    window.key(Key::enter);
  };
  try_with("sari123");
  CHECK(window.sees("mudah ditebak"));
  CHECK(opens_with(laptop, laptop.passphrase()));
  open_safety(window);
  window.press("Ganti kata sandi");
  window.press("Pakai kata sandi sendiri");
  try_with("korek api di dapur bu ani");
  CHECK(opens_with(laptop, "korek api di dapur bu ani"));
}

TEST_CASE("a backup on a stick becomes a profile of another laptop, with all that it held",
          "[ui][presenter][safety]") {
  Laptop old(1);
  old.begin("Bu Sari");
  old.add_need("Bu Ani", "rice", "10", "kg");
  old.presenter().execute(Go{Screen::home});
  REQUIRE(old.presenter().views()->home.open_needs == 1);
  const auto stick = old.plug_in();
  WindowHarness window(old.presenter());
  open_safety(window);
  CHECK(window.sees("Belum pernah dibuat cadangan"));
  window.press("Buat cadangan");
  CHECK(window.sees("Cadangan tersimpan"));
  const auto files = files_in(stick);
  REQUIRE(files.size() == 1);
  CHECK(files.front().filename().string().rfind("cadangan-bu-sari-", 0) == 0);
  window.press("Beranda");
  open_safety(window);
  CHECK(window.sees("Cadangan terakhir: hari ini"));

  Laptop fresh(2);
  WindowHarness other(fresh.presenter());
  other.press("Pulihkan dari cadangan");
  other.type((fresh.folder() / "tidak-ada.cadangan").string());
  other.key(Key::enter);
  CHECK(!fresh.presenter().views()->first_run.restore_failed.empty());
  CHECK(fresh.presenter().views()->stage == Views::Stage::first_run);
  fresh.presenter().execute(RestoreBackup{files.front().string()});
  other.settle();
  CHECK(other.sees("Cadangan Bu Sari sudah dipulihkan"));
  other.type(old.passphrase());
  other.key(Key::enter);
  REQUIRE(fresh.presenter().views()->stage == Views::Stage::open);
  CHECK(fresh.presenter().views()->home.open_needs == 1);
  CHECK(other.sees("10 kg"));
}

TEST_CASE("a backup whose stick was pulled says so and counts for nothing",
          "[ui][presenter][safety]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  open_safety(window);
  laptop.presenter().execute(MakeBackup{(laptop.folder() / "dicabut").string()});
  window.settle();
  CHECK(window.sees("tidak ada. Pasang flashdisknya"));
  CHECK(window.sees("Belum pernah dibuat cadangan"));
  CHECK(!std::filesystem::exists(laptop.folder() / "dicabut"));
}

TEST_CASE("the folder that was exchanged with can be forgotten", "[ui][presenter][safety]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto shared = laptop.folder() / "bersama";
  std::filesystem::create_directory(shared);
  laptop.presenter().execute(ExchangeWith{shared.string()});
  WindowHarness window(laptop.presenter());
  open_safety(window);
  CHECK(window.sees("Terakhir tukar data dengan folder"));
  window.press("Lupakan folder ini");
  CHECK(window.sees("Belum ada folder tukar data"));
  REQUIRE(opens_with(laptop, laptop.passphrase()));
  laptop.presenter().execute(Go{Screen::exchange});
  CHECK(laptop.presenter().views()->exchange.places.empty());
}

TEST_CASE("whatever waits for a person stands in Perlu diputuskan; Beranda shows the first of it",
          "[ui][presenter][decide]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  constexpr int kDoubled = 8;
  for (int i = 0; i < kDoubled; ++i)
    for (const char* title : {"Bu ", "Ibu "})
      laptop.add("household", {{"name", title + std::string("Wati") + char('A' + i)},
                               {"address", "Jalan Melati " + std::to_string(10 + i)}});
  WindowHarness window(laptop.presenter());
  window.press("Beranda");
  const auto& home = laptop.presenter().views()->home.attention;
  const auto more = std::find_if(home.begin(), home.end(),
                                 [](const AttentionRow& row) { return row.to == Screen::decide; });
  REQUIRE(more != home.end());
  const auto shown = static_cast<std::size_t>(more - home.begin());
  const std::string first = home.front().words, said = more->words;
  window.press("Perlu diputuskan");
  const auto& waiting = laptop.presenter().views()->decide.waiting;
  CHECK(waiting.size() >= kDoubled);
  CHECK(said == std::to_string(waiting.size() - shown) + " hal lain menunggu");
  CHECK(waiting.front().words == first);
  CHECK(window.sees(first));
  window.press_id("waiting.0");
  CHECK(laptop.presenter().views()->screen == Screen::households);
  CHECK(laptop.presenter().views()->records.detail.has_value());
}

}  // namespace rukun::test
