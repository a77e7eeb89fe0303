// The keyboard alone must do everything the mouse can, and lists must not care how long they are.
#include <chrono>

#include "app/ui/demo_views.h"
#include "app/ui/screens/screens.h"
#include "app/ui/table.h"
#include "tests/support/catch.h"
#include "tests/ui/harness.h"

namespace rukun::test {

using namespace rukun::ui;

TEST_CASE("Tab reaches everything on the home screen and Enter presses it", "[ui][keyboard]") {
  const DemoViews views = demo_views("id");
  ShellState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  std::set<std::string> reached;
  for (int i = 0; i < 60; ++i) {
    harness.key(Key::tab);
    REQUIRE(harness.focused() != nullptr);
    reached.insert(harness.focused()->id);
  }
  for (const Seen& seen : harness.seen()) {
    if (seen.role == ui::Role::button || seen.role == ui::Role::tile) {
      CAPTURE(seen.id);
      CHECK(reached.count(seen.id) == 1);
    }
  }
  for (int i = 0; i < 60 && harness.focused()->id != "home.exchange"; ++i) harness.key(Key::tab);
  harness.key(Key::enter);
  const auto gone = harness.commands_of<Go>();
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].to == Screen::exchange);
}

TEST_CASE("the keyboard begins in the page, what stands around it comes after", "[ui][keyboard]") {
  const DemoViews views = demo_views("id");
  ShellState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  harness.key(Key::tab);
  REQUIRE(harness.focused() != nullptr);
  CHECK(harness.focused()->id == "attention.0");
  harness.key(Key::tab, true);
  CHECK(harness.focused()->id.rfind("nav.", 0) == 0);
}

TEST_CASE("Escape closes the menu of a narrow window", "[ui][keyboard]") {
  const DemoViews views = demo_views("id");
  ShellState state;
  Harness harness({.width = 1024, .height = 600, .scale = 1.5F}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  harness.press_id("nav.menu");
  CHECK(state.menu_open);
  CHECK(harness.sees("Pengaturan"));
  harness.key(Key::escape);
  CHECK_FALSE(state.menu_open);
  CHECK_FALSE(harness.sees("Pengaturan"));
}

TEST_CASE("Shift and Tab walk back, arrows walk sideways", "[ui][keyboard]") {
  const DemoViews views = demo_views("id");
  Harness harness({}, [&](Ui& ui, Commands& out) {
    full_page(ui, "page", 1200, [&] { draw_home(ui, views.home, out); });
  });
  while (harness.focused() == nullptr || harness.focused()->id != "home.need")
    harness.key(Key::tab);
  harness.key(Key::right);
  CHECK(harness.focused()->id == "home.offer");
  harness.key(Key::left);
  CHECK(harness.focused()->id == "home.need");
  harness.key(Key::tab, true);
  CHECK(harness.focused()->id == "attention.2");
}

TEST_CASE("F1, F2 and Escape work from anywhere", "[ui][keyboard]") {
  const DemoViews views = demo_views("id");
  ShellState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  harness.key(Key::f1);
  CHECK(harness.sees("Setiap catatan langsung tersimpan di laptop ini"));
  harness.key(Key::escape);
  CHECK(!harness.sees("Setiap catatan langsung tersimpan di laptop ini"));
  harness.key(Key::f2);
  const auto gone = harness.commands_of<Go>();
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].to == Screen::need_entry);
}

TEST_CASE("a dialog keeps the keyboard and the mouse to itself", "[ui][keyboard]") {
  DemoViews views = demo_views("id");
  views.needs.detail = views.need;
  NeedsState needs;
  ShellState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, state, Screen::needs, [&] { draw_needs(ui, views.needs, needs, out); },
        out);
  });
  harness.press("Serah terima");
  CHECK(harness.sees("Berapa yang diserahkan?"));
  for (int i = 0; i < 12; ++i) {
    harness.key(Key::tab);
    REQUIRE(harness.focused() != nullptr);
    CHECK(harness.focused()->layer == 1);
  }
  harness.press_id("handover.receiver");
  harness.type("Bu Ani");
  harness.press("Catat serah terima");
  const auto given = harness.commands_of<HandOver>();
  REQUIRE(given.size() == 1);
  CHECK(given[0].need == "n2");
  CHECK(given[0].quantity == "6");
  CHECK(given[0].receiver == "Bu Ani");
  CHECK(!harness.sees("Berapa yang diserahkan?"));
}

TEST_CASE("a list of 100,000 rows asks only for what is visible", "[ui][table]") {
  std::size_t asked = 0;
  std::optional<std::size_t> selected;
  std::optional<std::size_t> opened;
  Harness harness({}, [&](Ui& ui, Commands&) {
    full_page(ui, "page", 1200, [&] {
      ui::TableSpec spec;
      spec.id = "list";
      spec.columns = {{"Nama", 2, 200}, {"Jumlah", 1, 100, true}};
      spec.count = 100000;
      spec.selected = selected;
      spec.cell = [&asked](std::size_t row, std::size_t column) {
        ++asked;
        return ui::Cell{(column == 0 ? "Baris " : "") + std::to_string(row)};
      };
      const TableResult result = table(ui, spec);
      if (result.selected) selected = result.selected;
      if (result.opened) opened = result.opened;
    });
  });
  asked = 0;
  harness.settle();
  CHECK(asked < 3 * 300);
  harness.press_id("list.3");
  CHECK(selected == std::size_t{3});
  harness.key(Key::down);
  CHECK(selected == std::size_t{4});
  harness.key(Key::end);
  CHECK(selected == std::size_t{99999});
  CHECK(harness.sees("Baris 99999"));
  harness.key(Key::up);
  harness.key(Key::enter);
  CHECK(opened == std::size_t{99998});
  harness.key(Key::home);
  CHECK(harness.sees("Baris 0"));
}

TEST_CASE("letters typed at once after Tab all arrive", "[ui][keyboard]") {
  std::string first;
  std::string second;
  Harness harness({}, [&](Ui& ui, Commands&) {
    full_page(ui, "page", 600, [&] {
      text_field(ui, {.id = "first", .label = "Satu"}, first);
      text_field(ui, {.id = "second", .label = "Dua"}, second);
    });
  });
  harness.key(Key::tab);
  harness.type("beras");
  harness.key(Key::tab);
  harness.type("5 kg");
  harness.key(Key::tab);
  harness.type("minyak");
  CHECK(first == "minyak");
  CHECK(second == "5 kg");
}

TEST_CASE("a passphrase is neither noted down nor left in its buffer", "[ui][passphrase]") {
  PassphraseState state;
  Harness harness({}, [&](Ui& ui, Commands&) {
    full_page(ui, "page", 600, [&] { passphrase_field(ui, "secret", "Kata sandi", state); });
  });
  harness.key(Key::tab);
  harness.type("melati sungai");
  CHECK(state.text.view() == "melati sungai");
  CHECK(!harness.sees("melati"));
  state.text.wipe();
  CHECK(state.text.empty());
  const char* bytes = state.text.data();
  CHECK(std::all_of(bytes, bytes + state.text.capacity(), [](char c) { return c == 0; }));
}

TEST_CASE("numbers are read as people type them", "[ui]") {
  CHECK(typed_number("5") == 5.0);
  CHECK(typed_number("2,5") == 2.5);
  CHECK(typed_number("2.5") == 2.5);
  CHECK(!typed_number("lima"));
  CHECK(!typed_number(""));
  CHECK(!typed_number("1e999"));
}

}  // namespace rukun::test
