// Anggota: who belongs to the neighborhood, and inviting another.
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_made(Ui& ui, const MadeInvite& made, Commands& out) {
  {
    Card card(ui, ui.theme.tint, ui.theme.primary);
    icon_text(ui, Icon::check, ui.tr("members.made", {{"file", made.file}}), Tone::strong);
    if (!made.code.empty()) {
      text(ui, ui.tr("members.code"));
      text(ui, made.code, Tone::title);
    }
    text(ui, ui.tr("members.words"), Tone::small);
    text(ui, made.words);
  }
  text(ui, ui.tr("members.next"));
  if (button(ui, {.id = "members.done",
                  .icon = Icon::check,
                  .label = ui.tr("members.done"),
                  .look = Look::primary}))
    out.push(CloseInvite{});
}

void draw_inviting(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  text(ui, ui.tr("members.ask_role"), Tone::title);
  Flow flow(ui, 8);
  for (const RoleChoice& role : view.roles) {
    const std::string id = "members.role." + role.id;
    flow.next(chip_width(ui, role.name));
    if (chip(ui, id, role.name, state.role == role.id)) state.role = role.id;
  }
  const bool submitted =
      text_field(ui, {.id = "members.folder", .label = ui.tr("members.folder"), .most = 4000},
                 state.folder)
          .submitted;
  const bool complete = !state.role.empty() && !state.folder.empty();
  Flow buttons(ui);
  buttons.next(button_width(ui, ui.tr("members.make")));
  const bool pressed = button(ui, {.id = "members.make",
                                   .icon = Icon::save,
                                   .label = ui.tr("members.make"),
                                   .look = Look::primary,
                                   .enabled = complete});
  buttons.next(button_width(ui, ui.tr("dialog.cancel")));
  const bool cancelled =
      button(ui, {.id = "members.cancel", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape);
  const bool done = (pressed || submitted) && complete;
  if (done) out.push(MakeInvite{state.role, state.folder});
  if (cancelled || done) state.inviting = false;
}

}  // namespace

void draw_members(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  if (view.made) {
    draw_made(ui, *view.made, out);
    return;
  }
  if (state.inviting) {
    draw_inviting(ui, view, state, out);
    return;
  }
  if (view.may_invite && button(ui, {.id = "members.invite",
                                     .icon = Icon::plus,
                                     .label = ui.tr("members.invite"),
                                     .look = Look::primary})) {
    state.inviting = true;
    state.folder = view.folder;
  }
  Card card(ui);
  for (const MemberRow& row : view.rows) {
    icon_text(ui, Icon::person, row.me ? ui.tr("members.me", {{"name", row.name}}) : row.name,
              Tone::strong);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(8));
    text(ui, row.role, Tone::small);
  }
}

}  // namespace rukun::ui
