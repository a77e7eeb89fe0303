#pragma once
// The window: GLFW with OpenGL 3.0, else 2.1, else a readable error. Draws only when something
// happened: after an event (three frames, so that layouts settle), when the client's timer is due,
// on wake(), and twice a second while a text caret blinks; never when minimised, and at most 60
// times a second. UI thread only, except wake().

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "platform/window_input.h"

namespace rukun {

struct FrameInput {
  int width = 0;
  int height = 0;
  double now_s = 0;            // steady
  float monitor_scale = 1;     // what the desktop asks everything to be enlarged by
  std::vector<KeyPress> keys;  // pressed in this frame
  bool close_asked = false;    // the person wants the window closed
};

struct FrameWish {
  double next_timer_s =
      -1;  // draw again after so many seconds; negative: not before something happens
  bool close = false;
  bool hold_input = false;  // keep further input back for a frame: a text field is about to take it
};

class WindowClient {
 public:
  virtual ~WindowClient() = default;
  // Outside any frame, with the ImGui context current: the place to rebuild fonts. True if the
  // atlas changed.
  virtual bool between_frames() = 0;
  // Between ImGui's NewFrame and Render.
  virtual FrameWish draw(const FrameInput& input) = 0;
  // Instead of a frame when the window is minimised and the timer is due: nothing can be drawn
  // here.
  virtual void tick_hidden(double now_s) = 0;
};

struct WindowOptions {
  std::string title;
  int width = 1280;
  int height = 800;
  bool visible = true;
};

class Window {
 public:
  // io when there is no display or no usable OpenGL; the message says which, the hint what to do.
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Returns when the client wishes to close.
  void run(WindowClient& client);
  // Makes run() draw soon. Any thread.
  void wake();
  // Asks the desktop to minimise it; without a window manager nothing happens.
  void minimise();
  // One frame now, shown or hidden, and its pixels as RGBA rows from the top.
  std::vector<std::uint8_t> frame_pixels(WindowClient& client, int& width, int& height);
  std::uint64_t frames_drawn() const;

 private:
  struct Inside;
  explicit Window(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

// ImGui frees its buffers through this program's allocator, which wipes them first: text fields may
// have held a passphrase. Before the first ImGui context of the program; called by Window and
// HeadlessWindow.
void wipe_imgui_memory_on_free();

}  // namespace rukun
