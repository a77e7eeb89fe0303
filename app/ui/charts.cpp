#include "app/ui/charts.h"

#include <algorithm>
#include <cmath>

#include "app/ui/formats.h"

namespace rukun::ui {
namespace {

constexpr float kBar = 22;            // thickness of a bar, at 100 %
constexpr float kColumnHeight = 150;  // of the highest column
constexpr float kLeastColumn = 92;    // width that a column's words need

struct PartSpec {
  ChartPart part;
  const char* key;
  std::size_t ChartLine::*count;
};
constexpr PartSpec kParts[] = {{ChartPart::open, "recap.open", &ChartLine::open},
                               {ChartPart::covered, "recap.covered", &ChartLine::covered},
                               {ChartPart::done, "recap.done", &ChartLine::done}};

Color part_color(const Theme& theme, ChartPart part) {
  switch (part) {
    case ChartPart::open: return theme.chart_open;
    case ChartPart::covered: return theme.chart_covered;
    default: return theme.chart_done;
  }
}

void stripes(Ui& ui, const Rect& rect, Color color) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(ImVec2(rect.x0, rect.y0), ImVec2(rect.x1, rect.y1), true);
  const float step = ui.px(8);
  for (float x = rect.x0 - rect.height(); x < rect.x1; x += step)
    list.AddLine(ImVec2(x, rect.y1), ImVec2(x + rect.height(), rect.y0), packed(color),
                 std::max(1.5F, ui.px(2)));
  list.PopClipRect();
}

std::size_t whole(const ChartLine& line) { return line.open + line.covered + line.done; }

std::size_t largest(const ChartView& chart) {
  std::size_t most = 0;
  for (const ChartLine& one : chart.lines) most = std::max(most, whole(one));
  return most;
}

// A line below the other: label, bar, numbers.
void draw_lines(Ui& ui, const ChartView& chart) {
  const std::size_t most = largest(chart);
  for (const ChartLine& one : chart.lines) {
    text(ui, one.label, Tone::strong);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(6));
    text(ui, capitalized(one.words), Tone::small);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(6));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect rect{at.x, at.y, at.x + avail(ui), at.y + ui.px(kBar)};
    if (one.fraction >= 0)
      progress_bar(ui, one.fraction, rect);
    else
      chart_bar(ui, one, most, rect);
    ImGui::Dummy(ImVec2(rect.width(), rect.height()));
  }
}

void centered(Ui& ui, std::string_view words, Tone tone, float x, float width, float y) {
  const ImVec2 size = text_size(ui, words, tone, width);
  const float left = x + std::max(0.0F, (width - size.x) / 2);
  draw_text_at(ui, ImVec2(left, y), words, tone, tone_color(ui, tone), width);
  record(ui, Role::text, "", words, {left, y, left + size.x, y + size.y},
         {.cut = size.x > width + 1});
}

// Columns from left to right, the parts of each on top of each other.
void draw_columns_over_time(Ui& ui, const ChartView& chart) {
  const float most = static_cast<float>(std::max<std::size_t>(1, largest(chart)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = avail(ui);
  const float each = std::floor(room / static_cast<float>(chart.lines.size()));
  const float words_width = each - ui.px(6);
  float below = 0;
  for (const ChartLine& one : chart.lines)
    below = std::max(below, text_size(ui, one.words, Tone::small, words_width).y);
  const float base = at.y + ui.px(kColumnHeight);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const ChartLine& one = chart.lines[i];
    const float x = at.x + each * static_cast<float>(i);
    const float middle = x + words_width / 2;
    const float half = std::min(ui.px(28), words_width / 2);
    float y = base;
    for (const PartSpec& part : kParts) {
      const float height = ui.px(kColumnHeight) * static_cast<float>(one.*part.count) / most;
      if (height <= 0) continue;
      chart_part(ui, part.part, {middle - half, y - height, middle + half, y});
      y -= height;
    }
    centered(ui, one.label, Tone::strong, x, words_width, base + ui.px(6));
    centered(ui, one.words, Tone::small, x, words_width,
             base + ui.px(8) + ui.fonts.strong->FontSize);
  }
  ImGui::GetWindowDrawList()->AddLine(ImVec2(at.x, base), ImVec2(at.x + room, base),
                                      packed(ui.theme.field_line), ui.px(1.5F));
  ImGui::Dummy(ImVec2(room, ui.px(kColumnHeight) + ui.px(8) + ui.fonts.strong->FontSize + below));
}

}  // namespace

void chart_part(Ui& ui, ChartPart part, const Rect& rect) {
  if (rect.width() < 1 || rect.height() < 1) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Color color = part_color(ui.theme, part);
  const float line = std::max(1.0F, ui.px(2));
  const ImVec2 low(rect.x0, rect.y0);
  const ImVec2 high(rect.x1, rect.y1);
  if (part == ChartPart::open) return list.AddRectFilled(low, high, packed(color));
  list.AddRectFilled(low, high, packed(part == ChartPart::done ? ui.theme.tint : ui.theme.card));
  if (part == ChartPart::covered) stripes(ui, rect, color);
  list.AddRect(ImVec2(low.x + line / 2, low.y + line / 2),
               ImVec2(high.x - line / 2, high.y - line / 2), packed(color), 0, 0, line);
}

void chart_bar(Ui& ui, const ChartLine& line, std::size_t most, const Rect& rect) {
  if (most == 0) return;
  float x = rect.x0;
  for (const PartSpec& part : kParts) {
    const float width =
        rect.width() * static_cast<float>(line.*part.count) / static_cast<float>(most);
    if (width <= 0) continue;
    chart_part(ui, part.part, {x, rect.y0, x + width, rect.y1});
    x += width;
  }
}

void progress_bar(Ui& ui, float fraction, const Rect& rect) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 low(rect.x0, rect.y0);
  const ImVec2 high(rect.x1, rect.y1);
  const float round = std::min(ui.px(8), rect.height() / 2);
  const float filled = rect.width() * std::clamp(fraction, 0.0F, 1.0F);
  list.AddRectFilled(low, high, packed(ui.theme.side), round);
  if (filled > 1)
    list.AddRectFilled(low, ImVec2(rect.x0 + filled, rect.y1), packed(ui.theme.primary), round);
  list.AddRect(low, high, packed(ui.theme.field_line), round, 0, std::max(1.0F, ui.px(1.2F)));
}

void chart_legend(Ui& ui) {
  std::vector<PartWords> parts;
  for (const PartSpec& part : kParts) parts.push_back({part.part, ui.tr(part.key)});
  chart_parts(ui, parts);
}

void chart_parts(Ui& ui, const std::vector<PartWords>& parts) {
  Flow flow(ui, kPad);
  for (const PartWords& one : parts) {
    const float square = ui.px(kIcon);
    const ImVec2 size = text_size(ui, one.words, Tone::normal);
    flow.next(square + ui.px(8) + size.x);
    ImGui::BeginGroup();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    chart_part(ui, one.part, {at.x, at.y, at.x + square, at.y + size.y});
    ImGui::SetCursorScreenPos(ImVec2(at.x + square + ui.px(8), at.y));
    text(ui, one.words);
    ImGui::EndGroup();
  }
}

void draw_chart_card(Ui& ui, const ChartView& chart) {
  const Card card(ui);
  text(ui, chart.title, Tone::title);
  if (!chart.about.empty()) text(ui, chart.about, Tone::small);
  if (chart.lines.empty()) return text(ui, chart.empty, Tone::faint);
  if (chart.lines.front().fraction < 0) chart_legend(ui);
  gap(ui, 4);
  const float each = avail(ui) / static_cast<float>(chart.lines.size());
  if (chart.over_time && each >= ui.px(kLeastColumn))
    draw_columns_over_time(ui, chart);
  else
    draw_lines(ui, chart);
}

}  // namespace rukun::ui
