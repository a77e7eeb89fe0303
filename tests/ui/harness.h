#pragma once
// Draws screens without a window and presses them: finds what the widgets noted down by its words,
// moves a mouse and a keyboard through the same input queue as the real window, reports layout
// flaws, and takes pictures. Tests only.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/commands.h"
#include "app/ui/recording.h"
#include "app/ui/ui.h"
#include "platform/window_raster.h"

namespace rukun::test {

ui::Translator words_of(const std::string& language);  // "id", "en" or "xx"
ui::HelpBook help_book();                              // the one that is shipped

struct Stage {
  int width = 1280;
  int height = 800;
  float scale = 1;
  std::string language = "id";
  bool dark = false;
};

// Presses, types and looks; whoever owns it says what is drawn.
class Player {
 public:
  // Frames until nothing is waiting any more.
  void settle();
  void wait(double seconds);           // and then a frame
  void press(std::string_view words);  // the first thing on top that says so; scrolls to it
  void press_id(std::string_view id, bool shift = false);
  void type(std::string_view text);
  void key(Key key, bool shift = false, bool ctrl = false);
  void drag(std::string_view id, float dx);  // by so many pixels to the right
  bool sees(std::string_view words) const;
  const ui::Seen* find(std::string_view words) const;
  const ui::Seen* find_id(std::string_view id) const;
  const ui::Seen* focused() const;
  // One sentence for each thing that is cut off, too small to hit, off the screen or on top of
  // another.
  std::vector<std::string> flaws() const;
  const std::vector<ui::Seen>& seen() const { return recording_.seen; }
  // Writes pictures only if the environment variable RUKUN_PICTURES names a folder.
  void picture(const std::string& name);
  ui::Color color_at(int x, int y) const;  // of what was drawn last
  const std::string& clipboard() const { return window_.clipboard(); }
  std::size_t inputs() const { return inputs_; }
  // Words on top whose strongest pixel stands out from what is behind them by less than `least`.
  std::vector<std::string> faint_words(double least) const;

 protected:
  Player(int width, int height, float scale) : window_(width, height), scale_(scale) {}
  ~Player() = default;
  virtual WindowClient& client() = 0;
  virtual const ui::Translator& spoken() const = 0;

  HeadlessWindow window_;
  ui::Recording recording_;
  float scale_;
  ui::Color behind_ = ui::light_theme().page;

 private:
  void click(const ui::Rect& rect, bool shift);
  void scroll_to(const std::string& id);

  std::size_t inputs_ = 0;
};

// One screen, drawn by a function.
class Harness final : public WindowClient, public Player {
 public:
  using Draw = std::function<void(ui::Ui&, ui::Commands&)>;
  Harness(const Stage& stage, Draw draw);

  // Another screen on the same stage; building the fonts once saves most of a test's time.
  void show(Draw draw);
  std::vector<ui::Command> commands() { return std::exchange(done_, {}); }
  template <class C>
  std::vector<C> commands_of() {
    std::vector<C> out;
    for (auto& command : commands()) {
      if (auto* found = std::get_if<C>(&command)) out.push_back(*found);
    }
    return out;
  }

  bool between_frames() override;
  FrameWish draw(const FrameInput& input) override;
  void tick_hidden(double) override {}

 protected:
  WindowClient& client() override { return *this; }
  const ui::Translator& spoken() const override { return words_; }

 private:
  ui::Translator words_;
  ui::Theme theme_;
  FontSet font_set_;
  Fonts fonts_;
  ui::Focus focus_;
  Draw draw_;
  std::vector<ui::Command> done_;
  ui::HelpBook help_ = help_book();
  bool fonts_built_ = false;
};

}  // namespace rukun::test
