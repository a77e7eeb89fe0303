#pragma once
// What is known already when a promise or a hand-over is asked for: how much is open, in which
// unit, and which offers fit. A function over the desk; its thread.

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/open_form.h"

namespace rukun::ui {

Status shape_form(Desk& desk, const OpenForm& form, FormView& view);

}  // namespace rukun::ui
