#pragma once
// The keyboard's place on the screen. Dear ImGui moves with Tab only between text fields in 1.86,
// so the program keeps its own ring: each frame the widgets report their stops in order; Tab and
// Shift+Tab walk it, arrows jump to the nearest stop, and only the topmost layer (a dialog) takes
// part. UI thread.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/ui/recording.h"
#include "platform/window_input.h"

namespace rukun::ui {

using WidgetId = std::uint32_t;

class Focus {
 public:
  struct Stop {
    WidgetId id = 0;
    Rect rect;
    int layer = 0;
    bool field = false;     // a text field: left and right belong to its caret
    bool vertical = false;  // up and down belong to it (lists, suggestions)
  };

  // Takes the keys that move the focus out of `keys`, judged by the stops of the last frame.
  void begin_frame(std::vector<KeyPress>& keys);
  void add(const Stop& stop);
  void end_frame();
  // What is added from here on is the page. Tab goes there first when nothing has the keyboard:
  // what stands around it comes after.
  void begin_page() { page_ = now_.size(); }

  bool nowhere() const { return current_ == 0; }
  bool is(WidgetId id) const { return id != 0 && current_ == id; }
  // True in the frames in which the widget must make itself active or scroll into view.
  bool arriving(WidgetId id) const { return is(id) && arriving_ > 0; }
  void arrived() { arriving_ = 0; }
  // Input is held back while a field is becoming active, so that no letter is lost.
  bool holds_input() const { return arriving_ > 0; }
  // The ring is drawn only for people who use the keyboard.
  bool shown() const { return shown_; }
  void move_to(WidgetId id, bool by_keyboard);
  void clear();

 private:
  void walk(int step);
  bool jump(Key key);
  int top_layer() const;

  std::vector<Stop> last_;
  std::vector<Stop> now_;
  std::size_t page_ = 0;       // how many stops of now_ stand before the page
  std::size_t last_page_ = 0;  // of last_
  WidgetId current_ = 0;
  int arriving_ = 0;  // frames left in which the widget may still become active
  bool shown_ = false;
};

}  // namespace rukun::ui
