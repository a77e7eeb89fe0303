#pragma once
// Kata sandi & cadangan: another passphrase for this profile, a sealed copy of its vault on a stick
// or in a folder, and the folder that was exchanged with. Functions over the desk; its thread.

#include <optional>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_safety(Desk& desk, const Command& command);  // empty: of another screen
// The screen is entered: other words are drawn, and nothing is said of what was done before.
void enter_safety(Desk& desk);
void fill_safety(Desk& desk);
// Four words, for a passphrase that is yet to be chosen.
DrawnWords draw_passphrase(Desk& desk);
// A backup becomes a profile of this laptop, which its owner may unlock; whose it is.
Result<std::string> restore_backup(Desk& desk, const std::string& file);

}  // namespace rukun::ui
