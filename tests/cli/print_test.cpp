// What `report --format pdf` and --sheet put on paper, read back as text.
#include <algorithm>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"
#include "tests/support/printed.h"

namespace rukun::test {
namespace {

std::string page_of(const std::filesystem::path& pdf) {
  std::string all;
  for (const auto& page : pages_of(pdf)) all += page + "\n";
  return flat(all);
}

Said printed(const Home& home, std::vector<std::string> words, const std::filesystem::path& file,
             const std::string& format = "pdf") {
  words.insert(words.begin(), "report");
  words.insert(words.end(), {"--format", format, "--out", file.string()});
  return home.run(std::move(words));
}

// The words of a sheet: what follows "1.", "2.", … up to 24.
std::string words_on(const std::string& page) {
  std::string out;
  for (int i = 1; i <= 24; ++i) {
    const auto mark = " " + std::to_string(i) + ". ";
    const auto at = page.find(mark);
    if (at == std::string::npos) return {};
    const auto from = at + mark.size();
    out += (out.empty() ? "" : " ") + page.substr(from, page.find(' ', from) - from);
  }
  return out;
}

}  // namespace

TEST_CASE("lists are printed with who printed them, masked for the notice board", "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@wati = add household name=\"Bu Wati Müller\" kk_number=3276011000200037 rt=3 rw=7 "
      "phone=081234567890\n"
      "add need item=beras category=food quantity=5 unit=kg household=@wati privacy=public\n"
      "add need title=\"Kursi roda\" category=other quantity=1 unit=piece household=@wati\n");
  const auto file = folder / "n.pdf";
  REQUIRE(printed(home, {"needs"}, file).exit == 0);
  CHECK(read_text(file).starts_with("%PDF-"));
  auto page = page_of(file);
  if (page.empty()) SKIP_TEST("poppler-utils is not installed");
  CAPTURE(page);
  CHECK(has(page, "Daftar kebutuhan RT 003/RW 007"));
  CHECK(has(page, "dicetak oleh Pak Budi"));
  CHECK(has(page, "Müller"));
  CHECK(has(page, "Kursi roda"));
  CHECK(has(page, "halaman 1/1"));

  REQUIRE(printed(home, {"needs", "--public"}, file).exit == 0);
  page = page_of(file);
  CHECK(has(page, "Beras"));
  CHECK_FALSE(has(page, "Wati"));
  CHECK_FALSE(has(page, "Kursi"));

  REQUIRE(printed(home, {"needs"}, folder / "n.hxl.csv", "hxl").exit == 0);
  const auto tagged = read_text(folder / "n.hxl.csv");
  CHECK(has(tagged,
            "#need+id,#date+reported,#adm4+code+v_kemendagri,#adm4+name,#loc+rw,#loc+rt,"
            "#sector+name,#item+name,#item+num+needed,#item+num+delivered,#item+unit,"
            "#severity+code,#affected+hh,#inneed+ind,#inneed+ind+infants,"
            "#inneed+ind+elderly,#inneed+ind+disabled,#inneed+f+pregnant,#status"));
  CHECK(has(tagged, "RT 003/RW 007,7,3,Food Security,Beras,5,0,kg,normal,1,,,,,,open"));
  CHECK_FALSE(has(tagged, "Wati"));
  // What is not public is not in it, in whatever form: a row names its neighborhood.
  CHECK(times(tagged, "RT 003/RW 007") == 2);
  for (const std::string form : {"csv", "hxl"}) {
    const auto open = folder / ("open." + form);
    REQUIRE(printed(home, {"needs", "--public"}, open, form).exit == 0);
    CHECK(times(read_text(open), "RT 003/RW 007") == 1);
  }

  REQUIRE(printed(home, {"person", "--id", ids[0]}, file).exit == 0);
  page = page_of(file);
  CHECK(has(page, "Data yang disimpan tentang: Bu Wati Müller"));
  CHECK(has(page, "3276011000200037 2 Pak Budi"));
  CHECK(has(page, "2. Untuk: mencegah keluarga yang sama"));
  CHECK(has(page, "Keluarga " + ids[0].substr(0, 8)));

  CHECK(printed(home, {"needs"}, file, "docx").exit == 2);
  CHECK(printed(home, {"neads"}, file).exit == 2);
  const auto unheeded = printed(home, {"person", "--id", ids[0], "--public"}, file);
  CHECK(unheeded.exit == 2);
  CHECK(has(unheeded.out, "--public"));
  CHECK(printed(home, {"needs"}, folder / "tidak ada" / "n.pdf").exit == 1);
  CHECK_FALSE(std::filesystem::exists(folder / "tidak ada"));
}

TEST_CASE("an invitation sheet lets somebody in, without the two spoken words", "[cli][print]") {
  const TempDir folder;
  const Home budi(folder / "a"), sari(folder / "b");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.init("Bu Sari");
  const auto invitation = (folder / "undangan").string();
  const auto code =
      budi.must({"invite", "create", "--role", "volunteer", "--out", invitation}, "code");
  const auto file = folder / "undangan.pdf";
  CHECK(printed(budi, {"invite"}, file).exit == 2);
  CHECK(printed(budi, {"invite", "--file", invitation}, file).code() == "locked");
  const std::vector<std::string> whole{"invite", "--file", invitation, "--code", code};
  CHECK(printed(budi, whole, file, "text").exit == 2);
  CHECK(printed(sari, whole, file).code() == "not_found");
  CHECK_FALSE(std::filesystem::exists(file));
  REQUIRE(printed(budi, whole, file).exit == 0);
  const auto page = page_of(file);
  if (page.empty()) SKIP_TEST("poppler-utils is not installed");
  CAPTURE(page, code);
  CHECK(has(flat(pdf_facts(file)), "Pages: 1 "));
  CHECK(has(page, "Sebagai Relawan"));
  CHECK(has(page, "Diundang oleh Pak Budi"));
  CHECK_FALSE(has(page, code));
  const auto words = words_on(page);
  CHECK(sari.run({"join", "--words", words}).exit == 0);
  const auto stick = (folder / "stik").string();
  std::filesystem::create_directory(stick);
  CHECK(budi.run({"sync", "folder", stick}).exit == 0);
  CHECK(sari.run({"sync", "folder", stick}).exit == 0);
  CHECK(sari.run({"space", "list"}).out.find("RT 003/RW 007") != std::string::npos);
  CHECK(budi.run({"sync", "folder", stick}).exit == 0);
  // Used up: nobody prints it again.
  CHECK(printed(budi, whole, file).exit == 2);

  CHECK(printed(budi, {"lost", "--member", "Bu Sari"}, folder / "l.pdf").exit == 2);
  REQUIRE(budi.run({"member", "lost", "Bu Sari"}).exit == 0);
  REQUIRE(printed(budi, {"lost", "--member", "Bu Sari"}, folder / "l.pdf").exit == 0);
  const auto lost = page_of(folder / "l.pdf");
  CAPTURE(lost);
  CHECK(has(lost, "Pemilik Bu Sari"));
  CHECK(has(lost, "Kunci kelompok sudah diganti"));
  REQUIRE(printed(budi, {"lost", "--member", "Bu Sari"}, folder / "l.txt", "text").exit == 0);
  CHECK(has(read_text(folder / "l.txt"), "Pemilik: Bu Sari\n"));
}

TEST_CASE("what is shown once can be printed, and is shown all the same when paper fails",
          "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto sheet = folder / "kode.pdf";
  const auto code = home.must(
      {"init", "--name", "Pak Budi", "--unlock-ms", "1", "--sheet", sheet.string()}, "recovery");
  const auto failed = home.run({"space", "create", "--name", "RT 001", "--sheet",
                                (folder / "tidak ada" / "x.pdf").string()});
  CHECK(failed.exit == 1);
  CHECK_FALSE(failed.text("root").empty());
  const auto root = home.must(
      {"space", "create", "--name", "RT 003", "--sheet", (folder / "akar.pdf").string()}, "root");
  const auto page = page_of(sheet);
  if (page.empty()) SKIP_TEST("poppler-utils is not installed");
  CHECK(has(page, code));
  CHECK(words_on(page_of(folder / "akar.pdf")) == root);
}

TEST_CASE("a hand-over has a receipt to keep and a record to sign", "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@wati = add household name=\"Bu Wati\" rt=3 rw=7 address=\"Gang Melati 14\"\n"
      "@need = add need item=beras category=food quantity=5 unit=kg household=@wati\n"
      "@offer = add offer item=beras category=food quantity=20 unit=kg giver=\"Toko Sumber\"\n"
      "@pledge = pledge @need --offer @offer --quantity 5\n"
      "handover @pledge --quantity 3 --received-by \"Siti\" --witness \"Pak RW\"\n");
  const auto code = home.run({"show", ids[4]}).text("receipt_code");
  REQUIRE(code.size() == 14);
  const auto file = folder / "x.pdf";
  REQUIRE(printed(home, {"receipt", "--id", ids[4]}, folder / "r.txt", "text").exit == 0);
  const auto text = read_text(folder / "r.txt");
  CAPTURE(text);
  for (const auto* line : {"Barang: Beras 3 kg\n", "Diterima oleh: Siti\n", "Untuk: Bu Wati\n",
                           "Dari: Toko Sumber\n", "Diserahkan oleh: Pak Budi\n"})
    CHECK(has(text, line));
  CHECK(has(text, "*" + code + "*"));
  CHECK(printed(home, {"receipt", "--id", ids[1]}, file).exit == 2);
  CHECK(printed(home, {"receipt"}, file).exit == 2);
  REQUIRE(printed(home, {"bast", "--id", ids[4]}, file).exit == 0);
  const auto page = page_of(file);
  if (page.empty()) SKIP_TEST("poppler-utils is not installed");
  CAPTURE(page);
  CHECK(has(page, "Berita Acara Serah Terima RT 003/RW 007 Kode tanda terima " + code));
  CHECK(has(page, "Alamat Gang Melati 14, RT 003/RW 007"));
  CHECK(has(page, "Beras 3 kg"));
  CHECK(has(page, "PIHAK PERTAMA PIHAK KEDUA Pak Budi Siti Saksi Mengetahui, Ketua RT Pak RW"));
}

TEST_CASE("working lists, the form to sign and the calendar come from the records",
          "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@wati = add household name=\"Bu Wati\" rt=4 rw=7 phone=081234567890 people=5 infants=1\n"
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7 people=3 infants=2\n"
      "add household name=\"Pak Pindah\" rt=3 rw=7 people=9 status=moved\n"
      "add offer item=beras category=food quantity=20 unit=kg giver=\"Toko Sumber\"\n"
      "add offer item=popok category=baby quantity=2 unit=pack giver=\"Ibu X\" withdrawn=habis\n"
      "@program = add program title=\"BLT 2026\" source=village_fund target=household\n"
      "add entitlement program=@program household=@wati item=beras quantity=10 unit=kg\n"
      "@ronda = add activity name=\"Ronda\" type=ronda place=\"Pos\" default_slots=1\n"
      "@shift = add shift activity=@ronda starts=\"2026-11-28 22.00\" ends=\"2026-11-29 04.00\" "
      "published=true\n"
      "signup @shift --household @wati\n"
      "add shift activity=@ronda starts=\"2026-11-29 22.00\" ends=\"2026-11-30 04.00\"\n");
  const auto list = [&](std::vector<std::string> words) {
    const auto file = folder / "l.csv";
    REQUIRE(printed(home, std::move(words), file, "csv").exit == 0);
    return read_text(file);
  };
  const auto households = list({"households"});
  CAPTURE(households);
  CHECK(has(households, "Bu Ani,,,003,007,,3,2,,,\r\nRT 003/RW 007,Bu Wati,,,004,007,+6281"));
  CHECK_FALSE(has(households, "Pindah"));
  const auto open = list({"households", "--public"});
  CHECK(has(open, "Kelompok,Dusun,RT,RW,Jumlah jiwa,Balita,Lansia,Disabilitas,Ibu hamil\r\n"));
  CHECK_FALSE(has(open, "Wati"));
  CHECK(has(list({"offers"}), "habis"));
  const auto offers = list({"offers", "--public"});
  CHECK(has(offers, "Beras,20,kg"));
  CHECK_FALSE(has(offers, "Popok"));
  CHECK_FALSE(has(offers, "Toko"));
  CHECK(has(list({"form", "--program", ids[5]}),
            "1,Bu Wati,Beras,10,kg," + ids[6].substr(0, 8) + ",\r\n"));
  CHECK(printed(home, {"form", "--program", ids[0]}, folder / "x", "csv").exit == 2);
  CHECK(printed(home, {"form"}, folder / "x", "csv").exit == 2);

  const auto file = folder / "r.ics";
  const auto calendar = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "roster");
    REQUIRE(printed(home, std::move(more), file, "ics").exit == 0);
    return read_text(file);
  };
  const auto before = calendar({"--activity", ids[7]});
  CAPTURE(before);
  CHECK(times(before, "BEGIN:VEVENT") == 2);
  CHECK(has(before, "UID:" + ids[8] + "@rukun\r\n"));
  CHECK(has(before, "DESCRIPTION:1. Bu Wati\r\nSTATUS:CONFIRMED"));
  CHECK(has(before, "STATUS:TENTATIVE"));
  CHECK(has(before, "SEQUENCE:1\r\nDTSTART:20261128T150000Z"));
  REQUIRE(home.run({"set", ids[8], "place=Balai RW"}).exit == 0);
  const auto after = calendar({});
  CHECK(has(after, "SEQUENCE:2\r\nDTSTART:20261128T150000Z"));
  CHECK(has(after, "LOCATION:Balai RW"));
  const auto open_calendar = calendar({"--public"});
  CHECK(times(open_calendar, "BEGIN:VEVENT") == 1);
  CHECK_FALSE(has(open_calendar, "Wati"));
  CHECK(printed(home, {"roster"}, file, "docx").exit == 2);

  REQUIRE(printed(home, {"households"}, folder / "h.pdf").exit == 0);
  const auto page = page_of(folder / "h.pdf");
  if (page.empty()) SKIP_TEST("poppler-utils is not installed");
  CAPTURE(page);
  CHECK(has(page, "Seluruhnya: 2 keluarga 8 3 0 0 0"));
}

TEST_CASE("a calendar or list for everybody leaves out what is not published, and says so",
          "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@ronda = add activity name=\"Ronda\" type=ronda\n"
      "@shift = add shift activity=@ronda starts=\"2026-11-29 22.00\" ends=\"2026-11-30 04.00\"\n");
  const auto file = folder / "r.ics";
  const auto told = printed(home, {"roster", "--public", "--activity", ids[0]}, file, "ics").err;
  CHECK(has(told, "1 jadwal belum diumumkan"));
  CHECK(has(told, "set " + ids[1].substr(0, 8) + " published=true"));
  CHECK(times(read_text(file), "BEGIN:VEVENT") == 0);
  const auto list = folder / "r.csv";
  const std::vector<std::string> words{"roster", "--public",   "--activity", ids[0],
                                       "--from", "2026-11-29", "--weeks",    "1"};
  CHECK(has(printed(home, words, list, "csv").err, "1 jadwal belum diumumkan"));
  CHECK_FALSE(has(read_text(list), "22.00"));
  REQUIRE(home.run({"set", ids[1].substr(0, 8), "published=true"}).exit == 0);
  CHECK_FALSE(has(printed(home, words, list, "csv").err, "diumumkan"));
  CHECK(has(read_text(list), "22.00"));
  CHECK_FALSE(has(printed(home, {"roster", "--public"}, file, "ics").err, "diumumkan"));
  CHECK(times(read_text(file), "BEGIN:VEVENT") == 1);
}

TEST_CASE("who did what, where and when is counted without names", "[cli][print]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@wati = add household name=\"Bu Wati\" rt=3 rw=7\n"
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7\n"
      "@siti = add resident name=\"Siti\" household=@wati\n"
      "@program = add program title=\"BLT 2020\" source=village_fund target=person "
      "starts=2020-01-01 ends=2020-12-31\n"
      "@a = add entitlement program=@program household=@wati item=beras quantity=10 unit=kg\n"
      "@b = add entitlement program=@program resident=@siti item=beras quantity=10 unit=kg\n"
      "@c = add entitlement program=@program household=@ani item=beras quantity=10 unit=kg\n"
      "handover @a --quantity 4 --received-by \"Bu Wati\"\n"
      "handover @b --quantity 5 --received-by \"Siti\"\n"
      "@need = add need item=popok category=baby quantity=3 unit=pack household=@ani\n"
      "@pledge = pledge @need --quantity 3\n"
      "handover @pledge --quantity 2 --received-by \"Bu Ani\"\n"
      "handover @need --quantity 1 --received-by \"Bu Ani\"\n"
      "add need item=beras category=food quantity=3 unit=kg household=@ani\n");
  const auto file = folder / "d.csv";
  REQUIRE(printed(home, {"distribution"}, file, "hxl").exit == 0);
  const auto text = read_text(file);
  CAPTURE(text);
  CHECK(has(text,
            "#activity+code,#activity+name,#org+impl+name,#org+funder+name,#sector+name,"
            "#item+name,#item+num,#item+unit,#adm4+code+v_kemendagri,#adm4+name,#loc+name,"
            "#date+start,#date+end,#targeted+hh,#reached+hh,#status\r\n"));
  // Siti lives with Bu Wati: one household of the two.
  CHECK(has(text, ids[3].substr(0, 8) + ",BLT 2020,RT 003/RW 007,Dana desa,Pangan,Beras,9,kg,,"
                                        "RT 003/RW 007,RT 003/RW 007,2020-01-01,2020-12-31,2,1,"
                                        "selesai\r\n"));
  CHECK(has(text, "GR,Gotong royong warga,RT 003/RW 007,Warga,Bayi,Popok,3,bungkus,"));
  CHECK(has(text, ",1,1,berjalan\r\n"));
  CHECK(times(text, "\r\n") == 4);
  for (const auto* name : {"Wati", "Ani", "Siti"}) CHECK_FALSE(has(text, name));

  // Where the activities that serve it hand it out; and whom a call for it asks.
  home.batch(
      "@serving = add activity name=\"Bagi beras\" type=distribution place=\"Balai RW\" program=" +
      ids[3] +
      "\n"
      "add shift activity=@serving starts=\"1 Desember 2099 08.00\" "
      "ends=\"1 Desember 2099 10.00\" place=\"Pos 3\" slots=2\n"
      "@p = add program title=Lain source=grant target=household\n"
      "@other = add activity name=\"Bagi sabun\" type=distribution program=@p\n"
      "add shift activity=@other starts=\"1 Desember 2099 08.00\" "
      "ends=\"1 Desember 2099 10.00\" slots=2\n");
  const auto places = folder / "p.csv";
  REQUIRE(printed(home, {"distribution"}, places, "hxl").exit == 0);
  CHECK(has(read_text(places), ",RT 003/RW 007,Balai RW; Pos 3,2020-01-01,2020-12-31,2,1,"));
  const auto call = folder / "c.txt";
  REQUIRE(printed(home, {"call", "--program", ids[3]}, call, "text").exit == 0);
  CHECK(has(read_text(call), "Bagi beras"));
  CHECK_FALSE(has(read_text(call), "Bagi sabun"));
}

}  // namespace rukun::test
