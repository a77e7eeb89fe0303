#pragma once
// Shifts as a week shows them, one of them with whoever is on it, and turns that can be passed on.
// Functions over the desk; its thread.

#include <string>
#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

inline constexpr std::int64_t kOneDay_ms = 86'400'000;

// Monday at midnight, by the clock on the wall here.
WallTime week_start(Desk& desk, int weeks_on);
// What cannot be read is refused on the desk.
std::vector<ShiftRow> shifts_of_week(Desk& desk, int weeks_on);
Result<ShiftDetail> shift_detail(Desk& desk, const RecordId& id);
// Not volunteers but households take turns.
bool goes_round_households(Desk& desk, const Row& shift);
// A sign-up that holds, to be passed on.
Result<Row> standing_signup(Desk& desk, const std::string& signup);

}  // namespace rukun::ui
