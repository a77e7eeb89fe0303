#pragma once
// The tables that a paper or a copy holds: what a screen shows, as it stands there, or a report. A
// function over the desk and what its lists show; its thread.

#include <vector>

#include "app/report/table.h"
#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/lists.h"

namespace rukun::ui {

// `first_day`: of the week that the duty roster begins with.
Result<std::vector<Table>> tables_for(Desk& desk, Lists& lists, WallTime first_day,
                                      const Deed& deed);

}  // namespace rukun::ui
