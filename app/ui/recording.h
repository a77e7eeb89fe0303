#pragma once
// What a frame put on the screen, noted by the widgets when a test asks for it: every text and
// every thing that can be pressed or typed into, with its place and state. Secrets are never noted.
// Plain data; UI thread.

#include <cstdint>
#include <string>
#include <vector>

namespace rukun::ui {

struct Rect {
  float x0 = 0;
  float y0 = 0;
  float x1 = 0;
  float y1 = 0;

  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  float center_x() const { return (x0 + x1) / 2; }
  float center_y() const { return (y0 + y1) / 2; }
  bool contains(const Rect& inner) const {
    return inner.x0 >= x0 - 1 && inner.y0 >= y0 - 1 && inner.x1 <= x1 + 1 && inner.y1 <= y1 + 1;
  }
  bool overlaps(const Rect& other) const {
    return x0 < other.x1 - 1 && other.x0 < x1 - 1 && y0 < other.y1 - 1 && other.y0 < y1 - 1;
  }
};

enum class Role : std::uint8_t { text, cell, button, tile, chip, field, row, dialog };

struct Seen {
  Role role = Role::text;
  std::string id;
  std::string text;
  Rect rect;
  Rect clip;      // the part of the screen that may show it
  int layer = 0;  // 1 inside a dialog
  bool enabled = true;
  bool focused = false;
  bool selected = false;
  bool cut = false;  // its text did not fit
};

struct Recording {
  std::vector<Seen> seen;
};

}  // namespace rukun::ui
