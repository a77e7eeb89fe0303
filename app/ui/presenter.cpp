// Where each command goes, and in which order the picture is filled.
#include "app/ui/presenter.h"

#include <algorithm>

#include "app/ui/presenter/access.h"
#include "app/ui/presenter/choices.h"
#include "app/ui/presenter/conflicts.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/details_people.h"
#include "app/ui/presenter/entry.h"
#include "app/ui/presenter/erase.h"
#include "app/ui/presenter/exchange.h"
#include "app/ui/presenter/members.h"
#include "app/ui/presenter/places.h"
#include "app/ui/presenter/receipts.h"
#include "app/ui/presenter/safety.h"

namespace rukun::ui {
namespace {

constexpr std::int64_t kShareEvery_ms = 60'000;

}  // namespace

Presenter::Presenter(PresenterSetup setup)
    : desk_(std::move(setup)),
      status_line_(desk_),
      lists_(desk_),
      waiting_(desk_),
      home_(desk_, waiting_),
      needs_(desk_, lists_),
      records_(desk_, lists_),
      form_(desk_, lists_),
      schedule_(desk_, lists_),
      roster_(desk_, schedule_),
      print_(desk_, lists_, schedule_),
      bulk_(desk_, lists_, print_),
      import_(desk_),
      picker_(desk_),
      recap_(desk_),
      lock_(desk_),
      neighbors_(desk_) {}

Presenter::~Presenter() = default;

void Presenter::execute(const Command& command) {
  run(command);
  refresh();
  desk_.publish();
}

void Presenter::run(const Command& command) {
  if (run_choices(desk_, command) || run_stages(command)) return;
  if (desk_.now.stage != Views::Stage::lock && picker_.run(command)) return;
  if (std::get_if<DismissRefusal>(&command)) {
    desk_.now.shell.refused.clear();
  } else if (desk_.is_open() && desk_.now.stage == Views::Stage::open) {
    if (const auto done = run_open(command); !done) desk_.refuse(done.error());
    if (const auto screen = desk_.take_go()) enter(*screen, "");
  }
}

Status Presenter::run_open(const Command& command) {
  if (const auto* go = std::get_if<Go>(&command)) {
    enter(go->to, go->record);
    return {};
  }
  if (const auto* deed = std::get_if<Deed>(&command)) return do_deed(*deed);
  if (const auto done = lists_.run(command)) return *done;
  if (const auto done = needs_.run(command)) return *done;
  if (const auto done = form_.run(command)) return *done;
  if (const auto done = run_entry(desk_, command)) return *done;
  if (const auto done = schedule_.run(command)) return *done;
  if (const auto done = roster_.run(command)) return *done;
  if (const auto done = bulk_.run(command)) return *done;
  if (const auto done = print_.run(command)) return *done;
  if (const auto done = run_decide(desk_, command)) return *done;
  if (const auto done = run_erase(desk_, command)) return *done;
  if (const auto done = run_members(desk_, command)) return *done;
  if (const auto done = import_.run(command)) return *done;
  if (const auto done = recap_.run(command)) return *done;
  if (const auto done = lock_.run(command)) return *done;
  if (const auto done = run_safety(desk_, command)) return *done;
  if (const auto done = neighbors_.run(command)) return *done;
  return run_exchange(desk_, command).value_or(Status());
}

Status Presenter::do_deed(const Deed& deed) {
  switch (deed.what) {
    case Deed::What::nothing: return {};
    case Deed::What::open: enter(deed.screen, deed.record); return {};
    case Deed::What::add:
    case Deed::What::edit: return form_.open(deed);
    case Deed::What::write: return write_fields(desk_, deed);
    case Deed::What::differ: return keep_apart(desk_, deed.record, deed.other);
    case Deed::What::join: return schedule_.join_myself(deed.record);
    case Deed::What::roster: return roster_.plan({});
    case Deed::What::erase: return ask_erase(desk_, deed.record);
    case Deed::What::print: return print_.print(deed);
    case Deed::What::copy: return print_.copy(deed);
    case Deed::What::import: import_.open(deed.kind); return {};
    case Deed::What::erased: desk_.now.erase = EraseView{.listing = true}; return {};
  }
  return {};
}

void Presenter::enter(Screen screen, const std::string& record) {
  Views& now = desk_.now;
  // A receipt that was seen says nothing about the next exchange.
  if (now.screen == Screen::exchange && !now.exchange.running) {
    now.exchange.receipt.reset();
    now.exchange.failed.clear();
  }
  now.screen = screen;
  ++now.visit;
  desk_.look_again();
  if (screen == Screen::needs) needs_.enter(record);
  if (screen == Screen::need_entry || screen == Screen::offer_entry)
    open_entry(desk_, screen == Screen::offer_entry);
  schedule_.enter();
  roster_.enter();
  now.safety = SafetyView();
  if (screen == Screen::safety) enter_safety(desk_);
  now.erase = EraseView();
  now.import = ImportView();
  picker_.close();
  now.members.lost.reset();
  now.shell.print.reset();
  form_.close();
  lists_.enter();
  recap_.enter();
  if (!record.empty()) open_entered(record);
  desk_.entered = true;
}

void Presenter::open_entered(const std::string& record) {
  if (desk_.now.screen == Screen::schedule) {
    lists_.set_opened(record);
    return schedule_.show_week_of(record);
  }
  if (tabs_of(desk_.now.screen).empty()) return;
  if (const auto opened = lists_.open_listed(record); !opened) desk_.refuse(opened.error());
}

void Presenter::refresh() {
  if (!desk_.is_open() || desk_.now.stage != Views::Stage::open) return;
  if (!desk_.has_space() || desk_.space().name.empty()) desk_.choose_space();
  status_line_.fill();
  if (!desk_.has_space()) return;
  // What a form stands in front of is made anew when it is seen again.
  if (desk_.now.form && !desk_.entered) return;
  switch (desk_.now.screen) {
    case Screen::home: home_.fill(); break;
    case Screen::needs: needs_.fill(); break;
    case Screen::need_entry:
    case Screen::offer_entry: break;
    case Screen::offers:
    case Screen::volunteers:
    case Screen::households:
    case Screen::distribution:
    case Screen::community: records_.fill(); break;
    case Screen::schedule:
      schedule_.fill();
      roster_.fill();
      break;
    case Screen::members: fill_members(desk_); break;
    case Screen::exchange:
      fill_places(desk_);
      fill_history_of_exchanges(desk_);
      neighbors_.fill();
      break;
    case Screen::decide: fill_decide(desk_, waiting_.lines()); break;
    case Screen::access: fill_access(desk_); break;
    case Screen::safety: fill_safety(desk_); break;
    case Screen::recap: recap_.fill(); break;
    case Screen::settings:
    case Screen::lost: break;
  }
  note_entered();
}

// Once for each time that a list of people is entered, before it is published. What cannot be put
// on record is not shown; it is tried again with the next picture.
void Presenter::note_entered() {
  if (!desk_.entered) return;
  Status noted;
  if (desk_.now.screen == Screen::needs) noted = needs_.note_opened();
  if (!tabs_of(desk_.now.screen).empty()) noted = records_.note_listed();
  desk_.entered = !noted;
  if (noted) return;
  needs_.hide();
  records_.hide();
  desk_.refuse(noted.error());
}

bool Presenter::idle() {
  bool moved = desk_.now.stage == Views::Stage::first_run && notice_invitations(desk_);
  if (desk_.now.picker) moved = picker_.notice_sticks() || moved;
  if (moved) desk_.publish();
  if (!desk_.is_open()) return false;
  const bool meeting = meet_neighbors();
  if (desk_.now.stage != Views::Stage::open) return meeting;
  const auto more = desk_.engine().step();
  if (!more) desk_.refuse(more.error());
  const Screen screen = desk_.now.screen;
  if ((screen == Screen::exchange || screen == Screen::members) && notice_places(desk_))
    desk_.publish();
  share_with_profiles();
  return meeting || (more && *more);
}

// True when more is to be done at once.
bool Presenter::meet_neighbors() {
  const auto step = neighbors_.step();
  if (!step.done) return false;
  if (step.received) {
    // Who had only the words of an invitation has just been let in.
    if (desk_.now.stage == Views::Stage::first_run && desk_.now.first_run.has_profile &&
        desk_.has_space())
      finish_first_run();
    refresh();
    desk_.publish();
  }
  neighbors_.tell();
  return step.more;
}

// What the others of this laptop have written, now and then; soon after something changed here.
void Presenter::share_with_profiles() {
  const std::int64_t now_ms = desk_.setup().clock.steady_ms();
  if (!several_profiles_ || (now_ms < next_share_ms_ && shared_at_ == desk_.version())) return;
  next_share_ms_ = now_ms + kShareEvery_ms;
  shared_at_ = desk_.version();
  const auto shared = desk_.engine().sync_shared();
  if (!shared) return desk_.refuse(shared.error());
  if (std::none_of(shared->spaces.begin(), shared->spaces.end(),
                   [](const auto& s) { return s.received > 0; }))
    return;
  desk_.wrote();
  shared_at_ = desk_.version();
  refresh();
  desk_.publish();
}

}  // namespace rukun::ui
