// Choosing a file or a folder instead of typing its path.
#include <fstream>

#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

void touch(const std::filesystem::path& file) { std::ofstream(file) << "x"; }

std::vector<std::string> names_in(const PickerView& view) {
  std::vector<std::string> out;
  for (const auto& row : view.rows) out.push_back(row.name);
  return out;
}

}  // namespace

TEST_CASE("a stick is chosen by pressing, and taken as the folder to exchange with",
          "[ui][picker]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto stick = laptop.plug_in({"Data RT"});
  WindowHarness window(laptop.presenter());
  window.press("Tukar data");
  window.press("Pilih dari daftar");
  CHECK(window.sees("Pilih folder"));
  REQUIRE(laptop.presenter().views()->picker);
  CHECK(laptop.presenter().views()->picker->places.at(0).stick);
  CHECK(laptop.presenter().views()->picker->folder == stick.string());
  CHECK(window.flaws() == std::vector<std::string>{});
  window.press("Data RT");
  window.press("Naik satu tingkat");
  window.press("Data RT");
  window.press("Pakai folder ini");
  CHECK_FALSE(laptop.presenter().views()->picker);
  window.press("Tukar data dengan folder ini");
  REQUIRE(laptop.presenter().views()->exchange.receipt);
  CHECK(laptop.presenter().views()->exchange.receipt->place == "Data RT");
  // Where one was lately stands behind the sticks.
  window.press("Selesai");
  window.press_id("exchange.folder.pick");
  const auto places = laptop.presenter().views()->picker->places;
  REQUIRE(places.size() > 1);
  CHECK(places[1].path == (stick / "Data RT").string());
}

TEST_CASE("an invitation is chosen by keyboard alone, and Escape leaves what was typed",
          "[ui][picker]") {
  Laptop laptop(2);
  const auto stick = laptop.plug_in({"surat"});
  touch(stick / "surat" / "undangan-rt3.rukun");
  touch(stick / "surat" / "foto.jpg");
  WindowHarness window(laptop.presenter());
  window.press("Bahasa Indonesia");
  window.type("Pak Budi");
  window.key(Key::enter);
  window.press("Gabung dengan undangan");
  window.type("ketik");
  window.key(Key::tab);
  window.key(Key::enter);
  REQUIRE(window.sees("Pilih berkas"));
  window.key(Key::escape);
  CHECK(window.sees("ketik"));
  window.press_id("first.invitation.pick");
  window.type("sur");
  window.key(Key::enter);
  CHECK(names_in(*laptop.presenter().views()->picker) ==
        std::vector<std::string>{"undangan-rt3.rukun"});
  window.key(Key::down);
  window.key(Key::enter);
  CHECK_FALSE(laptop.presenter().views()->picker);
  CHECK(window.sees((stick / "surat" / "undangan-rt3.rukun").string()));
}

TEST_CASE("a dialog that asks for a folder stands there again with what was chosen",
          "[ui][picker]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto stick = laptop.plug_in({"Rekap"});
  laptop.presenter().execute(Go{Screen::recap});
  WindowHarness window(laptop.presenter());
  window.press_id("recap.export");
  window.press_id("recap.folder.pick");
  window.press_id("picker.place.0");
  window.press("Rekap");
  window.press("Pakai folder ini");
  REQUIRE(window.find_id("recap.write") != nullptr);
  CHECK(window.sees((stick / "Rekap").string()));
  window.press_id("recap.cancel");
  CHECK(window.find_id("recap.write") == nullptr);
  // What was chosen lately is the first place behind the sticks.
  window.press_id("recap.export");
  window.press_id("recap.folder.pick");
  CHECK(laptop.presenter().views()->picker->places.at(1).path == (stick / "Rekap").string());
}

TEST_CASE("a very full folder is shown in part, and letters find what is not shown",
          "[ui][picker]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto folder = laptop.folder() / "penuh";
  std::filesystem::create_directories(folder / "zzz");
  for (int i = 0; i < 620; ++i) touch(folder / ("warga-" + std::to_string(1000 + i) + ".csv"));
  touch(folder / ".tersembunyi.csv");
  Presenter& presenter = laptop.presenter();
  presenter.execute(OpenPicker{"x", PickFor::spreadsheet, folder.string()});
  REQUIRE(presenter.views()->picker);
  CHECK(presenter.views()->picker->rows.size() == 500);
  CHECK(presenter.views()->picker->hidden == 121);
  CHECK(presenter.views()->picker->rows.at(0).name == "zzz");  // folders stand first
  presenter.execute(PickerFind{"1619"});
  CHECK(names_in(*presenter.views()->picker) == std::vector<std::string>{"warga-1619.csv"});
  presenter.execute(PickerFind{"WARGA-100"});
  CHECK(presenter.views()->picker->rows.size() == 10);
  presenter.execute(OpenPicker{"x", PickFor::folder, folder.string()});
  CHECK(names_in(*presenter.views()->picker) == std::vector<std::string>{"zzz"});
}

TEST_CASE("a folder that cannot be read is said, and there is a way on", "[ui][picker]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Tukar data");
  window.press_id("exchange.folder.pick");
  laptop.presenter().execute(PickerGo{(laptop.folder() / "dicabut").string()});
  window.settle();
  const std::string failed = laptop.presenter().views()->picker->failed;
  CHECK(!failed.empty());
  CHECK(window.sees(failed));
  const auto* here = window.find_id("picker.here");
  REQUIRE(here != nullptr);
  CHECK_FALSE(here->enabled);
  window.press("Naik satu tingkat");
  CHECK(laptop.presenter().views()->picker->failed.empty());
}

}  // namespace rukun::test
