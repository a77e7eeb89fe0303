// The first five minutes, one question a page: language → name → join or found → passphrase →
// recovery code.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

constexpr int kLastPage = 4;

void turn_to(FirstRunState& state, int page) {
  state.page = page;
  state.field_wanted = true;
  state.passphrase.mistyped = false;
}

// One step, as the button at the foot of the page and Escape both do it.
void turn_back(FirstRunState& state) {
  if (state.page == 2 && state.chosen) {
    state.chosen = false;
    state.field_wanted = true;
  } else {
    turn_to(state, state.page - 1);
  }
}

// "3", "003" and "RT 003" are the same number; empty when it is none.
std::string digits_in(std::string_view typed) {
  std::string out;
  for (const char c : typed) {
    if (c >= '0' && c <= '9')
      out.push_back(c);
    else if (!out.empty() && c != ' ')
      return {};
  }
  return out;
}

bool wants_field(FirstRunState& state) { return std::exchange(state.field_wanted, false); }

// How far it is: as many bars as pages, and the words.
void draw_steps(Ui& ui, int page) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ui.px(32);
  const float height = ui.px(6);
  const float top = at.y + std::floor((ui.fonts.small->FontSize - height) / 2);
  for (int i = 0; i <= kLastPage; ++i) {
    const float x = at.x + static_cast<float>(i) * (width + ui.px(6));
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(x, top), ImVec2(x + width, top + height),
        packed(i <= page ? ui.theme.primary : ui.theme.disabled), height / 2);
  }
  // The words stand beside the bars: a line less where the text is large.
  const float line = ui.fonts.small->FontSize;
  ImGui::Dummy(ImVec2((kLastPage + 1) * (width + ui.px(6)), std::max(line, height)));
  ImGui::SameLine(0, ui.px(6));
  text(ui, ui.tr("first.page", {{"n", std::to_string(page + 1)}}), Tone::small);
}

// Back and on; true when on was pressed.
bool draw_buttons(Ui& ui, FirstRunState& state, std::string_view on, bool enabled) {
  gap(ui, 8);
  Flow flow(ui);
  if (state.page > 0) {
    flow.next(button_width(ui, ui.tr("first.back")));
    if (button(ui, {.id = "first.back", .icon = Icon::back, .label = ui.tr("first.back")}))
      turn_back(state);
  }
  flow.next(button_width(ui, on));
  return button(ui, {.id = "first.on",
                     .icon = Icon::next,
                     .label = on,
                     .look = Look::primary,
                     .enabled = enabled});
}

// Whoever has a backup does not begin anew.
void draw_restore(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out) {
  text(ui, ui.tr("first.restore"), Tone::title);
  text(ui, ui.tr("first.restore_why"), Tone::faint);
  if (wants_field(state)) focus_field(ui, "first.backup");
  const bool submitted = path_field(ui,
                                    {.id = "first.backup",
                                     .label = ui.tr("first.backup"),
                                     .hint = ui.tr("first.backup_hint"),
                                     .wanted = PickFor::backup},
                                    state.backup, out);
  if (!view.restore_failed.empty()) note(ui, NoteKind::danger, view.restore_failed);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("first.restoring"), Tone::strong);
    return;
  }
  gap(ui, 8);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("first.back")));
  if (button(ui, {.id = "first.back", .icon = Icon::back, .label = ui.tr("first.back")})) {
    state.restoring = false;
    state.field_wanted = true;
  }
  flow.next(button_width(ui, ui.tr("first.restore")));
  const bool pressed = button(ui, {.id = "first.restore_now",
                                   .icon = Icon::save,
                                   .label = ui.tr("first.restore"),
                                   .look = Look::primary,
                                   .enabled = !state.backup.empty()});
  if ((pressed || submitted) && !state.backup.empty()) out.push(RestoreBackup{state.backup});
}

void draw_language(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out) {
  text(ui, "Selamat datang · Welcome", Tone::title);
  text(ui, ui.tr("first.welcome"), Tone::faint);
  // Enter goes on with what is chosen already.
  if (wants_field(state)) focus_field(ui, "first.language." + state.language);
  for (const auto& [code, name] :
       {std::pair{"id", "Bahasa Indonesia"}, std::pair{"en", "English"}}) {
    if (tile(ui, {.id = std::string("first.language.") + code,
                  .icon = Icon::language,
                  .label = name,
                  .selected = state.language == code,
                  .width = avail(ui),
                  .height = ui.px(72)})) {
      state.language = code;
      out.push(ChooseLanguage{code});
      turn_to(state, 1);
    }
  }
  if (button(ui, {.id = "first.restore",
                  .icon = Icon::save,
                  .label = ui.tr("first.restore"),
                  .look = Look::quiet}))
    state.restoring = state.field_wanted = true;
  if (view.others_here &&
      button(ui, {.id = "first.others", .icon = Icon::people, .label = ui.tr("lock.switch")}))
    out.push(LockNow{});
}

void draw_name(Ui& ui, FirstRunState& state) {
  text(ui, ui.tr("first.ask_name"), Tone::title);
  text(ui, ui.tr("first.name_why"), Tone::faint);
  if (wants_field(state)) focus_field(ui, "first.name");
  const bool submitted =
      text_field(ui, {.id = "first.name", .hint = ui.tr("first.name_hint"), .most = 100},
                 state.name)
          .submitted;
  if ((draw_buttons(ui, state, ui.tr("first.on"), !state.name.empty()) || submitted) &&
      !state.name.empty())
    turn_to(state, 2);
}

void draw_group_choice(Ui& ui, const FirstRunView& view, FirstRunState& state) {
  text(ui, ui.tr("first.ask_group"), Tone::title);
  if (wants_field(state)) focus_field(ui, "first.join");
  if (tile(ui, {.id = "first.join",
                .icon = Icon::people,
                .label = ui.tr("first.join"),
                .detail = ui.tr("first.join_detail"),
                .width = avail(ui),
                .height = ui.px(88)})) {
    state.chosen = state.joining = state.field_wanted = true;
  }
  if (tile(ui, {.id = "first.found",
                .icon = Icon::house,
                .label = ui.tr("first.found"),
                .detail = ui.tr("first.found_detail"),
                .width = avail(ui),
                .height = ui.px(88)})) {
    state.chosen = state.field_wanted = true;
    state.joining = false;
  }
  gap(ui, 8);
  if (!view.has_profile &&
      button(ui, {.id = "first.back", .icon = Icon::back, .label = ui.tr("first.back")}))
    turn_back(state);
}

struct Filled {
  bool submitted = false;
  bool complete = false;
};

Filled draw_join_fields(Ui& ui, const FirstRunView& view, FirstRunState& state,
                        Commands& commands) {
  Filled out;
  text(ui, ui.tr("first.join"), Tone::title);
  for (std::size_t i = 0; i < view.invitations.size(); ++i) {
    const PlaceButton& found = view.invitations[i];
    const std::string id = "first.found." + std::to_string(i);
    if (tile(ui, {.id = id,
                  .icon = Icon::stick,
                  .label = found.label,
                  .detail = found.detail,
                  .selected = state.invitation == found.path,
                  .width = avail(ui),
                  .height = ui.px(64)})) {
      state.invitation = found.path;
      focus_field(ui, "first.spoken");
    }
  }
  if (view.invitations.empty()) text(ui, ui.tr("first.plug_in"), Tone::faint);
  // The keyboard stands where the next thing is to be done: at the invitation that was found, or,
  // when the words were wrong, at the words.
  if (wants_field(state)) {
    const bool words_wrong = !view.failed.empty() && !state.invitation.empty();
    const char* next = view.invitations.empty() ? "first.invitation" : "first.found.0";
    focus_field(ui, words_wrong ? "first.spoken" : next);
  }
  out.submitted |= path_field(ui,
                              {.id = "first.invitation",
                               .label = ui.tr("first.invitation"),
                               .hint = ui.tr("first.invitation_hint"),
                               .wanted = PickFor::invitation},
                              state.invitation, commands);
  out.submitted |= text_field(ui,
                              {.id = "first.spoken",
                               .label = ui.tr("first.spoken"),
                               .hint = ui.tr("first.spoken_hint")},
                              state.spoken)
                       .submitted;
  out.complete = !state.invitation.empty();
  return out;
}

Filled draw_found_fields(Ui& ui, FirstRunState& state) {
  Filled out;
  text(ui, ui.tr("first.found"), Tone::title);
  if (wants_field(state)) focus_field(ui, "first.rt");
  const auto ask = [&](const InputSpec& spec, std::string& value) {
    const FieldResult typed = text_field(ui, spec, value);
    out.submitted |= typed.submitted;
    if (typed.edited) state.wrong_number = false;
  };
  const float narrow = ui.px(200);
  ask({.id = "first.rt", .label = ui.tr("first.rt"), .hint = "003", .width = narrow, .most = 10},
      state.rt);
  ask({.id = "first.rw", .label = ui.tr("first.rw"), .hint = "007", .width = narrow, .most = 10},
      state.rw);
  ask({.id = "first.village",
       .label = ui.tr("first.village"),
       .hint = ui.tr("first.village_hint"),
       .most = 100},
      state.village);
  if (state.wrong_number) note(ui, NoteKind::warn, ui.tr("refused.rt_number"));
  out.complete = !state.rt.empty() && !state.rw.empty() && !state.village.empty();
  return out;
}

Begin asked_for(const FirstRunState& state) {
  return {.name = state.name,
          .joining = state.joining,
          .rt = digits_in(state.rt),
          .rw = digits_in(state.rw),
          .village = state.village,
          .invitation = state.invitation,
          .spoken = state.spoken,
          .passphrase = {}};
}

void draw_group_fields(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out) {
  const auto [submitted, complete] =
      state.joining ? draw_join_fields(ui, view, state, out) : draw_found_fields(ui, state);
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("first.busy"), Tone::strong);
    return;
  }
  gap(ui, 8);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("first.back")));
  if (button(ui, {.id = "first.back", .icon = Icon::back, .label = ui.tr("first.back")}))
    turn_back(state);
  flow.next(button_width(ui, ui.tr("first.on")));
  const bool on = button(ui, {.id = "first.on",
                              .icon = Icon::next,
                              .label = ui.tr("first.on"),
                              .look = Look::primary,
                              .enabled = complete});
  if ((!on && !submitted) || !complete) return;
  if (!state.joining && (digits_in(state.rt).empty() || digits_in(state.rw).empty())) {
    state.wrong_number = state.field_wanted = true;
    return;
  }
  if (!view.has_profile) {
    turn_to(state, 3);
  } else {
    out.push(asked_for(state));
  }
}

void draw_passphrase(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out) {
  text(ui, ui.tr("first.passphrase"), Tone::title);
  const FieldResult typed =
      draw_new_passphrase(ui, "first", view.passphrase, state.passphrase, state.field_wanted);
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (view.busy) {
    icon_text(ui, Icon::clock, ui.tr("first.busy"), Tone::strong);
    return;
  }
  const bool any = !state.passphrase.typed.text.empty();
  if (!draw_buttons(ui, state, ui.tr("first.make"), any) && !typed.submitted) return;
  const bool own = state.passphrase.own;
  auto chosen = take_new_passphrase(view.passphrase, state.passphrase);
  if (!chosen) {
    state.field_wanted = true;
    return;
  }
  Begin begin = asked_for(state);
  begin.passphrase = std::move(*chosen);
  begin.own_passphrase = own;
  out.push(std::move(begin));
}

void draw_recovery(Ui& ui, const FirstRunView& view, Commands& out) {
  text(ui, ui.tr("first.recovery"), Tone::title);
  text(ui, ui.tr("first.recovery_why"), Tone::faint);
  if (view.renewed) note(ui, NoteKind::warn, ui.tr("first.recovery_renewed"));
  {
    Card card(ui, ui.theme.tint, ui.theme.primary);
    text(ui, ui.tr("first.recovery_code"), Tone::small);
    text(ui, view.recovery, Tone::title);
    if (!view.root_code.empty()) {
      text(ui, ui.tr("first.root_code"), Tone::small);
      text(ui, view.root_code, Tone::strong);
      text(ui, ui.tr("first.root_why"), Tone::small);
    }
  }
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (!view.sheet.empty()) note(ui, NoteKind::warn, view.sheet);
  if (!view.sheet_failed.empty()) note(ui, NoteKind::danger, view.sheet_failed);
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("first.print")));
  if (button(ui, {.id = "first.print", .icon = Icon::print, .label = ui.tr("first.print")}))
    out.push(PrintRecovery{});
  flow.next(button_width(ui, ui.tr("first.written")));
  if (button(ui, {.id = "first.written",
                  .icon = Icon::check,
                  .label = ui.tr("first.written"),
                  .look = Look::primary}))
    out.push(FinishFirstRun{});
}

}  // namespace

void draw_first_run(Ui& ui, const FirstRunView& view, FirstRunState& state, Commands& out) {
  if (!view.recovery.empty() && view.failed.empty() && !view.busy) state.page = kLastPage;
  // What failed was the neighborhood: it is put right where it was asked for.
  if (view.has_profile && state.page < kLastPage && state.page != 2) turn_to(state, 2);
  full_page(ui, "first_run", 680, [&] {
    show_page(ui, "first." + std::to_string(state.page) +
                      (state.chosen      ? ".chosen"
                       : state.restoring ? ".restore"
                                         : ""));
    draw_steps(ui, state.page);
    switch (state.page) {
      case 0:
        if (state.restoring)
          draw_restore(ui, view, state, out);
        else
          draw_language(ui, view, state, out);
        break;
      case 1: draw_name(ui, state); break;
      case 2:
        if (state.chosen)
          draw_group_fields(ui, view, state, out);
        else
          draw_group_choice(ui, view, state);
        break;
      case 3: draw_passphrase(ui, view, state, out); break;
      default: draw_recovery(ui, view, out); break;
    }
    if (ui.take(Key::escape) && state.page > (view.has_profile ? 2 : 0) && state.page < kLastPage &&
        !view.busy)
      turn_back(state);
  });
}

}  // namespace rukun::ui
