#include "app/cli/report_office.h"

#include "app/domain/fields.h"
#include "app/report/call.h"
#include "app/report/named.h"

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

// The program or drive that was named, in its own neighborhood.
Result<ReportAsked> asked_about(Session& session, std::string_view name, const Arguments& given) {
  const bool drive = name == "drive";
  TRY(const auto found, record_for(session, name, given, drive ? "--id" : "--program",
                                   drive ? fields::drive::kKind : fields::program::kKind));
  ReportAsked asked;
  asked.spaces = {found.space};
  asked.about = found.id;
  asked.for_public = given.has("--public");
  asked.now = session.world().clock.now();
  asked.showing = session.showing(found.space);
  return asked;
}

}  // namespace

Result<std::optional<std::vector<Table>>> office_tables(Session& session, std::string_view name,
                                                        const Arguments& given) {
  using Found = std::optional<std::vector<Table>>;
  TRY(auto* engine, session.engine());
  if (name == "ledger" || name == "visits" || name == "drive") {
    TRY(const auto asked, asked_about(session, name, given));
    return named_tables(*engine, name, asked);
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
