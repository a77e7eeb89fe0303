// Reports into files.
#include <filesystem>

#include "app/cli/session.h"
#include "app/engine/access_log.h"
#include "app/report/consolidated.h"
#include "app/report/csv.h"
#include "app/report/needs.h"
#include "app/report/opensid_recipients.h"
#include "app/report/person.h"
#include "app/report/xlsx.h"

namespace rukun::cli {
namespace {

enum class Format : std::uint8_t { xlsx, csv };

Result<Format> read_format(std::string_view text) {
  if (text == "xlsx") return Format::xlsx;
  if (text == "csv") return Format::csv;
  return error(Code::bad_value, "--format: " + std::string(text), "xlsx, csv");
}

// Whatever fails, no half file remains under the name that was asked for.
Status write_sheets(const Path& file, const std::vector<Table>& sheets, Language language) {
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

Status write_text(Session& session, const Path& file, const Table& table, Language language) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  CsvOptions options;
  options.language = language;
  TRY_VOID(write_csv(table, options,
                     [&](std::string_view piece) { return writer->write(view(piece)); }));
  return writer->finish();
}

// Recipients of a program, as OpenSID reads them: nothing else stands in that sheet.
Result<std::vector<Table>> recipients(Session& session, const Arguments& given, Output& out) {
  if (!given.has("--program"))
    return error(Code::bad_value, "report opensid: --program", "--program ID");
  TRY(const auto found, session.record(given.at("--program")));
  TRY(auto* engine, session.engine());
  TRY(auto table, opensid_recipients(*engine, found.space, found.id, session.language()));
  for (const auto& note : table.notes) out.remark(note);
  table.notes.clear();
  return std::vector<Table>{std::move(table)};
}

// The rows pass through, counted.
Table counting(Table table, const std::shared_ptr<std::uint64_t>& count) {
  table.rows = [rows = std::move(table.rows), count](const RowSink& sink) {
    *count = 0;
    return rows([&](const TableRow& row) {
      ++*count;
      return sink(row);
    });
  };
  return table;
}

Result<std::vector<Table>> tables_of(Session& session, std::string_view name,
                                     const Arguments& given) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  auto& world = session.world();
  if (name == "needs") {
    TRY(auto table, needs_table(engine->records(), spaces,
                                {session.language(), given.has("--public"), &world.items}));
    return std::vector<Table>{std::move(table)};
  }
  if (name == "consolidated") {
    TRY(const auto sources, sources_of(*engine, spaces));
    TRY(auto both, consolidated(engine->records(), sources,
                                {session.language(), world.clock.now(), 7, &world.items}));
    return std::vector<Table>{std::move(both.by_space), std::move(both.totals)};
  }
  if (name == "person") {
    if (!given.has("--id")) return error(Code::bad_value, "report person: --id", "--id ID");
    TRY(const auto found, session.record(given.at("--id")));
    TRY(auto table, person_table(*engine, found.space, found.id, session.showing(found.space)));
    return std::vector<Table>{std::move(table)};
  }
  return error(Code::bad_value, "report " + std::string(name),
               "needs, consolidated, person, opensid");
}

Status report(Session& session, const Arguments& given, Output& out) {
  TRY(const auto format, read_format(given.at("--format")));
  const auto& name = given.at("NAME");
  TRY(auto tables,
      name == "opensid" ? recipients(session, given, out) : tables_of(session, name, given));
  const auto count = std::make_shared<std::uint64_t>(0);
  tables.front() = counting(std::move(tables.front()), count);
  const Path file(given.at("--out"));
  TRY_VOID(format == Format::xlsx ? write_sheets(file, tables, session.language())
                                  : write_text(session, file, tables.front(), session.language()));
  TRY(auto* engine, session.engine());
  TRY_VOID(note_access(engine->local(), session.world().clock, Access::report, name, *count));
  if (out.json()) {
    out.document().object().pair("file", file.string()).count("rows", *count).end_object();
  }
  out.line(file.string() + ": " + std::to_string(*count) +
           std::string(out.pick(" baris", " rows")));
  return {};
}

}  // namespace

Commands report_commands() {
  return {
      {"report",
       "needs|consolidated|person|opensid --format xlsx|csv --out FILE [--public] [--id ID] "
       "[--program ID]",
       "menulis laporan ke berkas",
       "write a report into a file",
       {{"NAME", Param::one, true,
         "needs, consolidated (rekap), person (semua tentang satu orang), atau opensid (peserta "
         "program bantuan untuk OpenSID)",
         "needs, consolidated, person (all that is kept about one), or opensid (recipients of an "
         "aid program, for OpenSID)"},
        {"--id", Param::one, false, "catatan orangnya, untuk person", "whose record, for person"},
        {"--program", Param::one, false, "program bantuannya, untuk opensid",
         "whose recipients, for opensid"},
        {"--format", Param::one, true, "xlsx atau csv", "xlsx or csv"},
        {"--out", Param::one, true, "berkas yang ditulis", "the file to write"},
        {"--public", Param::flag, false, "hanya yang boleh tampil di papan, tanpa nama",
         "only what may stand on the notice board, without names"}},
       report},
  };
}

}  // namespace rukun::cli
