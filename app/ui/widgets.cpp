#include "app/ui/widgets.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <vector>

namespace rukun::ui {

bool Ui::take(Key key, Held held) {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const KeyPress& p) {
    return p.key == key && (p.ctrl || held != Held::ctrl);
  });
  if (found == keys.end()) return false;
  keys.erase(found);
  return true;
}

ImU32 packed(Color color) {
  return IM_COL32(color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF, 255);
}

ImFont* tone_font(const Ui& ui, Tone tone) {
  switch (tone) {
    case Tone::strong:
    case Tone::primary: return ui.fonts.strong;
    case Tone::title: return ui.fonts.title;
    case Tone::small: return ui.fonts.small;
    default: return ui.fonts.body;
  }
}

Color tone_color(const Ui& ui, Tone tone) {
  switch (tone) {
    case Tone::faint:
    case Tone::small: return ui.theme.faint;
    case Tone::danger: return ui.theme.danger;
    case Tone::primary: return ui.theme.primary;
    case Tone::on_info: return ui.theme.on_info_tint;
    case Tone::on_warn: return ui.theme.on_warn_tint;
    case Tone::on_danger_tint: return ui.theme.on_danger_tint;
    default: return ui.theme.text;
  }
}

namespace {

float line_width(const ImFont* font, std::string_view words) {
  if (words.empty()) return 0;
  return const_cast<ImFont*>(font)
      ->CalcTextSizeA(font->FontSize, FLT_MAX, 0, words.data(), words.data() + words.size())
      .x;
}

// Breaks at spaces only: ImGui would also break after full stops, inside "pukul 07.00". A word
// wider than the room stays whole and is reported as cut by whoever measures it.
std::vector<std::string_view> wrapped(const ImFont* font, std::string_view words, float width) {
  std::vector<std::string_view> lines;
  while (!words.empty()) {
    const std::size_t newline = words.find('\n');
    const std::string_view all = words.substr(0, newline);
    std::size_t end = all.size();
    if (width > 0 && line_width(font, all) > width) {
      std::size_t space = all.find(' ');
      end = space == std::string_view::npos ? all.size() : space;
      while (space != std::string_view::npos) {
        space = all.find(' ', space + 1);
        const std::string_view longer = all.substr(0, space);
        if (line_width(font, longer) > width) break;
        end = longer.size();
      }
    }
    lines.push_back(all.substr(0, end));
    words.remove_prefix(end);
    if (!words.empty()) words.remove_prefix(1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace

ImVec2 text_size(const Ui& ui, std::string_view words, Tone tone, float wrap_width) {
  const ImFont* font = tone_font(ui, tone);
  float width = 0;
  const auto lines = wrapped(font, words, wrap_width);
  for (const std::string_view line : lines) width = std::max(width, line_width(font, line));
  return ImVec2(std::ceil(width), std::ceil(font->FontSize * static_cast<float>(lines.size())));
}

void draw_text_at(const Ui& ui, ImVec2 at, std::string_view words, Tone tone, Color color,
                  float wrap_width) {
  const ImFont* font = tone_font(ui, tone);
  ImVec2 pen(std::floor(at.x), std::floor(at.y));
  for (const std::string_view line : wrapped(font, words, wrap_width)) {
    if (!line.empty())
      ImGui::GetWindowDrawList()->AddText(font, font->FontSize, pen, packed(color), line.data(),
                                          line.data() + line.size());
    pen.y += font->FontSize;
  }
}

std::string shortened(const Ui& ui, std::string_view words, Tone tone, float width, bool& cut) {
  cut = text_size(ui, words, tone).x > width;
  if (!cut) return std::string(words);
  static constexpr std::string_view kDots = "…";
  const float room = width - text_size(ui, kDots, tone).x;
  std::size_t low = 0;
  std::size_t high = words.size();
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (text_size(ui, words.substr(0, middle), tone).x <= room)
      low = middle;
    else
      high = middle - 1;
  }
  while (low > 0 && low < words.size() && (static_cast<unsigned char>(words[low]) & 0xC0) == 0x80)
    --low;
  return std::string(words.substr(0, low)) + std::string(kDots);
}

void record(Ui& ui, Role role, std::string_view id, std::string_view words, const Rect& rect,
            const Seen& more) {
  if (ui.recording == nullptr) return;
  Seen seen = more;
  seen.role = role;
  seen.id = id;
  seen.text = words;
  seen.rect = rect;
  const ImVec2 low = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 high = ImGui::GetWindowDrawList()->GetClipRectMax();
  seen.clip = {low.x, low.y, high.x, high.y};
  seen.layer = ui.layer;
  ui.recording->seen.push_back(std::move(seen));
}

float avail(const Ui& ui) { return std::max(1.0F, ImGui::GetContentRegionAvail().x - ui.inset); }

void gap(const Ui& ui, float logical) {
  ImGui::Dummy(ImVec2(0, std::max(0.0F, ui.px(logical) - ImGui::GetStyle().ItemSpacing.y)));
}

void text(Ui& ui, std::string_view words, Tone tone) {
  const float room = avail(ui);
  const ImVec2 size = text_size(ui, words, tone, room);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text_at(ui, at, words, tone, tone_color(ui, tone), room);
  ImGui::Dummy(size);
  record(ui, Role::text, "", words, {at.x, at.y, at.x + size.x, at.y + size.y},
         {.cut = size.x > room + 1});
}

float icon_text_width(const Ui& ui, std::string_view words, Tone tone) {
  return ui.px(kIcon) + ui.px(10) + text_size(ui, words, tone).x;
}

void icon_text(Ui& ui, Icon icon, std::string_view words, Tone tone) {
  const float side = ui.px(kIcon);
  const float line = tone_font(ui, tone)->FontSize;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = side + ui.px(10);
  const float room = std::max(1.0F, avail(ui) - left);
  const ImVec2 size = text_size(ui, words, tone, room);
  draw_icon(*ImGui::GetWindowDrawList(), icon, at.x, at.y + (line - side) / 2 + 1, side,
            tone_color(ui, tone));
  draw_text_at(ui, ImVec2(at.x + left, at.y), words, tone, tone_color(ui, tone), room);
  ImGui::Dummy(ImVec2(left + size.x, size.y));
  record(ui, Role::text, "", words, {at.x, at.y, at.x + left + size.x, at.y + size.y},
         {.cut = size.x > room + 1});
}

Pressed press_area(Ui& ui, std::string_view id, float w, float h, bool enabled) {
  Pressed area;
  const std::string name(id);
  area.id = ImGui::GetID(name.c_str());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  area.rect = {at.x, at.y, at.x + w, at.y + h};
  if (!enabled) {
    ImGui::Dummy(ImVec2(w, h));
    return area;
  }
  area.pressed = ImGui::InvisibleButton(name.c_str(), ImVec2(w, h));
  area.hovered = ImGui::IsItemHovered();
  if (ImGui::IsItemActivated()) ui.focus.move_to(area.id, false);
  ui.focus.add({.id = area.id, .rect = area.rect, .layer = ui.layer});
  area.focused = ui.focus.is(area.id);
  if (ui.focus.arriving(area.id)) {
    if (!ImGui::IsItemVisible() || area.rect.y0 < ImGui::GetWindowDrawList()->GetClipRectMin().y ||
        area.rect.y1 > ImGui::GetWindowDrawList()->GetClipRectMax().y) {
      ImGui::SetScrollHereY(0.5F);
    }
    ui.focus.arrived();
  }
  if (area.focused && (ui.take(Key::enter) || ui.take(Key::space))) area.pressed = true;
  return area;
}

void draw_focus(const Ui& ui, const Pressed& area) {
  if (!area.focused || !ui.focus.shown()) return;
  const float out = ui.px(2);
  ImGui::GetWindowDrawList()->AddRect(ImVec2(area.rect.x0 - out, area.rect.y0 - out),
                                      ImVec2(area.rect.x1 + out, area.rect.y1 + out),
                                      packed(ui.theme.focus), ui.px(kRadius) + out, 0, ui.px(3));
}

namespace {

struct Surface {
  Color fill, text, line;
  bool filled, lined;
};

Surface surface_of(const Ui& ui, Look look, bool enabled, bool hovered, bool selected) {
  const Theme& t = ui.theme;
  if (!enabled) return {t.disabled, t.on_disabled, t.line, true, false};
  if (look == Look::primary)
    return {hovered ? t.primary_hover : t.primary, t.on_primary, t.primary, true, false};
  if (look == Look::danger) return {t.danger, t.on_danger, t.danger, true, false};
  if (look == Look::nav && selected) return {t.tint, t.on_tint, t.primary, true, false};
  if (look == Look::quiet || look == Look::nav) return {t.hover, t.text, t.line, hovered, false};
  if (selected) return {t.tint, t.on_tint, t.primary, true, true};
  return {hovered ? t.hover : t.card, t.text, t.field_line, true, true};
}

void draw_surface(const Ui& ui, const Rect& r, const Surface& s) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (s.filled)
    list.AddRectFilled(ImVec2(r.x0, r.y0), ImVec2(r.x1, r.y1), packed(s.fill), ui.px(kRadius));
  if (s.lined)
    list.AddRect(ImVec2(r.x0, r.y0), ImVec2(r.x1, r.y1), packed(s.line), ui.px(kRadius), 0,
                 std::max(1.0F, ui.px(1.2F)));
}

}  // namespace

float button_width(const Ui& ui, std::string_view label, bool icon) {
  return text_size(ui, label, Tone::strong).x + ui.px(2 * kPad) + (icon ? ui.px(kIcon + 8) : 0);
}

Pressed wider(const Ui& ui, Pressed area, float logical) {
  area.rect.x0 -= ui.px(logical);
  area.rect.x1 += ui.px(logical);
  return area;
}

bool button(Ui& ui, const ButtonSpec& spec) {
  const bool icon = spec.icon != Icon::none;
  const bool quiet = spec.look == Look::quiet;
  const Tone tone = spec.look == Look::nav && !spec.selected ? Tone::normal : Tone::strong;
  const float pad = quiet ? 0 : ui.px(kPad);
  const float before = pad + (icon ? ui.px(kIcon + 8) : 0);
  float width = spec.width > 0 ? spec.width
                               : button_width(ui, spec.label, icon) - (quiet ? ui.px(2 * kPad) : 0);
  width = std::min(std::max(width, ui.px(44)), avail(ui));
  const float room = std::max(1.0F, width - before - (spec.width > 0 && !quiet ? ui.px(8) : pad));
  const ImVec2 size = text_size(ui, spec.label, tone, room + 1);
  const float least = ui.px(spec.look == Look::nav ? 44 : kTarget);
  const float height = std::max(least, size.y + ui.px(spec.look == Look::nav ? 2 : 2 * 8));
  const Pressed area = press_area(ui, spec.id, width, height, spec.enabled);
  const Surface surface = surface_of(ui, spec.look, spec.enabled, area.hovered, spec.selected);
  const Pressed shown = wider(ui, area, quiet ? kReach : 0);
  draw_surface(ui, shown.rect, surface);
  if (spec.look == Look::nav && spec.selected)
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(area.rect.x0, area.rect.y0 + ui.px(8)),
        ImVec2(area.rect.x0 + ui.px(4), area.rect.y1 - ui.px(8)), packed(ui.theme.primary),
        ui.px(2));
  float x = area.rect.x0 + pad;
  if (spec.look != Look::nav && spec.width > 0) {
    x = area.rect.x0 + std::max(ui.px(kPad), (width - size.x - (icon ? ui.px(kIcon + 8) : 0)) / 2);
  }
  if (icon) {
    draw_icon(*ImGui::GetWindowDrawList(), spec.icon, x, area.rect.center_y() - ui.px(kIcon) / 2,
              ui.px(kIcon), surface.text);
    x += ui.px(kIcon + 8);
  }
  draw_text_at(ui, ImVec2(x, area.rect.center_y() - size.y / 2), spec.label, tone, surface.text,
               room + 1);
  draw_focus(ui, shown);
  record(ui, Role::button, spec.id, spec.label, area.rect,
         {.enabled = spec.enabled,
          .focused = area.focused,
          .selected = spec.selected,
          .cut = size.x > room + 2});
  return area.pressed;
}

bool tile(Ui& ui, const TileSpec& spec) {
  const float icon = ui.px(36);
  const float pad = ui.px(kPad);
  const float width = std::min(spec.width, avail(ui));
  const float room = width - 3 * pad - icon;
  const ImVec2 label = text_size(ui, spec.label, Tone::strong, room);
  const ImVec2 detail =
      spec.detail.empty() ? ImVec2(0, 0) : text_size(ui, spec.detail, Tone::small, room);
  const float words = label.y + (spec.detail.empty() ? 0 : detail.y + ui.px(2));
  const float height = std::max(spec.height, words + 2 * ui.px(10));
  const Pressed area = press_area(ui, spec.id, width, height);
  const Surface surface = surface_of(ui, spec.look, true, area.hovered, spec.selected);
  draw_surface(ui, area.rect, surface);
  draw_icon(*ImGui::GetWindowDrawList(), spec.icon, area.rect.x0 + pad,
            area.rect.center_y() - icon / 2, icon,
            spec.look == Look::normal && !spec.selected ? ui.theme.primary : surface.text);
  const ImVec2 at(area.rect.x0 + 2 * pad + icon, area.rect.center_y() - words / 2);
  draw_text_at(ui, at, spec.label, Tone::strong, surface.text, room);
  if (!spec.detail.empty()) {
    const Color color = spec.look == Look::normal && !spec.selected ? ui.theme.faint : surface.text;
    draw_text_at(ui, ImVec2(at.x, at.y + label.y + ui.px(2)), spec.detail, Tone::small, color,
                 room);
  }
  draw_focus(ui, area);
  record(ui, Role::tile, spec.id, spec.label, area.rect,
         {.focused = area.focused,
          .selected = spec.selected,
          .cut = std::max(label.x, detail.x) > room + 1});
  return area.pressed;
}

float chip_width(const Ui& ui, std::string_view label) {
  return text_size(ui, label, Tone::normal).x + ui.px(2 * 14);
}

bool chip(Ui& ui, std::string_view id, std::string_view label, bool selected) {
  const float width = std::min(chip_width(ui, label), avail(ui));
  const float room = width - ui.px(2 * 14);
  const ImVec2 size = text_size(ui, label, Tone::normal, room + 1);
  const float height = std::max(ui.px(44), size.y + ui.px(16));
  const Pressed area = press_area(ui, id, width, height);
  const Theme& t = ui.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 low(area.rect.x0, area.rect.y0);
  const ImVec2 high(area.rect.x1, area.rect.y1);
  const float round = std::min(height / 2, ui.px(22));
  list.AddRectFilled(low, high,
                     packed(selected       ? t.primary
                            : area.hovered ? t.hover
                                           : t.card),
                     round);
  if (!selected)
    list.AddRect(low, high, packed(t.field_line), round, 0, std::max(1.0F, ui.px(1.2F)));
  draw_text_at(ui, ImVec2(low.x + (width - size.x) / 2, area.rect.center_y() - size.y / 2), label,
               Tone::normal, selected ? t.on_primary : t.text, room + 1);
  draw_focus(ui, area);
  record(ui, Role::chip, id, label, area.rect,
         {.focused = area.focused, .selected = selected, .cut = size.x > room + 2});
  return area.pressed;
}

void Flow::next(float width) {
  if (first_) {
    first_ = false;
    return;
  }
  const float right = ImGui::GetItemRectMax().x + ui_.px(spacing_) + width;
  const float limit = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x - ui_.inset;
  if (right <= limit) ImGui::SameLine(0, ui_.px(spacing_));
}

}  // namespace rukun::ui
