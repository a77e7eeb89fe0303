// Tukar data: which stick, neighbor or folder → progress → a plain receipt that says what arrived
// and whether it may be pulled.
#include <algorithm>
#include <cstdio>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

void draw_bar(Ui& ui, float fraction, float logical_height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = avail(ui);
  const float height = ui.px(logical_height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, ImVec2(at.x + width, at.y + height), packed(ui.theme.side),
                     ui.px(kRadius));
  const float filled = width * std::clamp(fraction, 0.02F, 1.0F);
  list.AddRectFilled(at, ImVec2(at.x + filled, at.y + height), packed(ui.theme.primary),
                     ui.px(kRadius));
  ImGui::Dummy(ImVec2(width, height));
}

void draw_neighbor(Ui& ui, const NeighborRow& row) {
  Card card(ui);
  icon_text(ui, Icon::person, row.name, Tone::strong);
  text(ui, row.state);
  if (row.fraction < 0) return;
  draw_bar(ui, row.fraction, 16);
  text(ui, row.progress, Tone::faint);
}

// For a Wi-Fi that keeps its guests apart, where laptops cannot find each other.
void draw_address(Ui& ui, const LanView& lan, ExchangeState& state, Commands& out) {
  const char* key = state.address_open ? "lan.address_close" : "lan.address_open";
  if (button(ui, {.id = "lan.address_open",
                  .icon = state.address_open ? Icon::minus : Icon::plus,
                  .label = ui.tr(key),
                  .look = Look::quiet}))
    state.address_open = !state.address_open;
  if (!state.address_open) return;
  text(ui, ui.tr("lan.address_explain", {{"port", lan.port}}), Tone::faint);
  const FieldResult typed = text_field(
      ui, {.id = "lan.address", .label = ui.tr("lan.address"), .hint = ui.tr("lan.address_hint")},
      state.address);
  const bool pressed = button(ui, {.id = "lan.meet",
                                   .icon = Icon::exchange,
                                   .label = ui.tr("lan.meet"),
                                   .enabled = !state.address.empty()});
  if ((pressed || typed.submitted) && !state.address.empty()) out.push(MeetAddress{state.address});
}

void draw_neighbors(Ui& ui, const LanView& lan, ExchangeState& state, Commands& out) {
  if (!lan.on && !lan.off && lan.trouble.empty()) return;
  text(ui, ui.tr("lan.title"), Tone::title);
  if (lan.off) {
    note(ui, NoteKind::info, ui.tr("lan.unwanted"));
    if (button(ui, {.id = "lan.on", .icon = Icon::check, .label = ui.tr("lan.turn_on")}))
      out.push(ChooseNearby{true});
    gap(ui, 8);
  }
  if (!lan.trouble.empty()) note(ui, NoteKind::warn, lan.trouble);
  if (!lan.on) return;
  text(ui, ui.tr("lan.explain"), Tone::faint);
  for (const NeighborRow& row : lan.neighbors) draw_neighbor(ui, row);
  if (lan.neighbors.empty()) note(ui, NoteKind::info, ui.tr("lan.none_yet"));
  if (button(ui, {.id = "lan.look",
                  .icon = Icon::search,
                  .label = ui.tr(lan.looking ? "lan.looking" : "lan.look"),
                  .enabled = !lan.looking}))
    out.push(LookForNeighbors{});
  draw_address(ui, lan, state, out);
  if (button(ui, {.id = "lan.off",
                  .icon = Icon::minus,
                  .label = ui.tr("lan.turn_off"),
                  .look = Look::quiet}))
    out.push(ChooseNearby{false});
  gap(ui, 8);
}

void draw_history(Ui& ui, const std::vector<ExchangeLine>& history) {
  if (history.empty()) return;
  gap(ui, 8);
  text(ui, ui.tr("exchange.history"), Tone::title);
  for (const ExchangeLine& line : history) {
    text(ui, line.place + ", " + line.when, Tone::strong);
    text(ui, line.what, Tone::faint);
  }
}

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
  draw_neighbors(ui, view.lan, state, out);
  const bool submitted = path_field(ui,
                                    {.id = "exchange.folder",
                                     .label = ui.tr("exchange.folder"),
                                     .hint = ui.tr("exchange.folder_hint")},
                                    state.folder, out);
  const bool pressed = button(ui, {.id = "exchange.start",
                                   .icon = Icon::exchange,
                                   .label = ui.tr("exchange.start"),
                                   .enabled = !state.folder.empty()});
  if ((pressed || submitted) && !state.folder.empty()) out.push(ExchangeWith{state.folder});
  draw_history(ui, view.history);
}

void draw_progress(Ui& ui, const ExchangeView& view, Commands& out) {
  text(ui, ui.tr("exchange.running"), Tone::title);
  draw_bar(ui, view.fraction, 28);
  text(ui, view.progress);
  note(ui, NoteKind::warn, ui.tr("exchange.do_not_pull"));
  if (button(ui, {.id = "exchange.stop",
                  .icon = Icon::minus,
                  .label = ui.tr(view.stopping ? "exchange.stopping" : "exchange.stop"),
                  .enabled = !view.stopping}))
    out.push(StopWork{});
}

// The merge has happened, on every laptop that takes part: people can look and put it right.
void draw_deleted(Ui& ui, const ExchangeReceipt& receipt, Commands& out) {
  for (const std::string& words : receipt.deleted) note(ui, NoteKind::warn, words);
  text(ui, ui.tr("exchange.deleted_next"));
  if (button(ui, {.id = "exchange.deleted",
                  .icon = Icon::search,
                  .label = ui.tr("exchange.deleted_look")}))
    out.push(Go{receipt.deleted_from});
}

// What a person does with the stick now; it is never left to be guessed.
const char* next_step(const ExchangeReceipt& receipt) {
  if (receipt.to_decide > 0) return "exchange.decide_first";
  if (receipt.newcomer) return "exchange.carry_joined";
  if (receipt.sent > 0 || !receipt.on_the_way.empty()) return "exchange.carry";
  return receipt.fresh + receipt.changed > 0 ? "exchange.carry_back" : "exchange.carry_nothing";
}

void draw_receipt(Ui& ui, const ExchangeReceipt& receipt, Commands& out) {
  const std::string fresh = std::to_string(receipt.fresh);
  const std::string changed = std::to_string(receipt.changed);
  const std::string decide = std::to_string(receipt.to_decide);
  const std::string sent = std::to_string(receipt.sent);
  // What people wait for stands first.
  if (receipt.device && receipt.safe_to_remove) {
    const Card card(ui, ui.theme.tint, ui.theme.primary);
    icon_text(ui, Icon::check, ui.tr("exchange.safe"), Tone::title);
    if (receipt.stick) text(ui, ui.tr(next_step(receipt)));
  } else if (receipt.device) {
    note(ui, NoteKind::warn, ui.tr("exchange.not_safe"));
  }
  {
    Card card(ui);
    icon_text(
        ui, receipt.stopped ? Icon::minus : Icon::check,
        ui.tr(receipt.stopped ? "exchange.stopped" : "exchange.done", {{"place", receipt.place}}),
        Tone::title);
    const bool nothing = receipt.fresh + receipt.changed + receipt.to_decide == 0;
    text(ui,
         nothing ? ui.tr("exchange.received_none")
                 : ui.tr("exchange.received",
                         {{"fresh", fresh}, {"changed", changed}, {"decide", decide}}),
         Tone::strong);
    if (receipt.sent > 0)
      text(ui, ui.tr("exchange.sent", {{"n", sent}}));
    else if (!receipt.stopped)
      text(ui, ui.tr("exchange.sent_none"));
    for (const std::string& name : receipt.joined)
      icon_text(ui, Icon::people, ui.tr("exchange.joined", {{"member", name}}), Tone::strong);
    for (const std::string& name : receipt.reached)
      icon_text(ui, Icon::person, ui.tr("exchange.reached", {{"member", name}}));
    for (const std::string& words : receipt.on_the_way) icon_text(ui, Icon::clock, words);
  }
  if (receipt.stopped) note(ui, NoteKind::warn, ui.tr("exchange.stopped_next"));
  for (const std::string& words : receipt.refused) note(ui, NoteKind::danger, words);
  if (!receipt.deleted.empty()) draw_deleted(ui, receipt, out);
  if (!receipt.device) note(ui, NoteKind::info, ui.tr("lan.stays"));
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
  show_page(ui, view.running ? "exchange.running" : view.receipt ? "exchange.receipt" : "exchange");
  if (!view.failed.empty()) note(ui, NoteKind::danger, view.failed);
  if (view.running)
    draw_progress(ui, view, out);
  else if (view.receipt)
    draw_receipt(ui, *view.receipt, out);
  else
    draw_places(ui, view, state, out);
}

}  // namespace rukun::ui
