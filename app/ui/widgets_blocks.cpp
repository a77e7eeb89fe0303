// Cards, panes, notes, badges and dialogs: what holds other widgets.
#include <algorithm>
#include <string>

#include "app/ui/formats.h"
#include "app/ui/widgets.h"

namespace rukun::ui {

BadgeColors badge_colors(const Theme& theme, Badge kind) {
  switch (kind) {
    case Badge::good: return {theme.on_tint, theme.tint};
    case Badge::info: return {theme.on_info_tint, theme.info_tint};
    case Badge::warn: return {theme.on_warn_tint, theme.warn_tint};
    case Badge::danger: return {theme.on_danger, theme.danger};
    default: return {theme.text, theme.side};
  }
}

float badge_width(const Ui& ui, std::string_view words) {
  return text_size(ui, badge_words(words), Tone::small).x + ui.px(20);
}

std::string badge_words(std::string_view words) { return capitalized(std::string(words)); }

void badge(Ui& ui, std::string_view said, Badge kind) {
  const std::string words = badge_words(said);
  const auto [color, fill] = badge_colors(ui.theme, kind);
  const float room = avail(ui) - ui.px(20);
  const ImVec2 size = text_size(ui, words, Tone::small, room + 1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 end(at.x + size.x + ui.px(20), at.y + size.y + ui.px(8));
  ImGui::GetWindowDrawList()->AddRectFilled(at, end, packed(fill), ui.px(6));
  draw_text_at(ui, ImVec2(at.x + ui.px(10), at.y + ui.px(4)), words, Tone::small, color, room + 1);
  ImGui::Dummy(ImVec2(end.x - at.x, end.y - at.y));
  record(ui, Role::text, "", words, {at.x, at.y, end.x, end.y}, {.cut = size.x > room + 2});
}

bool line(Ui& ui, const LineSpec& spec) {
  const Theme& t = ui.theme;
  const float pad = ui.px(10);
  const float width = avail(ui);
  const float pill = spec.badge.empty() ? 0 : badge_width(ui, spec.badge);
  const float action =
      spec.action.empty() ? 0 : text_size(ui, spec.action, Tone::primary).x + ui.px(kIcon + 8);
  const float right = std::max(pill, action);
  // In a narrow place the pill goes below the words instead of squeezing them.
  const bool beside = width - right - pad > ui.px(190);
  const float room = std::max(1.0F, width - (beside && right > 0 ? right + pad : 0));
  const ImVec2 title = text_size(ui, spec.title, Tone::strong, room);
  const ImVec2 detail =
      spec.detail.empty() ? ImVec2(0, 0) : text_size(ui, spec.detail, Tone::small, room);
  const float pill_height = ui.fonts.small->FontSize + ui.px(8);
  const float below = beside || right <= 0 ? 0 : pill_height + ui.px(6);
  const float words = title.y + detail.y + below;
  const float height = std::max(ui.px(kTarget), words + 2 * pad);
  const Pressed area = press_area(ui, spec.id, width, height);
  const Pressed shown = wider(ui, area, kReach);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // Above it, so that what belongs to a line stands with it, and nothing is ruled off at the end.
  if (spec.ruled)
    list.AddLine(ImVec2(area.rect.x0, area.rect.y0), ImVec2(area.rect.x1, area.rect.y0),
                 packed(t.line));
  if (area.hovered)
    list.AddRectFilled(ImVec2(shown.rect.x0, shown.rect.y0), ImVec2(shown.rect.x1, shown.rect.y1),
                       packed(t.hover), ui.px(kRadius));
  const ImVec2 at(area.rect.x0, area.rect.y0 + (height - words) / 2);
  draw_text_at(ui, at, spec.title, Tone::strong, t.text, room);
  if (!spec.detail.empty())
    draw_text_at(ui, ImVec2(at.x, at.y + title.y), spec.detail, Tone::small, t.faint, room);
  const float end = area.rect.x1;
  const float middle =
      beside ? area.rect.center_y() : at.y + title.y + detail.y + ui.px(6) + pill_height / 2;
  const float x = beside ? end - right : at.x;
  if (pill > 0) {
    const auto [color, fill] = badge_colors(t, spec.badge_kind);
    const ImVec2 low(x, middle - pill_height / 2);
    list.AddRectFilled(low, ImVec2(low.x + pill, low.y + pill_height), packed(fill), ui.px(6));
    draw_text_at(ui, ImVec2(low.x + ui.px(10), low.y + ui.px(4)), badge_words(spec.badge),
                 Tone::small, color);
  } else if (action > 0) {
    draw_text_at(ui, ImVec2(x, middle - ui.fonts.strong->FontSize / 2), spec.action, Tone::primary,
                 t.primary);
    draw_icon(list, Icon::next, x + action - ui.px(kIcon), middle - ui.px(kIcon) / 2, ui.px(kIcon),
              t.primary);
  }
  draw_focus(ui, shown);
  std::string said(spec.title);
  if (!spec.detail.empty()) said += " · " + std::string(spec.detail);
  if (!spec.badge.empty()) said += " · " + badge_words(spec.badge);
  if (!spec.action.empty()) said += " · " + std::string(spec.action);
  record(ui, Role::button, spec.id, said, area.rect,
         {.focused = area.focused, .cut = std::max(title.x, detail.x) > room + 1});
  return area.pressed;
}

Card::Card(Ui& ui, Color fill, Color line, float width)
    : ui_(ui),
      start_(ImGui::GetCursorScreenPos()),
      width_(width > 0 ? width : avail(ui)),
      inset_before_(ui.inset),
      fill_(fill),
      line_(line) {
  splitter_.Split(ImGui::GetWindowDrawList(), 2);
  splitter_.SetCurrentChannel(ImGui::GetWindowDrawList(), 1);
  const float pad = ui.px(kPad);
  ui.inset = inset_before_ + avail(ui) - width_ + pad;
  ImGui::SetCursorScreenPos(ImVec2(start_.x + pad, start_.y + pad));
  ImGui::BeginGroup();
}

Card::~Card() {
  ImGui::EndGroup();
  const float pad = ui_.px(kPad);
  const ImVec2 end(start_.x + width_, ImGui::GetItemRectMax().y + pad);
  ImDrawList* list = ImGui::GetWindowDrawList();
  splitter_.SetCurrentChannel(list, 0);
  list->AddRectFilled(start_, end, packed(fill_), ui_.px(kRadius));
  list->AddRect(start_, end, packed(line_), ui_.px(kRadius));
  splitter_.Merge(list);
  ImGui::SetCursorScreenPos(start_);
  ImGui::Dummy(ImVec2(end.x - start_.x, end.y - start_.y));
  ui_.inset = inset_before_;
}

void note(Ui& ui, NoteKind kind, std::string_view words) {
  const Theme& t = ui.theme;
  const Color fill = kind == NoteKind::info   ? t.info_tint
                     : kind == NoteKind::warn ? t.warn_tint
                                              : t.danger_tint;
  const Tone tone = kind == NoteKind::info   ? Tone::on_info
                    : kind == NoteKind::warn ? Tone::on_warn
                                             : Tone::on_danger_tint;
  Card card(ui, fill, fill);
  icon_text(ui, kind == NoteKind::info ? Icon::information : Icon::warning, words, tone);
}

Pane::Pane(Ui& ui, const char* id, float width, float height, Color fill, bool padded)
    : ui_(ui), inset_before_(ui.inset) {
  ui.inset = 0;
  const float pad = padded ? ui.px(kPad) : 0;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, packed(fill));
  ImGui::BeginChild(id, ImVec2(width, height), false, ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

Pane::~Pane() {
  ImGui::EndChild();
  ui_.inset = inset_before_;
}

void turn_page(std::string_view name) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID("page");
  const auto now = static_cast<int>(ImGui::GetID(name.data(), name.data() + name.size()));
  if (kept.GetInt(key, now) != now) ImGui::SetScrollY(0);
  kept.SetInt(key, now);
}

bool begin_dialog(Ui& ui, const char* id, std::string_view heading, float width_logical) {
  if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
  const float width = std::min(ui.px(width_logical), ui.width - ui.px(32));
  ImGui::SetNextWindowPos(ImVec2(ui.width / 2, ui.height / 2), ImGuiCond_Always,
                          ImVec2(0.5F, 0.5F));
  ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, ui.height - ui.px(24)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(24), ui.px(24)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(kRadius));
  const bool open =
      ImGui::BeginPopupModal(id, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_NoResize | ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::PopStyleVar(2);
  if (!open) return false;
  ++ui.layer;
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  record(ui, Role::dialog, id, heading, {at.x, at.y, at.x + size.x, at.y + size.y});
  text(ui, heading, Tone::title);
  gap(ui);
  return true;
}

void end_dialog(Ui& ui) {
  --ui.layer;
  ImGui::EndPopup();
}

namespace {
ImVec4 color4(Color c) { return ImGui::ColorConvertU32ToFloat4(packed(c)); }
}  // namespace

void apply_style(const Theme& theme, float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = ImVec2(kPad, kPad);
  style.ItemSpacing = ImVec2(kGap, kGap);
  style.FramePadding = ImVec2(kPad - 2, (kTarget - kBodySize) / 2);
  style.FrameRounding = kRadius;
  style.WindowRounding = 0;
  style.PopupRounding = kRadius;
  style.ScrollbarSize = 18;
  style.ScrollbarRounding = 9;
  style.GrabMinSize = 24;
  style.ScaleAllSizes(scale);
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = std::max(1.0F, static_cast<float>(static_cast<int>(1.5F * scale)));
  style.WindowMinSize = ImVec2(8, 8);
  style.MouseCursorScale = 1;
  const std::pair<ImGuiCol, Color> colors[] = {
      {ImGuiCol_Text, theme.text},
      {ImGuiCol_TextDisabled, theme.faint},
      {ImGuiCol_WindowBg, theme.page},
      {ImGuiCol_ChildBg, theme.page},
      {ImGuiCol_PopupBg, theme.card},
      {ImGuiCol_Border, theme.field_line},
      {ImGuiCol_FrameBg, theme.card},
      {ImGuiCol_FrameBgHovered, theme.card},
      {ImGuiCol_FrameBgActive, theme.card},
      {ImGuiCol_ScrollbarBg, theme.side},
      {ImGuiCol_ScrollbarGrab, theme.grab},
      {ImGuiCol_ScrollbarGrabHovered, theme.field_line},
      {ImGuiCol_ScrollbarGrabActive, theme.field_line},
      {ImGuiCol_TextSelectedBg, theme.marked_text},
  };
  for (const auto& [which, color] : colors) style.Colors[which] = color4(color);
  style.Colors[ImGuiCol_ModalWindowDimBg] = ImVec4(0.1F, 0.1F, 0.08F, 0.55F);
  style.Colors[ImGuiCol_NavHighlight] = ImVec4(0, 0, 0, 0);
}

}  // namespace rukun::ui
