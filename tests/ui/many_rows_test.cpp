// Lists with more rows than are read whole: what is in sight, found, put in order, marked and
// changed is right beyond those at hand, too.
#include "app/ui/demo_views.h"
#include "app/ui/presenter/order_keys.h"
#include "app/ui/screens/screens.h"
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

using Lines = std::vector<std::string>;

Lines names_at_hand(Presenter& presenter) {
  Lines out;
  for (const ui::RecordRow& row : presenter.views()->records.rows)
    out.push_back(row.cells[0].words);
  return out;
}

std::vector<std::uint32_t> order_of(const Lines& words, bool descending) {
  OrderKeys keys;
  for (const std::string& one : words) keys.add_words(one);
  return keys.order(descending);
}

// Three of rice and two of blankets.
void add_five_needs(Laptop& laptop) {
  laptop.begin("Bu Sari");
  for (const char* who : {"Bu Ani", "Bu Wati", "Pak Joko"}) laptop.add_need(who, "rice", "5", "kg");
  for (const char* who : {"Mbah Karto", "Bu Tuti"}) laptop.add_need(who, "blanket", "2", "sheet");
  laptop.presenter().execute(Go{Screen::needs});
}

// How many stand under a filter.
std::size_t standing(Laptop& laptop, NeedFilter filter) {
  laptop.presenter().execute(SearchNeeds{"", filter});
  return laptop.presenter().views()->needs.count;
}

}  // namespace

TEST_CASE("rows are put in order by numbers or words, equal ones as they came, nothing last",
          "[ui][lists]") {
  using Order = std::vector<std::uint32_t>;
  CHECK(order_of({"beras", "", "air", "beras", "air"}, false) == Order{2, 4, 0, 3, 1});
  CHECK(order_of({"beras", "", "air", "beras", "air"}, true) == Order{0, 3, 2, 4, 1});
  OrderKeys numbers;
  for (const std::int64_t one : {7, -3, 7}) numbers.add_number(one);
  numbers.add_nothing();
  numbers.add_number(0);
  CHECK(numbers.order(false) == Order{1, 4, 0, 2, 3});
  CHECK(numbers.order(true) == Order{0, 2, 4, 1, 3});
  // What is worked out may be a number in one row and words in the next.
  OrderKeys both;
  both.add_words("beras");
  both.add_number(4'000'000'000);
  both.add_nothing();
  both.add_words("air");
  CHECK(both.order(false) == Order{1, 3, 0, 2});
  CHECK(both.order(true) == Order{1, 0, 3, 2});
}

TEST_CASE("a list of any kind reads only some rows, and finds and orders all of them",
          "[ui][lists]") {
  Laptop laptop(1, {}, nullptr, {}, {.at_hand = 2});
  laptop.begin("Bu Sari");
  Presenter& presenter = laptop.presenter();
  for (const auto& [name, people] : {std::pair{"Zulkifli", "1"}, std::pair{"bu Ani", "9"},
                                     std::pair{"\u00C9do", "3"}, std::pair{"Dewi", "2"}})
    laptop.add("household", {{"name", name}, {"people", people}, {"rt", "3"}, {"rw", "7"}});
  presenter.execute(Go{Screen::households});
  CHECK(presenter.views()->records.count == 4);
  CHECK(names_at_hand(presenter) == Lines{"bu Ani", "Dewi"});
  presenter.execute(ShowRows{Screen::households, 2, 2});
  CHECK(presenter.views()->records.first == 2);
  CHECK(names_at_hand(presenter) == Lines{"\u00C9do", "Zulkifli"});
  presenter.execute(ArrangeList{{"name", "people"}, "people", true});
  presenter.execute(ShowRows{Screen::households, 0, 2});
  CHECK(names_at_hand(presenter) == Lines{"bu Ani", "\u00C9do"});
  presenter.execute(SearchRecords{"zul"});
  CHECK(presenter.views()->records.count == 1);
  CHECK(names_at_hand(presenter) == Lines{"Zulkifli"});
  // What is printed or copied is the whole list, in its order.
  presenter.execute(SearchRecords{""});
  presenter.execute(Deed{.what = Deed::What::copy, .kind = "list"});
  const std::string text = presenter.views()->shell.copied.text;
  CHECK(text.find("bu Ani") < text.find("Dewi"));
  CHECK(text.find("Dewi") < text.find("Zulkifli"));
  CHECK(text.find("Zulkifli") != std::string::npos);
  CHECK(presenter.views()->shell.undo->words.find("4 baris") == 0);
}

TEST_CASE("rows that come into sight are asked for", "[ui][lists]") {
  const DemoViews views = demo_views("id");
  RecordsView many = views.households;
  many.detail.reset();
  while (many.rows.size() < 300) many.rows.push_back(many.rows[0]);
  many.count = many.tools.listed = 100'000;
  RecordsState state;
  Harness harness({}, [&](Ui& ui, Commands& out) {
    ShellState shell;
    draw_shell(
        ui, views.shell, shell, Screen::households, [&] { draw_records(ui, many, state, out); },
        out);
  });
  CHECK(harness.sees("100000 baris"));
  harness.press_id("records.table.1");
  CHECK(harness.commands_of<ShowRows>().empty());  // those are at hand
  harness.key(Key::end);
  CHECK(harness.find_id("records.table.99999") != nullptr);
  const auto asked = harness.commands_of<ShowRows>();
  REQUIRE(!asked.empty());
  CHECK(asked.back().of == Screen::households);
  CHECK(asked.back().first < 99'900);  // and those around them
  CHECK(asked.back().first + asked.back().count >= 100'000);
  many.tools.sorting = true;
  harness.key(Key::home);
  CHECK(harness.sees("Mengurutkan"));
}

TEST_CASE("all that are found are picked and changed in steps, which one undo takes back",
          "[ui][lists]") {
  Laptop laptop(1, {}, nullptr, {}, {.at_hand = 2, .step = 2});
  add_five_needs(laptop);
  Presenter& presenter = laptop.presenter();
  presenter.execute(SearchNeeds{"beras", NeedFilter::open});
  REQUIRE(presenter.views()->needs.count == 3);
  presenter.execute(MarkAll{});
  presenter.execute(SearchNeeds{"", NeedFilter::open});
  REQUIRE(presenter.views()->needs.tools.marked == 3);
  CHECK(!presenter.views()->needs.tools.all_marked);
  // What is found next is marked beside them.
  presenter.execute(SearchNeeds{"selimut", NeedFilter::open});
  presenter.execute(MarkAll{});
  presenter.execute(SearchNeeds{"", NeedFilter::open});
  CHECK(presenter.views()->needs.tools.all_marked);
  Lines told;
  presenter.on_change([&] {
    const auto& undo = presenter.views()->shell.undo;
    if (undo && undo->working) told.push_back(undo->words);
  });
  presenter.execute(DoWithMarked{"urgency", 5, "urgent"});
  CHECK(told ==
        Lines{"Mengubah data: 0 dari 5", "Mengubah data: 2 dari 5", "Mengubah data: 4 dari 5"});
  CHECK(presenter.views()->shell.undo->words == "5 data diubah");
  CHECK(presenter.views()->shell.undo->can_undo);
  CHECK(presenter.views()->needs.tools.marked == 0);
  CHECK(standing(laptop, NeedFilter::urgent) == 5);
  told.clear();
  presenter.execute(Undo{});
  CHECK(told.size() == 3);  // how far it is, a step each
  CHECK(standing(laptop, NeedFilter::urgent) == 0);
  CHECK(standing(laptop, NeedFilter::open) == 5);
  CHECK(!presenter.views()->shell.undo->can_undo);
}

TEST_CASE("a change of many can be stopped, and what was done is taken back", "[ui][lists]") {
  Laptop laptop(1, {}, nullptr, {}, {.step = 2});
  add_five_needs(laptop);
  Presenter& presenter = laptop.presenter();
  presenter.execute(MarkAll{});
  presenter.on_change([&] {
    const auto& undo = presenter.views()->shell.undo;
    if (undo && undo->can_stop) presenter.stop_work();
  });
  presenter.execute(DoWithMarked{"urgency", 5, "urgent"});
  CHECK(presenter.views()->shell.undo->words ==
        "2 data diubah. Dihentikan: 3 data lainnya tidak diubah");
  CHECK(standing(laptop, NeedFilter::urgent) == 2);
  presenter.execute(Undo{});
  CHECK(standing(laptop, NeedFilter::urgent) == 0);
}

TEST_CASE("taking back many can be stopped between its steps, and gone on with", "[ui][lists]") {
  Laptop laptop(1, {}, nullptr, {}, {.step = 2});
  add_five_needs(laptop);
  Presenter& presenter = laptop.presenter();
  presenter.execute(MarkAll{});
  presenter.execute(DoWithMarked{"urgency", 5, "urgent"});
  REQUIRE(standing(laptop, NeedFilter::urgent) == 5);
  Lines told;
  std::size_t stop_at = 1;
  presenter.on_change([&] {
    const auto& undo = presenter.views()->shell.undo;
    if (!undo || !undo->working) return;
    told.push_back(undo->words + (undo->can_stop ? "" : "!"));
    if (told.size() == stop_at) presenter.stop_work();
  });
  presenter.execute(Undo{});
  CHECK(told == Lines{"Mengembalikan data: 0 dari 5"});
  REQUIRE(presenter.views()->shell.undo);
  CHECK(presenter.views()->shell.undo->can_undo);
  CHECK(presenter.views()->shell.undo->words ==
        "1 dari 5 data sudah diurungkan, sisanya masih berubah. Urungkan lagi untuk melanjutkan.");
  CHECK(standing(laptop, NeedFilter::urgent) == 4);
  stop_at = 0;
  told.clear();
  presenter.execute(Undo{});
  // There is nothing to stop before in the last step.
  CHECK(told == Lines{"Mengembalikan data: 1 dari 5", "Mengembalikan data: 3 dari 5!"});
  CHECK(!presenter.views()->shell.undo->can_undo);
  CHECK(standing(laptop, NeedFilter::urgent) == 0);
  CHECK(standing(laptop, NeedFilter::open) == 5);
}

TEST_CASE("rows are marked only in the list that was seen, and only what was seen is changed",
          "[ui][lists]") {
  Laptop laptop;
  add_five_needs(laptop);
  Presenter& presenter = laptop.presenter();
  const auto seen = presenter.views()->needs.tools.number;
  presenter.execute(SearchNeeds{"beras", NeedFilter::open});
  presenter.execute(MarkRows{seen, 0, 1});
  CHECK(presenter.views()->needs.tools.marked == 0);
  CHECK_THAT(presenter.views()->shell.refused, Catch::Contains("baru saja berubah"));
  const auto now = presenter.views()->needs.tools.number;
  presenter.execute(MarkRows{now, 0, 9});  // beyond its end
  CHECK(presenter.views()->needs.tools.marked == 0);
  presenter.execute(MarkRows{now, 0, 1});
  presenter.execute(DismissRefusal{});
  presenter.execute(DoWithMarked{"urgency", 3, "urgent"});
  CHECK_THAT(presenter.views()->shell.refused, Catch::Contains("sekarang 2 data"));
  CHECK(standing(laptop, NeedFilter::urgent) == 0);
}

TEST_CASE("that rows are being put in order is said while the old ones still stand",
          "[ui][lists]") {
  Laptop laptop(1, {}, nullptr, {}, {.many = 3});
  add_five_needs(laptop);
  Presenter& presenter = laptop.presenter();
  std::vector<std::size_t> sorting;
  presenter.on_change([&] {
    const auto views = presenter.views();
    if (views->needs.tools.sorting) sorting.push_back(views->needs.rows.size());
  });
  presenter.execute(ArrangeList{{}, "for", false});
  CHECK(sorting == std::vector<std::size_t>{5});
  CHECK(!presenter.views()->needs.tools.sorting);
  presenter.execute(SearchNeeds{"beras", NeedFilter::open});  // the order stands already
  CHECK(sorting.size() == 1);
}

TEST_CASE("the tools of a list stand in one row, and its rows have the room", "[ui][layout]") {
  for (const char* language : {"id", "en", "xx"}) {
    for (const float scale : {1.0F, 2.0F}) {
      CAPTURE(language, scale);
      const DemoViews views = demo_views(language);
      NeedsView needs = views.needs;
      while (needs.rows.size() < 20) needs.rows.push_back(needs.rows[0]);
      needs.count = needs.tools.listed = needs.rows.size();
      NeedsState state;
      Harness harness({1024, 600, scale, language}, [&](Ui& ui, Commands& out) {
        ShellState shell;
        draw_shell(
            ui, views.shell, shell, Screen::needs, [&] { draw_needs(ui, needs, state, out); }, out);
      });
      std::vector<Rect> tools;
      std::size_t whole = 0;
      for (const Seen& seen : harness.seen()) {
        if (seen.role == ui::Role::row && seen.clip.contains(seen.rect)) ++whole;
        if (seen.id.rfind("list.", 0) == 0 || seen.id == "needs.import" ||
            seen.id == "needs.print" || seen.id == "needs.filter")
          tools.push_back(seen.rect);
      }
      REQUIRE(tools.size() >= 2);
      for (const Rect& one : tools) CHECK(one.y0 == tools[0].y0);
      if (scale == 1.0F) CHECK(whole >= 5);
      // At twice the size, the filters are asked for.
      if (scale == 2.0F) {
        harness.press_id("needs.filter");
        CHECK(harness.flaws() == Lines{});
        harness.press_id("needs.filter.4");
        CHECK(harness.commands_of<SearchNeeds>().back().filter == NeedFilter::all);
        CHECK(harness.find_id("needs.filter.4") == nullptr);
      }
      if (harness.find_id("needs.import") != nullptr) continue;
      harness.press_id("list.more");
      CHECK(harness.find_id("needs.import") != nullptr);
      CHECK(harness.flaws() == Lines{});
      harness.press_id("needs.import");
      const auto done = harness.commands_of<Deed>();
      REQUIRE(done.size() == 1);
      CHECK(done[0].what == Deed::What::import);
    }
  }
}

}  // namespace rukun::test
