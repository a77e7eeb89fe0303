#pragma once
// Perlu diputuskan: what two people wrote without knowing of each other, and which of it counts.
// Functions over the desk; its thread.

#include <optional>
#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_decide(Desk& desk, const Command& command);  // empty: of another screen
// `waiting`: what else there is to decide (waiting.h).
void fill_decide(Desk& desk, const std::vector<AttentionRow>& waiting);

}  // namespace rukun::ui
