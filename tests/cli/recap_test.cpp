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

// Twelve RTs: eleven sticks have come, one has not, and on two of them a number was changed twice.
TEST_CASE("the office's morning: twelve RTs' sticks become one list on paper and in a workbook",
          "[cli][recap]") {
  const TempDir folder;
  const Home heads(folder / "ketua"), late(folder / "rt012"), second(folder / "relawan"),
      office(folder / "kantor");
  heads.init("Ketua RT");
  second.init("Relawan");
  office.init("Kantor Desa");
  const auto at = [&](const std::string& name) { return (folder / name).string(); };
  std::string founding, invited, joining, needs;
  for (int i = 1; i <= 11; ++i) {
    const auto number = (i < 10 ? "00" : "0") + std::to_string(i);
    const auto name = "\"RT " + number + "/RW 007\"";
    const auto there = " --space " + name + "\n";
    founding += "space create --name " + name + "\n";
    invited += "invite create --role office --open --out " + at("k" + number) + there;
    joining += "join " + at("k" + number) + "\n";
    needs += "add need category=food item=beras quantity=" + std::to_string(i) + " unit=kg" + there;
    if (i <= 2)
      invited += "invite create --role volunteer --open --out " + at("r" + number) + there;
  }
  const auto ids = heads.batch(founding + invited + needs);
  late.init("Ketua RT 012");
  late.batch("space create --name \"RT 012/RW 007\"\ninvite create --role office --open --out " +
             at("k012") + "\n");
  office.batch(joining + "join " + at("k012") + "\n");
  second.batch("join " + at("r001") + "\njoin " + at("r002") + "\n");
  const std::string stick = at("stick");
  std::filesystem::create_directories(stick);
  const auto sync = "sync folder " + stick + "\n";
  for (int round = 0; round < 2; ++round)
    for (const auto* home : {&heads, &second, &office}) home->batch(sync);
  for (const auto* home : {&heads, &second}) {
    const std::string quantity = home == &heads ? "20" : "30";
    home->batch("set " + ids[24] + " quantity=" + quantity + "\nset " + ids[25] +
                " quantity=" + quantity + "\n" + sync);
  }

  const auto said = office.run(
      {"batch", "--keep-going", "-"},
      sync + "sync folder " + at("stick012") + "\nconflicts\nrecap\nrecap --by item\n" +
          "report consolidated --format xlsx --out " + at("rekap.xlsx") +
          " --handed-in\nreport consolidated --format pdf --out " + at("rekap.pdf") + "\n");
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 1);  // of the stick that is not there
  const auto lines = said.lines();
  REQUIRE(lines.size() == 7);
  Said disputed;
  disputed.out = lines[2];
  CHECK(disputed.json()["result"].Size() == 2);
  Said one;
  one.out = lines[3];
  const auto rts = one.json();
  CHECK(rts["result"]["lines"].Size() == 11);
  std::size_t silent = 0;
  for (const auto& space : rts["result"]["spaces"].GetArray())
    silent += space["state"].GetString() == std::string("not_reported") ? 1 : 0;
  CHECK(silent == 1);
  CHECK(has(lines[4], "\"label\":\"Beras\",\"needs\":11"));
  CHECK(read_text(at("rekap.xlsx")).substr(0, 2) == "PK");
  CHECK(read_text(at("rekap.pdf")).substr(0, 5) == "%PDF-");
}

}  // namespace rukun::test
