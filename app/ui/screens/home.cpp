#include <algorithm>
#include <cmath>

#include "app/ui/charts.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_attention(Ui& ui, const HomeView& view, Commands& out) {
  Card card(ui);
  text(ui, ui.tr("home.attention"), Tone::strong);
  if (view.attention.empty()) {
    icon_text(ui, Icon::check, ui.tr("home.nothing"), Tone::normal);
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (std::size_t i = 0; i < view.attention.size(); ++i) {
    const AttentionRow& row = view.attention[i];
    const std::string id = "attention." + std::to_string(i);
    if (line(ui, {.id = id, .title = row.words, .action = row.action}))
      out.push(Go{row.to, row.record});
  }
  ImGui::PopStyleVar();
}

void draw_large_buttons(Ui& ui, Commands& out) {
  struct Large {
    const char* id;
    Icon icon;
    const std::string& label;
    const std::string& detail;
    Look look;
    Screen to;
  };
  const Large buttons[] = {
      {"home.need", Icon::need, ui.tr("home.add_need"), ui.tr("home.add_need_detail"),
       Look::primary, Screen::need_entry},
      {"home.offer", Icon::offer, ui.tr("home.add_offer"), ui.tr("home.add_offer_detail"),
       Look::normal, Screen::offer_entry},
      {"home.schedule", Icon::schedule, ui.tr("schedule.title"), ui.tr("home.schedule_detail"),
       Look::normal, Screen::schedule},
      {"home.exchange", Icon::exchange, ui.tr("exchange.title"), ui.tr("home.exchange_detail"),
       Look::normal, Screen::exchange},
  };
  const float room = avail(ui);
  const int across = room >= 900 * ui.scale ? 4 : room >= 520 * ui.scale ? 2 : 1;
  const float spacing = ui.px(kGap);
  const float height =
      ui.px(ui.height < ui.px(700) ? 60 : 84);  // below them stands what to look at
  const float width =
      std::floor((room - spacing * static_cast<float>(across - 1)) / static_cast<float>(across));
  Flow flow(ui);
  for (const Large& large : buttons) {
    flow.next(width);
    if (tile(ui, {.id = large.id,
                  .icon = large.icon,
                  .label = large.label,
                  .detail = large.detail,
                  .look = large.look,
                  .width = width,
                  .height = height})) {
      out.push(Go{large.to});
    }
  }
}

void draw_shifts(Ui& ui, const HomeView& view, Commands& out, float width) {
  Card card(ui, ui.theme.card, ui.theme.line, width);
  text(ui, ui.tr("home.shifts"), Tone::strong);
  if (view.shifts.empty()) text(ui, ui.tr("home.no_shifts"), Tone::faint);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (const ShiftRow& shift : view.shifts) {
    const std::string id = "shift." + shift.id;
    const std::string have = std::to_string(shift.people.size());
    const std::string slots = std::to_string(shift.slots);
    const bool full = shift.people.size() >= shift.slots;
    const std::string filled = full ? ui.tr("schedule.full")
                                    : ui.tr("schedule.filled", {{"have", have}, {"slots", slots}});
    const std::string detail =
        shift.day + ", " + shift.time + (shift.mine ? " · " + ui.tr("schedule.mine") : "");
    if (line(ui, {.id = id,
                  .title = shift.activity,
                  .detail = detail,
                  .badge = filled,
                  .badge_kind = full ? Badge::good : Badge::warn})) {
      out.push(Go{Screen::schedule, shift.id});
    }
  }
  ImGui::PopStyleVar();
}

void draw_open_needs(Ui& ui, const HomeView& view, Commands& out, float width) {
  Card card(ui, ui.theme.card, ui.theme.line, width);
  const std::string count = std::to_string(view.open_needs);
  text(ui, ui.tr("home.needs", {{"n", count}}), Tone::strong);
  if (view.needs.empty()) text(ui, ui.tr("home.no_needs"), Tone::faint);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (const NeedRow& need : view.needs) {
    const std::string id = "need." + need.id;
    const std::string detail = need.for_whom + " · " + need.age;
    if (line(ui, {.id = id,
                  .title = need.title,
                  .detail = detail,
                  .badge = urgency_words(ui, need.urgency),
                  .badge_kind = urgency_badge(need.urgency)})) {
      out.push(Go{Screen::needs, need.id});
    }
  }
  ImGui::PopStyleVar();
  if (view.open_needs > view.needs.size() && button(ui, {.id = "home.all_needs",
                                                         .icon = Icon::next,
                                                         .label = ui.tr("home.all_needs"),
                                                         .look = Look::quiet})) {
    out.push(Go{Screen::needs});
  }
}

// All needs together, as one bar.
void draw_met(Ui& ui, const HomeView& view, Commands& out, float width) {
  const std::size_t all = view.met.open + view.met.covered + view.met.done;
  if (all == 0) return;
  Card card(ui, ui.theme.card, ui.theme.line, width);
  if (line(ui, {.id = "home.chart",
                .title = view.met.label,
                .detail = view.met.words,
                .action = ui.tr("home.chart"),
                .ruled = false})) {
    out.push(Go{Screen::needs});
    out.push(ShowChart{});
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = avail(ui);
  chart_bar(ui, view.met, all, {at.x, at.y, at.x + room, at.y + ui.px(22)});
  ImGui::Dummy(ImVec2(room, ui.px(22)));
}

}  // namespace

void draw_home(Ui& ui, const HomeView& view, Commands& out) {
  draw_attention(ui, view, out);
  draw_large_buttons(ui, out);
  const float room = avail(ui);
  if (room < 760 * ui.scale) {
    draw_open_needs(ui, view, out, 0);
    draw_shifts(ui, view, out, 0);
    draw_met(ui, view, out, 0);
    return;
  }
  const float half = std::floor((room - ui.px(kGap)) / 2);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ImGui::BeginGroup();
  draw_shifts(ui, view, out, half);
  draw_met(ui, view, out, half);
  ImGui::EndGroup();
  const float left_end = ImGui::GetItemRectMax().y;
  ImGui::SetCursorScreenPos(ImVec2(start.x + half + ui.px(kGap), start.y));
  draw_open_needs(ui, view, out, half);
  const float right_end = ImGui::GetItemRectMax().y;
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(ImVec2(1, std::max(left_end, right_end) - start.y));
}

}  // namespace rukun::ui
