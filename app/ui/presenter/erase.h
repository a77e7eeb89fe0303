#pragma once
// Erasing personal data: what is asked about and what lies near it, and who has heard of what was
// erased. Only heads do. Functions over the desk; its thread.

#include <optional>
#include <string>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

std::optional<Status> run_erase(Desk& desk, const Command& command);  // empty: of another screen
Status ask_erase(Desk& desk, const std::string& record);
// Beside a list of this kind.
void add_erase_button(Desk& desk, KindId kind, RecordDetail& detail);
// What was taken is told from every list.
Status fill_erase(Desk& desk, KindId kind, RecordsView& view);

}  // namespace rukun::ui
