#pragma once
// Tukar data with a stick or a folder: how far it is, and what it came to. A function over the
// desk; its thread.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_exchange(Desk& desk, const Command& command);  // empty: of another screen

}  // namespace rukun::ui
