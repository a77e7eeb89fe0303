#include "app/report/pdf_qr.h"

#include <qrencode.h>

namespace rukun {
namespace {

constexpr int kQuiet = 4;  // modules; readers need them white
constexpr std::size_t kMostBytes = 2'000;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Status draw_qr(Pdf& pdf, double x, double y, double side, std::string_view text) {
  std::unique_ptr<QRcode, FreeCode> code;
  if (!text.empty() && text.size() <= kMostBytes) {
    code.reset(QRcode_encodeData(static_cast<int>(text.size()),
                                 reinterpret_cast<const unsigned char*>(text.data()), 0,
                                 QR_ECLEVEL_M));
  }
  if (!code) {
    return error(Code::bad_value, "QR: " + std::to_string(text.size()) + " byte",
                 "1 - " + std::to_string(kMostBytes));
  }
  const double module = side / (code->width + 2 * kQuiet);
  for (int row = 0; row < code->width; ++row) {
    for (int from = 0; from < code->width;) {
      const auto dark = [&](int column) {
        return (code->data[row * code->width + column] & 1) != 0;
      };
      int to = from;
      while (to < code->width && dark(to)) ++to;
      // A little taller than a module: printers leave hairlines between touching boxes.
      if (to > from) {
        pdf.fill(x + (from + kQuiet) * module, y + (row + kQuiet) * module, (to - from) * module,
                 module * 1.02, 0);
      }
      from = to + 1;
    }
  }
  return {};
}

}  // namespace rukun
