// Printed pages, read back as text by poppler: what stands on them, and where pages end.
#include <cmath>

#include "app/report/pdf_qr.h"
#include "app/report/pdf_sheet.h"
#include "tests/support/catch.h"
#include "tests/support/printed.h"
#include "tests/support/temp_dir.h"

using namespace rukun;
using test::flat;
using test::times;

namespace {

FontFiles fonts() {
  auto found = find_fonts({});
  REQUIRE(found.has_value());
  return *found;
}

PrintedBy by_budi() {
  return {Language::id, "RT 003/RW 007 Sukamaju", "Pak Budi", {1'795'300'000'000}, 7 * 60};
}

Table stock(std::int64_t rows) {
  Table table;
  table.title = "Daftar barang";
  table.columns = {{"Barang", "Item", ""},
                   {"Jumlah", "Amount", "", ColumnType::number},
                   {"Sampai", "Until", "", ColumnType::date}};
  table.rows = [rows](const RowSink& sink) -> Status {
    for (std::int64_t i = 0; i < rows; ++i)
      TRY_VOID(sink({"Beras " + std::to_string(i), NumberCell{i * 1500}, DateCell{2025'11'17}}));
    return {};
  };
  table.footers = {{std::string("Seluruhnya"), NumberCell{4'500'000}, Cell{}}};
  table.notes = {"RT 004: belum lapor"};
  return table;
}

void write(const std::filesystem::path& file, const Bytes& bytes) {
  std::ofstream(file, std::ios::binary) << text_of(bytes);
}

// The pages of what was made; fails the test when it was not.
std::vector<std::string> printed(const std::filesystem::path& file,
                                 const Result<PrintedPages>& made) {
  INFO((made ? std::string() : made.error().message));
  REQUIRE(made.has_value());
  write(file, made->bytes);
  return test::pages_of(file);
}

}  // namespace

TEST_CASE("a printed list repeats its headings, counts its pages and ends with its sums", "[pdf]") {
  const test::TempDir dir;
  const auto table = stock(1000);
  const auto made = pdf_of_tables({&table, 1}, by_budi(), fonts());
  const auto pages = printed(dir / "a.pdf", made);
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  REQUIRE(pages.size() > 10);
  REQUIRE(pages.size() < 40);
  std::size_t rows = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto page = flat(pages[i]);
    CAPTURE(page);
    CHECK(times(page, "Barang Jumlah Sampai") == 1);
    CHECK(times(page, "halaman " + std::to_string(i + 1) + "/" + std::to_string(pages.size())) ==
          1);
    CHECK((times(page, "dicetak oleh Pak Budi") == 1) == (i == 0));
    rows += times(page, "Beras ");
  }
  CHECK(rows == 1000);
  CHECK(flat(pages.front()).find("Beras 1 1,5 17/11/2025") != std::string::npos);
  CHECK(flat(pages.back()).find("Seluruhnya 4.500 RT 004: belum lapor") != std::string::npos);
  const auto facts = flat(test::pdf_facts(dir / "a.pdf"));
  CHECK(facts.find("(A4)") != std::string::npos);
  CHECK(times(facts, "Identity-H yes yes yes") == 2);
}

TEST_CASE("numbers stand to the right, and long texts wrap within their cells", "[pdf]") {
  const test::TempDir dir;
  Table table;
  table.title = "Catatan";
  table.columns = {{"Nama", "Name", ""},
                   {"Keterangan", "Note", ""},
                   {"Jumlah", "Amount", "", ColumnType::number}};
  std::string prose;
  for (int i = 0; i < 40; ++i) prose += "kalimat" + std::to_string(i) + " ";
  table.rows = rows_of({{std::string("Müller Ängström"), prose, NumberCell{1000}},
                        {std::string(300, 'x'), std::string("pendek"), NumberCell{1'234'567'000}}});
  const auto pages = printed(dir / "a.pdf", pdf_of_tables({&table, 1}, by_budi(), fonts()));
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  REQUIRE(pages.size() == 1);
  const auto& page = pages.front();
  CAPTURE(page);
  CHECK(page.find("Müller Ängström") != std::string::npos);
  CHECK(page.find("1.234.567") != std::string::npos);
  CHECK(times(page, "x") == 300);  // broken, not cut
  for (int i = 0; i < 40; ++i) CHECK(times(flat(page), "kalimat" + std::to_string(i) + " ") == 1);
  CHECK(times(page, "\n") > 8);
  // Where the word ends, in points from the left.
  const auto words = test::said_by("pdftotext -bbox '" + (dir / "a.pdf").string() + "' -");
  const auto end_of = [&](const std::string& what) {
    const auto at = words.find(">" + what + "</word>");
    REQUIRE(at != std::string::npos);
    return std::stod(words.substr(words.rfind("xMax=\"", at) + 6));
  };
  CHECK(std::abs(end_of("1.234.567") - end_of("1")) < 0.1);
  CHECK(end_of("pendek") < end_of("1"));
}

TEST_CASE("a row taller than a page goes on over pages and loses nothing", "[pdf]") {
  const test::TempDir dir;
  Table table = stock(1);
  std::string prose;
  for (int i = 0; i < 2000; ++i) prose += "kata" + std::to_string(i) + "; ";
  table.rows = rows_of({{std::string("pertama"), NumberCell{}, Cell{}},
                        {prose, NumberCell{}, Cell{}},
                        {std::string("terakhir"), NumberCell{}, Cell{}}});
  const auto pages = printed(dir / "a.pdf", pdf_of_tables({&table, 1}, by_budi(), fonts()));
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  CHECK(pages.size() > 2);
  std::string all;
  for (const auto& page : pages) all += page;
  for (int i = 0; i < 2000; i += 37) CHECK(times(all, "kata" + std::to_string(i) + ";") == 1);
  CHECK(flat(pages.back()).find("terakhir") != std::string::npos);
}

TEST_CASE("what the letters lack and what is not text is shown as a sign, never a failure",
          "[pdf]") {
  const test::TempDir dir;
  Table table = stock(1);
  table.rows = rows_of({{std::string("aksara ꦲꦤ lalu 😀 dan rusak \xFF\xFE akhir"), Cell{}, Cell{}},
                        {std::string("lonceng \x07 tab\tselesai"), Cell{}, Cell{}},
                        {std::string("terpotong \xE2\x82"), Cell{}, Cell{}}});
  const auto pages = printed(dir / "a.pdf", pdf_of_tables({&table, 1}, by_budi(), fonts()));
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  const auto page = flat(pages.front());
  CAPTURE(page);
  CHECK(page.find("aksara �� lalu � dan rusak �� akhir") != std::string::npos);
  CHECK(page.find("lonceng tab selesai") != std::string::npos);
  CHECK(page.find("terpotong ��") != std::string::npos);
}

TEST_CASE("many columns go across, and equal lists make equal bytes", "[pdf]") {
  const test::TempDir dir;
  Table wide;
  wide.title = "Lebar";
  TableRow row;
  for (int i = 0; i < 16; ++i) {
    wide.columns.push_back({"Judul kolom " + std::to_string(i), "Heading", ""});
    row.emplace_back("isi sel " + std::to_string(i));
  }
  wide.rows = rows_of({row});
  const auto first = pdf_of_tables({&wide, 1}, by_budi(), fonts());
  const auto pages = printed(dir / "a.pdf", first);
  CHECK(*first == *pdf_of_tables({&wide, 1}, by_budi(), fonts()));
  auto later = by_budi();
  later.at.ms += 60'000;
  CHECK(*first != *pdf_of_tables({&wide, 1}, later, fonts()));
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  CHECK(flat(test::pdf_facts(dir / "a.pdf")).find("Page size: 841.89 x 595.276") !=
        std::string::npos);
  CHECK(times(flat(pages.front()), "isi sel") == 16);
}

TEST_CASE("what cannot be printed is said", "[pdf]") {
  const auto table = stock(static_cast<std::int64_t>(kMostPrintedRows) + 1);
  CHECK(pdf_of_tables({&table, 1}, by_budi(), fonts()).error().code == Code::bad_value);
  Table none = stock(1);
  none.columns.clear();
  none.rows = {};
  CHECK(pdf_of_tables({&none, 1}, by_budi(), fonts()).error().code == Code::bad_value);
  Table failing = stock(1);
  failing.rows = [](const RowSink&) -> Status { return error(Code::busy, "sedang dipakai"); };
  CHECK(pdf_of_tables({&failing, 1}, by_budi(), fonts()).error().code == Code::busy);

  const test::TempDir dir;
  write(dir / "NotoSans-Regular.ttf", {1, 2, 3});
  write(dir / "NotoSans-Bold.ttf", {});
  const std::vector<std::filesystem::path> folders{dir.path()};
  const auto broken = find_fonts(folders);
  REQUIRE(broken.has_value());
  CHECK(broken->regular.parent_path() == dir.path());  // the caller's folders come first
  const auto one = stock(1);
  const auto refused = pdf_of_tables({&one, 1}, by_budi(), *broken);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().hint.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("a sheet holds its lines, code, words, QR and places to sign", "[pdf]") {
  const test::TempDir dir;
  Sheet sheet{"Undangan", "RT 003/RW 007", {}, true};
  sheet.blocks = {sheet::Paragraph{"Simpan baik-baik."},
                  sheet::Line{"Peran", "Relawan"},
                  sheet::Step{"1.", "Pasang Rukun"},
                  sheet::Code{"7KQ2-M9XR"},
                  sheet::Qr{"bunga padi", "pindai"},
                  sheet::Words{{"bunga", "padi", "kopi"}},
                  sheet::Signatures{{{"Yang menyerahkan", "Pak Budi"}, {"Penerima", "Bu Ani"}}}};
  const auto pages = printed(dir / "a.pdf", pdf_of_sheets({&sheet, 1}, by_budi(), fonts()));
  CHECK(text_of_sheet(sheet) ==
        "*Undangan*\nRT 003/RW 007\n\nSimpan baik-baik.\nPeran: Relawan\n1. Pasang "
        "Rukun\n*7KQ2-M9XR*\nbunga padi kopi\n");
  if (pages.empty()) SKIP_TEST("poppler-utils is not installed");
  REQUIRE(pages.size() == 1);
  const auto page = flat(pages.front());
  CAPTURE(page);
  for (const auto* part : {"Undangan", "Simpan baik-baik.", "Peran Relawan", "1. Pasang Rukun",
                           "7KQ2-M9XR", "pindai", "1. bunga 2. padi 3. kopi",
                           "Yang menyerahkan Penerima", "Pak Budi Bu Ani", "Dicetak oleh Pak Budi"})
    CHECK(page.find(part) != std::string::npos);
  CHECK(flat(test::pdf_facts(dir / "a.pdf")).find("297.638 x 419.528") != std::string::npos);

  sheet.blocks.assign(200, sheet::Paragraph{"Baris yang sama lagi."});
  const auto longer = printed(dir / "b.pdf", pdf_of_sheets({&sheet, 1}, by_budi(), fonts()));
  CHECK(longer.size() > 3);
  CHECK(times(flat(longer.back()), "halaman") == 1);

  sheet.blocks = {sheet::Qr{std::string(5000, 'x'), ""}};
  CHECK(pdf_of_sheets({&sheet, 1}, by_budi(), fonts()).error().code == Code::bad_value);
}
