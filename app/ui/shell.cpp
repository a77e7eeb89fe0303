#include "app/ui/shell.h"

#include <imgui.h>

#include <algorithm>

#include "app/ui/widgets.h"

namespace rukun::ui {

Shell::Shell(Backend& backend, std::map<std::string, Translator> languages,
             std::vector<std::filesystem::path> font_folders, float scale)
    : backend_(backend),
      languages_(std::move(languages)),
      font_folders_(std::move(font_folders)),
      scale_(scale) {}

bool Shell::between_frames() {
  const auto views = backend_.latest();
  if (languages_.count(views->settings.language) != 0) language_ = views->settings.language;
  const float scale = std::clamp(
      scale_ * static_cast<float>(views->settings.percent) / 100 * monitor_scale_, 0.75F, 4.0F);
  const bool same_fonts = scale == built_scale_ && language_ == built_language_;
  if (same_fonts && views->settings.dark == built_dark_) return false;
  built_dark_ = views->settings.dark;
  theme_ = built_dark_ ? dark_theme() : light_theme();
  if (same_fonts) {
    apply_style(theme_, scale);
    return false;
  }
  built_scale_ = scale;
  built_language_ = language_;
  std::string characters = words().characters();
  if (help_ != nullptr) characters += help_->characters(language_);
  fonts_ = font_set_.build({.scale = scale, .characters = characters, .folders = font_folders_});
  apply_style(theme_, scale);
  return true;
}

// A screen that was entered anew begins without what was typed there before; an entry goes on with
// its draft.
void Shell::follow(const Views& views) {
  if (views.visit == visit_ && views.stage == stage_) return;
  if (views.stage != stage_) {
    first_run_ = FirstRunState();
    first_run_.language = language_;
    lock_ = LockState();
    lock_.choosing = views.lock.profiles.size() > 1 && views.lock.pin_of.empty();
    shell_ = ShellState();
    locking_ = false;
  }
  if (views.stage == Views::Stage::first_run) {
    first_run_ = FirstRunState();
    if (views.first_run.has_profile) first_run_.page = 2;
  }
  visit_ = views.visit;
  stage_ = views.stage;
  focus_.clear();
  const NeedFilter filter = needs_.filter;
  const std::string search = needs_.search;
  needs_ = NeedsState();
  needs_.filter = filter;
  needs_.search = search;
  records_ = RecordsState();
  form_ = FormState();
  erase_ = EraseState();
  members_ = MembersState();
  schedule_ = ScheduleState();
  exchange_ = ExchangeState();
  decide_ = DecideState();
  settings_ = SettingsState();
  safety_ = SafetyState();
  recap_ = RecapState();
  import_ = ImportState();
  lost_ = LostState();
  entry_ = EntryState();
  entry_.draft = views.draft;
  entry_.who.text = views.draft.who;
  if (!views.draft.who.empty() && (!views.draft.household.empty() || views.draft.new_household))
    entry_.page = 1;
  if (!views.draft.title.empty() && !views.draft.quantity.empty()) entry_.page = 2;
}

void Shell::draw_screen(Ui& ui, const Views& views, Commands& out) {
  if (views.picker) return draw_picker(ui, *views.picker, picker_, picked_, out);
  if (views.form) return draw_form(ui, *views.form, form_, out);
  if (views.import.open) return draw_import(ui, views.import, import_, out);
  switch (views.screen) {
    case Screen::home: draw_home(ui, views.home, out); break;
    case Screen::needs: draw_needs(ui, views.needs, needs_, out); break;
    case Screen::need_entry:
    case Screen::offer_entry: draw_entry(ui, views.entry, entry_, out); break;
    case Screen::schedule: draw_schedule(ui, views.schedule, schedule_, out); break;
    case Screen::exchange: draw_exchange(ui, views.exchange, exchange_, out); break;
    case Screen::decide: draw_decide(ui, views.decide, decide_, out); break;
    case Screen::offers:
    case Screen::volunteers:
    case Screen::households:
    case Screen::distribution:
    case Screen::community:
      if (views.erase.open())
        draw_erase(ui, views.erase, erase_, out);
      else
        draw_records(ui, views.records, records_, out);
      break;
    case Screen::members: draw_members(ui, views.members, members_, out); break;
    case Screen::settings: draw_settings(ui, views.settings, settings_, out); break;
    case Screen::access: draw_access(ui, views.access, out); break;
    case Screen::safety: draw_safety(ui, views.safety, safety_, out); break;
    case Screen::recap: draw_recap(ui, views.recap, recap_, out); break;
    case Screen::lost: draw_lost(ui, lost_, out); break;
  }
}

ShellView Shell::shown_shell(const Views& views, double now_s) {
  ShellView shell = views.shell;
  if (!shell.undo || shell.undo->working) return shell;
  if (shell.undo->number != undo_number_) {
    undo_number_ = shell.undo->number;
    undo_since_s_ = now_s;
  }
  if (now_s - undo_since_s_ > kUndoFor_s) shell.undo.reset();
  return shell;
}

void Shell::draw_open(Ui& ui, const Views& views, Commands& out) {
  draw_shell(
      ui, shown_shell(views, ui.now_s), shell_, views.screen, [&] { draw_screen(ui, views, out); },
      out);
}

void Shell::lock_when_idle(double now_s) {
  if (stage_ != Views::Stage::open || locking_ || now_s - last_input_s_ < lock_after_s_) return;
  locking_ = true;
  backend_.post(LockNow{});
}

// How long until it has stood still for long enough; negative: nothing is to be remembered.
double Shell::keep_place(const FrameInput& input) {
  if (!input.place) return -1;
  if (!kept_place_) kept_place_ = input.place;
  if (place_ != input.place) place_since_s_ = input.now_s;
  place_ = input.place;
  if (place_ == kept_place_) return -1;
  const double left_s = place_since_s_ + kStillFor_s - input.now_s;
  if (left_s > 0 && !input.close_asked) return left_s;
  kept_place_ = place_;
  backend_.post(KeepPlace{*place_});
  return -1;
}

void Shell::tick_hidden(double now_s) { lock_when_idle(now_s); }

FrameWish Shell::draw(const FrameInput& input) {
  monitor_scale_ = input.monitor_scale;
  const auto views = backend_.latest();
  follow(*views);
  lock_after_s_ = 60.0 * views->settings.lock_minutes;
  if (views->shell.copied.number > copied_number_)
    ImGui::SetClipboardText(views->shell.copied.text.c_str());
  copied_number_ = views->shell.copied.number;
  const ImGuiIO& io = ImGui::GetIO();
  const bool touched = !input.keys.empty() || io.MouseDelta.x != 0 || io.MouseDelta.y != 0 ||
                       io.MouseDown[0] || io.MouseWheel != 0 || !io.InputQueueCharacters.empty();
  if (touched || last_input_s_ == 0) last_input_s_ = input.now_s;

  std::vector<KeyPress> keys = input.keys;
  focus_.begin_frame(keys);
  if (recording_ != nullptr) recording_->seen.clear();
  Ui ui{.words = words(),
        .theme = theme_,
        .fonts = fonts_,
        .focus = focus_,
        .scale = built_scale_,
        .now_s = input.now_s,
        .width = static_cast<float>(input.width),
        .height = static_cast<float>(input.height),
        .keys = std::move(keys),
        .recording = recording_,
        .help = help_,
        .picked = &picked_};
  Commands out;
  ImGui::PushFont(fonts_.body);
  switch (views->stage) {
    case Views::Stage::first_run:
      if (views->picker)
        full_page(ui, "picker", 900,
                  [&] { draw_picker(ui, *views->picker, picker_, picked_, out); });
      else
        draw_first_run(ui, views->first_run, first_run_, out);
      break;
    case Views::Stage::lock: draw_lock(ui, views->lock, lock_, out); break;
    case Views::Stage::open: draw_open(ui, *views, out); break;
  }
  ImGui::PopFont();
  focus_.end_frame();
  for (Command& command : out.take()) backend_.post(std::move(command));
  lock_when_idle(input.now_s);

  FrameWish wish;
  wish.hold_input = focus_.holds_input();
  if (views->stage == Views::Stage::open) {
    wish.next_timer_s = std::max(1.0, last_input_s_ + lock_after_s_ - input.now_s);
    const double undo_left = undo_since_s_ + kUndoFor_s - input.now_s;
    if (views->shell.undo && undo_left > 0)
      wish.next_timer_s = std::min(wish.next_timer_s, undo_left + 0.05);
  }
  const double place_left_s = keep_place(input);
  if (place_left_s >= 0 && (wish.next_timer_s < 0 || wish.next_timer_s > place_left_s))
    wish.next_timer_s = place_left_s;
  wish.close = input.close_asked;
  return wish;
}

}  // namespace rukun::ui
