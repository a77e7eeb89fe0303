#include "app/report/xlsx.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "app/domain/fold.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

constexpr std::size_t kMaxSheetName = 31;
constexpr std::size_t kMaxCellBytes = 32'767;  // a sheet allows as many characters
constexpr int kWidestColumn = 60;
constexpr std::int64_t kFirstSheetDate = 1900'01'01;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (!continues(text[at]) && most-- == 0) break;
  return text.substr(0, at);
}

// What a sheet can hold: one byte that is not UTF-8 would make the whole file unreadable.
std::string cell_text(std::string_view text) {
  std::string out(text);
  if (!is_utf8(out))
    std::replace_if(
        out.begin(), out.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  if (out.size() > kMaxCellBytes) {
    std::size_t end = kMaxCellBytes - 3;
    while (continues(out[end])) --end;
    out = out.substr(0, end) + "…";
  }
  return out;
}

int width_of(const Column& column, const std::string& heading) {
  if (column.width > 0) return std::min(column.width, kWidestColumn);
  const int heading_width = static_cast<int>(characters(heading)) + 4;  // room for the filter arrow
  const int least = column.type == ColumnType::text ? 18 : 12;
  return std::clamp(heading_width, least, kWidestColumn);
}

// The library's workbook, closed (which writes the file) or given up by us alone.
class Workbook {
 public:
  Workbook(const std::filesystem::path& file, const std::string& temporary) {
    temporary_ = temporary;
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = temporary_.data();
    book_ = workbook_new_opt(file.string().c_str(), &options);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }
  lxw_workbook* get() const { return book_; }
  lxw_error close() { return workbook_close(std::exchange(book_, nullptr)); }

 private:
  std::string temporary_;
  lxw_workbook* book_ = nullptr;
};

struct Formats {
  lxw_format* heading;
  lxw_format* tag;
  lxw_format* date;
  lxw_format* footer;
};

Formats make_formats(lxw_workbook* book) {
  Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                  workbook_add_format(book)};
  format_set_bold(formats.heading);
  format_set_bottom(formats.heading, LXW_BORDER_THIN);
  format_set_text_wrap(formats.heading);
  format_set_italic(formats.tag);
  format_set_num_format(formats.date, "dd/mm/yyyy");
  format_set_bold(formats.footer);
  return formats;
}

Status failed(lxw_error code, const std::filesystem::path& file) {
  const bool full = errno == ENOSPC;
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return error(full ? Code::full : Code::io,
               "Berkas XLSX tidak dapat ditulis: " + file.string() + ": " + lxw_strerror(code),
               full ? "Kosongkan ruang pada diska itu, lalu ulangi" : "Pilih folder lain");
}

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Formats& formats, const Table& table,
              const XlsxOptions& options)
      : sheet_(sheet), formats_(formats), table_(table), options_(options) {}

  Status write() {
    TRY_VOID(headings());
    const auto first_row = next_ - 1;
    TRY_VOID(for_each_row(table_, [this](const TableRow& row) { return put_row(row, nullptr); }));
    const auto last_row = std::max(next_ - 1, first_row);
    if (!table_.columns.empty())
      worksheet_autofilter(sheet_, first_row, 0, last_row, last_column());
    if (!options_.extras) return {};
    for (const auto& footer : table_.footers) TRY_VOID(put_row(footer, formats_.footer));
    if (!table_.notes.empty()) ++next_;
    for (const auto& note : table_.notes) TRY_VOID(put_row({Cell{note}}, nullptr));
    return {};
  }

 private:
  lxw_col_t last_column() const { return static_cast<lxw_col_t>(table_.columns.size() - 1); }

  Status headings() {
    TableRow names;
    TableRow tags;
    lxw_col_t at = 0;
    for (const auto& column : table_.columns) {
      const auto& heading = column.heading(options_.language);
      worksheet_set_column(sheet_, at, at, width_of(column, heading), nullptr);
      names.emplace_back(heading);
      tags.emplace_back(column.hxl);
      ++at;
    }
    TRY_VOID(put_row(names, formats_.heading));
    if (options_.hxl) TRY_VOID(put_row(tags, formats_.tag));
    worksheet_freeze_panes(sheet_, next_, 0);
    worksheet_repeat_rows(sheet_, 0, next_ - 1);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    return {};
  }

  Status put_row(const TableRow& row, lxw_format* format) {
    if (next_ >= kMaxSheetRows)
      return error(Code::bad_value, table_.title + ": lebih dari 1.048.576 baris",
                   "Saring laporan itu, atau pakai CSV");
    lxw_col_t column = 0;
    for (const auto& cell : row) TRY_VOID(put_cell(column++, cell, format));
    ++next_;
    return {};
  }

  Status put_cell(lxw_col_t column, const Cell& cell, lxw_format* format) {
    lxw_error code = LXW_NO_ERROR;
    if (const auto* number = std::get_if<NumberCell>(&cell)) {
      code = worksheet_write_number(sheet_, next_, column,
                                    static_cast<double>(number->thousandths) / 1000.0, format);
    } else if (const auto* date = std::get_if<DateCell>(&cell); date && is_sheet_date(*date)) {
      const auto civil = civil_of(date->yyyymmdd);
      lxw_datetime value{civil.year, civil.month, civil.day, 0, 0, 0};
      code = worksheet_write_datetime(sheet_, next_, column, &value,
                                      format == nullptr ? formats_.date : format);
    } else if (const auto text = cell_text(plain_text(cell)); !text.empty()) {
      code = worksheet_write_string(sheet_, next_, column, text.c_str(), format);
    } else if (format != nullptr) {
      code = worksheet_write_blank(sheet_, next_, column, format);
    }
    if (code == LXW_NO_ERROR) return {};
    return error(Code::io,
                 table_.title + ", baris " + std::to_string(next_ + 1) + ": " + lxw_strerror(code));
  }

  // A partial date, or one before spreadsheets count, is written as text.
  static bool is_sheet_date(const DateCell& date) {
    const auto n = date.yyyymmdd;
    return n >= kFirstSheetDate && n <= 9999'12'31 && n % 100 != 0 && is_valid(civil_of(n));
  }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  const Table& table_;
  const XlsxOptions& options_;
  lxw_row_t next_ = 0;
};

}  // namespace

std::string sheet_name(std::string_view title, const std::vector<std::string>& taken) {
  std::string clean;
  for (const char c : cell_text(title)) {
    const bool refused = std::string_view("[]:*?/\\").find(c) != std::string_view::npos ||
                         static_cast<unsigned char>(c) < 0x20;
    clean += refused ? ' ' : c;
  }
  const auto bare = [](std::string_view text) {
    while (!text.empty() && (text.front() == '\'' || text.front() == ' ')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\'' || text.back() == ' ')) text.remove_suffix(1);
    return text;
  };
  const auto base = std::string(bare(first_characters(bare(clean), kMaxSheetName)));
  const auto free = [&](const std::string& name) {
    const auto key = folded(name);
    if (name.empty() || key == "history") return false;  // Excel keeps that one for itself
    return std::none_of(taken.begin(), taken.end(),
                        [&](const std::string& other) { return folded(other) == key; });
  };
  if (free(base)) return base;
  for (int n = base.empty() ? 1 : 2;; ++n) {
    const auto suffix = " " + std::to_string(n);
    const auto stem = base.empty() ? std::string_view("Lembar") : std::string_view(base);
    auto name = std::string(bare(first_characters(stem, kMaxSheetName - suffix.size()))) + suffix;
    if (free(name)) return name;
  }
}

Status write_xlsx(const std::filesystem::path& file, std::span<const Table> sheets,
                  const XlsxOptions& options) {
  for (const auto& table : sheets)
    if (table.columns.size() > kMaxSheetColumns)
      return error(Code::bad_value, table.title + ": terlalu banyak kolom untuk satu lembar");
  errno = 0;
  // The library complains on stderr when it cannot open the file; ask first.
  if (!std::ofstream(file, std::ios::binary)) return failed(LXW_ERROR_CREATING_XLSX_FILE, file);
  // Rows wait in a nameless file beside the result, so that a full disk shows while writing it.
  const auto folder = file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path();
  Workbook book(file, folder.string());
  if (book.get() == nullptr) return failed(LXW_ERROR_MEMORY_MALLOC_FAILED, file);
  const auto formats = make_formats(book.get());
  std::vector<std::string> taken;
  for (const auto& table : sheets) {
    taken.push_back(sheet_name(table.title, taken));
    auto* sheet = workbook_add_worksheet(book.get(), taken.back().c_str());
    if (sheet == nullptr) return failed(LXW_ERROR_CREATING_TMPFILE, file);
    if (auto status = SheetWriter(sheet, formats, table, options).write(); !status) {
      std::error_code ignored;
      std::filesystem::remove(file, ignored);
      return status;
    }
  }
  if (const auto code = book.close(); code != LXW_NO_ERROR) return failed(code, file);
  return {};
}

}  // namespace rukun
