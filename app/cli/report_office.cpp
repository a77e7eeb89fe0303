#include "app/cli/report_office.h"

#include "app/domain/fields.h"
#include "app/report/call.h"
#include "app/report/drive.h"
#include "app/report/ledger.h"

namespace rukun::cli {
namespace {

Result<FoundRecord> record_for(Session& session, std::string_view report, const Arguments& given,
                               std::string_view option, KindId kind) {
  const auto name = std::string(kind_of(kind).name);
  if (!given.has(option)) {
    return error(Code::bad_value,
                 "report " + std::string(report) + ": " + std::string(option) +
                     std::string(session.pick(" belum diisi", " is missing")),
                 std::string(option) + " ID; rukunctl list " + name);
  }
  TRY(auto found, session.record(given.at(option)));
  if (found.kind->id == kind) return found;
  return error(Code::bad_value,
               std::string(option) + ": " + given.at(option) +
                   std::string(session.pick(" adalah ", " is a ")) + std::string(found.kind->name),
               std::string(session.pick("yang diharapkan: ", "expected: ")) + name);
}

Result<std::pair<SpaceInfo, CallOptions>> call_options(Session& session, const Arguments& given) {
  std::string subject;
  for (const auto* option : {"--activity", "--program", "--id"}) {
    if (!given.has(option)) continue;
    if (!subject.empty())
      return error(Code::bad_value,
                   std::string(session.pick("sebutkan satu saja", "name only one")),
                   "--activity, --program, --id");
    subject = given.at(option);
  }
  CallOptions options{.for_public = given.has("--public"),
                      .now = session.world().clock.now(),
                      .showing = FormatContext(session.language())};
  options.showing.items = &session.world().items;
  if (subject.empty()) {
    TRY(auto space, session.space());
    return std::pair(std::move(space), std::move(options));
  }
  TRY(auto found, session.record(subject));
  options.about = found.id;
  return std::pair(std::move(found.space), std::move(options));
}

Result<std::vector<Table>> program_tables(Session& session, std::string_view name,
                                          const Arguments& given) {
  TRY(const auto found, record_for(session, name, given, "--program", fields::program::kKind));
  TRY(auto* engine, session.engine());
  const ProgramOptions options{given.has("--public"), session.showing(found.space)};
  TRY(auto table, name == "ledger" ? ledger_table(*engine, found.space, found.id, options)
                                   : visits_table(*engine, found.space, found.id, options));
  return std::vector<Table>{std::move(table)};
}

}  // namespace

Result<std::optional<std::vector<Table>>> office_tables(Session& session, std::string_view name,
                                                        const Arguments& given) {
  using Found = std::optional<std::vector<Table>>;
  TRY(auto* engine, session.engine());
  if (name == "ledger" || name == "visits") {
    TRY(auto tables, program_tables(session, name, given));
    return Found(std::move(tables));
  }
  if (name == "drive") {
    TRY(const auto found, record_for(session, name, given, "--id", fields::drive::kKind));
    TRY(auto tables, drive_tables(engine->records(), found.space, found.id,
                                  {given.has("--public"), session.showing(found.space)}));
    return Found(std::move(tables));
  }
  if (name == "call") {
    TRY(const auto asked, call_options(session, given));
    TRY(const auto call, gather_call(engine->records(), asked.first, asked.second));
    return Found(std::vector<Table>{call_table(call)});
  }
  return Found();
}

Result<std::string> call_message(Session& session, const Arguments& given) {
  TRY(auto* engine, session.engine());
  TRY(const auto asked, call_options(session, given));
  TRY(const auto call, gather_call(engine->records(), asked.first, asked.second));
  return call_text(call, session.language());
}

}  // namespace rukun::cli
