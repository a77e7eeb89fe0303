// The generator of turns in the window: planned, seen, published as one, swapped, stood in for.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// One household a night, of three.
void add_ronda(Laptop& laptop) {
  laptop.add("activity", {{"name", "Ronda"}, {"type", "ronda"}, {"default_slots", "1"}});
  for (const char* name : {"Keluarga Dedi", "Keluarga Joko", "Keluarga Rini"})
    laptop.add("household", {{"name", name}});
}

}  // namespace

TEST_CASE("turns are shared out in the window, seen with their reasons, and published as one",
          "[ui][roster]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  WindowHarness window(laptop.presenter());
  window.press("Jadwal");
  window.press("Susun giliran");
  CHECK(window.sees("Belum ada kegiatan yang bergiliran"));
  add_ronda(laptop);
  laptop.add("household", {{"name", "Mbah Karto"}, {"ronda_exempt", "lansia"}});
  laptop.presenter().execute(Go{Screen::schedule});
  window.settle();
  window.press("Susun giliran");
  CHECK(window.sees("giliran pertama"));
  CHECK(window.sees("Mbah Karto: bebas ronda: lansia"));
  CHECK(window.sees("Akan ditulis: 28 jadwal baru, 28 giliran"));
  window.press_id("roster.weeks.1");
  CHECK(window.sees("Akan ditulis: 7 jadwal baru, 7 giliran"));
  CHECK(window.flaws() == std::vector<std::string>{});
  window.picture("real_roster");
  const auto view = laptop.presenter().views()->schedule.roster;
  REQUIRE(view);
  REQUIRE(view->nights.size() == 7);
  window.press_id("roster.night." + view->nights[3].day);
  CHECK(window.sees("Semua tanggal"));

  // What arrived since is seen first.
  laptop.presenter().execute(PublishRoster{view->number + 1});
  CHECK(laptop.presenter().views()->shell.refused.find("Periksa lagi") != std::string::npos);
  laptop.presenter().execute(DismissRefusal{});
  window.settle();
  window.press_id("roster.from");
  window.type("x");
  CHECK(!window.sees("Terbitkan"));
  window.key(Key::backspace);
  window.press("Terbitkan");
  CHECK(window.sees("Giliran diterbitkan, tersimpan di laptop ini: Ronda"));
  CHECK(!laptop.presenter().views()->schedule.roster);
  window.press("Urungkan");
  window.press("Susun giliran");
  window.press_id("roster.weeks.2");
  CHECK(window.sees("Akan ditulis: 14 jadwal baru, 14 giliran"));
}

TEST_CASE("turns that lack the number on duty lead to where it is written", "[ui][roster]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add("activity", {{"name", "Ronda"}, {"type", "ronda"}});
  laptop.add("household", {{"name", "Keluarga Dedi"}});
  laptop.presenter().execute(Go{Screen::schedule});
  WindowHarness window(laptop.presenter());
  window.press("Susun giliran");
  CHECK(window.sees("Belum tertulis berapa petugas tiap kali. "));
  window.press("Lengkapi kegiatan ini");
  window.press_id("form.default_slots");
  window.type("1");
  window.key(Key::enter);
  CHECK_FALSE(window.sees("Belum tertulis"));
  CHECK(window.sees("Akan ditulis: 28 jadwal baru"));
  CHECK(window.flaws() == std::vector<std::string>{});
}

TEST_CASE("a published turn is swapped with another, and somebody else stands in", "[ui][roster]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_ronda(laptop);
  laptop.presenter().execute(Go{Screen::schedule});
  laptop.presenter().execute(PlanRoster{"", "", 2});
  const auto plan = laptop.presenter().views()->schedule.roster;
  REQUIRE(plan);
  REQUIRE(plan->nights.size() == 14);
  laptop.presenter().execute(PublishRoster{plan->number});
  REQUIRE(laptop.presenter().views()->shell.refused.empty());
  const auto shift_on = [&](std::size_t nth) {
    return laptop.presenter().views()->schedule.shifts.at(nth);
  };
  const auto first = shift_on(0), second = shift_on(1);
  REQUIRE(first.people == std::vector{plan->nights[0].turns[0].name});
  WindowHarness window(laptop.presenter());
  laptop.presenter().execute(OpenRecord{first.id});
  window.settle();
  window.press("Tukar giliran");
  CHECK(window.sees("Bertukar dengan giliran siapa?"));
  window.picture("real_swap");
  for (const auto& turn : laptop.presenter().views()->schedule.turns)
    CHECK(turn.title != first.people[0]);
  window.press(second.people[0]);
  CHECK(window.sees("Giliran ditukar, tersimpan di laptop ini"));
  CHECK(shift_on(0).people == second.people);
  CHECK(shift_on(1).people == first.people);
  window.press("Ganti orang");
  CHECK(window.sees("Siapa yang menggantikan?"));
  const auto third = plan->nights[2].turns[0].name;
  window.type(third);
  window.key(Key::enter);
  CHECK(window.sees("Digantikan, tersimpan di laptop ini: " + third));
  CHECK(shift_on(0).people == std::vector{third});
  CHECK(shift_on(0).waiting.empty());
  window.press("Urungkan");
  CHECK(shift_on(0).people == second.people);
}

}  // namespace rukun::test
