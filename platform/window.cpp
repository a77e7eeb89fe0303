#include "platform/window.h"

#include <imgui.h>

#include "platform/window_pace.h"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl2.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>

namespace rukun {
namespace {

constexpr double kShortestFrame_s = 1.0 / 60;
constexpr double kCaretBlink_s = 0.4;  // ImGui shows the caret for 0.8 s of every 1.2 s
constexpr int kLeastWidth = 320, kLeastHeight = 240;

// The size is kept in front of each block, so that all of it can be wiped.
constexpr std::size_t kBlockHead = alignof(std::max_align_t);

void* take_block(std::size_t size, void*) {
  auto* block = static_cast<unsigned char*>(std::malloc(size + kBlockHead));
  if (block == nullptr) throw std::bad_alloc();
  std::memcpy(block, &size, sizeof size);
  return block + kBlockHead;
}

void wipe_and_free_block(void* memory, void*) {
  if (memory == nullptr) return;
  unsigned char* block = static_cast<unsigned char*>(memory) - kBlockHead;
  std::size_t size = 0;
  std::memcpy(&size, block, sizeof size);
  volatile unsigned char* bytes = block + kBlockHead;
  for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
  std::free(block);
}

Key key_of(int glfw_key) {
  switch (glfw_key) {
    case GLFW_KEY_TAB: return Key::tab;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return Key::enter;
    case GLFW_KEY_ESCAPE: return Key::escape;
    case GLFW_KEY_SPACE: return Key::space;
    case GLFW_KEY_LEFT: return Key::left;
    case GLFW_KEY_RIGHT: return Key::right;
    case GLFW_KEY_UP: return Key::up;
    case GLFW_KEY_DOWN: return Key::down;
    case GLFW_KEY_PAGE_UP: return Key::page_up;
    case GLFW_KEY_PAGE_DOWN: return Key::page_down;
    case GLFW_KEY_HOME: return Key::home;
    case GLFW_KEY_END: return Key::end;
    case GLFW_KEY_BACKSPACE: return Key::backspace;
    case GLFW_KEY_DELETE: return Key::del;
    case GLFW_KEY_F1: return Key::f1;
    case GLFW_KEY_F2: return Key::f2;
    case GLFW_KEY_F3: return Key::f3;
    case GLFW_KEY_A: return Key::a;
    case GLFW_KEY_C: return Key::c;
    case GLFW_KEY_V: return Key::v;
    case GLFW_KEY_X: return Key::x;
    case GLFW_KEY_Y: return Key::y;
    case GLFW_KEY_Z: return Key::z;
    default: return Key::none;
  }
}

// The program moves its focus itself, so a key held down repeats for it as presses; ImGui repeats
// editing keys itself.
bool repeats(Key key) {
  return key == Key::tab || key == Key::up || key == Key::down || key == Key::page_up ||
         key == Key::page_down;
}

// On the screen that shows most of where it stood, and no larger than that; nothing when that
// screen is gone.
std::optional<WindowPlace> place_on_screen(WindowPlace wanted) {
  if (wanted.width < kLeastWidth || wanted.height < kLeastHeight) return std::nullopt;
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  std::optional<WindowPlace> best;
  std::int64_t most = 0;
  for (int i = 0; i < count; ++i) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
    WindowPlace here = wanted;
    here.width = std::min(wanted.width, width);
    here.height = std::min(wanted.height, height);
    here.x = std::clamp(wanted.x, x, x + width - here.width);
    here.y = std::clamp(wanted.y, y, y + height - here.height);
    const auto common = [](int a, int a_size, int b, int b_size) {
      const std::int64_t from = std::max(a, b);
      const auto to = std::min(std::int64_t{a} + a_size, std::int64_t{b} + b_size);
      return std::max(std::int64_t{0}, to - from);
    };
    const auto seen =
        common(wanted.x, wanted.width, x, width) * common(wanted.y, wanted.height, y, height);
    if (seen <= most) continue;
    most = seen;
    best = here;
  }
  return best;
}

GLFWwindow* create_window(const WindowOptions& options, int major, int minor) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
  glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  return glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr);
}

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text == nullptr ? "" : std::string(" (") + text + ")";
}

}  // namespace

void wipe_imgui_memory_on_free() {
  // Only ever before a context exists: a block must be freed by the pair that took it.
  if (ImGui::GetCurrentContext() == nullptr)
    ImGui::SetAllocatorFunctions(take_block, wipe_and_free_block);
}

struct Window::Inside {
  GLFWwindow* window = nullptr;
  ImGuiContext* context = nullptr;
  InputQueue input;
  bool modern = false;  // OpenGL 3, else 2
  bool fonts_uploaded = false;
  bool hold_input = false;
  FramePace pace;
  double last_frame_s = 0;
  std::uint64_t frames = 0;
  WindowPlace place;

  void happened() { pace.happened(); }
  void set_callbacks();
  FrameWish frame(WindowClient& client);
  void upload_fonts();
  void look_where();
};

void Window::Inside::set_callbacks() {
  glfwSetWindowUserPointer(window, this);
  glfwSetKeyCallback(window, [](GLFWwindow* of, int key, int, int action, int modifiers) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    inside->happened();
    const Key known = key_of(key);
    if (action == GLFW_REPEAT && !repeats(known)) return;
    if (action == GLFW_REPEAT) inside->input.key(known, false);
    inside->input.key(known, action != GLFW_RELEASE, (modifiers & GLFW_MOD_SHIFT) != 0,
                      (modifiers & GLFW_MOD_CONTROL) != 0);
  });
  glfwSetCharCallback(window, [](GLFWwindow* of, unsigned code_point) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    inside->happened();
    inside->input.character(code_point);
  });
  glfwSetCursorPosCallback(window, [](GLFWwindow* of, double x, double y) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    int width = 1;
    int height = 1;
    int pixels_x = 1;
    int pixels_y = 1;
    glfwGetWindowSize(of, &width, &height);
    glfwGetFramebufferSize(of, &pixels_x, &pixels_y);
    inside->happened();
    inside->input.mouse_move(static_cast<float>(x * pixels_x / std::max(width, 1)),
                             static_cast<float>(y * pixels_y / std::max(height, 1)));
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* of, int button, int action, int mods) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    inside->happened();
    inside->input.mouse_button(button, action == GLFW_PRESS, (mods & GLFW_MOD_SHIFT) != 0);
  });
  glfwSetScrollCallback(window, [](GLFWwindow* of, double dx, double dy) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    inside->happened();
    inside->input.mouse_wheel(static_cast<float>(dx), static_cast<float>(dy));
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* of, int focused) {
    auto* inside = static_cast<Inside*>(glfwGetWindowUserPointer(of));
    inside->happened();
    if (focused == 0) inside->input.focus_lost();
  });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* of) {
    static_cast<Inside*>(glfwGetWindowUserPointer(of))->happened();
  });
  glfwSetWindowPosCallback(window, [](GLFWwindow* of, int, int) {
    static_cast<Inside*>(glfwGetWindowUserPointer(of))->happened();
  });
  glfwSetWindowIconifyCallback(window, [](GLFWwindow* of, int) {
    static_cast<Inside*>(glfwGetWindowUserPointer(of))->happened();
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* of, int, int) {
    static_cast<Inside*>(glfwGetWindowUserPointer(of))->happened();
  });
}

// Of a maximised window the place that it goes back to is kept.
void Window::Inside::look_where() {
  place.maximised = glfwGetWindowAttrib(window, GLFW_MAXIMIZED) != 0;
  if (place.maximised) return;
  glfwGetWindowPos(window, &place.x, &place.y);
  glfwGetWindowSize(window, &place.width, &place.height);
}

void Window::Inside::upload_fonts() {
  if (modern) {
    if (fonts_uploaded) ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  } else {
    if (fonts_uploaded) ImGui_ImplOpenGL2_DestroyFontsTexture();
    ImGui_ImplOpenGL2_CreateFontsTexture();
  }
  fonts_uploaded = true;
}

FrameWish Window::Inside::frame(WindowClient& client) {
  ImGui::SetCurrentContext(context);
  if (modern)
    ImGui_ImplOpenGL3_NewFrame();
  else
    ImGui_ImplOpenGL2_NewFrame();
  if (client.between_frames() || !fonts_uploaded) upload_fonts();

  // Everything is laid out in pixels of the framebuffer, so letters are sharp on any screen.
  FrameInput input_now;
  glfwGetFramebufferSize(window, &input_now.width, &input_now.height);
  input_now.now_s = glfwGetTime();
  float scale_y = 1;
  glfwGetWindowContentScale(window, &input_now.monitor_scale, &scale_y);
  look_where();
  if (place.width > 0) input_now.place = place;
  input_now.close_asked = glfwWindowShouldClose(window) != 0;
  glfwSetWindowShouldClose(window, GLFW_FALSE);
  if (!hold_input) input_now.keys = input.feed();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize =
      ImVec2(static_cast<float>(input_now.width), static_cast<float>(input_now.height));
  io.DeltaTime = static_cast<float>(std::max(input_now.now_s - last_frame_s, 1e-4));
  last_frame_s = input_now.now_s;

  ImGui::NewFrame();
  const FrameWish wish = client.draw(input_now);
  hold_input = wish.hold_input;
  if (hold_input) happened();
  ImGui::Render();
  glViewport(0, 0, input_now.width, input_now.height);
  glClearColor(1, 1, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (modern)
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  else
    ImGui_ImplOpenGL2_RenderDrawData(ImGui::GetDrawData());
  ++frames;
  return wish;
}

Window::Window(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  if (glfwInit() == 0) {
    return error(
        Code::io, "there is no screen to open a window on" + last_glfw_error(),
        "start it from the desktop, or use rukunctl, which can do everything without a screen");
  }
  auto inside = std::make_unique<Inside>();
  inside->window = create_window(options, 3, 0);
  inside->modern = inside->window != nullptr;
  if (!inside->modern) inside->window = create_window(options, 2, 1);
  if (inside->window == nullptr) {
    const std::string why = last_glfw_error();
    glfwTerminate();
    return error(Code::io, "this computer offers no OpenGL 2.1 for drawing" + why,
                 "install the graphics driver (on Debian: libgl1-mesa-dri), or use rukunctl");
  }
  if (const auto place = place_on_screen(options.place)) {
    glfwSetWindowSize(inside->window, place->width, place->height);
    glfwSetWindowPos(inside->window, place->x, place->y);
    inside->place = *place;
    if (place->maximised) glfwMaximizeWindow(inside->window);
  }
  glfwMakeContextCurrent(inside->window);
  glfwSwapInterval(0);
  wipe_imgui_memory_on_free();
  inside->context = ImGui::CreateContext();
  ImGui::SetCurrentContext(inside->context);
  InputQueue::prepare_context();
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM < 19110
  io.ClipboardUserData = inside->window;
  io.SetClipboardTextFn = [](void* of, const char* text) {
    glfwSetClipboardString(static_cast<GLFWwindow*>(of), text);
  };
  io.GetClipboardTextFn = [](void* of) {
    return glfwGetClipboardString(static_cast<GLFWwindow*>(of));
  };
#else
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_ClipboardUserData = inside->window;
  platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    glfwSetClipboardString(nullptr, text);
  };
  platform.Platform_GetClipboardTextFn = [](ImGuiContext*) {
    return glfwGetClipboardString(nullptr);
  };
#endif
  io.BackendPlatformName = "rukun";
  const bool started =
      inside->modern ? ImGui_ImplOpenGL3_Init("#version 130") : ImGui_ImplOpenGL2_Init();
  std::unique_ptr<Window> window(new Window(std::move(inside)));
  if (!started)
    return error(Code::io, "OpenGL could not be started",
                 "update the graphics driver, or use rukunctl");
  window->inside_->set_callbacks();
  return window;
}

Window::~Window() {
  ImGui::SetCurrentContext(inside_->context);
  if (inside_->modern)
    ImGui_ImplOpenGL3_Shutdown();
  else
    ImGui_ImplOpenGL2_Shutdown();
  ImGui::DestroyContext(inside_->context);
  glfwDestroyWindow(inside_->window);
  glfwTerminate();
}

void Window::wake() {
  inside_->pace.wake();
  glfwPostEmptyEvent();
}

void Window::minimise() { glfwIconifyWindow(inside_->window); }

std::uint64_t Window::frames_drawn() const { return inside_->frames; }

void Window::run(WindowClient& client) {
  Inside& in = *inside_;
  double next_due_s = glfwGetTime();
  for (;;) {
    const bool hidden = glfwGetWindowAttrib(in.window, GLFW_ICONIFIED) != 0;
    const double now_s = glfwGetTime();
    double wait_s = next_due_s - now_s;
    if (in.pace.due() || !in.input.empty()) wait_s = in.last_frame_s + kShortestFrame_s - now_s;
    if (hidden) {
      glfwWaitEventsTimeout(std::clamp(next_due_s - now_s, 0.1, 3600.0));
      client.tick_hidden(glfwGetTime());
      if (next_due_s <= glfwGetTime()) next_due_s = glfwGetTime() + 60;
      continue;
    }
    if (wait_s > 0) {
      glfwWaitEventsTimeout(std::min(wait_s, 3600.0));
      const double after_s = glfwGetTime();
      in.pace.notice();
      if (after_s < in.last_frame_s + kShortestFrame_s || (!in.pace.due() && after_s < next_due_s))
        continue;
    } else {
      glfwPollEvents();
      in.pace.notice();
    }
    const FrameWish wish = in.frame(client);
    glfwSwapBuffers(in.window);
    in.pace.drawn();
    if (wish.close) return;
    double next_s = wish.next_timer_s < 0 ? 3600.0 : wish.next_timer_s;
    if (ImGui::GetIO().WantTextInput) next_s = std::min(next_s, kCaretBlink_s);
    next_due_s = in.last_frame_s + next_s;
  }
}

std::vector<std::uint8_t> Window::frame_pixels(WindowClient& client, int& width, int& height) {
  inside_->frame(client);
  glfwGetFramebufferSize(inside_->window, &width, &height);
  const std::size_t row = static_cast<std::size_t>(width) * 4;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  for (int y = 0; y < height / 2; ++y) {
    auto* upper = &pixels[row * static_cast<std::size_t>(y)];
    std::swap_ranges(upper, upper + row, &pixels[row * static_cast<std::size_t>(height - 1 - y)]);
  }
  return pixels;
}

}  // namespace rukun
