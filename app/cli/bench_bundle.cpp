// A year of a kelurahan (W1) as one bundle: written from the log store into a file, and read by a
// laptop that has nothing yet, until all of it is verified, durable and searchable.
#include "app/cli/bench_tools.h"
#include "app/cli/bench_workload.h"
#include "platform/process.h"
#include "platform/random.h"
#include "storage/log_store.h"
#include "storage/projection.h"
#include "sync/bundle.h"

namespace rukun::cli {
namespace {

constexpr std::uint64_t kBundleSeed = 20261122;

// What a laptop keeps, without the engine around it: a benchmark's writers are no members.
struct Keeper {
  Keeper(Vault made, Projection empty) : vault(std::move(made)), view(std::move(empty)) {}
  Vault vault;
  std::optional<LogStore> store;
  Projection view;
  SegmentCodec codec;
};

Status open_keeper(World& world, const Workload& work, const Path& place,
                   std::optional<Keeper>& out) {
  TRY(auto vault, Vault::create_raw({place, {}, true}, world.files, Secret::copy_of(Bytes(32, 1)),
                                    world.random));
  TRY(auto view, Projection::create(bench_schema()));
  out.emplace(std::move(vault), std::move(view));
  TRY(out->store, LogStore::open(
                      out->vault, [&work](const EpochId&) { return &work.key; }, world.random));
  TRY_VOID(out->store->add_space(work.space));
  out->view.space_number(work.space);
  return {};
}

Status take(Keeper& keeper, const Workload& work, ByteView segment) {
  const EpochKeys keys = [&](const EpochId&) { return &work.key; };
  TRY(auto opened, keeper.codec.open(segment, work.space, keys));
  TRY(const auto run, verify(std::move(opened)));
  TRY(const auto appended, keeper.store->append(run, work.epoch, segment));
  return keeper.view.merge(appended.fresh(run), {}, false, {});
}

template <class Work>
Status in_batch(Keeper& keeper, const Work& work) {
  TRY_VOID(keeper.store->begin_batch());
  TRY_VOID(keeper.view.begin());
  TRY_VOID(work());
  TRY_VOID(keeper.store->commit_batch());
  return keeper.view.commit();
}

Result<std::uint64_t> write_bundle(World& world, Keeper& keeper, const Workload& work,
                                 const Path& file) {
  TRY(auto writer, world.files.open_writer(file, WriteAs::new_verified));
  BundleWriter out([&](ByteView bytes) { return writer->write(bytes); }, world.random);
  TRY(const auto pieces, keeper.store->missing_for(0, {}));
  TRY_VOID(out.begin_space(work.space));
  for (const auto& piece : pieces) {
    TRY(const auto bytes, keeper.store->read(piece));
    TRY_VOID(out.segment(bytes));
  }
  TRY_VOID(out.end_space(work.epoch, work.key));
  TRY_VOID(out.finish());
  TRY_VOID(writer->finish());
  return out.bytes();
}

Status read_bundle(World& world, Keeper& keeper, const Workload& work, const Path& file) {
  TRY(auto from, world.files.open_reader(file));
  BundleReader reader([&](std::span<std::uint8_t> into) { return from->read(into); });
  const EpochKeys keys = [&](const EpochId&) { return &work.key; };
  for (;;) {
    TRY(const auto chunk, reader.next());
    if (!chunk) return {};
    if (chunk->type == ChunkType::segment) TRY_VOID(take(keeper, work, chunk->bytes));
    if (chunk->type == ChunkType::end) TRY_VOID(reader.check_end(*chunk, work.space, keys));
  }
}

// The least for a file: its bytes as one row, committed.
Result<double> bare_file_s(const Path& place, std::uint64_t size) {
  TRY(auto db, Db::open_durable({place / "file.db", {}, true}));
  TRY_VOID(db.execute("CREATE TABLE file(bytes BLOB)"));
  TRY(auto insert, db.prepare("INSERT INTO file VALUES(?1)"));
  const Bytes bytes(static_cast<std::size_t>(size), 7);
  const double begin = seconds();
  TRY_VOID(insert.bind(1, ByteView(bytes)).run());
  return seconds() - begin;
}

struct BundleTimes {
  double export_s = 0, import_s = 0;
  std::uint64_t bundle_bytes = 0, view_bytes = 0, grown_bytes = 0;
};

Status import_once(World& world, const Workload& work, const Path& place, const Path& file,
                   BundleTimes& out) {
  const auto before = resident_bytes();
  std::optional<Keeper> keeper;
  TRY_VOID(open_keeper(world, work, place, keeper));
  const double begin = seconds();
  TRY_VOID(in_batch(*keeper, [&] { return read_bundle(world, *keeper, work, file); }));
  const double took = seconds() - begin;
  if (out.import_s == 0 || took < out.import_s) out.import_s = took;
  const auto after = resident_bytes();
  out.grown_bytes = std::max(out.grown_bytes, after > before ? after - before : 0);
  TRY(const auto shown, keeper->view.record_count(0));
  if (shown != work.records) return error(Code::damaged, "the benchmark lost records");
  TRY(const auto image, keeper->view.image());
  out.view_bytes = image.view().size();
  return {};
}

}  // namespace

Status measure_bundle(Session& session, std::size_t scale, Output& out) {
  World& world = session.world();
  SeededRandom seeded(kBundleSeed);
  TRY(const auto work, make_workload(kW1Authors * scale, 0, seeded));
  const Scratch scratch(world.random);
  BundleTimes times;
  constexpr int kRuns = 3;
  {
    std::optional<Keeper> from;
    TRY_VOID(open_keeper(world, work, scratch.path() / "from", from));
    TRY_VOID(in_batch(*from, [&]() -> Status {
      for (const auto& segment : work.segments) TRY_VOID(take(*from, work, segment));
      return {};
    }));
    for (int run = 0; run < kRuns; ++run) {
      const auto file = scratch.path() / (std::to_string(run) + ".rukun");
      const double begin = seconds();
      TRY(times.bundle_bytes, write_bundle(world, *from, work, file));
      const double took = seconds() - begin;
      if (run == 0 || took < times.export_s) times.export_s = took;
    }
  }
  for (int run = 0; run < kRuns; ++run)
    TRY_VOID(import_once(world, work, scratch.path() / ("to" + std::to_string(run)),
                         scratch.path() / (std::to_string(run) + ".rukun"), times));
  TRY(const auto bare_export, bare_file_s(scratch.path(), times.bundle_bytes));
  TRY(const auto bare_import, bare_rows_s(scratch.path(), work.records));
  print(out, "bundle",
        {{"records", static_cast<double>(work.records)},
         {"transactions", static_cast<double>(work.transactions)},
         {"field_writes", static_cast<double>(work.field_writes)},
         {"bundle_bytes", static_cast<double>(times.bundle_bytes)},
         {"export_s", times.export_s},
         {"bare_blob_commit_s", bare_export},
         {"import_s", times.import_s},
         {"bare_rows_s", bare_import},
         {"import_to_bare", times.import_s / bare_import},
         {"view_bytes", static_cast<double>(times.view_bytes)},
         {"import_grown_bytes", static_cast<double>(times.grown_bytes)}});
  return {};
}

}  // namespace rukun::cli
