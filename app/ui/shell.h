#pragma once
// The window's side: draws the latest picture on the screen that it names, keeps what is being
// typed, posts commands, locks after five idle minutes, and has it remembered where it stands. It
// never waits for the engine. UI thread only.

#include <map>

#include "app/ui/screens/screens.h"
#include "app/ui/views.h"
#include "platform/window.h"

namespace rukun::ui {

inline constexpr double kLockAfter_s = 5 * 60;
inline constexpr double kUndoFor_s = 10;
inline constexpr double kStillFor_s = 1;  // a window that is being moved is not remembered yet

class Shell final : public WindowClient {
 public:
  // languages: "id" and "en" at least. font_folders: looked through first. scale: besides what the
  // settings say.
  Shell(Backend& backend, std::map<std::string, Translator> languages,
        std::vector<std::filesystem::path> font_folders, float scale = 1);

  bool between_frames() override;
  FrameWish draw(const FrameInput& input) override;
  void tick_hidden(double now_s) override;

  // What F1 shows. The book stays with the caller.
  void set_help(const HelpBook& help) { help_ = &help; }

  // Tests only: what the widgets of each frame note down.
  void record_into(Recording* recording) { recording_ = recording; }
  const Translator& words() const { return languages_.at(language_); }
  const Theme& theme() const { return theme_; }
  const std::string& font_warning() const { return font_set_.warning(); }

 private:
  void follow(const Views& views);
  void draw_open(Ui& ui, const Views& views, Commands& out);
  void draw_screen(Ui& ui, const Views& views, Commands& out);
  void lock_when_idle(double now_s);
  double keep_place(const FrameInput& input);
  ShellView shown_shell(const Views& views, double now_s);

  Backend& backend_;
  std::map<std::string, Translator> languages_;
  std::vector<std::filesystem::path> font_folders_;
  float scale_;
  std::string language_ = "id";
  Theme theme_;
  FontSet font_set_;
  Fonts fonts_;
  float built_scale_ = 0;
  std::string built_language_;
  bool built_dark_ = false;
  float monitor_scale_ = 1;
  Focus focus_;
  Recording* recording_ = nullptr;
  const HelpBook* help_ = nullptr;

  ShellState shell_;
  NeedsState needs_;
  EntryState entry_;
  RecordsState records_;
  FormState form_;
  EraseState erase_;
  MembersState members_;
  ScheduleState schedule_;
  ExchangeState exchange_;
  DecideState decide_;
  SettingsState settings_;
  SafetyState safety_;
  RecapState recap_;
  ImportState import_;
  PickerState picker_;
  Picked picked_;
  LostState lost_;
  FirstRunState first_run_;
  LockState lock_;
  std::uint64_t visit_ = 0;
  Views::Stage stage_ = Views::Stage::first_run;
  std::uint64_t undo_number_ = 0;
  std::uint64_t copied_number_ = 0;
  double undo_since_s_ = 0;
  double last_input_s_ = 0;
  bool locking_ = false;
  std::optional<WindowPlace> place_;       // as it is now
  std::optional<WindowPlace> kept_place_;  // as it is remembered
  double place_since_s_ = 0;
  double lock_after_s_ = kLockAfter_s;  // as chosen in the settings
};

}  // namespace rukun::ui
