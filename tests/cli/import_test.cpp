// Spreadsheets in and reports out, through the command line.
#include <filesystem>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {

TEST_CASE("good rows of a spreadsheet are applied, bad ones listed, and twice is as once",
          "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch("add household name=\"Bu Ani\" rt=3 rw=7\n");
  const auto file = (folder / "kebutuhan.csv").string();
  write_text(file,
             "\xEF\xBB\xBFKategori;Barang;Jumlah;Satuan;Untuk keluarga;Warna\r\n"
             "food;Beras;2,5;kg;Bu Ani;merah\r\n"
             "food;Beras;2,5;kg;Bu Ani;biru\r\n"
             "food;Telur;banyak;kg;;\r\n"
             "water;Air minum;3;galon;;\r\n"
             "food;Gula;1;kg;Pak Entah;\r\n"
             ";Kopi;1;bungkus;;\r\n");
  const auto dry = home.run({"import", "need", file, "--dry-run"});
  CHECK(dry.exit == 4);
  CHECK(dry.json()["new"].GetInt() == 3);
  CHECK(home.run({"list", "need"}).out == "[]\n");

  const auto said = home.run({"import", "need", file});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 4);
  const auto report = said.json();
  CHECK(keys_of(report) == std::vector<std::string>{"import", "new", "changed", "same", "refused"});
  CHECK(report["new"].GetInt() == 3);
  REQUIRE(report["refused"].Size() == 3);
  const auto& first = report["refused"][0];
  CHECK(keys_of(first) == std::vector<std::string>{"row", "column", "code", "message"});
  CHECK(first["row"].GetInt() == 4);
  CHECK(first["column"].GetString() == std::string("Jumlah"));
  CHECK(first["code"].GetString() == std::string("bad_value"));
  CHECK(report["refused"][1]["row"].GetInt() == 6);
  CHECK(report["refused"][1]["code"].GetString() == std::string("not_found"));
  CHECK(report["refused"][2]["row"].GetInt() == 7);
  CHECK(home.run({"list", "need"}).json().Size() == 3);

  const auto again = home.run({"import", "need", file}).json();
  CHECK(again["new"].GetInt() == 0);
  CHECK(again["same"].GetInt() == 3);
  CHECK(home.run({"list", "need"}).json().Size() == 3);

  CHECK(home.run({"import", "undo"}).exit == 0);
  CHECK(home.run({"list", "need"}).out == "[]\n");
  CHECK(home.run({"import", "undo"}).exit == 1);
  CHECK(home.run({"import", "need", file}).json()["new"].GetInt() == 3);
}

TEST_CASE("a family card number makes an imported row the same household again", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto file = (folder / "warga.csv").string();
  write_text(file, "No. KK,Nama KK,RT,RW,Jumlah jiwa\n3204120000000001,Bu Ani,003,7,4\n");
  const auto said = home.run({"import", "household", file, "--map", "Nama KK=name"});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 0);
  CHECK(said.json()["new"].GetInt() == 1);
  write_text(file, "No. KK,Nama KK,RT,RW,Jumlah jiwa\n3204120000000001,Bu Ani,003,7,5\n");
  const auto changed = home.run({"import", "household", file, "--map", "Nama KK=name"}).json();
  CHECK(changed["changed"].GetInt() == 1);
  const auto households = home.run({"list", "household"}).json();
  REQUIRE(households.Size() == 1);
  CHECK(households[0]["people"].GetInt() == 5);
  CHECK(home.run({"import", "household", file, "--map", "Nama=name"}).exit == 2);
}

TEST_CASE("what was listed as CSV can be read again and changes nothing", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch(
      "@h = add household name=\"Bu Ani\" rt=3 rw=7 note=\"=1+1\"\n"
      "add need category=food item=beras quantity=1.125 unit=kg household=@h\n"
      "add volunteer name=Joko skills+=masak skills+=sopir phone=08123456789\n");
  for (const auto* kind : {"household", "need", "volunteer"}) {
    const auto file = (folder / "daftar.csv").string();
    write_text(file, home.raw({"list", kind, "--format", "csv"}).out);
    const auto said = home.run({"import", kind, file});
    CAPTURE(kind, said.out, said.err);
    CHECK(said.exit == 0);
    CHECK(said.json()["same"].GetInt() == 1);
  }
}

TEST_CASE("reports become spreadsheets, and a neighborhood without data has not reported",
          "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  REQUIRE(home.run({"space", "create", "--name", "RT 004/RW 007"}).exit == 0);
  const auto csv = folder / "rekap.csv";
  REQUIRE(home.run({"--space", "RT 003/RW 007", "batch", "-"},
                   "@n = add need category=food item=beras quantity=5 unit=kg\n"
                   "add need category=food item=bras quantity=500 unit=g\n"
                   "pledge @n --quantity 2\n")
              .exit == 0);
  const auto said = home.run({"report", "consolidated", "--format", "csv", "--out", csv.string()});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  CHECK(keys_of(said.json()) == std::vector<std::string>{"file", "rows"});
  const auto text = read_text(csv);
  CAPTURE(text);
  CHECK(text.find("RT 003/RW 007,,Pangan,Beras,kg,5.5,2,0,3.5,2,") != std::string::npos);
  CHECK(text.find("RT 004/RW 007,,,belum lapor,,,,,,,") != std::string::npos);
  const auto xlsx = folder / "kebutuhan.xlsx";
  CHECK(home.run({"report", "needs", "--format", "xlsx", "--out", xlsx.string()})
            .json()["rows"]
            .GetInt() == 2);
  CHECK(read_text(xlsx).substr(0, 2) == "PK");
  CHECK(home.run({"report", "needs", "--format", "docx", "--out", xlsx.string()}).exit == 2);
  CHECK(home.run({"report", "needs", "--format", "csv", "--public", "--out", csv.string()})
            .json()["rows"]
            .GetInt() == 0);
}

}  // namespace rukun::test
