#include "app/ui/icons.h"

#include <imgui.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace rukun::ui {
namespace {

// M x y: start a line · L x y: to there · Z: close it · F: close and fill it · O x y r: circle · D
// x y r: disc · A x y r from to: arc in degrees, clockwise from the right, joined to the line
// before it.
constexpr std::pair<Icon, std::string_view> kPrograms[] = {
    {Icon::home,
     "M 3 12 L 12 4 L 21 12 M 6 10 L 6 20 L 18 20 L 18 10 M 10 20 L 10 14 L 14 14 L 14 20"},
    {Icon::need, "M 5 3 L 19 3 L 19 21 L 5 21 Z M 8 8 L 16 8 M 8 12 L 16 12 M 8 16 L 13 16"},
    {Icon::offer,
     "M 4 10 L 20 10 L 20 20 L 4 20 Z M 3 7 L 21 7 L 21 10 L 3 10 Z M 12 7 L 12 20 M 12 7 L 8 3 L "
     "6 5 L 12 7 M 12 7 L 16 3 L 18 5 L 12 7"},
    {Icon::volunteer, "O 12 7 3.5 M 5 20 A 12 20 7 180 360 M 9 17 L 11.5 19.5 L 15.5 15.5"},
    {Icon::schedule,
     "M 4 6 L 20 6 L 20 20 L 4 20 Z M 4 10 L 20 10 M 8 3 L 8 7 M 16 3 L 16 7 D 8.5 14 1.2 D 12.5 "
     "14 1.2 D 16 14 1.2 D 8.5 17 1.2 D 12.5 17 1.2"},
    {Icon::exchange, "M 4 9 L 19 9 M 15 5 L 19 9 L 15 13 M 20 16 L 5 16 M 9 12 L 5 16 L 9 20"},
    {Icon::decide,
     "M 12 3 L 12 20 M 7 20 L 17 20 M 5 7 L 19 7 M 5 7 L 2 13 L 8 13 Z M 19 7 L 16 13 L 22 13 Z"},
    {Icon::settings, "M 4 7 L 20 7 M 4 12 L 20 12 M 4 17 L 20 17 D 9 7 2.4 D 15 12 2.4 D 8 17 2.4"},
    {Icon::search, "O 10 10 6 M 14.5 14.5 L 20 20"},
    {Icon::plus, "M 12 4 L 12 20 M 4 12 L 20 12"},
    {Icon::minus, "M 4 12 L 20 12"},
    {Icon::check, "M 4 13 L 10 19 L 20 6"},
    {Icon::warning, "M 12 3 L 22 20 L 2 20 Z M 12 9 L 12 14 D 12 17 1.2"},
    {Icon::lock, "M 5 11 L 19 11 L 19 21 L 5 21 Z M 8 11 A 12 8 4 180 360 L 16 11 D 12 15.5 1.6"},
    {Icon::back, "M 20 12 L 4 12 M 10 6 L 4 12 L 10 18"},
    {Icon::next, "M 4 12 L 20 12 M 14 6 L 20 12 L 14 18"},
    {Icon::undo, "M 4 9 L 15 9 A 15 14 5 270 450 L 8 19 M 8 5 L 4 9 L 8 13"},
    {Icon::close, "M 5 5 L 19 19 M 19 5 L 5 19"},
    {Icon::help, "O 12 12 9 M 9 9.5 A 12 9.5 3 180 400 L 12 14 D 12 17 1.2"},
    {Icon::menu, "M 4 6 L 20 6 M 4 12 L 20 12 M 4 18 L 20 18"},
    {Icon::stick, "M 8 9 L 16 9 L 16 21 L 8 21 Z M 10 9 L 10 3 L 14 3 L 14 9 M 12 13 L 12 17"},
    {Icon::folder, "M 3 19 L 3 6 L 9 6 L 11 8 L 21 8 L 21 19 Z"},
    {Icon::print,
     "M 7 8 L 7 3 L 17 3 L 17 8 M 7 17 L 4 17 L 4 8 L 20 8 L 20 17 L 17 17 M 7 14 L 17 14 L 17 21 "
     "L 7 21 Z"},
    {Icon::clock, "O 12 12 9 M 12 7 L 12 12 L 16 14"},
    {Icon::house, "M 3 12 L 12 4 L 21 12 M 6 10 L 6 20 L 18 20 L 18 10"},
    {Icon::edit, "M 4 20 L 5 16 L 16 5 L 19 8 L 8 19 Z M 14 7 L 17 10"},
    {Icon::person, "O 12 8 4 M 5 21 A 12 21 7 180 360"},
    {Icon::people,
     "O 9 8 3.5 M 3 20 A 9 20 6 180 360 M 14 5 A 16 8 3.2 230 480 M 17 14 A 16 20 "
     "6 280 360"},
    {Icon::language, "O 12 12 9 M 3 12 L 21 12 M 12 3 A 19 12 11 230 130 M 12 3 A 5 12 11 310 410"},
    {Icon::key, "O 8 15 4.5 M 11 12 L 20 3 M 16 7 L 19 10"},
    {Icon::save,
     "M 4 4 L 17 4 L 20 7 L 20 20 L 4 20 Z M 8 4 L 8 9 L 15 9 L 15 4 M 7 20 L 7 13 L 17 13 L 17 "
     "20"},
    {Icon::food, "M 3 12 L 21 12 A 12 12 9 0 180 M 8 8 L 8 5 M 12 8 L 12 4 M 16 8 L 16 5"},
    {Icon::water, "M 12 3 L 17.5 11.5 A 12 14.5 6.2 -28 208 Z"},
    {Icon::medicine,
     "M 7 12 L 12 7 A 15 9.5 4 220 405 L 12 17 A 9.5 14.5 4 45 225 M 9.5 9.5 L 14.5 14.5"},
    {Icon::health_care,
     "M 9 3 L 15 3 L 15 9 L 21 9 L 21 15 L 15 15 L 15 21 L 9 21 L 9 15 L 3 15 L 3 9 L 9 9 Z"},
    {Icon::hygiene, "M 4 13 L 20 13 L 18 20 L 6 20 Z O 9 8 2 O 14 6 2.4 O 16.5 10 1.2"},
    {Icon::shelter, "M 12 4 L 22 20 L 2 20 Z M 12 11 L 8 20 M 12 11 L 16 20"},
    {Icon::clothing,
     "M 8 4 L 3 8 L 5 12 L 7 11 L 7 20 L 17 20 L 17 11 L 19 12 L 21 8 L 16 4 A 12 4 4 0 180"},
    {Icon::baby,
     "M 8 9 L 16 9 L 16 21 L 8 21 Z M 9 9 L 9 7 L 15 7 L 15 9 M 11 7 L 11 4 L 13 4 L 13 7 M 8 13 L "
     "12 13 M 8 17 L 12 17"},
    {Icon::elderly_care,
     "O 10 5 2.5 M 10 9 L 9 15 L 6 21 M 9 15 L 12 17 L 12 21 M 10 10 L 16 13 M 16 12 L 16 21"},
    {Icon::disability_aid,
     "O 10 4 2 M 10 7 L 10 13 L 16 13 L 18 19 L 20 19 M 10 9 L 15 9 M 8 11 A 10 16 5.5 250 20"},
    {Icon::education, "M 12 6 L 12 20 M 12 6 L 4 4 L 4 18 L 12 20 L 20 18 L 20 4 Z"},
    {Icon::transport,
     "M 2 6 L 14 6 L 14 17 L 2 17 Z M 14 10 L 19 10 L 22 13 L 22 17 L 14 17 O 7 18 2.2 O 17.5 18 "
     "2.2"},
    {Icon::power, "M 13 2 L 5 14 L 11 14 L 10 22 L 19 10 L 13 10 Z"},
    {Icon::tools,
     "M 4 4 L 12 4 L 12 9 L 4 9 Z M 8 9 L 8 21 M 16 3 L 16 8 L 20 8 L 20 3 M 18 8 L 18 21"},
    {Icon::cleaning,
     "M 18 3 L 12 12 M 8 11 L 15 14 L 13 21 L 3 21 Z M 7 16 L 6 21 M 11 17 L 10 21"},
    {Icon::funeral,
     "O 12 7 2 O 8.5 9.5 2 O 15.5 9.5 2 M 12 11 L 12 21 M 12 17 L 8 14 M 12 18 L 16 15"},
    {Icon::money, "M 2 6 L 22 6 L 22 18 L 2 18 Z O 12 12 3.2 D 5.5 12 1 D 18.5 12 1"},
    {Icon::labor,
     "M 3 13 L 8 8 L 12 10 L 16 8 L 21 13 L 14 19 L 11 19 Z M 12 10 L 9 13 L 11 15 L 14 12 L 17 "
     "15"},
    {Icon::information, "O 12 12 9 M 12 11 L 12 17 D 12 7.5 1.3"},
    {Icon::mark, "M 4 4 L 20 4 L 20 20 L 4 20 Z M 8 12 L 11 15 L 16 9"},
    {Icon::filter, "M 3 5 L 21 5 L 14 13 L 14 20 L 10 18 L 10 13 Z"},
    {Icon::sort,
     "M 7 4 L 7 20 M 3 16 L 7 20 L 11 16 M 14 6 L 21 6 M 14 12 L 19 12 M 14 18 L 17 18"},
    {Icon::copy, "M 8 3 L 20 3 L 20 16 L 8 16 Z M 8 7 L 4 7 L 4 21 L 16 21 L 16 16"},
    {Icon::chart, "M 4 3 L 4 20 L 21 20 M 8 20 L 8 13 M 13 20 L 13 6 M 18 20 L 18 10"},
    {Icon::eye, "A 12 19 12.2 215 325 M 22 12 A 12 5 12.2 35 145 O 12 12 3"},
    {Icon::laptop, "M 5 5 L 19 5 L 19 16 L 5 16 Z M 2 20 L 22 20"},
    // The program's own: two people below one roof (assets/icons).
    {Icon::rukun,
     "M 4.5 12 L 12 5 L 19.5 12 M 6.5 10.5 L 6.5 19 L 17.5 19 L 17.5 10.5 O 9.8 13 1.3 O 14.2 13 "
     "1.3 M 7.5 19 A 9.75 19 2.4 180 360 A 14.25 19 2.4 180 360"},
    {Icon::other, "D 5 12 2 D 12 12 2 D 19 12 2"},
};

constexpr std::pair<std::string_view, Icon> kCategories[] = {
    {"food", Icon::food},
    {"water", Icon::water},
    {"medicine", Icon::medicine},
    {"health_care", Icon::health_care},
    {"hygiene", Icon::hygiene},
    {"shelter", Icon::shelter},
    {"clothing", Icon::clothing},
    {"baby", Icon::baby},
    {"elderly_care", Icon::elderly_care},
    {"disability_aid", Icon::disability_aid},
    {"education", Icon::education},
    {"transport", Icon::transport},
    {"power", Icon::power},
    {"tools", Icon::tools},
    {"cleaning", Icon::cleaning},
    {"funeral", Icon::funeral},
    {"money", Icon::money},
    {"labor", Icon::labor},
    {"information", Icon::information},
};

class Pen {
 public:
  Pen(ImDrawList& list, float x, float y, float size, Color color)
      : list_(list),
        x_(x),
        y_(y),
        unit_(size / 24),
        color_(IM_COL32(color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF, 255)) {}

  void run(std::string_view program) {
    rest_ = program;
    while (!rest_.empty()) step();
    stroke(false);
  }

 private:
  void step() {
    const char order = rest_.front();
    rest_.remove_prefix(1);
    switch (order) {
      case 'M':
        stroke(false);
        held_ = point();
        break;
      case 'L':
        flush();
        held_ = point();
        lined_ = true;
        break;
      case 'Z': stroke(true); break;
      case 'F':
        flush();
        list_.PathFillConvex(color_);
        break;
      case 'O':
        stroke(false);
        {
          const ImVec2 at = point();
          list_.AddCircle(at, number() * unit_, color_, 0, width());
        }
        break;
      case 'D':
        stroke(false);
        {
          const ImVec2 at = point();
          list_.AddCircleFilled(at, number() * unit_, color_);
        }
        break;
      case 'A': arc(); break;
      default: break;
    }
  }
  void arc() {
    const ImVec2 at = point();
    const float radius = number() * unit_;
    constexpr float kDegree = 3.14159265F / 180;
    const float from = number() * kDegree;
    const float to = number() * kDegree;
    // With the same point twice the joint of the two would stick out.
    if (held_ && std::hypot(held_->x - at.x - radius * std::cos(from),
                            held_->y - at.y - radius * std::sin(from)) < unit_)
      held_.reset();
    flush();
    list_.PathArcTo(at, radius, from, to, 20);
  }
  void flush() {
    if (held_) list_.PathLineTo(*held_);
    held_.reset();
  }
  void stroke(bool closed) {
    if (std::exchange(lined_, false)) flush();
    held_.reset();
    list_.PathStroke(color_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width());
  }
  float width() const { return std::max(1.5F, unit_ * 1.8F); }
  ImVec2 point() {
    const float px = number();
    const float py = number();
    return ImVec2(x_ + px * unit_, y_ + py * unit_);
  }
  float number() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    float value = 0;
    const auto [end, ec] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (ec == std::errc()) rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  ImDrawList& list_;
  std::string_view rest_;
  std::optional<ImVec2> held_;  // the last point, until it is known what follows it
  bool lined_ = false;          // a line leads to that point
  float x_, y_, unit_;
  ImU32 color_;
};

}  // namespace

std::string_view icon_program(Icon icon) {
  for (const auto& [known, program] : kPrograms) {
    if (known == icon) return program;
  }
  return {};
}

Icon category_icon(std::string_view category) {
  for (const auto& [name, icon] : kCategories) {
    if (name == category) return icon;
  }
  return Icon::other;
}

void draw_icon(ImDrawList& list, Icon icon, float x, float y, float size, Color color) {
  Pen(list, x, y, size, color).run(icon_program(icon));
}

}  // namespace rukun::ui
