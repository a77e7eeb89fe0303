// Jadwal: the week, one shift with whoever is on it, and signing up.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

namespace sf = fields::shift;
namespace gf = fields::signup;
constexpr std::size_t kMostNames = 6;
constexpr std::int64_t kDay_ms = 86'400'000;

struct Attendance {
  std::int64_t code;
  const char* name;
  Icon icon;
};
constexpr Attendance kAttendances[] = {{gf::kAttendancePresent, "present", Icon::check},
                                       {gf::kAttendanceAbsent, "absent", Icon::close},
                                       {gf::kAttendanceExcused, "excused", Icon::clock}};

// "17–23 November 2025", "30 November – 6 Desember 2026": what both have in common is said once.
std::string both_dates(const std::string& first, const std::string& last) {
  const auto month = first.find(' ');
  const auto year = first.rfind(' ');
  if (month == std::string::npos || last.find(' ') == std::string::npos)
    return first + " – " + last;
  if (first.substr(month) == last.substr(last.find(' ')))
    return first.substr(0, month) + "–" + last;
  const bool same_year = first.substr(year) == last.substr(last.rfind(' '));
  return first.substr(0, same_year ? year : first.size()) + " – " + last;
}

}  // namespace

// Monday at midnight, by the clock on the wall here.
WallTime Presenter::week_start(int weeks_on) const {
  const std::int64_t offset_ms = std::int64_t{setup_.utc_offset_min} * 60'000;
  const std::int64_t day = (setup_.clock.now().ms + offset_ms) / kDay_ms;
  const std::int64_t monday = day - (day + 3) % 7 + 7 * std::int64_t{weeks_on};
  return {monday * kDay_ms - offset_ms};
}

Result<ShiftRow> Presenter::shift_row(const Row& row, const Derived& duty) {
  const Speaking how = speaking();
  const WallTime starts{number_of(row, sf::kStarts)};
  const WallTime ends{number_of(row, sf::kEnds)};
  ShiftRow out;
  out.id = row.id.hex();
  const std::int64_t offset_ms = std::int64_t{setup_.utc_offset_min} * 60'000;
  out.weekday = static_cast<int>(((starts.ms + offset_ms) / kDay_ms + 3) % 7);
  out.day = day_words(starts, how);
  out.time = hours_words(starts, ends, how);
  out.cancelled = text_of_field(row, sf::kCancelled);
  out.place = text_of_field(row, sf::kPlace);
  if (const auto activity = link_of(row, sf::kActivity)) {
    out.activity = title_of_record(*activity);
    const auto what = row_of(*activity);
    if (what && out.place.empty()) out.place = text_of_field(*what, fields::activity::kPlace);
  }
  const DutyBalances* balances = duty.duty(space_->number);
  const ShiftBalance* balance = balances == nullptr ? nullptr : balances->shift(row.id);
  Query query = query_of(gf::kKind);
  query.where = {{gf::kShift, Compare::equal, row.id}};
  TRY(const auto signups, engine_->records().rows(query));
  std::vector<std::pair<std::int64_t, std::string>> have, waiting;
  for (const Row& one : signups) {
    const SignupBalance* place = balances == nullptr ? nullptr : balances->signup(one.id);
    if (place == nullptr || place->position == 0) continue;
    const auto volunteer = link_of(one, gf::kVolunteer);
    const auto household = link_of(one, gf::kHousehold);
    const std::string name = volunteer   ? title_of_record(*volunteer)
                             : household ? title_of_record(*household)
                                         : std::string();
    out.mine = out.mine || (!place->waiting && name == engine_->my_name());
    (place->waiting ? waiting : have).emplace_back(place->position, name);
  }
  std::sort(have.begin(), have.end());
  std::sort(waiting.begin(), waiting.end());
  for (auto& [position, name] : have) out.people.push_back(std::move(name));
  for (auto& [position, name] : waiting) out.waiting.push_back(std::move(name));
  const bool limited = balance != nullptr && balance->slots;
  out.slots = limited ? static_cast<std::size_t>(std::max<std::int64_t>(0, *balance->slots))
                      : out.people.size() + 1;
  return out;
}

std::vector<ShiftRow> Presenter::shifts_of_week(int weeks_on) {
  std::vector<ShiftRow> out;
  Query query = query_of(sf::kKind);
  query.where = {{sf::kStarts, Compare::at_least, week_start(weeks_on).ms},
                 {sf::kStarts, Compare::less, week_start(weeks_on + 1).ms}};
  query.sort = sf::kStarts;
  const std::uint32_t spaces[] = {space_->number};
  const auto duty = Derived::load(engine_->records(), spaces, sf::kKind);
  const auto rows = engine_->records().rows(query);
  if (!duty || !rows) {
    refuse(!rows ? rows.error() : duty.error());
    return out;
  }
  for (const Row& row : *rows) {
    if (auto shift = shift_row(row, *duty)) out.push_back(std::move(*shift));
  }
  return out;
}

void Presenter::fill_schedule() {
  ScheduleView& view = now_.schedule;
  const Speaking how = speaking();
  const WallTime first = week_start(week_);
  const auto day = [&](int n) { return WallTime{first.ms + n * kDay_ms}; };
  const auto date = [&](WallTime at) {
    return format_date(local_date(at, setup_.utc_offset_min), context_.language);
  };
  view.week = both_dates(date(first), date(day(6)));
  view.today = -1;
  for (int n = 0; n < 7; ++n) {
    // "Senin, 17 November 2025" → "Senin 17"
    const std::string whole = day_words(day(n), how);
    const std::int64_t number = local_date(day(n), setup_.utc_offset_min) % 100;
    view.days[static_cast<std::size_t>(n)] =
        whole.substr(0, whole.find(',')) + " " + std::to_string(number);
    if (how.now.ms >= day(n).ms && how.now.ms < day(n + 1).ms) view.today = n;
  }
  view.shifts = shifts_of_week(week_);
  view.movable = may(sf::kKind);
  view.add.clear();
  view.new_volunteer.clear();
  if (may(fields::volunteer::kKind))
    view.new_volunteer = {add_button(fields::volunteer::kKind, "add.volunteer")};
  const auto activities = engine_->records().count(query_of(fields::activity::kKind));
  if (!activities) refuse(activities.error());
  // A shift is of an activity: without one that comes first.
  const bool begun = activities && *activities > 0;
  view.empty_words =
      how.words.tr(begun || !may(fields::activity::kKind) ? "schedule.empty" : "schedule.begin");
  if (begun && may(sf::kKind)) view.add.push_back(add_button(sf::kKind, "add.shift"));
  if (may(fields::activity::kKind))
    view.add.push_back(add_button(fields::activity::kKind, "add.activity"));
  if (may(sf::kKind)) {
    DeedButton roster;
    roster.icon = Icon::people;
    roster.label = speaking().words.tr("roster.open");
    roster.deed = {.what = Deed::What::roster};
    view.add.push_back(std::move(roster));
  }
  fill_roster();
  view.add.push_back(print_button("roster", "", "print.button"));
  view.add.push_back(print_button("roster", "", "list.copy"));
  view.add.back().icon = Icon::copy;
  view.add.back().deed.what = Deed::What::copy;
  view.open.reset();
  if (open_record_.empty()) return;
  const auto id = record_of(open_record_);
  auto detail = id ? shift_detail(*id) : Result<ShiftDetail>(tl::make_unexpected(id.error()));
  if (detail)
    view.open = std::move(*detail);
  else
    refuse(detail.error());
}

// The week that a shift is in.
void Presenter::show_week_of(const std::string& shift) {
  const auto id = record_of(shift);
  const auto row = id ? row_of(*id) : Result<Row>(tl::make_unexpected(id.error()));
  if (!row) return;
  const std::int64_t past = number_in(*row, sf::kStarts) - week_start(0).ms;
  week_ = static_cast<int>((past >= 0 ? past : past - 7 * kDay_ms + 1) / (7 * kDay_ms));
}

SignupLine Presenter::signup_line(const Row& signup, const SignupBalance& place) {
  const auto* volunteer = std::get_if<RecordId>(&value_in(signup, gf::kVolunteer));
  const auto* household = std::get_if<RecordId>(&value_in(signup, gf::kHousehold));
  const RecordId* who = volunteer != nullptr ? volunteer : household;
  SignupLine line{who == nullptr ? std::string() : title_of_record(*who), {}, {}, {}};
  if (!place.waiting && is_none(value_in(signup, gf::kAttendance)) && may(gf::kKind))
    line.passes = signup.id.hex();
  if (place.waiting)
    line.detail = speaking().words.tr("schedule.place", {{"n", std::to_string(place.position)}});
  const std::int64_t now = number_in(signup, gf::kAttendance);
  const FieldSpec& field = kind_of(gf::kKind).field(gf::kAttendance);
  for (const Attendance& one : kAttendances) {
    DeedButton button;
    button.icon = one.icon;
    button.label = format_value(field, one.code, showing());
    button.deed = {.what = Deed::What::write,
                   .record = signup.id.hex(),
                   .fields = {{"attendance", now == one.code ? "" : one.name}}};
    button.chosen = now == one.code;
    if (!place.waiting) line.attendance.push_back(std::move(button));
  }
  line.buttons = {
      write_button(signup.id, "schedule.withdraw", Icon::close, {{"state", "withdrawn"}})};
  return line;
}

Result<ShiftDetail> Presenter::shift_detail(const RecordId& id) {
  TRY(const auto row, row_of(id));
  const std::uint32_t spaces[] = {space_->number};
  TRY(const auto duty, Derived::load(engine_->records(), spaces, sf::kKind));
  ShiftDetail out;
  TRY(out.row, shift_row(row, duty));
  const DutyBalances* balances = duty.duty(space_->number);
  TRY(const auto signups, rows_where(gf::kKind, gf::kShift, id));
  std::vector<std::pair<std::int64_t, SignupLine>> on, waiting;
  std::optional<RecordId> mine;
  for (const Row& one : signups) {
    const SignupBalance* place = balances == nullptr ? nullptr : balances->signup(one.id);
    if (place == nullptr || place->position == 0) continue;
    SignupLine line = signup_line(one, *place);
    if (line.name == engine_->my_name()) mine = one.id;
    (place->waiting ? waiting : on).emplace_back(place->position, std::move(line));
  }
  const auto in_order = [](auto& lines, std::vector<SignupLine>& to) {
    std::sort(lines.begin(), lines.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, line] : lines) to.push_back(std::move(line));
  };
  in_order(on, out.people);
  in_order(waiting, out.waiting);
  for (const FieldId field : {sf::kListing, sf::kNextStep}) {
    const FieldSpec& spec = kind_of(sf::kKind).field(field);
    if (std::string words = field_words(row, spec, value_in(row, field)); !words.empty())
      out.facts.push_back({std::string(spec.label(context_.language)), std::move(words)});
  }
  if (mine) {
    out.buttons = {
        write_button(*mine, "schedule.i_withdraw", Icon::close, {{"state", "withdrawn"}})};
  } else if (out.row.cancelled.empty()) {
    DeedButton join;
    join.icon = Icon::check;
    join.label = speaking().words.tr("schedule.i_join");
    join.deed = {.what = Deed::What::join, .record = id.hex()};
    join.first = true;
    out.buttons = {std::move(join)};
  }
  if (!may(sf::kKind)) return out;
  out.buttons.push_back(edit_button(id, "record.edit", Icon::edit));
  out.buttons.push_back(
      out.row.cancelled.empty()
          ? edit_button(id, "schedule.cancel_shift", Icon::close, {"cancelled"})
          : write_button(id, "schedule.restore", Icon::undo, {{"cancelled", ""}}));
  return out;
}

bool Presenter::goes_round_households(const Row& shift) {
  const auto activity = link_of(shift, sf::kActivity);
  const auto row = activity ? row_of(*activity) : Result<Row>(error(Code::not_found, "activity"));
  return row && roster_turns(*row) == RosterTurns::households;
}

// Volunteers; where households take turns, these first.
void Presenter::fill_volunteer_names(const std::string& typed) {
  namespace v = fields::volunteer;
  namespace h = fields::household;
  now_.schedule.volunteers.clear();
  if (!space_) return;
  const auto shift_id = record_of(open_record_);
  const auto shift = shift_id ? row_of(*shift_id) : Result<Row>(error(Code::not_found, "shift"));
  if (shift && goes_round_households(*shift)) {
    Query homes = query_of(h::kKind);
    homes.search = typed;
    homes.limit = kMostNames;
    homes.where = {{h::kSameAs, Compare::equal, {}}};
    const auto rows = engine_->records().rows(homes);
    if (!rows) return refuse(rows.error());
    for (const Row& row : *rows)
      now_.schedule.volunteers.push_back(
          {row.id.hex(), title_of_record(row.id), text_in(row, h::kAddress)});
  }
  Query query = query_of(v::kKind);
  query.search = typed;
  query.limit = kMostRows;
  const auto rows = engine_->records().rows(query);
  if (!rows) return refuse(rows.error());
  for (const Row& row : *rows) {
    if (number_in(row, v::kInactive) == 1) continue;
    if (now_.schedule.volunteers.size() < kMostNames)
      now_.schedule.volunteers.push_back(
          {row.id.hex(), title_of_record(row.id),
           field_words(row, kind_of(v::kKind).field(v::kSkills), Value{})});
  }
}

// Whoever sits here takes part; becomes a volunteer with it, when no volunteer has that name yet.
Status Presenter::join_myself(const std::string& shift_id) {
  namespace v = fields::volunteer;
  TRY(const auto shift, record_of(shift_id));
  Query query = query_of(v::kKind);
  query.search = engine_->my_name();
  TRY(const auto rows, engine_->records().rows(query));
  Action action;
  Value me = LocalRef{0};
  for (const Row& row : rows) {
    if (title_of_record(row.id) == engine_->my_name()) me = row.id;
  }
  if (std::holds_alternative<LocalRef>(me))
    action.changes.emplace_back(AddRecord{v::kKind, {{v::kName, OpType::put, engine_->my_name()}}});
  action.changes.emplace_back(AddRecord{
      gf::kKind, {{gf::kShift, OpType::put, shift}, {gf::kVolunteer, OpType::put, std::move(me)}}});
  return act(action, "done.sign_up", engine_->my_name());
}

Status Presenter::sign_up(const SignUp& command) {
  TRY(const auto shift, record_of(command.shift));
  TRY(const auto person, record_of(command.person));
  TRY(const auto who, row_of(person));
  const bool household = who.kind == fields::household::kKind;
  AddRecord added{gf::kKind,
                  {{gf::kShift, OpType::put, shift},
                   {household ? gf::kHousehold : gf::kVolunteer, OpType::put, person}}};
  if (command.replaces.empty())
    return act(Action{{std::move(added)}}, "done.sign_up", title_of_record(person));
  TRY(const auto before, standing_signup(command.replaces));
  added.fields.push_back({gf::kReplaces, OpType::put, before.id});
  const SetFields withdrawal{before.id, {{gf::kState, OpType::put, gf::kStateWithdrawn}}};
  return act(Action{{std::move(added), withdrawal}}, "done.stand_in", title_of_record(person));
}

Status Presenter::move_shift(const MoveShift& command) {
  TRY(const auto id, record_of(command.shift));
  TRY(const auto row, row_of(id));
  SetFields change{id, {}};
  for (const FieldId field : {sf::kStarts, sf::kEnds})
    if (!is_none(value_in(row, field)))
      change.fields.push_back(
          {field, OpType::put, number_in(row, field) + std::int64_t{command.days} * kDay_ms});
  const auto moved = day_words({number_in(row, sf::kStarts) + command.days * kDay_ms}, speaking());
  return act(Action{{std::move(change)}}, "done.move_shift", moved);
}

}  // namespace rukun::ui
