#pragma once
// The closing report of a drive: what came in, what went out and what for, with the running
// balance; of a drive that is repeated (jimpitan) a second list with each day's sums. Givers who
// gave no name stay without one. For the notice board nobody is named. Errors: not_found, io. One
// thread.

#include <vector>

#include "app/engine/engine.h"
#include "app/report/table.h"

namespace rukun {

struct DriveOptions {
  bool for_public = false;
  FormatContext showing{Language::id};
};

Result<std::vector<Table>> drive_tables(Projection& records, const SpaceInfo& space,
                                        const RecordId& drive, const DriveOptions& options);

// "Rp25.000", "12 kg", "3 jam": an amount of a drive, with its unit.
std::string drive_amount(const Row& drive, std::int64_t thousandths, Language language);

}  // namespace rukun
