#include "app/report/recap_list.h"

namespace rukun {
namespace {

// The list that was handed in last, or last until the end of that day.
Result<std::optional<HandedIn>> earlier_list(Engine& engine, std::optional<std::int64_t> since) {
  TRY(auto versions, handed_in_versions(engine.local()));
  for (auto& version : versions)
    if (!since || local_date(version.at, kWibOffset_min) <= *since)
      return std::optional<HandedIn>(std::move(version));
  if (since)
    return error(Code::not_found, "no list handed in on or before " + iso_date(*since) + " is kept",
                 "rukunctl report consolidated --handed-in");
  return std::optional<HandedIn>();
}

}  // namespace

Result<RecapList> recap_list(Engine& engine, const std::vector<SpaceSource>& sources,
                             const RecapListOptions& options) {
  const auto& base = options.base;
  TRY(auto sums, consolidated(engine.records(), sources, base));
  RecapList out;
  out.version = handed_in_of(sums, sources, base.now);
  out.tables.push_back(std::move(sums.by_space));
  if (!options.whole) return out;
  out.tables.push_back(std::move(sums.totals));
  TRY(const auto recap, Recap::load(engine.records(), sources, base));
  for (auto& table : recap_tables(recap, sums, sources, base))
    out.tables.push_back(std::move(table));
  TRY(const auto before, earlier_list(engine, options.since));
  if (before) out.tables.push_back(changes_table(*before, out.version, base.language, base.items));
  if (!options.records) return out;
  out.tables.push_back(provenance_table(engine, recap, sources, kMostBehind, base));
  return out;
}

}  // namespace rukun
