#include "app/report/plain.h"

namespace rukun {

namespace {

// "3. Waktu: …; Barang: Beras": a number in the first column counts the rows. Of a sum only numbers
// say what they are.
std::string plain_row(const Table& table, const TableRow& row, Language language, bool sum) {
  std::string out;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const auto text = display_text(row[c], language);
    if (text.empty()) continue;
    if (c == 0 && table.columns[c].type == ColumnType::number) {
      out = text + ". ";
      continue;
    }
    if (!out.empty() && !out.ends_with(". ")) out += "; ";
    const bool named = !sum || table.columns[c].type != ColumnType::text;
    out += (named ? table.columns[c].heading(language) + ": " : std::string()) + text;
  }
  for (auto& c : out)
    if (c == '\n' || c == '\r') c = ' ';
  return out + "\n";
}

}  // namespace

Status write_plain(const Table& table, Language language, const TextSink& out) {
  TRY_VOID(out(table.title + "\n"));
  TRY_VOID(for_each_row(
      table, [&](const TableRow& row) { return out(plain_row(table, row, language, false)); }));
  for (const auto& footer : table.footers) TRY_VOID(out(plain_row(table, footer, language, true)));
  if (!table.notes.empty()) TRY_VOID(out("\n"));
  for (const auto& note : table.notes) TRY_VOID(out(note + "\n"));
  return {};
}

}  // namespace rukun
