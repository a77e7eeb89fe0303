// Tukar data with laptops near by: they meet by themselves while a profile is open, and at once
// when somebody asks for it.
#include <algorithm>

#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::string_view kNearbySetting = "nearby";
constexpr std::int64_t kAfterTrouble_ms = 10'000;
constexpr std::int64_t kTellEvery_ms = 200;

bool brought_something(const LanMeeting& meeting) {
  return std::any_of(meeting.report.spaces.begin(), meeting.report.spaces.end(),
                     [](const SpaceExchange& one) { return one.received > 0 || one.sent > 0; });
}

}  // namespace

void Presenter::open_neighbors() {
  const auto chosen = engine_->local().setting(kNearbySetting);
  now_.exchange.lan = {};
  now_.exchange.lan.off = chosen && *chosen && **chosen == "off";
  if (!now_.exchange.lan.off) nearby_.open(*engine_);
}

Status Presenter::choose_nearby(bool on) {
  TRY_VOID(engine_->local().set_setting(kNearbySetting, on ? "on" : "off"));
  nearby_.close();
  open_neighbors();
  return {};
}

// A small step of all meetings; true when more is to be done at once.
bool Presenter::meet_neighbors() {
  const std::int64_t now_ms = setup_.clock.steady_ms();
  if (now_ms < next_lan_ms_) return false;
  const auto more = nearby_.step();
  if (!more) {
    next_lan_ms_ = now_ms + kAfterTrouble_ms;
    refuse(more.error());
    publish();
    return false;
  }
  take_meetings();
  end_look();
  if (now_ms >= next_tell_ms_ && nearby_.fill(now_.exchange.lan, speaking())) {
    next_tell_ms_ = now_ms + kTellEvery_ms;
    if (now_.screen == Screen::exchange) publish();
  }
  return *more;
}

void Presenter::take_meetings() {
  bool any = false, moved = false;
  for (const LanMeeting& meeting : nearby_.take_meetings(setup_.clock.now())) {
    any = true;
    if (!brought_something(meeting)) continue;
    moved = true;
    note_exchange(meeting.name.empty() ? meeting.place : meeting.name, meeting.report);
  }
  if (!any) return;
  status_stale_ = home_stale_ = detail_stale_ = true;
  if (moved) {
    // A save that failed stays told until one succeeds.
    const std::string failed = std::move(now_.shell.status.failed);
    wrote();
    now_.shell.status.failed = failed;
  }
  if (!space_) choose_space();
  // Who had only the words of an invitation has just been let in.
  if (now_.stage == Views::Stage::first_run && now_.first_run.has_profile && space_)
    finish_first_run();
  next_tell_ms_ = 0;
  refresh();
  publish();
}

// What was asked for ends in an explicit result and a next step.
void Presenter::end_look() {
  const auto found = nearby_.take_found(setup_.clock);
  if (!found) return;
  const Speaking how = speaking();
  if (found->met == 0) {
    now_.exchange.failed = found->trouble.empty()
                               ? how.words.tr("lan.nobody")
                               : how.words.tr("lan.not_there", {{"why", found->trouble}});
  } else {
    ExchangeReceipt receipt = receipt_of(found->report);
    receipt.place = found->names.empty() ? how.words.tr("lan.newcomer") : found->names;
    receipt.device = false;
    now_.exchange.receipt = std::move(receipt);
  }
  next_tell_ms_ = 0;
  (void)nearby_.fill(now_.exchange.lan, how);
  publish();
}

Status Presenter::look_for_neighbors() {
  now_.exchange.failed.clear();
  now_.exchange.receipt.reset();
  return nearby_.look(setup_.clock, speaking());
}

Status Presenter::meet_address(const MeetAddress& command) {
  now_.exchange.failed.clear();
  now_.exchange.receipt.reset();
  return nearby_.meet(command.address, setup_.clock, speaking());
}

}  // namespace rukun::ui
