#pragma once
// Lists as A4 pages: title, place, date and who printed it; headings on every page, long texts
// wrapped in their cells, numbers to the right, sums and notes below, "halaman 1/3" at the foot.
// Upright while the columns have room, else across, then in smaller letters. Tables follow each
// other on new pages. Errors: bad_value for more rows than anybody prints; those of pdf.h and of
// the rows. One thread.

#include <span>

#include "app/report/pdf.h"
#include "app/report/table.h"

namespace rukun {

inline constexpr std::size_t kMostPrintedRows = 20'000;
inline constexpr std::size_t kMostPrintedColumns = 40;

struct PrintedBy {
  Language language = Language::id;
  std::string place;  // "RT 003/RW 007 Sukamaju"
  std::string name;   // who prints
  WallTime at;
  int utc_offset_min = 0;
};

Result<PrintedPages> pdf_of_tables(std::span<const Table> tables, const PrintedBy& printed,
                                   const FontFiles& fonts);

// "halaman 1/3" and `left` at the foot of every page from `first` on.
void number_pages(Pdf& pdf, std::size_t first, const std::string& left, double margin,
                  const Letters& letters, Language language);

}  // namespace rukun
