#pragma once
// The workloads that the project measures itself by, made from a seed: W1, "a year of a kelurahan",
// and W2, the same with authors who touch each other's records after partial exchanges. What comes
// out is what a neighbor would hand over: sealed segments. The kind of record is declared for the
// benchmark alone. One thread.

#include "platform/files.h"
#include "storage/query.h"
#include "sync/segment.h"

namespace rukun::cli {

struct Workload {
  SpaceId space;
  EpochId epoch;
  Secret key;
  std::vector<Bytes> segments;  // one log each
  std::uint64_t records = 0;
  std::uint64_t transactions = 0;
  std::uint64_t field_writes = 0;
  std::uint64_t wire_bytes = 0;
};

inline constexpr std::size_t kW1Authors = 200;
inline constexpr std::size_t kW2Authors = 60;
inline constexpr int kWireEffort = 19;

Schema bench_schema();
// 100 records of 8 fields and 400 changes an author; `foreign` of them, in percent, to records of
// others.
// Full when a log of the workload does not fit into one segment.
Result<Workload> make_workload(std::size_t authors, unsigned foreign, Random& random);
// The least that any durable store would do: each record as a row of eight columns, in one FULL
// commit; how long that takes.
Result<double> bare_rows_s(const Path& place, std::uint64_t records);

}  // namespace rukun::cli
