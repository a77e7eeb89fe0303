#include "app/report/xlsx_reader.h"

#include <algorithm>
#include <charconv>

#include "app/report/xlsx.h"
#include "app/report/xml_stream.h"

namespace rukun {
namespace {

constexpr std::size_t kMostCellText = 64 * 1024;
constexpr std::size_t kMostRowText = 1024 * 1024;
constexpr std::size_t kMostMerges = 200'000;

// One cell as the sheet writes it.
struct RawCell {
  std::size_t column = 0;
  std::string type;
  std::size_t style = 0;
  std::string value;
  std::string inline_text;
  bool has_value = false;
  bool has_formula = false;
};

class SheetReader final : public XmlHandler {
 public:
  SheetReader(const XlsxParts& parts, Language language, SheetFacts& facts, bool scanning,
              const XlsxReader::Sink& sink)
      : parts_(parts), language_(language), facts_(facts), scanning_(scanning), sink_(sink) {}

  bool enough() const { return enough_; }

  Status start(std::string_view name, const XmlAttributes& attributes) override {
    taking_ = nullptr;
    if (name == "sheetData") in_data_ = true;
    if (name == "mergeCell" && scanning_) return add_merge(attributes.find("ref").value_or(""));
    if (!in_data_) return {};
    if (name == "row") return start_row(attributes);
    if (name == "c") return start_cell(attributes);
    if (!in_cell_) return {};
    if (name == "rPh") ++aside_;
    if (name == "f") cell_.has_formula = true;
    if (name == "v") {
      cell_.has_value = true;
      taking_ = &cell_.value;
    }
    if (name == "t" && aside_ == 0) taking_ = &cell_.inline_text;
    return {};
  }

  Status end(std::string_view name) override {
    taking_ = nullptr;
    if (name == "sheetData") in_data_ = false;
    if (name == "rPh" && aside_ > 0) --aside_;
    if (name == "c" && in_cell_) return end_cell();
    if (name == "row" && in_row_) return end_row();
    return {};
  }

  Status text(std::string_view piece) override {
    if (taking_ == nullptr) return {};
    row_bytes_ += piece.size();
    if (taking_->size() + piece.size() > kMostCellText || row_bytes_ > kMostRowText)
      return damaged("isi sel terlalu panjang", "the cell is too long");
    *taking_ += piece;
    return {};
  }

 private:
  tl::unexpected<Error> damaged(std::string_view indonesian, std::string_view english) const {
    return error(
        Code::damaged, place() + ": " + std::string(pick(language_, indonesian, english)),
        std::string(pick(language_, "Perbaiki sel itu di Excel atau LibreOffice, lalu simpan lagi",
                         "Mend that cell in Excel or LibreOffice and save it again")));
  }
  std::string place() const {
    return std::string(pick(language_, "sel ", "cell ")) + column_letters(cell_.column) +
           std::to_string(row_.number);
  }

  Status start_row(const XmlAttributes& attributes) {
    auto number = row_.number + 1;
    if (const auto text = attributes.find("r")) {
      const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
      if (read.ec != std::errc() || read.ptr != text->data() + text->size()) number = 0;
    }
    if (in_row_ || number <= row_.number || number > kMaxSheetRows)
      return damaged("nomor baris berikutnya kacau", "the number of the next row is wrong");
    row_ = ImportRow{};
    row_.number = number;
    in_row_ = true;
    row_bytes_ = 0;
    next_column_ = 0;
    return {};
  }

  Status start_cell(const XmlAttributes& attributes) {
    if (!in_row_ || in_cell_) return damaged("sel di luar barisnya", "a cell outside its row");
    cell_ = RawCell{};
    cell_.column = next_column_;
    if (const auto text = attributes.find("r")) {
      TRY(const auto where, read_place(*text, language_));
      if (where.row != row_.number || where.column < next_column_)
        return damaged("sel berikutnya tidak pada tempatnya", "the next cell is out of place");
      cell_.column = where.column;
    }
    if (cell_.column >= kMaxSheetColumns)
      return damaged("terlalu banyak kolom", "too many columns");
    next_column_ = cell_.column + 1;
    cell_.type = attributes.find("t").value_or("n");
    if (const auto style = attributes.find("s"))
      std::from_chars(style->data(), style->data() + style->size(), cell_.style);
    in_cell_ = true;
    aside_ = 0;
    return {};
  }

  Status end_cell() {
    in_cell_ = false;
    bool number = false;
    auto text = value_of(number);
    if (!text) {
      if (text.error().code == Code::damaged) return tl::make_unexpected(std::move(text).error());
      row_.unreadable.emplace_back(cell_.column, std::move(text).error());
      own_ = true;
      return {};
    }
    if (text->empty()) return {};
    own_ = true;
    if (row_.cells.size() <= cell_.column) row_.cells.resize(cell_.column + 1);
    row_.cells[cell_.column] = std::move(*text);
    if (number) row_.numbers.push_back(cell_.column);
    return {};
  }

  Result<std::string> value_of(bool& number) const {
    if (cell_.has_formula && !cell_.has_value)
      return error(
          Code::bad_value,
          std::string(pick(language_, "rumus tanpa hasil", "a formula without a result")),
          std::string(pick(language_, "Buka dengan Excel atau LibreOffice, lalu simpan lagi",
                           "Open it with Excel or LibreOffice and save it again")));
    if (cell_.type == "inlineStr") return without_escapes(cell_.inline_text);
    if (cell_.type == "str") return without_escapes(cell_.value);
    if (cell_.value.empty()) return std::string();
    if (cell_.type == "s") return shared();
    if (cell_.type == "b") return std::string(cell_.value == "1" ? "true" : "false");
    if (cell_.type == "e")
      return error(Code::bad_value, cell_.value.substr(0, 40) +
                                        std::string(pick(language_, ": kesalahan di lembar kerja",
                                                         ": an error of the sheet")));
    if (cell_.type == "d") return iso_text();
    const auto shape =
        cell_.style < parts_.styles.size() ? parts_.styles[cell_.style] : NumberShape::number;
    number = shape == NumberShape::number;
    return number ? number_text(cell_.value, language_)
                  : date_text(cell_.value, shape, parts_.days, language_);
  }

  Result<std::string> shared() const {
    std::size_t index = 0;
    const auto* end = cell_.value.data() + cell_.value.size();
    const auto read = std::from_chars(cell_.value.data(), end, index);
    if (read.ec != std::errc() || read.ptr != end || index >= parts_.texts.size())
      return damaged("teksnya tidak ada di buku kerja", "its text is not in the workbook");
    return std::string(parts_.texts.at(index));
  }

  // "2025-11-17T00:00:00" is a day.
  std::string iso_text() const {
    auto text = cell_.value;
    if (const auto at = text.find("T00:00:00"); at != text.npos) text.resize(at);
    return text;
  }

  Status add_merge(std::string_view range) {
    if (++facts_.merges > kMostMerges)
      return damaged("terlalu banyak sel gabungan", "too many merged cells");
    const auto colon = range.find(':');
    TRY(const auto first, read_place(range.substr(0, colon), language_));
    TRY(const auto last,
        read_place(colon == range.npos ? range : range.substr(colon + 1), language_));
    if (last.row > first.row) facts_.merged.push_back({first, last});
    return {};
  }

  // What stands in merged cells that began above. Only their first column: a name that is spread
  // over three columns is no address.
  void fill_merged() {
    const auto& merged = facts_.merged;
    while (next_merge_ < merged.size() && merged[next_merge_].first.row <= row_.number) {
      const auto& one = merged[next_merge_++];
      if (one.first.row == row_.number)
        open_.push_back({one, text_at(one.first.column),
                         std::find(row_.numbers.begin(), row_.numbers.end(), one.first.column) !=
                             row_.numbers.end()});
    }
    std::erase_if(open_, [&](const Open& one) { return one.where.last.row < row_.number; });
    for (const auto& one : open_) {
      const auto column = one.where.first.column;
      if (one.text.empty() || !text_at(column).empty()) continue;
      if (row_.cells.size() <= column) row_.cells.resize(column + 1);
      row_.cells[column] = one.text;
      if (one.number) row_.numbers.push_back(column);
    }
  }

  std::string text_at(std::size_t column) const {
    return column < row_.cells.size() ? row_.cells[column] : std::string();
  }

  Status end_row() {
    in_row_ = false;
    if (!std::exchange(own_, false)) return {};
    if (scanning_) {
      ++facts_.rows;
      return {};
    }
    fill_merged();
    TRY(const bool more, sink_(row_));
    if (more) return {};
    enough_ = true;
    return error(Code::busy, "enough");  // each_row knows that it is none
  }

  struct Open {
    MergedCells where;
    std::string text;
    bool number = false;
  };

  const XlsxParts& parts_;
  Language language_;
  SheetFacts& facts_;
  bool scanning_;
  const XlsxReader::Sink& sink_;
  ImportRow row_;
  RawCell cell_;
  std::string* taking_ = nullptr;
  std::size_t row_bytes_ = 0;
  std::size_t next_column_ = 0;
  std::size_t next_merge_ = 0;
  std::vector<Open> open_;
  int aside_ = 0;
  bool in_data_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool own_ = false;
  bool enough_ = false;
};

}  // namespace

Result<XlsxReader> XlsxReader::open(std::shared_ptr<const Bytes> file, Language language) {
  TRY(auto zip, ZipReader::open(*file, {}, language));
  XlsxReader reader(std::move(file), std::move(zip), language);
  TRY(reader.parts_, read_parts(reader.zip_, language));
  return reader;
}

Status XlsxReader::read(std::size_t sheet, SheetFacts& facts, bool scanning, const Sink& sink) {
  SheetReader reader(parts_, language_, facts, scanning, sink);
  XmlStream xml(reader, language_);
  auto status = zip_.read(parts_.sheets.at(sheet).part,
                          [&](std::string_view piece) { return xml.feed(piece); });
  if (status) status = xml.finish();
  if (reader.enough()) return {};
  return status;
}

Result<SheetFacts> XlsxReader::scan(std::size_t sheet) {
  SheetFacts facts;
  TRY_VOID(read(sheet, facts, true, {}));
  std::sort(facts.merged.begin(), facts.merged.end(),
            [](const auto& a, const auto& b) { return a.first.row < b.first.row; });
  return facts;
}

Status XlsxReader::each_row(std::size_t sheet, const SheetFacts& facts, const Sink& sink) {
  SheetFacts same = facts;
  return read(sheet, same, false, sink);
}

}  // namespace rukun
