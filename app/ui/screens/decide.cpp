// Perlu diputuskan: what two people wrote into the same field, side by side, with who, when and on
// which laptop; then whatever else waits for a person, and where it is settled.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_choice(Ui& ui, const ConflictView& conflict, std::size_t number, float width,
                 Commands& out) {
  const ConflictChoice& choice = conflict.choices[number];
  Card card(ui, ui.theme.page, ui.theme.line, width);
  text(ui, choice.value, Tone::title);
  icon_text(ui, Icon::person, choice.who);
  icon_text(ui, Icon::clock, choice.when, Tone::faint);
  if (!choice.where.empty()) icon_text(ui, Icon::laptop, choice.where, Tone::faint);
  const std::string id =
      "take." + conflict.record + "." + conflict.field + "." + std::to_string(number);
  const std::string label = ui.tr("decide.take", {{"member", choice.who}});
  if (button(ui, {.id = id,
                  .icon = Icon::check,
                  .label = label,
                  .look = Look::primary,
                  .width = avail(ui)})) {
    out.push(Resolve{conflict.record, conflict.field, choice.write});
  }
}

void draw_choices(Ui& ui, const ConflictView& conflict, Commands& out) {
  const float room = avail(ui);
  const float across = std::max(1.0F, std::min(static_cast<float>(conflict.choices.size()),
                                               std::floor(room / (300 * ui.scale))));
  const float width = std::floor((room - ui.px(kGap) * (across - 1)) / across);
  const auto row = static_cast<std::size_t>(across);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  float top = origin.y;
  float bottom = top;
  for (std::size_t i = 0; i < conflict.choices.size(); ++i) {
    if (i % row == 0 && i > 0) top = bottom + ui.px(kGap);
    ImGui::SetCursorScreenPos(
        ImVec2(origin.x + static_cast<float>(i % row) * (width + ui.px(kGap)), top));
    draw_choice(ui, conflict, i, width, out);
    bottom = std::max(bottom, ImGui::GetItemRectMax().y);
  }
  ImGui::SetCursorScreenPos(ImVec2(origin.x, bottom + ui.px(kGap)));
}

void draw_conflict(Ui& ui, const ConflictView& conflict, DecideState& state, Commands& out) {
  Card card(ui);
  text(ui, conflict.title, Tone::strong);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(8));
  text(ui, ui.tr("decide.field", {{"field", conflict.field_label}}), Tone::faint);
  draw_choices(ui, conflict, out);
  const std::string key = conflict.record + "." + conflict.field;
  if (state.writing != key) {
    if (button(ui, {.id = "write." + key, .icon = Icon::edit, .label = ui.tr("decide.write")})) {
      state.writing = key;
      state.value.clear();
      if (!conflict.choices.empty()) {
        const ConflictChoice& first = conflict.choices.front();
        state.value = first.typed.empty() ? first.value : first.typed;
      }
      focus_field(ui, "value." + key);
    }
    return;
  }
  const FieldResult typed = text_field(
      ui, {.id = "value." + key, .label = ui.tr("decide.right_value"), .most = 1000}, state.value);
  const bool pressed = button(ui, {.id = "use." + key,
                                   .icon = Icon::check,
                                   .label = ui.tr("decide.use"),
                                   .look = Look::primary,
                                   .enabled = !state.value.empty()});
  if ((pressed || typed.submitted) && !state.value.empty()) {
    out.push(ResolveWith{conflict.record, conflict.field, state.value});
    state = DecideState();
  }
  if (ui.take(Key::escape)) state = DecideState();
}

void draw_waiting(Ui& ui, const DecideView& view, Commands& out) {
  if (!view.conflicts.empty()) text(ui, ui.tr("decide.waiting"), Tone::title);
  Card card(ui);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (std::size_t i = 0; i < view.waiting.size(); ++i) {
    const AttentionRow& row = view.waiting[i];
    const std::string id = "waiting." + std::to_string(i);
    if (line(ui, {.id = id, .title = row.words, .action = row.action, .ruled = i > 0}))
      out.push(Go{row.to, row.record});
  }
  ImGui::PopStyleVar();
  if (view.waiting_more > 0)
    text(ui, ui.tr("decide.waiting_more", {{"n", std::to_string(view.waiting_more)}}), Tone::faint);
}

}  // namespace

void draw_decide(Ui& ui, const DecideView& view, DecideState& state, Commands& out) {
  page_title(ui, "decide.title");
  if (view.conflicts.empty() && view.waiting.empty()) {
    icon_text(ui, Icon::check, ui.tr("decide.nothing"), Tone::strong);
    text(ui, ui.tr("decide.nothing_detail"), Tone::faint);
    return;
  }
  if (!view.conflicts.empty()) text(ui, ui.tr("decide.explain"), Tone::faint);
  for (const ConflictView& conflict : view.conflicts) draw_conflict(ui, conflict, state, out);
  if (!view.waiting.empty()) draw_waiting(ui, view, out);
}

}  // namespace rukun::ui
