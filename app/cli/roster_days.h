#pragma once
// Which activity, which days and how many: what the commands and reports about rosters read alike.
// Errors: bad_value, with the option and what was expected; not_found, ambiguous. One thread.

#include "app/cli/session.h"
#include "app/report/roster.h"

namespace rukun::cli {

inline constexpr std::int64_t kUsualRosterWeeks = 4;
inline constexpr std::int64_t kMostRosterWeeks = 53;

// --activity, else the only one of the neighborhood that has turns.
Result<FoundRecord> read_activity(Session& session, const Arguments& given);

// --from (usually today) and --weeks; 0 as `usual_weeks`: both must be given.
Result<RosterDays> read_days(Session& session, const Arguments& given, std::int64_t usual_weeks);

// A whole number from 1 on; `otherwise` when it was not given.
Result<std::int64_t> read_count_option(Session& session, const Arguments& given,
                                       std::string_view option, std::int64_t most,
                                       std::int64_t otherwise);

}  // namespace rukun::cli
