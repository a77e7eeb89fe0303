// Jadwal: the generator of turns, with its preview and its publication, and turns that are swapped.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/roster_words.h"
#include "app/domain/schema.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

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

std::optional<Status> Presenter::run_roster(const Command& command) {
  if (const auto* wanted = std::get_if<PlanRoster>(&command)) return plan_roster(*wanted);
  if (const auto* seen = std::get_if<PublishRoster>(&command)) return publish_roster(*seen);
  if (std::get_if<CloseRoster>(&command)) {
    roster_.reset();
    return Status();
  }
  if (const auto* turns = std::get_if<AskTurns>(&command)) {
    fill_turns(*turns);
    return Status();
  }
  if (const auto* swap = std::get_if<SwapTurns>(&command)) return swap_turns(*swap);
  return std::nullopt;
}

// Opens the generator, or plans anew as it is wished now.
Status Presenter::plan_roster(PlanRoster command) {
  if (!space_ || !may(sf::kKind))
    return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  const bool another =
      !roster_ || (!command.activity.empty() && roster_->activity != command.activity);
  if (command.from.empty() && !roster_)
    command.from = format_date(
        local_date({setup_.clock.now().ms + 86'400'000}, setup_.utc_offset_min), context_.language);
  command.weeks = std::clamp(command.weeks, 1, kMostPlannedWeeks);
  if (command.activity.empty()) {
    TRY(const auto rows, engine_->records().rows(query_of(af::kKind)));
    for (const Row& row : rows)
      if (command.activity.empty() && roster_turns(row) != RosterTurns::nobody)
        command.activity = row.id.hex();
  }
  roster_ = std::move(command);
  // Households are personal: that their names are shown is noted once for each activity.
  if (!another) return {};
  const auto plan = wanted_turns();
  if (!plan || plan->records.turns != RosterTurns::households) return {};
  return note(Access::list, "roster", plan->records.facts.people.size());
}

Result<TurnsPlan> Presenter::wanted_turns() {
  const FieldSpec date{
      .name = "from", .label_id = "Tanggal", .label_en = "Date", .type = FieldType::date};
  TRY(const auto value, parse_value(date, roster_->from, reading()));
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || *number % 100 == 0)
    return error(Code::bad_value, speaking().words.tr("roster.whole_date"));
  TRY(const auto activity, record_of(roster_->activity));
  TurnsRequest request{activity, days_from_civil(civil_of(*number)),
                       std::int64_t{7} * roster_->weeks};
  if (request.first_day < day_at(setup_.clock.now(), setup_.utc_offset_min))
    return error(Code::bad_value, speaking().words.tr("roster.past"));
  return plan_turns(engine_->records(), space_->number, request, setup_.utc_offset_min,
                    context_.language);
}

void Presenter::fill_roster() {
  if (!roster_) return now_.schedule.roster.reset();
  RosterView view;
  if (const auto done = fill_plan(view); !done)
    view.problem = error_words(done.error(), speaking());
  const auto& before = now_.schedule.roster;
  if (!before || before->activity != view.activity || !same_turns(before->nights, view.nights))
    ++roster_number_;
  view.number = roster_number_;
  now_.schedule.roster = std::move(view);
}

Status Presenter::fill_plan(RosterView& view) {
  const Translator& words = speaking().words;
  view.activity = roster_->activity;
  view.from = roster_->from;
  view.weeks = roster_->weeks;
  for (int day = 0; day < 7; ++day)
    view.weekdays.emplace_back(weekday_word(day, context_.language));
  TRY(const auto activities, engine_->records().rows(query_of(af::kKind)));
  for (const Row& row : activities)
    if (roster_turns(row) != RosterTurns::nobody)
      view.activities.push_back({row.id.hex(), title_of_record(row.id)});
  if (view.activities.empty()) {
    view.problem = words.tr("roster.no_activity");
    if (may(af::kKind)) view.add = add_button(af::kKind, "add.activity", {{"type", "ronda"}});
    return {};
  }
  const auto wanted = wanted_turns();
  if (!wanted) {
    // What is missing is most often a word about the activity itself.
    const auto activity = record_of(roster_->activity);
    if (activity && may(af::kKind))
      view.add = edit_button(*activity, "roster.edit_activity", Icon::edit,
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
    view.left_out.push_back(title_of_record(one.person) + ": " + one.why.in(context_.language));
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

RosterNight Presenter::night_of(const TurnsPlan& plan, const RosterDay& day) {
  const Speaking how = speaking();
  const auto at = moment_of(day.day, plan.hours.from_min, setup_.utc_offset_min);
  const int days_on = plan.hours.to_min <= plan.hours.from_min ? 1 : 0;
  const auto until = moment_of(day.day + days_on, plan.hours.to_min, setup_.utc_offset_min);
  RosterNight out;
  out.day = day_words(at, how) + ", " + clock_words(at, how) + "–" + clock_words(until, how);
  const auto date = date_of_day(day.day);
  out.brief = std::to_string(date % 100);
  if (date % 100 == 1 || day.day == plan.days.front().day) {
    // "23 November 2026" without the year
    const auto whole = format_date(date, context_.language);
    out.brief = whole.substr(0, whole.rfind(' '));
  }
  out.weekday = weekday_of(day.day);
  for (const RosterPick& pick : day.picks)
    out.turns.push_back({title_of_record(pick.person), pick_words(pick).in(context_.language),
                         pick.why != RosterWhy::stands});
  if (day.cancelled) out.mark = {how.words.tr("schedule.off"), Mood::danger};
  if (day.open > 0) {
    out.mark = {how.words.tr("roster.open_places", {{"n", std::to_string(day.open)}}), Mood::warn};
    out.notes.push_back(out.mark.words);
  }
  std::string passed;
  for (const RecordId& person : day.at_limit)
    passed += (passed.empty() ? "" : ", ") + title_of_record(person);
  if (!passed.empty()) out.notes.push_back(how.words.tr("roster.at_limit", {{"names", passed}}));
  return out;
}

// Only what was seen is published: when something arrived since, the new plan is shown first.
Status Presenter::publish_roster(const PublishRoster& command) {
  if (!roster_) return {};
  fill_roster();
  if (command.number != roster_number_)
    return error(Code::bad_value, speaking().words.tr("roster.changed"));
  TRY(const auto plan, wanted_turns());
  if (plan.action.changes.empty()) return {};
  TRY_VOID(act(plan.action, "done.roster", plan.name));
  const auto first = moment_of(plan.days.front().day, 0, setup_.utc_offset_min);
  week_ = static_cast<int>((first.ms - week_start(0).ms) / (7 * std::int64_t{86'400'000}));
  roster_.reset();
  return {};
}

// A sign-up that holds, to be passed on.
Result<Row> Presenter::standing_signup(const std::string& signup) {
  TRY(const auto id, record_of(signup));
  TRY(auto row, row_of(id));
  const bool gone = row.kind != gf::kKind || number_in(row, gf::kState) == gf::kStateWithdrawn;
  if (gone || !is_none(value_in(row, gf::kAttendance)))
    return error(Code::bad_value, speaking().words.tr("roster.not_standing"));
  return row;
}

// Turns of other people on other shifts of the same activity that have not begun.
void Presenter::fill_turns(const AskTurns& command) {
  now_.schedule.turns.clear();
  const auto mine = standing_signup(command.signup);
  if (!mine) return refuse(mine.error());
  const auto my_shift = link_of(*mine, gf::kShift);
  const auto shift = my_shift ? row_of(*my_shift) : Result<Row>(error(Code::not_found, "shift"));
  const auto activity = shift ? link_of(*shift, sf::kActivity) : std::nullopt;
  if (!activity) return;
  const auto found =
      load_roster(engine_->records(), space_->number, *activity, setup_.utc_offset_min);
  if (!found) return refuse(found.error());
  const std::string typed = folded(command.typed);
  const auto me = std::find_if(found->signups.begin(), found->signups.end(),
                               [&](const RosterSignup& one) { return one.id == mine->id; });
  if (me == found->signups.end()) return;
  for (const RosterShift& other : found->shifts) {
    if (other.id == *my_shift || !other.cancelled.empty() ||
        other.hours.from_ms < setup_.clock.now().ms)
      continue;
    for (const RosterSignup& one : found->signups) {
      const bool mine_too = one.person == me->person;
      if (one.shift != other.id || one.waiting || one.attendance != 0 || mine_too) continue;
      Suggestion turn{one.id.hex(), title_of_record(one.person),
                      day_words({other.hours.from_ms}, speaking())};
      if (folded(turn.title).find(typed) == std::string::npos) continue;
      if (now_.schedule.turns.size() < kMostTurns) now_.schedule.turns.push_back(std::move(turn));
    }
  }
}

Status Presenter::swap_turns(const SwapTurns& command) {
  TRY(const auto one, standing_signup(command.signup));
  TRY(const auto other, standing_signup(command.other));
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
  return act(Action{{in_place_of(one, other), in_place_of(other, one), withdrawal(one),
                     withdrawal(other)}},
             "done.swap", title_of_record(one.id));
}

}  // namespace rukun::ui
