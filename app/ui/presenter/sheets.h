#pragma once
// What is printed as a sheet and not as a list: a receipt, an invitation, all that is known of a
// lost laptop, and what to do about one. A function over the desk; its thread.

#include <optional>

#include "app/report/sheet.h"
#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Result<Sheet>> sheet_for(Desk& desk, const Deed& deed);  // empty: it is a list

}  // namespace rukun::ui
