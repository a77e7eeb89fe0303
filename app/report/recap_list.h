#pragma once
// What an office hands on, all of it: the consolidated list, the Rekap's tables, what changed since
// a list that was handed in before, and the records behind the numbers. One place for the command
// line and the window. The records are read when their table is written. Errors: io, damaged (a
// list kept in the vault), not_found (none that old). One thread.

#include "app/report/handed_in.h"
#include "app/report/recap_tables.h"

namespace rukun {

struct RecapListOptions {
  ConsolidatedOptions base;
  bool whole = true;                       // false: the first table alone, for files that hold one
  bool records = true;                     // those behind the numbers, with who wrote them
  std::optional<std::int64_t> since = {};  // yyyymmdd: compare with the list of then, not the last
};

struct RecapList {
  std::vector<Table> tables;  // by RT and item first
  HandedIn version;           // what handing this list in would keep
};

// At most so many records are listed behind the numbers; beyond it they are asked for by line.
inline constexpr std::size_t kMostBehind = 20'000;

Result<RecapList> recap_list(Engine& engine, const std::vector<SpaceSource>& sources,
                             const RecapListOptions& options);

}  // namespace rukun
