// The office's Rekap through the command line: lines, the records behind them with who wrote them
// on which laptop, and lists that are compared with what was handed in before.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

std::string consolidated_text(const Home& home, std::vector<std::string> more = {}) {
  const auto file = (home.folder() / "rekap.txt").string();
  std::vector<std::string> words{"report", "consolidated", "--format", "text", "--out", file};
  words.insert(words.end(), more.begin(), more.end());
  const auto said = home.run(words);
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  return read_text(file);
}

}  // namespace

TEST_CASE("the office opens every number into its records, with author, laptop and exchange",
          "[cli][recap]") {
  const TempDir folder;
  const Home budi(folder / "budi"), office(folder / "kantor");
  const auto stick = (folder / "stick").string();
  std::filesystem::create_directories(stick);
  budi.found("Pak Budi", "RT 003/RW 007");
  office.join(budi, "Kantor Desa", "office");
  const auto ids = budi.batch(
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7 infants=1\n"
      "add need household=@ani category=food item=beras quantity=5 unit=kg urgency=mendesak\n"
      "add need category=food item=telur quantity=2 unit=kg\n"
      "add offer household=@ani category=food item=telur quantity=3 unit=kg\n");
  for (const auto* home : {&office, &budi, &office, &budi, &office})
    REQUIRE(home->run({"sync", "folder", stick}).exit == 0);
  const auto lines = office.run({"recap", "--by", "item"}).json();
  REQUIRE(lines.IsObject());
  REQUIRE(lines["lines"].Size() == 2);
  CHECK(lines["lines"][0]["label"].GetString() == std::string("Beras"));
  CHECK(lines["lines"][0]["urgent"].GetInt() == 1);
  CHECK(lines["lines"][0]["remaining"].GetString() == std::string("5"));
  CHECK(lines["spaces"][0]["state"].GetString() == std::string("reported"));
  CHECK(lines["spaces"][0].HasMember("last_exchange"));

  const auto records =
      office.run({"recap", "--rt", "RT 003", "--group", "infants", "--records"}).json();
  REQUIRE(records.IsArray());
  REQUIRE(records.Size() == 1);
  CHECK(records[0]["id"].GetString() == ids[1]);
  CHECK(records[0]["by"].GetString() == std::string("Pak Budi"));
  CHECK(std::string(records[0]["device"].GetString()).size() == 6);
  CHECK(records[0].HasMember("last_exchange"));
  CHECK(has(office.run({"access-log"}).out, "\"recap\""));
  const auto fits = office.run({"recap", "--fits"}).json();
  REQUIRE(fits.Size() == 2);
  CHECK(has(office.run({"recap", "--item", "kursi", "--records"}).out, "not_found"));
  CHECK(office.run({"recap", "--by", "warna"}).exit == 2);
  CHECK(office.run({"recap", "--limit", "0", "--records"}).exit == 2);
}

TEST_CASE("a list that was handed in is what the next one is compared with", "[cli][recap]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@n = add need category=food item=beras quantity=5 unit=kg\n"
      "add need category=food item=telur quantity=2 unit=kg\n");
  CHECK_FALSE(has(consolidated_text(home), "Dibandingkan"));
  CHECK_FALSE(has(consolidated_text(home, {"--handed-in"}), "Dibandingkan"));
  home.batch("set " + ids[0] + " quantity=8\n");
  const auto text = consolidated_text(home);
  CAPTURE(text);
  CHECK(has(text, "Dibandingkan dengan rekap yang diserahkan"));
  CHECK(has(text, "Perubahan: berubah"));
  CHECK(has(text, "1 angka tidak berubah"));
  const auto long_ago = home.run({"report", "consolidated", "--format", "text", "--out",
                                  (folder / "x").string(), "--since", "2020-01-01"});
  CHECK(long_ago.exit == 1);
  CHECK(long_ago.code() == "not_found");
  CHECK(home.run({"report", "needs", "--format", "csv", "--out", "x", "--handed-in"}).exit == 2);
  CHECK(home.run({"report", "consolidated", "--format", "csv", "--out", "x", "--since", "kemarin"})
            .exit == 2);
  // Only those who ask for the public list get it without those who wrote.
  const auto xlsx = (folder / "r.xlsx").string();
  const auto sheets = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"report", "consolidated", "--format", "xlsx", "--out", xlsx};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(home.run(words).exit == 0);
    return std::filesystem::file_size(xlsx);
  };
  CHECK(sheets({}) > sheets({"--public"}) + 1000);
}

}  // namespace rukun::test
