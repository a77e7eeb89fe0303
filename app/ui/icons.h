#pragma once
// Simple line drawings on a grid of 24 × 24, each a small program of strokes, drawn at any size in
// any color. An icon never stands alone: every widget that shows one shows a word with it. UI
// thread.

#include <cstdint>
#include <string_view>

#include "app/ui/theme.h"

struct ImDrawList;

namespace rukun::ui {

enum class Icon : std::uint8_t {
  none,
  home,
  need,
  offer,
  volunteer,
  schedule,
  exchange,
  decide,
  settings,
  search,
  plus,
  minus,
  check,
  warning,
  lock,
  back,
  next,
  undo,
  close,
  help,
  menu,
  stick,
  folder,
  print,
  clock,
  house,
  edit,
  person,
  people,
  language,
  key,
  save,
  food,
  water,
  medicine,
  health_care,
  hygiene,
  shelter,
  clothing,
  baby,
  elderly_care,
  disability_aid,
  education,
  transport,
  power,
  laptop,
  rukun,
  tools,
  cleaning,
  funeral,
  money,
  labor,
  information,
  mark,
  filter,
  sort,
  copy,
  chart,
  eye,
  other,
};

// The icon of a category, by its identifier ("food", "health_care"); Icon::other for an unknown
// one.
Icon category_icon(std::string_view category);

// Draws with the top left corner at (x, y); size is the side of the square.
void draw_icon(ImDrawList& list, Icon icon, float x, float y, float size, Color color);

// The program of an icon, for tests: never empty but for Icon::none.
std::string_view icon_program(Icon icon);

}  // namespace rukun::ui
