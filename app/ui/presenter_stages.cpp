// The stages: first run, locked, open; and away, when the engine is kept behind a PIN.
#include <array>

#include "app/domain/passphrase.h"
#include "app/domain/values.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter/choices.h"
#include "app/ui/presenter/first_papers.h"
#include "app/ui/presenter/receipts.h"
#include "app/ui/presenter/safety.h"
#include "app/ui/typed.h"
#include "storage/vault.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostInvitationBytes = 64 * 1024;
constexpr std::size_t kLeastInvitationWords = 12;

std::size_t words_in(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool letter = c != ' ' && c != '\n' && c != '\t';
    if (letter && !inside) ++count;
    inside = letter;
  }
  return count;
}

Result<ArgonCost> cost_of_new(const PresenterSetup& setup) {
  if (setup.unlock_goal_ms > 0) return calibrate_argon(setup.clock, setup.unlock_goal_ms);
  return kArgonLeast;
}

}  // namespace

void Presenter::start(std::optional<std::string_view> passphrase) {
  load_choices(desk_);
  look_for_profiles();
  if (desk_.now.stage == Views::Stage::first_run) execute(NewProfile{});
  if (passphrase && desk_.now.stage == Views::Stage::lock)
    unlock_or_tell(desk_.now.lock.profiles.front().id, view(*passphrase));
  refresh();
  desk_.publish();
}

bool Presenter::run_stages(const Command& command) {
  Views& now = desk_.now;
  if (std::get_if<NewProfile>(&command)) {
    begin_new_profile();
  } else if (const auto* first = std::get_if<Begin>(&command)) {
    if (now.stage == Views::Stage::first_run) begin_first_run(*first);
  } else if (std::get_if<PrintRecovery>(&command)) {
    print_first_run(desk_);
  } else if (std::get_if<FinishFirstRun>(&command)) {
    if (now.stage == Views::Stage::first_run) leave_first_run();
  } else if (const auto* passphrase = std::get_if<Unlock>(&command)) {
    now.lock.busy = true;
    desk_.publish();
    unlock_or_tell(passphrase->profile, view(passphrase->passphrase.view()));
    now.lock.busy = false;
  } else if (const auto* backup = std::get_if<RestoreBackup>(&command)) {
    restore(*backup);
  } else if (const auto* recovery = std::get_if<Recover>(&command)) {
    if (now.stage != Views::Stage::lock) return true;
    now.lock.busy = true;
    desk_.publish();
    const auto done = recover(*recovery);
    now.lock.busy = false;
    if (!done) now.lock.failed = error_words(done.error(), desk_.speaking());
  } else if (std::get_if<LockNow>(&command)) {
    if (desk_.is_open() && now.stage == Views::Stage::open)
      go_away();
    else if (desk_.is_open() && !away_)
      lock();
    else if (!now.lock.profiles.empty())
      now.stage = Views::Stage::lock;
  } else if (const auto* pin = std::get_if<ReopenWithPin>(&command)) {
    reopen(pin->pin);
  } else if (std::get_if<CloseSession>(&command)) {
    lock();
  } else {
    return false;
  }
  return true;
}

void Presenter::look_for_profiles() {
  const PresenterSetup& setup = desk_.setup();
  auto& here = desk_.now.lock.profiles;
  here.clear();
  if (const auto profiles = list_profiles(setup.files, setup.home)) {
    for (const auto& one : *profiles) {
      const bool meant =
          setup.profile.empty() || one.id == setup.profile || one.name == setup.profile;
      if (meant) here.push_back({one.id, one.name});
    }
    several_profiles_ = profiles->size() > 1;
  } else {
    // Nobody is to begin anew only because the disk could not be read.
    desk_.now.lock.failed = error_words(profiles.error(), desk_.speaking());
    desk_.now.stage = Views::Stage::lock;
    return;
  }
  desk_.now.stage = here.empty() ? Views::Stage::first_run : Views::Stage::lock;
}

void Presenter::begin_new_profile() {
  if (away_) lock();
  Views& now = desk_.now;
  now.stage = Views::Stage::first_run;
  now.first_run = FirstRunView();
  now.first_run.others_here = !now.lock.profiles.empty();
  ++now.visit;
  now.first_run.passphrase = draw_passphrase(desk_);
}

void Presenter::begin_first_run(const Begin& command) {
  FirstRunView& view = desk_.now.first_run;
  view.busy = true;
  desk_.publish();
  const auto done = begin(command);
  view.busy = false;
  view.failed = done ? "" : error_words(done.error(), desk_.speaking());
  // The name and the passphrase hold from now on: only the neighborhood is asked for again.
  if (!done && desk_.is_open()) view.has_profile = true;
  if (done && view.recovery.empty()) finish_first_run();
}

Status Presenter::begin(const Begin& command) {
  const PresenterSetup& setup = desk_.setup();
  if (command.own_passphrase) {
    const auto weak =
        passphrase_warning(command.passphrase.view(), command.name, setup.words, desk_.language());
    if (!weak.empty()) return error(Code::bad_value, weak);
  }
  // A first attempt may have failed after the profile was made, for instance on a wrong invitation.
  if (!desk_.is_open()) {
    TRY(const auto cost, cost_of_new(setup));
    const ByteView passphrase = view(command.passphrase.view());
    TRY(const auto made, create_profile(setup.files, setup.home, command.name, passphrase, cost,
                                        setup.random, setup.vfs));
    TRY_VOID(desk_.open(made.profile, passphrase));
    desk_.now.first_run.recovery = made.recovery;
    neighbors_.open();
    TRY_VOID(keep_recovery_owed(desk_, true));
  }
  return found_or_join(command);
}

Status Presenter::found_or_join(const Begin& command) {
  const PresenterSetup& setup = desk_.setup();
  Engine& engine = desk_.engine();
  if (!command.joining) {
    const auto rt = whole_number(command.rt);
    const auto rw = whole_number(command.rw);
    if (!rt || !rw) return error(Code::bad_value, desk_.speaking().words.tr("refused.rt_number"));
    TRY(const auto made, engine.create_space(format_rt_rw(*rt, *rw) + " " + command.village, ""));
    desk_.now.first_run.root_code = made.root_code;
    return {};
  }
  if (words_in(command.invitation) >= kLeastInvitationWords) {
    TRY_VOID(engine.join_words(command.invitation));
    return {};
  }
  TRY(const auto file, setup.files.read_file(Path(command.invitation), kMostInvitationBytes));
  std::optional<std::string_view> code;
  if (!command.spoken.empty()) code = command.spoken;
  TRY_VOID(engine.join(file, code));
  return {};
}

// The last page was read.
void Presenter::leave_first_run() {
  if (!desk_.is_open()) return;
  if (!desk_.now.first_run.recovery.empty()) {
    if (const auto kept = keep_recovery_owed(desk_, false); !kept) {
      desk_.now.first_run.failed = error_words(kept.error(), desk_.speaking());
      return;
    }
  }
  finish_first_run();
}

void Presenter::finish_first_run() {
  if (!desk_.is_open()) return;
  Views& now = desk_.now;
  const std::string unshared = share_before_leaving();
  desk_.choose_space();
  now.first_run = FirstRunView();
  if (!desk_.has_space()) {
    // A profile whose invitation failed, or was never used: everything else waits for that.
    now.stage = Views::Stage::first_run;
    now.first_run.has_profile = true;
    ++now.visit;
    return;
  }
  now.shell.undo.reset();
  now.shell.refused.clear();
  if (owes_recovery(desk_) && show_fresh_recovery(desk_)) return;
  now.stage = Views::Stage::open;
  lock_.load();
  desk_.forget();
  if (const auto loaded = lists_.load(); !loaded) desk_.refuse(loaded.error());
  if (const auto folder = desk_.engine().local().setting("last_folder"); !folder)
    desk_.refuse(folder.error());
  else if (*folder)
    now.folder = **folder;
  fill_history_of_exchanges(desk_);
  enter(Screen::home, "");
  if (!unshared.empty()) now.shell.refused = unshared;
}

void Presenter::unlock_or_tell(const std::string& profile, ByteView passphrase) {
  const auto done = unlock(profile, passphrase);
  if (!done) desk_.now.lock.failed = error_words(done.error(), desk_.speaking());
}

Status Presenter::unlock(const std::string& profile, ByteView passphrase, bool has_code) {
  if (away_) lock();
  TRY(const auto info, find_profile(desk_.setup().files, desk_.setup().home, profile));
  TRY_VOID(desk_.open(info, passphrase));
  neighbors_.open();
  if (has_code && owes_recovery(desk_)) TRY_VOID(keep_recovery_owed(desk_, false));
  desk_.now.lock.failed.clear();
  finish_first_run();
  return {};
}

// The code is on paper: whoever types it is the owner of this profile.
Status Presenter::recover(const Recover& command) {
  if (desk_.is_open()) lock();
  const PresenterSetup& setup = desk_.setup();
  TRY(const auto info, find_profile(setup.files, setup.home, command.profile));
  const auto weak =
      passphrase_warning(command.passphrase.view(), info.name, setup.words, desk_.language());
  if (!weak.empty()) return error(Code::bad_value, weak);
  TRY(const auto code, RecoveryCode::parse(command.code.view()));
  TRY(const auto cost, cost_of_new(setup));
  const ByteView passphrase = view(command.passphrase.view());
  TRY_VOID(recover_profile(setup.files, info, code, passphrase, cost, setup.clock, setup.random));
  return unlock(command.profile, passphrase, true);
}

// Whoever has a backup need not begin anew: it is a profile from now on, which its owner unlocks.
void Presenter::restore(const RestoreBackup& command) {
  if (desk_.is_open()) return;
  Views& now = desk_.now;
  now.first_run.busy = true;
  desk_.publish();
  const auto done = restore_backup(desk_, command.file);
  now.first_run.busy = false;
  now.first_run.restore_failed = done ? "" : error_words(done.error(), desk_.speaking());
  if (!done) return;
  look_for_profiles();
  now.lock.restored = desk_.speaking().words.tr("lock.restored", {{"name", *done}});
}

// The session is over: keys, PIN and everything that was shown go.
void Presenter::lock() {
  neighbors_.close();
  const std::string unshared = desk_.is_open() ? share_before_leaving() : std::string();
  away_ = false;
  lock_.forget();
  form_.close();
  lists_.forget();
  needs_.forget();
  bulk_.forget();
  recap_.forget();
  desk_.close();
  look_for_profiles();
  if (!unshared.empty()) desk_.now.lock.failed = unshared;
}

// What the others of this laptop have not got yet; why not, if they cannot.
std::string Presenter::share_before_leaving() {
  if (!several_profiles_) return {};
  const auto shared = desk_.engine().sync_shared();
  return shared ? std::string() : error_words(shared.error(), desk_.speaking());
}

// Locked for a moment: the engine stays, and nothing but the PIN or its owner's passphrase shows
// anything again.
void Presenter::go_away() {
  if (!lock_.has_pin()) return lock();
  const std::string unshared = share_before_leaving();
  desk_.wipe();
  look_for_profiles();
  if (!unshared.empty()) desk_.now.lock.failed = unshared;
  desk_.now.lock.pin_of = desk_.engine().my_name();
  away_ = true;
  lock_.begin();
}

void Presenter::reopen(const SecretText& pin) {
  if (!away_ || !desk_.is_open()) return;
  if (lock_.opens(pin)) {
    away_ = false;
    finish_first_run();
    if (const auto noted = desk_.note(Access::unlock, "", 1); !noted) desk_.refuse(noted.error());
    return;
  }
  const auto noted = desk_.note(Access::unlock_failed, "", 1);
  const Speaking how = desk_.speaking();
  if (const int left = lock_.tries_left(); left > 0) {
    desk_.now.lock.failed = how.words.tr("lock.pin_left", {{"n", std::to_string(left)}});
    if (!noted) desk_.now.lock.failed += " " + error_words(noted.error(), how);
    return;
  }
  lock();
  desk_.now.lock.failed = how.words.tr("lock.pin_over");
}

}  // namespace rukun::ui
