#include "app/report/csv.h"

#include <algorithm>
#include <array>

namespace rukun {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kDetectBytes = 4096;

std::string row_text(const TableRow& row, char separator) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += separator;
    out += csv_cell(row[i], separator);
  }
  return out + "\r\n";
}

// A row with one text in its first cell and the others empty, so that every line has as many cells
// as the headings.
TableRow note_row(const std::string& text, std::size_t columns) {
  TableRow row(std::max<std::size_t>(columns, 1));
  row[0] = text;
  return row;
}

}  // namespace

std::string csv_cell(const Cell& cell, char separator) {
  auto text = plain_text(cell);
  if (std::holds_alternative<std::string>(cell) && looks_like_formula(text)) text.insert(0, "'");
  const bool quote = text.find_first_of("\"\r\n") != std::string::npos ||
                     text.find(separator) != std::string::npos ||
                     (!text.empty() && (text.front() == ' ' || text.back() == ' '));
  if (!quote) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

Status write_csv(const Table& table, const CsvOptions& options, const TextSink& out) {
  const auto line = [&](const TableRow& row) { return out(row_text(row, options.separator)); };
  const auto width = table.columns.size();
  if (options.bom) TRY_VOID(out(kBom));
  if (options.extras && !table.title.empty()) TRY_VOID(line(note_row(table.title, width)));
  TableRow headings;
  TableRow tags;
  for (const auto& column : table.columns) {
    headings.emplace_back(column.heading(options.language));
    tags.emplace_back(column.hxl);
  }
  TRY_VOID(line(headings));
  if (options.hxl) TRY_VOID(line(tags));
  TRY_VOID(for_each_row(table, line));
  if (!options.extras) return {};
  for (const auto& footer : table.footers) TRY_VOID(line(footer));
  for (const auto& note : table.notes) TRY_VOID(line(note_row(note, width)));
  return {};
}

CsvReader::CsvReader(Sink sink, CsvLimits limits, Language language)
    : sink_(std::move(sink)), limits_(limits), language_(language) {
  row_.line = 1;
}

std::string_view CsvReader::say(std::string_view indonesian, std::string_view english) const {
  return pick(language_, indonesian, english);
}

tl::unexpected<Error> CsvReader::fail(std::string_view what) const {
  std::string message(say("Baris ", "Row "));
  message += std::to_string(row_.number + 1);
  message += say(", kolom ", ", column ");
  message += std::to_string(row_.cells.size() + 1) + ": ";
  message += what;
  return error(Code::damaged, message,
               std::string(say("Simpan lembar itu lagi sebagai CSV UTF-8",
                               "Save the sheet again as CSV UTF-8")));
}

// Finds the separator in the first line, or in as much of it as there is; then reads what was held
// back.
Status CsvReader::detect(std::string_view piece, bool at_end) {
  head_ += piece;
  bool quoted = false;
  bool line_end = false;
  std::array<std::size_t, 3> count{};
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  for (const char c : head_) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < count.size(); ++i) count[i] += c == kSeparators[i] ? 1 : 0;
    line_end = c == '\n' || c == '\r';
    if (line_end && (count[0] + count[1] + count[2] > 0)) break;
    line_end = false;
  }
  if (!line_end && !at_end && head_.size() < kDetectBytes) return {};
  const auto most = std::max_element(count.begin(), count.end());
  separator_ = kSeparators[static_cast<std::size_t>(most - count.begin())];
  std::string_view held = head_;
  if (held.substr(0, kBom.size()) == kBom) held.remove_prefix(kBom.size());
  for (const char c : held) TRY_VOID(take(c));
  head_.clear();
  head_.shrink_to_fit();
  return {};
}

Status CsvReader::feed(std::string_view piece) {
  if (separator_ == 0) return detect(piece, false);
  for (const char c : piece) TRY_VOID(take(c));
  return {};
}

Status CsvReader::finish() {
  if (separator_ == 0) TRY_VOID(detect({}, true));
  if (state_ == State::quoted)
    return fail(say("tanda kutip tidak ditutup", "a quotation mark is not closed"));
  if (state_ == State::cell_start && row_.cells.empty()) return {};
  TRY_VOID(end_cell());
  return end_row();
}

Status CsvReader::put(char c) {
  if (cell_.size() >= limits_.cell_bytes)
    return fail(say("isi sel terlalu panjang", "the cell is too long"));
  if (++row_bytes_ > limits_.row_bytes)
    return fail(say("baris terlalu panjang", "the row is too long"));
  cell_ += c;
  return {};
}

Status CsvReader::take(char c) {
  const bool second_of_pair = after_return_ && c == '\n';
  after_return_ = c == '\r';
  if (c == '\n' ? !second_of_pair : c == '\r') ++line_;
  if (c == '\0') return fail(say("ini bukan teks UTF-8", "this is not UTF-8 text"));
  switch (state_) {
    case State::quoted:
      if (c != '"') return put(c);
      state_ = State::quote_in_quoted;
      return {};
    case State::quote_in_quoted:
      if (c == '"') {
        state_ = State::quoted;
        return put(c);
      }
      state_ = State::plain;  // the cell should end here; anything else is kept as it is
      return take_plain(c);
    case State::cell_start:
      if (second_of_pair) return {};
      state_ = c == '"' ? State::quoted : State::plain;
      return c == '"' ? Status{} : take_plain(c);
    case State::plain: return take_plain(c);
  }
  return {};
}

Status CsvReader::take_plain(char c) {
  if (c != separator_ && c != '\n' && c != '\r') return put(c);
  TRY_VOID(end_cell());
  return c == separator_ ? Status{} : end_row();
}

Status CsvReader::end_cell() {
  if (row_.cells.size() == limits_.cells)
    return fail(say("terlalu banyak kolom", "too many columns"));
  // What the writer put in front of a text that a spreadsheet would have run.
  if (cell_.size() > 1 && cell_[0] == '\'' && looks_like_formula(std::string_view(cell_).substr(1)))
    cell_.erase(0, 1);
  row_.cells.push_back(std::move(cell_));
  cell_.clear();
  state_ = State::cell_start;
  return {};
}

Status CsvReader::end_row() {
  ++row_.number;
  const bool empty = std::all_of(row_.cells.begin(), row_.cells.end(),
                                 [](const std::string& cell) { return cell.empty(); });
  if (!empty) TRY_VOID(sink_(row_));
  row_.cells.clear();
  row_.line = line_;
  row_bytes_ = 0;
  return {};
}

Result<std::vector<CsvRow>> read_csv(std::string_view text, CsvLimits limits, Language language) {
  std::vector<CsvRow> rows;
  CsvReader reader(
      [&](const CsvRow& row) -> Status {
        rows.push_back(row);
        return {};
      },
      limits, language);
  TRY_VOID(reader.feed(text));
  TRY_VOID(reader.finish());
  return rows;
}

}  // namespace rukun
