// The lock, the PIN that only reopens a running session, and the access log.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/memory_words.h"
#include "app/domain/passphrase.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr int kMostPinErrors = 5;
constexpr std::size_t kLeastPin = 4;
constexpr std::size_t kMostPin = 12;
constexpr int kUsualLock_minutes = 5;
constexpr int kMostLock_minutes = 60;
constexpr std::size_t kShownAccesses = 2000;

bool is_pin(std::string_view text) {
  return text.size() >= kLeastPin && text.size() <= kMostPin &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Status Presenter::unlock(const std::string& profile, ByteView passphrase) {
  if (away_) lock();
  TRY(const auto info, find_profile(setup_.files, setup_.home, profile));
  TRY(auto engine, Engine::unlock(context_, info, passphrase));
  engine_.emplace(std::move(engine));
  open_neighbors();
  now_.lock.failed.clear();
  finish_first_run();
  return {};
}

// The code is on paper: whoever types it is the owner of this profile.
Status Presenter::recover(const Recover& command) {
  if (engine_) lock();
  TRY(const auto info, find_profile(setup_.files, setup_.home, command.profile));
  const auto weak =
      passphrase_warning(command.passphrase.view(), info.name, setup_.words, context_.language);
  if (!weak.empty()) return error(Code::bad_value, weak);
  TRY(const auto code, RecoveryCode::parse(command.code.view()));
  ArgonCost cost = kArgonLeast;
  if (setup_.unlock_goal_ms > 0) {
    TRY(cost, calibrate_argon(setup_.clock, setup_.unlock_goal_ms));
  }
  const ByteView passphrase = view(command.passphrase.view());
  TRY_VOID(
      recover_profile(setup_.files, info, code, passphrase, cost, setup_.clock, setup_.random));
  return unlock(command.profile, passphrase);
}

// The session is over: keys, PIN and everything that was shown go.
void Presenter::lock() {
  nearby_.close();
  if (engine_ && several_profiles_) (void)engine_->sync_shared();
  engine_.reset();
  pin_ = Secret();
  away_ = false;
  space_.reset();
  aid_.reset();
  close_form();
  open_record_.clear();
  all_needs_.reset();
  derived_.reset();
  needs_ = ListIndex{.kind = fields::need::kKind};
  records_ = ListIndex();
  marks_.clear();
  steps_.clear();
  open_need_.clear();
  SettingsView settings = now_.settings;
  settings.has_pin = false;
  const std::uint64_t visit = now_.visit;
  // Nothing that was on the screen stays in memory for longer than the next picture.
  now_ = Views();
  now_.settings = settings;
  now_.visit = visit + 1;
  look_for_profiles();
}

// Locked for a moment: the engine stays, and nothing but the PIN or its owner's passphrase shows
// anything again.
void Presenter::go_away() {
  if (pin_.empty()) return lock();
  if (several_profiles_) (void)engine_->sync_shared();
  const SettingsView settings = now_.settings;
  const std::uint64_t visit = now_.visit;
  now_ = Views();
  now_.settings = settings;
  now_.visit = visit + 1;
  look_for_profiles();
  now_.lock.pin_of = engine_->my_name();
  away_ = true;
  pin_errors_ = 0;
}

void Presenter::reopen(const SecretText& pin) {
  if (!away_ || !engine_) return;
  if (equal_secret(view(pin.view()), pin_.view())) {
    away_ = false;
    finish_first_run();
    if (const auto noted = note(Access::unlock, "", 1); !noted) refuse(noted.error());
    return;
  }
  ++pin_errors_;
  const auto noted = note(Access::unlock_failed, "", 1);
  if (pin_errors_ < kMostPinErrors) {
    now_.lock.failed =
        speaking().words.tr("lock.pin_left", {{"n", std::to_string(kMostPinErrors - pin_errors_)}});
    if (!noted) now_.lock.failed += " " + error_words(noted.error(), speaking());
    return;
  }
  lock();
  now_.lock.failed = speaking().words.tr("lock.pin_over");
}

Status Presenter::set_pin(const SecretText& pin) {
  if (!pin.empty() && !is_pin(pin.view()))
    return error(Code::bad_value, speaking().words.tr("refused.pin"));
  pin_ = pin.empty() ? Secret() : Secret::copy_of(view(pin.view()));
  now_.settings.has_pin = !pin_.empty();
  return {};
}

bool Presenter::run_lock(const Command& command) {
  const bool open = engine_ && now_.stage == Views::Stage::open;
  if (const auto* passphrase = std::get_if<Unlock>(&command)) {
    now_.lock.busy = true;
    publish();
    const auto done = unlock(passphrase->profile, view(passphrase->passphrase.view()));
    now_.lock.busy = false;
    if (!done) now_.lock.failed = error_words(done.error(), speaking());
  } else if (const auto* recovery = std::get_if<Recover>(&command)) {
    if (now_.stage != Views::Stage::lock) return true;
    now_.lock.busy = true;
    publish();
    const auto done = recover(*recovery);
    now_.lock.busy = false;
    if (!done) now_.lock.failed = error_words(done.error(), speaking());
  } else if (std::get_if<LockNow>(&command)) {
    if (open)
      go_away();
    else if (engine_ && !away_)
      lock();
    else if (!now_.lock.profiles.empty())
      now_.stage = Views::Stage::lock;
  } else if (const auto* pin = std::get_if<ReopenWithPin>(&command)) {
    reopen(pin->pin);
  } else if (std::get_if<CloseSession>(&command)) {
    lock();
  } else if (const auto* minutes = std::get_if<ChooseLockTime>(&command)) {
    if (!open) return true;
    if (const auto done = choose_lock_time(minutes->minutes); !done) refuse(done.error());
  } else if (const auto* chosen = std::get_if<SetPin>(&command)) {
    if (!open) return true;
    if (const auto done = set_pin(chosen->pin); !done) refuse(done.error());
  } else {
    return false;
  }
  return true;
}

void Presenter::load_lock_settings() {
  now_.settings.lock_minutes = kUsualLock_minutes;
  const auto kept = engine_->local().setting("lock_minutes");
  if (kept && *kept && (*kept)->size() <= 2) {
    int minutes = 0;
    for (const char c : **kept) minutes = c >= '0' && c <= '9' ? minutes * 10 + (c - '0') : 0;
    if (minutes > 0) now_.settings.lock_minutes = std::min(minutes, kMostLock_minutes);
  }
  now_.settings.has_pin = !pin_.empty();
  now_.settings.memory = memory_warnings(memory_risks(), context_.language);
}

Status Presenter::choose_lock_time(int minutes) {
  now_.settings.lock_minutes = std::clamp(minutes, 1, kMostLock_minutes);
  return engine_->local().set_setting("lock_minutes", std::to_string(now_.settings.lock_minutes));
}

Status Presenter::note(Access access, std::string_view subject, std::uint64_t rows) {
  return note_access(engine_->local(), setup_.clock, access, subject, rows);
}

// Once for each time that a list of people is entered, before it is published. What cannot be put
// on record is not shown; it is tried again with the next picture.
void Presenter::note_entered() {
  if (!entered_) return;
  Status noted;
  if (now_.screen == Screen::needs && !open_need_.empty())
    noted = note(Access::show, "need " + open_need_, 1);
  if (!tabs_of(now_.screen).empty() && names_people(listed_kind_) && !records_.fitting.empty())
    noted = note(Access::list, kind_of(listed_kind_).name, records_.fitting.size());
  entered_ = !noted;
  if (noted) return;
  open_need_.clear();
  now_.needs.detail.reset();
  open_record_.clear();
  now_.records = RecordsView{.screen = now_.screen};
  refuse(noted.error());
}

// "need 1a2b…" by its title, "household" by the kind's label.
std::string Presenter::subject_words(const std::string& subject) {
  const auto space = subject.find(' ');
  if (space != std::string::npos) {
    if (const auto id = record_of(std::string_view(subject).substr(space + 1)))
      return title_of_record(*id);
  }
  const Translator& words = speaking().words;
  if (words.has("report." + subject)) return words.tr("report." + subject);
  const KindSpec* kind = find_kind(std::string_view(subject));
  return kind == nullptr ? subject : std::string(kind->label(context_.language));
}

void Presenter::fill_access() {
  const auto entries = engine_->local().accesses();
  if (!entries) return refuse(entries.error());
  AccessView made;
  const Speaking how = speaking();
  for (auto one = entries->rbegin(); one != entries->rend(); ++one) {
    if (made.rows.size() >= kShownAccesses) break;
    made.rows.push_back({format_instant(one->at, setup_.utc_offset_min, how.language),
                         std::string(access_words(one->action, how.language)),
                         subject_words(one->subject), std::to_string(one->rows)});
  }
  now_.access = std::move(made);
}

}  // namespace rukun::ui
