#include "app/ui/presenter/neighbors.h"

#include <algorithm>

#include "app/ui/presenter/receipts.h"

namespace rukun::ui {
namespace {

constexpr std::string_view kNearbySetting = "nearby";
constexpr std::int64_t kAfterTrouble_ms = 10'000;
constexpr std::int64_t kTellNeighborsEvery_ms = 200;

bool brought_something(const LanMeeting& meeting) {
  return std::any_of(meeting.report.spaces.begin(), meeting.report.spaces.end(),
                     [](const SpaceExchange& one) { return one.received > 0 || one.sent > 0; });
}

constexpr std::chrono::milliseconds kSoon{50};
constexpr std::chrono::milliseconds kIdle{1'000};

}  // namespace

std::optional<Status> NeighborsPart::run(const Command& command) {
  if (std::get_if<LookForNeighbors>(&command)) return look();
  if (const auto* there = std::get_if<MeetAddress>(&command)) return meet(*there);
  if (const auto* nearby = std::get_if<ChooseNearby>(&command)) return choose(nearby->on);
  return std::nullopt;
}

NeighborsPart::Step NeighborsPart::step() {
  const std::int64_t now_ms = desk_.setup().clock.steady_ms();
  if (now_ms < next_ms_) return {};
  const auto more = nearby_.step();
  if (!more) {
    next_ms_ = now_ms + kAfterTrouble_ms;
    desk_.refuse(more.error());
    desk_.publish();
    return {};
  }
  return {true, *more, take_meetings()};
}

void NeighborsPart::tell() {
  end_look();
  const std::int64_t now_ms = desk_.setup().clock.steady_ms();
  if (now_ms >= next_tell_ms_ && nearby_.fill(desk_.now.exchange.lan, desk_.speaking())) {
    next_tell_ms_ = now_ms + kTellNeighborsEvery_ms;
    if (desk_.now.screen == Screen::exchange) desk_.publish();
  }
}

void NeighborsPart::fill() { (void)nearby_.fill(desk_.now.exchange.lan, desk_.speaking()); }

void NeighborsPart::wait() { nearby_.wait(nearby_.is_expecting() ? kSoon : kIdle); }

void NeighborsPart::open() {
  const auto chosen = desk_.engine().local().setting(kNearbySetting);
  desk_.now.exchange.lan = {};
  desk_.now.exchange.lan.off = chosen && *chosen && **chosen == "off";
  if (!desk_.now.exchange.lan.off) nearby_.open(desk_.engine());
}

Status NeighborsPart::choose(bool on) {
  TRY_VOID(desk_.engine().local().set_setting(kNearbySetting, on ? "on" : "off"));
  nearby_.close();
  open();
  return {};
}

// True when any ended.
bool NeighborsPart::take_meetings() {
  bool any = false, moved = false;
  for (const LanMeeting& meeting : nearby_.take_meetings(desk_.setup().clock.now())) {
    any = true;
    if (!brought_something(meeting)) continue;
    moved = true;
    note_exchange(desk_, meeting.name.empty() ? meeting.place : meeting.name, meeting.report);
  }
  if (!any) return false;
  desk_.look_again();
  if (moved) {
    // A save that failed stays told until one succeeds.
    const std::string failed = std::move(desk_.now.shell.status.failed);
    desk_.wrote();
    desk_.now.shell.status.failed = failed;
  }
  if (!desk_.has_space()) desk_.choose_space();
  next_tell_ms_ = 0;
  return true;
}

// What was asked for ends in an explicit result and a next step.
void NeighborsPart::end_look() {
  const auto found = nearby_.take_found(desk_.setup().clock);
  if (!found) return;
  const Speaking how = desk_.speaking();
  if (found->met == 0) {
    desk_.now.exchange.failed = found->trouble.empty()
                                    ? how.words.tr("lan.nobody")
                                    : how.words.tr("lan.not_there", {{"why", found->trouble}});
  } else {
    ExchangeReceipt receipt = receipt_of(desk_, found->report);
    receipt.place = found->names.empty() ? how.words.tr("lan.newcomer") : found->names;
    receipt.device = false;
    desk_.now.exchange.receipt = std::move(receipt);
  }
  next_tell_ms_ = 0;
  (void)nearby_.fill(desk_.now.exchange.lan, how);
  desk_.publish();
}

Status NeighborsPart::look() {
  desk_.now.exchange.failed.clear();
  desk_.now.exchange.receipt.reset();
  return nearby_.look(desk_.setup().clock, desk_.speaking());
}

Status NeighborsPart::meet(const MeetAddress& command) {
  desk_.now.exchange.failed.clear();
  desk_.now.exchange.receipt.reset();
  return nearby_.meet(command.address, desk_.setup().clock, desk_.speaking());
}

}  // namespace rukun::ui
