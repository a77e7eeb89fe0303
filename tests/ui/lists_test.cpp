// Lists: their order and columns, several rows marked and changed as one act, and copied as text.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

std::vector<std::string> titles(Laptop& laptop) {
  std::vector<std::string> out;
  for (const NeedRow& row : laptop.presenter().views()->needs.rows) out.push_back(row.title);
  return out;
}

void add_three_needs(Laptop& laptop) {
  laptop.add_need("Bu Wati", "rice", "5", "kg");
  laptop.add_need("Bu Ani", "blanket", "2", "sheet");
  laptop.add_need("Mbah Karto", "drinking_water", "3", "gallon");
  laptop.presenter().execute(Go{Screen::needs});
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("several needs are closed with one reason, and one undo brings them back",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_three_needs(laptop);
  const Words before = titles(laptop);
  REQUIRE(before.size() == 3);
  WindowHarness window(laptop.presenter());
  window.press("Pilih beberapa");
  window.press_id("needs.table.0");
  window.press_id("needs.table.2");
  CHECK(window.sees("2 dipilih"));
  CHECK(!laptop.presenter().views()->needs.detail);
  window.press("Tutup kebutuhan");
  window.type("sudah dibeli");
  CHECK(window.flaws() == Words{});
  window.press("Tutup kebutuhan (2)");
  CHECK(titles(laptop) == Words{before[1]});
  CHECK(window.sees("2 data diubah"));
  CHECK(!window.sees("dipilih"));
  window.press("Urungkan");
  CHECK(titles(laptop) == before);
}

TEST_CASE("one field is changed for all that are picked; who is refused is named", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto cement = laptop.add(
      "drive", {{"title", "Semen"}, {"goal_type", "goods"}, {"target", "2,5"}, {"unit", "sack"}});
  const auto help =
      laptop.add("drive", {{"title", "Kerja bakti"}, {"goal_type", "hours"}, {"target", "10"}});
  REQUIRE(!cement.empty());
  REQUIRE(!help.empty());
  laptop.presenter().execute(Go{Screen::community});
  laptop.presenter().execute(MarkAll{});
  laptop.presenter().execute(DoWithMarked{"goal_type", 2, "money"});
  const auto views = laptop.presenter().views();
  REQUIRE(views->shell.undo);
  CHECK(views->shell.undo->words.find("1 data diubah") == 0);
  CHECK_THAT(views->shell.refused, Catch::Contains("1 data tidak diubah:\nSemen"));
  CHECK_THAT(views->shell.refused, Catch::Contains("rupiah"));
  CHECK_THAT(views->shell.refused, !Catch::Contains("Kerja bakti"));
  // Only what the list offers can be written.
  for (const auto& [field, value] :
       {std::pair{"title", "x"}, std::pair{"nothing", "x"}, std::pair{"goal_type", "gold"}}) {
    CAPTURE(field);
    laptop.presenter().execute(DismissRefusal{});
    laptop.presenter().execute(MarkAll{});
    laptop.presenter().execute(DoWithMarked{field, 2, value});
    CHECK(!laptop.presenter().views()->shell.refused.empty());
  }
}

TEST_CASE("a pressed heading puts the list in order, and order and columns are kept",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_three_needs(laptop);
  {
    WindowHarness window(laptop.presenter());
    window.press_id("needs.table.by.0");
    const Words up = titles(laptop);
    CHECK(std::is_sorted(up.begin(), up.end()));
    window.press_id("needs.table.by.0");
    const Words down = titles(laptop);
    CHECK(std::is_sorted(down.rbegin(), down.rend()));
    CHECK(up != down);
    window.press_id("needs.table.by.1");
    CHECK(laptop.presenter().views()->needs.rows.at(0).for_whom.find("Bu Ani") == 0);
    window.press("Urutan & kolom");
    window.press_id("list.column.state");
    window.press_id("list.column.age");
    window.press_id("list.sort.for");
    CHECK(!laptop.presenter().views()->needs.tools.descending);
    window.press_id("list.up");
    CHECK(laptop.presenter().views()->needs.rows.at(0).for_whom.find("Bu Ani") == 0);
    window.press("Selesai");
    // A heading counts the columns that are shown, and says that it is the one.
    window.press_id("needs.table.by.4");
    CHECK(laptop.presenter().views()->needs.tools.sort == "age");
    window.press_id("needs.table.by.1");
    window.press_id("needs.table.by.1");
    CHECK(window.find_id("needs.table.by.1")->selected);
    CHECK(!window.find_id("needs.table.by.4")->selected);
    CHECK(laptop.presenter().views()->needs.rows.at(0).for_whom.find("Mbah Karto") == 0);
  }
  laptop.restart();
  Unlock unlock{laptop.presenter().views()->lock.profiles.at(0).id};
  unlock.passphrase.set(laptop.passphrase());
  laptop.presenter().execute(unlock);
  laptop.presenter().execute(Go{Screen::needs});
  const ListTools& tools = laptop.presenter().views()->needs.tools;
  CHECK(tools.sort == "for");
  CHECK(tools.descending);
  Words shown;
  for (const ListColumn& one : tools.columns) {
    if (one.shown) shown.push_back(one.id);
  }
  CHECK(shown == Words{"title", "for", "remaining", "urgency", "age"});
  CHECK(laptop.presenter().views()->needs.rows.at(0).for_whom.find("Mbah Karto") == 0);
}

TEST_CASE("a list of any kind is put in order by numbers as numbers, with what is empty last",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  for (const auto& [name, people] :
       {std::pair{"Bu Ani", "12"}, std::pair{"Bu Citra", ""}, std::pair{"Bu Wati", "5"}})
    laptop.add("household", {{"name", name}, {"people", people}, {"rt", "3"}, {"rw", "7"}});
  laptop.presenter().execute(Go{Screen::households});
  const auto names = [&laptop] {
    Words out;
    for (const auto& row : laptop.presenter().views()->records.rows)
      out.push_back(row.cells.at(0).words);
    return out;
  };
  laptop.presenter().execute(ArrangeList{{"name", "people", "status"}, "people", false});
  CHECK(names() == Words{"Bu Wati", "Bu Ani", "Bu Citra"});
  laptop.presenter().execute(ArrangeList{{"name", "people", "status"}, "people", true});
  CHECK(names() == Words{"Bu Ani", "Bu Wati", "Bu Citra"});
  const RecordsView view = laptop.presenter().views()->records;
  REQUIRE(view.columns.size() == 3);
  CHECK(view.columns[2].title == "Status");
}

TEST_CASE("rows are marked by Space, and by Shift with the arrows or a click", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_three_needs(laptop);
  laptop.add_need("Pak Joko", "mattress", "1", "piece");
  laptop.presenter().execute(Go{Screen::needs});
  const auto marked = [&laptop] {
    std::vector<bool> out;
    for (const NeedRow& row : laptop.presenter().views()->needs.rows) out.push_back(row.marked);
    return out;
  };
  WindowHarness window(laptop.presenter());
  window.press("Pilih beberapa");
  window.press_id("needs.table.0");
  CHECK(marked() == std::vector{true, false, false, false});
  CHECK(window.sees("1 dipilih"));
  window.key(Key::down, true);
  window.key(Key::down, true);
  CHECK(marked() == std::vector{true, true, true, false});
  window.key(Key::space);
  CHECK(marked() == std::vector{true, true, false, false});
  window.press("Ubah isian");
  CHECK(!window.find_id("list.do")->enabled);
  window.press("Kemendesakan");
  window.press("Mendesak (24 jam)");
  window.press("Ubah 2 data");
  CHECK(window.sees("2 data diubah"));
  CHECK(marked() == std::vector{false, false, false, false});
  CHECK(window.find("Pilih beberapa") != nullptr);

  window.press("Pilih beberapa");
  window.press_id("needs.table.3");
  window.press_id("needs.table.1", true);
  CHECK(marked() == std::vector{false, true, true, true});
  window.press("Pilih semua (4)");
  CHECK(window.sees("4 dipilih"));
  window.press("Batal pilih semua");
  CHECK(window.sees("0 dipilih"));
  window.press_id("needs.table.3");
  window.press("Selesai memilih");
  CHECK(!window.sees("dipilih"));
  CHECK(marked() == std::vector{false, false, false, false});
  // Shift and a click begin it, too; Escape ends it.
  window.press_id("needs.table.1", true);
  CHECK(window.sees("dipilih"));
  window.key(Key::escape);
  CHECK(!window.sees("dipilih"));
  CHECK(marked() == std::vector{false, false, false, false});
}

TEST_CASE("goods that are needed, needs by category and week, and drives are shown as charts",
          "[ui][lists][chart]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_three_needs(laptop);
  const auto id = laptop.presenter().views()->needs.rows.at(0).id;
  laptop.presenter().execute(CloseNeed{id, "sudah ada"});
  {
    WindowHarness window(laptop.presenter());
    window.press("Grafik");
    CHECK(window.sees("Kebutuhan menurut kategori"));
    CHECK(window.flaws() == Words{});
    const auto charts = laptop.presenter().views()->needs.charts;
    REQUIRE(charts.size() == 3);
    CHECK(charts[0].lines.size() == 2);    // nobody lacks what was closed
    REQUIRE(charts[1].lines.size() == 1);  // all three are food
    CHECK(charts[1].lines[0].open == 2);
    CHECK(charts[1].lines[0].done == 1);
    REQUIRE(charts[2].lines.size() == 8);
    CHECK(charts[2].lines[7].words == "1 dari 3 (33%)");
    CHECK(charts[2].lines[6].words == "tidak ada");
    // It follows what is done, and the list is one press away.
    laptop.presenter().execute(Undo{});
    CHECK(laptop.presenter().views()->needs.charts.at(1).lines.at(0).open == 3);
    window.press("Kembali ke daftar");
    CHECK(window.find_id("needs.table.0") != nullptr);
  }
  const auto drive =
      laptop.add("drive", {{"title", "Kas ronda"}, {"goal_type", "money"}, {"target", "100000"}});
  laptop.add("contribution", {{"direction", "in"}, {"amount", "40000"}}, {{"drive", drive}});
  laptop.add("drive", {{"title", "Doa bersama"}, {"goal_type", "hours"}});  // without a target
  laptop.presenter().execute(Go{Screen::community});
  laptop.presenter().execute(ShowChart{});
  const auto charts = laptop.presenter().views()->records.charts;
  REQUIRE(charts.size() == 1);
  REQUIRE(charts[0].lines.size() == 1);
  CHECK(charts[0].lines[0].fraction == Approx(0.4));
  CHECK_THAT(charts[0].lines[0].words, Catch::Contains("40%"));
  CHECK_THAT(charts[0].lines[0].words, Catch::Contains("40.000"));
  // What was spent and nothing says on what is settled on the drive's page.
  laptop.add("contribution", {{"direction", "out"}, {"amount", "10000"}}, {{"drive", drive}});
  laptop.presenter().execute(Go{Screen::home});
  const auto home = laptop.presenter().views()->home;
  const auto spent = std::find_if(home.attention.begin(), home.attention.end(),
                                  [](const auto& row) { return row.to == Screen::community; });
  REQUIRE(spent != home.attention.end());
  CHECK(spent->record == drive);
  CHECK(spent->action == "Lihat");
}

TEST_CASE("one sort of goods is one line of what is lacking, whatever unit it was asked in",
          "[ui][lists][chart]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Bu Wati", "rice", "5", "kg");
  laptop.add_need("Bu Ani", "rice", "500", "g");
  laptop.add_need("Pak Dedi", "sugar", "1", "kg");  // of the same category and unit
  laptop.add_need("Mbah Karto", "blanket", "2", "sheet");
  laptop.presenter().execute(Go{Screen::needs});
  const std::string last = laptop.presenter().views()->needs.rows.at(0).id;
  laptop.presenter().execute(HandOver{last, "0,5", "Mbah Karto", ""});
  laptop.presenter().execute(OpenNeed{last});
  const ChartLine parts = laptop.presenter().views()->needs.detail.value().parts;
  CHECK(parts.open == 1500);
  CHECK(parts.done == 500);
  laptop.presenter().execute(ShowChart{});
  const ChartView lacking = laptop.presenter().views()->needs.charts.at(0);
  REQUIRE(lacking.lines.size() == 3);
  CHECK(lacking.lines[0].label == "Beras");
  CHECK(lacking.lines[0].words == "kurang 5,5 dari 5,5 kg · 2 kebutuhan");
  CHECK(lacking.lines[0].fraction == 0);
  CHECK(lacking.lines[1].words == "kurang 1,5 dari 2 lembar · 1 kebutuhan");
  CHECK(lacking.lines[1].fraction == Approx(0.25));
  laptop.presenter().execute(Go{Screen::home});
  CHECK(laptop.presenter().views()->home.met.open == 4);
  CHECK(laptop.presenter().views()->home.met.done == 0);
}

TEST_CASE("a list is copied as text, for the board without names, and that is on record",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  add_three_needs(laptop);
  const auto id = laptop.presenter().views()->needs.rows.at(0).id;
  laptop.presenter().execute(
      Deed{.what = Deed::What::write, .record = id, .fields = {{"privacy", "public"}}});
  WindowHarness window(laptop.presenter());
  window.press("Salin teks");
  window.press("Untuk papan pengumuman");
  const std::string board = window.clipboard();
  CHECK(board.find("Mbah Karto") == std::string::npos);
  CHECK(board.find("Bu Ani") == std::string::npos);
  CHECK(window.sees("baris disalin"));
  window.press("Pilih beberapa");
  window.press_id("needs.table.0");
  window.press("Lainnya");
  window.press_id("list.deed.copy");
  const std::string one = window.clipboard();
  CHECK(one != board);
  CHECK(one.find(laptop.presenter().views()->needs.rows.at(0).title) != std::string::npos);
  CHECK(one.find(laptop.presenter().views()->needs.rows.at(1).title) == std::string::npos);
  laptop.presenter().execute(Go{Screen::access});
  const AccessRow row = laptop.presenter().views()->access.rows.at(0);
  CHECK(row.subject == "Kebutuhan");
  CHECK(row.rows == "1");
  // Several in the order in which they stand, whichever was marked first.
  laptop.presenter().execute(Go{Screen::needs});
  laptop.presenter().execute(MarkAll{false});
  const auto needs = laptop.presenter().views()->needs.tools.number;
  for (const std::size_t last_first : {2U, 1U, 0U})
    laptop.presenter().execute(MarkRows{needs, last_first, last_first, true});
  laptop.presenter().execute(DoWithMarked{"copy", 3});
  const std::string three = laptop.presenter().views()->shell.copied.text;
  const Words named = titles(laptop);
  REQUIRE(three.find(named.at(0)) != std::string::npos);
  CHECK(three.find(named.at(0)) < three.find(named.at(1)));
  CHECK(three.find(named.at(1)) < three.find(named.at(2)));
  // Of any other list likewise.
  laptop.presenter().execute(Go{Screen::households});
  const auto homes = laptop.presenter().views()->records.rows;
  const auto list = laptop.presenter().views()->records.tools.number;
  laptop.presenter().execute(MarkRows{list, 1, 1, true});
  laptop.presenter().execute(DoWithMarked{"copy", 1});
  const std::string home = laptop.presenter().views()->shell.copied.text;
  CHECK(home.find(homes.at(1).cells.at(0).words) != std::string::npos);
  CHECK(home.find(homes.at(0).cells.at(0).words) == std::string::npos);
}

}  // namespace rukun::test
