#include "platform/window_input.h"

#include <imgui.h>

#include "platform/fonts.h"
#include "platform/window_raster.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

// Shows one text field and remembers what each frame was given.
class OneField : public WindowClient {
 public:
  bool between_frames() override {
    if (built_) return false;
    fonts_.build({});
    return built_ = true;
  }
  FrameWish draw(const FrameInput& input) override {
    for (const KeyPress& press : input.keys) pressed.push_back(press.key);
    ImGui::Begin("field");
    if (frames++ == 0) ImGui::SetKeyboardFocusHere();
    ImGui::InputText("##text", text, sizeof text);
    ImGui::End();
    return {};
  }
  void tick_hidden(double) override {}

  std::vector<Key> pressed;
  char text[64] = {};
  int frames = 0;

 private:
  FontSet fonts_;
  bool built_ = false;
};

void run(HeadlessWindow& window, OneField& client, double seconds = 1.0 / 60) {
  for (int i = 0; i < 3; ++i) window.frame(client, seconds);
  while (!window.input().empty()) window.frame(client, seconds);
  window.frame(client, seconds);
}

}  // namespace

TEST_CASE("a key pressed and released within one slow frame is not lost", "[window][input]") {
  HeadlessWindow window(400, 200);
  OneField client;
  run(window, client);
  window.input().character('a');
  window.input().character('b');
  window.input().key(Key::backspace, true);
  window.input().key(Key::backspace, false);
  window.input().character('c');
  run(window, client, 2.0);
  CHECK(std::string(client.text) == "ac");
}

TEST_CASE("keys that give orders arrive once each and in order", "[window][input]") {
  HeadlessWindow window(400, 200);
  OneField client;
  for (const Key key : {Key::tab, Key::down, Key::enter, Key::enter, Key::f2}) {
    window.input().key(key, true);
    window.input().key(key, false);
  }
  run(window, client);
  CHECK(client.pressed == std::vector<Key>{Key::tab, Key::down, Key::enter, Key::enter, Key::f2});
}

TEST_CASE("a click between two letters falls between them", "[window][input]") {
  HeadlessWindow window(400, 200);
  OneField client;
  run(window, client);
  window.input().character('x');
  window.input().mouse_move(390, 190);
  window.input().mouse_button(0, true);
  window.input().mouse_button(0, false);
  window.input().character('y');
  run(window, client);
  CHECK(std::string(client.text) == "x");
}

TEST_CASE("what is held down when the window loses the focus is let go", "[window][input]") {
  HeadlessWindow window(400, 200);
  OneField client;
  run(window, client);
  window.input().character('a');
  window.input().character('b');
  window.input().key(Key::backspace, true);
  window.input().focus_lost();
  run(window, client);
  for (int i = 0; i < 120; ++i) window.frame(client);
  CHECK(std::string(client.text) == "a");
}

TEST_CASE("of a flood of events a part is kept, and the mouse is where it went last",
          "[window][input]") {
  HeadlessWindow window(100, 100);
  OneField client;
  window.frame(client);  // its context is the current one from here on
  InputQueue queue;
  for (int i = 0; i < 100'000; ++i) queue.mouse_move(static_cast<float>(i % 90), 7);
  queue.feed();
  CHECK(queue.empty());
  CHECK(ImGui::GetIO().MousePos.x == 99'999 % 90);
  for (int i = 0; i < 100'000; ++i) queue.key(Key::tab, i % 2 == 0);
  std::size_t pressed = 0;
  for (std::size_t frames = 0; !queue.empty() && frames < 10'000; ++frames)
    pressed += queue.feed().size();
  CHECK(queue.empty());
  CHECK(pressed == 2'048);
}

}  // namespace rukun::test
