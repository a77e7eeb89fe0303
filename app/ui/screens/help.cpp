// F1: what the screen behind it is for, and every other page of help.
#include "app/ui/help.h"

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_help_page(Ui& ui, const HelpPage& page) {
  for (const HelpLine& line : page.lines) {
    switch (line.kind) {
      case HelpLine::Kind::heading:
        gap(ui, 4);
        text(ui, line.words, Tone::strong);
        break;
      case HelpLine::Kind::point: point(ui, "•", line.words); break;
      case HelpLine::Kind::text: text(ui, line.words); break;
    }
  }
}

void draw_help_topics(Ui& ui, const std::vector<HelpPage>& pages, ShellState& state) {
  for (const HelpPage& page : pages) {
    const std::string id = "help.topic." + page.topic;
    if (button(ui, {.id = id, .icon = Icon::help, .label = page.title, .width = avail(ui)})) {
      state.help_topic = page.topic;
      state.help_topics = false;
    }
  }
}

}  // namespace

void draw_help(Ui& ui, ShellState& state, Screen current) {
  const std::string& language = ui.words.language();
  const std::string topic =
      state.help_topic.empty() ? std::string(help_topic(current)) : state.help_topic;
  const HelpPage* page = ui.help == nullptr ? nullptr : ui.help->find(language, topic);
  const bool topics = state.help_topics && ui.help != nullptr;
  const std::string heading = topics || page == nullptr ? ui.tr("help.title") : page->title;
  if (!begin_dialog(ui, "help", heading, 720)) return;
  if (topics)
    draw_help_topics(ui, ui.help->pages(language), state);
  else if (page != nullptr)
    draw_help_page(ui, *page);
  else
    text(ui, ui.tr("help.missing"));
  gap(ui, 4);
  Flow buttons(ui);
  buttons.next(button_width(ui, ui.tr("help.close")));
  if (button(ui, {.id = "help.close",
                  .icon = Icon::check,
                  .label = ui.tr("help.close"),
                  .look = Look::primary}) ||
      ui.take(Key::escape)) {
    state.help_open = false;
    state.help_topic.clear();
    state.help_topics = false;
    ImGui::CloseCurrentPopup();
  }
  if (!topics && page != nullptr) {
    buttons.next(button_width(ui, ui.tr("help.topics")));
    if (button(ui, {.id = "help.topics", .icon = Icon::menu, .label = ui.tr("help.topics")}))
      state.help_topics = true;
  }
  end_dialog(ui);
}

}  // namespace rukun::ui
