#include "app/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace rukun::ui {
namespace {

double linear(Color color, unsigned shift) {
  const double c = static_cast<double>(color >> shift & 0xFFU) / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color, 16) + 0.7152 * linear(color, 8) + 0.0722 * linear(color, 0);
}

}  // namespace

Theme light_theme() { return {}; }

Theme dark_theme() {
  return {.page = 0x1B1916,
          .card = 0x25221D,
          .side = 0x13110F,
          .line = 0x474137,
          .field_line = 0x978F7F,
          .text = 0xF4F0E7,
          .faint = 0xD0C9BA,
          .primary = 0x8FD9B3,
          .primary_hover = 0xB4E9CE,
          .on_primary = 0x05241A,
          .tint = 0x1D3A2C,
          .on_tint = 0xC6F0DA,
          .hover = 0x363127,
          .danger = 0xFFB4A9,
          .on_danger = 0x3D0606,
          .danger_tint = 0x4B1B17,
          .on_danger_tint = 0xFFDCD6,
          .warn_tint = 0x463600,
          .on_warn_tint = 0xFFE6A6,
          .info_tint = 0x173451,
          .on_info_tint = 0xCFE6FF,
          .disabled = 0x39352C,
          .on_disabled = 0xD0C9BA,
          .focus = 0x9CCBFF,
          .grab = 0x837B6B,
          .marked_text = 0x2F4A68,
          .chart_open = 0xFFB4A9,
          .chart_covered = 0x9CCBFF,
          .chart_done = 0x8FD9B3};
}

std::optional<bool> is_dark(std::string_view name) {
  if (name == "dark") return true;
  if (name == "light") return false;
  return std::nullopt;
}

double contrast(Color a, Color b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::vector<TextPair> text_pairs(const Theme& t) {
  return {
      {"text on page", t.text, t.page},
      {"text on card", t.text, t.card},
      {"text on side", t.text, t.side},
      {"text on hover", t.text, t.hover},
      {"faint on page", t.faint, t.page},
      {"faint on card", t.faint, t.card},
      {"faint on side", t.faint, t.side},
      {"faint on hover", t.faint, t.hover},
      {"primary on page", t.primary, t.page},
      {"primary on card", t.primary, t.card},
      {"on_primary", t.on_primary, t.primary},
      {"on_primary hovered", t.on_primary, t.primary_hover},
      {"on_tint", t.on_tint, t.tint},
      {"text on tint", t.text, t.tint},
      {"faint on tint", t.faint, t.tint},
      {"on_danger", t.on_danger, t.danger},
      {"on_danger_tint", t.on_danger_tint, t.danger_tint},
      {"danger on page", t.danger, t.page},
      {"danger on card", t.danger, t.card},
      {"on_warn_tint", t.on_warn_tint, t.warn_tint},
      {"on_info_tint", t.on_info_tint, t.info_tint},
      {"text on marked", t.text, t.marked_text},
      {"on_disabled", t.on_disabled, t.disabled},
  };
}

std::vector<TextPair> shape_pairs(const Theme& t) {
  return {
      {"field line on page", t.field_line, t.page},
      {"field line on card", t.field_line, t.card},
      {"focus on page", t.focus, t.page},
      {"focus on card", t.focus, t.card},
      {"focus on side", t.focus, t.side},
      {"icon on card", t.primary, t.card},
      {"scroll bar", t.grab, t.side},
      {"chart: open", t.chart_open, t.card},
      {"chart: covered", t.chart_covered, t.card},
      {"chart: done", t.chart_done, t.card},
      {"chart: done on page", t.chart_done, t.page},
  };
}

}  // namespace rukun::ui
