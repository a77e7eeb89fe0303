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
      {"on_disabled", t.on_disabled, t.disabled},
  };
}

}  // namespace rukun::ui
