#pragma once
// Quick entry of a need or an offer: who and what may be meant, the draft that survives everything,
// and the record in the end. Functions over the desk; its thread.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_entry(Desk& desk, const Command& command);  // empty: of another screen
void open_entry(Desk& desk, bool offer);  // goes on with the draft, if there is one

}  // namespace rukun::ui
