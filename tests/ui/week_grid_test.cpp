// The week's grid: shifts moved to another day by hand and by key.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

TEST_CASE("a shift is moved to another day by dragging it or by key, and only when it is confirmed",
          "[ui][week]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  // Today is a Monday.
  laptop.add_shift({{"name", "Dapur umum"}, {"type", "public_kitchen"}}, "lusa 08.00",
                   "lusa 11.00");
  Presenter& presenter = laptop.presenter();
  const auto shifts = [&] { return presenter.views()->schedule.shifts; };
  REQUIRE(shifts().size() == 1);
  const std::string id = shifts()[0].id;
  const std::string day = presenter.views()->schedule.days[2];
  WindowHarness window(presenter);
  CHECK(shifts()[0].weekday == 2);
  const Seen* cell = window.find_id("shift.open." + id);
  REQUIRE(cell != nullptr);
  const float column = cell->rect.width();

  window.drag("shift.open." + id, 2 * column);
  CHECK(window.sees("Pindahkan jadwal?"));
  CHECK(window.sees("Dari " + day));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("move_shift");
  window.key(Key::escape);
  CHECK(!window.sees("Pindahkan jadwal?"));
  CHECK(shifts()[0].weekday == 2);

  window.drag("shift.open." + id, 2 * column);
  window.key(Key::enter);
  CHECK(shifts()[0].weekday == 4);
  CHECK(shifts()[0].time == "pukul 08.00–11.00");
  CHECK(window.sees("Dipindahkan, tersimpan di laptop ini"));
  window.press("Urungkan");
  CHECK(shifts()[0].weekday == 2);

  // A hand that trembles opens it, as pressing does.
  window.drag("shift.open." + id, 4);
  REQUIRE(presenter.views()->schedule.open);
  window.key(Key::escape);

  for (int i = 0;
       i < 60 && (window.focused() == nullptr || window.focused()->id != "shift.open." + id); ++i)
    window.key(Key::tab);
  window.key(Key::left, false, true);
  CHECK(window.sees("Pindahkan jadwal?"));
  window.key(Key::enter);
  CHECK(shifts()[0].weekday == 1);
}

}  // namespace rukun::test
