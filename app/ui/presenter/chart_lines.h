#pragma once
// What the charts count. Worked out when it is asked for. Functions over the desk; its thread.

#include <span>
#include <string>
#include <vector>

#include "app/ui/presenter/desk.h"
#include "app/ui/presenter/list_index.h"

namespace rukun::ui {

void count_state(rukun::NeedState state, ChartLine& line);
std::string counted_words(Desk& desk, const ChartLine& line);
// Of all needs: what is lacking, by category, and week by week.
Result<std::vector<ChartView>> need_charts(Desk& desk);
// How far each drive with a target is.
Result<std::vector<ChartView>> drive_chart(Desk& desk, std::span<const Listed> listed);

}  // namespace rukun::ui
