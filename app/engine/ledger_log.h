#pragma once
// What the logs hold about programs: every transaction that counts and says something of a stock,
// an entitlement or a hand-over, read from the sealed segments with their hashes computed anew. One
// pass over the neighborhood's logs. Errors: not_found, damaged, io. One thread.

#include <set>

#include "app/domain/rules/ledger.h"
#include "app/engine/engine.h"

namespace rukun {

struct LedgerLog {
  std::vector<LedgerWrite> writes;
  std::uint64_t erased = 0;  // hand-overs whose content was erased for good
};
Result<LedgerLog> ledger_log(Engine& engine, const SpaceId& space);
// Of these records alone, in the order of their stamps.
Result<std::vector<LedgerWrite>> writes_to(Engine& engine, const SpaceId& space,
                                           const std::set<RecordId>& records);

// The book of a program, which is a record of this neighborhood.
struct ProgramBook {
  Ledger ledger;
  std::uint64_t erased = 0;
};
Result<ProgramBook> program_book(Engine& engine, const SpaceInfo& space, const RecordId& program);

}  // namespace rukun
