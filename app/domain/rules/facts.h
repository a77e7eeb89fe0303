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

// One record's columns, valid during the call.
class FactRow {
 public:
  FactRow(const Stmt& statement) : statement_(statement) {}
  RecordId id() const { return statement_.id<RecordId>(0).value_or(RecordId{}); }
  std::uint32_t space() const { return static_cast<std::uint32_t>(statement_.integer(1)); }
  Stamp created() const;
  QueueKey queue() const;  // without log, position and hash: see settle_ties

  // By the place of the field among those asked for, from 0.
  bool is_set(int at) const { return !statement_.is_null(at + kFirst); }
  std::int64_t number(int at, std::int64_t otherwise = 0) const;
  std::string text(int at) const;
  std::optional<RecordId> record(int at) const;

 private:
  static constexpr int kFirst = 4;
  const Stmt& statement_;
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
  std::string such_that = {};  // SQL about t, the kind's table, made of column_name(); or empty
};

std::string table_name(KindId kind);
std::string column_name(KindId kind, FieldId field);

Status each_fact(Projection& records, KindId kind, std::initializer_list<FieldId> fields,
                 const FactFilter& filter, const std::function<void(const FactRow&)>& each);

// Completes the keys of those whose stamps are equal, which is rare; others need no more.
struct Tied {
  std::uint32_t space = 0;
  RecordId queue_of;  // the offer or shift
  QueueKey* key = nullptr;
};
Status settle_ties(Projection& records, std::vector<Tied> all);

}  // namespace rukun
