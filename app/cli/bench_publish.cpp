// How fast neighborhoods come into a PostgreSQL database, beside what COPY alone takes there.
#include "app/cli/bench_tools.h"
#include "app/domain/fields.h"
#include "app/publish/gather.h"
#include "app/publish/postgres.h"
#include "app/publish/publish.h"

namespace rukun::cli {
namespace {

constexpr const char* kBenchSchema = "rukun_bench";  // dropped before and after
constexpr std::size_t kBenchSpaces = 10;
constexpr std::size_t kNeedsInSpace = 1000;  // times the scale
constexpr std::size_t kNeedsAtOnce = 500;
constexpr std::size_t kChangesInSpace = 10;

struct BenchSpace {
  SpaceId id;
  std::vector<RecordId> needs;
};

AddRecord bench_need(std::size_t number) {
  using namespace fields::need;
  return {kKind,
          {{kTitle, OpType::put, "Beras untuk keluarga " + std::to_string(number)},
           {kCategory, OpType::put, static_cast<std::int64_t>(1 + number % 5)},
           {kItem, OpType::put, std::string("rice")},
           {kQuantity, OpType::put, static_cast<std::int64_t>(1000 * (1 + number % 50))},
           {kUnit, OpType::put, std::string("kg")}}};
}

Result<std::vector<BenchSpace>> fill_spaces(Engine& engine, std::size_t needs) {
  std::vector<BenchSpace> out;
  for (std::size_t s = 0; s < kBenchSpaces; ++s) {
    TRY(const auto created, engine.create_space("RT 0" + std::to_string(10 + s), ""));
    BenchSpace space{created.space, {}};
    for (std::size_t from = 0; from < needs; from += kNeedsAtOnce) {
      Action action;
      for (auto i = from; i < std::min(needs, from + kNeedsAtOnce); ++i)
        action.changes.push_back(bench_need(i));
      TRY(auto outcome, engine.execute(space.id, action));
      for (const auto& id : outcome.records) space.needs.push_back(id);
    }
    out.push_back(std::move(space));
  }
  return out;
}

Status change_some(Engine& engine, const std::vector<BenchSpace>& spaces) {
  for (const auto& space : spaces)
    for (std::size_t i = 0; i < kChangesInSpace; ++i)
      TRY_VOID(engine.execute(
          space.id, {{SetFields{space.needs.at(i),
                                {{fields::need::kQuantity, OpType::put, std::int64_t{77'000}}}}}}));
  return {};
}

// The same lines into a table like the published one, in one COPY.
Result<double> bare_copy(Engine& engine, const std::string& conninfo) {
  TRY(auto rows, gather_rows(engine.records(), engine.spaces(), engine.member(), false));
  TRY(auto server, Postgres::connect(conninfo, Language::en));
  const auto place = pg_name(kBenchSchema) + ".";
  TRY_VOID(server.run("CREATE TABLE " + place + "bare (LIKE " + place + "need INCLUDING ALL)"));
  const auto& tables = published_tables();
  double took = 0;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (tables[t].kind->id != fields::need::kKind) continue;
    std::string columns;
    for (const auto* column : copied_columns(tables[t]))
      columns += (columns.empty() ? "" : ", ") + pg_name(column->name);
    const double begin = seconds();
    TRY_VOID(server.begin_copy("COPY " + place + "bare (" + columns + ") FROM STDIN"));
    for (const auto& [space, of_space] : rows)
      for (const auto& row : of_space.tables[t].rows) TRY_VOID(server.copy(row.line));
    TRY_VOID(server.end_copy());
    took = seconds() - begin;
  }
  return took;
}

Status drop_bench(const std::string& conninfo) {
  TRY(auto server, Postgres::connect(conninfo, Language::en));
  return server.run("DROP SCHEMA IF EXISTS " + pg_name(kBenchSchema) + " CASCADE");
}

struct PublishTimes {
  double rows = 0, all_s = 0, unchanged_s = 0, changes_s = 0, bare_s = 0;
};

Result<PublishTimes> publish_times(Engine& engine, const std::vector<BenchSpace>& spaces,
                                   const std::string& conninfo) {
  PublishTimes out;
  const PublishOptions options{conninfo, kBenchSchema};
  const auto timed = [&](double& took) -> Result<PublishReport> {
    const double begin = seconds();
    TRY(auto report, publish_postgres(engine, engine.spaces(), options));
    took = seconds() - begin;
    return report;
  };
  TRY(const auto all, timed(out.all_s));
  for (const auto& one : all.spaces) out.rows += static_cast<double>(one.rows);
  TRY_VOID(timed(out.unchanged_s));
  TRY_VOID(change_some(engine, spaces));
  TRY(const auto few, timed(out.changes_s));
  std::uint64_t changed = 0;
  for (const auto& one : few.spaces) changed += one.changed;
  if (changed != kBenchSpaces * kChangesInSpace)
    return error(Code::damaged, "the benchmark sent other rows than it changed");
  TRY(out.bare_s, bare_copy(engine, conninfo));
  return out;
}

}  // namespace

Status measure_publish(Session& session, std::size_t scale, const std::string& conninfo,
                       Output& out) {
  if (conninfo.empty())
    return error(Code::bad_value, "bench publish: --into", "--into \"host=... dbname=...\"");
  World& world = session.world();
  const Scratch scratch(world.random);
  TRY(auto engine, bench_engine(world, scratch));
  TRY(const auto spaces, fill_spaces(engine, kNeedsInSpace * scale));
  TRY_VOID(drop_bench(conninfo));
  const auto times = publish_times(engine, spaces, conninfo);
  TRY_VOID(drop_bench(conninfo));
  if (!times) return tl::make_unexpected(times.error());
  print(out, "publish",
        {{"rows", times->rows},
         {"publish_s", times->all_s},
         {"rows_per_s", times->rows / times->all_s},
         {"bare_copy_s", times->bare_s},
         {"bare_rows_per_s", times->rows / times->bare_s},
         {"publish_to_bare", times->all_s / times->bare_s},
         {"unchanged_s", times->unchanged_s},
         {"changes_100_s", times->changes_s}});
  return {};
}

}  // namespace rukun::cli
