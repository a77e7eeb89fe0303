#pragma once
// A queue of input events between the operating system and Dear ImGui. ImGui 1.86 reads keys as
// levels once a frame, so a key that goes down and up within one slow frame would be lost, and a
// text typed before a key would arrive after it. feed() gives a frame only as much as it can tell
// apart, in order, and leaves the rest for the next. Keys that move the focus or give orders (Tab,
// Enter, Escape, F-keys, up and down …) never reach ImGui: the program reads them here. UI thread
// only. Works with every ImGui from 1.86 on.

#include <cstdint>
#include <deque>
#include <set>
#include <vector>

namespace rukun {

enum class Key : std::uint8_t {
  none,
  tab,
  enter,
  escape,
  space,
  left,
  right,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  backspace,
  del,
  f1,
  f2,
  f3,
  a,
  c,
  v,
  x,
  y,
  z,
};

struct KeyPress {
  Key key = Key::none;
  bool shift = false;
  bool ctrl = false;
};

class InputQueue {
 public:
  void key(Key key, bool down, bool shift = false, bool ctrl = false);
  void character(std::uint32_t code_point);
  void mouse_move(float x, float y);
  void mouse_button(int button, bool down, bool shift = false);
  void mouse_wheel(float dx, float dy);
  void focus_lost();  // releases everything that is held down

  bool empty() const { return events_.empty(); }
  // Prepares the current ImGui context; once after it is created.
  static void prepare_context();
  // Hands the next events to the current ImGui context; before NewFrame. Returns the keys pressed
  // in this frame.
  std::vector<KeyPress> feed();

 private:
  enum class Kind : std::uint8_t { key, character, move, button, wheel };
  struct Event {
    Kind kind;
    Key key = Key::none;
    bool down = false;
    bool shift = false;
    bool ctrl = false;
    int button = 0;
    std::uint32_t code_point = 0;
    float x = 0;
    float y = 0;
  };
  // What a frame has been given so far.
  struct Given {
    bool characters = false;
    bool press = false;
    bool button = false;
    std::set<Key> keys;
  };
  static bool fits(const Event& event, const Given& given);
  static void give(const Event& event, Given& given, std::vector<KeyPress>& pressed);

  std::deque<Event> events_;
  std::set<Key> held_;
  std::set<int> buttons_held_;
};

}  // namespace rukun
