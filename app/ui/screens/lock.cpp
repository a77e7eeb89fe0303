#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_people(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  text(ui, ui.tr("lock.who"), Tone::title);
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

void draw_passphrase(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  const ProfileChoice& who = view.profiles[std::min(state.profile, view.profiles.size() - 1)];
  icon_text(ui, Icon::lock, ui.tr("lock.locked"), Tone::faint);
  text(ui, who.name, Tone::title);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, "lock.passphrase");
  const FieldResult typed =
      passphrase_field(ui, "lock.passphrase", ui.tr("lock.passphrase"), state.passphrase);
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
  text(ui, ui.tr("lock.forgotten"), Tone::small);
}

// Somebody is away for a moment only.
void draw_pin(Ui& ui, const LockView& view, LockState& state, Commands& out) {
  icon_text(ui, Icon::lock, ui.tr("lock.locked"), Tone::faint);
  text(ui, view.pin_of, Tone::title);
  if (std::exchange(state.field_wanted, false)) focus_field(ui, "lock.pin");
  const FieldResult typed = passphrase_field(ui, "lock.pin", ui.tr("lock.pin"), state.passphrase);
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
    if (!view.pin_of.empty())
      draw_pin(ui, view, state, out);
    else if (state.choosing || view.profiles.empty())
      draw_people(ui, view, state, out);
    else
      draw_passphrase(ui, view, state, out);
  });
}

}  // namespace rukun::ui
