// Who looked at what, and what to do when a stick or a laptop is lost.
#include "app/ui/screens/screens.h"
#include "app/ui/table.h"

namespace rukun::ui {
namespace {

// A numbered step in words.
void step(Ui& ui, int number, std::string_view words) {
  point(ui, std::to_string(number) + ".", words);
}

void go_button(Ui& ui, std::string_view id, Icon icon, std::string_view words, Screen to,
               Commands& out) {
  if (button(ui, {.id = id, .icon = icon, .label = words})) out.push(Go{to});
}

// The steps as a paper: it hangs at the post before anything is lost.
void steps_on_paper(Ui& ui, std::string_view what, Commands& out) {
  if (button(ui, {.id = "lost.print", .icon = Icon::print, .label = ui.tr("print.button")}))
    out.push(Deed{.what = Deed::What::print, .kind = std::string(what)});
}

void draw_stick_steps(Ui& ui, Commands& out) {
  screen_head(ui, "lost.stick");
  steps_on_paper(ui, "lost_stick", out);
  note(ui, NoteKind::info, ui.tr("lost.stick_sealed"));
  step(ui, 1, ui.tr("lost.stick_invitation"));
  go_button(ui, "lost.members", Icon::people, ui.tr("members.title"), Screen::members, out);
  step(ui, 2, ui.tr("lost.stick_paper"));
  step(ui, 3, ui.tr("lost.stick_exchange"));
  go_button(ui, "lost.exchange", Icon::exchange, ui.tr("exchange.title"), Screen::exchange, out);
}

void draw_laptop_steps(Ui& ui, Commands& out) {
  screen_head(ui, "lost.laptop");
  steps_on_paper(ui, "lost_laptop", out);
  note(ui, NoteKind::info, ui.tr("lost.laptop_sealed"));
  step(ui, 1, ui.tr("lost.laptop_remove"));
  go_button(ui, "lost.members", Icon::people, ui.tr("members.title"), Screen::members, out);
  step(ui, 2, ui.tr("lost.laptop_exchange"));
  go_button(ui, "lost.exchange", Icon::exchange, ui.tr("exchange.title"), Screen::exchange, out);
  step(ui, 3, ui.tr("lost.laptop_notice"));
  step(ui, 4, ui.tr("lost.laptop_again"));
}

}  // namespace

void draw_access(Ui& ui, const AccessView& view, Commands& out) {
  page_title(ui, "access.title");
  text(ui, ui.tr("access.why"), Tone::faint);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("settings.back")));
  if (button(ui, {.id = "access.back", .icon = Icon::back, .label = ui.tr("settings.back")}) ||
      ui.take(Key::escape))
    out.push(Go{Screen::settings});
  flow.next(button_width(ui, ui.tr("print.button")));
  if (!view.rows.empty() &&
      button(ui, {.id = "access.print", .icon = Icon::print, .label = ui.tr("print.button")}))
    out.push(Deed{.what = Deed::What::print, .kind = "access"});
  if (!view.rows.empty()) copy_button(ui, flow, "access", out);
  TableSpec spec;
  spec.id = "access.table";
  spec.columns = {{ui.tr("access.when"), 1.4F, 180},
                  {ui.tr("access.what"), 2, 200},
                  {ui.tr("access.subject"), 1.6F, 160},
                  {ui.tr("access.rows"), 0.6F, 90, true}};
  spec.count = view.rows.size();
  spec.empty_words = ui.tr("access.empty");
  spec.cell = [&view](std::size_t row, std::size_t column) -> Cell {
    const AccessRow& one = view.rows[row];
    const std::string* cells[] = {&one.when, &one.what, &one.subject, &one.rows};
    return {*cells[column]};
  };
  (void)table(ui, spec);
}

void draw_lost(Ui& ui, LostState& state, Commands& out) {
  using Thing = LostState::Thing;
  show_page(ui, "lost." + std::to_string(static_cast<int>(state.thing)));
  if (state.thing == Thing::asked) {
    page_title(ui, "lost.title");
    text(ui, ui.tr("lost.ask"), Tone::strong);
    if (tile(ui, {.id = "lost.stick",
                  .icon = Icon::stick,
                  .label = ui.tr("lost.stick"),
                  .width = avail(ui),
                  .height = ui.px(72)}))
      state.thing = Thing::stick;
    if (tile(ui, {.id = "lost.laptop",
                  .icon = Icon::laptop,
                  .label = ui.tr("lost.laptop"),
                  .width = avail(ui),
                  .height = ui.px(72)}))
      state.thing = Thing::laptop;
    if (button(ui, {.id = "lost.settings", .icon = Icon::back, .label = ui.tr("settings.back")}) ||
        ui.take(Key::escape))
      out.push(Go{Screen::settings});
    return;
  }
  if (state.thing == Thing::stick)
    draw_stick_steps(ui, out);
  else
    draw_laptop_steps(ui, out);
  gap(ui, 8);
  if (button(ui, {.id = "lost.back", .icon = Icon::back, .label = ui.tr("first.back")}) ||
      ui.take(Key::escape))
    state.thing = Thing::asked;
}

}  // namespace rukun::ui
