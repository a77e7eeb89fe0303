#include "app/domain/rules/roster_facts.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/facts.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::int64_t kRosterMinute_ms = 60'000;
constexpr std::int64_t kDay_min = 24 * 60;
// Longer chains of same_as than this are a circle, or as good as one.
constexpr int kLongestMerge = 32;

class Loader {
 public:
  Loader(Projection& records, std::uint32_t space, int utc_offset_min)
      : records_(records), space_(space), offset_(utc_offset_min) {}

  Result<RosterRecords> run(const RecordId& activity) {
    TRY(const auto row, records_.row(space_, activity));
    if (!row || row->kind != k::activity::kKind)
      return error(Code::bad_value, activity.hex().substr(0, 8) + ": activity");
    out_.activity = out_.facts.activity = activity;
    out_.turns = roster_turns(*row);
    out_.recurrence = text_in(*row, k::activity::kRecurrence);
    if (const auto* slots = std::get_if<std::int64_t>(&value_in(*row, k::activity::kDefaultSlots)))
      out_.default_slots = *slots;
    TRY_VOID(load_shifts());
    TRY_VOID(load_households());
    if (out_.turns == RosterTurns::volunteers) TRY_VOID(load_volunteers(*row));
    TRY_VOID(load_signups());
    return std::move(out_);
  }

 private:
  const std::span<const std::uint32_t> here() const { return {&space_, 1}; }

  Status load_shifts() {
    using namespace k::shift;
    TRY_VOID(each_fact(records_, kKind, {kStarts, kEnds, kPlace, kSlots, kPublished, kCancelled},
                       {.spaces = here(), .equal = std::pair(kActivity, Value{out_.activity})},
                       [&](const FactRow& row) {
                         RosterShift shift{.id = row.id(), .hours = {row.number(0), row.number(1)}};
                         shift.day = day_at({shift.hours.from_ms}, offset_);
                         shift.place = row.text(2);
                         if (row.is_set(3)) {
                           shift.slots = row.number(3);
                         } else {
                           shift.slots = out_.default_slots;
                         }
                         shift.published = row.number(4) == 1;
                         shift.cancelled = row.text(5);
                         out_.shifts.push_back(std::move(shift));
                       }));
    std::sort(out_.shifts.begin(), out_.shifts.end(),
              [](const RosterShift& a, const RosterShift& b) {
                return std::tie(a.hours.from_ms, a.id) < std::tie(b.hours.from_ms, b.id);
              });
    for (const auto& shift : out_.shifts)
      out_.facts.standing.push_back({shift.day, shift.slots, !shift.cancelled.empty()});
    return {};
  }

  Status load_households() {
    using namespace k::household;
    std::vector<LeftOut> left_out;
    std::vector<RecordId> people;
    TRY_VOID(each_fact(records_, kKind, {kStatus, kRondaExempt, kSameAs}, {.spaces = here()},
                       [&](const FactRow& row) {
                         if (const auto same = row.record(2)) {
                           same_as_[row.id()] = *same;
                         } else if (row.number(0, kStatusHere) != kStatusHere) {
                           left_out.push_back({row.id(),
                                               {"tidak tinggal di sini lagi",
                                                "no longer lives "
                                                "here"}});
                         } else if (row.is_set(1)) {
                           exempt_[row.id()] = row.text(1);
                           left_out.push_back({row.id(),
                                               {"bebas ronda: " + row.text(1),
                                                "exempt from the night watch: " + row.text(1)}});
                         } else {
                           people.push_back(row.id());
                         }
                       }));
    if (out_.turns != RosterTurns::households) return {};
    out_.facts.people = std::move(people);
    out_.left_out = std::move(left_out);
    return {};
  }

  // Who lives in a household that is exempt keeps no night watch as a volunteer either.
  Result<std::optional<Phrase>> away(const Row& volunteer, bool night_watch) {
    const auto* resident = std::get_if<RecordId>(&value_in(volunteer, k::volunteer::kResident));
    if (resident == nullptr) return std::optional<Phrase>();
    TRY(const auto row, records_.row(space_, *resident));
    if (!row || row->kind != k::resident::kKind) return std::optional<Phrase>();
    const auto status = number_in(*row, k::resident::kStatus);
    if (status != 0 && status != k::resident::kStatusHere)
      return std::optional<Phrase>({"tidak tinggal di sini lagi", "no longer lives here"});
    const auto* home = std::get_if<RecordId>(&value_in(*row, k::resident::kHousehold));
    const auto why = home == nullptr ? exempt_.end() : exempt_.find(merged(*home));
    if (!night_watch || why == exempt_.end()) return std::optional<Phrase>();
    return std::optional<Phrase>({"keluarganya bebas ronda: " + why->second,
                                  "the household is exempt from the night watch: " + why->second});
  }

  Status load_volunteers(const Row& activity) {
    const auto wanted = texts_in(activity, k::activity::kRequiredSkills);
    const bool night_watch = number_in(activity, k::activity::kType) == k::activity::kTypeRonda;
    TRY(const auto rows, records_.rows({.kind = k::volunteer::kKind, .spaces = {space_}}));
    for (const auto& row : rows) {
      const auto missing = missing_skills(wanted, texts_in(row, k::volunteer::kSkills));
      TRY(const auto elsewhere, away(row, night_watch));
      const auto* limit = std::get_if<std::int64_t>(&value_in(row, k::volunteer::kWeeklyLimit));
      if (number_in(row, k::volunteer::kInactive) == 1) {
        out_.left_out.push_back({row.id, {"sedang tidak aktif", "is not active"}});
      } else if (!missing.empty()) {
        out_.left_out.push_back(
            {row.id, {"belum punya keterampilan " + missing[0], "lacks the skill " + missing[0]}});
      } else if (elsewhere) {
        out_.left_out.push_back({row.id, *elsewhere});
      } else if (limit != nullptr && *limit <= 0) {
        out_.left_out.push_back(
            {row.id, {"batas per minggunya 0", "wants no duties (weekly limit 0)"}});
      } else {
        if (limit != nullptr) out_.facts.limits.push_back({row.id, *limit});
        out_.facts.people.push_back(row.id);
      }
    }
    return {};
  }

  RecordId merged(RecordId id) const {
    for (int i = 0; i < kLongestMerge; ++i) {
      const auto next = same_as_.find(id);
      if (next == same_as_.end()) break;
      id = next->second;
    }
    return id;
  }

  Status load_signups() {
    using namespace k::signup;
    std::map<RecordId, std::int64_t> attendance;
    TRY_VOID(each_fact(records_, kKind, {kAttendance}, {.spaces = here()},
                       [&](const FactRow& row) { attendance[row.id()] = row.number(0); }));
    TRY(const auto all, load_duty(records_, here()));
    if (all.empty()) return {};
    const auto& duty = all.front().facts;
    const DutyBalances balances(duty);
    std::map<RecordId, const RosterShift*> shifts;
    for (const auto& shift : out_.shifts) shifts.emplace(shift.id, &shift);
    TRY_VOID(load_elsewhere(duty, balances));
    for (const auto& one : duty.signups) {
      const auto shift = shifts.find(one.shift);
      const auto* place = balances.signup(one.id);
      if (shift == shifts.end() || place == nullptr || place->position == 0) continue;
      const bool by_volunteer =
          one.volunteer && (out_.turns == RosterTurns::volunteers || !one.household);
      const auto& who = by_volunteer ? one.volunteer : one.household;
      if (!who) continue;
      RosterSignup signup{.id = one.id,
                          .shift = one.shift,
                          .person = by_volunteer ? *who : merged(*who),
                          .replaces = one.replaces,
                          .attendance = attendance[one.id],
                          .position = place->position,
                          .waiting = place->waiting};
      // Whoever came off the waiting list was there all the same.
      const bool there = one.attended || !place->waiting;
      if (there && shift->second->cancelled.empty())
        out_.facts.turns.push_back({signup.person, shift->second->day, state_of(one)});
      out_.signups.push_back(std::move(signup));
    }
    std::sort(out_.signups.begin(), out_.signups.end(),
              [](const RosterSignup& a, const RosterSignup& b) {
                return std::tie(a.shift, a.waiting, a.position, a.id) <
                       std::tie(b.shift, b.waiting, b.position, b.id);
              });
    return {};
  }

  // What those with a weekly limit do in other activities.
  Status load_elsewhere(const DutyFacts& duty, const DutyBalances& balances) {
    if (out_.facts.limits.empty()) return {};
    std::map<RecordId, std::int64_t> days;
    TRY_VOID(each_fact(records_, k::shift::kKind,
                       {k::shift::kActivity, k::shift::kStarts, k::shift::kCancelled},
                       {.spaces = here()}, [&](const FactRow& row) {
                         if (row.record(0) != out_.activity && !row.is_set(2))
                           days.emplace(row.id(), day_at({row.number(1)}, offset_));
                       }));
    for (const auto& one : duty.signups) {
      const auto day = days.find(one.shift);
      const auto* place = balances.signup(one.id);
      const bool holds = place != nullptr && place->position != 0 && !place->waiting;
      if (day == days.end() || !one.volunteer || !holds) continue;
      if (one.settled && !one.attended) continue;
      out_.facts.elsewhere.push_back({*one.volunteer, day->second});
    }
    return {};
  }

  static TurnState state_of(const SignupFact& signup) {
    if (!signup.settled) return TurnState::pending;
    if (signup.attended) return TurnState::served;
    return signup.excused ? TurnState::excused : TurnState::absent;
  }

  Projection& records_;
  std::uint32_t space_;
  int offset_;
  std::map<RecordId, RecordId> same_as_;
  std::map<RecordId, std::string> exempt_;  // households, with the reason
  RosterRecords out_;
};

}  // namespace

Result<RosterRecords> load_roster(Projection& records, std::uint32_t space,
                                  const RecordId& activity, int utc_offset_min) {
  return Loader(records, space, utc_offset_min).run(activity);
}

RosterTurns roster_turns(const Row& activity) {
  const auto rotation = number_in(activity, k::activity::kRotation);
  if (rotation == k::activity::kRotationVolunteer) return RosterTurns::volunteers;
  const bool ronda = number_in(activity, k::activity::kType) == k::activity::kTypeRonda;
  const bool household = rotation == k::activity::kRotationHousehold;
  return ronda || household ? RosterTurns::households : RosterTurns::nobody;
}

std::int64_t day_at(WallTime at, int utc_offset_min) {
  // First to minutes, so that no moment, however far off, overflows.
  const auto floor_of = [](std::int64_t n, std::int64_t by) {
    return n / by - (n % by < 0 ? 1 : 0);
  };
  return floor_of(floor_of(at.ms, kRosterMinute_ms) + utc_offset_min, kDay_min);
}

WallTime moment_of(std::int64_t day, int minutes, int utc_offset_min) {
  return {(day * kDay_min + minutes - utc_offset_min) * kRosterMinute_ms};
}

std::int64_t date_of_day(std::int64_t day) { return date_number(civil_from_days(day)); }

}  // namespace rukun
