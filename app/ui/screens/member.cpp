// One member's page, for heads: another role, a lost laptop, removal, admission again. What each
// does is said in plain words before it is done.
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

using Asking = MembersState::Asking;

bool back_button(Ui& ui, std::string_view id) {
  return button(ui, {.id = id, .icon = Icon::back, .label = ui.tr("first.back")}) ||
         ui.take(Key::escape);
}

void draw_roles(Ui& ui, const MembersView& view, const MemberRow& row, MembersState& state,
                Commands& out) {
  text(ui, ui.tr(row.removed ? "member.admit_again" : "member.role"), Tone::strong);
  if (row.removed) text(ui, ui.tr("member.admit_again_why"), Tone::faint);
  Flow flow(ui, 8);
  for (const RoleChoice& role : view.roles) {
    flow.next(chip_width(ui, role.name));
    if (chip(ui, "member.role." + role.id, role.name, state.new_role == role.id))
      state.new_role = role.id;
  }
  const bool changes = !state.new_role.empty() && (row.removed || state.new_role != row.role_id);
  if (button(ui, {.id = "member.set_role",
                  .icon = Icon::check,
                  .label = ui.tr(row.removed ? "member.admit" : "member.set_role"),
                  .look = Look::primary,
                  .enabled = changes})) {
    out.push(ChooseRole{row.id, state.new_role});
    state = MembersState();
  }
}

// What follows from it, then the button.
void draw_question(Ui& ui, const MemberRow& row, MembersState& state, Commands& out) {
  const bool lost = state.asking == Asking::lost;
  text(ui, ui.tr(lost ? "member.ask_lost" : "member.ask_removal", {{"name", row.name}}),
       Tone::title);
  note(ui, NoteKind::warn, ui.tr("member.what_follows", {{"name", row.name}}));
  text(ui, ui.tr("member.what_stays", {{"name", row.name}}));
  if (!lost)
    (void)text_field(ui, {.id = "member.reason", .label = ui.tr("member.reason"), .most = 1000},
                     state.reason);
  Flow buttons(ui);
  const std::string yes = ui.tr(lost ? "member.yes_lost" : "member.yes_removal");
  buttons.next(button_width(ui, yes));
  if (button(ui, {.id = "member.yes",
                  .icon = Icon::close,
                  .label = yes,
                  .look = Look::danger,
                  .enabled = lost || !state.reason.empty()})) {
    out.push(RemoveMember{row.id, lost, lost ? std::string() : state.reason});
    state = MembersState();
    return;
  }
  buttons.next(button_width(ui, ui.tr("first.back")));
  if (back_button(ui, "member.no")) state.asking = Asking::nothing;
}

}  // namespace

void draw_sheet(Ui& ui, const MembersView& view, MembersState& state, Commands& out) {
  text(ui, ui.tr("sheet.ask"), Tone::title);
  Flow flow(ui, 8);
  for (const MemberRow& row : view.rows) {
    if (row.removed || row.me || row.role_id != "head") continue;
    flow.next(chip_width(ui, row.name));
    if (chip(ui, "sheet.member." + row.id, row.name, state.chosen == row.id)) state.chosen = row.id;
  }
  text(ui, ui.tr("sheet.what_follows"));
  const bool submitted =
      passphrase_field(ui, "sheet.words", ui.tr("sheet.words"), state.sheet).submitted;
  const bool complete = !state.chosen.empty() && !state.sheet.text.empty();
  Flow buttons(ui);
  buttons.next(button_width(ui, ui.tr("member.yes_lost")));
  const bool pressed = button(ui, {.id = "sheet.yes",
                                   .icon = Icon::key,
                                   .label = ui.tr("member.yes_lost"),
                                   .look = Look::danger,
                                   .enabled = complete});
  if ((pressed || submitted) && complete) {
    out.push(UseSheet{state.chosen, state.sheet.text});
    state = MembersState();
    return;
  }
  buttons.next(button_width(ui, ui.tr("first.back")));
  if (back_button(ui, "sheet.back")) state = MembersState();
}

void draw_member(Ui& ui, const MembersView& view, const MemberRow& row, MembersState& state,
                 Commands& out) {
  if (state.asking != Asking::nothing) {
    draw_question(ui, row, state, out);
    return;
  }
  text(ui, row.name, Tone::title);
  text(ui, row.heard.empty() ? row.role : row.role + " · " + row.heard, Tone::faint);
  if (!row.state.empty()) badge(ui, row.state, row.removed ? Badge::neutral : Badge::warn);
  gap(ui);
  draw_roles(ui, view, row, state, out);
  gap(ui);
  if (row.lost &&
      button(ui, {.id = "member.print_lost", .icon = Icon::print, .label = ui.tr("print.lost")}))
    out.push(Deed{.what = Deed::What::print, .kind = "lost", .record = row.id});
  if (!row.removed) {
    text(ui, ui.tr("member.leaves"), Tone::strong);
    Flow buttons(ui);
    buttons.next(button_width(ui, ui.tr("member.lost")));
    if (button(ui, {.id = "member.lost", .icon = Icon::warning, .label = ui.tr("member.lost")}))
      state.asking = Asking::lost;
    buttons.next(button_width(ui, ui.tr("member.remove")));
    if (button(ui, {.id = "member.remove", .icon = Icon::close, .label = ui.tr("member.remove")}))
      state.asking = Asking::removal;
    gap(ui);
  }
  if (back_button(ui, "member.back")) state = MembersState();
}

}  // namespace rukun::ui
