// Mutual aid in the window, as people press it: promises, duty, residents, programs, drives.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// Everything that stands on the screen, for the report of a failure.
std::string words_on(const Player& player) {
  std::string out;
  for (const Seen& seen : player.seen()) out += seen.text + " | ";
  return out;
}

}  // namespace

TEST_CASE("a need is pledged by one's own word in at most five inputs, then taken back",
          "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter());
  window.press_id("nav.0");
  window.press("Beras 5 kg");
  const std::size_t before = window.inputs();
  window.press("Sanggupi");
  CHECK(window.sees("Beras 5 kg"));
  window.press_id("form.offer.");
  window.press("Catat di laptop ini");
  CHECK(window.inputs() - before <= 5);
  CHECK(window.sees("Disanggupi 5 kg"));
  CHECK_FALSE(window.sees("Kurang 5 kg"));
  CHECK(window.sees("Janji sendiri · 5 kg"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.press("Sedang diantar");
  const auto need = laptop.presenter().views()->needs.detail;
  REQUIRE(need);
  REQUIRE(need->pledges.size() == 1);
  CHECK(need->pledges[0].mark.words == "Sedang diantar");
  window.press("Batalkan kesanggupan");
  CHECK(window.sees("Kurang 5 kg"));
  window.press("Urungkan");
  CHECK_FALSE(window.sees("Kurang 5 kg"));
}

TEST_CASE("promising more than is needed is warned of beside the number, not refused",
          "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter());
  window.press("Kebutuhan");
  window.press("Beras 5 kg");
  window.press("Sanggupi");
  CHECK(!window.sees("Lebih banyak"));
  window.press_id("form.quantity.more");
  CHECK(window.sees("Lebih banyak daripada yang masih dibutuhkan; kurangnya tinggal 5 kg"));
  window.press_id("form.quantity");
  for (int i = 0; i < 3; ++i) window.key(Key::backspace);
  window.type("x");
  CHECK(window.sees("Jumlah"));
  window.press("Catat di laptop ini");
  REQUIRE(laptop.presenter().views()->form);
  CHECK(window.sees("diharapkan"));
  // What was typed is there again after the form was left.
  window.press_id("form.back");
  window.press("Sanggupi");
  CHECK(window.sees("Melanjutkan isian yang belum dicatat."));
  CHECK(laptop.presenter().views()->form->texts.at("quantity") == "x");
}

TEST_CASE("a hand-over keeps its witness and warns when it is more than was asked", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter());
  window.press("Kebutuhan");
  window.press("Beras 5 kg");
  window.press("Serah terima");
  window.type("Bu Ani");
  window.press("Tambah");
  CHECK(window.sees("Lebih banyak daripada yang belum diterima: 5 kg."));
  window.press("Kurang");
  CHECK(!window.sees("Lebih banyak daripada yang belum diterima"));
  window.press_id("handover.witness");
  window.type("Pak Dedi");
  window.key(Key::enter);
  CHECK(window.sees("Sudah diterima"));
  laptop.presenter().execute(Go{Screen::distribution});
  laptop.presenter().execute(ShowTab{"handovers"});
  window.settle();
  window.press_id("records.table.0");
  CHECK(window.sees("Saksi: Pak Dedi"));
  CHECK(window.sees("Belum dikonfirmasi"));
  // Whoever recorded it cannot confirm it.
  window.press("Benar, sudah diterima");
  CHECK(window.sees("tidak dapat dikonfirmasi oleh pencatatnya sendiri"));
}

TEST_CASE("an offer shows the needs that it fits and pledges one", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_offer("Warung Bu Tuti", "rice", "10", "kg");
  laptop.add_need("Bu Ani", "rice", "5", "kg");
  WindowHarness window(laptop.presenter());
  window.press("Tawaran");
  window.press("Warung Bu Tuti");
  CHECK(window.sees("Kebutuhan yang cocok"));
  CHECK(window.sees("Sisa 10 kg"));
  window.press("Sanggupi");
  window.press("Catat di laptop ini");
  CHECK(window.sees("5 kg dari 10 kg sudah disanggupi atau diserahkan"));
  CHECK(window.sees("Tersimpan di sini"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_offer");
}

TEST_CASE("a shift is made, joined, attended and left in the window", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("activity", {{"name", "Kerja bakti"}, {"type", "cleanup"}, {"default_slots", "1"}});
  WindowHarness window(laptop.presenter());
  window.press("Jadwal");
  window.press("Jadwal baru");
  window.press("Kerja bakti");
  window.press_id("form.starts");
  window.type("hari ini 16.00");
  window.press_id("form.ends");
  window.type("hari ini 14.00");
  CHECK(window.sees("Selesai harus sesudah Mulai"));
  for (int i = 0; i < 5; ++i) window.key(Key::backspace);
  window.type("18.00");
  CHECK(!window.sees("Selesai harus sesudah Mulai"));
  window.key(Key::enter);
  CHECK(window.sees("Dicatat, tersimpan di laptop ini"));
  window.press("Kerja bakti");
  window.press("Saya ikut");
  CHECK(window.sees("Sudah penuh"));
  CHECK(window.sees("Saya mundur"));
  window.press("Hadir");
  const auto open = laptop.presenter().views()->schedule.open;
  REQUIRE(open);
  REQUIRE(open->people.size() == 1);
  CHECK(open->people[0].attendance[0].chosen);
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_shift");
  laptop.add("volunteer", {{"name", "Mas Joko"}});
  laptop.presenter().execute(Go{Screen::schedule, open->row.id});
  window.settle();
  window.press_id("shift.join." + open->row.id);
  window.type("joko");
  window.key(Key::enter);
  CHECK(window.sees("Mas Joko · daftar tunggu nomor 1"));
  window.press("Saya mundur");
  CHECK(window.sees("Saya ikut"));
  CHECK(!window.sees("daftar tunggu nomor 1"));
}

TEST_CASE("likely duplicates stand side by side, are linked, and let go again", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("household", {{"name", "Bu Suryani"}, {"address", "Gang Kenanga 3"}});
  WindowHarness window(laptop.presenter());
  window.press("Warga");
  window.press("Tambah keluarga");
  window.type("Ibu Suryani");
  window.key(Key::tab);
  window.type("Gang Kenanga No 3");
  CHECK(window.sees("Mungkin sudah tercatat: Bu Suryani"));
  CHECK(window.sees("Buka catatannya"));
  window.key(Key::enter);
  INFO(laptop.presenter().views()->shell.refused);
  INFO(words_on(window));
  CHECK(window.sees("Mungkin tercatat dua kali"));
  // Beranda asks about them too, and one press there leads to one of them.
  laptop.presenter().execute(Go{Screen::home});
  const auto asked = laptop.presenter().views()->home.attention;
  const auto row = std::find_if(asked.begin(), asked.end(), [](const AttentionRow& one) {
    return one.to == Screen::households;
  });
  REQUIRE(row != asked.end());
  window.settle();
  window.press_id("attention." + std::to_string(row - asked.begin()));
  CHECK(window.sees("Mungkin tercatat dua kali"));
  window.press("Kembali ke daftar");
  window.press("Mungkin sama");
  CHECK(window.sees("Gang Kenanga 3"));
  CHECK(window.sees("Gang Kenanga No 3"));
  window.picture("real_pairs");
  window.press("Ya, orang yang sama");
  CHECK(window.sees("Tidak ada yang mungkin tercatat dua kali."));
  window.press("Urungkan");
  window.press("Bukan");
  CHECK(window.sees("Tidak ada yang mungkin tercatat dua kali."));
  laptop.presenter().execute(Go{Screen::households});
  laptop.presenter().execute(ShowTab{"pairs"});
  window.settle();
  CHECK(window.sees("Tidak ada yang mungkin tercatat dua kali."));
  CHECK(window.sees("tidak ditanyakan lagi di semua laptop"));
  window.press("Urungkan");
  CHECK(window.sees("Gang Kenanga No 3"));
  CHECK(window.sees("Bukan"));
}

TEST_CASE("a program's goods come in, are granted once, handed over and balanced", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto house = laptop.add("household", {{"name", "Bu Ani"}});
  laptop.add("program",
             {{"title", "Beras cadangan"}, {"source", "central"}, {"target", "household"}});
  WindowHarness window(laptop.presenter());
  window.press("Catat barang masuk");
  window.press_id("form.item");
  window.type("beras");
  window.key(Key::enter);
  window.press_id("form.quantity");
  window.type("50");
  window.press_id("form.unit.kg");
  window.press("Catat di laptop ini");
  CHECK(window.sees("Saldo 50 kg"));
  const auto grant = [&] {
    window.press("Beri jatah");
    window.press_id("form.household");
    window.type("ani");
    window.key(Key::enter);
    window.press_id("form.item");
    window.type("beras");
    window.key(Key::enter);
    window.press_id("form.quantity");
    window.type("10");
    window.press_id("form.unit.kg");
  };
  grant();
  CHECK(!window.sees("Bantuan ganda"));
  window.press("Catat di laptop ini");
  INFO(words_on(window));
  CHECK(window.sees("Belum diserahkan"));
  window.press("Serahkan");
  window.press("Catat di laptop ini");
  CHECK(window.sees("10 kg untuk Bu Ani"));
  CHECK(window.sees("Saldo 40 kg"));
  CHECK(window.sees("Sudah diserahkan"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_program");
  grant();
  CHECK(window.sees("Bantuan ganda: sudah ada Jatah: Bu Ani"));
  window.press("Catat di laptop ini");
  laptop.presenter().execute(Go{Screen::households, house});
  window.settle();
  CHECK(window.sees("Diterima 10 kg dari 10 kg"));
}

TEST_CASE("who may be on record twice is opened from Beranda and told apart", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  for (const char* name : {"Bu Ani Lestari", "Ani Lestari"})
    laptop.add("household", {{"name", name}});
  WindowHarness window(laptop.presenter());
  laptop.presenter().execute(Go{Screen::home});
  window.settle();
  window.press("Mungkin sama: ");
  CHECK(laptop.presenter().views()->screen == Screen::households);
  window.press("Bukan");
  laptop.presenter().execute(Go{Screen::home});
  window.settle();
  CHECK(!window.sees("Mungkin sama: "));
}

TEST_CASE("a program's page says when it is handed out, the next first", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto program =
      laptop.add("program", {{"title", "BLT"}, {"source", "central"}, {"target", "household"}});
  WindowHarness window(laptop.presenter());
  const auto look = [&] {
    laptop.presenter().execute(Go{Screen::distribution, program});
    window.settle();
  };
  CHECK(window.sees("Jadwal penyaluran"));
  CHECK(window.sees("Belum ada jadwal. Buat kegiatan penyaluran untuk program ini"));
  window.press("Kegiatan baru");
  window.press_id("form.name");
  window.type("Pembagian beras");
  window.press("Catat di laptop ini");
  look();
  const auto serving = [&] {
    const auto detail = laptop.presenter().views()->records.detail;
    REQUIRE(detail);
    REQUIRE(!detail->sections.empty());
    REQUIRE(detail->sections.back().title == "Jadwal penyaluran");
    return detail->sections.back();
  };
  const auto buttons = serving().buttons;
  REQUIRE(buttons.size() == 2);
  CHECK(buttons[1].label == "Jadwal baru: Pembagian beras");
  const auto add_shift = [&](const char* starts, const char* ends, const char* place) {
    laptop.add("shift", {{"starts", starts}, {"ends", ends}, {"place", place}},
               buttons[1].deed.fields);
  };
  add_shift("2026-12-09 08:00", "2026-12-09 10:00", "Balai RW");
  add_shift("2026-12-02 08:00", "2026-12-02 10:00", "Pos RT 3");
  add_shift("2026-10-01 08:00", "2026-10-01 10:00", "Lapangan");  // over
  look();
  const auto lines = serving().lines;
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].title == "Pembagian beras, 2 Desember 2026 pukul 08.00 WIB");
  CHECK(lines[0].detail == "Pos RT 3");
  CHECK(lines[1].detail == "Balai RW");
  CHECK(window.sees("Pos RT 3"));
  CHECK(!window.sees("Lapangan"));
  CHECK(!window.sees("Belum ada jadwal."));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_program_schedule");
  window.press("Pembagian beras, 9 Desember 2026");
  CHECK(laptop.presenter().views()->screen == Screen::schedule);
}

TEST_CASE("a drive shows its balance and its bar, and closes", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("drive", {{"title", "Pos ronda"}, {"goal_type", "money"}, {"target", "100000"}});
  WindowHarness window(laptop.presenter());
  CHECK(window.sees("Pos ronda"));
  window.press("Catat yang masuk");
  window.press_id("form.amount");
  window.type("40000,5");
  CHECK(window.sees("harus rupiah bulat"));
  window.key(Key::backspace);
  window.key(Key::backspace);
  window.key(Key::enter);
  CHECK(window.sees("Terkumpul Rp40.000 dari Rp100.000"));
  CHECK(window.sees("Rp40.000 · Hamba Allah"));
  window.press("Catat yang keluar");
  window.press_id("form.amount");
  window.type("15000");
  window.key(Key::enter);
  CHECK(window.sees("Saldo Rp25.000"));
  const auto detail = laptop.presenter().views()->records.detail;
  REQUIRE(detail);
  CHECK(detail->fraction > 0.39F);
  CHECK(detail->fraction < 0.41F);
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_drive");
}

TEST_CASE("neighbors sell, order and announce in the window", "[ui][aid]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("listing",
             {{"product", "Nasi uduk"}, {"business", "Warung Bu Tuti"}, {"price", "10.000"}});
  WindowHarness window(laptop.presenter());
  CHECK(window.sees("Rp10.000"));
  window.press("Pesan");
  window.press_id("form.quantity");
  window.type("3");
  window.key(Key::enter);
  CHECK(window.sees("Dipesan: 3"));
  window.press("Siap diambil");
  CHECK(window.sees("Siap diambil"));
  window.press("Libur dulu");
  CHECK(window.sees("Sedang libur"));
  window.press("Kembali ke daftar");
  window.press("Pengumuman");
  window.press("Tulis pengumuman");
  window.press("Catat di laptop ini");
  CHECK(window.sees("Pengumuman harus diisi"));
  window.press_id("form.title");
  window.type("Air mati besok");
  window.key(Key::enter);
  CHECK(window.sees("Air mati besok"));
  CHECK(window.flaws() == std::vector<std::string>{});
}

}  // namespace rukun::test
