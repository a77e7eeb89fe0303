#pragma once
// What is shown once at the first run: as a PDF to print and lock away, and whether it was seen. A
// profile owes its recovery code until somebody has said that it is on paper. Functions over the
// desk; its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

void print_first_run(Desk& desk);
bool owes_recovery(Desk& desk);
Status keep_recovery_owed(Desk& desk, bool owed);
bool show_fresh_recovery(Desk& desk);  // true when it is shown

}  // namespace rukun::ui
