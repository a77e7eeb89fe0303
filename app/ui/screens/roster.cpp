// The generator of turns: what is wished, the month that comes of it, who and why, and one button
// that publishes all of it.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

constexpr float kNightWidth = 100;  // of the month's days, at least
constexpr int kWeeksToChoose[] = {1, 2, 4, 8, 12};

void draw_wishes(Ui& ui, const RosterView& view, RosterState& state, Commands& out) {
  if (view.activities.size() > 1) {
    text(ui, ui.tr("roster.which"), Tone::strong);
    Flow flow(ui, 8);
    for (const UnitChoice& one : view.activities) {
      flow.next(chip_width(ui, one.name));
      if (chip(ui, "roster.activity." + one.id, one.name, one.id == view.activity))
        out.push(PlanRoster{one.id, state.from, view.weeks});
    }
  }
  if (text_field(ui,
                 {.id = "roster.from",
                  .label = ui.tr("roster.from"),
                  .width = std::min(avail(ui), ui.px(320)),
                  .most = 40},
                 state.from)
          .edited)
    out.push(PlanRoster{view.activity, state.from, view.weeks});
  text(ui, ui.tr("roster.weeks"), Tone::strong);
  Flow flow(ui, 8);
  for (const int weeks : kWeeksToChoose) {
    const std::string words = ui.tr("roster.n_weeks", {{"n", std::to_string(weeks)}});
    flow.next(chip_width(ui, words));
    if (chip(ui, "roster.weeks." + std::to_string(weeks), words, weeks == view.weeks))
      out.push(PlanRoster{view.activity, state.from, weeks});
  }
}

// A day of the month: its number, and the names shortened; the list below says all.
void draw_night_cell(Ui& ui, const RosterNight& night, float width, float height, bool chosen,
                     RosterState& state) {
  const float pad = ui.px(6);
  const float line = ui.fonts.small->FontSize + ui.px(2);
  const Pressed area = press_area(ui, "roster.night." + night.day, width, height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 low(area.rect.x0, area.rect.y0), high(area.rect.x1, area.rect.y1);
  list.AddRectFilled(low, high, packed(chosen || area.hovered ? ui.theme.hover : ui.theme.card),
                     ui.px(kRadius));
  list.AddRect(low, high, packed(chosen ? ui.theme.primary : ui.theme.field_line), ui.px(kRadius),
               0, std::max(1.0F, ui.px(chosen ? 2.5F : 1.2F)));
  float y = area.rect.y0 + pad;
  const auto write = [&](const std::string& words, Color color) {
    bool cut = false;
    draw_text_at(ui, ImVec2(low.x + pad, y),
                 shortened(ui, words, Tone::small, width - 2 * pad, cut), Tone::small, color);
    y += line;
  };
  write(night.brief, ui.theme.primary);
  for (const RosterTurn& turn : night.turns) write(turn.name, ui.theme.text);
  if (!night.mark.words.empty())
    write(night.mark.words, badge_colors(ui.theme, mood_badge(night.mark.mood)).text);
  draw_focus(ui, area);
  record(ui, Role::button, "roster.night." + night.day, night.day, area.rect,
         {.focused = area.focused});
  if (area.pressed) state.night = chosen ? std::string() : night.day;
}

void draw_weekdays(Ui& ui, const RosterView& view, float width, float between) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.fonts.small->FontSize + ui.px(4);
  for (std::size_t day = 0; day < view.weekdays.size(); ++day) {
    const float x = at.x + static_cast<float>(day) * (width + between);
    bool cut = false;
    const auto words = shortened(ui, view.weekdays[day], Tone::small, width, cut);
    draw_text_at(ui, ImVec2(x + ui.px(6), at.y), words, Tone::small, ui.theme.text);
    record(ui, Role::text, "", view.weekdays[day], {x, at.y, x + width, at.y + height});
  }
  ImGui::Dummy(ImVec2(7 * width + 6 * between, height));
}

void draw_month(Ui& ui, const RosterView& view, RosterState& state) {
  const float between = ui.px(6);
  const float width = std::floor((avail(ui) - 6 * between) / 7);
  draw_weekdays(ui, view, width, between);
  std::size_t lines = 1;
  for (const RosterNight& night : view.nights)
    lines = std::max(lines, night.turns.size() + (night.mark.words.empty() ? 0 : 1));
  const float height =
      std::max(ui.px(kTarget),
               ui.px(12) + static_cast<float>(lines + 1) * (ui.fonts.small->FontSize + ui.px(2)));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  int weeks = 0;
  for (const RosterNight& night : view.nights) {
    const auto column = static_cast<float>(night.weekday);
    ImGui::SetCursorScreenPos(
        ImVec2(start.x + column * (width + between),
               start.y + static_cast<float>(night.week) * (height + between)));
    draw_night_cell(ui, night, width, height, night.day == state.night, state);
    weeks = std::max(weeks, night.week + 1);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(ImVec2(7 * width + 6 * between, static_cast<float>(weeks) * (height + between)));
}

void draw_night(Ui& ui, const RosterNight& night) {
  gap(ui, 6);
  text(ui, night.day, Tone::strong);
  if (night.turns.empty() && night.notes.empty() && !night.mark.words.empty())
    badge(ui, night.mark.words, mood_badge(night.mark.mood));
  for (const RosterTurn& turn : night.turns)
    icon_text(ui, turn.fresh ? Icon::plus : Icon::check, turn.name + " · " + turn.why);
  for (const std::string& words : night.notes) note(ui, NoteKind::warn, words);
}

void draw_plan(Ui& ui, const RosterView& view, RosterState& state, Commands& out) {
  for (const std::string& words : view.changes) text(ui, words);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("roster.publish")));
  if (button(ui, {.id = "roster.publish",
                  .icon = Icon::check,
                  .label = ui.tr("roster.publish"),
                  .look = Look::primary,
                  .enabled = view.may_publish}))
    out.push(PublishRoster{view.number});
  gap(ui, 6);
  const bool known = std::any_of(view.nights.begin(), view.nights.end(),
                                 [&](const RosterNight& one) { return one.day == state.night; });
  if (!known) state.night.clear();
  if (avail(ui) >= 7 * kNightWidth * ui.scale) draw_month(ui, view, state);
  text(ui, ui.tr("roster.who_and_why"), Tone::title);
  if (!state.night.empty() &&
      button(ui, {.id = "roster.all", .icon = Icon::schedule, .label = ui.tr("roster.all")}))
    state.night.clear();
  for (const RosterNight& night : view.nights)
    if (state.night.empty() || night.day == state.night) draw_night(ui, night);
  if (view.left_out.empty()) return;
  gap(ui, 8);
  text(ui, ui.tr("roster.left_out"), Tone::strong);
  for (const std::string& words : view.left_out) text(ui, words);
}

}  // namespace

void draw_roster(Ui& ui, const RosterView& view, RosterState& state, Commands& out) {
  if (state.opened == 0) {
    state.from = view.from;
    state.opened = 1;
  }
  if (button(ui, {.id = "roster.back",
                  .icon = Icon::back,
                  .label = ui.tr("schedule.back"),
                  .look = Look::quiet}) ||
      ui.take(Key::escape)) {
    state = RosterState();
    out.push(CloseRoster{});
    return;
  }
  text(ui, ui.tr("roster.title"), Tone::title);
  text(ui, ui.tr("roster.about"), Tone::faint);
  if (!view.activities.empty()) draw_wishes(ui, view, state, out);
  if (!view.problem.empty()) {
    note(ui, NoteKind::warn, view.problem);
    if (view.add.deed.what != Deed::What::nothing) deed_buttons(ui, "roster.add", {view.add}, out);
    return;
  }
  draw_plan(ui, view, state, out);
}

}  // namespace rukun::ui
