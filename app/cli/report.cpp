// Reports into files.
#include <filesystem>

#include "app/cli/report_office.h"
#include "app/cli/session.h"
#include "app/engine/access_log.h"
#include "app/report/consolidated.h"
#include "app/report/csv.h"
#include "app/report/needs.h"
#include "app/report/person.h"
#include "app/report/plain.h"
#include "app/report/xlsx.h"

namespace rukun::cli {
namespace {

enum class Format : std::uint8_t { xlsx, csv, text };

Result<Format> read_format(std::string_view text) {
  if (text == "xlsx") return Format::xlsx;
  if (text == "csv") return Format::csv;
  if (text == "text") return Format::text;
  return error(Code::bad_value, "--format: " + std::string(text), "xlsx, csv, text");
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

constexpr std::string_view kNames = "needs, consolidated, ledger, visits, drive, call, person";

Status write_lines(Session& session, const Path& file,
                   const std::function<Status(const TextSink&)>& write) {
  TRY(auto writer, session.world().files.open_writer(file, WriteAs::replacement));
  TRY_VOID(write([&](std::string_view piece) { return writer->write(view(piece)); }));
  return writer->finish();
}

Status write_tables(Session& session, const Path& file, Format format,
                    const std::vector<Table>& tables) {
  const auto language = session.language();
  if (format == Format::xlsx) return write_sheets(file, tables, language);
  return write_lines(session, file, [&](const TextSink& sink) -> Status {
    if (format == Format::text) {
      for (std::size_t i = 0; i < tables.size(); ++i) {
        if (i > 0) TRY_VOID(sink("\n"));
        TRY_VOID(write_plain(tables[i], language, sink));
      }
      return {};
    }
    CsvOptions options;
    options.language = language;
    return write_csv(tables.front(), options, sink);
  });
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
  TRY(auto tables, office_tables(session, name, given));
  if (tables) return std::move(*tables);
  return error(Code::bad_value, "report " + std::string(name), std::string(kNames));
}

Status report(Session& session, const Arguments& given, Output& out) {
  TRY(const auto format, read_format(given.at("--format")));
  const auto& name = given.at("NAME");
  TRY(auto tables, tables_of(session, name, given));
  const auto count = std::make_shared<std::uint64_t>(0);
  tables.front() = counting(std::move(tables.front()), count);
  const Path file(given.at("--out"));
  if (name == "call" && format == Format::text) {
    TRY(const auto message, call_message(session, given));
    TRY_VOID(write_lines(session, file, [&](const TextSink& sink) { return sink(message); }));
    TRY_VOID(for_each_row(tables.front(), [](const TableRow&) -> Status { return {}; }));
  } else {
    TRY_VOID(write_tables(session, file, format, tables));
  }
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
       "NAME --format xlsx|csv|text --out FILE [--public] [--program ID] [--activity ID] [--id ID]",
       "menulis laporan ke berkas: needs, consolidated, ledger, visits, drive, call, person",
       "write a report into a file: needs, consolidated, ledger, visits, drive, call, person",
       {{"NAME", Param::one, true,
         "needs, consolidated (rekap), ledger (buku bantuan), visits (kunjungan pemeriksaan), "
         "drive (penggalangan), call (panggilan warga), atau person (semua tentang satu orang)",
         "needs, consolidated, ledger (of a program), visits (whom to check on), drive (closing "
         "report), call (for volunteers and gifts), or person (all that is kept about one)"},
        {"--program", Param::one, false, "program bantuan, untuk ledger, visits dan call",
         "the aid program, for ledger, visits and call"},
        {"--activity", Param::one, false, "kegiatan, untuk call", "the activity, for call"},
        {"--id", Param::one, false,
         "catatannya: orang untuk person, penggalangan untuk drive, jadwal atau lainnya untuk call",
         "the record: whose for person, which drive, or what a call is for"},
        {"--format", Param::one, true, "xlsx, csv, atau text (untuk obrolan)",
         "xlsx, csv, or text (for a chat)"},
        {"--out", Param::one, true, "berkas yang ditulis", "the file to write"},
        {"--public", Param::flag, false, "hanya yang boleh tampil di papan, tanpa nama",
         "only what may stand on the notice board, without names"}},
       report},
  };
}

}  // namespace rukun::cli
