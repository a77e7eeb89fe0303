#pragma once
// What happened to a record, the newest first, and how far the last word on it has travelled.
// A function over the desk; its thread.

#include <vector>

#include "app/ui/presenter/desk.h"

namespace rukun::ui {

Status fill_history(Desk& desk, const RecordId& id, KindId kind, std::vector<JourneyStop>& reached,
                    std::vector<HistoryLine>& lines);

}  // namespace rukun::ui
