// In which order lists stand, column by column, and who is not in them any more.
#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

constexpr std::int64_t kHour_ms = 60 * 60 * 1000;

using Lines = std::vector<std::string>;

// The cells of a column of the list that is shown.
Lines cells(Laptop& laptop, std::size_t column) {
  Lines out;
  for (const ui::RecordRow& row : laptop.presenter().views()->records.rows)
    out.push_back(row.cells.at(column).words);
  return out;
}

// For whom the needs are, one after the other.
Lines people(Laptop& laptop) {
  Lines out;
  for (const NeedRow& row : laptop.presenter().views()->needs.rows)
    out.push_back(row.for_whom.substr(0, row.for_whom.find(" ·")));
  return out;
}

Lines arranged(Laptop& laptop, const std::string& sort, bool descending) {
  laptop.presenter().execute(ArrangeList{{}, sort, descending});
  return people(laptop);
}

Lines turned(Lines lines) {
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::string need_of(Laptop& laptop, const std::string& who) {
  for (const NeedRow& row : laptop.presenter().views()->needs.rows)
    if (row.for_whom.find(who) == 0) return row.id;
  return {};
}

void write(Laptop& laptop, const std::string& record, const FieldTexts& fields) {
  laptop.presenter().execute(Deed{.what = Deed::What::write, .record = record, .fields = fields});
}

}  // namespace

TEST_CASE("needs stand by each of their columns, the small or the large first", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  Presenter& presenter = laptop.presenter();
  laptop.add_need("Bu Wati", "rice", "5", "kg");
  laptop.clock().move(kHour_ms);
  laptop.add_need("asih", "blanket", "2", "sheet");
  laptop.clock().move(kHour_ms);
  laptop.add_need("Mbah Karto", "drinking_water", "4", "gallon");
  presenter.execute(Go{Screen::needs});
  presenter.execute(SearchNeeds{"", NeedFilter::all});
  presenter.execute(HandOver{need_of(laptop, "Bu Wati"), "2", "Bu Wati", ""});
  presenter.execute(HandOver{need_of(laptop, "asih"), "2", "asih", ""});
  write(laptop, need_of(laptop, "Mbah Karto"), {{"urgency", "urgent"}});
  REQUIRE(presenter.views()->shell.refused.empty());

  const Lines youngest{"Mbah Karto", "asih", "Bu Wati"};
  CHECK(arranged(laptop, "age", false) == youngest);
  CHECK(arranged(laptop, "age", true) == turned(youngest));
  const Lines least{"asih", "Bu Wati", "Mbah Karto"};
  CHECK(arranged(laptop, "remaining", false) == least);
  CHECK(arranged(laptop, "remaining", true) == turned(least));
  const Lines open{"Mbah Karto", "Bu Wati", "asih"};
  CHECK(arranged(laptop, "state", false) == open);
  CHECK(arranged(laptop, "state", true) == turned(open));
  CHECK(arranged(laptop, "urgency", false).back() == "Mbah Karto");
  CHECK(arranged(laptop, "urgency", true).front() == "Mbah Karto");
  // Capitals do not matter.
  const Lines named{"asih", "Bu Wati", "Mbah Karto"};
  CHECK(arranged(laptop, "for", false) == named);
  CHECK(arranged(laptop, "for", true) == turned(named));
  // What can be put in no order is not.
  presenter.execute(ArrangeList{{}, "quantity", true});
  CHECK(presenter.views()->needs.tools.sort.empty());
  CHECK(presenter.views()->needs.tools.usual == "Paling mendesak");
}

TEST_CASE("needs of the whole RT stand where their words belong, titles whatever their capitals",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.add_need("Mbah Karto", "rice", "5", "kg");
  laptop.add_need("Zubaidah", "blanket", "2", "sheet");
  EntryDraft draft;
  draft.title = "ember";
  draft.category = "tools";
  draft.quantity = "3";
  draft.unit = "piece";
  laptop.presenter().execute(AddEntry{draft});
  laptop.presenter().execute(Go{Screen::needs});
  REQUIRE(laptop.presenter().views()->needs.count == 3);
  const std::string all = "Seluruh RT";
  CHECK(arranged(laptop, "for", false) == Lines{"Mbah Karto", all, "Zubaidah"});
  CHECK(arranged(laptop, "for", true) == Lines{"Zubaidah", all, "Mbah Karto"});
  CHECK(arranged(laptop, "title", false) == Lines{"Mbah Karto", all, "Zubaidah"});
  CHECK(arranged(laptop, "title", true) == Lines{"Zubaidah", all, "Mbah Karto"});
}

TEST_CASE("offers stand the newest first, by whoever gives and by what is left", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  Presenter& presenter = laptop.presenter();
  laptop.add_offer("Warung Bu Tuti", "rice", "10", "kg");
  for (const auto& [giver, title] : {std::pair{"dedi", "ember"}, std::pair{"Toko Beni", "Sapu"}}) {
    laptop.clock().move(kHour_ms);
    laptop.add_offer(giver, "", "9", "piece");
    REQUIRE(presenter.views()->shell.refused.empty());
    presenter.execute(Go{Screen::offers});
    write(laptop, presenter.views()->records.rows.at(0).id, {{"title", title}});
  }
  REQUIRE(cells(laptop, 1) == Lines{"Toko Beni", "dedi", "Warung Bu Tuti"});
  CHECK(presenter.views()->records.tools.usual == "Terbaru");
  presenter.execute(ArrangeList{{}, "giver", false});
  CHECK(cells(laptop, 1) == Lines{"dedi", "Toko Beni", "Warung Bu Tuti"});
  presenter.execute(ArrangeList{{}, "remaining", true});
  CHECK(cells(laptop, 1).front() == "Warung Bu Tuti");
  presenter.execute(ArrangeList{{}, "title", false});
  CHECK(cells(laptop, 1) == Lines{"Warung Bu Tuti", "dedi", "Toko Beni"});
  // What was withdrawn is no offer any more.
  const auto list = presenter.views()->records.tools.number;
  presenter.execute(MarkRows{list, 1, 1, true});
  presenter.execute(DoWithMarked{"withdrawn", 1, "habis"});
  CHECK(cells(laptop, 1) == Lines{"Warung Bu Tuti", "Toko Beni"});
}

TEST_CASE("residents stand by their households, grants by whoever receives", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  Presenter& presenter = laptop.presenter();
  std::map<std::string, std::string> homes;
  for (const char* name : {"Zaenab", "asih", "Mamat"})
    homes[name] = laptop.add("household", {{"name", name}, {"rt", "3"}, {"rw", "7"}});
  // In the order of their own names the households would be Mamat, asih, Zaenab.
  std::string adi;
  for (const auto& [name, home] :
       {std::pair{"Adi", "Mamat"}, std::pair{"Budi", "asih"}, std::pair{"Citra", "Zaenab"}}) {
    const auto made = laptop.add("resident", {{"name", name}}, {{"household", homes[home]}});
    if (adi.empty()) adi = made;
  }
  presenter.execute(Go{Screen::households});
  presenter.execute(ShowTab{"residents"});
  CHECK(presenter.views()->records.tools.usual == "Menurut nama");
  CHECK(cells(laptop, 0) == Lines{"Adi", "Budi", "Citra"});
  presenter.execute(ArrangeList{{"household"}, "household", false});
  CHECK(cells(laptop, 0) == Lines{"Budi", "Adi", "Citra"});
  // The column that names the row stands though nobody chose it.
  CHECK(presenter.views()->records.columns.size() == 2);

  const auto program = laptop.add(
      "program", {{"title", "Sembako"}, {"source", "village_fund"}, {"target", "household"}});
  const FieldTexts rice{{"item", "rice"}, {"quantity", "5"}, {"unit", "kg"}};
  laptop.add("entitlement", rice, {{"program", program}, {"household", homes["asih"]}});
  laptop.add("entitlement", rice, {{"program", program}, {"resident", adi}});
  presenter.execute(Go{Screen::distribution});
  presenter.execute(ShowTab{"entitlements"});
  presenter.execute(ArrangeList{{}, "receiver", false});
  CHECK(cells(laptop, 0) == Lines{"Adi", "asih"});
  presenter.execute(ArrangeList{{}, "receiver", true});
  CHECK(cells(laptop, 0) == Lines{"asih", "Adi"});
}

TEST_CASE("who helps no more is not in the list of volunteers", "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  for (const char* name : {"Mas Joko", "Mbak Rina"})
    laptop.add("volunteer", {{"name", name}, {"skills", "masak"}});
  laptop.presenter().execute(Go{Screen::volunteers});
  const auto before = cells(laptop, 0);
  REQUIRE(before.size() >= 2);
  write(laptop, laptop.presenter().views()->records.rows.at(0).id, {{"inactive", "1"}});
  CHECK(laptop.presenter().views()->shell.refused.empty());
  CHECK(cells(laptop, 0) == Lines(before.begin() + 1, before.end()));
}

TEST_CASE("what stands so already is not written again, what is gone meanwhile is named",
          "[ui][lists]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  Presenter& presenter = laptop.presenter();
  for (const char* who : {"Bu Ani", "Bu Wati", "Pak Joko"}) laptop.add_need(who, "rice", "5", "kg");
  presenter.execute(Go{Screen::needs});
  presenter.execute(MarkAll{});
  presenter.execute(Undo{});  // the last of them
  CHECK(presenter.views()->needs.count == 2);
  write(laptop, presenter.views()->needs.rows.at(0).id, {{"urgency", "urgent"}});
  const auto marked = presenter.views()->needs.tools.marked;
  presenter.execute(DoWithMarked{"urgency", marked, "urgent"});
  CHECK(presenter.views()->shell.undo->words.find("1 data diubah") == 0);
  CHECK_THAT(presenter.views()->shell.refused, Catch::Contains("1 data tidak diubah"));
  CHECK_THAT(presenter.views()->shell.refused, Catch::Contains("sudah tidak ada di daftar ini"));
}

}  // namespace rukun::test
