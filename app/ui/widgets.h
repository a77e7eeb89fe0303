#pragma once
// The things screens are made of: words, buttons, tiles, chips, cards, bars and dialogs, large
// enough for any finger and reachable by keyboard. Each is a function of this frame; those that can
// be pressed return true in the frame in which they are. Texts wrap, they are never cut (but in
// table cells). Ids are unique within their window. UI thread.

#include <imgui.h>

#include <string>
#include <string_view>

#include "app/ui/icons.h"
#include "app/ui/ui.h"

namespace rukun::ui {

enum class Tone : std::uint8_t {
  normal,
  faint,
  strong,
  title,
  small,
  danger,
  primary,
  on_info,
  on_warn,
  on_danger_tint
};

// How much room is left beside what was drawn last on this line.
float avail(const Ui& ui);
void gap(const Ui& ui, float logical = kGap);
void text(Ui& ui, std::string_view words, Tone tone = Tone::normal);
// One line of text after an icon.
void icon_text(Ui& ui, Icon icon, std::string_view words, Tone tone = Tone::normal);
float icon_text_width(const Ui& ui, std::string_view words, Tone tone = Tone::normal);
ImVec2 text_size(const Ui& ui, std::string_view words, Tone tone, float wrap_width = 0);
Color tone_color(const Ui& ui, Tone tone);
ImFont* tone_font(const Ui& ui, Tone tone);
ImU32 packed(Color color);

enum class Look : std::uint8_t { primary, normal, danger, quiet, nav };

struct ButtonSpec {
  std::string_view id;
  Icon icon = Icon::none;
  std::string_view label;
  Look look = Look::normal;
  bool enabled = true;
  bool selected = false;
  float width = 0;  // pixels; 0: as wide as its words
};
bool button(Ui& ui, const ButtonSpec& spec);
float button_width(const Ui& ui, std::string_view label, bool icon = true);

struct TileSpec {
  std::string_view id;
  Icon icon = Icon::none;
  std::string_view label;
  std::string_view detail{};
  Look look = Look::normal;
  bool selected = false;
  float width = 0;   // pixels
  float height = 0;  // pixels; grows when the words need it
};
bool tile(Ui& ui, const TileSpec& spec);

bool chip(Ui& ui, std::string_view id, std::string_view label, bool selected);
float chip_width(const Ui& ui, std::string_view label);

// A pill with a word, for states and urgencies.
enum class Badge : std::uint8_t { none, neutral, good, info, warn, danger };

struct LineSpec {
  std::string_view id;
  std::string_view title;
  std::string_view detail{};
  std::string_view badge{};
  Badge badge_kind = Badge::none;
  std::string_view action{};  // words of what pressing does, at the right
  bool ruled = true;          // off from what stands above
};
// A full-width line that can be pressed: heading, a second line, a pill.
bool line(Ui& ui, const LineSpec& spec);

// Puts the next widget beside the last one, or on a new line when `width` does not fit; `first`
// starts a run.
class Flow {
 public:
  explicit Flow(Ui& ui, float spacing = kGap) : ui_(ui), spacing_(spacing) {}
  void next(float width);

 private:
  Ui& ui_;
  float spacing_;
  bool first_ = true;
};

void badge(Ui& ui, std::string_view words, Badge kind);
float badge_width(const Ui& ui, std::string_view words);
// As they stand in a pill: beginning with a capital, as the labels beside them do.
std::string badge_words(std::string_view words);
struct BadgeColors {
  Color text, fill;
};
BadgeColors badge_colors(const Theme& theme, Badge kind);

// Everything drawn while it lives stands on a white card.
class Card {
 public:
  explicit Card(Ui& ui, Color fill, Color line, float width = 0);
  explicit Card(Ui& ui) : Card(ui, ui.theme.card, ui.theme.line) {}
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  Ui& ui_;
  ImDrawListSplitter splitter_;
  ImVec2 start_;
  float width_;
  float inset_before_;
  Color fill_, line_;
};

// A quiet box with an icon and a sentence.
enum class NoteKind : std::uint8_t { info, warn, danger };
void note(Ui& ui, NoteKind kind, std::string_view words);

// A scrolling part of the screen; size 0 is what is left, negative leaves so much free.
class Pane {
 public:
  Pane(Ui& ui, const char* id, float width, float height, Color fill, bool padded = true);
  ~Pane();
  Pane(const Pane&) = delete;
  Pane& operator=(const Pane&) = delete;

 private:
  Ui& ui_;
  float inset_before_;
};

// Begins at the top when what the pane around it shows, known by its name, is another than in the
// last frame: how far one page was scrolled says nothing about the next.
void turn_page(std::string_view name);

// A question before everything else. Draw between begin and end only if begin returns true.
bool begin_dialog(Ui& ui, const char* id, std::string_view heading, float width_logical = 560);
void end_dialog(Ui& ui);

// Shared by the widgets in other files: something that can be pressed, at the cursor, w × h pixels.
struct Pressed {
  Rect rect;
  WidgetId id = 0;
  bool hovered = false;
  bool pressed = false;
  bool focused = false;
};
Pressed press_area(Ui& ui, std::string_view id, float w, float h, bool enabled = true);
void draw_focus(const Ui& ui, const Pressed& area);
// What has no border of its own shows that it can be pressed a little beyond its words, which so
// stand in line with those above and below.
inline constexpr float kReach = 8;
Pressed wider(const Ui& ui, Pressed area, float logical);
void record(Ui& ui, Role role, std::string_view id, std::string_view words, const Rect& rect,
            const Seen& more = {});
void draw_text_at(const Ui& ui, ImVec2 at, std::string_view words, Tone tone, Color color,
                  float wrap_width = 0);
// The words shortened with "…" to fit a width; `cut` says whether they had to be.
std::string shortened(const Ui& ui, std::string_view words, Tone tone, float width, bool& cut);
// ImGui's own colors and measures, set once the text size or theme changes.
void apply_style(const Theme& theme, float scale);

}  // namespace rukun::ui
