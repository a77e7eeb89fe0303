#pragma once
// What people chose about the window: its language, the size of its words, light or dark, and where
// it stands. Kept beside the profiles. Functions over the desk; its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

void load_choices(Desk& desk);
bool run_choices(Desk& desk, const Command& command);  // true when it was one of them

}  // namespace rukun::ui
