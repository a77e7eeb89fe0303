// What somebody waits for who opens the program: a neighborhood's office with few and with very
// many records, passphrase aside, until the first lists can be shown, and how much memory it takes
// then.
#include "app/cli/bench_office.h"
#include "app/cli/bench_tools.h"
#include "app/domain/fields.h"
#include "platform/process.h"
#include "storage/sqlite.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kFewNeeds = 4'000, kManyNeeds = 80'000;  // 5,000 and 100,000 records
constexpr std::size_t kUnlockSpaces = 10;
constexpr std::size_t kUnlocks = 5;
constexpr std::size_t kFirstRows = 200;
constexpr std::size_t kBarePiece = 1024 * 1024;

struct UnlockTimes {
  std::uint64_t records = 0, view_bytes = 0, resident_bytes = 0;
  std::vector<double> unlock_ms, first_list_ms, bare_ms;
};

// The least: a plain SQLite database with as many bytes in pieces as large, opened and read.
Status make_bare(const Path& file, std::uint64_t bytes) {
  TRY(auto db, Db::open_durable({file, {}, true}));
  TRY_VOID(db.execute("CREATE TABLE piece(n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"));
  TRY(auto insert, db.prepare("INSERT INTO piece(bytes) VALUES(?1)"));
  const Bytes piece(kBarePiece, 7);
  TRY(auto transaction, Transaction::begin(db));
  for (std::uint64_t at = 0; at < bytes; at += kBarePiece)
    TRY_VOID(insert.bind(1, ByteView(piece)).run());
  return transaction.commit();
}

Result<double> read_bare(const Path& file, std::uint64_t bytes) {
  const double begin = seconds();
  TRY(auto db, Db::open_durable({file, {}, false}));
  TRY(auto pieces, db.prepare("SELECT bytes FROM piece"));
  std::uint64_t held = 0;
  Bytes copy;
  for (;;) {
    TRY(const bool more, pieces.step());
    if (!more) break;
    const auto piece = pieces.blob(0);
    copy.assign(piece.begin(), piece.end());
    held += copy.size();
  }
  if (held < bytes) return error(Code::damaged, "the benchmark lost bytes");
  return (seconds() - begin) * 1e3;
}

Status unlock_once(const World& world, const Scratch& scratch, UnlockTimes& out) {
  double begin = seconds();
  TRY(auto engine, bench_engine_again(world, scratch));
  out.unlock_ms.push_back((seconds() - begin) * 1e3);
  begin = seconds();
  TRY(const auto rows, engine.records().rows({.kind = fields::need::kKind,
                                              .spaces = {engine.spaces().at(0).number},
                                              .descending = true,
                                              .limit = kFirstRows}));
  TRY(const auto status, engine.status(engine.spaces().at(0).id));
  out.first_list_ms.push_back((seconds() - begin) * 1e3);
  if (rows.size() != kFirstRows || status.records == 0)
    return error(Code::damaged, "the benchmark lost records");
  out.resident_bytes = std::max(out.resident_bytes, resident_bytes());
  out.records = 0;
  for (const auto& space : engine.spaces()) {
    TRY(const auto held, engine.records().record_count(space.number));
    out.records += held;
  }
  TRY(const auto image, engine.records().image());
  out.view_bytes = image.view().size();
  return {};
}

Result<UnlockTimes> unlock_times(const World& world, std::size_t needs) {
  const Scratch scratch(world.random);
  TRY_VOID(make_office(world, scratch, kUnlockSpaces, needs));
  UnlockTimes out;
  const auto bare = scratch.path() / "bare.db";
  for (std::size_t i = 0; i < kUnlocks; ++i) {
    TRY_VOID(unlock_once(world, scratch, out));
    if (i == 0) TRY_VOID(make_bare(bare, out.view_bytes));
    TRY(const auto bare_ms, read_bare(bare, out.view_bytes));
    out.bare_ms.push_back(bare_ms);
  }
  return out;
}

}  // namespace

Status measure_unlock(Session& session, std::size_t scale, Output& out) {
  World& world = session.world();
  const auto before_bytes = resident_bytes();
  TRY(const auto few, unlock_times(world, kFewNeeds * scale));
  TRY(const auto many, unlock_times(world, kManyNeeds * scale));
  const auto of = [](const std::vector<double>& times) { return percentile(times, 0.5); };
  print(out, "unlock",
        {{"resident_before_bytes", static_cast<double>(before_bytes)},
         {"few_records", static_cast<double>(few.records)},
         {"few_unlock_ms", of(few.unlock_ms)},
         {"few_first_list_ms", of(few.first_list_ms)},
         {"few_bare_read_ms", of(few.bare_ms)},
         {"few_view_bytes", static_cast<double>(few.view_bytes)},
         {"few_resident_bytes", static_cast<double>(few.resident_bytes)},
         {"many_records", static_cast<double>(many.records)},
         {"many_unlock_ms", of(many.unlock_ms)},
         {"many_first_list_ms", of(many.first_list_ms)},
         {"many_bare_read_ms", of(many.bare_ms)},
         {"many_view_bytes", static_cast<double>(many.view_bytes)},
         {"many_resident_bytes", static_cast<double>(many.resident_bytes)},
         {"unlock_to_bare", of(many.unlock_ms) / of(many.bare_ms)}});
  return {};
}

}  // namespace rukun::cli
