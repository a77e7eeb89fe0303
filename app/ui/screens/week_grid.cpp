// The week as a grid of seven days. A shift is moved to another day by dragging it there, or with
// Ctrl and an arrow; a question stands between, so that a hand that slips moves nothing.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

constexpr float kDragFrom = 12;    // a shorter way is a press
constexpr float kLeastWeek = 240;  // height of the grid

// Where the columns of the days are.
struct Columns {
  float left, width, between;

  float of(int day) const { return left + static_cast<float>(day) * (width + between); }
  int at(float x) const {
    return std::clamp(static_cast<int>(std::floor((x - left) / (width + between))), 0, 6);
  }
};

// What is drawn under the hand that drags a shift, and the day it would fall on.
void draw_dragged(const Ui& ui, const ShiftRow& shift, const Columns& columns) {
  const ImVec2 hand = ImGui::GetIO().MousePos;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const float left = columns.of(columns.at(hand.x));
  const float height = ui.px(kTarget);
  list.AddRect(
      ImVec2(left - ui.px(2), ImGui::GetWindowPos().y),
      ImVec2(left + columns.width + ui.px(2), ImGui::GetWindowPos().y + ImGui::GetWindowHeight()),
      packed(ui.theme.focus), ui.px(6), 0, ui.px(3));
  const ImVec2 low(hand.x - columns.width / 2, hand.y - height / 2);
  const ImVec2 high(low.x + columns.width, low.y + height);
  list.AddRectFilled(low, high, packed(ui.theme.tint), ui.px(kRadius));
  list.AddRect(low, high, packed(ui.theme.focus), ui.px(kRadius), 0, ui.px(2));
  bool cut = false;
  const std::string words =
      shortened(ui, shift.activity, Tone::small, columns.width - ui.px(16), cut);
  list.AddText(tone_font(ui, Tone::small), tone_font(ui, Tone::small)->FontSize,
               ImVec2(low.x + ui.px(8), low.y + ui.px(12)), packed(ui.theme.text), words.c_str());
}

// True while the shift is being dragged, and in the frame in which it is let go.
bool dragged(Ui& ui, const ShiftRow& shift, const Pressed& area, const Columns& columns,
             WeekGridState& state) {
  const bool far = ImGui::IsItemActive() && ImGui::IsMouseDragging(0, ui.px(kDragFrom));
  if (far) state.dragged = shift.id;
  if (state.dragged == shift.id) {
    if (ImGui::IsMouseDown(0)) {
      draw_dragged(ui, shift, columns);
      return true;
    }
    state.dragged.clear();
    const int day = columns.at(ImGui::GetIO().MousePos.x);
    if (ImGui::IsMouseReleased(0) && day != shift.weekday) state.moving = {shift.id, day};
    return true;
  }
  const int step = !area.focused                     ? 0
                   : ui.take(Key::left, Held::ctrl)  ? -1
                   : ui.take(Key::right, Held::ctrl) ? 1
                                                     : 0;
  const int day = shift.weekday + step;
  if (step != 0 && day >= 0 && day < 7) state.moving = {shift.id, day};
  return false;
}

// A cell of the grid: when, what, how full. Words too long for it are shortened; the shift itself
// says them whole.
void draw_grid_shift(Ui& ui, const ShiftRow& shift, const Columns& columns, bool movable,
                     WeekGridState& state, Commands& out) {
  const float width = columns.width;
  const float pad = ui.px(8);
  const float room = width - 2 * pad;
  const bool off = !shift.cancelled.empty();
  const std::string filled = off ? ui.tr("schedule.off") : filled_words(ui, shift, true);
  const std::string time = shift.time.substr(shift.time.find(' ') + 1);
  const std::string lines[] = {time, shift.activity, filled};
  const float line_height = ui.fonts.small->FontSize + ui.px(3);
  const std::string id = "shift.open." + shift.id;
  const Pressed area =
      press_area(ui, id, width, std::max(ui.px(kTarget), 3 * line_height + 2 * pad));
  const bool drags = movable && !off && dragged(ui, shift, area, columns, state);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 low(area.rect.x0, area.rect.y0);
  const ImVec2 high(area.rect.x1, area.rect.y1);
  list.AddRectFilled(low, high,
                     packed(area.hovered ? ui.theme.hover
                            : shift.mine ? ui.theme.tint
                                         : ui.theme.card),
                     ui.px(kRadius));
  list.AddRect(low, high, packed(ui.theme.field_line), ui.px(kRadius), 0,
               std::max(1.0F, ui.px(1.2F)));
  float y = area.rect.y0 + pad;
  for (const std::string& words : lines) {
    bool cut = false;
    const bool last = &words == &lines[2];
    const std::string shown = shortened(ui, words, Tone::small, room, cut);
    if (last) {
      const auto [color, fill] = badge_colors(ui.theme, off ? Badge::danger : filled_badge(shift));
      list.AddRectFilled(ImVec2(low.x + pad / 2, y - ui.px(1)),
                         ImVec2(high.x - pad / 2, y + line_height), packed(fill), ui.px(4));
      draw_text_at(ui, ImVec2(low.x + pad, y), shown, Tone::small, color);
    } else {
      draw_text_at(ui, ImVec2(low.x + pad, y), shown, Tone::small, ui.theme.text);
    }
    y += line_height;
  }
  draw_focus(ui, area);
  record(ui, Role::button, id, time + " · " + shift.activity + " · " + filled, area.rect,
         {.focused = area.focused});
  if (area.pressed && !drags) out.push(OpenRecord{shift.id});
}

void ask_move(Ui& ui, const ScheduleView& view, WeekGridState& state, Commands& out) {
  if (state.moving.shift.empty()) return;
  const auto shift = std::find_if(view.shifts.begin(), view.shifts.end(),
                                  [&](const auto& one) { return one.id == state.moving.shift; });
  const auto close = [&] { state.moving = {}; };
  if (shift == view.shifts.end()) return close();  // it went meanwhile
  if (!begin_dialog(ui, "week.move", ui.tr("schedule.move"))) return;
  const auto day = [&](int n) { return view.days[static_cast<std::size_t>(n)]; };
  const std::string to = day(state.moving.day);
  text(ui, shift->activity + " · " + shift->time, Tone::strong);
  text(ui, ui.tr("schedule.move_words", {{"from", day(shift->weekday)}, {"to", to}}));
  if (!shift->people.empty() || !shift->waiting.empty()) {
    const std::size_t all = shift->people.size() + shift->waiting.size();
    note(ui, NoteKind::info, ui.tr("schedule.move_people", {{"n", std::to_string(all)}}));
  }
  gap(ui, 4);
  if (ImGui::IsWindowAppearing()) focus_field(ui, "week.move.yes");
  const std::string yes = ui.tr("schedule.move_yes", {{"to", to}});
  if (button(ui,
             {.id = "week.move.yes", .icon = Icon::check, .label = yes, .look = Look::primary})) {
    out.push(MoveShift{shift->id, state.moving.day - shift->weekday});
    close();
  }
  if (button(ui, {.id = "week.move.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape))
    close();
  if (state.moving.shift.empty()) ImGui::CloseCurrentPopup();
  end_dialog(ui);
}

}  // namespace

void draw_week_grid(Ui& ui, const ScheduleView& view, WeekGridState& state, Commands& out) {
  const float between = ui.px(6);
  const float width = std::floor((avail(ui) - 6 * between) / 7);
  const Columns columns{ImGui::GetCursorScreenPos().x, width, between};
  const float top = ImGui::GetCursorScreenPos().y;
  float bottom = top + ui.px(kLeastWeek);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(between, ui.px(8)));
  for (int day = 0; day < 7; ++day) {
    if (day > 0) ImGui::SameLine(0, between);
    ImGui::BeginGroup();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string& name = view.days[static_cast<std::size_t>(day)];
    const bool today = day == view.today;
    const float height = ui.px(32);
    ImGui::GetWindowDrawList()->AddRectFilled(at, ImVec2(at.x + width, at.y + height),
                                              packed(today ? ui.theme.primary : ui.theme.side),
                                              ui.px(6));
    bool cut = false;
    const std::string shown = shortened(ui, name, Tone::small, width - ui.px(8), cut);
    draw_text_at(ui, ImVec2(at.x + ui.px(6), at.y + (height - ui.fonts.small->FontSize) / 2), shown,
                 Tone::small, today ? ui.theme.on_primary : ui.theme.text);
    ImGui::Dummy(ImVec2(width, height));
    record(ui, Role::text, "", name, {at.x, at.y, at.x + width, at.y + height});
    for (const ShiftRow& shift : view.shifts) {
      if (shift.weekday == day) draw_grid_shift(ui, shift, columns, view.movable, state, out);
    }
    ImGui::EndGroup();
    bottom = std::max(bottom, ImGui::GetItemRectMax().y);
  }
  for (int day = 1; day < 7; ++day) {
    const float x = std::floor(columns.of(day) - between / 2);
    ImGui::GetWindowDrawList()->AddLine(ImVec2(x, top), ImVec2(x, bottom), packed(ui.theme.line));
  }
  ImGui::SetCursorScreenPos(ImVec2(columns.left, top));
  ImGui::Dummy(ImVec2(1, bottom - top));
  ImGui::PopStyleVar();
  if (view.movable && !view.shifts.empty()) text(ui, ui.tr("schedule.move_hint"), Tone::faint);
  ask_move(ui, view, state, out);
}

}  // namespace rukun::ui
