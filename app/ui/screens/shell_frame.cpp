// Navigation, bars and the status line: what stands around every screen.
#include <algorithm>
#include <cmath>

#include "app/ui/screens/screens.h"
#include "app/ui/widgets.h"

namespace rukun::ui {
namespace {

constexpr Screen kPlaces[] = {Screen::home,         Screen::needs,      Screen::offers,
                              Screen::households,   Screen::volunteers, Screen::schedule,
                              Screen::distribution, Screen::community,  Screen::recap,
                              Screen::exchange,     Screen::decide,     Screen::settings};

constexpr ImGuiWindowFlags kPlain =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse;

void begin_window(const Ui& ui, const char* id) {
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImVec2(ui.width, ui.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin(id, nullptr, kPlain);
  ImGui::PopStyleVar();
}

void draw_places(Ui& ui, const ShellView& view, ShellState& state, Screen current, float between,
                 Commands& out) {
  for (const Screen place : kPlaces) {
    if (place == Screen::recap && !view.has_recap) continue;
    // What concerns the laptop stands apart from what concerns the neighbors, where there is room.
    if (place == Screen::exchange && between > 0) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::GetWindowDrawList()->AddLine(ImVec2(at.x, at.y + between),
                                          ImVec2(at.x + avail(ui), at.y + between),
                                          packed(ui.theme.line));
      ImGui::Dummy(ImVec2(1, 2 * between));
    }
    std::string label = screen_words(ui, place);
    if (place == Screen::decide && view.to_decide > 0)
      label += " (" + std::to_string(view.to_decide) + ")";
    const bool here =
        place == current || (place == Screen::needs && current == Screen::need_entry) ||
        (place == Screen::offers && current == Screen::offer_entry) ||
        (place == Screen::settings &&
         (current == Screen::members || current == Screen::access || current == Screen::lost));
    const std::string id = "nav." + std::to_string(static_cast<int>(place));
    if (button(ui, {.id = id,
                    .icon = screen_icon(place),
                    .label = label,
                    .look = Look::nav,
                    .selected = here,
                    .width = avail(ui)})) {
      state.menu_open = false;
      out.push(Go{place});
    }
  }
}

// In a narrow window they are the last of the menu; else they stand at the right of the status
// line, in sight however many places the side has.
void draw_help_and_lock(Ui& ui, ShellState& state, float width, Commands& out) {
  if (button(ui, {.id = "nav.help",
                  .icon = Icon::help,
                  .label = ui.tr("nav.help"),
                  .look = Look::nav,
                  .width = width})) {
    state.menu_open = false;
    state.help_open = true;
  }
  if (width <= 0) ImGui::SameLine(0, 0);
  if (button(ui, {.id = "nav.lock",
                  .icon = Icon::lock,
                  .label = ui.tr("nav.lock"),
                  .look = Look::nav,
                  .width = width}))
    out.push(LockNow{});
}

float help_and_lock_width(const Ui& ui) {
  if (ui.narrow()) return 0;
  return button_width(ui, ui.tr("nav.help")) + button_width(ui, ui.tr("nav.lock")) + ui.px(kGap);
}

void draw_side(Ui& ui, const ShellView& view, ShellState& state, Screen current, float width,
               float height, Commands& out) {
  const Pane pane(ui, "side", width, height, ui.theme.side);
  const float names = text_size(ui, view.neighborhood, Tone::strong, avail(ui)).y +
                      text_size(ui, view.member, Tone::small, avail(ui)).y;
  const auto places = static_cast<float>(std::size(kPlaces) - (view.has_recap ? 0 : 1));
  // All places are in sight in the smallest window; a taller one gives them air.
  const float spare = std::max(0.0F, height - ui.px(4 + 2 + kPad) - names - places * ui.px(44));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::SetCursorPosY(ui.px(4) + std::floor(std::min(ui.px(12), spare / 4)));
  text(ui, view.neighborhood, Tone::strong);
  text(ui, view.member, Tone::small);
  ImGui::Dummy(ImVec2(1, ui.px(2) + std::floor(std::min(ui.px(12), spare / 4))));
  const float between = std::floor(std::min(ui.px(10), spare / 8));
  draw_places(ui, view, state, current, between < ui.px(6) ? 0 : between, out);
  if (ui.narrow()) draw_help_and_lock(ui, state, avail(ui), out);
  ImGui::PopStyleVar();
}

std::string status_words(const Ui& ui, const StatusView& status) {
  std::string words = ui.tr("status.saved");
  if (status.unsent > 0) {
    const std::string count = std::to_string(status.unsent);
    words += " · ";
    words += status.unsent_to.empty()
                 ? ui.tr("status.unsent_nobody", {{"n", count}})
                 : ui.tr("status.unsent", {{"n", count}, {"member", status.unsent_to}});
    if (!status.unsent_age.empty()) words += " (" + status.unsent_age + ")";
    if (ui.narrow()) return words;  // where room is dear: the one that has to be known
  }
  words += " · ";
  words += status.last_exchange.empty()
               ? ui.tr("status.never_exchanged")
               : ui.tr("status.last_exchange", {{"who", status.last_exchange}});
  return words;
}

// A bar across the window; returns its height. Measured first, so that the middle can leave room
// for it.
float bar_height(const Ui& ui, std::string_view words, Tone tone, float button_room, float width) {
  const float room = width - ui.px(2 * kPad) - ui.px(kIcon + 10) - button_room;
  return std::max(button_room > 0 ? ui.px(kTarget) : 0, text_size(ui, words, tone, room).y) +
         ui.px(2 * 10);
}

struct BarSpec {
  const char* id;
  Icon icon;
  std::string_view words;
  Color fill, color;
  Tone tone;
  std::string_view action{};
  Icon action_icon = Icon::none;
};

bool draw_bar(Ui& ui, const BarSpec& spec) {
  const float width = ui.width;
  const float button_room = spec.action.empty() ? 0 : button_width(ui, spec.action) + ui.px(kGap);
  const float height = bar_height(ui, spec.words, spec.tone, button_room, width);
  const Pane pane(ui, spec.id, width, height, spec.fill, false);
  const float room = width - ui.px(2 * kPad) - ui.px(kIcon + 10) - button_room;
  const ImVec2 size = text_size(ui, spec.words, spec.tone, room);
  const ImVec2 origin = ImGui::GetWindowPos();
  const float x = origin.x + ui.px(kPad);
  draw_icon(*ImGui::GetWindowDrawList(), spec.icon, x, origin.y + (height - ui.px(kIcon)) / 2,
            ui.px(kIcon), spec.color);
  const ImVec2 at(x + ui.px(kIcon + 10), origin.y + (height - size.y) / 2);
  draw_text_at(ui, at, spec.words, spec.tone, spec.color, room);
  record(ui, Role::text, spec.id, spec.words, {x, at.y, at.x + size.x, at.y + size.y},
         {.cut = size.x > room + 1});
  if (spec.action.empty()) return false;
  ImGui::SetCursorScreenPos(ImVec2(origin.x + width - ui.px(kPad) - button_width(ui, spec.action),
                                   origin.y + (height - ui.px(kTarget)) / 2));
  return button(
      ui, {.id = std::string(spec.id) + ".action", .icon = spec.action_icon, .label = spec.action});
}

bool has_search(Screen screen) {
  return screen == Screen::needs || screen == Screen::offers || screen == Screen::households ||
         screen == Screen::volunteers || screen == Screen::distribution ||
         screen == Screen::community;
}

void take_shortcuts(Ui& ui, ShellState& state, Screen current, Commands& out) {
  if (ui.take(Key::f1)) state.help_open = true;
  if (ui.take(Key::f2)) out.push(Go{Screen::need_entry});
  // F3 puts the keyboard into the search; on other screens it goes to the needs first, where it is
  // taken.
  if (state.search_wanted && current == Screen::needs) {
    state.search_wanted = false;
    ui.keys.push_back({.key = Key::f3});
  }
  const bool searches = std::any_of(ui.keys.begin(), ui.keys.end(),
                                    [](const KeyPress& p) { return p.key == Key::f3; });
  if (!searches) return;
  state.menu_open = false;
  if (has_search(current) || !ui.take(Key::f3)) return;
  state.search_wanted = true;
  out.push(Go{Screen::needs});
}

// What must not be overlooked, above everything.
void draw_top_bars(Ui& ui, const ShellView& view, Commands& out) {
  const Theme& t = ui.theme;
  if (!view.status.failed.empty()) {
    draw_bar(ui, {.id = "bar.failed",
                  .icon = Icon::warning,
                  .words = view.status.failed,
                  .fill = t.danger,
                  .color = t.on_danger,
                  .tone = Tone::strong});
  }
  if (!view.refused.empty() && draw_bar(ui, {.id = "bar.refused",
                                             .icon = Icon::warning,
                                             .words = view.refused,
                                             .fill = t.danger_tint,
                                             .color = t.on_danger_tint,
                                             .tone = Tone::normal,
                                             .action = ui.tr("bar.close"),
                                             .action_icon = Icon::close})) {
    out.push(DismissRefusal{});
  }
}

// What can be done about what was done, or is being done; empty: nothing.
std::string_view undo_action(const Ui& ui, const UndoView& view) {
  if (view.can_undo) return ui.tr("undo.action");
  return view.can_stop ? std::string_view(ui.tr("import.stop")) : std::string_view();
}

float undo_bar_height(const Ui& ui, const ShellView& view) {
  if (!view.undo) return 0;
  const std::string_view words = undo_action(ui, *view.undo);
  const float action = words.empty() ? 0 : button_width(ui, words) + ui.px(kGap);
  return bar_height(ui, view.undo->words, Tone::normal, action, ui.width);
}

// In a narrow window it stands in the head, beside the menu.
float status_height(const Ui& ui, std::string_view words) {
  if (ui.narrow()) return 0;
  const float height = bar_height(ui, words, Tone::small, help_and_lock_width(ui), ui.width);
  return std::max(ui.px(kTarget), height - ui.px(2 * 10));
}

// One line on every screen: where what was written is, and who has it.
void draw_status(Ui& ui, const StatusView& status, std::string_view words, ShellState& state,
                 Commands& out) {
  const float taken = help_and_lock_width(ui);
  const float height = status_height(ui, words);
  const Pane pane(ui, "bar.status", ui.width, height, ui.theme.side, false);
  const float room = ui.width - ui.px(2 * kPad) - ui.px(kIcon + 10) - taken;
  const ImVec2 size = text_size(ui, words, Tone::small, room);
  const ImVec2 origin = ImGui::GetWindowPos();
  const float x = origin.x + ui.px(kPad);
  draw_icon(*ImGui::GetWindowDrawList(), status.unsent == 0 ? Icon::check : Icon::save, x,
            origin.y + (height - ui.px(kIcon)) / 2, ui.px(kIcon), ui.theme.text);
  const ImVec2 at(x + ui.px(kIcon + 10), origin.y + (height - size.y) / 2);
  draw_text_at(ui, at, words, Tone::small, ui.theme.text, room);
  record(ui, Role::text, "bar.status", words, {x, at.y, at.x + size.x, at.y + size.y},
         {.cut = size.x > room + 1});
  ImGui::SetCursorScreenPos(
      ImVec2(origin.x + ui.width - taken, origin.y + (height - ui.px(44)) / 2));
  draw_help_and_lock(ui, state, 0, out);
}

void draw_bottom_bars(Ui& ui, const ShellView& view, std::string_view status, float top,
                      ShellState& state, Commands& out) {
  const Theme& t = ui.theme;
  ImGui::SetCursorPosY(top);
  if (view.undo && draw_bar(ui, {.id = "bar.undo",
                                 .icon = view.undo->working ? Icon::clock : Icon::check,
                                 .words = view.undo->words,
                                 .fill = t.tint,
                                 .color = t.on_tint,
                                 .tone = Tone::normal,
                                 .action = undo_action(ui, *view.undo),
                                 .action_icon = view.undo->can_undo ? Icon::undo : Icon::minus})) {
    if (view.undo->can_undo)
      out.push(Undo{});
    else
      out.push(StopWork{});
  }
  ImGui::SetCursorPosY(top + undo_bar_height(ui, view));
  if (!ui.narrow()) draw_status(ui, view.status, status, state, out);
}

// In a narrow window a bar stands above the screen in place of the side: the menu, where one is,
// and the status line. Returns its height.
float draw_narrow_head(Ui& ui, ShellState& state, Screen current, std::string_view status) {
  const std::string& label = ui.tr(state.menu_open ? "nav.close" : "nav.menu");
  const Icon icon = state.menu_open ? Icon::close : Icon::menu;
  const float left = ui.px(kPad) + button_width(ui, label) + ui.px(kPad);
  const float room = std::max(1.0F, ui.width - left - ui.px(kPad));
  const ImVec2 size = text_size(ui, status, Tone::small, room);
  const float words = ui.fonts.strong->FontSize + size.y;
  const float height = std::max(ui.px(kTarget), words) + ui.px(12);
  const Pane pane(ui, "top", ui.width, height, ui.theme.side, false);
  ImGui::SetCursorPos(ImVec2(ui.px(kPad), (height - ui.px(kTarget)) / 2));
  if (button(ui, {.id = "nav.menu", .icon = icon, .label = label}))
    state.menu_open = !state.menu_open;
  bool cut = false;
  const std::string place = shortened(ui, screen_words(ui, current), Tone::strong, room, cut);
  const ImVec2 at(ImGui::GetWindowPos().x + left,
                  ImGui::GetWindowPos().y + std::floor((height - words) / 2));
  draw_text_at(ui, at, place, Tone::strong, ui.theme.text);
  const float y = at.y + ui.fonts.strong->FontSize;
  draw_text_at(ui, ImVec2(at.x, y), status, Tone::small, ui.theme.faint, room);
  record(ui, Role::text, "bar.status", status, {at.x, y, at.x + size.x, y + size.y},
         {.cut = size.x > room + 1});
  return height;
}

void draw_middle(Ui& ui, const ShellView& view, ShellState& state, Screen current,
                 std::string_view status, float height, const std::function<void()>& content,
                 Commands& out) {
  const ImVec2 spacing(ui.px(kGap), ui.px(kGap));
  const bool narrow = ui.narrow();
  const float head = narrow ? draw_narrow_head(ui, state, current, status) : 0;
  const float side = narrow ? 0 : ui.px(248);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, spacing);
  if (narrow && state.menu_open) {
    ImGui::SetCursorPosX(0);
    draw_side(ui, view, state, current, ui.width, height - head, out);
  } else {
    if (!narrow) {
      draw_side(ui, view, state, current, side, height, out);
      ImGui::SameLine(0, 0);
    }
    const Pane pane(ui, "screen", ui.width - side, height - head, ui.theme.page);
    turn_page(screen_words(ui, current));
    content();
  }
  ImGui::PopStyleVar();
}

}  // namespace

void draw_shell(Ui& ui, const ShellView& view, ShellState& state, Screen current,
                const std::function<void()>& content, Commands& out) {
  begin_window(ui, "rukun");
  take_shortcuts(ui, state, current, out);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  draw_top_bars(ui, view, out);
  const std::string status = status_words(ui, view.status);
  const float bottom = undo_bar_height(ui, view) + status_height(ui, status);
  const float top = ImGui::GetCursorPosY();
  const float middle = std::max(ui.px(96), ui.height - top - bottom);
  draw_middle(ui, view, state, current, status, middle, content, out);
  draw_bottom_bars(ui, view, status, top + middle, state, out);
  ImGui::PopStyleVar();
  if (state.help_open) draw_help(ui, state, current);
  if (view.print && !state.help_open) draw_print(ui, *view.print, out);
  ImGui::End();
}

namespace {

// The program's own picture and name.
void draw_brand(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = ui.px(40);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, ImVec2(at.x + side, at.y + side), packed(ui.theme.primary), ui.px(9));
  draw_icon(list, Icon::rukun, at.x, at.y, side, ui.theme.on_primary);
  const float y = at.y + (side - ui.fonts.title->FontSize) / 2;
  draw_text_at(ui, ImVec2(at.x + side + ui.px(kGap), y), "Rukun", Tone::title, ui.theme.text);
  ImGui::Dummy(ImVec2(side, side));
}

}  // namespace

void full_page(Ui& ui, const char* id, float width_logical, const std::function<void()>& content) {
  begin_window(ui, id);
  {
    // On a card below the program's name where there is room, else all of it for the content.
    const bool roomy = !ui.narrow() && ui.height >= ui.px(560);
    const Pane pane(ui, "page", ui.width, ui.height, roomy ? ui.theme.side : ui.theme.page, false);
    const float width = std::min(ui.px(width_logical), ui.width - ui.px(2 * kPad));
    const float inset = ui.inset;
    // The column stands a little above the middle when there is room, and scrolls when there is
    // not.
    ImGui::SetCursorPos(ImVec2(std::floor((ImGui::GetContentRegionAvail().x - width) / 2),
                               ui.px(ui.height > ui.px(700) ? 56 : 16)));
    ImGui::BeginGroup();
    ui.inset = std::max(0.0F, ImGui::GetContentRegionAvail().x - width);
    if (roomy) {
      draw_brand(ui);
      const Card card(ui);
      content();
    } else {
      content();
    }
    ui.inset = inset;
    gap(ui, kPad);
    ImGui::EndGroup();
  }
  ImGui::End();
}

}  // namespace rukun::ui
