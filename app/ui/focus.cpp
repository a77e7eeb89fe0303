#include "app/ui/focus.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace rukun::ui {
namespace {
constexpr int kFramesToArrive = 4;
}

int Focus::top_layer() const {
  int top = 0;
  for (const Stop& stop : last_) top = std::max(top, stop.layer);
  return top;
}

void Focus::move_to(WidgetId id, bool by_keyboard) {
  current_ = id;
  shown_ = by_keyboard;
  arriving_ = by_keyboard ? kFramesToArrive : 0;
}

void Focus::clear() {
  current_ = 0;
  arriving_ = 0;
}

void Focus::walk(int step) {
  const int layer = top_layer();
  std::vector<WidgetId> ring;
  std::size_t before_page = 0;
  for (std::size_t i = 0; i < last_.size(); ++i) {
    if (last_[i].layer != layer) continue;
    if (i < last_page_) ++before_page;
    ring.push_back(last_[i].id);
  }
  if (ring.empty()) return;
  const auto at = std::find(ring.begin(), ring.end(), current_);
  const auto size = static_cast<std::ptrdiff_t>(ring.size());
  const auto first = static_cast<std::ptrdiff_t>(before_page) % size;
  std::ptrdiff_t next = step > 0 ? first : (first + size - 1) % size;
  if (at != ring.end()) next = ((at - ring.begin()) + step + size) % size;
  move_to(ring[static_cast<std::size_t>(next)], true);
}

bool Focus::jump(Key key) {
  const auto from =
      std::find_if(last_.begin(), last_.end(), [this](const Stop& s) { return s.id == current_; });
  if (from == last_.end()) {
    walk(1);
    return true;
  }
  const bool sideways = key == Key::left || key == Key::right;
  if ((from->vertical && !sideways) || (from->field && sideways)) return false;
  const float sign = key == Key::right || key == Key::down ? 1.0F : -1.0F;
  const Stop* best = nullptr;
  float best_cost = std::numeric_limits<float>::max();
  for (const Stop& stop : last_) {
    if (stop.layer != from->layer || stop.id == from->id) continue;
    const float dx = stop.rect.center_x() - from->rect.center_x();
    const float dy = stop.rect.center_y() - from->rect.center_y();
    const float along = (sideways ? dx : dy) * sign;
    // What shares the row or column counts as straight ahead, however wide it is.
    const bool in_line = sideways ? stop.rect.y0 < from->rect.y1 && from->rect.y0 < stop.rect.y1
                                  : stop.rect.x0 < from->rect.x1 && from->rect.x0 < stop.rect.x1;
    const float across = in_line ? 0 : std::abs(sideways ? dy : dx);
    if (along < 4) continue;
    const float cost = along + 3 * across;
    if (cost < best_cost) {
      best_cost = cost;
      best = &stop;
    }
  }
  if (best != nullptr) move_to(best->id, true);
  return best != nullptr;
}

void Focus::begin_frame(std::vector<KeyPress>& keys) {
  last_.swap(now_);
  last_page_ = std::exchange(page_, 0);
  now_.clear();
  std::vector<KeyPress> left;
  for (const KeyPress& press : keys) {
    switch (press.key) {
      case Key::tab: walk(press.shift ? -1 : 1); break;
      case Key::left:
      case Key::right:
      case Key::up:
      case Key::down:
        // With Ctrl an arrow is an order to what has the focus.
        if (press.ctrl || !jump(press.key)) left.push_back(press);
        break;
      default: left.push_back(press);
    }
  }
  keys.swap(left);
}

void Focus::add(const Stop& stop) { now_.push_back(stop); }

void Focus::end_frame() {
  if (arriving_ > 0) --arriving_;
  const bool present =
      std::any_of(now_.begin(), now_.end(), [this](const Stop& s) { return s.id == current_; });
  // A widget that is asked for before it is first drawn has until it should have arrived.
  if (!present && arriving_ == 0) clear();
}

}  // namespace rukun::ui
