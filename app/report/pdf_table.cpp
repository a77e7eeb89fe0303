#include "app/report/pdf_table.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

#include "app/domain/values.h"

namespace rukun {
namespace {

constexpr double kMargin = 14 * kMm;
constexpr double kFoot = 12 * kMm;        // above the lower edge, where page numbers stand
constexpr double kPad = 1.2 * kMm;        // left and right in a cell
constexpr double kSlack = 0.5;            // so that rounding breaks no word
constexpr double kCharacter = 0.55;       // of the size, where a column says its width
constexpr double kWidestText = 62 * kMm;  // a text column asks for no more
constexpr double kWidestWord = 34 * kMm;
constexpr Letters kTitle{15, true}, kSmall{8, false}, kNote{9, false};

std::string printed_cell(const Cell& cell, Language language) {
  const auto* date = std::get_if<DateCell>(&cell);
  if (date == nullptr || date->yyyymmdd % 100 == 0) return display_text(cell, language);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%02d/%02d/%04d", static_cast<int>(date->yyyymmdd % 100),
                static_cast<int>(date->yyyymmdd / 100 % 100),
                static_cast<int>(date->yyyymmdd / 10'000));
  return text.data();
}

// What a column asks for, in letters of one point.
struct Wish {
  double natural = 0;  // on one line
  double word = 0;     // its longest word
};

struct Layout {
  Paper paper = Paper::a4;
  double size = 9;
  std::vector<double> widths;
};

class Wishes {
 public:
  Wishes(const Pdf& pdf, const Table& table, Language language)
      : pdf_(pdf), wishes_(table.columns.size()), language_(language) {
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      wishes_[i].word = kCharacter * table.columns[i].width;
      // Headings may take several lines, so only their words ask for room.
      add_words(wishes_[i], table.columns[i].heading(language), Letters{1, true});
    }
  }

  void add(const TableRow& row, bool bold) {
    for (std::size_t i = 0; i < std::min(row.size(), wishes_.size()); ++i)
      add(i, printed_cell(row[i], language_), Letters{1, bold});
  }

  // Upright, then across, then smaller: the first in which every column has room.
  Layout layout(const std::vector<Column>& columns) const {
    struct Try {
      Paper paper;
      double size;
    };
    constexpr std::array<Try, 4> kTries{{{Paper::a4, 9},
                                         {Paper::a4_landscape, 9},
                                         {Paper::a4_landscape, 8},
                                         {Paper::a4_landscape, 7}}};
    Layout best;
    for (const auto& one : kTries) {
      best = {one.paper, one.size, {}};
      const double room = (one.paper == Paper::a4 ? 210 : 297) * kMm - 2 * kMargin;
      if (share(best, columns, room)) break;
    }
    return best;
  }

 private:
  void add(std::size_t column, std::string_view text, const Letters& letters) {
    auto& wish = wishes_[column];
    wish.natural = std::max(wish.natural, pdf_.width_of(text, letters));
    add_words(wish, text, letters);
  }

  void add_words(Wish& wish, std::string_view text, const Letters& letters) const {
    while (!text.empty()) {
      const auto gap = std::min(text.find_first_of(" \n"), text.size());
      if (gap > 0) wish.word = std::max(wish.word, pdf_.width_of(text.substr(0, gap), letters));
      text.remove_prefix(std::min(gap + 1, text.size()));
    }
  }

  // False when not every column gets what it needs to be read well; widths are set all the same.
  bool share(Layout& layout, const std::vector<Column>& columns, double room) const {
    std::vector<double> least, wanted;
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      const bool text = columns[i].type == ColumnType::text;
      const double natural = wishes_[i].natural * layout.size + 2 * kPad + kSlack;
      const double word = wishes_[i].word * layout.size + 2 * kPad + kSlack;
      least.push_back(std::min(word, kWidestWord));
      wanted.push_back(std::max(least.back(), text ? std::min(natural, kWidestText) : natural));
    }
    const double need = std::accumulate(least.begin(), least.end(), 0.0);
    const double want = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    layout.widths = least;
    for (std::size_t i = 0; i < least.size(); ++i) {
      if (need >= room)
        layout.widths[i] = least[i] * room / need;
      else if (want > room)
        layout.widths[i] += (wanted[i] - least[i]) * (room - need) / (want - need);
      else
        layout.widths[i] = wanted[i] * std::min(room / want, 1.35);
    }
    return need < room && need + 0.4 * (want - need) <= room;
  }

  const Pdf& pdf_;
  std::vector<Wish> wishes_;
  Language language_;
};

class TablePages {
 public:
  TablePages(Pdf& pdf, const Table& table, const PrintedBy& printed, Layout layout)
      : pdf_(pdf), table_(table), printed_(printed), layout_(std::move(layout)) {}

  Status draw() {
    first_ = pdf_.pages();
    pdf_.add_page(layout_.paper);
    head();
    headings();
    std::size_t rows = 0;
    TRY_VOID(for_each_row(table_, [&](const TableRow& row) -> Status {
      ++rows;
      this->row(cells(row), {layout_.size, false}, 0);
      return {};
    }));
    if (rows == 0) note(std::string(pick(printed_.language, "Tidak ada catatan.", "No records.")));
    for (const auto& footer : table_.footers) row(cells(footer), {layout_.size, true}, 0.9);
    y_ += 2 * kMm;
    for (const auto& one : table_.notes) note(one);
    number_pages(pdf_, first_, table_.title + " · " + printed_.place, kMargin, kSmall,
                 printed_.language);
    return {};
  }

 private:
  using Lines = std::vector<std::vector<std::string>>;

  double bottom() const { return pdf_.height() - kMargin - kFoot / 2; }

  void head() {
    y_ = kMargin;
    const double room = pdf_.width() - 2 * kMargin;
    for (const auto& line : pdf_.wrapped(table_.title, kTitle, room)) {
      y_ += kTitle.leading();
      pdf_.text(kMargin, y_, line, kTitle);
    }
    const auto when = format_instant(printed_.at, printed_.utc_offset_min, printed_.language);
    const auto by = std::string(pick(printed_.language, "dicetak oleh ", "printed by "));
    const auto about = printed_.place + " · " + when + " · " + by + printed_.name;
    y_ += 1 * kMm;
    for (const auto& line : pdf_.wrapped(about, kNote, room)) {
      y_ += kNote.leading();
      pdf_.text(kMargin, y_, line, kNote);
    }
    y_ += 4 * kMm;
  }

  void headings() {
    TableRow row;
    for (const auto& column : table_.columns) row.emplace_back(column.heading(printed_.language));
    in_headings_ = true;
    this->row(cells(row, true), {layout_.size, true}, 0.9);
    in_headings_ = false;
  }

  Lines cells(const TableRow& row, bool bold = false) const {
    Lines out;
    for (std::size_t i = 0; i < std::min(row.size(), layout_.widths.size()); ++i)
      out.push_back(pdf_.wrapped(printed_cell(row[i], printed_.language), {layout_.size, bold},
                                 layout_.widths[i] - 2 * kPad));
    return out;
  }

  void new_page() {
    pdf_.add_page(layout_.paper);
    y_ = kMargin;
    if (!in_headings_) headings();
  }

  // A row that fits on no page is parted between lines, any other one stays whole.
  void row(const Lines& lines, const Letters& letters, double gray) {
    std::size_t count = 1, from = 0;
    for (const auto& cell : lines) count = std::max(count, cell.size());
    const double leading = letters.leading();
    const auto fitting = [&] {
      const double room = bottom() - y_ - 2 * kPad;
      return room < leading ? std::size_t{0} : static_cast<std::size_t>(room / leading);
    };
    if (count > fitting() && !in_headings_ && !at_top_) new_page();
    while (from < count) {
      const auto now = std::clamp<std::size_t>(fitting(), 1, count - from);
      part(lines, from, now, letters, gray);
      from += now;
      if (from < count) new_page();
    }
    at_top_ = in_headings_;
  }

  void part(const Lines& lines, std::size_t from, std::size_t count, const Letters& letters,
            double gray) {
    const double height = static_cast<double>(count) * letters.leading() + kPad;
    const double wide = std::accumulate(layout_.widths.begin(), layout_.widths.end(), 0.0);
    if (gray > 0) pdf_.fill(kMargin, y_, wide, height, gray);
    double x = kMargin;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool right = table_.columns[i].type == ColumnType::number;
      for (std::size_t k = 0; k < count && from + k < lines[i].size(); ++k) {
        const double base =
            y_ + kPad / 2 + letters.size + static_cast<double>(k) * letters.leading();
        const auto& line = lines[i][from + k];
        if (right)
          pdf_.text_right(x + layout_.widths[i] - kPad, base, line, letters);
        else
          pdf_.text(x + kPad, base, line, letters);
      }
      x += layout_.widths[i];
    }
    y_ += height;
    pdf_.line(kMargin, y_, kMargin + wide, y_, 0.4);
  }

  void note(const std::string& text) {
    for (const auto& line : pdf_.wrapped(text, kNote, pdf_.width() - 2 * kMargin)) {
      if (y_ + kNote.leading() > bottom()) {
        pdf_.add_page(layout_.paper);
        y_ = kMargin;
      }
      y_ += kNote.leading();
      pdf_.text(kMargin, y_, line, kNote);
    }
  }

  Pdf& pdf_;
  const Table& table_;
  const PrintedBy& printed_;
  Layout layout_;
  double y_ = 0;
  std::size_t first_ = 0;
  bool in_headings_ = false;
  bool at_top_ = false;  // right under headings: a new page would bring nothing
};

Status draw_table(Pdf& pdf, const Table& table, const PrintedBy& printed) {
  if (table.columns.empty() || table.columns.size() > kMostPrintedColumns) {
    return error(Code::bad_value,
                 table.title + ": " + std::to_string(table.columns.size()) + " kolom (columns)",
                 "PDF: 1 - " + std::to_string(kMostPrintedColumns) + "; --format xlsx");
  }
  Wishes wishes(pdf, table, printed.language);
  std::size_t rows = 0;
  TRY_VOID(for_each_row(table, [&](const TableRow& row) -> Status {
    if (++rows > kMostPrintedRows) {
      return error(Code::bad_value,
                   table.title + ": lebih dari (more than) " + std::to_string(kMostPrintedRows) +
                       " baris (rows)",
                   "--format xlsx");
    }
    wishes.add(row, false);
    return {};
  }));
  for (const auto& footer : table.footers) wishes.add(footer, true);
  return TablePages(pdf, table, printed, wishes.layout(table.columns)).draw();
}

}  // namespace

void number_pages(Pdf& pdf, std::size_t first, const std::string& left, double margin,
                  const Letters& letters, Language language) {
  const auto last = pdf.pages();
  for (std::size_t page = first; page < last; ++page) {
    pdf.turn_to(page);
    const double y = pdf.height() - margin * 0.7;
    const auto number = std::string(pick(language, "halaman ", "page ")) +
                        std::to_string(page - first + 1) + "/" + std::to_string(last - first);
    const double room = pdf.width() - 2 * margin - pdf.width_of(number, letters) - 4 * kMm;
    pdf.text(margin, y, pdf.wrapped(left, letters, room).front(), letters);
    pdf.text_right(pdf.width() - margin, y, number, letters);
  }
}

Result<PrintedPages> pdf_of_tables(std::span<const Table> tables, const PrintedBy& printed,
                                   const FontFiles& fonts) {
  if (tables.empty()) return error(Code::bad_value, "PDF: tidak ada tabel (no table)", "");
  TRY(auto pdf,
      Pdf::create(fonts, {tables.front().title, printed.name, printed.at, printed.utc_offset_min}));
  for (const auto& table : tables) TRY_VOID(draw_table(pdf, table, printed));
  const auto pages = pdf.pages();
  TRY(auto bytes, pdf.finish());
  return PrintedPages{std::move(bytes), pages};
}

}  // namespace rukun
