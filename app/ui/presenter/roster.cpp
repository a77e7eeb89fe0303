#include "app/ui/presenter/roster.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/roster_words.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/shifts.h"

namespace rukun::ui {
namespace {

namespace gf = fields::signup;
namespace sf = fields::shift;
namespace af = fields::activity;
constexpr int kMostPlannedWeeks = 12;
constexpr std::size_t kMostTurns = 6;

// Two plans that would publish the same.
bool same_turns(const std::vector<RosterNight>& a, const std::vector<RosterNight>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.day == y.day && x.turns == y.turns;
  });
}

}  // namespace

std::optional<Status> RosterPart::run(const Command& command) {
  if (const auto* wanted = std::get_if<PlanRoster>(&command)) return plan(*wanted);
  if (const auto* seen = std::get_if<PublishRoster>(&command)) return publish(*seen);
  if (std::get_if<CloseRoster>(&command)) {
    wishes_.reset();
    return Status();
  }
  if (const auto* turns = std::get_if<AskTurns>(&command)) {
    fill_turns(*turns);
    return Status();
  }
  if (const auto* swap = std::get_if<SwapTurns>(&command)) return swap_turns(*swap);
  return std::nullopt;
}

Status RosterPart::plan(PlanRoster command) {
  if (!desk_.has_space() || !desk_.may(sf::kKind))
    return error(Code::not_allowed, desk_.speaking().words.tr("refused.no_space"));
  const bool another =
      !wishes_ || (!command.activity.empty() && wishes_->activity != command.activity);
  if (command.from.empty() && !wishes_)
    command.from = format_date(
        local_date({desk_.setup().clock.now().ms + 86'400'000}, desk_.setup().utc_offset_min),
        desk_.language());
  command.weeks = std::clamp(command.weeks, 1, kMostPlannedWeeks);
  if (command.activity.empty()) {
    TRY(const auto rows, desk_.engine().records().rows(desk_.query_of(af::kKind)));
    for (const Row& row : rows)
      if (command.activity.empty() && roster_turns(row) != RosterTurns::nobody)
        command.activity = row.id.hex();
  }
  wishes_ = std::move(command);
  // Households are personal: that their names are shown is noted once for each activity.
  if (!another) return {};
  const auto plan = wanted_turns();
  if (!plan || plan->records.turns != RosterTurns::households) return {};
  return desk_.note(Access::list, "roster", plan->records.facts.people.size());
}

Result<TurnsPlan> RosterPart::wanted_turns() {
  const FieldSpec date{
      .name = "from", .label_id = "Tanggal", .label_en = "Date", .type = FieldType::date};
  TRY(const auto value, parse_value(date, wishes_->from, desk_.reading()));
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || *number % 100 == 0)
    return error(Code::bad_value, desk_.speaking().words.tr("roster.whole_date"));
  TRY(const auto activity, record_of(wishes_->activity));
  TurnsRequest request{activity, days_from_civil(civil_of(*number)),
                       std::int64_t{7} * wishes_->weeks};
  if (request.first_day < day_at(desk_.setup().clock.now(), desk_.setup().utc_offset_min))
    return error(Code::bad_value, desk_.speaking().words.tr("roster.past"));
  return plan_turns(desk_.engine().records(), desk_.space().number, request,
                    desk_.setup().utc_offset_min, desk_.language());
}

void RosterPart::fill() {
  if (!wishes_) return desk_.now.schedule.roster.reset();
  RosterView view;
  if (const auto done = fill_plan(view); !done)
    view.problem = error_words(done.error(), desk_.speaking());
  const auto& before = desk_.now.schedule.roster;
  if (!before || before->activity != view.activity || !same_turns(before->nights, view.nights))
    ++number_;
  view.number = number_;
  desk_.now.schedule.roster = std::move(view);
}

Status RosterPart::fill_plan(RosterView& view) {
  const Translator& words = desk_.speaking().words;
  view.activity = wishes_->activity;
  view.from = wishes_->from;
  view.weeks = wishes_->weeks;
  for (int day = 0; day < 7; ++day) view.weekdays.emplace_back(weekday_word(day, desk_.language()));
  TRY(const auto activities, desk_.engine().records().rows(desk_.query_of(af::kKind)));
  for (const Row& row : activities)
    if (roster_turns(row) != RosterTurns::nobody)
      view.activities.push_back({row.id.hex(), desk_.title_of(row.id)});
  if (view.activities.empty()) {
    view.problem = words.tr("roster.no_activity");
    if (desk_.may(af::kKind))
      view.add = add_button(desk_, af::kKind, "add.activity", {{"type", "ronda"}});
    return {};
  }
  const auto wanted = wanted_turns();
  if (!wanted) {
    // What is missing is most often a word about the activity itself.
    const auto activity = record_of(wishes_->activity);
    if (activity && desk_.may(af::kKind))
      view.add = edit_button(desk_, *activity, "roster.edit_activity", Icon::edit,
                             {"default_slots", "recurrence"});
    return tl::make_unexpected(wanted.error());
  }
  const TurnsPlan& plan = *wanted;
  std::map<RecordId, std::int64_t> times;
  for (const RosterDay& day : plan.days) {
    view.nights.push_back(night_of(plan, day));
    view.nights.back().week =
        static_cast<int>((day.day - plan.days.front().day + weekday_of(plan.days.front().day)) / 7);
    for (const RosterPick& pick : day.picks) ++times[pick.person];
  }
  for (const LeftOut& one : plan.records.left_out)
    view.left_out.push_back(desk_.title_of(one.person) + ": " + one.why.in(desk_.language()));
  const auto count = [](std::size_t n) { return std::to_string(n); };
  view.changes.push_back(
      words.tr("roster.changes", {{"shifts", count(plan.shifts)}, {"turns", count(plan.turns)}}));
  if (!times.empty()) {
    const auto [least, most] =
        std::minmax_element(times.begin(), times.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; });
    view.changes.push_back(words.tr("roster.spread", {{"people", count(times.size())},
                                                      {"least", std::to_string(least->second)},
                                                      {"most", std::to_string(most->second)}}));
  }
  view.may_publish = !plan.action.changes.empty();
  if (!view.may_publish) view.changes = {words.tr("roster.nothing")};
  return {};
}

RosterNight RosterPart::night_of(const TurnsPlan& plan, const RosterDay& day) {
  const Speaking how = desk_.speaking();
  const auto at = moment_of(day.day, plan.hours.from_min, desk_.setup().utc_offset_min);
  const int days_on = plan.hours.to_min <= plan.hours.from_min ? 1 : 0;
  const auto until = moment_of(day.day + days_on, plan.hours.to_min, desk_.setup().utc_offset_min);
  RosterNight out;
  out.day = day_words(at, how) + ", " + hours_words(at, until, how);
  const auto date = date_of_day(day.day);
  out.brief = std::to_string(date % 100);
  if (date % 100 == 1 || day.day == plan.days.front().day) {
    // "23 November 2026" without the year
    const auto whole = format_date(date, desk_.language());
    out.brief = whole.substr(0, whole.rfind(' '));
  }
  out.weekday = weekday_of(day.day);
  for (const RosterPick& pick : day.picks)
    out.turns.push_back({desk_.title_of(pick.person), pick_words(pick).in(desk_.language()),
                         pick.why != RosterWhy::stands});
  if (day.cancelled) out.mark = {how.words.tr("schedule.off"), Mood::danger};
  if (day.open > 0) {
    out.mark = {how.words.tr("roster.open_places", {{"n", std::to_string(day.open)}}), Mood::warn};
    out.notes.push_back(out.mark.words);
  }
  std::string passed;
  for (const RecordId& person : day.at_limit)
    passed += (passed.empty() ? "" : ", ") + desk_.title_of(person);
  if (!passed.empty()) out.notes.push_back(how.words.tr("roster.at_limit", {{"names", passed}}));
  return out;
}

// Only what was seen is published: when something arrived since, the new plan is shown first.
Status RosterPart::publish(const PublishRoster& command) {
  if (!wishes_) return {};
  fill();
  if (command.number != number_)
    return error(Code::bad_value, desk_.speaking().words.tr("roster.changed"));
  TRY(const auto plan, wanted_turns());
  if (plan.action.changes.empty()) return {};
  TRY_VOID(desk_.act(plan.action, "done.roster", plan.name));
  const auto first = moment_of(plan.days.front().day, 0, desk_.setup().utc_offset_min);
  schedule_.show_week_with(first);
  wishes_.reset();
  return {};
}

// Turns of other people on other shifts of the same activity that have not begun.
void RosterPart::fill_turns(const AskTurns& command) {
  desk_.now.schedule.turns.clear();
  const auto mine = standing_signup(desk_, command.signup);
  if (!mine) return desk_.refuse(mine.error());
  const auto my_shift = link_in(*mine, gf::kShift);
  const auto shift =
      my_shift ? desk_.row_of(*my_shift) : Result<Row>(error(Code::not_found, "shift"));
  const auto activity = shift ? link_in(*shift, sf::kActivity) : std::nullopt;
  if (!activity) return;
  const auto found = load_roster(desk_.engine().records(), desk_.space().number, *activity,
                                 desk_.setup().utc_offset_min);
  if (!found) return desk_.refuse(found.error());
  const std::string typed = folded(command.typed);
  const auto me = std::find_if(found->signups.begin(), found->signups.end(),
                               [&](const RosterSignup& one) { return one.id == mine->id; });
  if (me == found->signups.end()) return;
  for (const RosterShift& other : found->shifts) {
    if (other.id == *my_shift || !other.cancelled.empty() ||
        other.hours.from_ms < desk_.setup().clock.now().ms)
      continue;
    for (const RosterSignup& one : found->signups) {
      const bool mine_too = one.person == me->person;
      if (one.shift != other.id || one.waiting || one.attendance != 0 || mine_too) continue;
      Suggestion turn{one.id.hex(), desk_.title_of(one.person),
                      day_words({other.hours.from_ms}, desk_.speaking())};
      if (folded(turn.title).find(typed) == std::string::npos) continue;
      if (desk_.now.schedule.turns.size() < kMostTurns)
        desk_.now.schedule.turns.push_back(std::move(turn));
    }
  }
}

Status RosterPart::swap_turns(const SwapTurns& command) {
  TRY(const auto one, standing_signup(desk_, command.signup));
  TRY(const auto other, standing_signup(desk_, command.other));
  const auto in_place_of = [](const Row& person, const Row& of) {
    AddRecord out{gf::kKind, {{gf::kShift, OpType::put, value_in(of, gf::kShift)}}};
    for (const FieldId field : {gf::kVolunteer, gf::kHousehold})
      if (const Value& who = value_in(person, field); !is_none(who))
        out.fields.push_back({field, OpType::put, who});
    out.fields.push_back({gf::kReplaces, OpType::put, of.id});
    return out;
  };
  const auto withdrawal = [](const Row& row) {
    return SetFields{row.id, {{gf::kState, OpType::put, gf::kStateWithdrawn}}};
  };
  return desk_.act(Action{{in_place_of(one, other), in_place_of(other, one), withdrawal(one),
                           withdrawal(other)}},
                   "done.swap", desk_.title_of(one.id));
}

}  // namespace rukun::ui
