#include "app/ui/presenter/home.h"

#include <algorithm>
#include <utility>

#include "app/domain/fields.h"
#include "app/domain/rules/attention.h"
#include "app/engine/authors.h"
#include "app/ui/presenter/chart_lines.h"
#include "app/ui/presenter/kind_plans.h"
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

// Where it is settled, and the record that it is about.
AttentionRow attention_row(Desk& desk, const AttentionItem& item) {
  AttentionRow row{item.text.in(desk.language()), "", Screen::home, ""};
  const bool duty = item.code == "waiting_list" || item.code == "moved_up" ||
                    item.code == "overlap" || item.code == "twin_shift";
  if (duty) row.to = Screen::schedule;
  if (item.code == "bumped") {
    if (const auto pledge = desk.row_of(item.record)) {
      if (const auto need = link_in(*pledge, fields::pledge::kNeed)) row.record = need->hex();
      row.to = Screen::needs;
    }
  }
  if (item.kind == fields::contribution::kKind) {
    if (const auto given = desk.row_of(item.record)) {
      if (const auto drive = link_in(*given, fields::contribution::kDrive))
        row.record = drive->hex();
      row.to = Screen::community;
    }
  }
  // Most of it is settled on the record's own page: two that may be the same, a program's
  // stock.
  if (const auto screen = screen_of(item.kind); screen && row.to == Screen::home) {
    row.to = *screen;
    row.record = item.record.hex();
  }
  if (row.to != Screen::home) row.action = desk.speaking().words.tr("attention.see");
  return row;
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
  if (desk_.space().role == rukun::Role::head) {
    const auto masked = desk_.engine().masked(desk_.space().id);
    if (masked && !masked->empty())
      rows.push_back({how.words.tr("attention.masked", {{"n", std::to_string(masked->size())}}),
                      how.words.tr("attention.see"), Screen::members, ""});
  }
  AttentionContext context{desk_.engine().records(),
                           {desk_.space().number},
                           how.now,
                           how.utc_offset_min,
                           &desk_.setup().items};
  add_asker(desk_.engine(), context);
  if (const auto items = attention(context)) {
    for (const AttentionItem& item : *items) {
      if (item.code == "conflict" || item.code == "deletion_disputed" ||
          rows.size() >= kMostAttention)
        continue;
      rows.push_back(attention_row(desk_, item));
    }
  } else {
    desk_.refuse(items.error());
  }
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
