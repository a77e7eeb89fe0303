#include "app/domain/rules/derived.h"

#include <algorithm>
#include <limits>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/rules/derived_office.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/same_as.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

// Ids of derived fields; above every declared one, and on no wire.
enum Name : FieldId {
  kDelivered = 0xff00,
  kPromised,
  kOnTheWay,
  kRemaining,
  kState,
  kHonored,
  kHandedOver,
  kBumped,
  kSlots,
  kJoined,
  kWaiting,
  kPosition,
  kIsWaiting,
  kLoad,
  kServed,
  kMissed,
  kCollected,
  kSpent,
  kBalance,
  kMerged,
};

constexpr EnumValue kNeedStates[] = {
    {"open", "Belum terpenuhi", "Open"},
    {"partly", "Sebagian", "Partly met"},
    {"covered", "Sudah disanggupi", "Covered"},
    {"delivered", "Sudah diterima", "Delivered"},
    {"closed", "Ditutup", "Closed"},
};

constexpr FieldSpec quantity(FieldId id, std::string_view name, std::string_view label_id,
                             std::string_view label_en, std::string_view hxl = {}) {
  return {.id = id,
          .name = name,
          .label_id = label_id,
          .label_en = label_en,
          .type = FieldType::quantity,
          .hxl = hxl};
}
constexpr FieldSpec count(FieldId id, std::string_view name, std::string_view label_id,
                          std::string_view label_en) {
  return {.id = id,
          .name = name,
          .label_id = label_id,
          .label_en = label_en,
          .type = FieldType::integer};
}
constexpr FieldSpec yes_or_no(FieldId id, std::string_view name, std::string_view label_id,
                              std::string_view label_en) {
  return {.id = id,
          .name = name,
          .label_id = label_id,
          .label_en = label_en,
          .type = FieldType::boolean};
}

constexpr FieldSpec kNeedFields[] = {
    quantity(kDelivered, "delivered", "Sudah diterima", "Delivered", "#item+num+delivered"),
    quantity(kPromised, "promised", "Disanggupi", "Promised"),
    quantity(kOnTheWay, "on_the_way", "Sedang diantar", "On the way"),
    quantity(kRemaining, "remaining", "Masih kurang", "Still needed"),
    {.id = kState,
     .name = "state",
     .label_id = "Keadaan",
     .label_en = "State",
     .type = FieldType::enumeration,
     .hxl = "#status",
     .values = kNeedStates},
};
constexpr FieldSpec kOfferFields[] = {quantity(kRemaining, "remaining", "Sisa", "Left")};
constexpr FieldSpec kPledgeFields[] = {
    quantity(kHonored, "honored", "Kebagian", "Honored"),
    quantity(kHandedOver, "handed_over", "Sudah diserahkan", "Handed over"),
    yes_or_no(kBumped, "bumped", "Tidak kebagian", "Bumped"),
};
constexpr FieldSpec kEntitlementFields[] = {
    quantity(kHandedOver, "handed_over", "Sudah diserahkan", "Handed over"),
    quantity(kRemaining, "remaining", "Sisa jatah", "Left"),
};
constexpr FieldSpec kShiftFields[] = {
    count(kSlots, "slots", "Jumlah petugas", "Slots"),
    count(kJoined, "joined", "Petugas terdaftar", "Joined"),
    count(kWaiting, "waiting", "Menunggu giliran", "Waiting"),
};
constexpr FieldSpec kSignupFields[] = {
    count(kPosition, "position", "Urutan", "Position"),
    yes_or_no(kIsWaiting, "waiting", "Daftar tunggu", "Waiting list"),
};
constexpr FieldSpec kDutyFields[] = {
    count(kLoad, "load", "Tugas mendatang", "Duties ahead"),
    count(kServed, "served", "Tugas dijalankan", "Duties served"),
    count(kMissed, "missed", "Tugas terlewat", "Duties missed"),
};
constexpr FieldSpec kMergedField = count(kMerged, "merged", "Catatan digabung", "Merged records");
constexpr FieldSpec kHouseholdValues[] = {kDutyFields[0], kDutyFields[1], kDutyFields[2],
                                          kMergedField};
constexpr FieldSpec kResidentValues[] = {kMergedField};
constexpr FieldSpec kDriveFields[] = {
    quantity(kCollected, "collected", "Terkumpul", "Collected"),
    quantity(kSpent, "spent", "Terpakai", "Spent"),
    quantity(kBalance, "balance", "Saldo", "Balance"),
    quantity(kRemaining, "remaining", "Masih kurang", "Still lacking"),
};

struct DriveBalance {
  std::int64_t collected = 0;
  std::int64_t spent = 0;
};

std::int64_t saturated_sum(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (!__builtin_add_overflow(a, b, &out)) return out;
  return b > 0 ? std::numeric_limits<std::int64_t>::max()
               : std::numeric_limits<std::int64_t>::min();
}

enum class Wants { nothing, aid, duty, people, drives, office };

Wants what_for(KindId kind) {
  switch (kind) {
    case k::need::kKind:
    case k::offer::kKind:
    case k::pledge::kKind:
    case k::entitlement::kKind: return Wants::aid;
    case k::shift::kKind:
    case k::signup::kKind:
    case k::volunteer::kKind:
    case k::household::kKind: return Wants::duty;
    case k::resident::kKind: return Wants::people;
    case k::drive::kKind: return Wants::drives;
    default: return office_fields(kind).empty() ? Wants::nothing : Wants::office;
  }
}

Value yes_value(bool yes) { return std::int64_t{yes ? 1 : 0}; }

}  // namespace

std::span<const FieldSpec> derived_fields(KindId kind) {
  switch (kind) {
    case k::need::kKind: return kNeedFields;
    case k::offer::kKind: return kOfferFields;
    case k::pledge::kKind: return kPledgeFields;
    case k::entitlement::kKind: return kEntitlementFields;
    case k::shift::kKind: return kShiftFields;
    case k::signup::kKind: return kSignupFields;
    case k::volunteer::kKind: return kDutyFields;
    case k::household::kKind: return kHouseholdValues;
    case k::resident::kKind: return kResidentValues;
    case k::drive::kKind: return kDriveFields;
    default: return office_fields(kind);
  }
}

const FieldSpec* find_derived(KindId kind, std::string_view name) {
  for (const auto& field : derived_fields(kind))
    if (field.name == name) return &field;
  const auto key = folded_key(name);
  for (const auto& field : derived_fields(kind))
    if (!key.empty() && (folded_key(field.label_id) == key || folded_key(field.label_en) == key))
      return &field;
  return nullptr;
}

struct Derived::Loaded {
  std::map<std::uint32_t, AidBalances> aid;
  std::map<std::uint32_t, DutyBalances> duty;
  std::map<std::pair<std::uint32_t, RecordId>, DriveBalance> drives;
  StandIns merged;
  OfficeValues office;

  std::int64_t merged_into(std::uint32_t space, const RecordId& record) const {
    return std::count_if(merged.begin(), merged.end(), [&](const auto& one) {
      return one.first.first == space && one.second == record;
    });
  }
};

namespace {

using Drives = std::map<std::pair<std::uint32_t, RecordId>, DriveBalance>;

Status load_drives(Projection& records, std::span<const std::uint32_t> spaces, Drives& drives) {
  return each_fact(records, k::contribution::kKind,
                   {k::contribution::kDrive, k::contribution::kDirection, k::contribution::kAmount},
                   {.spaces = spaces}, [&](const FactRow& row) {
                     const auto drive = row.record(0);
                     if (!drive) return;
                     auto& balance = drives[{row.space(), *drive}];
                     const bool out = row.number(1) == k::contribution::kDirectionOut;
                     auto& total = out ? balance.spent : balance.collected;
                     total = saturated_sum(total, std::max<std::int64_t>(0, row.number(2)));
                   });
}

std::map<std::uint32_t, AidBalances> balances_of(const std::vector<SpaceAid>& all) {
  std::map<std::uint32_t, AidBalances> out;
  for (const auto& one : all) out.emplace(one.space, AidBalances(one.facts));
  return out;
}

}  // namespace

Result<Derived> Derived::load_taken_up(Projection& records, std::span<const std::uint32_t> spaces) {
  auto loaded = std::make_shared<Loaded>();
  TRY(const auto all, load_aid_taken_up(records, spaces));
  loaded->aid = balances_of(all);
  Derived out;
  out.loaded_ = std::move(loaded);
  return out;
}

Result<Derived> Derived::load_from_offers(Projection& records,
                                          std::span<const std::uint32_t> spaces) {
  auto loaded = std::make_shared<Loaded>();
  TRY(const auto all, load_aid_from_offers(records, spaces));
  loaded->aid = balances_of(all);
  Derived out;
  out.loaded_ = std::move(loaded);
  return out;
}

Result<Derived> Derived::load(Projection& records, std::span<const std::uint32_t> spaces,
                              KindId kind, const DerivedContext& context) {
  auto loaded = std::make_shared<Loaded>();
  const auto wants = what_for(kind);
  if (wants == Wants::aid) {
    TRY(const auto all, load_aid(records, spaces));
    loaded->aid = balances_of(all);
  }
  if (wants == Wants::duty) {
    TRY(const auto all, load_duty(records, spaces));
    for (const auto& one : all) loaded->duty.emplace(one.space, DutyBalances(one.facts));
  }
  if (wants == Wants::drives) TRY_VOID(load_drives(records, spaces, loaded->drives));
  if (kind == k::household::kKind || kind == k::resident::kKind) {
    TRY(loaded->merged, load_stand_ins(records, spaces, kind));
  }
  if (wants == Wants::office) {
    TRY(loaded->office, OfficeValues::load(records, spaces, kind, context));
  }
  Derived out;
  out.loaded_ = std::move(loaded);
  return out;
}

std::optional<RecordId> Derived::merged_into(std::uint32_t space, const RecordId& record) const {
  if (!loaded_) return std::nullopt;
  const auto found = loaded_->merged.find({space, record});
  return found == loaded_->merged.end() ? std::nullopt : std::optional(found->second);
}

bool Derived::any_merged() const { return loaded_ && !loaded_->merged.empty(); }

const AidBalances* Derived::aid(std::uint32_t space) const {
  if (!loaded_) return nullptr;
  const auto found = loaded_->aid.find(space);
  return found == loaded_->aid.end() ? nullptr : &found->second;
}
const DutyBalances* Derived::duty(std::uint32_t space) const {
  if (!loaded_) return nullptr;
  const auto found = loaded_->duty.find(space);
  return found == loaded_->duty.end() ? nullptr : &found->second;
}

namespace {

Value need_value(const NeedBalance& need, FieldId name) {
  switch (name) {
    case kDelivered: return need.delivered;
    case kPromised: return need.promised;
    case kOnTheWay: return need.on_the_way;
    case kRemaining: return need.remaining;
    case kState: return static_cast<std::int64_t>(need.state);
    default: return {};
  }
}

Value pledge_value(const PledgeBalance& pledge, FieldId name) {
  switch (name) {
    case kHonored: return pledge.honored;
    case kHandedOver: return pledge.handed_over;
    case kBumped: return yes_value(pledge.bumped);
    default: return {};
  }
}

Value aid_value(const AidBalances& aid, const Row& row, FieldId name) {
  switch (row.kind) {
    case k::need::kKind:
      if (const auto* need = aid.need(row.id)) return need_value(*need, name);
      return {};
    case k::offer::kKind:
      if (const auto* offer = aid.offer(row.id)) return offer->remaining;
      return {};
    case k::pledge::kKind:
      if (const auto* pledge = aid.pledge(row.id)) return pledge_value(*pledge, name);
      return {};
    default: break;
  }
  const auto handed = aid.handed_over(row.id);
  if (name == kHandedOver) return handed;
  const auto* entitled = std::get_if<std::int64_t>(&value_in(row, k::entitlement::kQuantity));
  if (entitled == nullptr) return {};
  return *entitled > handed ? *entitled - handed : std::int64_t{0};
}

// What a drive with a target still lacks.
Value lacking(const Row& row, const DriveBalance& balance) {
  const auto* target = std::get_if<std::int64_t>(&value_in(row, k::drive::kTarget));
  if (target == nullptr) return {};
  return std::max<std::int64_t>(0, saturated_sum(*target, -balance.collected));
}

// `household`: the one that stands for this row.
Value duty_value(const DutyBalances& duty, const Row& row, const RecordId& household,
                 FieldId name) {
  if (row.kind == k::shift::kKind) {
    const auto* shift = duty.shift(row.id);
    if (shift == nullptr) return {};
    if (name == kJoined) return shift->joined;
    if (name == kWaiting) return shift->waiting;
    // The shift's own number is a declared field; a derived one beside it would say it twice.
    if (!shift->slots || !is_none(value_in(row, k::shift::kSlots))) return {};
    return *shift->slots;
  }
  if (row.kind == k::signup::kKind) {
    const auto* signup = duty.signup(row.id);
    if (signup == nullptr || signup->position == 0) return {};
    return name == kPosition ? Value{signup->position} : yes_value(signup->waiting);
  }
  const auto person =
      row.kind == k::volunteer::kKind ? duty.volunteer(row.id) : duty.household(household);
  return name == kLoad ? person.load : name == kServed ? person.served : person.missed;
}

}  // namespace

Value Derived::value_of(const Row& row, const FieldSpec& field) const {
  if (!loaded_) return {};
  if (field.id == kMerged) {
    const auto number = loaded_->merged_into(row.space, row.id);
    return number == 0 ? Value{} : Value{number};
  }
  switch (what_for(row.kind)) {
    case Wants::aid: {
      static const AidBalances kNothing{AidFacts{}};
      const auto* balances = aid(row.space);
      return aid_value(balances == nullptr ? kNothing : *balances, row, field.id);
    }
    case Wants::duty: {
      static const DutyBalances kNobody{DutyFacts{}};
      const auto* balances = duty(row.space);
      return duty_value(balances == nullptr ? kNobody : *balances, row,
                        stands_for(loaded_->merged, row.space, row.id), field.id);
    }
    case Wants::drives: {
      const auto found = loaded_->drives.find({row.space, row.id});
      const auto balance = found == loaded_->drives.end() ? DriveBalance{} : found->second;
      if (field.id == kCollected) return balance.collected;
      if (field.id == kSpent) return balance.spent;
      if (field.id == kRemaining) return lacking(row, balance);
      return saturated_sum(balance.collected, -balance.spent);
    }
    case Wants::office: return loaded_->office.value_of(row, field);
    case Wants::people:
    case Wants::nothing: break;
  }
  return {};
}

std::vector<DerivedValue> Derived::values_for(const Row& row) const {
  std::vector<DerivedValue> out;
  for (const auto& field : derived_fields(row.kind)) {
    auto value = value_of(row, field);
    if (!is_none(value)) out.push_back({&field, std::move(value)});
  }
  return out;
}

}  // namespace rukun
