#pragma once
// The part of derived.h that tells of programs and stock, receipts, the market, trainings, and what
// is valid now. A value of its own name that a record does not have is none. Errors: io. One
// thread.

#include <map>
#include <optional>
#include <set>
#include <span>

#include "app/domain/rules/derived.h"
#include "app/domain/rules/ledger.h"

namespace rukun {

std::span<const FieldSpec> office_fields(KindId kind);

// Whether a second member has confirmed a hand-over; the order is that of the enumeration.
enum class Confirmation : std::int64_t { open = 1, own_word, confirmed };
// Whoever recorded it does not count, from whichever of their laptops.
Result<Confirmation> confirmation_of(Projection& records, std::uint32_t space,
                                     const RecordId& handover, const SameAuthor& same_author);

class OfficeValues {
 public:
  static Result<OfficeValues> load(Projection& records, std::span<const std::uint32_t> spaces,
                                   KindId kind, const DerivedContext& context);
  Value value_of(const Row& row, const FieldSpec& field) const;

 private:
  using Key = std::pair<std::uint32_t, RecordId>;
  struct ProgramSums {
    std::int64_t entitled = 0, served = 0, unconfirmed = 0;
    std::vector<GoodsBalance> goods;
  };
  struct ListingSums {
    std::int64_t ordered = 0, sold = 0;
    std::optional<std::int64_t> left;
  };
  struct TrainingShift {
    std::optional<std::int64_t> starts;
    std::int64_t joined = 0, waiting = 0;
  };

  Status load_programs(Projection& records, std::span<const std::uint32_t> spaces, KindId kind);
  Status load_handovers(Projection& records, std::span<const std::uint32_t> spaces);
  Status load_listings(Projection& records, std::span<const std::uint32_t> spaces);
  Status load_orders(Projection& records, std::span<const std::uint32_t> spaces);
  Status load_trainings(Projection& records, std::span<const std::uint32_t> spaces);
  Value program_value(const Row& row, FieldId name) const;
  Value stock_value(const Row& row) const;
  Value listing_value(const Row& row, FieldId name) const;
  Value training_value(const Row& row, FieldId name) const;
  Value valid_value(const Row& row, FieldId until) const;

  DerivedContext context_;
  std::map<Key, ProgramSums> programs_;
  std::map<Key, Confirmation> confirmations_;
  std::map<Key, ListingSums> listings_;
  std::map<Key, std::int64_t> prices_;  // of orders
  std::map<Key, TrainingShift> trainings_;
};

}  // namespace rukun
