#pragma once
// What the village office hands on: needs of all neighborhoods summed by neighborhood, category,
// item and unit, with where the numbers come from. Sums stay within what converts exactly. A
// neighborhood without fresh data or a report mark is "belum lapor", never a zero. Errors: io. One
// thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/need_sums.h"
#include "app/report/table.h"

namespace rukun {

struct SpaceSource {
  SpaceInfo space;
  std::optional<WallTime> last_exchange;  // by the clocks of those it was exchanged with
};
// With what the engine knows about exchanges. One of which nothing has arrived is called by its id.
Result<std::vector<SpaceSource>> sources_of(Engine& engine, const std::vector<SpaceInfo>& spaces);

struct ConsolidatedOptions {
  Language language = Language::id;
  WallTime now;
  int fresh_days = 7;  // older data does not count as reported
  const ItemCatalogue* items = nullptr;
};

// Whether a neighborhood has said how it stands: by a mark, or by fresh needs.
enum class Reported : std::uint8_t { no, yes, nothing_needed };
// "belum lapor"; of `yes`: what stands where there is nothing to add up.
std::string reported_words(Reported state, Language language);
// "hari ini", "3 hari yang lalu".
std::string days_ago(std::int64_t days, Language language);

struct SpaceReport {
  Reported state = Reported::no;
  std::optional<std::int64_t> last_mark;  // yyyymmdd
  std::optional<WallTime> latest_need;    // changed then
};
struct SumLine {  // as a row of by_space, in the unit that sums are kept in
  std::uint32_t space = 0;
  std::int64_t category = 0;
  NeedSums sums;
  std::string item;  // as stored
  std::int64_t needs = 0;
};

struct Consolidated {
  Table by_space;  // by neighborhood, category, item, unit
  Table totals;    // over all of them
  std::size_t rows = 0;
  std::vector<SpaceReport> reports;  // in the order of the sources
  std::vector<SumLine> sums;         // likewise
};
Result<Consolidated> consolidated(Projection& records, const std::vector<SpaceSource>& sources,
                                  const ConsolidatedOptions& options);

}  // namespace rukun
