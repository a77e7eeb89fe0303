// What is allowed but unusual: said once, at entry, with the record to look at.

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/check_parts.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/double_aid.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/rules/duty.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::int64_t kHour_ms = 60 * 60 * 1000;
constexpr std::int64_t kWeek_ms = 7 * 24 * kHour_ms;

// "Bu Ani (0a1b2c3d)"
Result<std::string> named(const Proposal& proposal, const RecordId& id) {
  TRY(const auto title,
      record_title(proposal.context.records, proposal.context.space, id, proposal.format()));
  return title + " (" + id.hex().substr(0, 8) + ")";
}

std::string amount(const Proposal& proposal, std::int64_t thousandths, const std::string& unit) {
  return format_thousandths(thousandths, proposal.context.language) + " " +
         unit_word(unit, proposal.context.language, thousandths);
}

std::string plain(const Proposal& proposal, std::int64_t thousandths) {
  return format_thousandths(thousandths, proposal.context.language);
}

// A number that no neighborhood hands out is a slip of the finger; rupiah are many.
void warn_large(Proposal& proposal, const Sketch& sketch) {
  constexpr std::int64_t kUsualMost = 1'000'000'000;  // a million of anything
  const auto kind = sketch.kind->id;
  if (kind == k::drive::kKind || kind == k::contribution::kKind) return;
  for (const auto& field : sketch.kind->fields)
    if (field.type == FieldType::unit && sketch.text(field.id) == "rupiah") return;
  for (const auto& field : sketch.kind->fields) {
    if (field.type != FieldType::quantity || !sketch.touches(field.id)) continue;
    const auto number = sketch.number(field.id);
    if (number <= kUsualMost) continue;
    const auto words = plain(proposal, number);
    proposal.warn(std::string(field.label_id) + " " + words + " sangat besar; periksa lagi",
                  std::string(field.label_en) + " " + words + " is very much; look again");
  }
}

// Two numbers that differ are two people, or a number that was mistyped.
Status warn_link(Proposal& proposal, const Sketch& sketch, FieldId same_as, FieldId number) {
  if (!sketch.touches(same_as) || !sketch.has(number)) return {};
  TRY(const auto other, proposal.through(sketch.value(same_as), number));
  if (is_none(other) || other == sketch.value(number)) return {};
  const auto& field = sketch.kind->field(number);
  proposal.warn(
      std::string(field.label_id) + " keduanya berbeda; periksa apakah benar sama",
      "Both have another " + std::string(field.label_en) + "; make sure that they are the same");
  return {};
}

Status warn_duplicate(Proposal& proposal, const Sketch& sketch) {
  const bool household = sketch.kind->id == k::household::kKind;
  TRY_VOID(household ? warn_link(proposal, sketch, k::household::kSameAs, k::household::kKkNumber)
                     : warn_link(proposal, sketch, k::resident::kSameAs, k::resident::kNik));
  if (!sketch.adds || !proposal.context.look_for_duplicates) return {};
  PersonFacts typed{.id = sketch.record, .space = proposal.context.space};
  if (household) {
    typed.name = sketch.text(k::household::kName);
    typed.number = sketch.text(k::household::kKkNumber);
    typed.phone = sketch.text(k::household::kPhone);
    typed.address = sketch.text(k::household::kAddress);
    typed.rt = sketch.number(k::household::kRt);
  } else {
    typed.name = sketch.text(k::resident::kName);
    typed.number = sketch.text(k::resident::kNik);
    typed.birth = sketch.number(k::resident::kBirthDate);
    typed.phone = sketch.text(k::resident::kPhone);
    typed.sex = sketch.number(k::resident::kSex);
    if (const auto* home = Proposal::here(sketch, k::resident::kHousehold)) typed.household = *home;
  }
  TRY(const auto found, similar_to(proposal.context.records, sketch.kind->id, typed));
  for (const auto& person : found) {
    TRY(const auto who, named(proposal, person.id));
    const auto why = in_common(typed, person);
    proposal.warn("Mungkin sudah tercatat: " + who + ", " + why.id,
                  "Possibly on record already: " + who + ", " + why.en);
    proposal.alike.push_back(person.id);
  }
  return {};
}

// More than what is still needed, counted without what this pledge itself has been honored so far.
Status warn_need_covered(Proposal& proposal, const Sketch& sketch, const RecordId& need) {
  auto& context = proposal.context;
  TRY(auto facts, load_aid_around(context.records, context.space, need));
  std::erase_if(facts.pledges, [&](const PledgeFact& one) { return one.id == sketch.record; });
  const AidBalances balances(facts);
  const auto* balance = balances.need(need);
  if (balance == nullptr) return {};
  if (balance->state == NeedState::closed)
    proposal.warn("Kebutuhan ini sudah ditutup", "This need has been closed");
  const auto asked = sketch.number(k::pledge::kQuantity);
  if (asked <= balance->remaining || balance->state == NeedState::closed) return {};
  TRY(const auto unit, proposal.through(Value{need}, k::need::kUnit));
  const auto* text = std::get_if<std::string>(&unit);
  const auto left = amount(proposal, balance->remaining, text == nullptr ? "" : *text);
  proposal.warn("Lebih banyak daripada yang masih dibutuhkan; kurangnya tinggal " + left,
                "More than is still needed; only " + left + " is lacking");
  return {};
}

Status warn_offer_short(Proposal& proposal, const Sketch& sketch, const RecordId& need,
                        const RecordId& offer) {
  auto& context = proposal.context;
  TRY(auto facts, load_aid_around(context.records, context.space, offer));
  PledgeFact typed{.id = sketch.record,
                   .need = need,
                   .offer = offer,
                   .quantity = sketch.number(k::pledge::kQuantity)};
  typed.queue.doubtful = true;
  typed.queue.ticks = ~std::uint64_t{0};
  for (const auto& one : facts.pledges)
    if (one.id == sketch.record) typed.queue = one.queue;
  std::erase_if(facts.pledges, [&](const PledgeFact& one) { return one.id == sketch.record; });
  facts.pledges.push_back(typed);
  TRY(const auto unit, proposal.through(Value{need}, k::need::kUnit));
  const auto* text = std::get_if<std::string>(&unit);
  const auto need_unit = text == nullptr ? std::string() : *text;
  const bool there = std::any_of(facts.needs.begin(), facts.needs.end(),
                                 [&](const NeedFact& one) { return one.id == need; });
  if (!there) facts.needs.push_back({.id = need, .unit = need_unit});
  const AidBalances balances(facts);
  const auto* balance = balances.pledge(sketch.record);
  if (balance == nullptr || !balance->bumped) return {};
  const auto left = amount(proposal, balance->honored, need_unit);
  proposal.warn("Tawaran ini tidak cukup: sisanya " + left,
                "This offer does not suffice: " + left + " is left");
  return {};
}

Status warn_pledge(Proposal& proposal, const Sketch& sketch) {
  using namespace k::pledge;
  const bool asks =
      sketch.adds || sketch.touches(kNeed) || sketch.touches(kOffer) || sketch.touches(kQuantity);
  const auto* need = Proposal::here(sketch, kNeed);
  if (!asks || need == nullptr || sketch.number(kState) == kStateFellThrough) return {};
  TRY_VOID(warn_need_covered(proposal, sketch, *need));
  const auto* offer = Proposal::here(sketch, kOffer);
  return offer == nullptr ? Status{} : warn_offer_short(proposal, sketch, *need, *offer);
}

// A hand-over above what was entitled, or above what the need still lacks.
Status warn_handover(Proposal& proposal, const Sketch& sketch) {
  using namespace k::handover;
  auto& context = proposal.context;
  if (!sketch.adds) return {};
  const auto given = sketch.number(kQuantity);
  if (const auto* entitlement = Proposal::here(sketch, kEntitlement)) {
    const auto& id = *entitlement;
    TRY(const auto entitled, proposal.through(Value{id}, k::entitlement::kQuantity));
    const auto* most = std::get_if<std::int64_t>(&entitled);
    std::int64_t handed = given;
    const Query query{.kind = k::handover::kKind,
                      .spaces = {context.space},
                      .where = {{kEntitlement, Compare::equal, Value{id}}}};
    TRY_VOID(context.records.each_row(query, [&](Row& row) -> Result<bool> {
      const auto* one = std::get_if<std::int64_t>(&value_in(row, kQuantity));
      if (one != nullptr &&
          __builtin_add_overflow(handed, std::max<std::int64_t>(*one, 0), &handed))
        handed = *one;
      return true;
    }));
    TRY(const auto excused, proposal.through(Value{id}, k::entitlement::kExceptionReason));
    if (most != nullptr && handed > *most && is_none(excused))
      proposal.warn(
          "Melebihi jatah: " + plain(proposal, *most) + ", seluruhnya diserahkan " +
              plain(proposal, handed) + "; catat alasan pengecualian (exception_reason) pada jatah",
          "More than the entitlement: " + plain(proposal, *most) + ", handed over " +
              plain(proposal, handed) + " in all; record the reason (exception_reason) there");
    return {};
  }
  auto need = sketch.value(kNeed);
  if (sketch.has(kPledge)) {
    TRY(need, proposal.through(sketch.value(kPledge), k::pledge::kNeed));
  }
  const auto* id = std::get_if<RecordId>(&need);
  if (id == nullptr) return {};
  TRY(const auto facts, load_aid_around(context.records, context.space, *id));
  const AidBalances balances(facts);
  const auto* balance = balances.need(*id);
  TRY(const auto wanted, proposal.through(need, k::need::kQuantity));
  const auto* quantity = std::get_if<std::int64_t>(&wanted);
  if (balance == nullptr || quantity == nullptr || balance->delivered <= *quantity - given)
    return {};
  proposal.warn("Lebih banyak daripada yang dibutuhkan", "More than was needed");
  return {};
}

Status warn_double_aid(Proposal& proposal, const Sketch& sketch) {
  using namespace k::entitlement;
  const auto* program = Proposal::here(sketch, kProgram);
  if (program == nullptr || sketch.has(kExceptionReason)) return {};
  if (!proposal.context.look_for_duplicates) return {};
  if (!sketch.adds && !sketch.touches(kHousehold) && !sketch.touches(kResident)) return {};
  EntitlementFact typed{.id = sketch.record, .program = *program};
  std::optional<RecordId> person;
  if (const auto* home = Proposal::here(sketch, kHousehold)) typed.household = *home;
  if (const auto* resident = Proposal::here(sketch, kResident)) person = *resident;
  if (typed.household.is_zero() && !person) return {};
  TRY(const auto found, served_already(proposal.context.records, typed, person));
  if (!found) return {};
  TRY(const auto title,
      record_title(proposal.context.records, found->space, found->id, proposal.format()));
  const auto what = title + " (" + found->id.hex().substr(0, 8) + ")";
  proposal.warn(
      "Bantuan ganda: sudah ada " + what + "; catat alasan pengecualian bila memang perlu",
      "Double aid: there is " + what + "; record a reason if this is meant");
  return {};
}

Result<std::optional<Hours>> hours_of(const Proposal& proposal, const Value& shift) {
  TRY(const auto starts, proposal.through(shift, k::shift::kStarts));
  TRY(const auto ends, proposal.through(shift, k::shift::kEnds));
  TRY(const auto cancelled, proposal.through(shift, k::shift::kCancelled));
  const auto *from = std::get_if<std::int64_t>(&starts), *to = std::get_if<std::int64_t>(&ends);
  if (from == nullptr || to == nullptr || !is_none(cancelled)) return std::optional<Hours>();
  return std::optional(Hours{*from, *to});
}

// From Monday 00:00 on the wall there; 1970-01-05 was a Monday.
std::int64_t week_of(const Proposal& proposal, std::int64_t at_ms) {
  const auto local = at_ms + proposal.context.utc_offset_min * (kHour_ms / 60);
  return (local - 4 * 24 * kHour_ms) / kWeek_ms;
}

Status warn_overlaps(Proposal& proposal, const Sketch& sketch, const RecordId& volunteer) {
  using namespace k::signup;
  TRY(const auto mine, hours_of(proposal, sketch.value(kShift)));
  if (!mine) return {};
  std::int64_t in_week = 0;
  const Query query{.kind = k::signup::kKind,
                    .spaces = {proposal.context.space},
                    .where = {{kVolunteer, Compare::equal, Value{volunteer}},
                              {kState, Compare::equal, Value{kStateJoined}}}};
  TRY(const auto others, proposal.context.records.rows(query));
  for (const auto& other : others) {
    if (other.id == sketch.record) continue;
    const auto& shift = value_in(other, kShift);
    const auto* shift_id = std::get_if<RecordId>(&shift);
    if (shift_id == nullptr) continue;
    TRY(const auto what, named(proposal, *shift_id));
    if (shift == sketch.value(kShift)) {
      proposal.warn("Sudah terdaftar pada jadwal ini", "Has signed up for this shift already");
      continue;
    }
    TRY(const auto theirs, hours_of(proposal, shift));
    if (!theirs) continue;
    in_week += week_of(proposal, theirs->from_ms) == week_of(proposal, mine->from_ms) ? 1 : 0;
    switch (clash_of(*mine, *theirs)) {
      case Clash::hard: proposal.warn("Bentrok dengan " + what, "Overlaps with " + what); break;
      case Clash::soft:
        proposal.warn("Kurang dari satu jam dari " + what, "Less than an hour from " + what);
        break;
      case Clash::none: break;
    }
  }
  TRY(const auto limit, proposal.through(Value{volunteer}, k::volunteer::kWeeklyLimit));
  const auto* most = std::get_if<std::int64_t>(&limit);
  if (most != nullptr && in_week >= *most)
    proposal.warn("Melebihi batas tugas relawan ini dalam seminggu",
                  "More than this volunteer's limit for a week");
  TRY(const auto inactive, proposal.through(Value{volunteer}, k::volunteer::kInactive));
  if (inactive == Value{std::int64_t{1}})
    proposal.warn("Relawan ini sedang tidak aktif", "This volunteer is not active");
  return {};
}

Status warn_skills(Proposal& proposal, const RecordId& shift, const RecordId& volunteer) {
  auto& context = proposal.context;
  TRY(const auto activity, proposal.through(Value{shift}, k::shift::kActivity));
  const auto* activity_id = std::get_if<RecordId>(&activity);
  if (activity_id == nullptr) return {};
  TRY(const auto wanted, context.records.row(context.space, *activity_id));
  TRY(const auto person, context.records.row(context.space, volunteer));
  if (!wanted || !person) return {};
  for (const auto& skill : missing_skills(texts_in(*wanted, k::activity::kRequiredSkills),
                                          texts_in(*person, k::volunteer::kSkills)))
    proposal.warn("Keterampilan yang diperlukan belum ada: " + skill,
                  "A required skill is missing: " + skill);
  return {};
}

Status warn_full(Proposal& proposal, const Sketch& sketch, const RecordId& shift) {
  auto& context = proposal.context;
  TRY(auto facts, load_shift(context.records, context.space, shift));
  for (const auto& one : facts.shifts)
    if (one.cancelled) proposal.warn("Jadwal ini dibatalkan", "This shift is cancelled");
  if (!sketch.adds) return {};
  // Whoever withdraws in the same action makes room.
  for (auto& one : facts.signups)
    for (const auto& other : proposal.drafts)
      if (!other.record.is_zero() && other.record == one.id)
        one.joined = other.number(k::signup::kState) != k::signup::kStateWithdrawn;
  SignupFact typed{.id = sketch.record, .shift = shift};
  if (const auto* one = Proposal::here(sketch, k::signup::kVolunteer)) typed.volunteer = *one;
  if (const auto* one = Proposal::here(sketch, k::signup::kHousehold)) typed.household = *one;
  if (const auto* one = Proposal::here(sketch, k::signup::kReplaces)) typed.replaces = *one;
  typed.queue.doubtful = true;
  typed.queue.ticks = ~std::uint64_t{0};
  // Of volunteers the overlaps say it.
  const bool again = typed.household && !typed.volunteer &&
                     std::any_of(facts.signups.begin(), facts.signups.end(), [&](const auto& one) {
                       return one.joined && one.household == typed.household;
                     });
  if (again)
    proposal.warn("Sudah terdaftar pada jadwal ini", "Has signed up for this shift already");
  facts.signups.push_back(typed);
  const DutyBalances balances(facts);
  const auto* place = balances.signup(sketch.record);
  if (place == nullptr || !place->waiting) return {};
  const auto number = std::to_string(place->position);
  proposal.warn("Petugas sudah penuh: masuk daftar tunggu nomor " + number,
                "The shift is full: number " + number + " on the waiting list");
  return {};
}

// What is recorded of a shift that has not begun, was cancelled or of who withdrew, may be a slip.
Status warn_attendance(Proposal& proposal, const Sketch& sketch, const RecordId& shift) {
  using namespace k::signup;
  if (!sketch.touches(kAttendance) || !sketch.has(kAttendance)) return {};
  if (sketch.number(kState) == kStateWithdrawn)
    proposal.warn("Yang bersangkutan sudah mundur: kehadirannya tidak dihitung",
                  "Has withdrawn: attendance does not count");
  TRY(const auto starts, proposal.through(Value{shift}, k::shift::kStarts));
  const auto* from = std::get_if<std::int64_t>(&starts);
  if (from != nullptr && *from > proposal.context.now.ms)
    proposal.warn("Jadwal ini belum mulai; kehadiran dapat dibetulkan lagi",
                  "This shift has not begun; attendance can be corrected later");
  return {};
}

// A place is passed on when whoever is stood in for has withdrawn.
Status warn_substitute(Proposal& proposal, const Sketch& sketch) {
  using namespace k::signup;
  const auto* replaced = Proposal::here(sketch, kReplaces);
  if (replaced == nullptr || !sketch.touches(kReplaces)) return {};
  TRY(const auto state, proposal.through(Value{*replaced}, kState));
  if (state == Value{kStateWithdrawn}) return {};
  TRY(const auto who, named(proposal, *replaced));
  proposal.warn("Yang digantikan belum mundur, jadi tempatnya belum beralih: " + who,
                "Who is stood in for has not withdrawn, so the place has not passed on: " + who);
  return {};
}

// A mentoring visit is to a neighbor's business, and its next step is followed up there.
Status warn_shift(Proposal& proposal, const Sketch& sketch) {
  using namespace k::shift;
  if (!sketch.adds || sketch.has(kListing)) return {};
  TRY(const auto type, proposal.through(sketch.value(kActivity), k::activity::kType));
  if (type == Value{k::activity::kTypeMentoring})
    proposal.warn("Pendampingan ini belum menyebut usahanya (listing)",
                  "This mentoring names no business (listing)");
  return {};
}

Status warn_signup(Proposal& proposal, const Sketch& sketch) {
  using namespace k::signup;
  TRY_VOID(warn_substitute(proposal, sketch));
  if (const auto* of = Proposal::here(sketch, kShift))
    TRY_VOID(warn_attendance(proposal, sketch, *of));
  const bool asks =
      sketch.adds || sketch.touches(kShift) || sketch.touches(kVolunteer) || sketch.touches(kState);
  const auto* shift = Proposal::here(sketch, kShift);
  if (!asks || shift == nullptr || sketch.number(kState) == kStateWithdrawn) return {};
  TRY_VOID(warn_full(proposal, sketch, *shift));
  const auto* volunteer = Proposal::here(sketch, kVolunteer);
  if (volunteer == nullptr) return {};
  TRY_VOID(warn_overlaps(proposal, sketch, *volunteer));
  return warn_skills(proposal, *shift, *volunteer);
}

}  // namespace

Status add_warnings(Proposal& proposal, const Sketch& sketch) {
  warn_large(proposal, sketch);
  switch (sketch.kind->id) {
    case k::household::kKind:
    case k::resident::kKind: return warn_duplicate(proposal, sketch);
    case k::pledge::kKind: return warn_pledge(proposal, sketch);
    case k::handover::kKind: return warn_handover(proposal, sketch);
    case k::entitlement::kKind: return warn_double_aid(proposal, sketch);
    case k::shift::kKind: return warn_shift(proposal, sketch);
    case k::signup::kKind: return warn_signup(proposal, sketch);
    default: return {};
  }
}

}  // namespace rukun
