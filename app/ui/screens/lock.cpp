#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_restored(Ui& ui, const LockView& view) {
  if (!view.restored.empty()) icon_text(ui, Icon::check, view.restored, Tone::strong);
}

void draw_people(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  draw_restored(ui, view);
  text(ui, ui.tr("lock.who"), Tone::title);
  if (view.profiles.empty() && !view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  for (std::size_t i = 0; i < view.profiles.size(); ++i) {
    const std::string id = "lock.profile." + std::to_string(i);
    if (tile(ui, {.id = id,
                  .icon = Icon::person,
                  .label = view.profiles[i].name,
                  .width = avail(ui),
                  .height = ui.px(72)})) {
      state.profile = i;
      state.choosing = false;
      state.field_wanted = true;
      state.passphrase.text.wipe();
    }
  }
  if (button(ui, {.id = "lock.new", .icon = Icon::plus, .label = ui.tr("lock.new")}))
    out.push(NewProfile{});
}

// It is the one thing that is asked for: a press beside the field does not take the keyboard away.
void keep_keyboard(Ui& ui, const char* field, bool active, LockState& state) {
  const bool elsewhere = !ui.focus.nowhere() && !ui.focus.is(ImGui::GetID(field));
  if (!active && !elsewhere && !ImGui::IsMouseDown(ImGuiMouseButton_Left))
    state.field_wanted = true;
}

void draw_passphrase(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  const ProfileChoice& who = view.profiles[std::min(state.profile, view.profiles.size() - 1)];
  draw_restored(ui, view);
  icon_text(ui, Icon::lock, ui.tr("lock.locked"), Tone::faint);
  text(ui, who.name, Tone::title);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, "lock.passphrase");
  const FieldResult typed =
      passphrase_field(ui, "lock.passphrase", ui.tr("lock.passphrase"), state.passphrase);
  keep_keyboard(ui, "lock.passphrase", typed.active, state);
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  gap(ui, 4);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("lock.busy"), Tone::strong);
    return;
  }
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("lock.open")));
  const bool pressed = button(ui, {.id = "lock.open",
                                   .icon = Icon::key,
                                   .label = ui.tr("lock.open"),
                                   .look = Look::primary,
                                   .enabled = !state.passphrase.text.empty()});
  flow.next(button_width(ui, ui.tr("lock.switch")));
  if (button(ui, {.id = "lock.switch", .icon = Icon::people, .label = ui.tr("lock.switch")}))
    state.choosing = true;
  if ((pressed || typed.submitted) && !state.passphrase.text.empty()) {
    out.push(Unlock{who.id, state.passphrase.text});
    state.passphrase.text.wipe();
    state.field_wanted = true;
  }
  if (button(ui, {.id = "lock.forgotten",
                  .icon = Icon::information,
                  .label = ui.tr("lock.forgotten"),
                  .look = Look::quiet})) {
    const std::size_t profile = state.profile;
    state = LockState{.profile = profile, .recovering = true};
  }
}

// A new passphrase by the code that was written on paper in the first run.
void draw_recovery(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  const ProfileChoice& who = view.profiles[std::min(state.profile, view.profiles.size() - 1)];
  text(ui, ui.tr("lock.recover_title", {{"name", who.name}}), Tone::title);
  text(ui, ui.tr("lock.recover_why"), Tone::faint);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, "lock.code");
  (void)passphrase_field(ui, "lock.code", ui.tr("lock.code"), state.code);
  (void)passphrase_field(ui, "lock.next", ui.tr("lock.next"), state.next);
  const bool submitted =
      passphrase_field(ui, "lock.again", ui.tr("lock.again"), state.again).submitted;
  if (state.differs) note(ui, NoteKind::danger, ui.tr("lock.differs"));
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  gap(ui, 4);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("lock.busy"), Tone::strong);
    return;
  }
  const bool complete =
      !state.code.text.empty() && !state.next.text.empty() && !state.again.text.empty();
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("lock.recover")));
  const bool pressed = button(ui, {.id = "lock.recover",
                                   .icon = Icon::key,
                                   .label = ui.tr("lock.recover"),
                                   .look = Look::primary,
                                   .enabled = complete});
  flow.next(button_width(ui, ui.tr("first.back")));
  if (button(ui, {.id = "lock.recover_back", .icon = Icon::back, .label = ui.tr("first.back")}) ||
      ui.take(Key::escape)) {
    const std::size_t profile = state.profile;
    state = LockState{.profile = profile};
    return;
  }
  if (!(pressed || submitted) || !complete) return;
  state.differs = state.next.text.view() != state.again.text.view();
  if (!state.differs) out.push(Recover{who.id, state.code.text, state.next.text});
}

// Somebody is away for a moment only.
void draw_pin(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  icon_text(ui, Icon::lock, ui.tr("lock.locked"), Tone::faint);
  text(ui, view.pin_of, Tone::title);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, "lock.pin");
  const FieldResult typed = passphrase_field(ui, "lock.pin", ui.tr("lock.pin"), state.passphrase);
  keep_keyboard(ui, "lock.pin", typed.active, state);
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  gap(ui, 4);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("lock.open")));
  const bool pressed = button(ui, {.id = "lock.reopen",
                                   .icon = Icon::key,
                                   .label = ui.tr("lock.open"),
                                   .look = Look::primary,
                                   .enabled = !state.passphrase.text.empty()});
  flow.next(button_width(ui, ui.tr("lock.switch")));
  if (button(ui, {.id = "lock.close", .icon = Icon::people, .label = ui.tr("lock.switch")})) {
    state = LockState{.choosing = true};
    out.push(CloseSession{});
  } else if ((pressed || typed.submitted) && !state.passphrase.text.empty()) {
    out.push(ReopenWithPin{state.passphrase.text});
    state.passphrase.text.wipe();
    state.field_wanted = true;
  }
  text(ui, ui.tr("lock.pin_why"), Tone::small);
}

}  // namespace

void draw_lock(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  full_page(ui, "lock", 600, [&] {
    show_page(ui, state.choosing ? "lock.who" : state.recovering ? "lock.recovery" : "lock");
    if (!view.pin_of.empty())
      draw_pin(ui, view, state, out);
    else if (state.choosing || view.profiles.empty())
      draw_people(ui, view, state, out);
    else if (state.recovering)
      draw_recovery(ui, view, state, out);
    else
      draw_passphrase(ui, view, state, out);
  });
}

}  // namespace rukun::ui
