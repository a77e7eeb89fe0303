// Tawaran, Relawan and Jadwal.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/purposes.h"
#include "app/domain/rules/titles.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostNames = 6;
constexpr std::int64_t kDay_ms = 86'400'000;

}  // namespace

std::string Presenter::giver_of(const Row& offer) {
  const auto household = link_of(offer, fields::offer::kHousehold);
  return household ? title_of_record(*household) : text_of_field(offer, fields::offer::kGiver);
}

void Presenter::fill_offers() {
  namespace o = fields::offer;
  OffersView& view = now_.offers;
  view = OffersView();
  Query query = query_of(o::kKind);
  query.search = offer_search_;
  query.descending = true;
  query.limit = kMostRows;
  const std::uint32_t spaces[] = {space_->number};
  const auto derived = Derived::load(engine_->records(), spaces, o::kKind);
  const auto rows = engine_->records().rows(query);
  if (!derived || !rows) return refuse(!rows ? rows.error() : derived.error());
  const AidBalances* balances = derived->aid(space_->number);
  const Speaking how = speaking();
  for (const Row& row : *rows) {
    if (!text_of_field(row, o::kWithdrawn).empty()) continue;
    const std::string unit = text_of_field(row, o::kUnit);
    const OfferBalance* balance = balances == nullptr ? nullptr : balances->offer(row.id);
    OfferRow out;
    out.id = row.id.hex();
    if (auto title = row_title(engine_->records(), row, showing())) out.title = std::move(*title);
    out.giver = giver_of(row);
    out.quantity = quantity_words(number_of(row, o::kQuantity), unit, how);
    out.remaining = quantity_words(
        balance == nullptr ? number_of(row, o::kQuantity) : balance->remaining, unit, how);
    if (const auto until = number_of(row, o::kAvailableUntil))
      out.until = format_date(until, context_.language);
    out.pickup = text_of_field(row, o::kPickupPlace);
    view.rows.push_back(std::move(out));
  }
  view.count = view.rows.size();
}

VolunteersView Presenter::volunteers_fitting(const std::string& typed) {
  namespace v = fields::volunteer;
  VolunteersView view;
  Query query = query_of(v::kKind);
  query.search = typed;
  query.limit = kMostRows;
  const auto rows = engine_->records().rows(query);
  if (!rows) {
    refuse(rows.error());
    return view;
  }
  const TableSpec* table = engine_->records().table(v::kKind);
  const auto list_of = [&](const Row& row, FieldId field) {
    std::string out;
    const auto column = table == nullptr ? std::nullopt : table->find(field);
    if (!column || *column >= row.sets.size()) return out;
    for (const Value& value : row.sets[*column]) {
      out += (out.empty() ? "" : ", ") +
             format_value(kind_of(v::kKind).field(field), value, showing());
    }
    return out;
  };
  for (const Row& row : *rows) {
    if (number_of(row, v::kInactive) == 1) continue;
    view.rows.push_back({row.id.hex(), title_of_record(row.id), text_of_field(row, v::kPhone),
                         list_of(row, v::kSkills), list_of(row, v::kAvailability)});
  }
  view.count = view.rows.size();
  view.why_phone = purpose_of(v::kKind, v::kPhone, context_.language);
  return view;
}

void Presenter::fill_volunteers() { now_.volunteers = volunteers_fitting(volunteer_search_); }

// Monday at midnight, by the clock on the wall here.
WallTime Presenter::week_start(int weeks_on) const {
  const std::int64_t offset_ms = std::int64_t{setup_.utc_offset_min} * 60'000;
  const std::int64_t day = (setup_.clock.now().ms + offset_ms) / kDay_ms;
  const std::int64_t monday = day - (day + 3) % 7 + 7 * std::int64_t{weeks_on};
  return {monday * kDay_ms - offset_ms};
}

Result<ShiftRow> Presenter::shift_row(const Row& row, const Derived& duty) {
  namespace s = fields::shift;
  namespace g = fields::signup;
  const Speaking how = speaking();
  const WallTime starts{number_of(row, s::kStarts)};
  const WallTime ends{number_of(row, s::kEnds)};
  ShiftRow out;
  out.id = row.id.hex();
  out.day = day_words(starts, how);
  out.time = (context_.language == Language::en ? "" : "pukul ") + clock_words(starts, how) + "–" +
             clock_words(ends, how);
  out.cancelled = text_of_field(row, s::kCancelled);
  out.place = text_of_field(row, s::kPlace);
  if (const auto activity = link_of(row, s::kActivity)) {
    out.activity = title_of_record(*activity);
    const auto what = row_of(*activity);
    if (what && out.place.empty()) out.place = text_of_field(*what, fields::activity::kPlace);
  }
  const DutyBalances* balances = duty.duty(space_->number);
  const ShiftBalance* balance = balances == nullptr ? nullptr : balances->shift(row.id);
  Query query = query_of(g::kKind);
  query.where = {{g::kShift, Compare::equal, row.id}};
  TRY(const auto signups, engine_->records().rows(query));
  std::vector<std::pair<std::int64_t, std::string>> have, waiting;
  for (const Row& one : signups) {
    const SignupBalance* place = balances == nullptr ? nullptr : balances->signup(one.id);
    if (place == nullptr || place->position == 0) continue;
    const auto volunteer = link_of(one, g::kVolunteer);
    const auto household = link_of(one, g::kHousehold);
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
  namespace s = fields::shift;
  std::vector<ShiftRow> out;
  Query query = query_of(s::kKind);
  query.where = {{s::kStarts, Compare::at_least, week_start(weeks_on).ms},
                 {s::kStarts, Compare::less, week_start(weeks_on + 1).ms}};
  query.sort = s::kStarts;
  const std::uint32_t spaces[] = {space_->number};
  const auto duty = Derived::load(engine_->records(), spaces, s::kKind);
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
  const WallTime last{week_start(week_ + 1).ms - kDay_ms};
  const auto date = [&](WallTime at) {
    return format_date(local_date(at, setup_.utc_offset_min), context_.language);
  };
  now_.schedule.week = date(week_start(week_)) + " – " + date(last);
  now_.schedule.shifts = shifts_of_week(week_);
}

void Presenter::fill_volunteer_names(const std::string& typed) {
  now_.schedule.volunteers.clear();
  if (!space_) return;
  for (const VolunteerRow& row : volunteers_fitting(typed).rows) {
    if (now_.schedule.volunteers.size() < kMostNames)
      now_.schedule.volunteers.push_back({row.id, row.name, row.skills});
  }
}

Status Presenter::add_volunteer(const AddVolunteer& command) {
  namespace v = fields::volunteer;
  const KindSpec& kind = kind_of(v::kKind);
  AddRecord record{v::kKind, {}};
  TRY(auto name, parse_value(kind.field(v::kName), command.name, reading()));
  record.fields.push_back({v::kName, OpType::put, std::move(name)});
  if (!command.phone.empty()) {
    TRY(auto phone, parse_value(kind.field(v::kPhone), command.phone, reading()));
    record.fields.push_back({v::kPhone, OpType::put, std::move(phone)});
  }
  std::string_view rest = command.skills;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view one = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    if (one.empty()) continue;
    TRY(auto skill, parse_value(kind.field(v::kSkills), one, reading()));
    record.fields.push_back({v::kSkills, OpType::add, std::move(skill)});
  }
  return act(Action{{std::move(record)}}, "done.volunteer", command.name);
}

Status Presenter::sign_up(const SignUp& command) {
  namespace g = fields::signup;
  TRY(const auto shift, record_of(command.shift));
  TRY(const auto volunteer, record_of(command.volunteer));
  const Action action{{AddRecord{
      g::kKind, {{g::kShift, OpType::put, shift}, {g::kVolunteer, OpType::put, volunteer}}}}};
  return act(action, "done.sign_up", title_of_record(volunteer));
}

}  // namespace rukun::ui
