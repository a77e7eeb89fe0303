// Rules between the fields of a record, and between it and what it refers to.

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/check_parts.h"
#include "app/domain/rules/recurrence.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// Longer chains of same_as than this are a circle, or as good as one.
constexpr int kLongestChain = 32;

// Only what this change touches is judged: what an older record lacks may stay lacking.
bool concerns(const Sketch& sketch, std::initializer_list<FieldId> fields) {
  return sketch.adds || std::any_of(fields.begin(), fields.end(),
                                    [&](FieldId field) { return sketch.touches(field); });
}

std::size_t count_set(const Sketch& sketch, std::initializer_list<FieldId> fields) {
  return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(),
                                                [&](FieldId field) { return sketch.has(field); }));
}

// "Kesanggupan (pledge), Jatah (entitlement), Kebutuhan (need)"
std::string list_of(const Proposal& proposal, const Sketch& sketch,
                    std::initializer_list<FieldId> fields) {
  std::string out;
  for (const auto field : fields) {
    if (!out.empty()) out += ", ";
    out += called(sketch.kind->field(field), proposal.context.language);
  }
  return out;
}

Status exactly_one(const Proposal& proposal, const Sketch& sketch,
                   std::initializer_list<FieldId> fields) {
  if (!concerns(sketch, fields) || count_set(sketch, fields) == 1) return {};
  return error(Code::bad_value, proposal.say("Isi tepat satu dari: ", "Give exactly one of: ") +
                                    list_of(proposal, sketch, fields));
}

Status at_least_one(const Proposal& proposal, const Sketch& sketch,
                    std::initializer_list<FieldId> fields) {
  if (!concerns(sketch, fields) || count_set(sketch, fields) > 0) return {};
  return error(Code::bad_value, proposal.say("Isi salah satu dari: ", "Give one of: ") +
                                    list_of(proposal, sketch, fields));
}

Status in_order(const Proposal& proposal, const Sketch& sketch, FieldId first, FieldId second,
                bool may_be_equal) {
  if (!concerns(sketch, {first, second}) || !sketch.has(first) || !sketch.has(second)) return {};
  const auto from = sketch.number(first), to = sketch.number(second);
  // Of dates where only the year or month is known, only what is known is compared.
  const auto& spec = sketch.kind->field(first);
  const bool partial = spec.type == FieldType::date && (from % 100 == 0 || to % 100 == 0);
  if (partial ? from / 10000 <= to / 10000 : may_be_equal ? from <= to : from < to) return {};
  const auto format = proposal.format();
  return error(Code::bad_value,
               called(sketch.kind->field(second), proposal.context.language) +
                   proposal.say(" harus sesudah ", " must be after ") +
                   called(spec, proposal.context.language),
               format_value(spec, sketch.value(first), format) + " - " +
                   format_value(sketch.kind->field(second), sketch.value(second), format));
}

// What is said to have happened cannot lie ahead.
Status not_ahead(const Proposal& proposal, const Sketch& sketch, FieldId field) {
  if (!sketch.touches(field) || !sketch.has(field)) return {};
  const auto today = local_date(proposal.context.now, proposal.context.utc_offset_min);
  const auto given = sketch.number(field);
  const bool ahead = given % 10000 == 0 ? given / 10000 > today / 10000
                     : given % 100 == 0 ? given / 100 > today / 100
                                        : given > today;
  if (!ahead) return {};
  const auto& spec = sketch.kind->field(field);
  return error(Code::bad_value,
               called(spec, proposal.context.language) + ": " +
                   format_value(spec, Value{given}, proposal.format()) +
                   proposal.say(" belum tiba", " lies ahead"),
               proposal.say("paling akhir hari ini", "today at the latest"));
}

Status pledge_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::pledge;
  if (!concerns(sketch, {kNeed, kOffer, kQuantity}) || !sketch.has(kOffer)) return {};
  TRY(const auto withdrawn, proposal.through(sketch.value(kOffer), k::offer::kWithdrawn));
  if (!is_none(withdrawn) && concerns(sketch, {kOffer}))
    return error(Code::bad_value,
                 proposal.say("Tawaran ini sudah ditarik", "This offer has been withdrawn"),
                 proposal.say("Pilih tawaran lain", "Choose another offer"));
  TRY(const auto need_unit, proposal.through(sketch.value(kNeed), k::need::kUnit));
  TRY(const auto offer_unit, proposal.through(sketch.value(kOffer), k::offer::kUnit));
  const auto* from = std::get_if<std::string>(&need_unit);
  const auto* to = std::get_if<std::string>(&offer_unit);
  if (from == nullptr || to == nullptr) return {};
  const auto converted = convert(sketch.number(kQuantity), *from, *to, proposal.context.language);
  if (converted) return {};
  return error(Code::bad_value,
               called(sketch.kind->field(kOffer), proposal.context.language) + ": " +
                   converted.error().message,
               converted.error().hint);
}

bool whole(std::int64_t thousandths) { return thousandths % 1000 == 0; }

Status whole_rupiah(const Proposal& proposal, const Sketch& sketch, FieldId field) {
  if (whole(sketch.number(field))) return {};
  return error(Code::bad_value,
               called(sketch.kind->field(field), proposal.context.language) +
                   proposal.say(" harus rupiah bulat", " must be whole rupiah") + ": " +
                   format_thousandths(sketch.number(field), proposal.context.language));
}

Status readable_recurrence(const Proposal& proposal, const Sketch& sketch, FieldId recurrence) {
  if (!sketch.touches(recurrence) || !sketch.has(recurrence)) return {};
  const auto read = parse_recurrence(sketch.text(recurrence), proposal.context.language);
  if (read) return {};
  return error(Code::bad_value,
               called(sketch.kind->field(recurrence), proposal.context.language) + ": " +
                   read.error().message,
               read.error().hint);
}

Status drive_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::drive;
  TRY_VOID(readable_recurrence(proposal, sketch, kRecurrence));
  TRY_VOID(in_order(proposal, sketch, kStarts, kEnds, true));
  if (sketch.number(kGoalType) != kGoalTypeMoney) return {};
  return whole_rupiah(proposal, sketch, kTarget);
}

Status contribution_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::contribution;
  TRY(const auto goal, proposal.through(sketch.value(kDrive), k::drive::kGoalType));
  if (goal != Value{k::drive::kGoalTypeMoney}) return {};
  return whole_rupiah(proposal, sketch, kAmount);
}

// A merge must lead somewhere: following same_as may not come back to where it began.
Status no_circle(const Proposal& proposal, const Sketch& sketch, FieldId same_as) {
  if (!sketch.touches(same_as) || sketch.record.is_zero()) return {};
  auto next = sketch.value(same_as);
  for (int i = 0; i < kLongestChain && !is_none(next); ++i) {
    if (next == Value{sketch.record})
      return error(Code::bad_value, called(sketch.kind->field(same_as), proposal.context.language) +
                                        proposal.say(" tidak boleh menunjuk dirinya sendiri",
                                                     " may not lead back to itself"));
    TRY(next, proposal.through(next, same_as));
  }
  return {};
}

// What a set excludes or tells apart is another record.
Status not_itself(const Proposal& proposal, const Sketch& sketch, FieldId set) {
  for (const auto& [field, value] : sketch.added)
    if (field == set && !sketch.record.is_zero() && value == Value{sketch.record})
      return error(Code::bad_value, called(sketch.kind->field(field), proposal.context.language) +
                                        proposal.say(" tidak boleh menunjuk dirinya sendiri",
                                                     " may not point at itself"));
  return {};
}

Status person_rules(const Proposal& proposal, const Sketch& sketch, FieldId same_as,
                    FieldId not_same_as) {
  TRY_VOID(no_circle(proposal, sketch, same_as));
  return not_itself(proposal, sketch, not_same_as);
}

Status program_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::program;
  TRY_VOID(in_order(proposal, sketch, kStarts, kEnds, true));
  return not_itself(proposal, sketch, kExclusiveWith);
}

Status stock_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::stock;
  if (!concerns(sketch, {kQuantity}) || sketch.number(kQuantity) != 0) return {};
  return error(Code::bad_value, called(sketch.kind->field(kQuantity), proposal.context.language) +
                                    proposal.say(" tidak boleh 0; angka negatif untuk koreksi",
                                                 " may not be 0; a negative number corrects"));
}

// Whoever stands in for somebody does so on the same shift.
Status signup_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::signup;
  TRY_VOID(at_least_one(proposal, sketch, {kVolunteer, kHousehold}));
  if (!sketch.touches(kReplaces) || !sketch.has(kReplaces)) return {};
  const auto& replaces = sketch.value(kReplaces);
  TRY(const auto shift, proposal.through(replaces, kShift));
  const bool itself = !sketch.record.is_zero() && replaces == Value{sketch.record};
  if (!itself && shift == sketch.value(kShift)) return {};
  return error(Code::bad_value, called(sketch.kind->field(kReplaces), proposal.context.language) +
                                    proposal.say(" harus menunjuk pendaftaran lain pada jadwal "
                                                 "yang sama",
                                                 " must point at another sign-up of the same "
                                                 "shift"));
}

Status volunteer_rules(const Proposal& proposal, const Sketch& sketch) {
  using namespace k::volunteer;
  if (!concerns(sketch, {kResident, kName}) || sketch.has(kResident) || sketch.has(kName))
    return {};
  return error(Code::bad_value,
               called(sketch.kind->field(kName), proposal.context.language) +
                   proposal.say(" harus diisi bila relawan bukan warga yang tercatat",
                                " must be given when the volunteer is no resident on record"));
}

}  // namespace

Status check_rules(const Proposal& proposal, const Sketch& sketch) {
  switch (sketch.kind->id) {
    case k::household::kKind:
      return person_rules(proposal, sketch, k::household::kSameAs, k::household::kNotSameAs);
    case k::resident::kKind:
      TRY_VOID(not_ahead(proposal, sketch, k::resident::kBirthDate));
      return person_rules(proposal, sketch, k::resident::kSameAs, k::resident::kNotSameAs);
    case k::offer::kKind:
      return in_order(proposal, sketch, k::offer::kAvailableFrom, k::offer::kAvailableUntil, true);
    case k::pledge::kKind: return pledge_rules(proposal, sketch);
    case k::handover::kKind:
      return exactly_one(proposal, sketch,
                         {k::handover::kPledge, k::handover::kEntitlement, k::handover::kNeed});
    case k::volunteer::kKind: return volunteer_rules(proposal, sketch);
    case k::shift::kKind:
      return in_order(proposal, sketch, k::shift::kStarts, k::shift::kEnds, false);
    case k::activity::kKind: return readable_recurrence(proposal, sketch, k::activity::kRecurrence);
    case k::signup::kKind: return signup_rules(proposal, sketch);
    case k::drive::kKind: return drive_rules(proposal, sketch);
    case k::contribution::kKind: return contribution_rules(proposal, sketch);
    case k::program::kKind: return program_rules(proposal, sketch);
    case k::stock::kKind: return stock_rules(proposal, sketch);
    case k::entitlement::kKind:
      return at_least_one(proposal, sketch,
                          {k::entitlement::kHousehold, k::entitlement::kResident});
    default: return {};
  }
}

}  // namespace rukun
