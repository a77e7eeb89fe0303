// The project's own measurements. Times are of this run on this machine; what counts are their
// ratios to the bare-SQLite figures beside them. Made data, in a folder that is removed again.
#include <algorithm>
#include <filesystem>

#include "app/cli/bench_tools.h"
#include "app/cli/bench_workload.h"
#include "app/cli/session.h"
#include "app/domain/fields.h"
#include "platform/random.h"
#include "storage/log_store.h"
#include "storage/projection.h"

namespace rukun::cli {
namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr std::size_t kCommits = 2000;
constexpr const char* kBenches =
    "w1, w2, commit, delta, authority, unlock, query, consolidated, bundle, roster, publish";

struct MergeTimes {
  double open_s = 0, store_s = 0, merge_s = 0, all_s = 0;
  std::uint64_t disk_bytes = 0, shown = 0;
};

// What a fresh laptop does with received segments: open, verify, make durable, merge, project,
// index.
Result<MergeTimes> merge_all(World& world, const Workload& work, const Path& place) {
  const Bytes raw_key(32, 1);
  TRY(auto vault,
      Vault::create_raw({place, {}, true}, world.files, Secret::copy_of(raw_key), world.random));
  const EpochKeys keys = [&](const EpochId&) { return &work.key; };
  TRY(auto store, LogStore::open(vault, keys, world.random));
  TRY_VOID(store.add_space(work.space));
  TRY(auto projection, Projection::create(bench_schema()));
  projection.space_number(work.space);
  SegmentCodec codec;
  MergeTimes times;
  const double begin = seconds();
  TRY_VOID(store.begin_batch());
  TRY_VOID(projection.begin());
  for (const auto& segment : work.segments) {
    double at = seconds();
    TRY(auto opened, codec.open(segment, work.space, keys));
    TRY(const auto run, verify(std::move(opened)));
    times.open_s += seconds() - at;
    at = seconds();
    TRY(const auto appended, store.append(run, work.epoch, segment));
    times.store_s += seconds() - at;
    at = seconds();
    TRY_VOID(projection.merge(appended.fresh(run), {}, false, {}));
    times.merge_s += seconds() - at;
  }
  double at = seconds();
  TRY_VOID(store.commit_batch());
  times.store_s += seconds() - at;
  at = seconds();
  TRY_VOID(projection.commit());
  times.merge_s += seconds() - at;
  times.all_s = seconds() - begin;
  TRY(times.shown, projection.record_count(0));
  TRY_VOID(vault.db().checkpoint());
  times.disk_bytes = std::filesystem::file_size(vault.file());
  return times;
}

Status merging(Session& session, std::size_t authors, unsigned foreign, std::string_view name,
               Output& out) {
  World& world = session.world();
  SeededRandom seeded(kSeed);
  TRY(const auto work, make_workload(authors, foreign, seeded));
  const Scratch scratch(world.random);
  MergeTimes best;
  constexpr int kRuns = 3;
  for (int run = 0; run < kRuns; ++run) {
    TRY(const auto times, merge_all(world, work, scratch.path() / std::to_string(run)));
    if (times.shown != work.records) return error(Code::damaged, "the benchmark lost records");
    if (run == 0 || times.all_s < best.all_s) best = times;
  }
  TRY(const auto bare, bare_rows_s(scratch.path(), work.records));
  const auto writes = static_cast<double>(work.field_writes);
  print(out, name,
        {{"records", static_cast<double>(work.records)},
         {"transactions", static_cast<double>(work.transactions)},
         {"field_writes", writes},
         {"merge_s", best.all_s},
         {"open_verify_s", best.open_s},
         {"store_s", best.store_s},
         {"project_s", best.merge_s},
         {"field_writes_per_s", writes / best.all_s},
         {"bare_rows_s", bare},
         {"merge_to_bare", best.all_s / bare},
         {"wire_bytes", static_cast<double>(work.wire_bytes)},
         {"wire_bytes_per_field_write", static_cast<double>(work.wire_bytes) / writes},
         {"disk_bytes", static_cast<double>(best.disk_bytes)},
         {"disk_to_wire",
          static_cast<double>(best.disk_bytes) / static_cast<double>(work.wire_bytes)}});
  return {};
}

// One local change against one bare FULL commit of a row of the same size, turn by turn on the same
// disk.
Status committing(Session& session, std::size_t commits, Output& out) {
  World& world = session.world();
  const Scratch scratch(world.random);
  TRY(auto engine, bench_engine(world, scratch));
  TRY(const auto created, engine.create_space("RT 001/RW 001", ""));
  using namespace fields::need;
  TRY(const auto added,
      engine.execute(created.space, {{AddRecord{kKind,
                                                {{kTitle, OpType::put, std::string("Beras")},
                                                 {kCategory, OpType::put, std::int64_t{1}},
                                                 {kQuantity, OpType::put, std::int64_t{1000}},
                                                 {kUnit, OpType::put, std::string("kg")}}}}}));
  TRY(auto bare, Db::open_durable({scratch.path() / "bare.db", {}, true}));
  TRY_VOID(bare.execute("CREATE TABLE row(n INTEGER PRIMARY KEY, b BLOB)"));
  TRY(auto insert, bare.prepare("INSERT INTO row(b) VALUES(?1)"));
  const Bytes row(400, 7);
  std::vector<double> ours, theirs;
  for (std::size_t i = 0; i < commits; ++i) {
    const Action change{
        {SetFields{added.records.at(0),
                   {{kQuantity, OpType::put, static_cast<std::int64_t>((2 + i % 40) * 1000)}}}}};
    double at = seconds();
    TRY_VOID(engine.execute(created.space, change));
    ours.push_back((seconds() - at) * 1e6);
    at = seconds();
    TRY_VOID(insert.bind(1, ByteView(row)).run());
    theirs.push_back((seconds() - at) * 1e6);
  }
  print(out, "commit",
        {{"commits", static_cast<double>(commits)},
         {"commit_p50_us", percentile(ours, 0.5)},
         {"commit_p99_us", percentile(ours, 0.99)},
         {"bare_commit_p50_us", percentile(theirs, 0.5)},
         {"bare_commit_p99_us", percentile(theirs, 0.99)},
         {"p50_to_bare", percentile(ours, 0.5) / percentile(theirs, 0.5)},
         {"p99_to_bare", percentile(ours, 0.99) / percentile(theirs, 0.99)}});
  return {};
}

Status bench(Session& session, const Arguments& given, Output& out) {
  std::size_t scale = 1;
  if (const auto text = given.find("--scale")) {
    TRY(const auto thousandths, parse_thousandths(*text));
    if (thousandths < 1000 || thousandths % 1000 != 0 || thousandths > 50'000)
      return error(Code::bad_value, "--scale: " + std::string(*text), "1 to 50");
    scale = static_cast<std::size_t>(thousandths / 1000);
  }
  const std::string& name = given.at("NAME");
  if (name == "w1") return merging(session, kW1Authors * scale, 0, name, out);
  if (name == "w2") return merging(session, kW2Authors * scale, 20, name, out);
  if (name == "commit") return committing(session, kCommits * scale, out);
  if (name == "delta") return measure_delta(session, scale, out);
  if (name == "authority") return measure_authority(session, scale, out);
  if (name == "unlock") return measure_unlock(session, scale, out);
  if (name == "bundle") return measure_bundle(session, scale, out);
  if (name == "query") return measure_queries(session, scale, out);
  if (name == "consolidated") return measure_consolidated(session, scale, out);
  if (name == "roster") return measure_roster(scale, out);
  if (name == "publish") return measure_publish(session, scale, given.at("--into"), out);
  return error(Code::bad_value, "bench: " + name, kBenches);
}

}  // namespace

Commands bench_commands() {
  return {{"bench",
           "NAME [--scale N] [--into CONNINFO]",
           "mengukur program ini",
           "measure this program",
           {{"NAME", Param::one, true, kBenches, kBenches},
            {"--scale", Param::one, false, "kali lipat data", "times as much data"},
            {"--into", Param::one, false, "basis data PostgreSQL, untuk publish",
             "a PostgreSQL database, for publish"}},
           bench,
           false}};
}

}  // namespace rukun::cli
