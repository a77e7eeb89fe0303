#include "platform/window_raster.h"

#include <imgui.h>

#include <cstdlib>
#include <fstream>

#include "platform/fonts.h"
#include "tests/support/catch.h"
#include "tests/support/driver_leaks.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {
namespace {

class Shapes : public WindowClient {
 public:
  bool between_frames() override {
    if (built_) return false;
    fonts_.build({});
    return built_ = true;
  }
  FrameWish draw(const FrameInput& input) override {
    size_seen = ImVec2(static_cast<float>(input.width), static_cast<float>(input.height));
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    list.AddRectFilled(ImVec2(10, 10), ImVec2(30, 20), IM_COL32(200, 10, 20, 255));
    list.AddRectFilled(ImVec2(40, 10), ImVec2(60, 20), IM_COL32(0, 0, 0, 128));
    list.AddText(ImVec2(10, 30), IM_COL32(0, 0, 0, 255), "Rukun");
    return {};
  }
  void tick_hidden(double) override {}

  ImVec2 size_seen;

 private:
  FontSet fonts_;
  bool built_ = false;
};

std::array<int, 3> pixel(const Picture& picture, int x, int y) {
  const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                   static_cast<std::size_t>(x)) *
                  4;
  return {picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2]};
}

}  // namespace

TEST_CASE("a picture without a display holds what was drawn", "[window][raster]") {
  HeadlessWindow window(120, 60);
  Shapes shapes;
  window.frame(shapes);
  const Picture picture = window.picture(0xFFFFFF);
  REQUIRE(picture.width == 120);
  CHECK(pixel(picture, 20, 15) == std::array<int, 3>{200, 10, 20});
  CHECK(pixel(picture, 9, 15) == std::array<int, 3>{255, 255, 255});
  CHECK(pixel(picture, 50, 15)[0] == Approx(127).margin(1));
  int dark = 0;
  for (int y = 30; y < 58; ++y) {
    for (int x = 10; x < 110; ++x) dark += pixel(picture, x, y)[0] < 100 ? 1 : 0;
  }
  CHECK(dark > 40);
}

TEST_CASE("the same frame gives the same bytes", "[window][raster]") {
  const auto once = [] {
    HeadlessWindow window(120, 60);
    Shapes shapes;
    window.frame(shapes);
    return window.picture(0xFFFFFF).rgba;
  };
  CHECK(once() == once());
}

TEST_CASE("a picture is written as PNG, and a folder that is not there is an error",
          "[window][raster]") {
  HeadlessWindow window(120, 60);
  Shapes shapes;
  window.frame(shapes);
  const TempDir folder;
  const auto path = std::filesystem::path(folder.path()) / "picture.png";
  REQUIRE(write_png(window.picture(0xFFFFFF), path));
  std::ifstream file(path, std::ios::binary);
  char head[4] = {};
  file.read(head, 4);
  CHECK(std::string(head + 1, 3) == "PNG");
  const auto nowhere = write_png(window.picture(0xFFFFFF), path / "no" / "where.png");
  REQUIRE(!nowhere);
  CHECK(nowhere.error().code == Code::io);
}

TEST_CASE("without a display the window says so in a sentence", "[window]") {
  if (std::getenv("DISPLAY") != nullptr) SKIP_TEST("there is a display here");
  const auto window = Window::open({.title = "Rukun"});
  REQUIRE(!window);
  CHECK(window.error().code == Code::io);
  CHECK_THAT(window.error().message, Catch::Contains("no screen"));
  CHECK_THAT(window.error().hint, Catch::Contains("rukunctl"));
}

TEST_CASE("a hidden window draws what the software draws", "[window]") {
  if (std::getenv("DISPLAY") == nullptr) SKIP_TEST("there is no display here");
  const DriverLeaks not_ours;
  auto window = Window::open({.title = "Rukun", .width = 120, .height = 60, .visible = false});
  REQUIRE(window);
  Shapes shapes;
  int width = 0;
  int height = 0;
  (*window)->frame_pixels(shapes, width, height);
  const Picture picture{width, height, (*window)->frame_pixels(shapes, width, height)};
  CHECK(pixel(picture, 20, 15) == std::array<int, 3>{200, 10, 20});
  CHECK(pixel(picture, 5, 5) == std::array<int, 3>{255, 255, 255});
}

}  // namespace rukun::test
