#include "app/domain/rules/derived_office.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/domain/values.h"

namespace rukun {
namespace {

namespace k = fields;

// Ids of derived fields; above those of derived.cpp, and on no wire.
enum OfficeName : FieldId {
  kReceiptCode = 0xff80,
  kConfirmation,
  kEntitled,
  kServedReceivers,
  kUnconfirmed,
  kStockIn,
  kHandedOut,
  kStockLeft,
  kStockUnit,
  kOrdered,
  kSold,
  kOffersLeft,
  kTakesOrders,
  kTotal,
  kTrainingStarts,
  kTrainingJoined,
  kTrainingWaiting,
  kValid,
};

constexpr EnumValue kConfirmations[] = {
    {"open", "Belum dikonfirmasi", "Not confirmed yet"},
    {"own_word", "Baru oleh pencatatnya sendiri", "Only by whoever recorded it"},
    {"confirmed", "Sudah dikonfirmasi", "Confirmed"},
};

constexpr FieldSpec office(FieldId id, std::string_view name, std::string_view label_id,
                           std::string_view label_en, FieldType type) {
  return {.id = id, .name = name, .label_id = label_id, .label_en = label_en, .type = type};
}

constexpr FieldSpec kHandoverOffice[] = {
    office(kReceiptCode, "receipt_code", "Kode tanda terima", "Receipt code", FieldType::text),
    {.id = kConfirmation,
     .name = "confirmation",
     .label_id = "Konfirmasi kedua",
     .label_en = "Second confirmation",
     .type = FieldType::enumeration,
     .values = kConfirmations},
};
constexpr FieldSpec kProgramOffice[] = {
    office(kEntitled, "entitled", "Banyak jatah", "Entitlements", FieldType::integer),
    office(kServedReceivers, "served", "Sudah menerima", "Served", FieldType::integer),
    office(kUnconfirmed, "unconfirmed", "Belum dikonfirmasi", "Not confirmed yet",
           FieldType::integer),
    office(kStockIn, "stock_in", "Masuk", "Arrived", FieldType::quantity),
    office(kHandedOut, "handed_out", "Sudah diserahkan", "Handed out", FieldType::quantity),
    office(kStockLeft, "balance", "Sisa", "Left", FieldType::quantity),
    office(kStockUnit, "unit", "Satuan", "Unit", FieldType::unit),
};
constexpr FieldSpec kStockOffice[] = {
    office(kStockLeft, "balance", "Sisa di program", "Left in the program", FieldType::quantity),
};
constexpr FieldSpec kListingOffice[] = {
    office(kOrdered, "ordered", "Dipesan", "Ordered", FieldType::quantity),
    office(kSold, "sold", "Sudah diambil", "Sold", FieldType::quantity),
    office(kOffersLeft, "left", "Sisa tawaran", "Left of its offers", FieldType::quantity),
    office(kTakesOrders, "takes_orders", "Menerima pesanan", "Takes orders", FieldType::boolean),
};
constexpr FieldSpec kOrderOffice[] = {
    office(kTotal, "total", "Harga seluruhnya", "Price of all", FieldType::money),
};
constexpr FieldSpec kTrainingOffice[] = {
    office(kTrainingStarts, "starts", "Mulai", "Starts", FieldType::instant),
    office(kTrainingJoined, "joined", "Peserta", "Joined", FieldType::integer),
    office(kTrainingWaiting, "waiting", "Daftar tunggu", "Waiting", FieldType::integer),
};
constexpr FieldSpec kValidOffice[] = {
    office(kValid, "valid", "Masih berlaku", "Valid now", FieldType::boolean),
};

std::int64_t joined_sum(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  return __builtin_add_overflow(a, b, &out) ? a : out;
}

}  // namespace

std::span<const FieldSpec> office_fields(KindId kind) {
  switch (kind) {
    case k::handover::kKind: return kHandoverOffice;
    case k::program::kKind: return kProgramOffice;
    case k::stock::kKind: return kStockOffice;
    case k::listing::kKind: return kListingOffice;
    case k::order::kKind: return kOrderOffice;
    case k::training::kKind: return kTrainingOffice;
    case k::notice::kKind:
    case k::resource::kKind: return kValidOffice;
    default: return {};
  }
}

Result<Confirmation> confirmation_of(Projection& records, std::uint32_t space,
                                     const RecordId& handover, const SameAuthor& same_author) {
  TRY(const auto view, records.record(space, handover));
  if (!view || !view->state.maker) return Confirmation::open;
  auto out = Confirmation::open;
  const auto* field = view->state.find(k::handover::kConfirmed);
  if (field == nullptr) return out;
  const auto maker = *view->state.maker;
  for (const auto& write : field->live) {
    if (write.value != Value{std::int64_t{1}}) continue;
    const bool own = write.log == maker || (same_author && same_author(write.log, maker));
    if (!own) return Confirmation::confirmed;
    out = Confirmation::own_word;
  }
  return out;
}

Result<OfficeValues> OfficeValues::load(Projection& records, std::span<const std::uint32_t> spaces,
                                        KindId kind, const DerivedContext& context) {
  OfficeValues out;
  out.context_ = context;
  switch (kind) {
    case k::program::kKind:
    case k::stock::kKind: TRY_VOID(out.load_programs(records, spaces, kind)); break;
    case k::handover::kKind: TRY_VOID(out.load_handovers(records, spaces)); break;
    case k::listing::kKind: TRY_VOID(out.load_listings(records, spaces)); break;
    case k::order::kKind: TRY_VOID(out.load_orders(records, spaces)); break;
    case k::training::kKind: TRY_VOID(out.load_trainings(records, spaces)); break;
    default: break;
  }
  return out;
}

Status OfficeValues::load_programs(Projection& records, std::span<const std::uint32_t> spaces,
                                   KindId kind) {
  TRY(const auto facts, load_ledger_facts(records, spaces));
  std::map<std::uint32_t, std::vector<LedgerFact>> by_space;
  for (const auto& fact : facts) by_space[fact.space].push_back(fact);
  for (const auto& [space, all] : by_space) {
    std::map<RecordId, RecordId> program_of;  // by entitlement
    std::set<RecordId> served;
    for (const auto& fact : all) {
      if (fact.kind == k::handover::kKind || fact.refers.is_zero()) continue;
      auto& sums = programs_[{space, fact.refers}];
      if (fact.kind != k::entitlement::kKind) continue;
      program_of[fact.record] = fact.refers;
      if (fact.counts) ++sums.entitled;
    }
    for (const auto& fact : all) {
      const auto of = program_of.find(fact.refers);
      if (fact.kind != k::handover::kKind || !fact.counts || of == program_of.end()) continue;
      auto& sums = programs_[{space, of->second}];
      if (served.insert(fact.refers).second) ++sums.served;
      if (kind != k::program::kKind) continue;
      auto state = Confirmation::open;
      if (fact.confirmed) {
        TRY(state, confirmation_of(records, space, fact.record, context_.same_author));
      }
      if (state != Confirmation::confirmed) ++sums.unconfirmed;
    }
    for (auto& [key, sums] : programs_)
      if (key.first == space) sums.goods = goods_balances(key.second, all);
  }
  return {};
}

Status OfficeValues::load_handovers(Projection& records, std::span<const std::uint32_t> spaces) {
  std::vector<Key> all;
  TRY_VOID(each_fact(records, k::handover::kKind, {k::handover::kConfirmed}, {.spaces = spaces},
                     [&](const FactRow& row) {
                       if (row.is_set(0)) all.emplace_back(row.space(), row.id());
                     }));
  for (const auto& key : all) {
    TRY(const auto state, confirmation_of(records, key.first, key.second, context_.same_author));
    confirmations_[key] = state;
  }
  return {};
}

Status OfficeValues::load_listings(Projection& records, std::span<const std::uint32_t> spaces) {
  TRY_VOID(each_fact(records, k::order::kKind,
                     {k::order::kListing, k::order::kQuantity, k::order::kState},
                     {.spaces = spaces}, [&](const FactRow& row) {
                       const auto listing = row.record(0);
                       const auto state = row.number(2, k::order::kStateOrdered);
                       if (!listing || state == k::order::kStateCancelled) return;
                       auto& sums = listings_[{row.space(), *listing}];
                       auto& total = state == k::order::kStateDone ? sums.sold : sums.ordered;
                       total = joined_sum(total, std::max<std::int64_t>(0, row.number(1)));
                     }));
  struct Offered {
    Key listing, offer;
    std::string unit;
  };
  std::vector<Offered> offers;
  TRY_VOID(each_fact(
      records, k::offer::kKind, {k::offer::kListing, k::offer::kUnit}, {.spaces = spaces},
      [&](const FactRow& row) {
        if (const auto listing = row.record(0))
          offers.push_back({{row.space(), *listing}, {row.space(), row.id()}, row.text(1)});
      }));
  if (offers.empty()) return {};
  std::map<Key, std::string> units;
  TRY_VOID(each_fact(records, k::listing::kKind, {k::listing::kUnit}, {.spaces = spaces},
                     [&](const FactRow& row) {
                       units[{row.space(), row.id()}] = row.text(0);
                     }));
  TRY(const auto aid, load_aid(records, spaces));
  std::map<std::uint32_t, AidBalances> balances;
  for (const auto& one : aid) balances.emplace(one.space, AidBalances(one.facts));
  for (const auto& one : offers) {
    const auto here = balances.find(one.offer.first);
    const auto* balance = here == balances.end() ? nullptr : here->second.offer(one.offer.second);
    if (balance == nullptr) continue;
    const auto& unit = units[one.listing];
    const auto left = unit.empty() ? std::optional(balance->remaining)
                                   : whole_part(balance->remaining, one.unit, unit);
    auto& sums = listings_[one.listing];
    if (left) sums.left = joined_sum(sums.left.value_or(0), *left);
  }
  return {};
}

Status OfficeValues::load_orders(Projection& records, std::span<const std::uint32_t> spaces) {
  std::map<Key, std::int64_t> prices;
  TRY_VOID(each_fact(records, k::listing::kKind, {k::listing::kPrice}, {.spaces = spaces},
                     [&](const FactRow& row) {
                       if (row.is_set(0)) prices[{row.space(), row.id()}] = row.number(0);
                     }));
  return each_fact(records, k::order::kKind, {k::order::kListing}, {.spaces = spaces},
                   [&](const FactRow& row) {
                     const auto listing = row.record(0);
                     if (!listing) return;
                     const auto price = prices.find({row.space(), *listing});
                     if (price != prices.end()) prices_[{row.space(), row.id()}] = price->second;
                   });
}

Status OfficeValues::load_trainings(Projection& records, std::span<const std::uint32_t> spaces) {
  std::map<Key, std::int64_t> starts;
  TRY_VOID(each_fact(records, k::shift::kKind, {k::shift::kStarts}, {.spaces = spaces},
                     [&](const FactRow& row) {
                       if (row.is_set(0)) starts[{row.space(), row.id()}] = row.number(0);
                     }));
  TRY(const auto duty, load_duty(records, spaces));
  std::map<std::uint32_t, DutyBalances> balances;
  for (const auto& one : duty) balances.emplace(one.space, DutyBalances(one.facts));
  return each_fact(records, k::training::kKind, {k::training::kShift}, {.spaces = spaces},
                   [&](const FactRow& row) {
                     const auto shift = row.record(0);
                     if (!shift) return;
                     TrainingShift one;
                     const auto at = starts.find({row.space(), *shift});
                     if (at != starts.end()) one.starts = at->second;
                     const auto here = balances.find(row.space());
                     const auto* balance =
                         here == balances.end() ? nullptr : here->second.shift(*shift);
                     if (balance != nullptr) {
                       one.joined = balance->joined;
                       one.waiting = balance->waiting;
                     }
                     trainings_[{row.space(), row.id()}] = one;
                   });
}

Value OfficeValues::program_value(const Row& row, FieldId name) const {
  static const ProgramSums kNone;
  const auto found = programs_.find({row.space, row.id});
  const auto& sums = found == programs_.end() ? kNone : found->second;
  if (name == kEntitled) return sums.entitled;
  if (name == kServedReceivers) return sums.served;
  if (name == kUnconfirmed) return sums.unconfirmed;
  // Several goods have no sum; the ledger lists them.
  if (sums.goods.size() != 1) return {};
  auto goods = sums.goods.front();
  auto left = goods.left();
  const auto unit = larger_unit(goods.goods.unit, {&goods.in, &goods.out, &left});
  if (name == kStockIn) return goods.in;
  if (name == kHandedOut) return goods.out;
  if (name == kStockLeft) return left;
  return unit.empty() ? Value{} : Value{unit};
}

// In the stock's own unit, rounded down.
Value OfficeValues::stock_value(const Row& row) const {
  const auto* program = std::get_if<RecordId>(&value_in(row, k::stock::kProgram));
  if (program == nullptr) return {};
  const auto found = programs_.find({row.space, *program});
  if (found == programs_.end()) return {};
  const auto unit = text_in(row, k::stock::kUnit);
  const auto goods = counted_as(text_in(row, k::stock::kItem), unit, 0).goods;
  for (const auto& one : found->second.goods) {
    if (one.goods != goods) continue;
    const auto left = one.left();
    const auto size = whole_part(left < 0 ? -left : left, goods.unit, unit);
    return size ? Value{left < 0 ? -*size : *size} : Value{};
  }
  return {};
}

Value OfficeValues::valid_value(const Row& row, FieldId until) const {
  if (!context_.now) return {};
  const auto last = number_in(row, until);
  if (last == 0) return std::int64_t{1};
  // Where only the year or month is known, all of it counts.
  auto today = local_date(*context_.now, context_.utc_offset_min);
  if (last % 10000 == 0) today -= today % 10000;
  if (last % 100 == 0) today -= today % 100;
  return std::int64_t{last >= today ? 1 : 0};
}

Value OfficeValues::listing_value(const Row& row, FieldId name) const {
  static const ListingSums kNone;
  const auto found = listings_.find({row.space, row.id});
  const auto& sums = found == listings_.end() ? kNone : found->second;
  if (name == kOrdered) return sums.ordered;
  if (name == kSold) return sums.sold;
  if (name == kOffersLeft) return sums.left ? Value{*sums.left} : Value{};
  const auto in_time = valid_value(row, k::listing::kPreorderUntil);
  if (is_none(in_time)) return {};
  const bool paused = number_in(row, k::listing::kPaused) == 1;
  return std::int64_t{!paused && in_time == Value{std::int64_t{1}} ? 1 : 0};
}

Value OfficeValues::training_value(const Row& row, FieldId name) const {
  const auto found = trainings_.find({row.space, row.id});
  if (found == trainings_.end()) return {};
  if (name == kTrainingJoined) return found->second.joined;
  if (name == kTrainingWaiting) return found->second.waiting;
  return found->second.starts ? Value{*found->second.starts} : Value{};
}

Value OfficeValues::value_of(const Row& row, const FieldSpec& field) const {
  switch (row.kind) {
    case k::handover::kKind: {
      if (field.id == kReceiptCode) return receipt_code(row.id);
      const auto found = confirmations_.find({row.space, row.id});
      const auto state = found == confirmations_.end() ? Confirmation::open : found->second;
      return static_cast<std::int64_t>(state);
    }
    case k::program::kKind: return program_value(row, field.id);
    case k::stock::kKind: return stock_value(row);
    case k::listing::kKind: return listing_value(row, field.id);
    case k::order::kKind: {
      const auto price = prices_.find({row.space, row.id});
      std::int64_t total = 0;
      if (price == prices_.end() ||
          __builtin_mul_overflow(price->second, number_in(row, k::order::kQuantity), &total))
        return {};
      return total / 1000;
    }
    case k::training::kKind: return training_value(row, field.id);
    case k::notice::kKind: return valid_value(row, k::notice::kValidUntil);
    case k::resource::kKind: return valid_value(row, k::resource::kDeadline);
    default: return {};
  }
}

}  // namespace rukun
