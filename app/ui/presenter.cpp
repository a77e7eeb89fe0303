// The stages (first run, lock, open), and where each command goes.
#include "app/ui/presenter.h"

#include <algorithm>

#include "app/domain/passphrase.h"
#include "app/domain/values.h"
#include "app/ui/typed.h"
#include "storage/vault.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostInvitationBytes = 64 * 1024;
constexpr std::size_t kLeastInvitationWords = 12;
constexpr std::chrono::milliseconds kSoon{50};
constexpr std::chrono::milliseconds kIdle{1'000};

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

}  // namespace

Presenter::Presenter(PresenterSetup setup)
    : setup_(std::move(setup)),
      context_{setup_.files, setup_.clock, setup_.random, setup_.items, setup_.words,
               setup_.home,  setup_.state, Language::id,  setup_.vfs},
      nearby_(setup_.network),
      published_(std::make_shared<const Views>()) {}

Presenter::~Presenter() = default;

void Presenter::publish() {
  published_ = std::make_shared<const Views>(now_);
  if (changed_) changed_();
}

Speaking Presenter::speaking() const {
  return {setup_.languages.at(setup_.language), context_.language, setup_.utc_offset_min,
          setup_.clock.now()};
}

FormatContext Presenter::showing() {
  FormatContext context(context_.language);
  context.utc_offset_min = setup_.utc_offset_min;
  context.items = &setup_.items;
  context.name_of_record = [this](const FieldSpec&, RecordId id) { return title_of_record(id); };
  return context;
}

ParseContext Presenter::reading() const {
  ParseContext context;
  context.now = setup_.clock.now();
  context.utc_offset_min = setup_.utc_offset_min;
  context.language = context_.language;
  context.items = &setup_.items;
  return context;
}

void Presenter::refuse(const Error& failure) {
  auto words = error_words(failure, speaking());
  if (failure.code == Code::full || failure.code == Code::io)
    now_.shell.status.failed = words;
  else
    now_.shell.refused = words;
}

void Presenter::look_for_profiles() {
  now_.lock.profiles.clear();
  if (const auto profiles = list_profiles(setup_.files, setup_.home)) {
    for (const auto& one : *profiles) {
      const bool meant =
          setup_.profile.empty() || one.id == setup_.profile || one.name == setup_.profile;
      if (meant) now_.lock.profiles.push_back({one.id, one.name});
    }
    several_profiles_ = profiles->size() > 1;
  }
  now_.stage = now_.lock.profiles.empty() ? Views::Stage::first_run : Views::Stage::lock;
}

void Presenter::start(std::optional<std::string_view> passphrase) {
  load_choices();
  look_for_profiles();
  if (now_.stage == Views::Stage::first_run) execute(NewProfile{});
  if (passphrase && now_.stage == Views::Stage::lock) {
    if (const auto opened = unlock(now_.lock.profiles.front().id, view(*passphrase)); !opened) {
      now_.lock.failed = error_words(opened.error(), speaking());
    }
  }
  refresh();
  publish();
}

void Presenter::finish_first_run() {
  if (!engine_) return;
  if (several_profiles_) (void)engine_->sync_shared();
  choose_space();
  now_.first_run = FirstRunView();
  if (!space_) {
    // A profile whose invitation failed, or was never used: everything else waits for that.
    now_.stage = Views::Stage::first_run;
    now_.first_run.has_profile = true;
    ++now_.visit;
    return;
  }
  now_.stage = Views::Stage::open;
  load_lock_settings();
  now_.shell.undo.reset();
  now_.shell.refused.clear();
  forget();
  if (const auto loaded = load_arrangements(); !loaded) refuse(loaded.error());
  if (auto folder = engine_->local().setting("last_folder"); folder && *folder)
    now_.folder = **folder;
  fill_history_of_exchanges();
  enter(Screen::home, "");
}

void Presenter::choose_space() {
  space_.reset();
  for (auto& one : engine_->spaces()) {
    const bool meant =
        setup_.space.empty() || one.name == setup_.space || one.id.hex() == setup_.space;
    if (meant && !space_) space_ = one;
  }
}

Status Presenter::begin(const Begin& command) {
  if (command.own_passphrase) {
    const auto weak = passphrase_warning(command.passphrase.view(), command.name, setup_.words,
                                         context_.language);
    if (!weak.empty()) return error(Code::bad_value, weak);
  }
  ArgonCost cost = kArgonLeast;
  if (setup_.unlock_goal_ms > 0) {
    TRY(cost, calibrate_argon(setup_.clock, setup_.unlock_goal_ms));
  }
  const ByteView passphrase = view(command.passphrase.view());
  // A first attempt may have failed after the profile was made, for instance on a wrong invitation.
  std::string recovery = now_.first_run.recovery;
  if (!engine_) {
    TRY(const auto made, create_profile(setup_.files, setup_.home, command.name, passphrase, cost,
                                        setup_.random, setup_.vfs));
    recovery = made.recovery;
    TRY(auto engine, Engine::unlock(context_, made.profile, passphrase));
    engine_.emplace(std::move(engine));
    open_neighbors();
  }
  now_.first_run.recovery = recovery;
  return found_or_join(command);
}

Status Presenter::found_or_join(const Begin& command) {
  if (!command.joining) {
    const auto rt = whole_number(command.rt);
    const auto rw = whole_number(command.rw);
    if (!rt || !rw) return error(Code::bad_value, speaking().words.tr("refused.rt_number"));
    TRY(const auto made, engine_->create_space(format_rt_rw(*rt, *rw) + " " + command.village, ""));
    now_.first_run.root_code = made.root_code;
    return {};
  }
  if (words_in(command.invitation) >= kLeastInvitationWords) {
    TRY_VOID(engine_->join_words(command.invitation));
    return {};
  }
  TRY(const auto file, setup_.files.read_file(Path(command.invitation), kMostInvitationBytes));
  std::optional<std::string_view> code;
  if (!command.spoken.empty()) code = command.spoken;
  TRY_VOID(engine_->join(file, code));
  return {};
}

// Everything that was worked out from the records.
void Presenter::forget() {
  aid_.reset();
  all_needs_.reset();
  derived_.reset();
  recap_.reset();
  needs_.ordered = records_.ordered = false;
  attention_stale_ = status_stale_ = home_stale_ = detail_stale_ = true;
}

void Presenter::wrote() {
  choose_space();
  forget();
  next_share_ms_ = 0;
  now_.shell.status.failed.clear();
}

Status Presenter::act(const Action& action, std::string_view done_key, const std::string& title) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  TRY(const auto outcome, engine_->execute(space_->id, action));
  made_.reset();
  if (!outcome.records.empty()) made_ = outcome.records.back();
  const std::string named = title.empty() && made_ ? title_of_record(*made_) : title;
  std::string words = speaking().words.tr(done_key, {{"title", named}});
  for (const auto& warning : outcome.warnings) words += ". " + warning;
  now_.shell.undo = UndoView{words, true, ++done_number_};
  wrote();
  return {};
}

void Presenter::enter(Screen screen, const std::string& record) {
  // A receipt that was seen says nothing about the next exchange.
  if (now_.screen == Screen::exchange && !now_.exchange.running) {
    now_.exchange.receipt.reset();
    now_.exchange.failed.clear();
  }
  now_.screen = screen;
  ++now_.visit;
  status_stale_ = home_stale_ = detail_stale_ = true;
  if (screen == Screen::needs) open_need_ = record;
  if (screen == Screen::need_entry || screen == Screen::offer_entry)
    open_entry(screen == Screen::offer_entry);
  week_ = 0;
  roster_.reset();
  now_.erase = EraseView();
  now_.import = ImportView();
  close_picker();
  now_.members.lost.reset();
  now_.shell.print.reset();
  close_form();
  charts_ = false;
  records_search_.clear();
  records_tab_.clear();
  recap_opened_.clear();
  now_.recap = RecapView();
  open_record_.clear();
  marks_.clear();
  records_.first = 0;
  if (!record.empty()) open_entered(record);
  entered_ = true;
}

void Presenter::open_entered(const std::string& record) {
  if (now_.screen == Screen::schedule) {
    open_record_ = record;
    return show_week_of(record);
  }
  if (tabs_of(now_.screen).empty()) return;
  if (const auto opened = open_listed({record}); !opened) refuse(opened.error());
}

// Makes what the current screen shows anew.
void Presenter::refresh() {
  if (!engine_ || now_.stage != Views::Stage::open) return;
  if (!space_ || space_->name.empty()) choose_space();
  fill_shell();
  if (!space_) return;
  // What a form stands in front of is made anew when it is seen again.
  if (now_.form && !entered_) return;
  switch (now_.screen) {
    case Screen::home: fill_home(); break;
    case Screen::needs: fill_needs(); break;
    case Screen::need_entry:
    case Screen::offer_entry: break;
    case Screen::offers:
    case Screen::volunteers:
    case Screen::households:
    case Screen::distribution:
    case Screen::community: fill_records(); break;
    case Screen::schedule: fill_schedule(); break;
    case Screen::members: fill_members(); break;
    case Screen::exchange:
      fill_places();
      fill_history_of_exchanges();
      (void)nearby_.fill(now_.exchange.lan, speaking());
      break;
    case Screen::decide: fill_decide(); break;
    case Screen::access: fill_access(); break;
    case Screen::recap: fill_recap(); break;
    case Screen::settings:
    case Screen::lost: break;
  }
  note_entered();
}

void Presenter::execute(const Command& command) {
  run(command);
  refresh();
  publish();
}

void Presenter::run(const Command& command) {
  if (run_choices(command)) return;
  if (std::get_if<NewProfile>(&command)) {
    if (away_) lock();
    now_.stage = Views::Stage::first_run;
    now_.first_run = FirstRunView();
    now_.first_run.others_here = !now_.lock.profiles.empty();
    ++now_.visit;
    const std::string drawn = setup_.words.draw(setup_.random, kDrawnPassphraseWords);
    std::size_t at = 0;
    for (std::string& word : now_.first_run.passphrase) {
      const auto space = drawn.find(' ', at);
      word = drawn.substr(at, space - at);
      at = space + 1;
    }
  } else if (const auto* first = std::get_if<Begin>(&command)) {
    if (now_.stage != Views::Stage::first_run) return;
    now_.first_run.busy = true;
    publish();
    const auto done = begin(*first);
    now_.first_run.busy = false;
    now_.first_run.failed = done ? "" : error_words(done.error(), speaking());
    // The name and the passphrase hold from now on: only the neighborhood is asked for again.
    if (!done && engine_) now_.first_run.has_profile = true;
    if (done && now_.first_run.recovery.empty()) finish_first_run();
  } else if (std::get_if<PrintRecovery>(&command)) {
    print_first_run();
  } else if (std::get_if<FinishFirstRun>(&command)) {
    if (now_.stage == Views::Stage::first_run) finish_first_run();
  } else if (now_.stage != Views::Stage::lock && run_picker(command)) {
    return;
  } else if (run_lock(command)) {
    return;
  } else if (std::get_if<DismissRefusal>(&command)) {
    now_.shell.refused.clear();
  } else if (engine_ && now_.stage == Views::Stage::open) {
    if (const auto done = run_open(command); !done) refuse(done.error());
  }
}

Status Presenter::run_open(const Command& command) {
  if (const auto* go = std::get_if<Go>(&command)) {
    enter(go->to, go->record);
  } else if (std::get_if<Undo>(&command)) {
    return undo_last();
  } else if (const auto* search = std::get_if<SearchNeeds>(&command)) {
    need_search_ = *search;
    needs_.first = 0;
  } else if (const auto* open = std::get_if<OpenNeed>(&command)) {
    TRY_VOID(note(Access::show, "need " + open->id, 1));
    open_need_ = open->id;
    detail_stale_ = true;
  } else if (const auto* rows = std::get_if<ShowRows>(&command)) {
    (rows->of == Screen::needs ? needs_ : records_).first = rows->first;
  } else if (const auto* promised = std::get_if<Pledge>(&command)) {
    return pledge(*promised);
  } else if (const auto* given = std::get_if<HandOver>(&command)) {
    return hand_over(*given);
  } else if (const auto* closed = std::get_if<CloseNeed>(&command)) {
    return close_need(*closed);
  } else if (const auto* people = std::get_if<AskPeople>(&command)) {
    fill_people(people->typed);
  } else if (const auto* items = std::get_if<AskItems>(&command)) {
    fill_items(items->typed);
  } else if (const auto* draft = std::get_if<SaveDraft>(&command)) {
    fill_entry_hints(draft->draft);
    return save_draft(draft->draft);
  } else if (const auto* entry = std::get_if<AddEntry>(&command)) {
    return add_entry(entry->draft);
  } else if (const auto* dropped = std::get_if<DropDraft>(&command)) {
    return drop_draft(dropped->offer);
  } else if (const auto* week = std::get_if<ShowWeek>(&command)) {
    week_ = week->step == 0 ? 0 : week_ + week->step;
  } else if (const auto* names = std::get_if<AskVolunteers>(&command)) {
    fill_volunteer_names(names->typed);
  } else if (const auto* joined = std::get_if<SignUp>(&command)) {
    return sign_up(*joined);
  } else if (const auto* moved = std::get_if<MoveShift>(&command)) {
    return move_shift(*moved);
  } else if (const auto* taken = std::get_if<Resolve>(&command)) {
    return resolve(*taken);
  } else if (const auto* written = std::get_if<ResolveWith>(&command)) {
    return resolve_with(*written);
  }
  if (const auto done = run_print(command)) return *done;
  if (const auto done = run_lists(command)) return *done;
  if (const auto done = run_roster(command)) return *done;
  if (const auto done = run_erase(command)) return *done;
  if (const auto done = run_records(command)) return *done;
  if (const auto done = run_members(command)) return *done;
  if (const auto done = run_import(command)) return *done;
  if (const auto done = run_recap(command)) return *done;
  return run_exchange(command);
}

bool Presenter::idle() {
  bool moved = now_.stage == Views::Stage::first_run && notice_invitations();
  if (now_.picker) moved = notice_sticks_to_pick() || moved;
  if (moved) publish();
  if (!engine_) return false;
  const bool meeting = meet_neighbors();
  if (now_.stage != Views::Stage::open) return meeting;
  const auto more = engine_->step();
  if (!more) refuse(more.error());
  if ((now_.screen == Screen::exchange || now_.screen == Screen::members) && notice_places())
    publish();
  share_with_profiles();
  return meeting || (more && *more);
}

void Presenter::wait() { nearby_.wait(nearby_.is_expecting() ? kSoon : kIdle); }

}  // namespace rukun::ui
