// Cetak: which of several, and what came of it: where the file is and what to do with it, or why
// there is none.
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_print_result(Ui& ui, const PrintView& view) {
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("print.busy"));
    return;
  }
  if (!view.failed.empty()) {
    note(ui, NoteKind::danger, view.failed);
    return;
  }
  icon_text(ui, Icon::check, view.saved, Tone::strong);
  text(ui, view.next);
  if (!view.left_out.empty()) note(ui, NoteKind::warn, view.left_out);
}

}  // namespace

void draw_print(Ui& ui, const PrintView& view, Commands& out) {
  if (!begin_dialog(ui, "print", view.title, 640)) return;
  // Enter takes what stands first, and closes what has been read.
  if (ImGui::IsWindowAppearing()) ui.focus.clear();
  if (ui.focus.nowhere() && !view.busy) {
    const char* last = view.failed.empty() ? "print.close" : "print.again";
    focus_field(ui, view.choices.empty() ? last : "print.choice.0");
  }
  if (view.choices.empty()) draw_print_result(ui, view);
  for (std::size_t i = 0; i < view.choices.size(); ++i) {
    const DeedButton& one = view.choices[i];
    if (button(ui, {.id = "print.choice." + std::to_string(i),
                    .icon = one.icon,
                    .label = one.label,
                    .look = i == 0 ? Look::primary : Look::normal,
                    .width = avail(ui)}))
      out.push(one.deed);
  }
  gap(ui, 4);
  const bool asks = !view.choices.empty() || !view.failed.empty();
  Flow flow(ui);
  if (!view.failed.empty()) {
    flow.next(button_width(ui, ui.tr("print.again")));
    if (button(ui, {.id = "print.again",
                    .icon = Icon::print,
                    .label = ui.tr("print.again"),
                    .look = Look::primary}))
      out.push(view.again);
  }
  flow.next(button_width(ui, ui.tr(asks ? "dialog.cancel" : "members.done")));
  if (!view.busy && (button(ui, {.id = "print.close",
                                 .icon = asks ? Icon::close : Icon::check,
                                 .label = ui.tr(asks ? "dialog.cancel" : "members.done"),
                                 .look = asks ? Look::normal : Look::primary}) ||
                     ui.take(Key::escape))) {
    out.push(ClosePrint{});
    ImGui::CloseCurrentPopup();
  }
  end_dialog(ui);
}

}  // namespace rukun::ui
