#pragma once
// The reports that are pages rather than lists: invitation, lost laptop, receipt and the like, by
// the names of `report NAME`. One thread.

#include <optional>
#include <vector>

#include "app/cli/session.h"
#include "app/report/sheet.h"

namespace rukun::cli {

// Nothing when `name` is no sheet.
Result<std::optional<std::vector<Sheet>>> sheets_named(Session& session, std::string_view name,
                                                       const Arguments& given);
inline constexpr std::string_view kSheetNames = "receipt, bast, invite, lost";

}  // namespace rukun::cli
