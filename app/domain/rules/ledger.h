#pragma once
// The book of an aid program: what arrived, what was handed out, what is left, entry by entry, each
// resting on a transaction. Sums are kept by item, within what units convert exactly; what does not
// convert stands apart. A later change is a later entry and never rewrites an earlier one; whatever
// merging decided beyond the entries (a disputed deletion, two values) stands as an entry of its
// own, so that the entries always add up to what the records say now. The same writes in any order
// give the same book. It proves that records were not changed, not that goods arrived. Pure, but
// for load_ledger_facts, which reads the projection (errors: io). One thread.

#include <compare>
#include <span>
#include <string>
#include <vector>

#include "app/domain/commands.h"
#include "app/domain/items.h"
#include "app/domain/language.h"
#include "storage/projection.h"

namespace rukun {

// What a sum is kept by. `unit` is the one that sums are kept in (units.h), or as it was written.
struct LedgerGoods {
  std::string item;  // as stored; empty for money, and where an entitlement names none
  std::string unit;
  auto operator<=>(const LedgerGoods&) const = default;
};
struct GoodsAmount {
  LedgerGoods goods;
  std::int64_t thousandths = 0;
  bool operator==(const GoodsAmount&) const = default;
};
std::string goods_word(const LedgerGoods& goods, const ItemCatalogue* items, Language language);
GoodsAmount counted_as(std::string item, const std::string& unit, std::int64_t thousandths);
// Grams become kilograms and millilitres liters, as far as nothing is lost of any of the amounts.
std::string larger_unit(const std::string& unit, std::vector<std::int64_t*> amounts);

// A stock, entitlement or handover as it stands now.
struct LedgerFact {
  RecordId record;
  std::uint32_t space = 0;
  KindId kind = 0;
  bool counts = true;  // false: deleted
  RecordId refers;     // to the program; of a handover: to its entitlement
  std::string item, unit;
  std::int64_t quantity = 0;
  bool confirmed = false;  // somebody said so; who counts, says derived_office.h
};
// With what was deleted. Handovers of pledges and needs belong to no program and are left out.
Result<std::vector<LedgerFact>> load_ledger_facts(Projection& records,
                                                  std::span<const std::uint32_t> spaces);

struct GoodsBalance {
  LedgerGoods goods;
  std::int64_t in = 0, out = 0;
  std::int64_t left() const;
};
// By goods. `facts` of one neighborhood.
std::vector<GoodsBalance> goods_balances(const RecordId& program,
                                         std::span<const LedgerFact> facts);

// One transaction's say on one record.
struct LedgerWrite {
  RecordId record;
  KindId kind = 0;  // when it made the record
  bool made = false;
  TxnHash txn;
  MemberId by;
  std::string by_name;
  Stamp at;
  std::vector<FieldChange> changes;
};

enum class LedgerStep : std::uint8_t {
  arrived,  // stock
  handed_out,
  confirmed,  // by somebody
  changed,    // a correction
  deleted,
  brought_back,
  settled,  // what merging decided
};
std::string_view step_word(LedgerStep step, Language language);

struct LedgerEntry {
  LedgerStep step = LedgerStep::changed;
  RecordId record;
  KindId kind = 0;  // stock, handover or entitlement
  TxnHash txn;
  std::string by_name;
  Stamp at;
  std::vector<GoodsAmount> in = {}, out = {};  // corrections may be negative
  std::vector<GoodsBalance> after = {};        // of the goods that it moved
  std::vector<FieldId> changed = {};           // fields, but for those of a new record
};

struct Ledger {
  std::vector<LedgerEntry> entries;
  std::vector<GoodsBalance> balances;
  // Over what the entries rest on, in order: whoever has the same book has the same one.
  TxnHash digest;
};
Ledger ledger_of(const RecordId& program, std::vector<LedgerWrite> writes,
                 std::span<const LedgerFact> facts);

}  // namespace rukun
