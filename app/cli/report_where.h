#pragma once
// The --where of a report: as of `list`, repeats mean and. Errors: bad_value with what was
// expected, io. One thread.

#include <string_view>

#include "app/cli/session.h"
#include "app/report/only.h"

namespace rukun::cli {

// Which records a report holds; all of them without --where.
Result<OnlyThese> only_where(Session& session, const Arguments& given, std::string_view report);
// What the reader of that report is told of it; empty without --where.
std::string where_note(Session& session, const Arguments& given);

}  // namespace rukun::cli
