#include "app/report/xlsx.h"

#include <algorithm>
#include <cstdio>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace rukun;

namespace {

// One file out of the workbook, through the system's unzip; empty when the machine has none.
std::string part(const std::filesystem::path& file, const std::string& name) {
  const auto command = "unzip -p '" + file.string() + "' '" + name + "' 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  char piece[4096];
  while (const auto size = std::fread(piece, 1, sizeof piece, pipe)) out.append(piece, size);
  pclose(pipe);
  return out;
}

bool holds(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

Table residents() {
  Table table;
  table.title = "Warga RT 003/RW 007";
  table.columns = {{"Nama", "Name", "", ColumnType::text},
                   {"NIK", "National id", "", ColumnType::text},
                   {"Jumlah", "Amount", "#item+num", ColumnType::number},
                   {"Lahir", "Born", "#date", ColumnType::date, 30}};
  table.rows = rows_of({{std::string("Ani & <Budi>"), std::string("0012345678901234"),
                         NumberCell{2500}, DateCell{19900817}},
                        {std::string("=1+1"), Cell{}, NumberCell{-3000}, DateCell{19600000}}});
  table.footers = {{std::string("Total"), Cell{}, NumberCell{-500}, Cell{}}};
  table.notes = {"RT 004: belum lapor"};
  return table;
}

}  // namespace

TEST_CASE("a workbook holds numbers as numbers and identifiers as text", "[xlsx]") {
  const test::TempDir dir;
  const auto file = dir / "warga.xlsx";
  const std::vector<Table> sheets = {residents(), residents()};
  XlsxOptions options;
  options.hxl = true;
  const auto status = write_xlsx(file, sheets, options);
  INFO((status ? std::string() : status.error().message));
  REQUIRE(status.has_value());
  CHECK(std::filesystem::file_size(file) > 1000);
  CHECK(std::distance(std::filesystem::directory_iterator(dir.path()), {}) == 1);

  const auto sheet = part(file, "xl/worksheets/sheet1.xml");
  if (sheet.empty()) SKIP_TEST("unzip is not installed");
  CHECK(holds(sheet, "Ani &amp; &lt;Budi&gt;"));
  CHECK(holds(sheet, "<t>0012345678901234</t>"));
  CHECK(holds(sheet, "<t>=1+1</t>"));
  CHECK_FALSE(holds(sheet, "<f>"));
  CHECK(holds(sheet, "<v>2.5</v>"));
  CHECK(holds(sheet, "<v>-3</v>"));
  CHECK(holds(sheet, "<t>1960</t>"));
  CHECK(holds(sheet, "<v>33102</v>"));  // 17 August 1990, as spreadsheets count days
  CHECK(holds(sheet, "#item+num"));
  CHECK(holds(sheet, "RT 004: belum lapor"));
  CHECK(holds(sheet, "<autoFilter ref=\"A2:D4\"/>"));
  CHECK(holds(sheet, "ySplit=\"2\""));
  CHECK(holds(sheet, "min=\"4\" max=\"4\" width=\"30.7"));
  const auto book = part(file, "xl/workbook.xml");
  CHECK(holds(book, "name=\"Warga RT 003 RW 007\""));
  CHECK(holds(book, "name=\"Warga RT 003 RW 007 2\""));
}

TEST_CASE("texts that would break a workbook are made harmless", "[xlsx]") {
  const test::TempDir dir;
  const auto file = dir / "aneh.xlsx";
  Table table;
  table.title = "Aneh";
  table.columns = {{"Isi", "Text", "", ColumnType::text}};
  table.rows = rows_of({{std::string("rusak \xFF\xFE")},
                        {std::string(100'000, 'a')},
                        {std::string("lonceng \x07")},
                        {std::string()}});
  REQUIRE(write_xlsx(file, {&table, 1}, {}).has_value());
  const auto sheet = part(file, "xl/worksheets/sheet1.xml");
  if (sheet.empty()) SKIP_TEST("unzip is not installed");
  CHECK(holds(sheet, "rusak ??"));
  CHECK(holds(sheet, "aaa…"));
  CHECK_FALSE(holds(sheet, "\x07"));
}

TEST_CASE("sheet names are legal and differ", "[xlsx]") {
  CHECK(sheet_name("Kebutuhan", {}) == "Kebutuhan");
  CHECK(sheet_name("RT 003/RW 007: [semua]?*\\", {}) == "RT 003 RW 007   semua");
  CHECK(sheet_name("", {}) == "Lembar 1");
  CHECK(sheet_name("'''", {"lembar 1"}) == "Lembar 2");
  CHECK(sheet_name("History", {}) == "History 2");
  CHECK(sheet_name("Kebutuhan", {"KEBUTUHAN"}) == "Kebutuhan 2");
  CHECK(sheet_name("Kebutuhan", {"kebutuhan", "Kebutuhan 2"}) == "Kebutuhan 3");
  const std::string longest = "Penyaluran bantuan sembako kelurahan Sukamaju";
  const auto first = sheet_name(longest, {});
  CHECK(first == "Penyaluran bantuan sembako kelu");
  CHECK(sheet_name(longest, {first}) == "Penyaluran bantuan sembako ke 2");
  CHECK(sheet_name("ééééééééééééééééééééééééééééééééééé", {}).size() == 62);
}

TEST_CASE("what cannot be written is said, and leaves no file", "[xlsx]") {
  const test::TempDir dir;
  const auto missing = dir / "tidak ada" / "warga.xlsx";
  const Table table = residents();
  const auto nowhere = write_xlsx(missing, {&table, 1}, {});
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().code == Code::io);
  CHECK_FALSE(nowhere.error().hint.empty());

  Table failing = residents();
  failing.rows = [](const RowSink& sink) -> Status {
    TRY_VOID(sink({std::string("Ani"), Cell{}, Cell{}, Cell{}}));
    return error(Code::busy, "sedang dipakai");
  };
  const auto file = dir / "gagal.xlsx";
  CHECK(write_xlsx(file, {&failing, 1}, {}).error().code == Code::busy);
  CHECK_FALSE(std::filesystem::exists(file));

  Table wide = residents();
  wide.columns.resize(kMaxSheetColumns + 1);
  CHECK(write_xlsx(file, {&wide, 1}, {}).error().code == Code::bad_value);
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("more rows than a sheet holds are refused", "[xlsx]") {
  const test::TempDir dir;
  Table table;
  table.title = "Terlalu banyak";
  table.columns = {{"Nomor", "Number", "", ColumnType::number}};
  table.rows = [](const RowSink& sink) -> Status {
    const TableRow row = {NumberCell{1000}};
    for (std::uint32_t i = 0; i < kMaxSheetRows; ++i) TRY_VOID(sink(row));
    return {};
  };
  CHECK(write_xlsx(dir / "banyak.xlsx", {&table, 1}, {}).error().code == Code::bad_value);
}
