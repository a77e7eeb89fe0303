#include "app/cli/report_where.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "app/cli/filter.h"
#include "app/engine/authors.h"
#include "platform/base/check.h"

namespace rukun::cli {
namespace {

// "needs" lists needs.
std::string_view kind_in(std::string_view report) { return report.substr(0, report.size() - 1); }

}  // namespace

Result<OnlyThese> only_where(Session& session, const Arguments& given, std::string_view report) {
  const auto& expressions = given.all("--where");
  if (expressions.empty()) return OnlyThese();
  const KindSpec* kind = find_kind(kind_in(report));
  CHECK_BUG(kind != nullptr);
  std::vector<Filter> filters;
  for (const auto& text : expressions) {
    TRY(auto filter, read_filter(*kind, text, session.reading_anywhere()));
    filters.push_back(std::move(filter));
  }
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  if (spaces.empty()) return OnlyThese();
  Query query{.kind = kind->id};
  for (const auto& space : spaces) query.spaces.push_back(space.number);
  auto& records = engine->records();
  TRY(const auto derived, Derived::load(records, query.spaces, kind->id, derived_context(*engine)));
  const auto showing = session.showing(spaces.front());
  // Of each space the records that fit; a report reads them again in its own way.
  const auto fitting =
      std::make_shared<std::unordered_map<std::uint32_t, std::unordered_set<RecordId, IdHash>>>();
  TRY_VOID(records.each_row(query, [&](Row& row) -> Result<bool> {
    const bool fits = std::all_of(filters.begin(), filters.end(), [&](const Filter& filter) {
      return holds(filter, row, *records.table(kind->id), derived, showing);
    });
    if (fits) (*fitting)[row.space].insert(row.id);
    return true;
  }));
  return OnlyThese([fitting](std::uint32_t space, const RecordId& record) {
    const auto found = fitting->find(space);
    return found != fitting->end() && found->second.count(record) != 0;
  });
}

std::string where_note(Session& session, const Arguments& given) {
  std::string out;
  for (const auto& text : given.all("--where"))
    out += (out.empty() ? std::string(session.pick("Hanya yang: ", "Only those with: "))
                        : std::string(session.pick(" dan ", " and "))) +
           text;
  return out;
}

}  // namespace rukun::cli
