#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

void draw_week_buttons(Ui& ui, const ScheduleView& view, Commands& out) {
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("schedule.before")));
  if (button(ui, {.id = "week.before", .icon = Icon::back, .label = ui.tr("schedule.before")}))
    out.push(ShowWeek{-1});
  flow.next(button_width(ui, ui.tr("schedule.this_week")));
  if (button(ui, {.id = "week.this", .icon = Icon::schedule, .label = ui.tr("schedule.this_week")}))
    out.push(ShowWeek{0});
  flow.next(button_width(ui, ui.tr("schedule.after")));
  if (button(ui, {.id = "week.after", .icon = Icon::next, .label = ui.tr("schedule.after")}))
    out.push(ShowWeek{1});
  text(ui, view.week, Tone::title);
}

void draw_shift(Ui& ui, const ShiftRow& shift, ScheduleState& state, Commands& out) {
  Card card(ui, shift.mine ? ui.theme.tint : ui.theme.card, ui.theme.line);
  const std::string heading = shift.time + " · " + shift.activity;
  text(ui, heading, Tone::strong);
  if (!shift.place.empty()) text(ui, shift.place, Tone::small);
  if (!shift.cancelled.empty()) {
    badge(ui, ui.tr("schedule.cancelled", {{"why", shift.cancelled}}), Badge::danger);
    return;
  }
  const std::string have = std::to_string(shift.people.size());
  const std::string slots = std::to_string(shift.slots);
  const bool full = shift.people.size() >= shift.slots;
  badge(
      ui,
      full ? ui.tr("schedule.full") : ui.tr("schedule.filled", {{"have", have}, {"slots", slots}}),
      full ? Badge::good : Badge::warn);
  if (!shift.people.empty()) icon_text(ui, Icon::people, joined(shift.people));
  if (!shift.waiting.empty())
    icon_text(ui, Icon::clock, ui.tr("schedule.waiting", {{"names", joined(shift.waiting)}}),
              Tone::faint);
  const std::string id = "shift.join." + shift.id;
  if (button(ui, {.id = id,
                  .icon = Icon::plus,
                  .label = ui.tr(full ? "schedule.join_waiting" : "schedule.join")})) {
    state.signing_up = shift.id;
    state.who = TypeAhead();
    out.push(AskVolunteers{});
  }
}

void draw_sign_up(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out) {
  const auto shift = std::find_if(view.shifts.begin(), view.shifts.end(),
                                  [&](const ShiftRow& s) { return s.id == state.signing_up; });
  if (shift == view.shifts.end()) {
    state.signing_up.clear();
    return;
  }
  if (!begin_dialog(ui, "schedule.sign_up", ui.tr("schedule.who"))) return;
  text(ui, shift->day + ", " + shift->time + " · " + shift->activity, Tone::faint);
  if (ImGui::IsWindowAppearing()) focus_field(ui, "schedule.name");
  const TypeAheadResult picked = type_ahead(
      ui, {.id = "schedule.name", .hint = ui.tr("schedule.name_hint")}, state.who, view.volunteers);
  if (picked.edited) out.push(AskVolunteers{state.who.text});
  gap(ui, 4);
  const bool cancelled =
      button(ui, {.id = "schedule.cancel", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (picked.chosen) out.push(SignUp{state.signing_up, view.volunteers[*picked.chosen].id});
  if (picked.chosen || cancelled) {
    state.signing_up.clear();
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

}  // namespace

void draw_schedule(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out) {
  draw_week_buttons(ui, view, out);
  if (view.shifts.empty()) text(ui, ui.tr("schedule.empty"), Tone::faint);
  std::string day;
  for (const ShiftRow& shift : view.shifts) {
    if (shift.day != day) {
      day = shift.day;
      gap(ui, 8);
      text(ui, day, Tone::strong);
    }
    draw_shift(ui, shift, state, out);
  }
  if (!state.signing_up.empty()) draw_sign_up(ui, view, state, out);
}

}  // namespace rukun::ui
