#pragma once
// What is shown once at the first run, as a PDF to print and lock away. A function over the desk;
// its thread.

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

void print_first_run(Desk& desk);

}  // namespace rukun::ui
