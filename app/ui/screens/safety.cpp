// Kata sandi & cadangan: another passphrase, a sealed copy for another house, and the folders that
// this laptop knows.
#include <optional>
#include <utility>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_change(Ui& ui, const SafetyView& view, SafetyState& state, Commands& out) {
  Card card(ui);
  text(ui, ui.tr("safety.passphrase"), Tone::strong);
  if (!state.changing) {
    if (!view.changed.empty()) icon_text(ui, Icon::check, view.changed, Tone::strong);
    text(ui, ui.tr("safety.passphrase_why"), Tone::faint);
    if (button(ui, {.id = "safety.change", .icon = Icon::key, .label = ui.tr("safety.change")})) {
      state = {.changing = true, .folder_offered = state.folder_offered, .folder = state.folder};
      focus_field(ui, "safety.now");
    }
    return;
  }
  passphrase_field(ui, "safety.now", ui.tr("safety.now"), state.now);
  bool field_wanted = false;
  const FieldResult typed =
      draw_new_passphrase(ui, "safety", view.passphrase, state.next, field_wanted);
  if (field_wanted) focus_field(ui, "safety.typed");
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("safety.busy"), Tone::strong);
    return;
  }
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("dialog.cancel")));
  if (button(ui, {.id = "safety.cancel", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape)) {
    state.changing = false;
    state.now.text.wipe();
    state.next = NewPassphraseState();
    return;
  }
  const bool complete = !state.now.text.empty() && !state.next.typed.text.empty();
  flow.next(button_width(ui, ui.tr("safety.change")));
  const bool pressed = button(ui, {.id = "safety.change_now",
                                   .icon = Icon::check,
                                   .label = ui.tr("safety.change"),
                                   .look = Look::primary,
                                   .enabled = complete});
  if ((!pressed && !typed.submitted) || !complete) return;
  const bool own = state.next.own;
  auto next = take_new_passphrase(view.passphrase, state.next);
  if (!next) return focus_field(ui, "safety.typed");
  out.push(ChangePassphrase{state.now.text, std::move(*next), own});
  state.now.text.wipe();
}

void draw_backup(Ui& ui, const SafetyView& view, SafetyState& state, Commands& out) {
  Card card(ui);
  text(ui, ui.tr("safety.backup"), Tone::strong);
  text(ui, ui.tr("safety.backup_why"), Tone::faint);
  if (!view.done.empty())
    icon_text(ui, Icon::check, view.done, Tone::strong);
  else
    icon_text(ui, Icon::clock, view.last.empty() ? ui.tr("safety.no_backup") : view.last);
  if (!view.backup_failed.empty()) note(ui, NoteKind::danger, view.backup_failed);
  if (!std::exchange(state.folder_offered, true)) state.folder = view.folder;
  const bool submitted = path_field(ui,
                                    {.id = "safety.folder",
                                     .label = ui.tr("safety.folder"),
                                     .hint = ui.tr("exchange.folder_hint"),
                                     .wanted = PickFor::folder},
                                    state.folder, out);
  const bool pressed = button(ui, {.id = "safety.make",
                                   .icon = Icon::save,
                                   .label = ui.tr("safety.make"),
                                   .enabled = !state.folder.empty() && !view.busy});
  if ((pressed || submitted) && !state.folder.empty()) out.push(MakeBackup{state.folder});
}

void draw_folders(Ui& ui, const SafetyView& view, Commands& out) {
  Card card(ui);
  text(ui, ui.tr("safety.folders"), Tone::strong);
  const std::string& exchanged = view.exchange_folder;
  icon_text(ui, Icon::exchange,
            exchanged.empty() ? ui.tr("safety.no_exchange_folder")
                              : ui.tr("safety.exchange_folder", {{"folder", exchanged}}));
  icon_text(ui, Icon::print, ui.tr("safety.papers", {{"folder", view.papers}}));
  if (!exchanged.empty() &&
      button(ui, {.id = "safety.forget", .icon = Icon::close, .label = ui.tr("safety.forget")}))
    out.push(ForgetFolder{});
}

}  // namespace

void draw_safety(Ui& ui, const SafetyView& view, SafetyState& state, Commands& out) {
  page_title(ui, "safety.title");
  const bool asking = state.changing;
  if (button(ui, {.id = "safety.back", .icon = Icon::back, .label = ui.tr("settings.back")}))
    out.push(Go{Screen::settings});
  draw_change(ui, view, state, out);
  draw_backup(ui, view, state, out);
  draw_folders(ui, view, out);
  if (!asking && ui.take(Key::escape)) out.push(Go{Screen::settings});
}

}  // namespace rukun::ui
