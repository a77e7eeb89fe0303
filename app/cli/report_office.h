#pragma once
// Reports about programs, drives and calls, out of what was typed. Errors: bad_value, not_found,
// those of the reports. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/session.h"
#include "app/report/table.h"

namespace rukun::cli {

// ledger, visits, drive, call; nothing for other names.
Result<std::optional<std::vector<Table>>> office_tables(Session& session, std::string_view name,
                                                        const Arguments& given);
// A call as a message for a chat.
Result<std::string> call_message(Session& session, const Arguments& given);

}  // namespace rukun::cli
