#pragma once
// What is to be published of some neighborhoods, read from the projection in one pass a kind and
// held as finished lines, so that many neighborhoods cost hardly more scans than one: all of it, or
// only the rows that may differ from what is there. Errors: io. One thread.

#include <map>
#include <span>
#include <vector>

#include "app/engine/engine.h"
#include "app/publish/changes.h"
#include "app/publish/rows.h"

namespace rukun {

struct TableRows {
  bool looked_at = true;  // otherwise nothing is known of this table
  bool whole = true;      // all rows that there are; otherwise of SpaceRows::named only
  std::vector<PublishedRow> rows;
};
struct SpaceRows {
  std::vector<TableRows> tables;   // by the order of published_tables()
  std::vector<std::string> named;  // hexadecimal ids, for tables that are not whole
  bool partial = false;            // of some tables, or of their rows

  std::size_t count() const;
};

// By the projection's number of the space; each of `spaces` is there.
using GatheredRows = std::map<std::uint32_t, SpaceRows>;
Result<GatheredRows> gather_rows(Projection& records, std::span<const SpaceInfo> spaces,
                                 const MemberId& office, bool personal);
// Only these rows of each of `spaces`, which are the keys of `affected`.
using AffectedSpaces = std::map<std::uint32_t, AffectedRows>;
Result<GatheredRows> gather_affected(Projection& records, std::span<const SpaceInfo> spaces,
                                     const AffectedSpaces& affected, const MemberId& office,
                                     bool personal);

// Visible records of published kinds by space number.
Result<std::map<std::uint32_t, std::uint64_t>> records_by_space(Projection& records);

}  // namespace rukun
