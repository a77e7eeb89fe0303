// XLSX in and out, and OpenSID, through the command line.
#include <algorithm>
#include <map>
#include <set>

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
      "household", "resident", "listing",  "volunteer",    "program",  "activity", "need",
      "offer",     "pledge",   "stock",    "entitlement",  "handover", "shift",    "signup",
      "drive",     "order",    "training", "contribution", "resource", "notice",   "report_mark"};
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

// What the first leave out, so that every field has a value somewhere.
constexpr auto kTheRest =
    "@h2 = add household name=\"Mbah Karto\" rt=3 rw=7 dusun=Krajan infants=1 elderly=2 "
    "disabled=1 pregnant=0 ronda_exempt=\"sudah sepuh\" address=\"Gg. Buntu\"\n"
    "add household name=\"Mbah Kartono\" rt=3 rw=7 not_same_as+=@h2\n"
    "@r2 = add resident household=@h2 name=\"Karto\" birth_place=\"Kab. Garut\" "
    "phone=+62812000111 note=\"baris satu\\nbaris dua\" birth_date=1940-02\n"
    "@r3 = add resident name=\"Kartono\" not_same_as+=@r2\n"
    "add resident name=\"Pak Karto\" same_as=@r2\n"
    "@v2 = add volunteer name=\"Mas Adi\" phone=0812333444 inactive=true\n"
    "@n2 = add need category=medicine item=\"obat demam\" quantity=2 unit=pack "
    "resident=@r2 closed=\"sudah sembuh\"\n"
    "@n3 = add need category=water item=\"air minum\" quantity=3 unit=gallon\n"
    "add offer category=clothing item=selimut quantity=3 unit=sheet household=@h2 "
    "available_from=2026-11 pickup_place=\"Pos ronda\" note=\"masih baru\" "
    "withdrawn=\"sudah habis\"\n"
    "add pledge need=@n3 quantity=1 note=\"diantar sore\"\n"
    "add handover need=@n3 quantity=1 received_by=Karto witness=\"Bu RT\" note=\"di pos\" "
    "at=2026-11-02T10:00:00Z\n"
    "@b2 = add program title=Beras source=grant target=person starts=2026-01-01 "
    "ends=2026-12-31 note=\"tahap 2\"\n"
    "add stock program=@b2 item=beras quantity=50 unit=kg source_note=\"truk 1\" "
    "at=2026-11-01T08:00:00Z\n"
    "@e2 = add entitlement program=@b2 resident=@r2 quantity=5 unit=kg item=beras "
    "exception_reason=\"pindahan\"\n"
    "add handover entitlement=@e2 quantity=5 received_by=Karto at=2026-11-02T11:00:00Z\n"
    "@a2 = add activity name=\"Dapur umum\" type=public_kitchen place=\"Balai RW\" "
    "program=@b2\n"
    "@l2 = add listing household=@h2 business=\"Karto\" product=Tempe price=500 unit=piece "
    "phone=0813555666 preorder_until=2026-12-01 paused=true\n"
    "@s2 = add shift activity=@a2 starts=2026-12-02T01:00:00Z ends=2026-12-02T03:00:00Z "
    "place=Dapur cancelled=hujan\n"
    "@s3 = add shift activity=@a2 starts=2026-12-03T01:00:00Z ends=2026-12-03T03:00:00Z "
    "listing=@l2 next_step=\"kemasan baru\"\n"
    "add signup shift=@s3 volunteer=@v2 attendance=excused\n"
    "@d2 = add drive title=\"Atap posko\" goal_type=goods item=terpal target=10 unit=sheet "
    "purpose=\"posko\" starts=2026-11-01 ends=2026-11-30 recurrence=FREQ=WEEKLY "
    "account_note=\"Bu Sari\"\n"
    "add contribution drive=@d2 direction=out amount=2 need=@n3 evidence_note=\"nota 3\" "
    "at=2026-11-03T00:00:00Z\n"
    "add drive title=Lama goal_type=hours target=5 unit=hour purpose=\"posko\" item=terpal "
    "closed=2026-11-20 closing_note=\"selesai, \\\"lunas\\\"\"\n"
    "add training title=Catat topic=finance facilitator=\"Bu Ani; Pak Joko\" "
    "materials=\"buku|pensil\"\n"
    "add resource title=Koperasi topic=capital provider=Dinas requirements=\"KTP, KK\" "
    "contact=0814 deadline=2026-12-31\n";

using Names = std::map<std::string, std::string>;

bool is_id(const std::string& text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Ids as they are called; where no names are given they are left out.
std::string told(const rapidjson::Value& value, const Names* names) {
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  if (value.IsNumber()) return std::to_string(value.GetDouble());
  if (value.IsArray()) {
    std::multiset<std::string> elements;
    for (const auto& one : value.GetArray()) elements.insert(told(one, names));
    std::string out;
    for (const auto& one : elements) out += one + ";";
    return out;
  }
  const std::string text = value.GetString();
  if (!is_id(text)) return text;
  return names == nullptr ? "#" : "<" + names->at(text) + ">";
}

// Without what is the neighborhood's alone or made by the program.
std::string told_whole(const rapidjson::Value& record, const Names* names) {
  std::string out;
  for (const auto& member : record.GetObject()) {
    const std::string name = member.name.GetString();
    if (name == "space" || name == "receipt_code" || name == "id") continue;
    out += name + "=" + told(member.value, names) + " ";
  }
  return out;
}

struct Listed {
  std::vector<std::string> records;  // in words that are the same in every neighborhood
  std::vector<std::string> unset;    // "need.closed": fields that no record has a value of
};

Listed everything(const Home& home) {
  std::string lines = "schema\n";
  for (const auto& kind : kinds_in_order()) lines += "list " + kind + " --linked\n";
  const auto said = home.run({"batch", "-"}, lines);
  REQUIRE(said.exit == 0);
  std::vector<rapidjson::Document> results;
  Names names;
  std::set<std::string> seen;
  for (const auto& line : said.lines()) {
    results.emplace_back().Parse(line.c_str());
    if (results.size() == 1) continue;
    const auto& records = results.back()["result"];
    CHECK(records.Size() > 0);
    for (const auto& record : records.GetArray()) {
      names[record["id"].GetString()] = told_whole(record, nullptr);
      for (const auto& member : record.GetObject())
        seen.insert(std::string(record["kind"].GetString()) + "." + member.name.GetString());
    }
  }
  Listed out;
  for (std::size_t i = 1; i < results.size(); ++i)
    for (const auto& record : results[i]["result"].GetArray())
      out.records.push_back(told_whole(record, &names));
  std::sort(out.records.begin(), out.records.end());
  for (const auto& kind : results.front()["result"].GetArray())
    for (const auto& field : kind["fields"].GetArray()) {
      auto name = std::string(kind["kind"].GetString()) + "." + field["field"].GetString();
      if (!seen.contains(name)) out.unset.push_back(std::move(name));
    }
  return out;
}

}  // namespace

TEST_CASE("every kind leaves as CSV and as XLSX and arrives whole in a fresh neighborhood",
          "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch(std::string(kOneOfEach) + kTheRest);
  const auto before = everything(home);
  // Whoever hands over does not confirm it, so no import can say so either.
  CHECK(before.unset == std::vector<std::string>{"handover.confirmed"});
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
    CHECK(everything(fresh).records == before.records);
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
