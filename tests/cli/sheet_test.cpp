// XLSX in and out, and OpenSID, through the command line.
#include <algorithm>
#include <map>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"
#include "tests/support/workbook_maker.h"

namespace rukun::test {
namespace {

void write_book(const std::filesystem::path& file, const MadeBook& book) {
  const auto bytes = make_book(book);
  write_text(file, std::string(text_of(bytes)));
}

// Every kind, in an order in which what is named comes first.
const std::vector<std::string>& kinds_in_order() {
  static const std::vector<std::string> kKinds{
      "household", "resident", "listing",  "volunteer",    "activity", "need",   "offer",
      "pledge",    "program",  "stock",    "entitlement",  "handover", "shift",  "signup",
      "drive",     "order",    "training", "contribution", "resource", "notice", "report_mark"};
  return kKinds;
}

constexpr auto kOneOfEach =
    "@h = add household name=\"Bu Ani\" kk_number=3204120000000001 address=\"Jl. Melati, 3\" rt=3 "
    "rw=7 phone=08123456789 people=4 note=\"=1+1\" location=\"-6.9,107.6\"\n"
    "@g = add household name=\"Pak Joko\" rt=4 rw=7 same_as=@h status=moved\n"
    "@r = add resident household=@h name=Ani nik=3204120000000011 sex=female birth_date=1960 "
    "family_role=head disability=visual pregnant=false\n"
    "@l = add listing household=@h business=\"Warung Ani\" product=Kue price=25000 unit=box:12\n"
    "@v = add volunteer resident=@r skills+=masak skills+=\"sopir truk\" "
    "availability+=mon_morning weekly_limit=3\n"
    "@a = add activity name=Ronda type=ronda default_slots=2 required_skills+=jaga "
    "rotation=household recurrence=FREQ=DAILY\n"
    "@n = add need category=food item=beras quantity=1.125 unit=kg household=@h people=4 "
    "urgency=urgent needed_by=2026-12-24 note=\"baris satu; \\\"dua\\\"\" privacy=public\n"
    "@o = add offer category=food item=beras quantity=1234567.5 unit=kg giver=\"Toko, Maju\" "
    "giver_type=business listing=@l available_until=2027\n"
    "@p = add pledge need=@n offer=@o quantity=0.5 carrier=@v\n"
    "@b = add program title=Sembako source=regency target=household starts=2026-01-01\n"
    "@c = add program title=Tunai source=grant target=person exclusive_with+=@b\n"
    "add stock program=@b item=beras quantity=-5 unit=kg at=2026-11-01T09:00:00Z\n"
    "@e = add entitlement program=@b household=@h item=beras quantity=5 unit=kg\n"
    "add handover pledge=@p quantity=0.25 received_by=Ani at=2026-11-02T09:30:15Z\n"
    "@s = add shift activity=@a starts=2026-12-01T15:00:00Z ends=2026-12-01T22:00:00Z slots=2 "
    "published=true\n"
    "@u = add signup shift=@s household=@h\n"
    "add signup shift=@s volunteer=@v replaces=@u\n"
    "@d = add drive title=Jimpitan goal_type=money target=1000000 unit=rupiah\n"
    "add contribution drive=@d direction=in amount=5000 contributor=Ani at=2026-11-03T00:00:00Z\n"
    "add order listing=@l household=@g quantity=2 wish=\"tanpa gula\"\n"
    "add training title=Kemasan topic=marketing shift=@s\n"
    "add resource title=Puskesmas topic=health hours=\"08.00-12.00\"\n"
    "add notice title=Awas body=\"Banjir\" urgency=emergency valid_until=2026-12\n"
    "add report_mark rt=3 rw=7 period=2026-11-22 state=complete\n";

using Names = std::map<std::string, std::string>;

std::string told(const rapidjson::Value& value, Names& names) {
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  if (value.IsNumber()) return std::to_string(value.GetDouble());
  std::string out;
  if (value.IsArray()) {
    for (const auto& one : value.GetArray()) out += told(one, names) + ";";
    return out;
  }
  out = value.GetString();
  const bool id = out.size() == 32 && out.find_first_not_of("0123456789abcdef") == out.npos;
  return id ? names.emplace(out, "#" + std::to_string(names.size())).first->second : out;
}

// All records of a neighborhood by kind, ids by the order in which they are met; without what is
// the neighborhood's alone or made by the program.
std::vector<std::string> everything(const Home& home) {
  std::string lines;
  for (const auto& kind : kinds_in_order()) lines += "list " + kind + "\n";
  const auto said = home.run({"batch", "-"}, lines);
  REQUIRE(said.exit == 0);
  Names names;
  std::vector<std::string> out;
  for (const auto& line : said.lines()) {
    rapidjson::Document document;
    document.Parse(line.c_str());
    const auto& records = document["result"];
    CHECK(records.Size() > 0);
    for (const auto& record : records.GetArray()) {
      out.emplace_back();
      for (const auto& member : record.GetObject()) {
        const std::string name = member.name.GetString();
        if (name == "space" || name == "receipt_code") continue;
        out.back() += name + "=" + told(member.value, names) + " ";
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("every kind leaves as CSV and as XLSX and arrives whole in a fresh neighborhood",
          "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch(kOneOfEach);
  std::string exports;
  for (const std::string format : {"csv", "xlsx"})
    for (const auto& kind : kinds_in_order())
      exports += "list " + kind + " --format " + format + " --out " +
                 (folder / (kind + "." + format)).string() + "\n";
  const auto exported = home.run({"batch", "-"}, exports);
  CAPTURE(exported.out, exported.err);
  REQUIRE(exported.exit == 0);
  for (const std::string format : {"csv", "xlsx"}) {
    const Home fresh(folder / format);
    fresh.found("Bu Sari", "RT 009/RW 001");
    std::string lines;
    for (const auto& kind : kinds_in_order())
      lines += "import " + kind + " " + (folder / (kind + "." + format)).string() + "\n";
    for (int twice = 0; twice < 2; ++twice) {
      const auto said = fresh.run({"batch", "-"}, lines);
      CAPTURE(format, twice, said.out, said.err);
      REQUIRE(said.exit == 0);
      CHECK((said.out.find("\"new\":0") != std::string::npos) == (twice == 1));
    }
    CHECK(everything(fresh) == everything(home));
  }
}

TEST_CASE("an XLSX sheet is imported, its bad cells refused with row, column and reason", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto file = folder / "warga.xlsx";
  write_book(
      file,
      {{{"Sampul", sheet_of(text_row(1, {"Data RT"}))},
        {"Warga", sheet_of(text_row(1, {"Nama", "NIK"}) + text_row(2, {"Ani", "3204120000000011"}) +
                           "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Budi</t></is>"
                           "</c><c r=\"B3\"><v>3.20412000000001E15</v></c></row>")}}});
  const auto said = home.run({"import", "resident", file.string()});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 4);
  const auto report = said.json();
  CHECK(report["new"].GetInt() == 1);
  REQUIRE(report["refused"].Size() == 1);
  CHECK(report["refused"][0]["row"].GetInt() == 3);
  CHECK(report["refused"][0]["column"].GetString() == std::string("NIK"));
  CHECK(said.err.find("Dibaca: lembar Warga; tidak dibaca: Sampul") != std::string::npos);
  CHECK(home.run({"import", "resident", file.string()}).json()["same"].GetInt() == 1);
  CHECK(home.run({"import", "resident", file.string(), "--sheet", "Sampul"}).exit == 2);
  CHECK(home.run({"import", "resident", file.string(), "--sheet", "Entah"}).exit == 2);
  write_text(file, "PK\x03\x04 terpotong");
  CHECK(home.run({"import", "resident", file.string()}).exit == 4);
  CHECK(home.run({"list", "need", "--format", "xlsx"}).exit == 2);
  CHECK(home.run({"list", "need", "--out", "f.json", "--format", "json"}).exit == 2);
}

TEST_CASE("OpenSID's sheet comes in, its recipients go out, and that is on record", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto file = folder / "penduduk.xlsx";
  const std::vector<std::string> headings{"alamat", "dusun",    "rw",  "rt", "nama",
                                          "no_kk",  "kk_level", "nik", "sex"};
  write_book(file,
             {{{"Kode Data", sheet_of(text_row(1, headings))},
               {"Data", sheet_of(text_row(1, headings) +
                                 text_row(2, {"Jl. Melati", "Krajan", "7", "3", "Pak Joko",
                                              "3204120000000001", "1", "3204120000000011", "1"}) +
                                 text_row(3, {"", "###"}))}}});
  const auto said = home.run({"import", "opensid", file.string()});
  CAPTURE(said.out, said.err);
  CHECK(said.exit == 0);
  CHECK(said.json()["new"].GetInt() == 2);
  const auto homes = home.run({"list", "household"}).json();
  REQUIRE(homes.Size() == 1);
  const std::string id = homes[0]["id"].GetString();
  const auto program =
      home.must({"add", "program", "title=Sembako", "source=regency", "target=household"}, "id");
  home.must({"add", "entitlement", "program=" + program, "household=" + id, "quantity=1"}, "id");
  const auto out = folder / "peserta.csv";
  const auto report = home.run(
      {"report", "opensid", "--program", program, "--format", "csv", "--out", out.string()});
  CAPTURE(report.out, report.err);
  CHECK(report.exit == 0);
  CHECK(read_text(out) ==
        "Peserta,No. Peserta,NIK,Nama,Tempat Lahir,Tanggal Lahir,Alamat\r\n"
        "3204120000000001,,3204120000000011,Pak Joko,,,\"Jl. Melati, Krajan, RT 003/RW 007\"\r\n");
  CHECK(home.run({"access-log"}).out.find("\"opensid\"") != std::string::npos);
  CHECK(home.run({"report", "opensid", "--format", "csv", "--out", out.string()}).exit == 2);
  CHECK(home.run({"import", "undo"}).exit == 0);
  CHECK(home.run({"list", "resident"}).out == "[]\n");
}

}  // namespace rukun::test
