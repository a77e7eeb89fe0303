#include "app/cli/report_recap.h"

#include "app/domain/fields.h"

namespace rukun::cli {

Result<RecapList> office_list(Session& session, const Arguments& given, ReportFormat format) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  TRY(const auto sources, sources_of(*engine, spaces));
  auto& world = session.world();
  const bool one_table = format == ReportFormat::csv || format == ReportFormat::hxl;
  RecapListOptions options{{session.language(), world.clock.now(), 7, &world.items}};
  options.whole = !one_table;
  // Members' names, and a sheet to search in: neither is for the board nor for paper.
  options.records = format == ReportFormat::xlsx && !given.has("--public");
  if (given.has("--since")) {
    namespace mark = fields::report_mark;
    if (one_table)
      return error(Code::bad_value,
                   "--since, --format " + std::string(name_of(format)) +
                       std::string(session.pick(": berkas ini memuat satu tabel saja",
                                                ": this file holds one table only")),
                   "--format xlsx, pdf, text");
    TRY(const auto day, parse_value(kind_of(mark::kKind).field(mark::kPeriod), given.at("--since"),
                                    session.reading({})));
    const auto* date = std::get_if<std::int64_t>(&day);
    if (date == nullptr)
      return error(Code::bad_value, "--since: " + given.at("--since"), "2026-11-22");
    options.since = *date;
  }
  return recap_list(*engine, sources, options);
}

Status hand_in(Session& session) {
  TRY(auto* engine, session.engine());
  TRY(const auto list, office_list(session, Arguments(), ReportFormat::csv));
  return keep_handed_in(engine->local(), list.version);
}

}  // namespace rukun::cli
