#include "app/report/csv.h"

#include "tests/support/catch.h"

using namespace rukun;

namespace {

std::vector<std::vector<std::string>> cells(std::string_view text) {
  const auto rows = read_csv(text);
  INFO((rows ? std::string() : rows.error().message));
  REQUIRE(rows.has_value());
  std::vector<std::vector<std::string>> out;
  for (const auto& row : *rows) out.push_back(row.cells);
  return out;
}

Table needs() {
  Table table;
  table.title = "Kebutuhan RT 003";
  table.columns = {{"Keluarga", "Household", "", ColumnType::text},
                   {"Barang", "Item", "#item+name", ColumnType::text},
                   {"Jumlah", "Quantity", "#item+num+needed", ColumnType::number},
                   {"Sebelum", "Needed by", "#date", ColumnType::date}};
  table.rows = rows_of({{std::string("Ibu \"Ani\" Suryani; RT 3"), std::string("Beras"),
                         NumberCell{2500}, DateCell{20251117}},
                        {std::string("=HYPERLINK(\"http://jahat\")"), std::string("+62812"),
                         NumberCell{-5000}, Cell{}}});
  table.footers = {{std::string("Jumlah"), Cell{}, NumberCell{-2500}, Cell{}}};
  table.notes = {"RT 004: belum lapor"};
  return table;
}

std::string written(const Table& table, const CsvOptions& options) {
  std::string out;
  const auto status = write_csv(table, options, [&](std::string_view piece) -> Status {
    out += piece;
    return {};
  });
  REQUIRE(status.has_value());
  return out;
}

}  // namespace

TEST_CASE("a table is written so that every spreadsheet reads it", "[csv]") {
  CHECK(written(needs(), {}) ==
        "Keluarga,Barang,Jumlah,Sebelum\r\n"
        "\"Ibu \"\"Ani\"\" Suryani; RT 3\",Beras,2.5,2025-11-17\r\n"
        "\"'=HYPERLINK(\"\"http://jahat\"\")\",+62812,-5,\r\n");
}

TEST_CASE("hashtags, headings in English, BOM, semicolons, title and notes are to be had",
          "[csv]") {
  CsvOptions options;
  options.language = Language::en;
  options.separator = ';';
  options.bom = true;
  options.hxl = true;
  options.extras = true;
  const auto text = written(needs(), options);
  CHECK(text.substr(0, 3) == "\xEF\xBB\xBF");
  const auto rows = cells(text);
  REQUIRE(rows.size() == 7);
  CHECK(rows[0][0] == "Kebutuhan RT 003");
  CHECK(rows[1] == std::vector<std::string>{"Household", "Item", "Quantity", "Needed by"});
  CHECK(rows[2] == std::vector<std::string>{"", "#item+name", "#item+num+needed", "#date"});
  CHECK(rows[3][0] == "Ibu \"Ani\" Suryani; RT 3");
  CHECK(rows[5][2] == "-2.5");
  CHECK(rows[6][0] == "RT 004: belum lapor");
}

TEST_CASE("a text that a spreadsheet would run is disarmed, and read back as it was", "[csv]") {
  for (const auto* formula : {"=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\tx", "-", "+"}) {
    CAPTURE(formula);
    const auto cell = csv_cell(std::string(formula), ',');
    CHECK(cell.find('\'') <= 1);
    CHECK(cells("a,b\n" + cell + ",x\n")[1][0] == formula);
  }
  CHECK(csv_cell(std::string("-5"), ',') == "-5");
  CHECK(csv_cell(std::string("+6281234567890"), ',') == "+6281234567890");
  CHECK(csv_cell(NumberCell{-5500}, ',') == "-5.5");
  CHECK(cells("a,b\n'Abdullah,x\n")[1][0] == "'Abdullah");
}

TEST_CASE("comma, semicolon and tab are found by themselves", "[csv]") {
  const std::vector<std::vector<std::string>> expected = {{"Nama", "RT"}, {"Budi", "3"}};
  CHECK(cells("Nama,RT\nBudi,3\n") == expected);
  CHECK(cells("Nama;RT\r\nBudi;3\r\n") == expected);
  CHECK(cells("Nama\tRT\rBudi\t3\r") == expected);
  CHECK(cells("\xEF\xBB\xBFNama;RT\nBudi;3") == expected);
  CHECK(cells("Nama;\"a,b,c\";RT\n")[0].size() == 3);
  CHECK(cells("Daftar warga\nNama;RT\nBudi;3\n")[2] == expected[1]);
  CHECK(cells("satu\ndua\n") == std::vector<std::vector<std::string>>{{"satu"}, {"dua"}});
  CHECK(cells("").empty());
  CHECK(cells("\xEF\xBB\xBF").empty());
}

TEST_CASE("quotes hold separators, line breaks and quotes", "[csv]") {
  const auto rows = read_csv(
      "Nama;Alamat;Catatan\n"
      "\"Suharto; S.H.\";\"Jl. Melati 5\nRT 003/RW 007\";\"ia bilang \"\"beras dulu\"\"\"\n"
      "\n"
      "Wayan;;\"\"\n");
  REQUIRE(rows.has_value());
  REQUIRE(rows->size() == 3);
  CHECK((*rows)[1].cells == std::vector<std::string>{"Suharto; S.H.", "Jl. Melati 5\nRT 003/RW 007",
                                                     "ia bilang \"beras dulu\""});
  CHECK((*rows)[1].number == 2);
  CHECK((*rows)[1].line == 2);
  CHECK((*rows)[2].cells == std::vector<std::string>{"Wayan", "", ""});
  CHECK((*rows)[2].number == 4);
  CHECK((*rows)[2].line == 5);
  CHECK(cells("a,\"b\"c\n")[0][1] == "bc");
  CHECK(cells("a,b\"c\n")[0][1] == "b\"c");
}

TEST_CASE("pieces of any size read alike", "[csv]") {
  const std::string text =
      "\xEF\xBB\xBFNama;Alamat\r\n\"Ani \"\"Bu RT\"\"\";\"satu\r\ndua\"\r\n;;\r\n'=1;x";
  const auto whole = cells(text);
  REQUIRE(whole.size() == 3);
  for (std::size_t size = 1; size <= text.size(); ++size) {
    std::vector<std::vector<std::string>> rows;
    CsvReader reader([&](const CsvRow& row) -> Status {
      rows.push_back(row.cells);
      return {};
    });
    for (std::size_t at = 0; at < text.size(); at += size)
      REQUIRE(reader.feed(std::string_view(text).substr(at, size)).has_value());
    REQUIRE(reader.finish().has_value());
    CHECK(reader.separator() == ';');
    CHECK(rows == whole);
  }
}

TEST_CASE("damage is refused with its row and column", "[csv]") {
  const auto open = read_csv("Nama,RT\nBudi,\"tiga\n");
  REQUIRE_FALSE(open.has_value());
  CHECK(open.error().code == Code::damaged);
  CHECK(open.error().message == "Baris 2, kolom 2: tanda kutip tidak ditutup");
  const auto binary = read_csv(std::string_view("PK\x03\x04\0\0,x\n", 10), {}, Language::en);
  REQUIRE_FALSE(binary.has_value());
  CHECK(binary.error().message == "Row 1, column 1: this is not UTF-8 text");

  CsvLimits small;
  small.cell_bytes = 10;
  small.row_bytes = 25;
  small.cells = 4;
  CHECK_FALSE(read_csv("a,12345678901\n", small).has_value());
  CHECK_FALSE(read_csv("a,1234567890,1234567890,12345\n", small).has_value());
  CHECK_FALSE(read_csv("1,2,3,4,5\n", small).has_value());
  CHECK(read_csv("1,2,3,1234567890\n1,2,3,1234567890\n", small).has_value());
}

TEST_CASE("a sink that has had enough ends the reading", "[csv]") {
  int rows = 0;
  CsvReader reader([&](const CsvRow&) -> Status {
    if (++rows == 2) return error(Code::full, "penuh");
    return {};
  });
  CHECK(reader.feed("a,b\nc,d\ne,f\n").error().code == Code::full);
  CHECK(rows == 2);
}

TEST_CASE("a row that does not fit the headings is our caller's mistake and is said", "[csv]") {
  Table table = needs();
  table.rows = rows_of({{std::string("Budi")}});
  const auto status = write_csv(table, {}, [](std::string_view) -> Status { return {}; });
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == Code::bad_value);
}

TEST_CASE("a million rows pass through without being held", "[csv]") {
  Table table;
  table.columns = {{"Nomor", "Number", "", ColumnType::number}};
  table.rows = [](const RowSink& sink) -> Status {
    TableRow row(1);
    for (int i = 0; i < 1'000'000; ++i) {
      row[0] = NumberCell{i * std::int64_t{1000}};
      TRY_VOID(sink(row));
    }
    return {};
  };
  std::uint64_t rows = 0;
  std::string last;
  CsvReader reader([&](const CsvRow& row) -> Status {
    ++rows;
    last = row.cells[0];
    return {};
  });
  REQUIRE(write_csv(table, {}, [&](std::string_view piece) { return reader.feed(piece); }));
  REQUIRE(reader.finish());
  CHECK(rows == 1'000'001);
  CHECK(last == "999999");
}
