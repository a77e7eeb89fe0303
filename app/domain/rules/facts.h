#pragma once
// How rules read many records at once: only the columns that they need, unsorted, straight from the
// projection's tables, since a list of 100,000 needs is derived anew whenever it changes. For one
// record, Projection::row is the simpler way. Errors: io. One thread.

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/domain/rules/balances.h"
#include "storage/projection.h"

namespace rukun {

// What one record says, valid during the call.
class FactValues {
 public:
  explicit FactValues(const Stmt& statement) : FactValues(statement, 1) {}
  std::uint32_t space() const { return static_cast<std::uint32_t>(statement_.integer(0)); }

  // By the place of the field among those asked for, from 0.
  bool is_set(int at) const { return !statement_.is_null(at + first_); }
  std::int64_t number(int at, std::int64_t otherwise = 0) const;
  std::string_view view(int at) const;
  std::string text(int at) const { return std::string(view(at)); }
  std::optional<RecordId> record(int at) const;

 protected:
  FactValues(const Stmt& statement, int first) : statement_(statement), first_(first) {}
  const Stmt& statement_;

 private:
  int first_;
};

// And which record it is.
class FactRow : public FactValues {
 public:
  explicit FactRow(const Stmt& statement) : FactValues(statement, 4) {}
  RecordId id() const { return statement_.id<RecordId>(1).value_or(RecordId{}); }
  Stamp created() const;
  QueueKey queue() const;  // without log, position and hash: see settle_ties
};

// A field that refers to records of another kind.
struct Naming {
  KindId kind = 0;
  FieldId field = 0;
};

// Which records: all of these spaces (none: of all), or one, or those that say something, or that
// some other record names.
struct FactFilter {
  std::span<const std::uint32_t> spaces = {};
  std::optional<RecordId> id = {};
  std::optional<std::pair<FieldId, Value>> equal = {};  // never none
  FieldId unset = 0;                                    // 0: no matter
  std::span<const Naming> named_by = {};                // by any of them; empty: no matter
  std::span<const Naming> not_named_by = {};            // by none of them
};

Status each_fact(Projection& records, KindId kind, std::initializer_list<FieldId> fields,
                 const FactFilter& filter, const std::function<void(const FactRow&)>& each);
// For sums over very many: what they are called lies elsewhere and takes longer. No filter.id.
Status each_fact_values(Projection& records, KindId kind, std::initializer_list<FieldId> fields,
                        const FactFilter& filter,
                        const std::function<void(const FactValues&)>& each);

// Completes the keys of those whose stamps are equal, which is rare; others need no more.
struct Tied {
  std::uint32_t space = 0;
  RecordId queue_of;  // the offer or shift
  QueueKey* key = nullptr;
};
Status settle_ties(Projection& records, std::vector<Tied> all);

}  // namespace rukun
