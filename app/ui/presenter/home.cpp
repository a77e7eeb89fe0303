#include "app/ui/presenter/home.h"

#include <algorithm>
#include <utility>

#include "app/ui/presenter/chart_lines.h"
#include "app/ui/presenter/need_words.h"
#include "app/ui/presenter/shifts.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostAttention = 6;
constexpr std::size_t kMostNeedsAtHome = 6;
constexpr std::size_t kMostShiftsAtHome = 5;

// A head without a single neighbor.
bool alone(Desk& desk) {
  const auto spaces = desk.engine().spaces();
  return std::any_of(spaces.begin(), spaces.end(), [&](const SpaceInfo& one) {
    return one.id == desk.space().id && one.members == 1 && one.role == rukun::Role::head;
  });
}

void count_met(Desk& desk, const std::vector<ListedNeed>& all) {
  ChartLine& met = desk.now.home.met;
  met = {};
  met.label = desk.speaking().words.tr("home.met");
  for (const ListedNeed& need : all) count_state(need.state, met);
  met.words = counted_words(desk, met);
}

}  // namespace

void HomePart::fill_attention() {
  if (std::exchange(attention_at_, desk_.version()) == desk_.version()) return;
  auto& rows = desk_.now.home.attention;
  rows.clear();
  const Speaking how = desk_.speaking();
  if (desk_.now.shell.to_decide > 0) {
    const std::string count = std::to_string(desk_.now.shell.to_decide);
    rows.push_back({how.words.tr("attention.decide", {{"n", count}}),
                    how.words.tr("attention.decide_action"), Screen::decide, ""});
  }
  if (!desk_.space().role)
    rows.push_back(
        {how.words.tr("attention.waiting"), how.words.tr("exchange.title"), Screen::exchange, ""});
  const auto& waiting = waiting_.lines();
  const std::size_t room = kMostAttention - std::min(rows.size(), kMostAttention);
  // One that is left out would be told in as many words.
  const std::size_t shown =
      waiting.size() <= room ? waiting.size() : room - std::min<std::size_t>(room, 1);
  rows.insert(rows.end(), waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(shown));
  if (const std::size_t more = waiting.size() - shown; more > 0)
    rows.push_back({how.words.tr("attention.more", {{"n", std::to_string(more)}}),
                    how.words.tr("attention.see"), Screen::decide, ""});
  // Whoever is alone has nobody yet whom anything could reach.
  if (alone(desk_)) {
    rows.push_back(
        {how.words.tr("attention.alone"), how.words.tr("attention.invite"), Screen::members, ""});
  } else if (desk_.now.shell.status.unsent > 0) {
    const std::string count = std::to_string(desk_.now.shell.status.unsent);
    rows.push_back({how.words.tr("attention.unsent", {{"n", count}}),
                    how.words.tr("exchange.title"), Screen::exchange, ""});
  } else if (desk_.space().role && desk_.now.shell.status.unsent_acts > 0) {
    const bool head = desk_.space().role == rukun::Role::head;
    rows.push_back({how.words.tr(head ? "attention.acts_unsent" : "attention.joined"),
                    how.words.tr("exchange.title"), Screen::exchange, ""});
  }
}

void HomePart::fill() {
  if (std::exchange(filled_at_, desk_.glance()) == desk_.glance()) return;
  fill_attention();
  desk_.now.home.shifts = shifts_of_week(desk_, 0);
  auto& shifts = desk_.now.home.shifts;
  shifts.erase(std::remove_if(shifts.begin(), shifts.end(),
                              [&](const ShiftRow& s) { return !s.cancelled.empty(); }),
               shifts.end());
  if (shifts.size() > kMostShiftsAtHome) shifts.resize(kMostShiftsAtHome);
  desk_.now.home.needs.clear();
  desk_.now.home.open_needs = 0;
  const auto all = desk_.all_needs();
  if (!all) return desk_.refuse(all.error());
  count_met(desk_, **all);
  for (const ListedNeed& need : **all) {
    if (need.state != rukun::NeedState::open && need.state != rukun::NeedState::partly) continue;
    ++desk_.now.home.open_needs;
    if (desk_.now.home.needs.size() >= kMostNeedsAtHome) continue;
    if (const auto row = desk_.row_of(need.id)) {
      if (auto shown = need_row(desk_, *row)) desk_.now.home.needs.push_back(std::move(*shown));
    }
  }
}

}  // namespace rukun::ui
