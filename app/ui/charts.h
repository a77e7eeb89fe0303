#pragma once
// Bars of what is open, promised and done. Each part has its pattern beside its color (full,
// striped, hollow) and the numbers stand in words beside the bar, so that a chart reads the same
// printed in gray. Drawn with draw lists. UI thread.

#include "app/ui/view_chart.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

enum class ChartPart : std::uint8_t { open, covered, done };

// What the patterns mean, in words.
void chart_legend(Ui& ui);
// The same with numbers: what each part of one bar stands for; without those that are nothing.
struct PartWords {
  ChartPart part;
  std::string words;
};
void chart_parts(Ui& ui, const std::vector<PartWords>& parts);
// One part of a bar. Parts stand side by side; nothing is drawn of an empty one.
void chart_part(Ui& ui, ChartPart part, const Rect& rect);
// A bar over the room of `rect`, whose whole length stands for `most`.
void chart_bar(Ui& ui, const ChartLine& line, std::size_t most, const Rect& rect);
// How far something is, between nothing and all.
void progress_bar(Ui& ui, float fraction, const Rect& rect);
void draw_chart_card(Ui& ui, const ChartView& chart);

}  // namespace rukun::ui
