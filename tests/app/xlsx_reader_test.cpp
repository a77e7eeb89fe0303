#include "app/report/xlsx_reader.h"

#include <minizip/zip.h>

#include <array>
#include <fstream>

#include "app/report/encoding.h"
#include "app/report/spreadsheet.h"
#include "app/report/xlsx.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/support/workbook_maker.h"

using namespace rukun;
using test::MadeBook;
using test::make_book;
using test::make_zip;
using test::parts_of;
using test::sheet_of;
using test::text_row;

namespace {

constexpr auto kDates =
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-421]dd\\ mmmm\\ yyyy\"/><numFmt "
    "numFmtId=\"165\" formatCode=\"&quot;ada &quot;0\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf "
    "numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf "
    "numFmtId=\"20\"/></cellXfs>";

struct SeenRows {
  std::vector<ImportRow> rows;
  SheetFacts facts;
};

Result<SeenRows> read_bytes(Bytes file, std::size_t sheet = 0) {
  TRY(auto reader, XlsxReader::open(std::make_shared<const Bytes>(std::move(file)), Language::en));
  SeenRows out;
  TRY(out.facts, reader.scan(sheet));
  TRY_VOID(reader.each_row(sheet, out.facts, [&](ImportRow& row) -> Result<bool> {
    out.rows.push_back(row);
    return true;
  }));
  return out;
}

SeenRows read_rows(const std::string& rows, const std::string& after = {}, bool from_1904 = false) {
  MadeBook book;
  book.sheets = {{"Data", sheet_of(rows, after)}};
  book.styles = kDates;
  book.texts =
      "<si><t>beras</t></si><si><r><t>air </t></r><rPh><t>x</t></rPh><r><t>minum</t></r></si>";
  book.from_1904 = from_1904;
  auto out = read_bytes(make_book(book));
  INFO((out ? std::string() : out.error().message));
  REQUIRE(out.has_value());
  return std::move(*out);
}

std::string cell(const SeenRows& seen, std::size_t row, std::size_t column) {
  REQUIRE(row < seen.rows.size());
  return column < seen.rows[row].cells.size() ? seen.rows[row].cells[column] : std::string();
}

std::string sheet_refusal(const std::string& rows, const std::string& after = {}) {
  MadeBook book;
  book.sheets = {{"Data", sheet_of(rows, after)}};
  const auto out = read_bytes(make_book(book));
  REQUIRE_FALSE(out.has_value());
  CHECK(out.error().code == Code::damaged);
  return out.error().message;
}

std::string number_cell(const std::string& place, const std::string& value,
                        const std::string& style = "0") {
  return "<c r=\"" + place + "\" s=\"" + style + "\"><v>" + value + "</v></c>";
}

SpreadsheetWish wish_for(std::vector<std::string> headings) {
  SpreadsheetWish wish;
  wish.language = Language::en;
  wish.known = [headings = std::move(headings)](const std::vector<std::string>& row) {
    std::size_t known = 0;
    for (const auto& one : row)
      known += std::count(headings.begin(), headings.end(), one) > 0 ? 1U : 0U;
    return known;
  };
  return wish;
}

}  // namespace

TEST_CASE("a sheet's cells are read as they are shown", "[xlsx]") {
  const auto seen = read_rows(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"D1\" "
      "t=\"inlineStr\"><is><r><t>Bu </t></r><r><t>Ani &amp; anak</t></r></is></c></row>"
      "<row r=\"2\"/>"
      "<row r=\"5\">" +
      number_cell("A5", "2.5") + number_cell("B5", "0.30000000000000004") +
      number_cell("C5", "1.5E-2") + number_cell("D5", "12345678") + number_cell("E5", "-3") +
      "<c r=\"F5\" t=\"b\"><v>1</v></c><c r=\"G5\" t=\"str\"><f>A1&amp;B1</f><v>hasil</v></c>"
      "<c r=\"H5\"><f>SUM(A5:B5)</f><v>2.8</v></c><c r=\"I5\" t=\"d\"><v>2025-11-17T00:00:00</v>"
      "</c>" +
      number_cell("J5", "7", "4") + "</row>");
  REQUIRE(seen.rows.size() == 2);
  CHECK(seen.facts.rows == 2);
  CHECK(seen.rows[0].number == 1);
  CHECK(seen.rows[0].cells == std::vector<std::string>{"beras", "air minum", "", "Bu Ani & anak"});
  CHECK(seen.rows[1].number == 5);
  CHECK(seen.rows[1].cells == std::vector<std::string>{"2.5", "0.3", "0.015", "12345678", "-3",
                                                       "true", "hasil", "2.8", "2025-11-17", "7"});
  CHECK(seen.rows[1].numbers == std::vector<std::size_t>{0, 1, 2, 3, 4, 7, 9});
}

TEST_CASE("dates are numbers that a format makes dates, counted from 1900 or from 1904", "[xlsx]") {
  const auto row = "<row r=\"1\">" + number_cell("A1", "33102", "1") +
                   number_cell("B1", "45978.68055555555", "2") + number_cell("C1", "33102", "3") +
                   number_cell("D1", "1", "1") + number_cell("E1", "0.5", "5") +
                   number_cell("F1", "61", "1") + "</row>";
  const auto seen = read_rows(row);
  CHECK(seen.rows.at(0).cells == std::vector<std::string>{"1990-08-17", "2025-11-17 16:20",
                                                          "1990-08-17", "1900-01-01", "12:00",
                                                          "1900-03-01"});
  CHECK(seen.rows.at(0).numbers.empty());
  CHECK(cell(read_rows(row, {}, true), 0, 0) == "1994-08-18");
  const auto never = read_rows("<row r=\"1\">" + number_cell("A1", "60", "1") + "</row>");
  REQUIRE(never.rows.at(0).unreadable.size() == 1);
  CHECK(never.rows[0].unreadable[0].second.message == "60: no such date");
}

TEST_CASE("a cell that cannot be taken says why, and its row goes on", "[xlsx]") {
  const auto seen = read_rows("<row r=\"1\">" + number_cell("A1", "3204120000000001") +
                              number_cell("B1", "3.20412E+15") +
                              "<c r=\"C1\"><f>A1</f></c><c r=\"D1\" t=\"e\"><v>#N/A</v></c>" +
                              number_cell("E1", "999999999999999") + "</row>");
  REQUIRE(seen.rows.size() == 1);
  const auto& bad = seen.rows[0].unreadable;
  REQUIRE(bad.size() == 4);
  CHECK(bad[0].first == 0);
  CHECK(bad[0].second.message.find("rounded") != std::string::npos);
  CHECK(bad[1].second.message.find("rounded") != std::string::npos);
  CHECK(bad[2].second.message == "a formula without a result");
  CHECK(bad[3].second.message.find("#N/A") != std::string::npos);
  CHECK(cell(seen, 0, 4) == "999999999999999");
  CHECK(cell(seen, 0, 0).empty());
}

TEST_CASE("a merged cell counts for each of its rows, in its first column", "[xlsx]") {
  const auto seen =
      read_rows(text_row(1, {"Keluarga", "Lagi", "Nama"}) + text_row(2, {"Bu Ani", "", "Ani"}) +
                    "<row r=\"3\"><c r=\"C3\" t=\"inlineStr\"><is><t>Budi</t></is></c></row>"
                    "<row r=\"4\"><c r=\"A4\"/></row>" +
                    "<row r=\"5\"><c r=\"C5\" t=\"inlineStr\"><is><t>Cici</t></is></c></row>",
                "<mergeCells><mergeCell ref=\"A2:B4\"/><mergeCell ref=\"A1:B1\"/></mergeCells>");
  REQUIRE(seen.rows.size() == 4);
  CHECK(seen.facts.merges == 2);
  CHECK(seen.rows[2].cells == std::vector<std::string>{"Bu Ani", "", "Budi"});
  CHECK(seen.rows[3].number == 5);
  CHECK(cell(seen, 3, 0).empty());
}

TEST_CASE("a sheet ends where sheets end", "[xlsx]") {
  const auto widest = read_rows("<row r=\"1048576\">" + number_cell("XFD1048576", "1") + "</row>");
  REQUIRE(widest.rows.size() == 1);
  CHECK(widest.rows[0].cells.size() == 16'384);
  sheet_refusal("<row r=\"1\">" + number_cell("XFE1", "1") + "</row>");
  sheet_refusal("<row r=\"1048577\">" + number_cell("A1048577", "1") + "</row>");
  sheet_refusal("<row r=\"2\"/><row r=\"1\"/>");
  sheet_refusal("<row r=\"1\">" + number_cell("B1", "1") + number_cell("A1", "1") + "</row>");
  sheet_refusal("<row r=\"1\">" + number_cell("A2", "1") + "</row>");
  sheet_refusal("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
  sheet_refusal("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + std::string(70'000, 'a') +
                "</v></c></row>");
  sheet_refusal("<row r=\"1\">" + std::string(100, '<') + "</row>");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  sheet_refusal(deep);
}

TEST_CASE("no entity is expanded and no document type accepted", "[xlsx]") {
  MadeBook book;
  book.sheets = {{"Data",
                  "<?xml version=\"1.0\"?><!DOCTYPE worksheet [<!ENTITY a \"ha\"><!ENTITY b "
                  "\"&a;&a;&a;&a;\">]><worksheet><sheetData>" +
                      text_row(1, {"&b;"}) + "</sheetData></worksheet>"}};
  const auto out = read_bytes(make_book(book));
  REQUIRE_FALSE(out.has_value());
  CHECK(out.error().message.find("document type") != std::string::npos);
}

TEST_CASE("what is wrong with a damaged sheet is said in the reader's language", "[xlsx]") {
  const auto said = [](const std::string& sheet, Language language) {
    MadeBook book;
    book.sheets = {{"Data", sheet}};
    auto reader =
        XlsxReader::open(std::make_shared<const Bytes>(make_book(book)), language).value();
    const auto scanned = reader.scan(0);
    REQUIRE_FALSE(scanned.has_value());
    CHECK(scanned.error().code == Code::damaged);
    const auto& message = scanned.error().message;
    return message.substr(message.rfind(": ") + 2);
  };
  // A sheet, and the words for what is wrong with it.
  const std::vector<std::array<std::string, 3>> all{
      {"<a><b></a>", "tanda pembuka dan penutup tidak sepasang", "mismatched tag"},
      {"<a>", "isinya kosong atau terpotong", "no element found"},
      {"<a></a><b/>", "ada isian setelah akhirnya", "junk after document element"},
      {"<a>&siapa;</a>", "ada singkatan yang artinya tidak dijelaskan", "undefined entity"},
      {"<a b=\"1\" b=\"2\"/>", "sebuah keterangan ditulis dua kali", "duplicate attribute"},
      {"<a>&#0;</a>", "ada nomor huruf yang tidak ada", "reference to invalid character number"},
      {"<a", "terpotong di tengah sebuah tanda", "unclosed token"},
      {"<a>\x01</a>", "ada tanda yang tidak dikenal", "not well-formed (invalid token)"},
      {"<a><![CDATA[x", "terpotong di tengah sebuah teks", "unclosed CDATA section"},
      {" <?xml version=\"1.0\"?><a/>", "pembukanya tidak berada di awal",
       "XML or text declaration not at start of entity"},
      {"<?xml version=\"1.0\" encoding=\"abc\"?><a/>", "susunan hurufnya tidak dikenal",
       "unknown encoding"},
      {"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "susunan hurufnya bukan yang disebut",
       "encoding specified in XML declaration is incorrect"},
      {"<?xml versi=\"1.0\"?><a/>", "pembukanya salah", "XML declaration not well-formed"},
      {"", "isinya kosong atau terpotong", "no element found"}};
  for (const auto& [sheet, indonesian, english] : all) {
    CAPTURE(sheet);
    CHECK(said(sheet, Language::id) == indonesian);
    CHECK(said(sheet, Language::en) == english);
  }
}

TEST_CASE("damaged and locked workbooks are refused wherever they are cut", "[xlsx]") {
  MadeBook book;
  book.sheets = {{"Data", sheet_of(text_row(1, {"Nama"}) + text_row(2, {"Ani"}))}};
  const auto whole = make_book(book);
  REQUIRE(read_bytes(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); size += 7)
    CHECK_FALSE(read_bytes(Bytes(whole.begin(), whole.begin() + static_cast<long>(size))));

  const auto with = [&](const auto& change) {
    auto parts = parts_of(book);
    change(parts);
    return read_bytes(make_zip(parts));
  };
  const auto locked = with([](auto& parts) { parts[1].flags = 1; });
  REQUIRE_FALSE(locked.has_value());
  CHECK(locked.error().message.find("password") != std::string::npos);
  CHECK_FALSE(with([](auto& parts) { parts[1].wrong_sum = 1; }).has_value());
  CHECK_FALSE(with([](auto& parts) { parts.push_back(parts[1]); }).has_value());
  CHECK_FALSE(with([](auto& parts) { parts.erase(parts.begin() + 1); }).has_value());
  CHECK_FALSE(with([](auto& parts) { parts.resize(1); }).has_value());
}

TEST_CASE("a zip bomb is refused while it is small", "[xlsx]") {
  const test::TempDir dir;
  const auto file = dir / "bom.xlsx";
  MadeBook book;
  book.sheets = {{"Data", ""}};
  zipFile zip = zipOpen64(file.c_str(), APPEND_STATUS_CREATE);
  REQUIRE(zip != nullptr);
  const std::string spaces(1024 * 1024, ' ');
  for (const auto& part : parts_of(book)) {
    const bool swells = part.name.find("sheet1") != std::string::npos;
    zip_fileinfo info{};
    REQUIRE(zipOpenNewFileInZip64(zip, part.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                  Z_DEFLATED, 9, 0) == ZIP_OK);
    for (int i = 0; swells && i < 32; ++i)
      zipWriteInFileInZip(zip, spaces.data(), static_cast<unsigned>(spaces.size()));
    zipWriteInFileInZip(zip, part.content.data(), static_cast<unsigned>(part.content.size()));
    zipCloseFileInZip(zip);
  }
  zipClose(zip, nullptr);
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  CHECK(bytes.size() < 100'000);
  const Bytes bomb(bytes.begin(), bytes.end());
  CHECK_FALSE(read_bytes(bomb).has_value());
  auto opened = ZipReader::open(bomb, {}, Language::en);
  REQUIRE(opened.has_value());
  std::uint64_t came = 0;
  const auto out = opened->read("xl/worksheets/sheet1.xml", [&](std::string_view piece) -> Status {
    came += piece.size();
    return {};
  });
  REQUIRE_FALSE(out.has_value());
  CHECK(out.error().message.find("swells") != std::string::npos);
  CHECK(came < 20'000'000);

  ZipLimits small;
  small.entry_bytes = 10;
  const auto sound = make_zip({{"a", "twelve bytes"}, {"b", "ten bytes!"}});
  auto limited = ZipReader::open(sound, small, Language::en);
  REQUIRE(limited.has_value());
  CHECK_FALSE(limited->read_small("a", 100).has_value());
  CHECK(limited->read_small("b", 100) == std::string("ten bytes!"));
  CHECK_FALSE(limited->read_small("b", 9).has_value());
  small.entries = 1;
  CHECK_FALSE(ZipReader::open(sound, small, Language::en).has_value());
  // Many files that are each small enough.
  ZipLimits together;
  together.all_bytes = 15;
  auto counted = ZipReader::open(sound, together, Language::en);
  REQUIRE(counted.has_value());
  CHECK(counted->read_small("a", 100).has_value());
  CHECK_FALSE(counted->read_small("b", 100).has_value());
}

TEST_CASE("the sheet with known headings is found, and what was passed over is said", "[xlsx]") {
  MadeBook book;
  book.sheets = {
      {"Petunjuk", sheet_of(text_row(1, {"Isi lembar berikutnya"}))},
      {"Lama", sheet_of(text_row(1, {"Nama", "RT"})), true},
      {"Warga", sheet_of(text_row(1, {"Data Warga RT 003"}) + text_row(3, {"Nama", "RT", "Lain"}) +
                         text_row(4, {"#name", "#loc"}) + text_row(6, {"Ani", "3"}))}};
  const auto file = make_book(book);
  auto wish = wish_for({"Nama", "RT"});
  const auto source = open_spreadsheet(file, "warga.xlsx", wish);
  INFO((source ? std::string() : source.error().message));
  REQUIRE(source.has_value());
  CHECK(source->headings == std::vector<std::string>{"Nama", "RT", "Lain"});
  CHECK(source->remarks == std::vector<std::string>{"Read: sheet Warga; not read: Petunjuk, Lama",
                                                    "The headings were found in row 3"});
  for (int twice = 0; twice < 2; ++twice) {
    std::vector<ImportRow> rows;
    REQUIRE(source->rows([&](ImportRow& row) -> Status {
      rows.push_back(row);
      return {};
    }));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].number == 6);
    CHECK(rows[0].cells == std::vector<std::string>{"Ani", "3"});
  }
  wish.sheet = "lama";
  CHECK(open_spreadsheet(file, "warga.xlsx", wish)->headings.size() == 2);
  wish.sheet = "Tidak ada";
  const auto none = open_spreadsheet(file, "warga.xlsx", wish);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().hint == "there are: Petunjuk, Lama, Warga");
}

TEST_CASE("files of other kinds are told apart by their bytes", "[xlsx]") {
  const auto refused = [](Bytes file) {
    const auto out = open_spreadsheet(std::move(file), "berkas", wish_for({"Nama"}));
    REQUIRE_FALSE(out.has_value());
    CHECK(out.error().message.starts_with("berkas: "));
    return out.error().message + " / " + out.error().hint;
  };
  const std::string_view old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  CHECK(refused(Bytes(old.begin(), old.end())).find("XLS") != std::string::npos);
  CHECK(refused(make_zip({{"mimetype", "x"}, {"content.xml", "x"}})).find("ODS") !=
        std::string::npos);
  CHECK(refused(make_zip({{"a.txt", "x"}})).find("ZIP") != std::string::npos);
  CHECK(refused(make_zip({{"word/document.xml", "x"}})).find("DOCX") != std::string::npos);
  const auto text = [&](std::string_view bytes) {
    return refused(Bytes(bytes.begin(), bytes.end()));
  };
  CHECK(text("%PDF-1.7\nNama,RT\n").find("no spreadsheet but PDF") != std::string::npos);
  CHECK(text("\x89PNG\r\n").find("PNG") != std::string::npos);
  CHECK(text("\xEF\xBB\xBF \n<HTML><table><tr><td>Nama").find("HTML") != std::string::npos);
  const std::string_view empty = "\n\n";
  CHECK(refused(Bytes(empty.begin(), empty.end())).find("empty") != std::string::npos);
}

TEST_CASE("CSV of older spreadsheets is read in its own letters", "[csv]") {
  const auto read = [](std::string_view bytes) {
    const auto out =
        open_spreadsheet(Bytes(bytes.begin(), bytes.end()), "f.csv", wish_for({"Nama"}));
    INFO((out ? std::string() : out.error().message));
    REQUIRE(out.has_value());
    return *out;
  };
  const auto latin = read("Nama;Catatan \xE9\nAni;\x93kopi\x94\n");
  CHECK(latin.headings == std::vector<std::string>{"Nama", "Catatan \u00E9"});
  REQUIRE(latin.remarks.size() == 1);
  CHECK(latin.remarks[0].find("Windows-1252") != std::string::npos);
  using namespace std::string_view_literals;
  const auto wide = read("\xFF\xFEN\0a\0m\0a\0,\0R\0T\0\n\0"sv);
  CHECK(wide.headings == std::vector<std::string>{"Nama", "RT"});
  CHECK(read("\0N\0a\0m\0a\0,\0R\0T\0\n"sv).headings.size() == 2);
  const std::string_view mixed = "Nama\n\xC3\xA9 \xE9\n";
  const auto strange = open_spreadsheet(Bytes(mixed.begin(), mixed.end()), "f", wish_for({"Nama"}));
  REQUIRE_FALSE(strange.has_value());
  CHECK(strange.error().message.find("line 2") != std::string::npos);
  const std::string_view odd = "\xFF\xFEN\0a"sv;
  CHECK_FALSE(open_spreadsheet(Bytes(odd.begin(), odd.end()), "f", wish_for({"Nama"})));
  const std::string_view half = "\xFF\xFE\x00\xD8N\0"sv;
  CHECK(encoding_of(view(half), Language::en) == Encoding::utf16);
  CHECK_FALSE(to_utf8(view(half), Encoding::utf16, Language::en).has_value());
  const std::string_view face = "\xFF\xFE\x3D\xD8\x00\xDE"sv;
  CHECK(to_utf8(view(face), Encoding::utf16, Language::en) == std::string("\U0001F600"));
}

TEST_CASE("what this program writes into a workbook, a hundred thousand rows, it reads again",
          "[xlsx]") {
  const test::TempDir dir;
  const auto file = dir / "banyak.xlsx";
  constexpr int kRows = 100'000;
  Table table;
  table.title = "Warga";
  table.columns = {{"Nama", "Name", ""}, {"Jumlah", "Amount", ""}, {"Lahir", "Born", ""}};
  table.rows = [](const RowSink& sink) -> Status {
    for (int i = 0; i < kRows; ++i)
      TRY_VOID(sink({"Warga \"" + std::to_string(i) + "\"\n<&>", NumberCell{i * std::int64_t{125}},
                     DateCell{19600117 + i % 10}}));
    return {};
  };
  REQUIRE(write_xlsx(file, {&table, 1}, {}).has_value());
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto reader =
      XlsxReader::open(std::make_shared<const Bytes>(bytes.begin(), bytes.end()), Language::id);
  REQUIRE(reader.has_value());
  CHECK(reader->scan(0)->rows == kRows + 1);
  std::uint64_t seen = 0;
  ImportRow last;
  REQUIRE(reader->each_row(0, {}, [&](ImportRow& row) -> Result<bool> {
    last = row;
    return ++seen < kRows;
  }));
  CHECK(seen == kRows);
  CHECK(last.cells == std::vector<std::string>{"Warga \"99998\"\n<&>", "12499.75", "1960-01-25"});
}
