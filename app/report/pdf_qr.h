#pragma once
// QR codes on printed pages (through libqrencode, whose door this is): a text of bytes, error
// correction M, so that a folded or stained sheet is still read. Errors: bad_value for a text that
// does not fit into a code. One thread.

#include "app/report/pdf.h"

namespace rukun {

// A square of `side` points, the quiet margin of four modules within it.
Status draw_qr(Pdf& pdf, double x, double y, double side, std::string_view text);

}  // namespace rukun
