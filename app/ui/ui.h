#pragma once
// What every screen draws with: the words, the theme, the fonts, the text size, the keys of this
// frame and the place of the keyboard. Made anew each frame by whoever runs the frame (the shell,
// or a test); holds references only. Screens are functions: a view and their own small state in,
// commands out. UI thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/focus.h"
#include "app/ui/help.h"
#include "app/ui/i18n.h"
#include "app/ui/recording.h"
#include "app/ui/theme.h"
#include "app/ui/view_picker.h"
#include "platform/fonts.h"

namespace rukun::ui {

enum class Held : std::uint8_t { nothing, ctrl };

struct Ui {
  const Translator& words;
  const Theme& theme;
  const Fonts& fonts;
  Focus& focus;
  float scale = 1;
  double now_s = 0;
  float width = 0;  // of the window, pixels
  float height = 0;
  std::vector<KeyPress> keys{};
  Recording* recording = nullptr;
  int layer = 0;
  bool from_top = false;           // the pane turns to another page: its top comes into sight
  float inset = 0;                 // kept free at the right, inside cards
  const HelpBook* help = nullptr;  // null: none was found
  Picked* picked = nullptr;        // a path on its way to its field

  const std::string& tr(std::string_view key) const { return words.tr(key); }
  std::string tr(std::string_view key, WordArgs args) const { return words.tr(key, args); }
  // Whole pixels of a measure given at 100 %.
  float px(float logical) const {
    return static_cast<float>(static_cast<int>(logical * scale + 0.5F));
  }
  // True once if the key was pressed in this frame; nobody else sees it then. With `held` only
  // together with that.
  bool take(Key key, Held held = Held::nothing);
  // A window so narrow, for its text size, that things stand below each other instead of side by
  // side.
  bool narrow() const { return width < 900 * scale; }
};

}  // namespace rukun::ui
