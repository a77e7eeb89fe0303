#pragma once
// Pictures of frames without a display or a graphics card: draws ImGui's triangles with their font
// texture into memory, the same bytes on every machine with the same fonts, and writes PNG. Also
// the headless window in which tests and
// `--screenshot` run frames. Any one thread; ImGui's current context is switched while a frame
// runs.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "platform/window.h"
#include "platform/window_input.h"

struct ImDrawData;
struct ImGuiContext;

namespace rukun {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, 4 bytes a pixel
};

// Draws over an opaque background. Textures other than the font atlas of the current context do not
// occur here.
Picture rasterize(const ImDrawData& data, std::uint32_t background_rgb);

Status write_png(const Picture& picture, const std::filesystem::path& path);

// A window that exists in memory only.
class HeadlessWindow {
 public:
  HeadlessWindow(int width, int height);
  ~HeadlessWindow();
  HeadlessWindow(const HeadlessWindow&) = delete;
  HeadlessWindow& operator=(const HeadlessWindow&) = delete;

  InputQueue& input() { return input_; }
  void resize(int width, int height);
  // One frame of the client, `seconds` after the last.
  FrameWish frame(WindowClient& client, double seconds = 1.0 / 60);
  // What the last frame drew.
  Picture picture(std::uint32_t background_rgb) const;
  double now_s() const { return now_s_; }
  const std::string& clipboard() const { return clipboard_; }

 private:
  ImGuiContext* context_;
  InputQueue input_;
  std::string clipboard_;
  double now_s_ = 0;
  bool fonts_built_ = false;
  bool hold_input_ = false;
};

}  // namespace rukun
