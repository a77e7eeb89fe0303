#pragma once
// Perlu diputuskan: what two people wrote without knowing of each other, and which of it counts.
// Functions over the desk; its thread.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_decide(Desk& desk, const Command& command);  // empty: of another screen
void fill_decide(Desk& desk);

}  // namespace rukun::ui
