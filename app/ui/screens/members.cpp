// Anggota: who belongs to the neighborhood, inviting another, and what does not count.
#include <algorithm>

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
  Flow buttons(ui);
  buttons.next(button_width(ui, ui.tr("print.invite")));
  if (button(ui,
             {.id = "members.print_invite", .icon = Icon::print, .label = ui.tr("print.invite")}))
    out.push(Deed{.what = Deed::What::print, .kind = "invite"});
  buttons.next(button_width(ui, ui.tr("members.done")));
  if (button(ui, {.id = "members.done",
                  .icon = Icon::check,
                  .label = ui.tr("members.done"),
                  .look = Look::primary}))
    out.push(CloseInvite{});
}

// The last step after a laptop was lost: the notice for the board, then everybody exchanges.
void draw_lost_done(Ui& ui, const LostLaptop& lost, Commands& out) {
  {
    Card card(ui, ui.theme.tint, ui.theme.primary);
    icon_text(ui, Icon::check, ui.tr("members.lost_done", {{"name", lost.name}}), Tone::strong);
  }
  text(ui, ui.tr("members.lost_next"));
  Flow buttons(ui);
  buttons.next(button_width(ui, ui.tr("print.lost")));
  if (button(ui, {.id = "members.print_lost",
                  .icon = Icon::print,
                  .label = ui.tr("print.lost"),
                  .look = Look::primary}))
    out.push(Deed{.what = Deed::What::print, .kind = "lost", .record = lost.member});
  buttons.next(button_width(ui, ui.tr("exchange.title")));
  if (button(ui,
             {.id = "members.exchange", .icon = Icon::exchange, .label = ui.tr("exchange.title")}))
    out.push(Go{Screen::exchange});
  buttons.next(button_width(ui, ui.tr("members.done")));
  if (button(ui,
             {.id = "members.lost_done", .icon = Icon::check, .label = ui.tr("members.done")}) ||
      ui.take(Key::escape))
    out.push(CloseLost{});
}

void draw_inviting(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  // A stick that is plugged in meanwhile is meant, unless another place was chosen.
  if (state.folder == state.offered) state.folder = view.folder;
  state.offered = view.folder;
  text(ui, ui.tr("members.ask_role"), Tone::title);
  Flow flow(ui, 8);
  for (const RoleChoice& role : view.roles) {
    const std::string id = "members.role." + role.id;
    flow.next(chip_width(ui, role.name));
    if (chip(ui, id, role.name, state.role == role.id)) state.role = role.id;
  }
  const bool submitted =
      path_field(ui, {.id = "members.folder", .label = ui.tr("members.folder")}, state.folder, out);
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

void draw_row(Ui& ui, const MembersView& view, const MemberRow& row, MembersState& state,
              bool first) {
  const std::string title = row.me ? ui.tr("members.me", {{"name", row.name}}) : row.name;
  const bool mine_to_decide = view.may_decide && !row.me;
  std::string detail = row.role;
  // A line has room for a pill or for what pressing does.
  if (mine_to_decide && !row.state.empty()) detail += " · " + row.state;
  if (!row.heard.empty()) detail += " · " + row.heard;
  if (line(ui, {.id = "members.row." + row.id,
                .title = title,
                .detail = detail,
                .badge = mine_to_decide ? std::string() : row.state,
                .badge_kind = row.removed ? Badge::neutral : Badge::warn,
                .action = mine_to_decide ? ui.tr("members.change") : std::string(),
                .ruled = !first}) &&
      mine_to_decide) {
    state.chosen = row.id;
    state.asking = MembersState::Asking::nothing;
    state.new_role = row.removed ? std::string() : row.role_id;
    state.reason.clear();
  }
}

void draw_invitations(Ui& ui, const MembersView& view, Commands& out) {
  if (view.invitations.empty()) return;
  gap(ui);
  text(ui, ui.tr("members.invitations"), Tone::title);
  text(ui, ui.tr("members.invitations_why"), Tone::faint);
  for (const InviteRow& one : view.invitations) {
    Card card(ui);
    icon_text(ui, Icon::key, one.role, Tone::strong);
    text(ui, ui.tr("members.invited_by", {{"name", one.by}, {"id", one.id.substr(0, 6)}}),
         Tone::faint);
    if (button(ui,
               {.id = "revoke." + one.id, .icon = Icon::close, .label = ui.tr("members.revoke")}))
      out.push(RevokeInvite{one.id});
  }
}

void draw_masked(Ui& ui, const MembersView& view, Commands& out) {
  if (view.masked.empty()) return;
  gap(ui);
  text(ui, ui.tr("members.masked"), Tone::title);
  text(ui, ui.tr("members.masked_why"), Tone::faint);
  for (const MaskedRow& one : view.masked) {
    Card card(ui);
    icon_text(ui, Icon::person, one.who + " · " + one.when, Tone::strong);
    text(ui, one.what);
    text(ui, one.why, Tone::faint);
    Flow buttons(ui);
    buttons.next(button_width(ui, ui.tr("members.adopt")));
    if (button(ui, {.id = "adopt." + one.txn,
                    .icon = Icon::check,
                    .label = ui.tr("members.adopt"),
                    .look = Look::primary}))
      out.push(DecideMasked{one.txn, true});
    buttons.next(button_width(ui, ui.tr("members.leave_out")));
    if (button(
            ui,
            {.id = "leave." + one.txn, .icon = Icon::close, .label = ui.tr("members.leave_out")}))
      out.push(DecideMasked{one.txn, false});
  }
  if (view.masked_more > 0)
    text(ui, ui.tr("members.masked_more", {{"n", std::to_string(view.masked_more)}}), Tone::faint);
}

void draw_list_buttons(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  Flow buttons(ui);
  if (view.may_invite) {
    buttons.next(button_width(ui, ui.tr("members.invite")));
    if (button(ui, {.id = "members.invite",
                    .icon = Icon::plus,
                    .label = ui.tr("members.invite"),
                    .look = Look::primary})) {
      state.inviting = true;
      state.folder = state.offered = view.folder;
    }
  }
  buttons.next(button_width(ui, ui.tr("print.button")));
  if (button(ui, {.id = "members.print", .icon = Icon::print, .label = ui.tr("print.button")}))
    out.push(Deed{.what = Deed::What::print, .kind = "members"});
  copy_button(ui, buttons, "members", out);
}

}  // namespace

void draw_members(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  show_page(ui, view.made        ? "members.made"
                : view.lost      ? "members.lost"
                : state.inviting ? "members.inviting"
                                 : "members." + state.chosen);
  if (view.made) {
    draw_made(ui, *view.made, out);
    return;
  }
  if (view.lost) {
    draw_lost_done(ui, *view.lost, out);
    return;
  }
  if (state.inviting) {
    draw_inviting(ui, view, state, out);
    return;
  }
  if (view.may_use_sheet && state.asking == MembersState::Asking::sheet) {
    draw_sheet(ui, view, state, out);
    return;
  }
  const auto chosen = std::find_if(view.rows.begin(), view.rows.end(),
                                   [&](const MemberRow& row) { return row.id == state.chosen; });
  if (view.may_decide && !state.chosen.empty() && chosen != view.rows.end()) {
    draw_member(ui, view, *chosen, state, out);
    return;
  }
  page_title(ui, "members.title");
  draw_list_buttons(ui, view, state, out);
  if (view.lone_head) note(ui, NoteKind::info, ui.tr("members.lone_head"));
  {
    const Card card(ui);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    for (const MemberRow& row : view.rows)
      draw_row(ui, view, row, state, &row == &view.rows.front());
    ImGui::PopStyleVar();
  }
  if (view.may_use_sheet &&
      button(ui, {.id = "members.sheet", .icon = Icon::warning, .label = ui.tr("members.sheet")}))
    state.asking = MembersState::Asking::sheet;
  draw_invitations(ui, view, out);
  draw_masked(ui, view, out);
}

}  // namespace rukun::ui
