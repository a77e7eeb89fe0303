#include "app/domain/rules/roster_plan.h"

#include <map>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "sync/limits.h"

namespace rukun {
namespace {

namespace s = fields::shift;
namespace j = fields::signup;

// What a ronda is when its activity does not say otherwise.
constexpr DayHours kRondaHours{22 * 60, 4 * 60};

// When it takes place.
struct Rhythm {
  Recurrence rule;
  DayHours hours;
};

Result<Rhythm> rhythm_of(const Row& activity, const TurnsPlan& plan, Language language) {
  const bool ronda = number_in(activity, fields::activity::kType) == fields::activity::kTypeRonda;
  const auto& text = plan.records.recurrence;
  const std::string hint(pick(language, "recurrence=\"setiap Sabtu 21.00-04.00\"",
                              "recurrence=\"every Saturday 21:00-04:00\""));
  if (text.empty() && !ronda)
    return error(Code::bad_value,
                 plan.name + std::string(pick(language, ": belum ada pengulangannya",
                                              ": does not say when it is repeated")),
                 hint);
  Rhythm out{{.weekdays = 0x7f}, kRondaHours};
  if (!text.empty()) {
    TRY(out.rule, parse_recurrence(text, language));
  }
  if (out.rule.hours) {
    out.hours = *out.rule.hours;
  } else if (!ronda) {
    return error(Code::bad_value,
                 plan.name + std::string(pick(language, ": pengulangannya belum menyebut jam",
                                              ": its recurrence names no hours")),
                 hint);
  }
  return out;
}

// From the plan to one action.
class Publication {
 public:
  Publication(TurnsPlan& plan, const TurnsRequest& request, int utc_offset_min)
      : plan_(plan), request_(request), offset_(utc_offset_min) {
    for (const auto& shift : plan.records.shifts)
      if (shift.cancelled.empty()) standing_.emplace(shift.day, &shift);
  }

  void add(const RosterDay& day, bool slots_given) {
    if (day.cancelled) return;
    auto& changes = plan_.action.changes;
    Value shift;
    if (const auto found = standing_.find(day.day); found != standing_.end()) {
      shift = found->second->id;
      if (!found->second->published)
        changes.emplace_back(
            SetFields{found->second->id, {{s::kPublished, OpType::put, std::int64_t{1}}}});
    } else {
      shift = LocalRef{static_cast<std::uint32_t>(changes.size())};
      changes.emplace_back(new_shift(day, slots_given));
      ++plan_.shifts;
    }
    const bool volunteers = plan_.records.turns == RosterTurns::volunteers;
    for (const auto& pick : day.picks) {
      if (pick.why == RosterWhy::stands) continue;
      changes.emplace_back(
          AddRecord{j::kKind,
                    {{j::kShift, OpType::put, shift},
                     {volunteers ? j::kVolunteer : j::kHousehold, OpType::put, pick.person}}});
      ++plan_.turns;
    }
  }

 private:
  AddRecord new_shift(const RosterDay& day, bool slots_given) const {
    const auto [from, to] = plan_.hours;
    const auto ends = moment_of(day.day + (to <= from ? 1 : 0), to, offset_);
    AddRecord out{s::kKind,
                  {{s::kActivity, OpType::put, request_.activity},
                   {s::kStarts, OpType::put, moment_of(day.day, from, offset_).ms},
                   {s::kEnds, OpType::put, ends.ms},
                   {s::kPublished, OpType::put, std::int64_t{1}}}};
    if (slots_given) out.fields.push_back({s::kSlots, OpType::put, day.slots});
    return out;
  }

  TurnsPlan& plan_;
  const TurnsRequest& request_;
  int offset_;
  std::map<std::int64_t, const RosterShift*> standing_;
};

}  // namespace

Result<TurnsPlan> plan_turns(Projection& records, std::uint32_t space, const TurnsRequest& request,
                             int utc_offset_min, Language language) {
  TurnsPlan out;
  TRY(out.records, load_roster(records, space, request.activity, utc_offset_min));
  TRY(const auto activity, records.row(space, request.activity));
  if (!activity) return error(Code::not_found, request.activity.hex().substr(0, 8));
  out.name = text_in(*activity, fields::activity::kName);
  TRY(const auto rhythm, rhythm_of(*activity, out, language));
  out.hours = rhythm.hours;
  RosterWish wish{
      .slots = request.slots > 0 ? request.slots : out.records.default_slots.value_or(0),
      .gap_days = request.gap_days};
  for (std::int64_t i = 0; i < request.days; ++i)
    if (falls_on(rhythm.rule, request.first_day + i)) wish.days.push_back(request.first_day + i);
  if (wish.slots <= 0 && out.records.turns != RosterTurns::nobody)
    return error(Code::bad_value,
                 std::string(pick(language, "belum tertulis berapa petugas tiap kali",
                                  "it is not written how many are on duty")),
                 std::string(pick(language, "isi Jumlah petugas (default_slots) kegiatan ini",
                                  "fill in Slots (default_slots) of the activity")));
  if (wish.days.empty())
    return error(Code::bad_value,
                 out.name + std::string(pick(language, ": tidak ada dalam waktu itu",
                                             ": does not take place then")),
                 out.records.recurrence);
  out.days = plan_roster(out.records.facts, wish);
  Publication made(out, request, utc_offset_min);
  for (const auto& day : out.days) made.add(day, wish.slots > 0);
  if (out.action.changes.size() > limits::kPartsInTxn)
    return error(
        Code::bad_value,
        std::string(
            pick(language, "terlalu banyak untuk satu kali", "too much to publish at once")),
        std::string(pick(language, "umumkan lebih sedikit minggu", "publish fewer weeks")));
  return out;
}

}  // namespace rukun
