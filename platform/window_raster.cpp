#include "platform/window_raster.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

namespace rukun {
namespace {

constexpr int kSubpixel = 256;

struct Texture {
  const unsigned char* alpha = nullptr;
  int width = 0;
  int height = 0;

  // Bilinear: glyphs are stored with more pixels across than they are drawn with.
  float at(float u, float v) const {
    const float x = u * static_cast<float>(width) - 0.5F;
    const float y = v * static_cast<float>(height) - 0.5F;
    const int x0 = static_cast<int>(std::floor(x));
    const int y0 = static_cast<int>(std::floor(y));
    const float fx = x - static_cast<float>(x0);
    const float fy = y - static_cast<float>(y0);
    const float top = pixel(x0, y0) * (1 - fx) + pixel(x0 + 1, y0) * fx;
    const float bottom = pixel(x0, y0 + 1) * (1 - fx) + pixel(x0 + 1, y0 + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }
  float pixel(int x, int y) const {
    x = std::clamp(x, 0, width - 1);
    y = std::clamp(y, 0, height - 1);
    return static_cast<float>(alpha[y * width + x]) / 255.0F;
  }
};

struct Clip {
  int left, top, right, bottom;
};

void blend(std::uint8_t* pixel, const std::array<float, 4>& color, float coverage) {
  const float a = color[3] / 255.0F * coverage;
  for (std::size_t c = 0; c < 3; ++c) {
    const float mixed = static_cast<float>(pixel[c]) * (1 - a) + color[c] * a;
    pixel[c] = static_cast<std::uint8_t>(mixed + 0.5F);
  }
}

std::array<float, 4> channels(ImU32 color) {
  return {static_cast<float>(color >> IM_COL32_R_SHIFT & 0xFF),
          static_cast<float>(color >> IM_COL32_G_SHIFT & 0xFF),
          static_cast<float>(color >> IM_COL32_B_SHIFT & 0xFF),
          static_cast<float>(color >> IM_COL32_A_SHIFT & 0xFF)};
}

struct Point {
  std::int64_t x, y;
};

Point fixed(const ImVec2& at) {
  return {static_cast<std::int64_t>(std::lround(at.x * kSubpixel)),
          static_cast<std::int64_t>(std::lround(at.y * kSubpixel))};
}

std::int64_t edge(const Point& a, const Point& b, const Point& p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// Pixels whose centre lies on an edge belong to one of the two triangles that share it.
bool owns_edge(const Point& a, const Point& b) { return (a.y == b.y && b.x > a.x) || b.y < a.y; }

void draw_triangle(Picture& to, const Texture& texture, const Clip& clip, const ImDrawVert* v0,
                   const ImDrawVert* v1, const ImDrawVert* v2) {
  Point a = fixed(v0->pos);
  Point b = fixed(v1->pos);
  Point c = fixed(v2->pos);
  std::int64_t area = edge(a, b, c);
  if (area == 0) return;
  if (area < 0) {
    std::swap(b, c);
    std::swap(v1, v2);
    area = -area;
  }
  const auto floor_pixel = [](std::int64_t x) { return static_cast<int>(x >> 8); };
  const int left = std::max(clip.left, floor_pixel(std::min({a.x, b.x, c.x})));
  const int right = std::min(clip.right, floor_pixel(std::max({a.x, b.x, c.x})) + 1);
  const int top = std::max(clip.top, floor_pixel(std::min({a.y, b.y, c.y})));
  const int bottom = std::min(clip.bottom, floor_pixel(std::max({a.y, b.y, c.y})) + 1);
  const auto color0 = channels(v0->col);
  const auto color1 = channels(v1->col);
  const auto color2 = channels(v2->col);
  const bool flat =
      v0->uv.x == v1->uv.x && v1->uv.x == v2->uv.x && v0->uv.y == v1->uv.y && v1->uv.y == v2->uv.y;
  const float flat_alpha = flat ? texture.at(v0->uv.x, v0->uv.y) : 0;
  const std::int64_t bias0 = owns_edge(b, c) ? 0 : -1;
  const std::int64_t bias1 = owns_edge(c, a) ? 0 : -1;
  const std::int64_t bias2 = owns_edge(a, b) ? 0 : -1;
  const float inverse = 1.0F / static_cast<float>(area);

  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const Point p{std::int64_t{x} * kSubpixel + kSubpixel / 2,
                    std::int64_t{y} * kSubpixel + kSubpixel / 2};
      const std::int64_t e0 = edge(b, c, p);
      const std::int64_t e1 = edge(c, a, p);
      const std::int64_t e2 = edge(a, b, p);
      if (e0 + bias0 < 0 || e1 + bias1 < 0 || e2 + bias2 < 0) continue;
      const float w0 = static_cast<float>(e0) * inverse;
      const float w1 = static_cast<float>(e1) * inverse;
      const float w2 = 1 - w0 - w1;
      std::array<float, 4> color;
      for (std::size_t i = 0; i < 4; ++i)
        color[i] = color0[i] * w0 + color1[i] * w1 + color2[i] * w2;
      const float coverage = flat ? flat_alpha
                                  : texture.at(v0->uv.x * w0 + v1->uv.x * w1 + v2->uv.x * w2,
                                               v0->uv.y * w0 + v1->uv.y * w1 + v2->uv.y * w2);
      const auto index = (static_cast<std::size_t>(y) * static_cast<std::size_t>(to.width) +
                          static_cast<std::size_t>(x));
      blend(&to.rgba[index * 4], color, coverage);
    }
  }
}

void append_bytes(void* to, void* data, int size) {
  const auto* bytes = static_cast<const char*>(data);
  static_cast<std::string*>(to)->append(bytes, static_cast<std::size_t>(size));
}

}  // namespace

Picture rasterize(const ImDrawData& data, std::uint32_t background_rgb) {
  Picture picture;
  picture.width = static_cast<int>(data.DisplaySize.x);
  picture.height = static_cast<int>(data.DisplaySize.y);
  const std::size_t pixels =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.rgba.resize(pixels * 4);
  for (std::size_t i = 0; i < pixels; ++i) {
    picture.rgba[i * 4] = static_cast<std::uint8_t>(background_rgb >> 16);
    picture.rgba[i * 4 + 1] = static_cast<std::uint8_t>(background_rgb >> 8);
    picture.rgba[i * 4 + 2] = static_cast<std::uint8_t>(background_rgb);
    picture.rgba[i * 4 + 3] = 255;
  }
  Texture texture;
  unsigned char* alpha = nullptr;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&alpha, &texture.width, &texture.height);
  texture.alpha = alpha;
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                      std::max(0, static_cast<int>(command.ClipRect.y)),
                      std::min(picture.width, static_cast<int>(command.ClipRect.z)),
                      std::min(picture.height, static_cast<int>(command.ClipRect.w))};
      if (command.UserCallback != nullptr || clip.left >= clip.right || clip.top >= clip.bottom)
        continue;
      const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
      const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        draw_triangle(picture, texture, clip, vertex + index[i], vertex + index[i + 1],
                      vertex + index[i + 2]);
      }
    }
  }
  return picture;
}

Status write_png(const Picture& picture, const std::filesystem::path& path) {
  std::string bytes;
  const int written = stbi_write_png_to_func(append_bytes, &bytes, picture.width, picture.height, 4,
                                             picture.rgba.data(), picture.width * 4);
  if (written == 0) return error(Code::io, "the picture could not be compressed");
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    return error(Code::io, "the picture could not be written to " + path.string(),
                 "check the folder and its free space");
  }
  return {};
}

HeadlessWindow::HeadlessWindow(int width, int height) {
  wipe_imgui_memory_on_free();
  ImGuiContext* before = ImGui::GetCurrentContext();
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  InputQueue::prepare_context();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
#if IMGUI_VERSION_NUM < 19110
  io.ClipboardUserData = &clipboard_;
  io.SetClipboardTextFn = [](void* to, const char* text) { *static_cast<std::string*>(to) = text; };
  io.GetClipboardTextFn = [](void* from) { return static_cast<const std::string*>(from)->c_str(); };
#endif
  resize(width, height);
  ImGui::SetCurrentContext(before);
}

HeadlessWindow::~HeadlessWindow() { ImGui::DestroyContext(context_); }

void HeadlessWindow::resize(int width, int height) {
  ImGuiContext* before = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
  ImGui::SetCurrentContext(before);
}

FrameWish HeadlessWindow::frame(WindowClient& client, double seconds) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  if (client.between_frames() || !fonts_built_) {
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    io.Fonts->SetTexID(nullptr);
    fonts_built_ = true;
  }
  now_s_ += seconds;
  io.DeltaTime = static_cast<float>(std::max(seconds, 1e-4));
  FrameInput frame;
  if (!hold_input_) frame.keys = input_.feed();
  frame.width = static_cast<int>(io.DisplaySize.x);
  frame.height = static_cast<int>(io.DisplaySize.y);
  frame.now_s = now_s_;
  ImGui::NewFrame();
  const FrameWish wish = client.draw(frame);
  hold_input_ = wish.hold_input;
  ImGui::Render();
  return wish;
}

Picture HeadlessWindow::picture(std::uint32_t background_rgb) const {
  ImGui::SetCurrentContext(context_);
  return rasterize(*ImGui::GetDrawData(), background_rgb);
}

}  // namespace rukun
