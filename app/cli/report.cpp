// Reports into files.
#include <array>

#include "app/cli/print.h"
#include "app/engine/access_log.h"
#include "app/report/consolidated.h"
#include "app/report/needs.h"
#include "app/report/person.h"

namespace rukun::cli {
namespace {

constexpr std::array kTableFormats{ReportFormat::xlsx, ReportFormat::csv, ReportFormat::hxl,
                                   ReportFormat::pdf};

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
                                     const Arguments& given, ReportFormat format) {
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
    TRY(auto table, person_table(*engine, found.space, found.id, session.showing(found.space),
                                 format == ReportFormat::pdf));
    return std::vector<Table>{std::move(table)};
  }
  return error(Code::bad_value, "report " + std::string(name), "needs, consolidated, person");
}

Status report(Session& session, const Arguments& given, Output& out) {
  const auto& name = given.at("NAME");
  TRY(const auto format, read_report_format(given.at("--format"), kTableFormats));
  TRY(auto tables, tables_of(session, name, given, format));
  const auto count = std::make_shared<std::uint64_t>(0);
  tables.front() = counting(std::move(tables.front()), count);
  const Path file(given.at("--out"));
  TRY_VOID(write_tables(session, file, format, std::move(tables)));
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
       "needs|consolidated|person --format xlsx|csv|hxl|pdf --out FILE [--public] [--id ID]",
       "menulis laporan ke berkas",
       "write a report into a file",
       {{"NAME", Param::one, true,
         "needs, consolidated (rekap), atau person (semua tentang satu orang)",
         "needs, consolidated, or person (all that is kept about one)"},
        {"--id", Param::one, false, "catatan orangnya, untuk person", "whose record, for person"},
        {"--format", Param::one, true, "xlsx, csv, hxl (csv dengan tagar, tanpa nama) atau pdf",
         "xlsx, csv, hxl (csv with hashtags, without names) or pdf"},
        {"--out", Param::one, true, "berkas yang ditulis", "the file to write"},
        {"--public", Param::flag, false, "hanya yang boleh tampil di papan, tanpa nama",
         "only what may stand on the notice board, without names"}},
       report},
  };
}

}  // namespace rukun::cli
