// The real window on a screen of its own (Xvfb) under a real window manager (twm), with keys and a
// mouse as a person's (xdotool), drawn by software with the oldest OpenGL it takes. One start.
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "platform/child.h"
#include "tests/support/catch.h"
#include "tests/support/printed.h"
#include "tests/ui/laptop.h"

namespace rukun::test {
namespace {

std::string program(const std::string& name) {
  std::string path = said_by("command -v " + name);
  while (!path.empty() && path.back() == '\n') path.pop_back();
  return path;
}

void pause_s(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

// Time on the processor, in the system's ticks (proc(5)): all of its threads.
long ticks_of(int process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string word;
  long ticks = 0;
  for (int field = 1; field <= 15 && in >> word; ++field)
    if (field >= 14) ticks += std::stol(word);
  return ticks;
}

class Desktop {
 public:
  explicit Desktop(const std::filesystem::path& folder)
      : screen_(Child::start({.program = program("Xvfb"),
                              .arguments = {"-displayfd", "1", "-screen", "0", "1400x1000x24",
                                            "-nolisten", "tcp"},
                              .environment = {},
                              .errors = folder / "Xvfb.txt"})
                    .value()) {
    display_ = ":" + screen_.read_line().value().value_or("");
    std::ofstream settings(folder / "twmrc");
    settings << "RandomPlacement\nNoTitle\nBorderWidth 0\n";
    for (const char* what : {"Title", "Menu", "Icon", "Resize", "IconManager"})
      settings << what << "Font \"fixed\"\n";
    settings.close();
    manager_.emplace(Child::start({.program = program("twm"),
                                   .arguments = {"-f", (folder / "twmrc").string()},
                                   .environment = {{"DISPLAY", display_}, {"LC_ALL", "C"}},
                                   .errors = folder / "twm.txt"})
                         .value());
  }
  const std::string& display() const { return display_; }
  // Runs xdotool with these words; what it says.
  std::string act(const std::string& words) const {
    return said_by("DISPLAY=" + display_ + " timeout 30 xdotool " + words);
  }
  void wiggle() const {
    for (int i = 0; i < 25; ++i) {
      act("mousemove " + std::to_string(500 + 4 * i) + " 400");
      pause_s(0.02);
    }
  }

 private:
  Child screen_;
  std::string display_;
  std::optional<Child> manager_;
};

}  // namespace

TEST_CASE("the real window takes a whole entry by keyboard, is resized, and rests minimised",
          "[ui][screen]") {
  for (const char* needed : {"Xvfb", "twm", "xdotool"})
    if (program(needed).empty()) SKIP_TEST(std::string(needed) + " is not installed");
  Laptop laptop;
  laptop.begin("Bu Sari");
  const std::string passphrase = laptop.passphrase();
  laptop.presenter().execute(ui::LockNow{});
  const auto home = laptop.folder() / "home";
  const Desktop desktop(laptop.folder());
  auto window = Child::start({.program = RUKUN_PROGRAM,
                              .arguments = {"--home", home.string(), "--lang", "id"},
                              .environment = {{"DISPLAY", desktop.display()},
                                              {"RUKUN_PASSPHRASE", passphrase},
                                              {"XDG_STATE_HOME", (laptop.folder() / "s").string()},
                                              {"LIBGL_ALWAYS_SOFTWARE", "1"},
                                              {"MESA_GL_VERSION_OVERRIDE", "2.1"}},
                              .errors = laptop.folder() / "rukun.txt"})
                    .value();
  std::string id = desktop.act("search --sync --onlyvisible --name '^Rukun$'");
  id = id.substr(0, id.find('\n'));
  REQUIRE(!id.empty());
  pause_s(2);

  desktop.act("windowfocus " + id + " mousemove 500 400 key F2");
  for (const char* typed : {"Bu Ani", "bras", "5"}) {
    pause_s(1);
    desktop.act("type --delay 40 '" + std::string(typed) + "'");
    pause_s(1);
    desktop.act("key Return");
  }
  desktop.act("windowsize " + id + " 1024 600");
  pause_s(1);
  const long before_shown = ticks_of(window.number());
  desktop.wiggle();
  const long shown = ticks_of(window.number()) - before_shown;
  pause_s(1);  // it stands still: its size is remembered

  desktop.act("windowminimize " + id);
  pause_s(0.5);
  const long before_hidden = ticks_of(window.number());
  desktop.wiggle();
  const long hidden = ticks_of(window.number()) - before_hidden;
  desktop.act("windowmap " + id);
  pause_s(0.5);
  const long before_again = ticks_of(window.number());
  desktop.wiggle();
  const long again = ticks_of(window.number()) - before_again;
  INFO("processor ticks: shown " << shown << ", minimised " << hidden << ", shown again " << again);
  // A frame costs more than a tick here, so not one is drawn while it is minimised.
  CHECK(shown > 10);
  CHECK(hidden <= 2);
  CHECK(again > 10);

  window.terminate();
  CHECK(window.wait().value() == 128 + 15);
  std::ifstream settings(home / "window.txt");
  const std::string kept((std::istreambuf_iterator<char>(settings)),
                         std::istreambuf_iterator<char>());
  INFO(kept);
  CHECK(kept.find(" 1024 600 0\n") != std::string::npos);
  const std::string needs = said_by("RUKUN_PASSPHRASE='" + passphrase + "' " + RUKUNCTL_PROGRAM +
                                    " --home '" + home.string() + "' --json list need");
  INFO(needs);
  CHECK(needs.find("\"item\":\"rice\"") != std::string::npos);
  CHECK(needs.find("\"quantity\":\"5\"") != std::string::npos);
}

}  // namespace rukun::test
