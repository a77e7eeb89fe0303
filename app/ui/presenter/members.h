#pragma once
// Anggota: who belongs to the neighborhood, invitations, what heads decide about members, and what
// does not count. Functions over the desk; its thread.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_members(Desk& desk, const Command& command);  // empty: of another screen
void fill_members(Desk& desk);

}  // namespace rukun::ui
