// One need: how much is missing, who promised, what fits, who has the record, what happened to it.
#include "app/ui/charts.h"
#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

// How much of it is missing, promised and received, as one bar; its words, each with the pattern of
// its part, stand below.
void draw_bar(Ui& ui, const ChartLine& parts) {
  const std::size_t all = parts.open + parts.covered + parts.done;
  if (all == 0) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = avail(ui);
  chart_bar(ui, parts, all, {at.x, at.y, at.x + width, at.y + ui.px(22)});
  ImGui::Dummy(ImVec2(width, ui.px(22)));
}

void draw_numbers(Ui& ui, const NeedDetail& detail) {
  Flow flow(ui, 8);
  flow.next(badge_width(ui, urgency_words(ui, detail.row.urgency)));
  badge(ui, urgency_words(ui, detail.row.urgency), urgency_badge(detail.row.urgency));
  flow.next(badge_width(ui, state_words(ui, detail.row.state)));
  badge(ui, state_words(ui, detail.row.state), state_badge(detail.row.state));
  text(ui, ui.tr("need.for", {{"who", detail.row.for_whom}}));
  if (!detail.address.empty()) text(ui, detail.address, Tone::faint);
  draw_bar(ui, detail.parts);
  std::vector<PartWords> parts;
  if (detail.parts.open > 0)
    parts.push_back(
        {ChartPart::open, ui.tr("need.remaining", {{"remaining", detail.row.remaining}})});
  if (detail.parts.covered > 0)
    parts.push_back({ChartPart::covered, ui.tr("need.promised", {{"promised", detail.promised}})});
  if (detail.parts.done > 0)
    parts.push_back({ChartPart::done, ui.tr("need.delivered", {{"delivered", detail.delivered}})});
  chart_parts(ui, parts);
  if (!detail.note.empty()) text(ui, detail.note, Tone::faint);
}

void draw_actions(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out) {
  const bool open =
      detail.row.state != NeedState::delivered && detail.row.state != NeedState::closed;
  if (!open) return;
  Flow flow(ui);
  flow.next(button_width(ui, ui.tr("need.hand_over")));
  if (button(ui, {.id = "need.hand_over",
                  .icon = Icon::check,
                  .label = ui.tr("need.hand_over"),
                  .look = Look::primary})) {
    state.asking = NeedsState::Asking::hand_over;
    state.quantity = detail.open_quantity;
    state.receiver.clear();
    state.witness.clear();
  }
  deed_buttons(ui, flow, "need.do", detail.buttons, out);
  // Last, as it ends what the others are for.
  flow.next(button_width(ui, ui.tr("need.close")));
  if (button(ui, {.id = "need.close", .icon = Icon::close, .label = ui.tr("need.close")})) {
    state.asking = NeedsState::Asking::close;
    state.reason.clear();
  }
}

void draw_pledges(Ui& ui, const NeedDetail& detail, Commands& out) {
  if (!detail.pledges.empty()) section_title(ui, ui.tr("need.pledges"));
  record_lines(ui, "need.pledge", detail.pledges, out);
  if (detail.matches.empty()) return;
  section_title(ui, ui.tr("need.matches"));
  for (const MatchLine& match : detail.matches) {
    Card card(ui, ui.theme.page, ui.theme.line);
    text(ui, match.title + " · " + match.remaining, Tone::strong);
    text(ui, match.giver + " · " + match.why, Tone::small);
    const std::string id = "match." + match.offer;
    const std::string label =
        ui.tr("need.pledge", {{"quantity", match.quantity}, {"unit", detail.unit}});
    if (button(ui, {.id = id, .icon = Icon::offer, .label = label}))
      out.push(Pledge{detail.row.id, match.offer, match.quantity});
  }
}

// The two buttons that end a dialog; true when the first is pressed.
bool dialog_end(Ui& ui, NeedsState& state, std::string_view yes, bool enabled) {
  gap(ui, 4);
  Flow flow(ui);
  flow.next(button_width(ui, yes));
  const bool done = button(ui, {.id = "dialog.yes",
                                .icon = Icon::check,
                                .label = yes,
                                .look = Look::primary,
                                .enabled = enabled});
  flow.next(button_width(ui, ui.tr("dialog.cancel")));
  if (button(ui, {.id = "dialog.no", .icon = Icon::close, .label = ui.tr("dialog.cancel")}) ||
      ui.take(Key::escape)) {
    state.asking = NeedsState::Asking::nothing;
    ImGui::CloseCurrentPopup();
  }
  if (done) {
    state.asking = NeedsState::Asking::nothing;
    ImGui::CloseCurrentPopup();
  }
  return done;
}

}  // namespace

void need_detail(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out) {
  text(ui, detail.row.title, Tone::title);
  draw_numbers(ui, detail);
  draw_actions(ui, detail, state, out);
  draw_pledges(ui, detail, out);
  journey(ui, detail.reached, detail.history);
}

void need_dialogs(Ui& ui, const NeedDetail& detail, NeedsState& state, Commands& out) {
  if (state.asking == NeedsState::Asking::hand_over &&
      begin_dialog(ui, "need.hand_over.dialog", ui.tr("handover.title"))) {
    text(ui, ui.tr("handover.what", {{"title", detail.row.title}, {"who", detail.row.for_whom}}),
         Tone::faint);
    if (ImGui::IsWindowAppearing()) focus_field(ui, "handover.receiver");
    stepper(ui, "handover.quantity", ui.tr("handover.quantity"), detail.unit, state.quantity);
    if (typed_number(state.quantity).value_or(0) > typed_number(detail.open_quantity).value_or(0))
      note(ui, NoteKind::warn,
           ui.tr("handover.too_much", {{"quantity", detail.open_quantity}, {"unit", detail.unit}}));
    bool submitted = text_field(ui,
                                {.id = "handover.receiver",
                                 .label = ui.tr("handover.receiver"),
                                 .hint = ui.tr("handover.receiver_hint")},
                                state.receiver)
                         .submitted;
    submitted |= text_field(ui,
                            {.id = "handover.witness",
                             .label = ui.tr("handover.witness"),
                             .hint = ui.tr("handover.witness_hint")},
                            state.witness)
                     .submitted;
    const bool complete = typed_number(state.quantity).value_or(0) > 0 && !state.receiver.empty();
    const bool done =
        dialog_end(ui, state, ui.tr("handover.save"), complete) || (submitted && complete);
    if (done) {
      state.asking = NeedsState::Asking::nothing;
      out.push(HandOver{detail.row.id, state.quantity, state.receiver, state.witness});
    }
    end_dialog(ui);
  }
  if (state.asking == NeedsState::Asking::close &&
      begin_dialog(ui, "need.close.dialog", ui.tr("close.title"))) {
    text(ui, ui.tr("close.what", {{"title", detail.row.title}}), Tone::faint);
    if (ImGui::IsWindowAppearing()) focus_field(ui, "close.reason");
    const bool submitted = text_field(ui,
                                      {.id = "close.reason",
                                       .label = ui.tr("close.reason"),
                                       .hint = ui.tr("close.reason_hint")},
                                      state.reason)
                               .submitted;
    const bool done = dialog_end(ui, state, ui.tr("close.save"), !state.reason.empty()) ||
                      (submitted && !state.reason.empty());
    if (done) {
      state.asking = NeedsState::Asking::nothing;
      out.push(CloseNeed{detail.row.id, state.reason});
    }
    end_dialog(ui);
  }
}

}  // namespace rukun::ui
