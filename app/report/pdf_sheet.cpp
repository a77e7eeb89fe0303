#include "app/report/pdf_sheet.h"

#include <algorithm>

#include "app/domain/values.h"
#include "app/report/pdf_qr.h"

namespace rukun {
namespace {

// All that differs between a card, a page and a poster.
struct Measures {
  double margin;
  double size;  // of plain letters
  double title;
  double code;
  double qr;      // its side
  double indent;  // of steps
  double label;   // the widest place for labels
};

Measures measures_for(const Sheet& sheet) {
  if (sheet.small) return {7 * kMm, 7.5, 12, 17, 38 * kMm, 4.5 * kMm, 30 * kMm};
  if (sheet.poster) return {18 * kMm, 17, 34, 40, 60 * kMm, 10 * kMm, 60 * kMm};
  return {18 * kMm, 10.5, 17, 26, 50 * kMm, 6.5 * kMm, 52 * kMm};
}

class SheetPages {
 public:
  SheetPages(Pdf& pdf, const Sheet& sheet, const PrintedBy& printed)
      : pdf_(pdf), sheet_(sheet), printed_(printed), measures_(measures_for(sheet)) {}

  Status draw() {
    const auto first = pdf_.pages();
    new_page();
    const Letters title{measures_.title, true};
    write(sheet_.title, title, 0);
    if (!sheet_.place.empty()) write(sheet_.place, {measures_.size, true}, 0);
    y_ += measures_.size * 0.4;
    pdf_.line(measures_.margin, y_, pdf_.width() - measures_.margin, y_, 0.8);
    y_ += measures_.size * 0.6;
    for (const auto& block : sheet_.blocks)
      TRY_VOID(std::visit([&](const auto& one) { return put(one); }, block));
    foot(first);
    return {};
  }

 private:
  double room() const { return pdf_.width() - 2 * measures_.margin; }
  double bottom() const { return pdf_.height() - measures_.margin - small().leading(); }
  Letters plain() const { return {measures_.size, false}; }
  Letters strong() const { return {measures_.size, true}; }
  Letters small() const { return {std::max(5.5, measures_.size * 0.78), false}; }

  void new_page() {
    pdf_.add_page(sheet_.small ? Paper::a6 : Paper::a4);
    y_ = measures_.margin;
  }
  // Room for something that is not parted; what is taller than a page begins one.
  void need(double height) {
    if (y_ + height > bottom() && y_ > measures_.margin) new_page();
  }

  void write(std::string_view text, const Letters& letters, double indent) {
    for (const auto& line : pdf_.wrapped(text, letters, room() - indent)) {
      need(letters.leading());
      pdf_.text(measures_.margin + indent, y_ + letters.size, line, letters);
      y_ += letters.leading();
    }
  }

  Status put(const sheet::Paragraph& one) {
    using sheet::Tone;
    if (one.tone == Tone::heading) {
      const Letters letters{measures_.size * 1.2, true};
      y_ += measures_.size * 0.5;
      need(letters.leading() + 2 * plain().leading());  // not alone at the end of a page
      write(one.text, letters, 0);
    } else {
      y_ += measures_.size * 0.3;
      write(one.text,
            one.tone == Tone::strong  ? strong()
            : one.tone == Tone::small ? small()
                                      : plain(),
            0);
    }
    y_ += measures_.size * 0.4;
    return {};
  }

  Status put(const sheet::Line& one) {
    const double at = std::min(measures_.label, room() / 2);
    const auto labels = pdf_.wrapped(one.label, plain(), at - 2 * kMm);
    const auto values = pdf_.wrapped(one.value, strong(), room() - at);
    for (std::size_t i = 0; i < std::max(labels.size(), values.size()); ++i) {
      need(plain().leading());
      if (i < labels.size()) pdf_.text(measures_.margin, y_ + measures_.size, labels[i], plain());
      if (i < values.size())
        pdf_.text(measures_.margin + at, y_ + measures_.size, values[i], strong());
      y_ += plain().leading();
    }
    return {};
  }

  Status put(const sheet::Step& one) {
    need(plain().leading());
    pdf_.text(measures_.margin, y_ + measures_.size, one.marker, strong());
    write(one.text, plain(), measures_.indent);
    y_ += measures_.size * 0.15;
    return {};
  }

  Status put(const sheet::Code& one) {
    Letters letters{measures_.code, true};
    const double wide = pdf_.width_of(one.text, letters);
    if (wide > room()) letters.size *= room() / wide;
    need(letters.leading() + measures_.size);
    pdf_.text((pdf_.width() - std::min(wide, room())) / 2, y_ + letters.size, one.text, letters);
    y_ += letters.leading() + measures_.size * 0.4;
    return {};
  }

  Status put(const sheet::Qr& one) {
    const double side = std::min(measures_.qr, room());
    need(side + 2 * small().leading());
    TRY_VOID(draw_qr(pdf_, (pdf_.width() - side) / 2, y_, side, one.text));
    y_ += side;
    for (const auto& line : pdf_.wrapped(one.caption, small(), room())) {
      pdf_.text((pdf_.width() - pdf_.width_of(line, small())) / 2, y_ + small().size, line,
                small());
      y_ += small().leading();
    }
    y_ += measures_.size * 0.4;
    return {};
  }

  Status put(const sheet::Words& one) {
    constexpr std::size_t kColumns = 4;
    const std::size_t rows = (one.words.size() + kColumns - 1) / kColumns;
    need(static_cast<double>(rows) * plain().leading());
    for (std::size_t i = 0; i < one.words.size(); ++i) {
      const double x =
          measures_.margin + static_cast<double>(i % kColumns) * room() / double{kColumns};
      const double y = y_ + static_cast<double>(i / kColumns) * plain().leading() + measures_.size;
      pdf_.text(x, y, std::to_string(i + 1) + ".", small());
      pdf_.text(x + measures_.size * 1.6, y, one.words[i], strong());
    }
    y_ += static_cast<double>(rows) * plain().leading() + measures_.size * 0.5;
    return {};
  }

  Status put(const sheet::Grid& one) {
    if (one.rows.empty() || one.rows.front().empty()) return {};
    const std::size_t columns = one.rows.front().size();
    const double wide = room() / static_cast<double>(columns), pad = 1 * kMm;
    for (std::size_t r = 0; r < one.rows.size(); ++r) {
      const auto& letters = r == 0 ? strong() : plain();
      std::vector<std::vector<std::string>> cells;
      std::size_t lines = 1;
      for (std::size_t c = 0; c < std::min(columns, one.rows[r].size()); ++c) {
        cells.push_back(pdf_.wrapped(one.rows[r][c], letters, wide - 2 * pad));
        lines = std::max(lines, cells.back().size());
      }
      const double height = static_cast<double>(lines) * letters.leading() + pad;
      need(height);
      if (r == 0) pdf_.fill(measures_.margin, y_, room(), height, 0.9);
      for (std::size_t c = 0; c < cells.size(); ++c)
        for (std::size_t k = 0; k < cells[c].size(); ++k)
          pdf_.text(measures_.margin + static_cast<double>(c) * wide + pad,
                    y_ + pad / 2 + letters.size + static_cast<double>(k) * letters.leading(),
                    cells[c][k], letters);
      y_ += height;
      pdf_.line(measures_.margin, y_, measures_.margin + room(), y_, 0.4);
    }
    y_ += measures_.size * 0.6;
    return {};
  }

  Status put(const sheet::Signatures& one) {
    if (one.places.empty()) return {};
    constexpr std::size_t kMostBeside = 3;
    const std::size_t beside = std::min(kMostBeside, one.places.size());
    const double wide = room() / static_cast<double>(beside);
    const double height = measures_.size * 7.5;
    for (std::size_t i = 0; i < one.places.size(); ++i) {
      if (i % beside == 0) {
        if (i > 0) y_ += height;
        y_ += measures_.size;
        need(height);
      }
      const double x = measures_.margin + static_cast<double>(i % beside) * wide;
      const double line = y_ + height - 1.8 * measures_.size;
      const auto fit = [&](const std::string& text, const Letters& letters) {
        return pdf_.wrapped(text, letters, wide - 4 * kMm).front();
      };
      pdf_.text(x, y_ + measures_.size, fit(one.places[i].first, plain()), plain());
      pdf_.line(x, line, x + wide - 6 * kMm, line, 0.6);
      pdf_.text(x, line + measures_.size * 1.2, fit(one.places[i].second, plain()), plain());
    }
    y_ += height;
    return {};
  }

  void foot(std::size_t first) {
    const auto when = format_instant(printed_.at, printed_.utc_offset_min, printed_.language);
    const auto by = std::string(pick(printed_.language, "Dicetak oleh ", "Printed by ")) +
                    printed_.name + ", " + when;
    if (pdf_.pages() - first > 1)
      return number_pages(pdf_, first, sheet_.title + " · " + by, measures_.margin, small(),
                          printed_.language);
    pdf_.text(measures_.margin, pdf_.height() - measures_.margin * 0.7,
              pdf_.wrapped(by, small(), room()).front(), small());
  }

  Pdf& pdf_;
  const Sheet& sheet_;
  const PrintedBy& printed_;
  Measures measures_;
  double y_ = 0;
};

}  // namespace

Result<PrintedPages> pdf_of_sheets(std::span<const Sheet> sheets, const PrintedBy& printed,
                                   const FontFiles& fonts) {
  if (sheets.empty()) return error(Code::bad_value, "PDF: tidak ada lembar (no sheet)", "");
  TRY(auto pdf,
      Pdf::create(fonts, {sheets.front().title, printed.name, printed.at, printed.utc_offset_min}));
  for (const auto& one : sheets) TRY_VOID(SheetPages(pdf, one, printed).draw());
  const auto pages = pdf.pages();
  TRY(auto bytes, pdf.finish());
  return PrintedPages{std::move(bytes), pages};
}

}  // namespace rukun
