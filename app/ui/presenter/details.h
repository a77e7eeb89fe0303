#pragma once
// One record of any kind: its facts from the declared fields, what is special about its kind, what
// may be done, and its history. A function over the desk; its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

Result<RecordDetail> detail_of(Desk& desk, const RecordId& id);

}  // namespace rukun::ui
