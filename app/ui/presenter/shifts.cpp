// Shifts and whoever is on them.
#include "app/ui/presenter/shifts.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/roster_facts.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/ui/presenter/deeds.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

namespace sf = fields::shift;
namespace gf = fields::signup;

struct Attendance {
  std::int64_t code;
  const char* name;
  Icon icon;
};
constexpr Attendance kAttendances[] = {{gf::kAttendancePresent, "present", Icon::check},
                                       {gf::kAttendanceAbsent, "absent", Icon::close},
                                       {gf::kAttendanceExcused, "excused", Icon::clock}};

Result<ShiftRow> shift_row(Desk& desk, const Row& row, const Derived& duty) {
  const Speaking how = desk.speaking();
  const WallTime starts{number_in(row, sf::kStarts)};
  const WallTime ends{number_in(row, sf::kEnds)};
  ShiftRow out;
  out.id = row.id.hex();
  const std::int64_t offset_ms = std::int64_t{desk.setup().utc_offset_min} * 60'000;
  out.weekday = static_cast<int>(((starts.ms + offset_ms) / kOneDay_ms + 3) % 7);
  out.day = day_words(starts, how);
  out.time = hours_words(starts, ends, how);
  out.cancelled = text_in(row, sf::kCancelled);
  out.place = text_in(row, sf::kPlace);
  if (const auto activity = link_in(row, sf::kActivity)) {
    out.activity = desk.title_of(*activity);
    const auto what = desk.row_of(*activity);
    if (what && out.place.empty()) out.place = text_in(*what, fields::activity::kPlace);
  }
  const DutyBalances* balances = duty.duty(desk.space().number);
  const ShiftBalance* balance = balances == nullptr ? nullptr : balances->shift(row.id);
  Query query = desk.query_of(gf::kKind);
  query.where = {{gf::kShift, Compare::equal, row.id}};
  TRY(const auto signups, desk.engine().records().rows(query));
  std::vector<std::pair<std::int64_t, std::string>> have, waiting;
  for (const Row& one : signups) {
    const SignupBalance* place = balances == nullptr ? nullptr : balances->signup(one.id);
    if (place == nullptr || place->position == 0) continue;
    const auto volunteer = link_in(one, gf::kVolunteer);
    const auto household = link_in(one, gf::kHousehold);
    const std::string name = volunteer   ? desk.title_of(*volunteer)
                             : household ? desk.title_of(*household)
                                         : std::string();
    out.mine = out.mine || (!place->waiting && name == desk.engine().my_name());
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

SignupLine signup_line(Desk& desk, const Row& signup, const SignupBalance& place) {
  const auto* volunteer = std::get_if<RecordId>(&value_in(signup, gf::kVolunteer));
  const auto* household = std::get_if<RecordId>(&value_in(signup, gf::kHousehold));
  const RecordId* who = volunteer != nullptr ? volunteer : household;
  SignupLine line{who == nullptr ? std::string() : desk.title_of(*who), {}, {}, {}};
  if (!place.waiting && is_none(value_in(signup, gf::kAttendance)) && desk.may(gf::kKind))
    line.passes = signup.id.hex();
  if (place.waiting)
    line.detail =
        desk.speaking().words.tr("schedule.place", {{"n", std::to_string(place.position)}});
  const std::int64_t now = number_in(signup, gf::kAttendance);
  const FieldSpec& field = kind_of(gf::kKind).field(gf::kAttendance);
  for (const Attendance& one : kAttendances) {
    DeedButton button;
    button.icon = one.icon;
    button.label = format_value(field, one.code, desk.showing());
    button.deed = {.what = Deed::What::write,
                   .record = signup.id.hex(),
                   .fields = {{"attendance", now == one.code ? "" : one.name}}};
    button.chosen = now == one.code;
    if (!place.waiting) line.attendance.push_back(std::move(button));
  }
  line.buttons = {
      write_button(desk, signup.id, "schedule.withdraw", Icon::close, {{"state", "withdrawn"}})};
  return line;
}

}  // namespace

WallTime week_start(Desk& desk, int weeks_on) {
  const std::int64_t offset_ms = std::int64_t{desk.setup().utc_offset_min} * 60'000;
  const std::int64_t day = (desk.setup().clock.now().ms + offset_ms) / kOneDay_ms;
  const std::int64_t monday = day - (day + 3) % 7 + 7 * std::int64_t{weeks_on};
  return {monday * kOneDay_ms - offset_ms};
}

std::vector<ShiftRow> shifts_of_week(Desk& desk, int weeks_on) {
  std::vector<ShiftRow> out;
  Query query = desk.query_of(sf::kKind);
  query.where = {{sf::kStarts, Compare::at_least, week_start(desk, weeks_on).ms},
                 {sf::kStarts, Compare::less, week_start(desk, weeks_on + 1).ms}};
  query.sort = sf::kStarts;
  const std::uint32_t spaces[] = {desk.space().number};
  const auto duty = Derived::load(desk.engine().records(), spaces, sf::kKind);
  const auto rows = desk.engine().records().rows(query);
  if (!duty || !rows) {
    desk.refuse(!rows ? rows.error() : duty.error());
    return out;
  }
  for (const Row& row : *rows) {
    if (auto shift = shift_row(desk, row, *duty)) out.push_back(std::move(*shift));
  }
  return out;
}

Result<ShiftDetail> shift_detail(Desk& desk, const RecordId& id) {
  TRY(const auto row, desk.row_of(id));
  const std::uint32_t spaces[] = {desk.space().number};
  TRY(const auto duty, Derived::load(desk.engine().records(), spaces, sf::kKind));
  ShiftDetail out;
  TRY(out.row, shift_row(desk, row, duty));
  const DutyBalances* balances = duty.duty(desk.space().number);
  TRY(const auto signups, desk.rows_where(gf::kKind, gf::kShift, id));
  std::vector<std::pair<std::int64_t, SignupLine>> on, waiting;
  std::optional<RecordId> mine;
  for (const Row& one : signups) {
    const SignupBalance* place = balances == nullptr ? nullptr : balances->signup(one.id);
    if (place == nullptr || place->position == 0) continue;
    SignupLine line = signup_line(desk, one, *place);
    if (line.name == desk.engine().my_name()) mine = one.id;
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
    if (std::string words = field_words(desk, row, spec, value_in(row, field)); !words.empty())
      out.facts.push_back({std::string(spec.label(desk.language())), std::move(words)});
  }
  if (mine) {
    out.buttons = {
        write_button(desk, *mine, "schedule.i_withdraw", Icon::close, {{"state", "withdrawn"}})};
  } else if (out.row.cancelled.empty()) {
    DeedButton join;
    join.icon = Icon::check;
    join.label = desk.speaking().words.tr("schedule.i_join");
    join.deed = {.what = Deed::What::join, .record = id.hex()};
    join.first = true;
    out.buttons = {std::move(join)};
  }
  if (!desk.may(sf::kKind)) return out;
  out.buttons.push_back(edit_button(desk, id, "record.edit", Icon::edit));
  out.buttons.push_back(
      out.row.cancelled.empty()
          ? edit_button(desk, id, "schedule.cancel_shift", Icon::close, {"cancelled"})
          : write_button(desk, id, "schedule.restore", Icon::undo, {{"cancelled", ""}}));
  return out;
}

bool goes_round_households(Desk& desk, const Row& shift) {
  const auto activity = link_in(shift, sf::kActivity);
  const auto row =
      activity ? desk.row_of(*activity) : Result<Row>(error(Code::not_found, "activity"));
  return row && roster_turns(*row) == RosterTurns::households;
}

Result<Row> standing_signup(Desk& desk, const std::string& signup) {
  TRY(const auto id, record_of(signup));
  TRY(auto row, desk.row_of(id));
  const bool gone = row.kind != gf::kKind || number_in(row, gf::kState) == gf::kStateWithdrawn;
  if (gone || !is_none(value_in(row, gf::kAttendance)))
    return error(Code::bad_value, desk.speaking().words.tr("roster.not_standing"));
  return row;
}

}  // namespace rukun::ui
