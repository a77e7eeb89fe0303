// Rows into records: what a sheet cannot say rightly is refused, what was read is taken back whole.
#include "app/domain/fold.h"
#include "app/domain/headings.h"
#include "app/domain/opensid.h"
#include "app/domain/rt_rw.h"
#include "app/domain/schema.h"
#include "app/engine/importer.h"
#include "app/engine/opensid_import.h"
#include "app/report/opensid_recipients.h"
#include "app/report/spreadsheet.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {
namespace {

namespace household = fields::household;
namespace resident = fields::resident;

struct Office {
  TempDir dir;
  Laptop laptop{dir.path(), "Kantor", 5};
  SpaceInfo space;

  Office() {
    const auto id = laptop.found("RT 003/RW 007");
    space = laptop.engine().space(id).value();
  }

  ImportReport import(const KindId kind, const ImportSource& source,
                      const ImportOptions& options = english()) {
    auto report = import_rows(laptop.engine(), space, kind_of(kind), source, options);
    INFO((report ? std::string() : report.error().message));
    REQUIRE(report.has_value());
    return std::move(*report);
  }
  ImportReport opensid(const ImportSource& source, const ImportOptions& options = english()) {
    auto report = import_opensid(laptop.engine(), space, source, options);
    INFO((report ? std::string() : report.error().message));
    REQUIRE(report.has_value());
    return std::move(*report);
  }
  std::vector<Row> rows(KindId kind) {
    return laptop.engine().records().rows({.kind = kind, .spaces = {space.number}}).value();
  }
  Row one(KindId kind, FieldId field, const std::string& text) {
    for (auto& row : rows(kind))
      if (text_in(row, field) == text) return row;
    FAIL("no record with " + text);
    return {};
  }
  static ImportOptions english() {
    ImportOptions options;
    options.language = Language::en;
    return options;
  }
};

ImportSource source_of(std::vector<std::string> headings, std::vector<ImportRow> rows) {
  ImportSource source;
  source.headings = std::move(headings);
  source.rows = [rows = std::move(rows)](const ImportRowUse& use) -> Status {
    for (auto row : rows) TRY_VOID(use(row));
    return {};
  };
  return source;
}

ImportSource people_of(std::vector<std::vector<std::string>> cells) {
  std::vector<ImportRow> rows;
  for (auto& one : cells) rows.push_back({rows.size() + 2, std::move(one)});
  return source_of(
      {"alamat", "dusun", "rw", "rt", "nama", "no_kk", "nik", "sex", "tempatlahir", "tanggallahir",
       "agama_id", "kk_level", "cacat_id", "hamil", "status_dasar", "lat", "lng"},
      std::move(rows));
}

ImportSource family() {
  return people_of(
      {{"Jl. Melati 3", "Krajan", "7", "003", "Pak Joko", "3204120000000001", "3204120000000011",
        "1", "Bandung", "1960-05-17", "1", "1", "7", "2", "1", "-6.91", "107.61"},
       {"Jl. Melati 3", "Krajan", "7", "003", "Bu Ani", "3204120000000001", "3204120000000012",
        "Perempuan", "Bandung", "1995-01-02", "1", "ISTRI", "2", "Hamil", "Hidup", "", ""},
       {"Jl. Melati 3", "Krajan", "7", "003", "Adi", "3204120000000001", "3204120000000013", "L",
        "Bandung", "2024-08-01", "1", "4", "", "", "1", "", ""},
       {"Jl. Melati 3", "Krajan", "7", "003", "Mbah Karto", "3204120000000001", "0", "L", "Bandung",
        "1930", "1", "7", "", "", "2", "", ""},
       {"Jl. Kenanga", "Krajan", "7", "004", "Siti", "3204120000000002", "3204120000000021", "P",
        "Garut", "1980-03-04", "1", "1", "", "", "3", "", ""},
       {"", "###", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""},
       {"Kode", "", "1", "1", "Contoh", "3204120000000099", "3204120000000098", "1"}});
}

}  // namespace

TEST_CASE("numbers that a sheet holds are decimal, and a rounded NIK is refused", "[import]") {
  Office office;
  const Error rounded{Code::bad_value, "rounded", ""};
  ImportRow good{2, {"food", "1.125", "kg", "1.125"}};
  good.numbers = {1};
  const auto needs = office.import(fields::need::kKind,
                                   source_of({"category", "quantity", "unit", "note"}, {good}));
  CHECK(needs.fresh == 1);
  CHECK(number_in(office.rows(fields::need::kKind)[0], fields::need::kQuantity) == 1125);

  ImportRow bad{2, {"Ani", ""}}, elsewhere{3, {"Budi"}};
  bad.unreadable = {{1, rounded}};
  elsewhere.unreadable = {{2, rounded}};
  const ImportRow from_csv{4, {"Cici", "3,20412E+15"}};
  const ImportRow phone{5, {"Dedi", "", "", "81234567890"}};
  const auto people = office.import(resident::kKind, source_of({"Nama", "NIK", "Agama", "Telepon"},
                                                               {bad, elsewhere, from_csv, phone}));
  CHECK(people.fresh == 2);
  REQUIRE(people.refused.size() == 2);
  CHECK(people.refused[0].row == 2);
  CHECK(people.refused[0].column == "NIK");
  CHECK(people.refused[1].row == 4);
  CHECK(people.refused[1].error.message == "3,20412E+15: the sheet has rounded this number");
  CHECK(people.remarks ==
        std::vector<std::string>{"Telepon: 1 numbers lost the 0 in front; read as 08\u2026"});
  CHECK(text_in(office.one(resident::kKind, resident::kName, "Dedi"), resident::kPhone) ==
        "+6281234567890");
}

TEST_CASE("a household that says no RT or RW lives in the neighborhood of the import", "[import]") {
  CHECK(rt_rw_in("RT.03 / RW 07 Sukamaju").rt == 3);
  CHECK(rt_rw_in("RT 003/RW 007").rw == 7);
  CHECK_FALSE(rt_rw_in("SMART 5").rt.has_value());
  CHECK_FALSE(rt_rw_in("RT 1000").rt.has_value());
  Office office;
  const auto list = source_of({"name", "rt"}, {{2, {"Bu Ani", "5"}}, {3, {"Pak Joko", ""}}});
  const auto report = office.import(household::kKind, list);
  CHECK(report.fresh == 2);
  REQUIRE(report.remarks.size() == 1);
  CHECK(report.remarks[0] == "2 households without RT or RW were put into RT 003/RW 007");
  const auto lives = [&](const std::string& name, std::int64_t rt) {
    const auto row = office.one(household::kKind, household::kName, name);
    return number_in(row, household::kRt) == rt && number_in(row, household::kRw) == 7;
  };
  CHECK(lives("Bu Ani", 5));
  CHECK(lives("Pak Joko", 3));
  CHECK(office.import(household::kKind, list).same == 2);
}

TEST_CASE("a list with everyday headings is read as it is", "[import]") {
  Office office;
  const auto report = office.import(
      household::kKind, source_of({"Nama KK", "No KK", "Alamat", "RT/RW", "No. HP", "Jml Jiwa",
                                   "Balita", "Ket.", "hobi"},
                                  {{2,
                                    {"Bu Wati", "3204120000000001", "Jl. Melati 3", "003/007",
                                     "081234567890", "4", "1", "rumah pojok", "catur"}},
                                   {3, {"Pak Joko", "", "", "5", "", "", "", "", ""}}}));
  CHECK(report.fresh == 1);
  CHECK(report.ignored == std::vector<std::string>{"hobi"});
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].column == "RT/RW");
  CHECK(report.refused[0].error.message == "\"5\" does not say both RT and RW; expected 003/007");
  const auto row = office.rows(household::kKind).at(0);
  CHECK(text_in(row, household::kName) == "Bu Wati");
  CHECK(text_in(row, household::kKkNumber) == "3204120000000001");
  CHECK(text_in(row, household::kAddress) == "Jl. Melati 3");
  CHECK(number_in(row, household::kRt) == 3);
  CHECK(number_in(row, household::kRw) == 7);
  CHECK(text_in(row, household::kPhone) == "+6281234567890");
  CHECK(number_in(row, household::kPeople) == 4);
  CHECK(number_in(row, household::kInfants) == 1);
  CHECK(text_in(row, household::kNote) == "rumah pojok");

  const auto people = office.import(
      resident::kKind, source_of({"Nama Lengkap", "No KTP", "L/P", "Tgl Lahir", "Nama KK"},
                                 {{2, {"Ani", "3204120000000021", "P", "04/03/1980", "Bu Wati"}},
                                  {3, {"Budi", "", "L", "1979", "Bu Rina"}}}));
  CHECK(people.fresh == 1);
  REQUIRE(people.refused.size() == 1);
  CHECK(people.refused[0].error.hint ==
        "record it first, or leave the column out: --map 'Nama KK='");
  const auto ani = office.rows(resident::kKind).at(0);
  CHECK(number_in(ani, resident::kSex) == resident::kSexFemale);
  CHECK(number_in(ani, resident::kBirthDate) == 19800304);
}

TEST_CASE("a field's own name goes before what people call it elsewhere", "[import]") {
  Office office;
  const auto source =
      source_of({"Kepala keluarga", "rt", "rw", "Nama"}, {{2, {"Pak Joko", "3", "7", "Joko"}}});
  const auto both = office.import(household::kKind, source);
  CHECK(both.ignored == std::vector<std::string>{"Nama"});
  CHECK(text_in(office.rows(household::kKind).at(0), household::kName) == "Pak Joko");
  auto options = Office::english();
  options.map = {{"Nama", "note"}};
  CHECK(office.import(household::kKind, source, options).ignored.empty());
  const auto twice = import_rows(office.laptop.engine(), office.space, kind_of(household::kKind),
                                 source_of({"Nama", "RT/RW", "Nama KK"}, {}), Office::english());
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error().message == "the columns Nama (1) and Nama KK (3) mean the same field");
}

TEST_CASE("everyday headings are of fields that there are, each of one", "[import]") {
  for (const auto& one : everyday_headings()) {
    CAPTURE(one.kind, one.field);
    bool any = false;
    for (const auto& kind : all_kinds()) {
      const auto* field = kind.find_field(one.field);
      if ((!one.kind.empty() && one.kind != kind.name) || field == nullptr) continue;
      any = true;
      for (auto words = one.words; !words.empty();) {
        const auto word = words.substr(0, words.find('|'));
        words.remove_prefix(std::min(word.size() + 1, words.size()));
        CAPTURE(kind.name, word);
        CHECK_FALSE(folded_key(word).empty());
        const auto* read = field_headed(kind, word);
        REQUIRE(read != nullptr);
        // What is of every kind steps back where one kind means another thing.
        if (!one.kind.empty()) CHECK(read == field);
        const auto* named = kind.find_field(word);
        if (!one.kind.empty()) CHECK((named == nullptr || named == field));
      }
    }
    CHECK(any);
  }
}

TEST_CASE("two columns for one field are refused, unless one is left out", "[import]") {
  Office office;
  const auto source = source_of({"Nama", "name"}, {{2, {"Ani", "Budi"}}});
  auto options = Office::english();
  const auto both =
      import_rows(office.laptop.engine(), office.space, kind_of(resident::kKind), source, options);
  REQUIRE_FALSE(both.has_value());
  CHECK(both.error().message == "the columns Nama (1) and name (2) mean the same field");
  options.map = {{"name", ""}};
  CHECK(office.import(resident::kKind, source, options).fresh == 1);
  CHECK(text_in(office.rows(resident::kKind)[0], resident::kName) == "Ani");
}

TEST_CASE("an import that is stopped keeps what it took, says how far, and the next completes it",
          "[import]") {
  Office office;
  std::vector<ImportRow> rows;
  for (std::uint64_t i = 2; i < 1000; ++i) rows.push_back({i, {"Warga " + std::to_string(i)}});
  auto options = Office::english();
  std::size_t most = 0;
  options.watch = [&](std::uint64_t read) {
    most = std::max(most, office.rows(resident::kKind).size());
    return read < 700;
  };
  const auto report = office.import(resident::kKind, source_of({"Nama"}, rows), options);
  CHECK(report.stopped);
  CHECK(most == 512);  // steps had been written
  CHECK(report.fresh == 703);
  CHECK(report.taken_to == 704);  // rows 2 to 704
  CHECK(office.rows(resident::kKind).size() == 703);
  const auto rest = office.import(resident::kKind, source_of({"Nama"}, rows));
  CHECK(rest.same == 703);
  CHECK(rest.fresh == 295);
  CHECK(office.rows(resident::kKind).size() == 998);
  REQUIRE(undo_import(office.laptop.engine(), office.space.id, report.id).has_value());
  CHECK(office.rows(resident::kKind).size() == 295);
}

TEST_CASE("taking back an import can be stopped, and a plain undo takes none of that back",
          "[import]") {
  Office office;
  std::vector<ImportRow> rows;
  for (std::uint64_t i = 0; i < 600; ++i) rows.push_back({i + 2, {"Warga " + std::to_string(i)}});
  auto& engine = office.laptop.engine();
  const auto need = office.laptop.add_need(office.space.id, 5000);
  const auto report = office.import(resident::kKind, source_of({"Nama"}, rows));
  REQUIRE(report.fresh == 600);
  const auto part = undo_import(engine, office.space.id, report.id,
                                [](std::uint64_t steps, std::uint64_t) { return steps < 2; });
  REQUIRE(part);
  CHECK(part->stopped);
  CHECK(part->steps == 2);
  CHECK(part->of == 3);
  CHECK(office.rows(resident::kKind).size() == 256);
  // What a plain undo means is the step that is still there, then the need before it.
  REQUIRE(engine.undo(office.space.id, std::nullopt).has_value());
  CHECK(office.rows(resident::kKind).empty());
  REQUIRE(engine.undo(office.space.id, std::nullopt).has_value());
  CHECK(engine.records().row(office.space.number, need).value()->life == Life::deleted);
  CHECK(office.rows(resident::kKind).empty());
  const auto rest = undo_import(engine, office.space.id, report.id);
  REQUIRE(rest);
  CHECK_FALSE(rest->stopped);
  CHECK(office.rows(resident::kKind).empty());
}

TEST_CASE(
    "ids of another neighborhood's list find their records again, and erased ones do not "
    "come back",
    "[import]") {
  Office office;
  const std::string home(32, 'a'), person(32, 'b');
  const auto homes = source_of(
      {"id", "name", "rt", "rw", "same_as"},
      {{2, {home, "Bu Ani", "3", "7"}}, {3, {std::string(32, 'c'), "Bu Ani", "3", "7", home}}});
  CHECK(office.import(household::kKind, homes).fresh == 2);
  CHECK(office.import(household::kKind, homes).same == 2);
  const auto people = source_of({"id", "name", "household"}, {{2, {person, "Ani", home}}});
  const auto report = office.import(resident::kKind, people);
  CHECK(report.fresh == 1);
  const auto row = office.one(resident::kKind, resident::kName, "Ani");
  const auto* in = std::get_if<RecordId>(&value_in(row, resident::kHousehold));
  REQUIRE(in != nullptr);
  CHECK(*in == office.rows(household::kKind)[0].id);

  REQUIRE(office.laptop.engine().erase(office.space.id, row.id, "diminta").has_value());
  const auto back =
      office.import(resident::kKind, source_of({"id", "name"}, {{2, {row.id.hex(), "Ani"}}}));
  CHECK(back.fresh == 0);
  REQUIRE(back.refused.size() == 1);
  CHECK(back.refused[0].error.code == Code::not_found);
}

TEST_CASE("OpenSID's population sheet makes families and residents, once", "[import][opensid]") {
  Office office;
  const auto report = office.opensid(family());
  for (const auto& one : report.refused) UNSCOPED_INFO(one.column << ": " << one.error.message);
  CHECK(report.refused.empty());
  CHECK(report.fresh == 7);
  REQUIRE(office.rows(household::kKind).size() == 2);
  REQUIRE(office.rows(resident::kKind).size() == 5);

  const auto home = office.one(household::kKind, household::kKkNumber, "3204120000000001");
  CHECK(text_in(home, household::kName) == "Pak Joko");
  CHECK(text_in(home, household::kAddress) == "Jl. Melati 3");
  CHECK(text_in(home, household::kDusun) == "Krajan");
  CHECK(number_in(home, household::kRt) == 3);
  CHECK(number_in(home, household::kPeople) == 3);
  CHECK(number_in(home, household::kInfants) == 1);
  CHECK(number_in(home, household::kElderly) == 1);
  CHECK(number_in(home, household::kDisabled) == 1);
  CHECK(number_in(home, household::kPregnant) == 1);
  CHECK(text_in(home, household::kLocation) == "-6.910000,107.610000");
  const auto left = office.one(household::kKind, household::kKkNumber, "3204120000000002");
  CHECK(number_in(left, household::kStatus) == household::kStatusMoved);
  CHECK(number_in(left, household::kPeople) == 0);

  const auto wife = office.one(resident::kKind, resident::kName, "Bu Ani");
  CHECK(number_in(wife, resident::kSex) == resident::kSexFemale);
  CHECK(number_in(wife, resident::kFamilyRole) == resident::kFamilyRoleSpouse);
  CHECK(number_in(wife, resident::kDisability) == resident::kDisabilityVisual);
  CHECK(number_in(wife, resident::kPregnant) == 1);
  CHECK(number_in(wife, resident::kBirthDate) == 19950102);
  CHECK(value_in(wife, resident::kHousehold) == Value(home.id));
  const auto dead = office.one(resident::kKind, resident::kName, "Mbah Karto");
  CHECK(number_in(dead, resident::kStatus) == resident::kStatusDied);
  CHECK(text_in(dead, resident::kNik).empty());

  const auto again = office.opensid(family());
  CHECK(again.fresh == 0);
  CHECK(again.changed == 0);
  CHECK(again.same == 7);
  REQUIRE(undo_import(office.laptop.engine(), office.space.id, report.id).has_value());
  CHECK(office.rows(household::kKind).empty());
  CHECK(office.rows(resident::kKind).empty());
}

TEST_CASE("an import of many steps is taken back whole, also after some of it was deleted by hand",
          "[import]") {
  Office office;
  std::vector<ImportRow> rows;
  for (std::uint64_t i = 0; i < 600; ++i)
    rows.push_back({i + 2, {"Keluarga " + std::to_string(i), "3", "7"}});
  const auto sheet = source_of({"name", "rt", "rw"}, rows);
  auto& engine = office.laptop.engine();
  const auto before = office.laptop.add_need(office.space.id, 5000);
  const auto report = office.import(household::kKind, sheet);
  CHECK(report.fresh == 600);
  const auto after = office.laptop.add_need(office.space.id, 6000);
  office.laptop.run(
      office.space.id,
      {{DeleteRecord{office.one(household::kKind, household::kName, "Keluarga 300").id}}});
  for (bool more = true; more;) more = engine.step().value();  // also when steps were joined
  const auto undone = undo_import(engine, office.space.id, report.id);
  REQUIRE(undone);
  CHECK(undone->steps == 3);
  CHECK(office.rows(household::kKind).empty());
  CHECK(office.rows(fields::need::kKind).size() == 2);
  CHECK(engine.records().row(office.space.number, before).value()->life == Life::alive);
  CHECK(engine.records().row(office.space.number, after).value()->life == Life::alive);
  CHECK(undo_import(engine, office.space.id, report.id).error().code == Code::not_found);
  CHECK(office.import(household::kKind, sheet).fresh == 600);
}

TEST_CASE("what OpenSID's sheet says wrongly is refused by row and column", "[import][opensid]") {
  Office office;
  const auto sheet =
      people_of({{"", "", "7", "3", "Ani", "3204120000000001", "3204120000000011", "5"},
                 {"", "", "7", "3", "Budi", "3204120000000001", "12345", "1"},
                 {"", "", "7", "3", "", "3204120000000001", "3204120000000012", "1"},
                 {"", "", "7", "3", "Cici", "", "3204120000000013", "2"},
                 {"", "", "7", "3", "Dedi", "3204120000000001", "3204120000000014", "1", "", "", "",
                  "", "", "", "9"}});
  auto options = Office::english();
  options.dry_run = true;
  const auto dry = office.opensid(sheet, options);
  const auto report = office.opensid(sheet);
  REQUIRE(report.refused.size() == 4);
  CHECK(report.refused[0].column == "sex");
  CHECK(report.refused[1].column == "nik");
  CHECK(report.refused[2].column == "nama");
  CHECK(report.refused[3].column == "status_dasar");
  CHECK(report.fresh == 2);  // the family, and Cici who has none
  CHECK(dry.fresh == report.fresh);
  CHECK(dry.refused.size() == 4);
  const auto other =
      import_opensid(office.laptop.engine(), office.space, source_of({"Nama", "RT"}, {}), options);
  REQUIRE_FALSE(other.has_value());
  CHECK(other.error().message.find("no_kk, nik") != std::string::npos);
}

TEST_CASE("codes of OpenSID and their labels say the same", "[opensid]") {
  const auto read = [](OpensidColumn column, std::string_view cell) {
    return opensid_value(column, cell, Language::en).value_or("?");
  };
  CHECK(opensid_column("No KK") == OpensidColumn::kk_number);
  CHECK(opensid_column("agama_id") == OpensidColumn::other);
  CHECK(read(OpensidColumn::sex, "LAKI-LAKI") == "male");
  CHECK(read(OpensidColumn::sex, "2.0") == "female");
  CHECK(read(OpensidColumn::family_role, "10") == "other");
  CHECK(read(OpensidColumn::family_role, "Kepala Keluarga") == "head");
  CHECK(read(OpensidColumn::disability, "CACAT RUNGU/WICARA") == "hearing");
  CHECK(read(OpensidColumn::disability, "7") == "none");
  CHECK(read(OpensidColumn::pregnant, "-").empty());
  CHECK(read(OpensidColumn::status, "4") == "?");
}

TEST_CASE("recipients of a program leave as OpenSID's sheet, for heads and the office only",
          "[opensid]") {
  Office office;
  office.opensid(family());
  const auto home = office.one(household::kKind, household::kKkNumber, "3204120000000001");
  const auto wife = office.one(resident::kKind, resident::kName, "Bu Ani");
  namespace program = fields::program;
  namespace entitlement = fields::entitlement;
  const auto made = [&](std::int64_t target) {
    return office.laptop
        .run(office.space.id, {{AddRecord{program::kKind,
                                          {{program::kTitle, OpType::put, std::string("Sembako")},
                                           {program::kSource, OpType::put, program::kSourceRegency},
                                           {program::kTarget, OpType::put, target}}}}})
        .records.at(0);
  };
  const auto entitle = [&](const RecordId& to, FieldId field, const RecordId& who) {
    office.laptop.run(office.space.id,
                      {{AddRecord{entitlement::kKind,
                                  {{entitlement::kProgram, OpType::put, to},
                                   {field, OpType::put, who},
                                   {entitlement::kQuantity, OpType::put, std::int64_t{1000}}}}}});
  };
  const auto listed = [&](const RecordId& of) {
    std::vector<std::vector<std::string>> out;
    const auto table = opensid_recipients(office.laptop.engine(), office.space, of, Language::en);
    REQUIRE(table.has_value());
    REQUIRE(table->columns.size() == 7);
    CHECK(table->columns[1].heading_id == "No. Peserta");
    REQUIRE(for_each_row(*table, [&](const TableRow& row) -> Status {
      out.emplace_back();
      for (const auto& cell : row) out.back().push_back(plain_text(cell));
      return {};
    }));
    return out;
  };
  const auto families = made(program::kTargetHousehold);
  entitle(families, entitlement::kHousehold, home.id);
  entitle(families, entitlement::kResident, wife.id);  // of the same family
  CHECK(listed(families) == std::vector<std::vector<std::string>>{
                                {"3204120000000001", "", "3204120000000011", "Pak Joko", "Bandung",
                                 "1960-05-17", "Jl. Melati 3, Krajan, RT 003/RW 007"}});
  const auto people = made(program::kTargetPerson);
  entitle(people, entitlement::kResident, wife.id);
  CHECK(listed(people) == std::vector<std::vector<std::string>>{
                              {"3204120000000012", "", "3204120000000012", "Bu Ani", "Bandung",
                               "1995-01-02", "Jl. Melati 3, Krajan, RT 003/RW 007"}});
  auto reader = office.space;
  reader.role = Role::volunteer;
  const auto denied = opensid_recipients(office.laptop.engine(), reader, people, Language::en);
  REQUIRE_FALSE(denied.has_value());
  CHECK(denied.error().code == Code::not_allowed);
  CHECK_FALSE(opensid_recipients(office.laptop.engine(), office.space, wife.id, Language::en));
}

}  // namespace rukun::test
