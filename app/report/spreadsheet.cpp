#include "app/report/spreadsheet.h"

#include <algorithm>
#include <array>
#include <memory>

#include "app/domain/fold.h"
#include "app/report/csv.h"
#include "app/report/encoding.h"
#include "app/report/sheet_values.h"
#include "app/report/xlsx_reader.h"

namespace rukun {
namespace {

constexpr std::size_t kRowsToLookAt = 10;
constexpr std::size_t kMergesSaid = 3;
constexpr std::size_t kBytesToLookAt = 512;
constexpr std::string_view kOldOffice = "\xD0\xCF\x11\xE0";

// Rows of one sheet from its beginning; false from the sink ends them.
using Rows = std::function<Status(const XlsxReader::Sink&)>;

struct Headings {
  std::vector<std::string> cells;
  std::uint64_t row = 0;
  std::size_t known = 0;
};

// Among the first rows the one in which most is known; else the first.
Result<Headings> find_headings(const Rows& rows, const SpreadsheetWish& wish) {
  Headings best;
  std::size_t seen = 0;
  TRY_VOID(rows([&](ImportRow& row) -> Result<bool> {
    const auto known = wish.known(row.cells);
    if (seen == 0 || known > best.known) best = {row.cells, row.number, known};
    return ++seen < kRowsToLookAt;
  }));
  return best;
}

// A row of hashtags under the headings is for programs.
bool is_hashtags(const ImportRow& row) {
  const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                  [](const std::string& cell) { return !cell.empty(); });
  return first != row.cells.end() && first->size() > 1 && first->front() == '#' &&
         std::isalpha(static_cast<unsigned char>((*first)[1])) != 0;
}

ImportSource source_below(const Headings& headings, Rows rows) {
  ImportSource source;
  source.headings = headings.cells;
  source.rows = [rows = std::move(rows), at = headings.row](const ImportRowUse& use) {
    bool first = true;
    return rows([&](ImportRow& row) -> Result<bool> {
      if (row.number <= at) return true;
      if (std::exchange(first, false) && is_hashtags(row)) return true;
      TRY_VOID(use(row));
      return true;
    });
  };
  return source;
}

tl::unexpected<Error> is_empty(const std::string& name, Language language) {
  return error(Code::bad_value, name + std::string(pick(language, ": kosong", ": is empty")));
}

// ---- CSV

Rows csv_rows(std::shared_ptr<const std::string> text, Language language) {
  return [text = std::move(text), language](const XlsxReader::Sink& sink) -> Status {
    bool enough = false;
    CsvReader reader(
        [&](const CsvRow& row) -> Status {
          ImportRow out;
          out.number = row.number;
          out.cells = row.cells;
          TRY(const bool more, sink(out));
          enough = !more;
          return more ? Status() : error(Code::busy, "enough");
        },
        {}, language);
    auto status = reader.feed(*text);
    if (status) status = reader.finish();
    return enough ? Status() : status;
  };
}

Result<ImportSource> open_csv(const Bytes& file, const std::string& name,
                              const SpreadsheetWish& wish) {
  const auto language = wish.language;
  if (!wish.sheet.empty())
    return error(Code::bad_value,
                 "--sheet " + wish.sheet +
                     std::string(pick(language, ": berkas CSV tidak berlembar-lembar",
                                      ": a CSV file has no sheets")));
  TRY(const auto encoding, encoding_of(file, language));
  TRY(auto text, to_utf8(file, encoding, language));
  auto rows = csv_rows(std::make_shared<const std::string>(std::move(text)), language);
  TRY_VOID(rows([](ImportRow&) -> Result<bool> { return true; }));
  TRY(const auto headings, find_headings(rows, wish));
  if (headings.row == 0) return is_empty(name, language);
  auto source = source_below(headings, std::move(rows));
  if (encoding == Encoding::windows_1252)
    source.remarks.emplace_back(
        pick(language, "Huruf dibaca sebagai Windows-1252, bukan UTF-8: periksa huruf beraksen",
             "The letters were read as Windows-1252, not UTF-8: check letters with accents"));
  return source;
}

// ---- XLSX

struct Chosen {
  std::size_t sheet = 0;
  Headings headings;
};

class Book {
 public:
  Book(std::shared_ptr<XlsxReader> reader, const SpreadsheetWish& wish)
      : reader_(std::move(reader)), wish_(wish) {}

  Result<ImportSource> open(const std::string& name) {
    TRY(const auto chosen, choose(name));
    TRY(const auto facts, reader_->scan(chosen.sheet));
    if (chosen.headings.row == 0) return is_empty(name, wish_.language);
    auto source = source_below(chosen.headings,
                               [reader = reader_, sheet = chosen.sheet, facts](const auto& sink) {
                                 return reader->each_row(sheet, facts, sink);
                               });
    source.remarks = remarks(chosen, facts);
    return source;
  }

 private:
  std::string_view say(std::string_view indonesian, std::string_view english) const {
    return pick(wish_.language, indonesian, english);
  }

  bool is_meant(const SheetEntry& sheet) const {
    const auto key = folded(sheet.name);
    if (!wish_.sheet.empty()) return key == folded(wish_.sheet);
    return !sheet.hidden && std::none_of(wish_.skipped.begin(), wish_.skipped.end(),
                                         [&](const auto& one) { return folded(one) == key; });
  }

  std::string sheet_names() const {
    std::string out;
    for (const auto& sheet : reader_->sheets()) out += (out.empty() ? "" : ", ") + sheet.name;
    return out;
  }

  Result<Chosen> choose(const std::string& name) const {
    const auto& sheets = reader_->sheets();
    std::optional<Chosen> first;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      if (!is_meant(sheets[i])) continue;
      TRY(auto headings,
          find_headings([&](const auto& sink) { return reader_->each_row(i, {}, sink); }, wish_));
      if (headings.known > 0) return Chosen{i, std::move(headings)};
      if (!first || first->headings.row == 0) first = Chosen{i, std::move(headings)};
    }
    if (first) return *first;
    if (wish_.sheet.empty()) return is_empty(name, wish_.language);
    return error(Code::bad_value,
                 "--sheet " + wish_.sheet + ": " +
                     std::string(say("lembar ini tidak ada", "there is no such sheet")),
                 std::string(say("yang ada: ", "there are: ")) + sheet_names());
  }

  std::vector<std::string> remarks(const Chosen& chosen, const SheetFacts& facts) const {
    std::vector<std::string> out;
    const auto& sheets = reader_->sheets();
    std::string others;
    for (std::size_t i = 0; i < sheets.size(); ++i)
      if (i != chosen.sheet) others += (others.empty() ? "" : ", ") + sheets[i].name;
    if (!others.empty())
      out.push_back(std::string(say("Dibaca: lembar ", "Read: sheet ")) +
                    sheets[chosen.sheet].name +
                    std::string(say("; tidak dibaca: ", "; not read: ")) + others);
    if (chosen.headings.row > 1)
      out.push_back(
          std::string(say("Judul kolom ditemukan di baris ", "The headings were found in row ")) +
          std::to_string(chosen.headings.row));
    if (facts.merges == 0) return out;
    std::string where;
    for (std::size_t i = 0; i < std::min(kMergesSaid, facts.merged.size()); ++i) {
      const auto& one = facts.merged[i];
      where += (where.empty() ? ": " : ", ") + column_letters(one.first.column) +
               std::to_string(one.first.row) + "\u2013" + column_letters(one.last.column) +
               std::to_string(one.last.row);
    }
    out.push_back(std::to_string(facts.merges) +
                  std::string(say(" sel gabungan; isinya berlaku untuk setiap barisnya, di kolom "
                                  "pertamanya",
                                  " merged cells; what they hold counts for each of their rows, in "
                                  "their first column")) +
                  where);
    return out;
  }

  std::shared_ptr<XlsxReader> reader_;
  const SpreadsheetWish& wish_;
};

// What people take for a sheet by its name; many offices' programs write web pages as XLS.
Status refuse_other_kinds(std::string_view text, Language language) {
  const auto refuse = [&](std::string_view what, std::string_view id, std::string_view en) {
    return error(Code::bad_value,
                 std::string(pick(language, "ini bukan lembar kerja, melainkan ",
                                  "this is no spreadsheet but ")) +
                     std::string(what),
                 std::string(pick(language, id, en)));
  };
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPrinted{
      {{"%PDF", "PDF"}, {"\x89PNG", "PNG"}, {"\xFF\xD8\xFF", "JPEG"}}};
  for (const auto& [begin, name] : kPrinted)
    if (text.starts_with(begin))
      return refuse(name, "Mintalah lembar kerjanya sendiri, XLSX atau CSV",
                    "Ask for the sheet itself, XLSX or CSV");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto start = folded(text.substr(0, kBytesToLookAt));
  const bool web = start.starts_with("<!doctype html") || start.starts_with("<html") ||
                   start.starts_with("<table") || start.starts_with("<meta");
  if (!web && !start.starts_with("<?xml")) return {};
  return refuse(web ? pick(language, "halaman web (HTML)", "a web page (HTML)") : "XML",
                "Buka dengan Excel atau LibreOffice, lalu simpan sebagai XLSX",
                "Open it with Excel or LibreOffice and save it as XLSX");
}

Result<ImportSource> open_any(Bytes file, const std::string& name, const SpreadsheetWish& wish) {
  const auto text = text_of(file);
  if (text.starts_with(kOldOffice))
    return error(
        Code::bad_value,
        std::string(pick(wish.language, "XLS lama atau XLSX berkata sandi: belum dapat dibaca",
                         "an old XLS or an XLSX with a password: cannot be read yet")),
        std::string(pick(wish.language, "Simpan sebagai XLSX tanpa kata sandi",
                         "Save it as XLSX without a password")));
  TRY_VOID(refuse_other_kinds(text, wish.language));
  if (!text.starts_with("PK")) return open_csv(file, name, wish);
  TRY(auto reader, XlsxReader::open(std::make_shared<const Bytes>(std::move(file)), wish.language));
  return Book(std::make_shared<XlsxReader>(std::move(reader)), wish).open(name);
}

}  // namespace

Result<ImportSource> open_spreadsheet(Bytes file, const std::string& name,
                                      const SpreadsheetWish& wish) {
  auto opened = open_any(std::move(file), name, wish);
  if (opened || opened.error().message.starts_with(name)) return opened;
  auto why = opened.error();
  why.message = name + ": " + why.message;
  return tl::make_unexpected(std::move(why));
}

}  // namespace rukun
