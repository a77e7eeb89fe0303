// Where the window stands is remembered, and settings are whole whatever happened to their file.
#include <fstream>

#include "tests/support/catch.h"
#include "tests/ui/window_harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

// A window that stands somewhere, as one on a desktop does.
class Standing final : public WindowClient {
 public:
  explicit Standing(Shell& shell) : shell_(shell) {}
  bool between_frames() override { return shell_.between_frames(); }
  FrameWish draw(const FrameInput& input) override {
    FrameInput now = input;
    now.place = place;
    now.close_asked = closing;
    return shell_.draw(now);
  }
  void tick_hidden(double now_s) override { shell_.tick_hidden(now_s); }

  WindowPlace place{100, 50, 1280, 800, false};
  bool closing = false;

 private:
  Shell& shell_;
};

void write_settings(const Laptop& laptop, const std::string& text) {
  std::ofstream(laptop.folder() / "home" / "window.txt", std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a window that stands still for a second is remembered, one that is moved is not yet",
          "[ui][presenter][place]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  DirectBackend backend(laptop.presenter());
  Shell shell(backend, both_languages(), {});
  Standing standing(shell);
  HeadlessWindow window(1280, 800);
  const auto kept = [&] { return laptop.presenter().views()->settings.window; };
  window.frame(standing);
  window.frame(standing, 5);
  CHECK(kept() == WindowPlace{});  // to have opened there is no wish
  for (int i = 0; i < 20; ++i) {
    standing.place.x += 10;
    CHECK(window.frame(standing, 0.1).next_timer_s <= kStillFor_s);
  }
  CHECK(kept() == WindowPlace{});
  window.frame(standing, kStillFor_s + 0.1);
  CHECK(kept() == standing.place);
  standing.place.maximised = true;
  standing.closing = true;
  window.frame(standing);
  laptop.restart();
  CHECK(kept() == WindowPlace{300, 50, 1280, 800, true});
}

TEST_CASE("a torn or foreign settings file costs the choices, never the start",
          "[ui][presenter][place]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  laptop.presenter().execute(ChooseLanguage{"en"});
  laptop.presenter().execute(ChooseTextSize{150});
  laptop.presenter().execute(KeepPlace{{40, 60, 1000, 700, false}});
  std::ifstream in(laptop.folder() / "home" / "window.txt", std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // Cut anywhere: each choice is what it was or what it is without a file.
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    write_settings(laptop, whole.substr(0, length));
    laptop.restart();
    const auto& now = laptop.presenter().views()->settings;
    CAPTURE(length);
    CHECK((now.language == "en" || now.language == "id"));
    CHECK((now.percent == 150 || now.percent == 100));
    CHECK((now.window == WindowPlace{40, 60, 1000, 700, false} || now.window == WindowPlace{}));
  }
  CHECK(laptop.presenter().views()->settings.percent == 150);
  for (const std::string& foreign :
       {std::string("percent=99999999999999999999\nwindow=1 2 3\nlanguage=xx\n"),
        std::string("window=99999 0 1000 700 0\n"), std::string("window=0 0 1000 700 0 1\n"),
        std::string(100'000, '\0'), std::string("\xff\xfe\n=\n\n")}) {
    write_settings(laptop, foreign);
    laptop.restart();
    CHECK(laptop.presenter().views()->settings.percent == 100);
    CHECK(laptop.presenter().views()->settings.window == WindowPlace{});
    CHECK(laptop.presenter().views()->settings.language == "id");
  }
  // Nobody could read or use a window with sizes beyond these.
  for (const auto& [written, read] :
       {std::pair{"percent=20\n", 100}, std::pair{"percent=900\n", 200}}) {
    write_settings(laptop, written);
    laptop.restart();
    CHECK(laptop.presenter().views()->settings.percent == read);
  }
}

TEST_CASE("settings that cannot be written are said, and what was there stays",
          "[ui][presenter][place]") {
  Laptop laptop;
  laptop.begin("Bu Sari");
  const auto file = laptop.folder() / "home" / "window.txt";
  std::filesystem::remove(file);
  std::filesystem::create_directories(file / "in-the-way");
  laptop.presenter().execute(ChooseTextSize{125});
  CHECK(!laptop.presenter().views()->shell.status.failed.empty());
  CHECK(std::filesystem::exists(file / "in-the-way"));
}

}  // namespace rukun::test
