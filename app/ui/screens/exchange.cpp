// Tukar data: which stick or folder → progress → a plain receipt that says what arrived and whether
// it may be pulled.
#include <algorithm>
#include <cstdio>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_places(Ui& ui, const ExchangeView& view, ExchangeState& state, Commands& out) {
  text(ui, ui.tr("exchange.ask"), Tone::title);
  text(ui, ui.tr("exchange.explain"), Tone::faint);
  for (std::size_t i = 0; i < view.places.size(); ++i) {
    const PlaceButton& place = view.places[i];
    const std::string id = "place." + std::to_string(i);
    if (tile(ui, {.id = id,
                  .icon = place.stick ? Icon::stick : Icon::folder,
                  .label = place.label,
                  .detail = place.detail,
                  .look = place.stick ? Look::primary : Look::normal,
                  .width = avail(ui),
                  .height = ui.px(88)})) {
      out.push(ExchangeWith{place.path});
    }
  }
  if (view.places.empty()) note(ui, NoteKind::info, ui.tr("exchange.no_stick"));
  gap(ui, 8);
  const FieldResult typed = text_field(ui,
                                       {.id = "exchange.folder",
                                        .label = ui.tr("exchange.folder"),
                                        .hint = ui.tr("exchange.folder_hint"),
                                        .most = 4000},
                                       state.folder);
  const bool pressed = button(ui, {.id = "exchange.start",
                                   .icon = Icon::exchange,
                                   .label = ui.tr("exchange.start"),
                                   .enabled = !state.folder.empty()});
  if ((pressed || typed.submitted) && !state.folder.empty()) out.push(ExchangeWith{state.folder});
}

void draw_progress(Ui& ui, const ExchangeView& view) {
  text(ui, ui.tr("exchange.running"), Tone::title);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = avail(ui);
  const float height = ui.px(28);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, ImVec2(at.x + width, at.y + height), packed(ui.theme.side),
                     ui.px(kRadius));
  const float filled = width * std::clamp(view.fraction, 0.02F, 1.0F);
  list.AddRectFilled(at, ImVec2(at.x + filled, at.y + height), packed(ui.theme.primary),
                     ui.px(kRadius));
  ImGui::Dummy(ImVec2(width, height));
  text(ui, view.progress);
  note(ui, NoteKind::warn, ui.tr("exchange.do_not_pull"));
}

void draw_receipt(Ui& ui, const ExchangeReceipt& receipt, Commands& out) {
  const std::string fresh = std::to_string(receipt.fresh);
  const std::string changed = std::to_string(receipt.changed);
  const std::string decide = std::to_string(receipt.to_decide);
  const std::string sent = std::to_string(receipt.sent);
  {
    Card card(ui);
    icon_text(ui, Icon::check, ui.tr("exchange.done", {{"place", receipt.place}}), Tone::title);
    text(ui,
         ui.tr("exchange.received", {{"fresh", fresh}, {"changed", changed}, {"decide", decide}}),
         Tone::strong);
    text(ui, ui.tr("exchange.sent", {{"n", sent}}));
    for (const std::string& name : receipt.reached)
      icon_text(ui, Icon::person, ui.tr("exchange.reached", {{"member", name}}));
  }
  for (const std::string& words : receipt.refused) note(ui, NoteKind::danger, words);
  if (receipt.safe_to_remove) {
    Card card(ui, ui.theme.tint, ui.theme.primary);
    icon_text(ui, Icon::check, ui.tr("exchange.safe"), Tone::title);
  } else {
    note(ui, NoteKind::warn, ui.tr("exchange.not_safe"));
  }
  Flow flow(ui);
  if (receipt.to_decide > 0) {
    flow.next(button_width(ui, ui.tr("exchange.decide")));
    if (button(ui, {.id = "exchange.decide",
                    .icon = Icon::decide,
                    .label = ui.tr("exchange.decide"),
                    .look = Look::primary}))
      out.push(Go{Screen::decide});
  }
  flow.next(button_width(ui, ui.tr("exchange.close")));
  if (button(ui, {.id = "exchange.close",
                  .icon = Icon::check,
                  .label = ui.tr("exchange.close"),
                  .look = receipt.to_decide > 0 ? Look::normal : Look::primary})) {
    out.push(CloseReceipt{});
  }
}

}  // namespace

void draw_exchange(Ui& ui, const ExchangeView& view, ExchangeState& state, Commands& out) {
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (view.running)
    draw_progress(ui, view);
  else if (view.receipt)
    draw_receipt(ui, *view.receipt, out);
  else
    draw_places(ui, view, state, out);
}

}  // namespace rukun::ui
