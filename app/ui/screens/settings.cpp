#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

void draw_settings(Ui& ui, const SettingsView& view, Commands& out) {
  if (tile(ui, {.id = "settings.members",
                .icon = Icon::people,
                .label = ui.tr("members.title"),
                .detail = ui.tr("members.detail"),
                .width = avail(ui),
                .height = ui.px(72)})) {
    out.push(Go{Screen::members});
  }

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
      const std::string words = std::to_string(percent) + " %";
      flow.next(chip_width(ui, words));
      if (chip(ui, "settings.percent." + std::to_string(percent), words, view.percent == percent))
        out.push(ChooseTextSize{percent});
    }
    text(ui, ui.tr("settings.text_example"), Tone::faint);
  }
  {
    Card card(ui);
    text(ui, ui.tr("settings.about"), Tone::strong);
    text(ui, ui.tr("settings.version", {{"version", view.version}}));
    text(ui, ui.tr("settings.home", {{"home", view.home}}), Tone::faint);
    text(ui, ui.tr("settings.screen_reader"), Tone::faint);
  }
}

}  // namespace rukun::ui
