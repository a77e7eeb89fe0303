#pragma once
// A need as its list shows it, and one need with all that belongs to it: what was promised and
// given, which offers fit, and what may be done. Functions over the desk; its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

Result<NeedRow> need_row(Desk& desk, const Row& row);
Result<NeedDetail> need_detail(Desk& desk, const RecordId& id);

}  // namespace rukun::ui
