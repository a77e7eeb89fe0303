#include "platform/window_input.h"

#include <imgui.h>

namespace rukun {
namespace {

constexpr std::size_t kMostEvents = 4096;  // a stuck key must not fill memory while frames are slow

// The keys that ImGui itself needs, for editing text; everything else is read by the program.
ImGuiKey imgui_key(Key key, bool ctrl) {
  switch (key) {
    case Key::left: return ImGuiKey_LeftArrow;
    case Key::right: return ImGuiKey_RightArrow;
    case Key::home: return ImGuiKey_Home;
    case Key::end: return ImGuiKey_End;
    case Key::backspace: return ImGuiKey_Backspace;
    case Key::del: return ImGuiKey_Delete;
    default: break;
  }
  if (!ctrl) return ImGuiKey_COUNT;
  switch (key) {
    case Key::a: return ImGuiKey_A;
    case Key::c: return ImGuiKey_C;
    case Key::v: return ImGuiKey_V;
    case Key::x: return ImGuiKey_X;
    case Key::y: return ImGuiKey_Y;
    case Key::z: return ImGuiKey_Z;
    default: return ImGuiKey_COUNT;
  }
}

bool is_letter(Key key) { return key >= Key::a; }

void give_modifiers(ImGuiIO& io, bool shift, bool ctrl) {
#if IMGUI_VERSION_NUM >= 18900
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
#elif IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiKey_ModShift, shift);
  io.AddKeyEvent(ImGuiKey_ModCtrl, ctrl);
#else
  io.KeyShift = shift;
  io.KeyCtrl = ctrl;
#endif
}

void give_key(ImGuiIO& io, ImGuiKey key, bool down) {
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(key, down);
#else
  io.KeysDown[key] = down;
#endif
}

}  // namespace

void InputQueue::prepare_context() {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM < 18700
  for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#else
  io.ConfigInputTrickleEventQueue = false;  // this queue has already put them in order
#endif
  io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
}

void InputQueue::key(Key key, bool down, bool shift, bool ctrl) {
  if (key == Key::none || events_.size() >= kMostEvents) return;
  if (down)
    held_.insert(key);
  else
    held_.erase(key);
  events_.push_back({.kind = Kind::key, .key = key, .down = down, .shift = shift, .ctrl = ctrl});
}

void InputQueue::character(std::uint32_t code_point) {
  if (events_.size() >= kMostEvents) return;
  events_.push_back({.kind = Kind::character, .code_point = code_point});
}

void InputQueue::mouse_move(float x, float y) {
  if (!events_.empty() && events_.back().kind == Kind::move) {
    events_.back().x = x;
    events_.back().y = y;
    return;
  }
  if (events_.size() >= kMostEvents) return;
  events_.push_back({.kind = Kind::move, .x = x, .y = y});
}

void InputQueue::mouse_button(int button, bool down, bool shift) {
  if (events_.size() >= kMostEvents || button < 0 || button > 2) return;
  if (down)
    buttons_held_.insert(button);
  else
    buttons_held_.erase(button);
  events_.push_back({.kind = Kind::button, .down = down, .shift = shift, .button = button});
}

void InputQueue::mouse_wheel(float dx, float dy) {
  if (!events_.empty() && events_.back().kind == Kind::wheel) {
    events_.back().x += dx;
    events_.back().y += dy;
    return;
  }
  if (events_.size() >= kMostEvents) return;
  events_.push_back({.kind = Kind::wheel, .x = dx, .y = dy});
}

void InputQueue::focus_lost() {
  for (const Key held : held_) events_.push_back({.kind = Kind::key, .key = held});
  for (const int held : buttons_held_) events_.push_back({.kind = Kind::button, .button = held});
  held_.clear();
  buttons_held_.clear();
}

bool InputQueue::fits(const Event& event, const Given& given) {
  switch (event.kind) {
    case Kind::character: return !given.press && !given.button;
    case Kind::move: return !given.button;
    case Kind::button: return !given.button && !given.characters && !given.press;
    case Kind::wheel: return true;
    case Kind::key: break;
  }
  if (given.keys.count(event.key) != 0) return false;
  const bool plain_letter = is_letter(event.key) && !event.ctrl;
  if (!event.down || plain_letter) return true;
  return !given.characters && !given.press && !given.button;
}

void InputQueue::give(const Event& event, Given& given, std::vector<KeyPress>& pressed) {
  ImGuiIO& io = ImGui::GetIO();
  switch (event.kind) {
    case Kind::character:
      io.AddInputCharacter(event.code_point);
      given.characters = true;
      return;
    case Kind::move:
#if IMGUI_VERSION_NUM >= 18700
      io.AddMousePosEvent(event.x, event.y);
#else
      io.MousePos = ImVec2(event.x, event.y);
#endif
      return;
    case Kind::button: give_modifiers(io, event.shift, false);
#if IMGUI_VERSION_NUM >= 18700
      io.AddMouseButtonEvent(event.button, event.down);
#else
      io.MouseDown[event.button] = event.down;
#endif
      given.button = true;
      return;
    case Kind::wheel:
#if IMGUI_VERSION_NUM >= 18700
      io.AddMouseWheelEvent(event.x, event.y);
#else
      io.MouseWheelH += event.x;
      io.MouseWheel += event.y;
#endif
      return;
    case Kind::key: break;
  }
  if (is_letter(event.key) && !event.ctrl && event.down) return;
  give_modifiers(io, event.shift, event.ctrl);
  given.keys.insert(event.key);
  // A release always reaches ImGui, whatever the modifiers are by now.
  const ImGuiKey key = imgui_key(event.key, event.ctrl || !event.down);
  if (key != ImGuiKey_COUNT) give_key(io, key, event.down);
  if (!event.down) return;
  given.press = true;
  pressed.push_back({event.key, event.shift, event.ctrl});
}

std::vector<KeyPress> InputQueue::feed() {
  Given given;
  std::vector<KeyPress> pressed;
  while (!events_.empty() && fits(events_.front(), given)) {
    give(events_.front(), given, pressed);
    events_.pop_front();
  }
  return pressed;
}

}  // namespace rukun
