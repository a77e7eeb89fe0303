#pragma once
// Colors and measures, light and dark. Every pair of text and background that the widgets use is
// declared in text_pairs(), and a test checks that each reaches a contrast of 7:1 (WCAG 2.1, AAA)
// in both; another looks at the pixels of every screen. Measures are in pixels at 100 % text size.
// Pure data.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rukun::ui {

// 0xRRGGBB
using Color = std::uint32_t;

struct Theme {
  Color page = 0xFBF9F4;
  Color card = 0xFFFFFF;
  Color side = 0xF0ECE2;
  Color line = 0xD5CFC0;        // hairlines between things
  Color field_line = 0x6B6558;  // around fields and secondary buttons: 3:1 against the page
  Color text = 0x1B1A17;
  Color faint = 0x47443C;    // second-rank text
  Color primary = 0x0A5236;  // what to press
  Color primary_hover = 0x073F29;
  Color on_primary = 0xFFFFFF;
  Color tint = 0xDDEEE4;  // selected rows, quiet emphasis
  Color on_tint = 0x08402B;
  Color hover = 0xEAE5D8;
  Color danger = 0x8C1414;
  Color on_danger = 0xFFFFFF;
  Color danger_tint = 0xFBE4E1;
  Color on_danger_tint = 0x7A1010;
  Color warn_tint = 0xFFEFC7;
  Color on_warn_tint = 0x4A3300;
  Color info_tint = 0xE1ECF7;
  Color on_info_tint = 0x10406B;
  Color disabled = 0xE7E3D8;
  Color on_disabled = 0x47443C;
  Color focus = 0x1457A8;        // ring around what the keyboard is on
  Color grab = 0x8A8372;         // of the scroll bar
  Color marked_text = 0xBFD9F2;  // behind letters that are marked in a field
  // Parts of a chart's bar: each has a pattern and a word too.
  Color chart_open = 0x9A2A1B;
  Color chart_covered = 0x1457A8;
  Color chart_done = 0x0A5236;
};
Theme light_theme();
Theme dark_theme();  // for the night watch: the same warmth, with light letters

// "light" or "dark", as settings and options name them; nothing for another word.
std::optional<bool> is_dark(std::string_view name);

struct TextPair {
  const char* name;
  Color text;
  Color background;
};
std::vector<TextPair> text_pairs(const Theme& theme);
// Outlines, bars and the keyboard's ring against what is behind or beside them: 3:1.
std::vector<TextPair> shape_pairs(const Theme& theme);

// Relative luminance contrast after WCAG 2.1, 1 to 21.
double contrast(Color a, Color b);

inline constexpr float kTarget = 48;  // height of what can be pressed; never below 44
inline constexpr float kGap = 12;
inline constexpr float kPad = 16;
inline constexpr float kRadius = 8;
inline constexpr float kIcon = 24;

}  // namespace rukun::ui
