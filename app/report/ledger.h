#pragma once
// A program's book as a list, and the list of receivers to visit. Both say on which digest they
// rest, so that two copies can be compared, and that they prove records, not goods. For the notice
// board: no column that names anybody. Errors: not_found, those of the log. One thread.

#include "app/engine/ledger_log.h"
#include "app/report/table.h"

namespace rukun {

struct ProgramOptions {
  bool for_public = false;
  FormatContext showing{Language::id};  // names records and items in its language
};

Result<Table> ledger_table(Engine& engine, const SpaceInfo& space, const RecordId& program,
                           const ProgramOptions& options);
Result<Table> visits_table(Engine& engine, const SpaceInfo& space, const RecordId& program,
                           const ProgramOptions& options);

}  // namespace rukun
