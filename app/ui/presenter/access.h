#pragma once
// The access log: who was shown what, the latest first. A function over the desk; its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

void fill_access(Desk& desk);

}  // namespace rukun::ui
