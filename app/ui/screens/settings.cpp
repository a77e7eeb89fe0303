#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

namespace {

// A PIN is typed twice; both fields are wiped when it is over.
void draw_pin(Ui& ui, const SettingsView& view, SettingsState& state, Commands& out) {
  text(ui, ui.tr("settings.pin_why"), Tone::faint);
  const char* const set = view.has_pin ? "settings.pin_change" : "settings.pin_set";
  if (!state.asking_pin) {
    Flow flow(ui);
    flow.next(button_width(ui, ui.tr(set)));
    if (button(ui, {.id = "settings.pin_set", .icon = Icon::key, .label = ui.tr(set)}))
      state.asking_pin = true;
    if (!view.has_pin) return;
    flow.next(button_width(ui, ui.tr("settings.pin_drop")));
    if (button(
            ui,
            {.id = "settings.pin_drop", .icon = Icon::close, .label = ui.tr("settings.pin_drop")}))
      out.push(SetPin{});
    return;
  }
  const bool first = passphrase_field(ui, "settings.pin", ui.tr("settings.pin"), state.pin).edited;
  const FieldResult again =
      passphrase_field(ui, "settings.pin_again", ui.tr("settings.pin_again"), state.again);
  if (first || again.edited) state.differs = false;
  if (state.differs) note(ui, NoteKind::warn, ui.tr("settings.pin_differs"));
  const bool complete = !state.pin.text.empty() && !state.again.text.empty();
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr(set)));
  const bool pressed = button(ui, {.id = "settings.pin_done",
                                   .icon = Icon::check,
                                   .label = ui.tr(set),
                                   .look = Look::primary,
                                   .enabled = complete});
  flow.next(button_width(ui, ui.tr("dialog.cancel")));
  if (button(ui,
             {.id = "settings.pin_cancel", .icon = Icon::back, .label = ui.tr("dialog.cancel")})) {
    state = SettingsState();
    return;
  }
  if ((!pressed && !again.submitted) || !complete) return;
  state.differs = state.pin.text.view() != state.again.text.view();
  if (!state.differs) {
    out.push(SetPin{state.pin.text});
    state.asking_pin = false;
  }
  state.pin.text.wipe();
  state.again.text.wipe();
}

void draw_lock_settings(Ui& ui, const SettingsView& view, SettingsState& state, Commands& out) {
  Card card(ui);
  text(ui, ui.tr("settings.lock"), Tone::strong);
  {
    Flow flow(ui, 8);
    for (const int minutes : {2, 5, 10, 15}) {
      const std::string words = ui.tr("settings.lock_minutes", {{"n", std::to_string(minutes)}});
      flow.next(chip_width(ui, words));
      if (chip(ui, "settings.lock." + std::to_string(minutes), words, view.lock_minutes == minutes))
        out.push(ChooseLockTime{minutes});
    }
  }
  gap(ui, 4);
  draw_pin(ui, view, state, out);
  for (const std::string& sentence : view.memory) note(ui, NoteKind::warn, sentence);
}

// What has a page of its own; side by side where there is room.
void draw_pages(Ui& ui, Commands& out) {
  struct Page {
    const char* id;
    const char* label;
    const char* detail;
    Screen to;
  };
  static constexpr Page kPages[] = {
      {"settings.members", "members.title", "members.detail", Screen::members},
      {"settings.safety", "safety.title", "safety.detail", Screen::safety},
      {"settings.access", "access.title", "access.detail", Screen::access},
      {"settings.lost", "lost.title", "lost.detail", Screen::lost}};
  const float room = avail(ui);
  const bool beside = room >= 700 * ui.scale;
  const float width = beside ? std::floor((room - ui.px(kGap)) / 2) : room;
  Flow flow(ui);
  for (const Page& page : kPages) {
    flow.next(width);
    if (tile(ui, {.id = page.id,
                  .icon = screen_icon(page.to),
                  .label = ui.tr(page.label),
                  .detail = ui.tr(page.detail),
                  .width = width,
                  .height = ui.px(beside ? 92 : 72)}))
      out.push(Go{page.to});
  }
}

}  // namespace

void draw_settings(Ui& ui, const SettingsView& view, SettingsState& state, Commands& out) {
  page_title(ui, "settings.title");
  draw_pages(ui, out);
  {
    Card card(ui);
    text(ui, ui.tr("settings.language"), Tone::strong);
    Flow flow(ui, 8);
    for (const auto& [code, name] :
         {std::pair{"id", "Bahasa Indonesia"}, std::pair{"en", "English"}}) {
      flow.next(chip_width(ui, name));
      if (chip(ui, std::string("settings.language.") + code, name, view.language == code))
        out.push(ChooseLanguage{code});
    }
  }
  {
    Card card(ui);
    text(ui, ui.tr("settings.text_size"), Tone::strong);
    Flow flow(ui, 8);
    for (const int percent : {100, 125, 150, 175, 200}) {
      const std::string words = std::to_string(percent) + "%";
      flow.next(chip_width(ui, words));
      if (chip(ui, "settings.percent." + std::to_string(percent), words, view.percent == percent))
        out.push(ChooseTextSize{percent});
    }
    text(ui, ui.tr("settings.text_example"), Tone::faint);
  }
  {
    Card card(ui);
    text(ui, ui.tr("settings.theme"), Tone::strong);
    Flow flow(ui, 8);
    for (const bool dark : {false, true}) {
      const std::string& words = ui.tr(dark ? "settings.dark" : "settings.light");
      flow.next(chip_width(ui, words));
      if (chip(ui, dark ? "settings.dark" : "settings.light", words, view.dark == dark))
        out.push(ChooseTheme{dark});
    }
    text(ui, ui.tr("settings.theme_detail"), Tone::faint);
  }
  draw_lock_settings(ui, view, state, out);
  {
    Card card(ui);
    text(ui, ui.tr("settings.about"), Tone::strong);
    text(ui, ui.tr("settings.version", {{"version", view.version}}));
    text(ui, ui.tr("settings.home", {{"home", view.home}}), Tone::faint);
    text(ui, ui.tr("settings.screen_reader"), Tone::faint);
  }
}

}  // namespace rukun::ui
