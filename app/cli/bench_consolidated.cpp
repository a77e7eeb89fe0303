// What an office waits for: the needs of very many neighborhoods summed up and written as a
// spreadsheet, by a program that was just opened, and how much memory it takes.
#include <algorithm>
#include <filesystem>

#include "app/cli/bench_office.h"
#include "app/cli/bench_tools.h"
#include "app/report/consolidated.h"
#include "app/report/needs.h"
#include "app/report/recap_list.h"
#include "app/report/xlsx.h"
#include "platform/process.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kSpacesAtOnce = 100, kMostSpaces = 500;  // the first times the scale
constexpr std::size_t kAllNeeds = 100'000;                     // times the scale
constexpr std::size_t kAsked = 5;

template <class Work>
Result<double> time_of(const Work& work) {
  const double begin = seconds();
  TRY_VOID(work());
  return seconds() - begin;
}

struct OfficeTimes {
  double sources_ms = 0, query_ms = 0, xlsx_s = 0, needs_xlsx_s = 0, lines = 0;
  double list_s = 0, list_xlsx_s = 0;
};

Result<OfficeTimes> office_times(Engine& engine, const World& world, const Path& place) {
  OfficeTimes out;
  const auto spaces = engine.spaces();
  std::vector<SpaceSource> sources;
  std::optional<Consolidated> made;
  std::vector<double> asked_sources, asked;
  const ConsolidatedOptions options{Language::id, world.clock.now(), 7, &world.items};
  for (std::size_t i = 0; i < kAsked; ++i) {
    TRY(const auto first_s, time_of([&]() -> Status {
          TRY(sources, sources_of(engine, spaces));
          return {};
        }));
    TRY(const auto second_s, time_of([&]() -> Status {
          TRY(made, consolidated(engine.records(), sources, options));
          return {};
        }));
    asked_sources.push_back(first_s * 1e3);
    asked.push_back(second_s * 1e3);
  }
  out.sources_ms = percentile(asked_sources, 0.5);
  out.query_ms = percentile(asked, 0.5);
  out.lines = static_cast<double>(made->rows);
  TRY(out.xlsx_s, time_of([&]() -> Status {
        const std::vector<Table> tables{made->by_space, made->totals};
        return write_xlsx(place / "rekap.xlsx", tables, {});
      }));
  // All that `report consolidated` writes, with the records behind the numbers.
  std::optional<RecapList> list;
  TRY(out.list_s, time_of([&]() -> Status {
        TRY(list, recap_list(engine, sources, {options}));
        return {};
      }));
  TRY(out.list_xlsx_s,
      time_of([&] { return write_xlsx(place / "seluruhnya.xlsx", list->tables, {}); }));
  list.reset();
  TRY(out.needs_xlsx_s, time_of([&]() -> Status {
        TRY(const auto table,
            needs_table(engine.records(), spaces, {Language::id, false, &world.items}));
        return write_xlsx(place / "kebutuhan.xlsx", {&table, 1}, {});
      }));
  return out;
}

}  // namespace

Status measure_consolidated(Session& session, std::size_t scale, Output& out) {
  World& world = session.world();
  const Scratch scratch(world.random);
  const auto spaces = std::min(kMostSpaces, kSpacesAtOnce * scale);
  const auto before_bytes = resident_bytes();
  TRY(const auto made_s,
      time_of([&] { return make_office(world, scratch, spaces, kAllNeeds * scale); }));
  double begin = seconds();
  TRY(auto engine, bench_engine_again(world, scratch));
  const double open_s = seconds() - begin;
  const auto opened_bytes = resident_bytes();
  TRY(const auto times, office_times(engine, world, scratch.path()));
  const auto end_bytes = resident_bytes();
  TRY(const auto view, engine.records().image());
  print(out, "consolidated",
        {{"spaces", static_cast<double>(spaces)},
         {"needs", static_cast<double>(kAllNeeds * scale)},
         {"made_s", made_s},
         {"open_s", open_s},
         {"view_bytes", static_cast<double>(view.view().size())},
         {"resident_before_bytes", static_cast<double>(before_bytes)},
         {"resident_opened_bytes", static_cast<double>(opened_bytes)},
         {"resident_end_bytes", static_cast<double>(end_bytes)},
         {"sources_ms", times.sources_ms},
         {"query_ms", times.query_ms},
         {"lines", times.lines},
         {"xlsx_s", times.xlsx_s},
         {"list_s", times.list_s},
         {"list_xlsx_s", times.list_xlsx_s},
         {"needs_xlsx_s", times.needs_xlsx_s}});
  return {};
}

}  // namespace rukun::cli
