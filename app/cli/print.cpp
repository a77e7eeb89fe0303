#include "app/cli/print.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/report/plain.h"
#include "app/report/printing.h"
#include "app/report/xlsx.h"
#include "platform/base/check.h"

namespace rukun::cli {
namespace {

constexpr std::array<std::string_view, 6> kFormatNames{"xlsx", "csv", "hxl", "pdf", "text", "ics"};

// Whatever fails, no half file remains under the name that was asked for.
Status write_workbook(const Path& file, const std::vector<Table>& sheets, Language language) {
  const Path draft(file.string() + ".part");
  std::error_code failed;
  auto written = write_xlsx(draft, sheets, {language});
  if (written) std::filesystem::rename(draft, file, failed);
  if (written && !failed) return {};
  std::error_code ignored;
  std::filesystem::remove(draft, ignored);
  if (!written) return written;
  return error(Code::io, file.string() + ": " + failed.message());
}

Status write_list(Session& session, const Path& file, const Table& table, bool hxl) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  CsvOptions options;
  options.language = session.language();
  options.hxl = hxl;
  TRY_VOID(write_csv(table, options,
                     [&](std::string_view piece) { return writer->write(view(piece)); }));
  return writer->finish();
}

Status write_message(Session& session, const Path& file, const std::vector<Table>& tables) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  const TextSink sink = [&](std::string_view piece) { return writer->write(view(piece)); };
  for (const auto& table : tables) {
    if (&table != &tables.front()) TRY_VOID(sink("\n"));
    TRY_VOID(write_plain(table, session.language(), sink));
  }
  return writer->finish();
}

Table tagged_only(Table table) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (!table.columns[i].hxl.empty()) kept.push_back(i);
  std::vector<Column> columns;
  for (const auto i : kept) columns.push_back(table.columns[i]);
  table.columns = std::move(columns);
  table.rows = [rows = std::move(table.rows), kept](const RowSink& sink) {
    return rows([&](const TableRow& row) {
      TableRow out;
      for (const auto i : kept) out.push_back(i < row.size() ? row[i] : Cell());
      return sink(out);
    });
  };
  return table;
}

Result<PrintedBy> printed_here(Session& session) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  return printed_by(*engine, spaces, session.language(), session.world().clock.now());
}

}  // namespace

std::string_view name_of(ReportFormat format) {
  return kFormatNames[static_cast<std::size_t>(format)];
}

Result<ReportFormat> read_report_format(Session& session, std::string_view text,
                                        std::span<const ReportFormat> allowed) {
  std::string names;
  for (const auto format : allowed) {
    if (name_of(format) == text) return format;
    names += (names.empty() ? "" : ", ") + std::string(name_of(format));
  }
  return error(Code::bad_value,
               "--format: " + std::string(text) +
                   std::string(session.pick(" tidak berlaku di sini; yang diharapkan: ",
                                            " has no meaning here; expected: ")) +
                   names);
}

Status write_tables(Session& session, const Path& file, ReportFormat format,
                    std::vector<Table> tables) {
  CHECK_BUG(!tables.empty());
  if (format == ReportFormat::xlsx) return write_workbook(file, tables, session.language());
  if (format == ReportFormat::csv) return write_list(session, file, tables.front(), false);
  if (format == ReportFormat::hxl)
    return write_list(session, file, tagged_only(std::move(tables.front())), true);
  if (format == ReportFormat::text) return write_message(session, file, tables);
  CHECK_BUG(format == ReportFormat::pdf);
  TRY(const auto printed, printed_here(session));
  TRY(const auto letters, report_fonts());
  TRY(const auto made, pdf_of_tables(tables, printed, letters));
  return write_file(session, file, made.bytes);
}

Status write_sheets(Session& session, const Path& file, ReportFormat format,
                    std::span<const Sheet> sheets) {
  if (format == ReportFormat::text) {
    std::string all;
    for (const auto& sheet : sheets) all += (all.empty() ? "" : "\n") + text_of_sheet(sheet);
    return write_file(session, file, view(all));
  }
  TRY(const auto printed, printed_here(session));
  TRY(const auto letters, report_fonts());
  TRY(const auto made, pdf_of_sheets(sheets, printed, letters));
  return write_file(session, file, made.bytes);
}

void write_once_sheet(Session& session, const Arguments& given, const Sheet& sheet,
                      const std::string& printed_by, Output& out) {
  const auto write = [&]() -> Status {
    const PrintedBy printed{session.language(), sheet.place, printed_by,
                            session.world().clock.now(), kWibOffset_min};
    TRY(const auto letters, report_fonts());
    TRY(const auto made, pdf_of_sheets({&sheet, 1}, printed, letters));
    return write_file(session, given.at("--sheet"), made.bytes);
  };
  if (!given.has("--sheet")) return;
  if (const auto written = write(); !written) {
    out.remark(sentence(written.error(), out.language()));
    out.remark(out.pick("Lembar tidak jadi: catat dengan tangan yang tertulis di atas.",
                        "There is no sheet: write down by hand what stands above."));
    out.ends_with(kNotDone);
    return;
  }
  out.line(given.at("--sheet") + std::string(out.pick(": cetak sekarang, lalu hapus berkas ini",
                                                      ": print it now, then delete this file")));
}

Status write_file(Session& session, const Path& file, ByteView bytes) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  TRY_VOID(writer->write(bytes));
  return writer->finish();
}

}  // namespace rukun::cli
