#pragma once
// Sheets as pages: A6 to hand over, A4 to sign or to hang up. What does not fit goes on to a next
// page, and then pages are numbered. Errors: bad_value when a QR code cannot hold its text; those
// of pdf.h. One thread.

#include <span>

#include "app/report/pdf_table.h"
#include "app/report/sheet.h"

namespace rukun {

// Each sheet begins a page. `printed` stands small at the foot.
Result<PrintedPages> pdf_of_sheets(std::span<const Sheet> sheets, const PrintedBy& printed,
                                   const FontFiles& fonts);

}  // namespace rukun
