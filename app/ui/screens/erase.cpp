// Erasing personal data, for heads: what happens, what else may name the person, why; and then who
// has heard of it. What is asked here cannot be undone, so nothing of it is one press away.
#include <algorithm>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

bool closes(Ui& ui, std::string_view words) {
  return button(ui, {.id = "erase.back", .icon = Icon::back, .label = words}) ||
         ui.take(Key::escape);
}

void draw_linked(Ui& ui, const EraseView& view, EraseState& state) {
  if (view.linked.empty()) return;
  text(ui, ui.tr("erase.linked"), Tone::strong);
  for (const EraseTarget& one : view.linked) {
    const auto chosen = std::find(state.also.begin(), state.also.end(), one.id);
    const bool goes = chosen != state.also.end();
    if (!line(ui, {.id = "erase.also." + one.id,
                   .title = one.title,
                   .detail = one.kind,
                   .badge = goes ? ui.tr("erase.goes") : std::string(),
                   .badge_kind = Badge::warn,
                   .action = goes ? std::string() : ui.tr("erase.also")}))
      continue;
    if (goes)
      state.also.erase(chosen);
    else
      state.also.push_back(one.id);
  }
}

void draw_question(Ui& ui, const EraseView& view, EraseState& state, Commands& out) {
  if (state.target != view.target->id) state = EraseState{view.target->id, {}, {}};
  text(ui, ui.tr("erase.ask", {{"title", view.target->title}}), Tone::title);
  note(ui, NoteKind::warn, ui.tr("erase.what_happens"));
  text(ui, ui.tr("erase.unreached"));
  draw_linked(ui, view, state);
  (void)text_field(ui, {.id = "erase.reason", .label = ui.tr("erase.reason"), .most = 1000},
                   state.reason);
  text(ui, ui.tr("erase.reason_why"), Tone::small);
  Flow buttons(ui);
  const std::string yes = ui.tr("erase.yes");
  buttons.next(button_width(ui, yes));
  if (button(ui, {.id = "erase.yes",
                  .icon = Icon::close,
                  .label = yes,
                  .look = Look::danger,
                  .enabled = !state.reason.empty()})) {
    Erase command{{view.target->id}, state.reason};
    command.records.insert(command.records.end(), state.also.begin(), state.also.end());
    out.push(std::move(command));
    state = EraseState();
    return;
  }
  buttons.next(button_width(ui, ui.tr("dialog.cancel")));
  if (closes(ui, ui.tr("dialog.cancel"))) out.push(CloseErase{});
}

void draw_done(Ui& ui, const EraseView& view, Commands& out) {
  text(ui, ui.tr("erase.done_title"), Tone::title);
  text(ui, ui.tr("erase.unreached"), Tone::faint);
  for (const ErasedRow& one : view.done) {
    Card card(ui);
    text(ui, one.what + ": " + one.why, Tone::strong);
    text(ui, one.here);
    if (!one.heard.empty()) icon_text(ui, Icon::check, one.heard, Tone::faint);
    if (!one.open.empty()) icon_text(ui, Icon::clock, one.open, Tone::faint);
  }
  if (closes(ui, ui.tr("first.back"))) out.push(CloseErase{});
}

}  // namespace

void draw_erase(Ui& ui, const EraseView& view, EraseState& state, Commands& out) {
  if (view.target)
    draw_question(ui, view, state, out);
  else
    draw_done(ui, view, out);
}

}  // namespace rukun::ui
