#include "app/report/pdf.h"

#include <hpdf.h>

#include <array>
#include <cstdio>

#include "app/domain/fold.h"
#include "platform/base/check.h"

namespace rukun {
namespace {

constexpr std::uint32_t kSubstitute = 0xFFFD;
constexpr std::size_t kMostLineBytes = 8 * 1024;  // of one line; libharu takes 64 KiB

// The first thing that libharu complained of.
struct Trouble {
  HPDF_STATUS code = HPDF_OK;
  HPDF_STATUS detail = 0;
};

void remember(HPDF_STATUS code, HPDF_STATUS detail, void* trouble) {
  auto& held = *static_cast<Trouble*>(trouble);
  if (held.code == HPDF_OK) held = {code, detail};
}

tl::unexpected<Error> failed(const Trouble& trouble) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "libharu 0x%04lx, %lu",
                static_cast<unsigned long>(trouble.code),
                static_cast<unsigned long>(trouble.detail));
  return error(Code::io,
               "PDF tidak dapat dibuat (the PDF could not be made): " + std::string(text.data()),
               "periksa paket (check the packages) libhpdf-2.3.0, fonts-noto-core");
}

// One character, and how many bytes it took: kSubstitute and 1 where the text is not UTF-8.
std::pair<std::uint32_t, std::size_t> character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (size == 1) return {lead, 1};
  if (!is_utf8(text.substr(at, size)) || at + size > text.size()) return {kSubstitute, 1};
  std::uint32_t code = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i)
    code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return {code, size};
}

// A font of the document, with its widths, looked up once: libharu searches for each.
class Face {
 public:
  explicit Face(HPDF_Font font) : font_(font), widths_(0x10000, kUnknown) {}

  HPDF_Font font() const { return font_; }

  bool has(std::uint32_t code) { return measured(code) != kMissing; }
  // In thousandths of the size.
  int width(std::uint32_t code) {
    const int held = measured(code);
    return held == kMissing ? 0 : held;
  }

 private:
  static constexpr int kUnknown = -1, kMissing = -2;

  int measured(std::uint32_t code) {
    if (code >= widths_.size()) return kMissing;
    auto& held = widths_[code];
    if (held != kUnknown) return held;
    const auto* own = static_cast<const HPDF_FontAttr_Rec*>(font_->attr);
    const auto unicode = static_cast<HPDF_UNICODE>(code);
    held = HPDF_TTFontDef_GetGlyphid(own->fontdef, unicode) == 0
               ? kMissing
               : HPDF_Font_GetUnicodeWidth(font_, unicode);
    return held;
  }

  HPDF_Font font_;
  std::vector<int> widths_;
};

// What the font can draw: control characters become spaces, what it lacks the substitute.
std::string drawable(std::string_view text, Face& face) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, size] = character_at(text, at);
    if (code < 0x20 || code == 0x7F)
      out += ' ';
    else if (code != kSubstitute && face.has(code))
      out += text.substr(at, size);
    else
      out += "\xEF\xBF\xBD";
    at += size;
  }
  return out;
}

double points_of(std::string_view drawn, Face& face, double size) {
  double sum = 0;
  for (std::size_t at = 0; at < drawn.size();) {
    const auto [code, bytes] = character_at(drawn, at);
    sum += face.width(code);
    at += bytes;
  }
  return sum * size / 1000;
}

// The longest beginning that fits, one character at least.
std::size_t fitting(std::string_view word, Face& face, double size, double width) {
  double sum = 0;
  std::size_t at = 0;
  while (at < word.size()) {
    const auto [code, bytes] = character_at(word, at);
    sum += face.width(code) * size / 1000;
    if (sum > width && at > 0) break;
    at += bytes;
  }
  return at;
}

HPDF_Date date_of(const PdfInfo& info) {
  constexpr std::int64_t kDay_s = 24 * 60 * 60;
  const std::int64_t local_s = info.made.ms / 1000 + std::int64_t{info.utc_offset_min} * 60;
  const std::int64_t days = (local_s - ((local_s % kDay_s) + kDay_s) % kDay_s) / kDay_s;
  const auto seconds = static_cast<int>(local_s - days * kDay_s);
  const auto date = civil_from_days(days);
  const int offset = info.utc_offset_min < 0 ? -info.utc_offset_min : info.utc_offset_min;
  return {date.year,
          date.month,
          date.day,
          seconds / 3600,
          seconds / 60 % 60,
          seconds % 60,
          info.utc_offset_min < 0 ? '-' : '+',
          offset / 60,
          offset % 60};
}

}  // namespace

struct Pdf::Works {
  Works() = default;
  Works(const Works&) = delete;
  Works& operator=(const Works&) = delete;
  ~Works() {
    if (document != nullptr) HPDF_Free(document);
  }

  Face& face(const Letters& letters) { return letters.bold ? *bold : *regular; }

  std::unique_ptr<Face> load(const std::filesystem::path& file) {
    const char* name = HPDF_LoadTTFontFromFile(document, file.string().c_str(), HPDF_TRUE);
    if (name == nullptr) return nullptr;
    const HPDF_Font font = HPDF_GetFont(document, name, "UTF-8");
    return font == nullptr ? nullptr : std::make_unique<Face>(font);
  }

  float from_top(double y) const { return static_cast<float>(HPDF_Page_GetHeight(page) - y); }

  Trouble trouble;
  HPDF_Doc document = nullptr;
  std::unique_ptr<Face> regular, bold;
  std::vector<HPDF_Page> pages;
  HPDF_Page page = nullptr;
};

Pdf::Pdf(std::unique_ptr<Works> works) : works_(std::move(works)) {}
Pdf::Pdf(Pdf&&) noexcept = default;
Pdf& Pdf::operator=(Pdf&&) noexcept = default;
Pdf::~Pdf() = default;

Result<Pdf> Pdf::create(const FontFiles& fonts, const PdfInfo& info) {
  auto works = std::make_unique<Works>();
  works->document = HPDF_New(remember, &works->trouble);
  if (works->document == nullptr) return failed(works->trouble);
  HPDF_SetCompressionMode(works->document, HPDF_COMP_ALL);
  HPDF_UseUTFEncodings(works->document);
  works->regular = works->load(fonts.regular);
  works->bold = works->load(fonts.bold);
  if (!works->regular || !works->bold) {
    return error(Code::io,
                 "Huruf tidak dapat dibaca (the fonts cannot be read): " + fonts.regular.string() +
                     ", " + fonts.bold.string(),
                 "pasang ulang paket (install again the package) fonts-noto-core");
  }
  HPDF_SetInfoDateAttr(works->document, HPDF_INFO_CREATION_DATE, date_of(info));
  // libharu writes these as they are, and readers take them for Latin-1.
  const auto note = [&](HPDF_InfoType type, const std::string& text) {
    std::string ascii = drawable(text, *works->regular);
    for (char& c : ascii)
      if ((c & 0x80) != 0) c = '?';
    HPDF_SetInfoAttr(works->document, type, ascii.c_str());
  };
  note(HPDF_INFO_TITLE, info.title);
  note(HPDF_INFO_AUTHOR, info.author);
  if (works->trouble.code != HPDF_OK) return failed(works->trouble);
  return Pdf(std::move(works));
}

void Pdf::add_page(Paper paper) {
  works_->page = HPDF_AddPage(works_->document);
  if (works_->page == nullptr) return;
  works_->pages.push_back(works_->page);
  if (paper == Paper::a6) {
    HPDF_Page_SetWidth(works_->page, static_cast<float>(105 * kMm));
    HPDF_Page_SetHeight(works_->page, static_cast<float>(148 * kMm));
    return;
  }
  HPDF_Page_SetSize(works_->page, HPDF_PAGE_SIZE_A4,
                    paper == Paper::a4 ? HPDF_PAGE_PORTRAIT : HPDF_PAGE_LANDSCAPE);
}

std::size_t Pdf::pages() const { return works_->pages.size(); }

void Pdf::turn_to(std::size_t page) {
  CHECK_BUG(page < works_->pages.size());
  works_->page = works_->pages[page];
}

double Pdf::width() const { return works_->page == nullptr ? 0 : HPDF_Page_GetWidth(works_->page); }
double Pdf::height() const {
  return works_->page == nullptr ? 0 : HPDF_Page_GetHeight(works_->page);
}

double Pdf::width_of(std::string_view text, const Letters& letters) const {
  Face& face = works_->face(letters);
  return points_of(drawable(text, face), face, letters.size);
}

std::vector<std::string> Pdf::wrapped(std::string_view text, const Letters& letters,
                                      double width) const {
  Face& face = works_->face(letters);
  const double space = face.width(' ') * letters.size / 1000;
  std::vector<std::string> out;
  while (true) {
    const auto end = text.find('\n');
    const auto clean = drawable(text.substr(0, end), face);
    std::string line;
    double used = 0;
    std::string_view rest = clean;
    while (!rest.empty()) {
      const auto gap = rest.find(' ');
      std::string_view word = rest.substr(0, gap);
      rest.remove_prefix(gap == rest.npos ? rest.size() : gap + 1);
      if (word.empty()) continue;
      double wide = points_of(word, face, letters.size);
      if (!line.empty() && used + space + wide > width) {
        out.push_back(std::move(line));
        line.clear();
        used = 0;
      }
      while (wide > width) {
        const auto part = fitting(word, face, letters.size, width);
        if (part == word.size()) break;
        out.emplace_back(word.substr(0, part));
        word.remove_prefix(part);
        wide = points_of(word, face, letters.size);
      }
      used += (line.empty() ? 0 : space) + wide;
      line.append(line.empty() ? "" : " ").append(word);
    }
    out.push_back(std::move(line));
    if (end == text.npos) return out;
    text.remove_prefix(end + 1);
  }
}

void Pdf::text(double x, double y, std::string_view text, const Letters& letters) {
  Face& face = works_->face(letters);
  const auto clean = drawable(text.substr(0, kMostLineBytes), face);
  if (clean.empty()) return;
  HPDF_Page_BeginText(works_->page);
  HPDF_Page_SetFontAndSize(works_->page, face.font(), static_cast<float>(letters.size));
  HPDF_Page_TextOut(works_->page, static_cast<float>(x), works_->from_top(y), clean.c_str());
  HPDF_Page_EndText(works_->page);
}

void Pdf::text_right(double x, double y, std::string_view text, const Letters& letters) {
  this->text(x - width_of(text, letters), y, text, letters);
}

void Pdf::line(double from_x, double from_y, double to_x, double to_y, double thickness) {
  HPDF_Page_SetLineWidth(works_->page, static_cast<float>(thickness));
  HPDF_Page_MoveTo(works_->page, static_cast<float>(from_x), works_->from_top(from_y));
  HPDF_Page_LineTo(works_->page, static_cast<float>(to_x), works_->from_top(to_y));
  HPDF_Page_Stroke(works_->page);
}

void Pdf::fill(double x, double y, double w, double h, double gray) {
  HPDF_Page_SetGrayFill(works_->page, static_cast<float>(gray));
  HPDF_Page_Rectangle(works_->page, static_cast<float>(x), works_->from_top(y + h),
                      static_cast<float>(w), static_cast<float>(h));
  HPDF_Page_Fill(works_->page);
  HPDF_Page_SetGrayFill(works_->page, 0);
}

Result<Bytes> Pdf::finish() {
  if (works_->trouble.code == HPDF_OK) HPDF_SaveToStream(works_->document);
  if (works_->trouble.code != HPDF_OK) return failed(works_->trouble);
  Bytes out(HPDF_GetStreamSize(works_->document));
  HPDF_ResetStream(works_->document);
  auto size = static_cast<HPDF_UINT32>(out.size());
  HPDF_ReadFromStream(works_->document, out.data(), &size);
  if (works_->trouble.code != HPDF_OK || size != out.size()) return failed(works_->trouble);
  return out;
}

}  // namespace rukun
