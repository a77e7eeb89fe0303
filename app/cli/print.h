#pragma once
// Files that reports become: spreadsheets, lists and printed pages, under the name that was asked
// for or not at all. One thread.

#include <span>

#include "app/cli/session.h"
#include "app/report/pdf_sheet.h"
#include "app/report/table.h"

namespace rukun::cli {

enum class ReportFormat : std::uint8_t { xlsx, csv, hxl, pdf, text, ics };
// "xlsx"; bad_value for what is none of `allowed`, naming them.
Result<ReportFormat> read_report_format(Session& session, std::string_view text,
                                        std::span<const ReportFormat> allowed);
std::string_view name_of(ReportFormat format);

// CSV and HXL hold the first table; the others all of them. HXL leaves out columns without a
// hashtag: those are the ones that name somebody.
Status write_tables(Session& session, const Path& file, ReportFormat format,
                    std::vector<Table> tables);
// pdf or text.
Status write_sheets(Session& session, const Path& file, ReportFormat format,
                    std::span<const Sheet> sheets);

// A sheet of words that were just shown and are kept nowhere, as --sheet asks for. What was made
// stands: when the sheet fails, that is said, and the command ends as not done.
void write_once_sheet(Session& session, const Arguments& given, const Sheet& sheet,
                      const std::string& printed_by, Output& out);

Status write_file(Session& session, const Path& file, ByteView bytes);

}  // namespace rukun::cli
