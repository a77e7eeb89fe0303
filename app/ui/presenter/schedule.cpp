#include "app/ui/presenter/schedule.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/record_words.h"
#include "app/ui/presenter/shifts.h"

namespace rukun::ui {
namespace {

namespace sf = fields::shift;
namespace gf = fields::signup;
constexpr std::size_t kMostNames = 6;

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

std::optional<Status> SchedulePart::run(const Command& command) {
  if (const auto* week = std::get_if<ShowWeek>(&command)) {
    week_ = week->step == 0 ? 0 : week_ + week->step;
  } else if (const auto* names = std::get_if<AskVolunteers>(&command)) {
    fill_volunteer_names(names->typed);
  } else if (const auto* joined = std::get_if<SignUp>(&command)) {
    return sign_up(*joined);
  } else if (const auto* moved = std::get_if<MoveShift>(&command)) {
    return move_shift(*moved);
  } else {
    return std::nullopt;
  }
  return Status();
}

WallTime SchedulePart::first_day() const { return week_start(desk_, week_); }

void SchedulePart::show_week_with(WallTime day) {
  const std::int64_t past = day.ms - week_start(desk_, 0).ms;
  week_ = static_cast<int>((past >= 0 ? past : past - 7 * kOneDay_ms + 1) / (7 * kOneDay_ms));
}

void SchedulePart::fill() {
  ScheduleView& view = desk_.now.schedule;
  const Speaking how = desk_.speaking();
  const WallTime first = week_start(desk_, week_);
  const auto day = [&](int n) { return WallTime{first.ms + n * kOneDay_ms}; };
  const auto date = [&](WallTime at) {
    return format_date(local_date(at, desk_.setup().utc_offset_min), desk_.language());
  };
  view.week = both_dates(date(first), date(day(6)));
  view.today = -1;
  for (int n = 0; n < 7; ++n) {
    // "Senin, 17 November 2025" → "Senin 17"
    const std::string whole = day_words(day(n), how);
    const std::int64_t number = local_date(day(n), desk_.setup().utc_offset_min) % 100;
    view.days[static_cast<std::size_t>(n)] =
        whole.substr(0, whole.find(',')) + " " + std::to_string(number);
    if (how.now.ms >= day(n).ms && how.now.ms < day(n + 1).ms) view.today = n;
  }
  view.shifts = shifts_of_week(desk_, week_);
  view.movable = desk_.may(sf::kKind);
  view.add.clear();
  view.new_volunteer.clear();
  if (desk_.may(fields::volunteer::kKind))
    view.new_volunteer = {add_button(desk_, fields::volunteer::kKind, "add.volunteer")};
  const auto activities = desk_.engine().records().count(desk_.query_of(fields::activity::kKind));
  if (!activities) desk_.refuse(activities.error());
  // A shift is of an activity: without one that comes first.
  const bool begun = activities && *activities > 0;
  view.empty_words = how.words.tr(begun || !desk_.may(fields::activity::kKind) ? "schedule.empty"
                                                                               : "schedule.begin");
  if (begun && desk_.may(sf::kKind)) view.add.push_back(add_button(desk_, sf::kKind, "add.shift"));
  if (desk_.may(fields::activity::kKind))
    view.add.push_back(add_button(desk_, fields::activity::kKind, "add.activity"));
  if (desk_.may(sf::kKind)) {
    DeedButton roster;
    roster.icon = Icon::people;
    roster.label = desk_.speaking().words.tr("roster.open");
    roster.deed = {.what = Deed::What::roster};
    view.add.push_back(std::move(roster));
  }
  view.add.push_back(print_button(desk_, "roster", "", "print.button"));
  view.add.push_back(print_button(desk_, "roster", "", "list.copy"));
  view.add.back().icon = Icon::copy;
  view.add.back().deed.what = Deed::What::copy;
  view.open.reset();
  if (lists_.opened().empty()) return;
  const auto id = record_of(lists_.opened());
  auto detail =
      id ? shift_detail(desk_, *id) : Result<ShiftDetail>(tl::make_unexpected(id.error()));
  if (detail)
    view.open = std::move(*detail);
  else
    desk_.refuse(detail.error());
}

// The week that a shift is in.
void SchedulePart::show_week_of(const std::string& shift) {
  const auto id = record_of(shift);
  const auto row = id ? desk_.row_of(*id) : Result<Row>(tl::make_unexpected(id.error()));
  if (!row) return;
  show_week_with({number_in(*row, sf::kStarts)});
}

// Volunteers; where households take turns, these first.
void SchedulePart::fill_volunteer_names(const std::string& typed) {
  namespace v = fields::volunteer;
  namespace h = fields::household;
  desk_.now.schedule.volunteers.clear();
  if (!desk_.has_space()) return;
  const auto shift_id = record_of(lists_.opened());
  const auto shift =
      shift_id ? desk_.row_of(*shift_id) : Result<Row>(error(Code::not_found, "shift"));
  if (shift && goes_round_households(desk_, *shift)) {
    Query homes = desk_.query_of(h::kKind);
    homes.search = typed;
    homes.limit = kMostNames;
    homes.where = {{h::kSameAs, Compare::equal, {}}};
    const auto rows = desk_.engine().records().rows(homes);
    if (!rows) return desk_.refuse(rows.error());
    for (const Row& row : *rows)
      desk_.now.schedule.volunteers.push_back(
          {row.id.hex(), desk_.title_of(row.id), text_in(row, h::kAddress)});
  }
  Query query = desk_.query_of(v::kKind);
  query.search = typed;
  query.limit = kMostRows;
  const auto rows = desk_.engine().records().rows(query);
  if (!rows) return desk_.refuse(rows.error());
  for (const Row& row : *rows) {
    if (number_in(row, v::kInactive) == 1) continue;
    if (desk_.now.schedule.volunteers.size() < kMostNames)
      desk_.now.schedule.volunteers.push_back(
          {row.id.hex(), desk_.title_of(row.id),
           field_words(desk_, row, kind_of(v::kKind).field(v::kSkills), Value{})});
  }
}

Status SchedulePart::join_myself(const std::string& shift_id) {
  namespace v = fields::volunteer;
  TRY(const auto shift, record_of(shift_id));
  Query query = desk_.query_of(v::kKind);
  query.search = desk_.engine().my_name();
  TRY(const auto rows, desk_.engine().records().rows(query));
  Action action;
  Value me = LocalRef{0};
  for (const Row& row : rows) {
    if (desk_.title_of(row.id) == desk_.engine().my_name()) me = row.id;
  }
  if (std::holds_alternative<LocalRef>(me))
    action.changes.emplace_back(
        AddRecord{v::kKind, {{v::kName, OpType::put, desk_.engine().my_name()}}});
  action.changes.emplace_back(AddRecord{
      gf::kKind, {{gf::kShift, OpType::put, shift}, {gf::kVolunteer, OpType::put, std::move(me)}}});
  return desk_.act(action, "done.sign_up", desk_.engine().my_name());
}

Status SchedulePart::sign_up(const SignUp& command) {
  TRY(const auto shift, record_of(command.shift));
  TRY(const auto person, record_of(command.person));
  TRY(const auto who, desk_.row_of(person));
  const bool household = who.kind == fields::household::kKind;
  AddRecord added{gf::kKind,
                  {{gf::kShift, OpType::put, shift},
                   {household ? gf::kHousehold : gf::kVolunteer, OpType::put, person}}};
  if (command.replaces.empty())
    return desk_.act(Action{{std::move(added)}}, "done.sign_up", desk_.title_of(person));
  TRY(const auto before, standing_signup(desk_, command.replaces));
  added.fields.push_back({gf::kReplaces, OpType::put, before.id});
  const SetFields withdrawal{before.id, {{gf::kState, OpType::put, gf::kStateWithdrawn}}};
  return desk_.act(Action{{std::move(added), withdrawal}}, "done.stand_in", desk_.title_of(person));
}

Status SchedulePart::move_shift(const MoveShift& command) {
  TRY(const auto id, record_of(command.shift));
  TRY(const auto row, desk_.row_of(id));
  SetFields change{id, {}};
  for (const FieldId field : {sf::kStarts, sf::kEnds})
    if (!is_none(value_in(row, field)))
      change.fields.push_back(
          {field, OpType::put, number_in(row, field) + std::int64_t{command.days} * kOneDay_ms});
  const auto moved =
      day_words({number_in(row, sf::kStarts) + command.days * kOneDay_ms}, desk_.speaking());
  return desk_.act(Action{{std::move(change)}}, "done.move_shift", moved);
}

}  // namespace rukun::ui
