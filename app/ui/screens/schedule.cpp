// Jadwal: the week as a grid of seven days (week_grid), or as a list where there is no room for
// one; one shift with whoever is on it.
#include <algorithm>

#include "app/ui/formats.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

constexpr float kDayWidth = 100;  // of the grid, at least

std::vector<ListTool> week_tools(const Ui& ui, Commands& out) {
  return {
      {"week.before", Icon::back, ui.tr("schedule.before"), [&] { out.push(ShowWeek{-1}); }},
      {"week.after", Icon::next, ui.tr("schedule.after"), [&] { out.push(ShowWeek{1}); }},
      {"week.this", Icon::schedule, ui.tr("schedule.this_week"), [&] { out.push(ShowWeek{0}); }}};
}

std::vector<ListTool> adding_tools(const ScheduleView& view, Commands& out) {
  std::vector<ListTool> tools;
  for (const DeedButton& one : view.add) {
    const bool main = tools.empty() && one.icon == Icon::plus;
    tools.push_back({"week.add." + std::to_string(tools.size()), one.icon, one.label,
                     [&one, &out] { out.push(one.deed); }, false,
                     main ? Look::primary : Look::normal});
  }
  return tools;
}

void draw_week_buttons(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out) {
  std::vector<ListTool> weeks = week_tools(ui, out);
  std::vector<ListTool> adding = adding_tools(view, out);
  Flow flow(ui);
  if (!ui.narrow()) {
    row_title(ui, flow, view.week);
    for (const ListTool& one : weeks) {
      flow.next(button_width(ui, one.label));
      if (button(ui, {.id = one.id, .icon = one.icon, .label = one.label})) one.act();
    }
    return tool_row(ui, adding, "", state.tools);
  }
  // The week and what is most likely wanted; then one row of all else, so that shifts are in sight.
  if (!adding.empty() && adding.front().look == Look::primary) {
    const ListTool main = adding.front();
    adding.erase(adding.begin());
    flow.next(button_width(ui, main.label));
    if (button(ui, {.id = main.id, .icon = main.icon, .label = main.label, .look = Look::primary}))
      main.act();
  }
  row_words(ui, flow, view.week);
  const float both = button_width(ui, weeks[0].label) + button_width(ui, weeks[1].label) +
                     button_width(ui, ui.tr("list.more")) + 2 * ui.px(8);
  if (both > avail(ui)) std::swap(weeks[0], weeks[1]);  // what comes is asked for more often
  weeks.insert(weeks.end(), adding.begin(), adding.end());
  tool_row(ui, weeks, "", state.tools);
}

void draw_list_of_week(Ui& ui, const ScheduleView& view, Commands& out) {
  std::string day;
  for (const ShiftRow& shift : view.shifts) {
    if (shift.day != day) {
      day = shift.day;
      gap(ui, 8);
      text(ui, day, Tone::strong);
    }
    const std::string id = "shift.open." + shift.id;
    const std::string heading = capitalized(shift.time) + " · " + shift.activity;
    std::string detail = shift.place;
    if (shift.mine) detail += (detail.empty() ? "" : " · ") + ui.tr("schedule.mine");
    const bool off = !shift.cancelled.empty();
    const std::string state = off ? ui.tr("schedule.off") : filled_words(ui, shift);
    if (line(ui, {.id = id,
                  .title = heading,
                  .detail = detail,
                  .badge = state,
                  .badge_kind = off ? Badge::danger : filled_badge(shift)}))
      out.push(OpenRecord{shift.id});
  }
}

// Somebody else in this one's place, or the turns of two exchanged.
void draw_passing(Ui& ui, Flow& flow, const std::string& id, const SignupLine& one,
                  const std::string& shift, ScheduleState& state, Commands& out) {
  if (one.passes.empty()) return;
  flow.next(button_width(ui, ui.tr("schedule.replace")));
  if (button(ui,
             {.id = id + ".replace", .icon = Icon::person, .label = ui.tr("schedule.replace")})) {
    state.signing_up = shift;
    state.replaced = one.passes;
    state.swapped.clear();
    state.who = TypeAhead();
    out.push(AskVolunteers{});
  }
  flow.next(button_width(ui, ui.tr("schedule.swap")));
  if (button(ui, {.id = id + ".swap", .icon = Icon::exchange, .label = ui.tr("schedule.swap")})) {
    state.signing_up = shift;
    state.replaced.clear();
    state.swapped = one.passes;
    state.who = TypeAhead();
    out.push(AskTurns{one.passes});
  }
}

void draw_people(Ui& ui, std::string_view prefix, const std::vector<SignupLine>& people,
                 const std::string& shift, ScheduleState& state, Commands& out) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    const SignupLine& one = people[i];
    const std::string id = std::string(prefix) + "." + std::to_string(i);
    Card card(ui, ui.theme.page, ui.theme.line);
    icon_text(ui, Icon::person, one.detail.empty() ? one.name : one.name + " · " + one.detail,
              Tone::strong);
    std::vector<DeedButton> all = one.attendance;
    all.insert(all.end(), one.buttons.begin(), one.buttons.end());
    Flow flow(ui);
    deed_buttons(ui, flow, id, all, out);
    draw_passing(ui, flow, id, one, shift, state, out);
  }
}

void draw_open_shift(Ui& ui, const ShiftDetail& detail, ScheduleState& state, Commands& out) {
  const ShiftRow& shift = detail.row;
  if (button(ui, {.id = "shift.back",
                  .icon = Icon::back,
                  .label = ui.tr("schedule.back"),
                  .look = Look::quiet}) ||
      (state.signing_up.empty() && ui.take(Key::escape)))
    out.push(OpenRecord{});
  text(ui, shift.activity, Tone::title);
  text(ui, shift.day + ", " + shift.time);
  if (!shift.place.empty()) text(ui, shift.place, Tone::faint);
  if (!shift.cancelled.empty())
    badge(ui, ui.tr("schedule.cancelled", {{"why", shift.cancelled}}), Badge::danger);
  else
    badge(ui, filled_words(ui, shift), filled_badge(shift));
  fact_lines(ui, detail.facts);
  deed_buttons(ui, "shift.do", detail.buttons, out);
  section_title(ui, ui.tr("schedule.people"));
  if (detail.people.empty()) text(ui, ui.tr("schedule.nobody"), Tone::faint);
  draw_people(ui, "shift.on", detail.people, shift.id, state, out);
  if (!detail.waiting.empty()) {
    section_title(ui, ui.tr("schedule.waiting_list"));
    draw_people(ui, "shift.waiting", detail.waiting, shift.id, state, out);
  }
  if (!shift.cancelled.empty()) return;
  const bool full = shift.people.size() >= shift.slots;
  if (button(ui, {.id = "shift.join." + shift.id,
                  .icon = Icon::plus,
                  .label = ui.tr(full ? "schedule.join_waiting" : "schedule.join")})) {
    state.signing_up = shift.id;
    state.replaced.clear();
    state.swapped.clear();
    state.who = TypeAhead();
    out.push(AskVolunteers{});
  }
}

void draw_sign_up(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out) {
  if (!view.open || view.open->row.id != state.signing_up) {
    state.signing_up.clear();
    return;
  }
  const bool swaps = !state.swapped.empty();
  const char* question = swaps                    ? "schedule.swap_with"
                         : state.replaced.empty() ? "schedule.who"
                                                  : "schedule.who_instead";
  if (!begin_dialog(ui, "schedule.sign_up", ui.tr(question))) return;
  const ShiftRow& shift = view.open->row;
  text(ui, shift.day + ", " + shift.time + " · " + shift.activity, Tone::faint);
  if (ImGui::IsWindowAppearing()) focus_field(ui, "schedule.name");
  const TypeAheadResult picked = type_ahead(
      ui, {.id = "schedule.name", .hint = ui.tr("schedule.name_hint"), .picks = Icon::person},
      state.who, swaps ? view.turns : view.volunteers);
  if (picked.edited && swaps)
    out.push(AskTurns{state.swapped, state.who.text});
  else if (picked.edited)
    out.push(AskVolunteers{state.who.text});
  bool elsewhere = false;
  if (!swaps && !state.who.text.empty() && view.volunteers.empty()) {
    text(ui, ui.tr("schedule.nobody_called", {{"typed", state.who.text}}), Tone::faint);
    for (const DeedButton& one : view.new_volunteer) {
      elsewhere =
          button(ui, {.id = "schedule.new_volunteer", .icon = one.icon, .label = one.label});
      if (elsewhere) out.push(one.deed);
    }
  }
  gap(ui, 4);
  const bool cancelled =
      button(ui, {.id = "schedule.cancel", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  if (picked.chosen && swaps)
    out.push(SwapTurns{state.swapped, view.turns[*picked.chosen].id});
  else if (picked.chosen)
    out.push(SignUp{state.signing_up, view.volunteers[*picked.chosen].id, state.replaced});
  if (picked.chosen || cancelled || elsewhere) {
    state.signing_up.clear();
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

}  // namespace

void draw_schedule(Ui& ui, const ScheduleView& view, ScheduleState& state, Commands& out) {
  if (view.roster) return draw_roster(ui, *view.roster, state.roster, out);
  state.roster = RosterState();
  if (view.open) {
    draw_open_shift(ui, *view.open, state, out);
    if (!state.signing_up.empty()) draw_sign_up(ui, view, state, out);
    return;
  }
  draw_week_buttons(ui, view, state, out);
  if (view.shifts.empty()) text(ui, view.empty_words, Tone::faint);
  if (avail(ui) >= 7 * kDayWidth * ui.scale)
    draw_week_grid(ui, view, state.grid, out);
  else
    draw_list_of_week(ui, view, out);
}

}  // namespace rukun::ui
