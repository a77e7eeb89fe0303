#pragma once
// Printed pages: the one door to libharu (and, in pdf_qr, to libqrencode). A small drawing base:
// pages, letters, lines, grey boxes; all measures are points (1/72 inch), from the upper left
// corner, text by its baseline. Noto Sans is embedded, what it lacks is drawn as a visible �, so no
// text can fail. Equal drawing at an equal time makes equal bytes. Errors: io when the fonts cannot
// be read or libharu refuses something; the first one is told by finish(), nothing after it counts.
// One thread.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/font_files.h"

namespace rukun {

inline constexpr double kMm = 72.0 / 25.4;  // points

enum class Paper : std::uint8_t { a4, a4_landscape, a6 };

struct Letters {
  double size = 10;
  bool bold = false;
  double leading() const { return size * 1.35; }  // from line to line
};

struct PdfInfo {
  std::string title;
  std::string author;
  WallTime made;
  int utc_offset_min = 0;
};

// A finished file, and how many sheets of paper it asks for.
struct PrintedPages {
  Bytes bytes;
  std::size_t pages = 0;
  bool operator==(const PrintedPages&) const = default;
};

class Pdf {
 public:
  static Result<Pdf> create(const FontFiles& fonts, const PdfInfo& info);
  Pdf(Pdf&&) noexcept;
  Pdf& operator=(Pdf&&) noexcept;
  ~Pdf();

  void add_page(Paper paper);  // and draw on it
  std::size_t pages() const;
  void turn_to(std::size_t page);  // from 0; one that there is
  double width() const;            // of this page
  double height() const;

  double width_of(std::string_view text, const Letters& letters) const;
  // Lines of at most `width`, broken at spaces, and within words that are longer; a line break
  // stays one. Never empty.
  std::vector<std::string> wrapped(std::string_view text, const Letters& letters,
                                   double width) const;

  void text(double x, double y, std::string_view text, const Letters& letters);
  void text_right(double x, double y, std::string_view text, const Letters& letters);
  void line(double from_x, double from_y, double to_x, double to_y, double thickness);
  void fill(double x, double y, double w, double h, double gray);  // 0 is black

  Result<Bytes> finish();

 private:
  struct Works;
  explicit Pdf(std::unique_ptr<Works> works);
  std::unique_ptr<Works> works_;
};

}  // namespace rukun
