// What is in sight when a page opens: its top, and the field that the keyboard is in.
#include <algorithm>

#include "app/ui/demo_views.h"
#include "app/ui/screens/screens.h"
#include "tests/support/catch.h"
#include "tests/ui/harness.h"

namespace rukun::test {
namespace {

using namespace rukun::ui;

bool in_sight(const Harness& harness, std::string_view words) {
  return std::any_of(harness.seen().begin(), harness.seen().end(), [words](const Seen& seen) {
    return seen.text.find(words) != std::string::npos && seen.clip.contains(seen.rect);
  });
}

}  // namespace

TEST_CASE("a page begins at its top, wherever the last one was scrolled to", "[ui][layout]") {
  const DemoViews views = demo_views("id");
  ExchangeView view = views.exchange;
  ExchangeState state;
  ShellState shell;
  Screen screen = Screen::exchange;
  Harness harness({1024, 600, 2, "id"}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, views.shell, shell, screen,
        [&] {
          if (screen == Screen::exchange)
            draw_exchange(ui, view, state, out);
          else
            draw_access(ui, views.access, out);
        },
        out);
  });
  CHECK(in_sight(harness, "Tukar data lewat mana?"));
  harness.press_id("lan.address_open");
  CHECK_FALSE(in_sight(harness, "Tukar data lewat mana?"));

  SECTION("another page of the same screen") {
    view.receipt = ExchangeReceipt{.place = "FLASHDISK",
                                   .fresh = 12,
                                   .reached = {"Pak Budi", "Bu Tini", "Mbak Rini"},
                                   .refused = {},
                                   .safe_to_remove = true,
                                   .deleted = {}};
    harness.settle();
    CHECK(in_sight(harness, "Aman dicabut."));
  }
  SECTION("another screen") {
    screen = Screen::access;
    harness.settle();
    CHECK(in_sight(harness, "Disimpan terkunci di laptop ini"));
  }
}

TEST_CASE("a field that is in sight leaves the page where it is", "[ui][layout]") {
  const DemoViews views = demo_views("id");
  FirstRunState state;
  state.page = 3;
  state.passphrase.own = true;
  Harness harness({1024, 600, 2, "id"},
                  [&](Ui& ui, Commands& out) { draw_first_run(ui, views.first_run, state, out); });
  CHECK(in_sight(harness, "Kata sandi Anda"));
  // The second one is not: the page goes there.
  for (int i = 0; i < 2; ++i) harness.key(Key::tab);
  REQUIRE(harness.focused() != nullptr);
  CHECK(harness.focused()->id == "first.again");
  CHECK(harness.focused()->clip.contains(harness.focused()->rect));
}

}  // namespace rukun::test
