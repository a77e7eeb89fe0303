#include "app/domain/rules/ledger.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/rules/facts.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "sync/crypto.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr Label kDigestLabel("rukun/ledger/1");
constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

// Saturates: a hostile writer's numbers must not wrap around.
std::int64_t added(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (!__builtin_add_overflow(a, b, &out)) return out;
  return b > 0 ? kLargest : -kLargest;
}
std::int64_t negated(std::int64_t n) {
  return n == std::numeric_limits<std::int64_t>::min() ? kLargest : -n;
}

using Amounts = std::map<LedgerGoods, std::int64_t>;
void add(Amounts& to, const GoodsAmount& one, bool take_away = false) {
  auto& total = to[one.goods];
  total = added(total, take_away ? negated(one.thousandths) : one.thousandths);
}
void add_balance(std::map<LedgerGoods, GoodsBalance>& to, const GoodsAmount& one, bool out) {
  auto& balance = to[one.goods];
  balance.goods = one.goods;
  auto& total = out ? balance.out : balance.in;
  total = added(total, one.thousandths);
}
std::vector<GoodsAmount> moved(const Amounts& amounts) {
  std::vector<GoodsAmount> out;
  for (const auto& [goods, thousandths] : amounts)
    if (thousandths != 0) out.push_back({goods, thousandths});
  return out;
}

// A record as its writes have left it so far.
struct Page {
  KindId kind = 0;
  bool made = false, deleted = false;
  std::map<FieldId, Value> values;

  RecordId reference(FieldId field) const {
    const auto found = values.find(field);
    const auto* id = found == values.end() ? nullptr : std::get_if<RecordId>(&found->second);
    return id == nullptr ? RecordId{} : *id;
  }
  std::string text(FieldId field) const {
    const auto found = values.find(field);
    const auto* text = found == values.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? std::string() : *text;
  }
  std::int64_t number(FieldId field) const {
    const auto found = values.find(field);
    const auto* number =
        found == values.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
    return number == nullptr ? 0 : *number;
  }
};

// What a record counts for in the book, if it does.
struct Share {
  bool mine = false;  // it belongs to this program, even where it counts for nothing
  bool out = false;
  std::optional<GoodsAmount> amount;
};

class Book {
 public:
  Book(const RecordId& program, std::span<const LedgerFact> facts) : program_(program) {
    for (const auto& fact : facts) now_.emplace(fact.record, &fact);
  }

  Ledger write(std::vector<LedgerWrite> writes) {
    std::sort(writes.begin(), writes.end(), [](const LedgerWrite& a, const LedgerWrite& b) {
      return std::tie(a.at.ticks, a.txn, a.record) < std::tie(b.at.ticks, b.txn, b.record);
    });
    for (const auto& one : writes) take(one);
    settle(writes);
    Ledger out;
    Bytes rests_on(program_.bytes.begin(), program_.bytes.end());
    for (const auto& entry : entries_) {
      append(rests_on, entry.txn);
      append(rests_on, entry.record);
    }
    out.digest = hash_to<TxnHash>(kDigestLabel, rests_on);
    out.entries = std::move(entries_);
    for (const auto& [goods, balance] : balances_) out.balances.push_back(balance);
    return out;
  }

 private:
  // The program, item and unit of an entitlement: as far as it is written, else as it is now, for a
  // laptop with a wrong clock may have handed out before.
  Share share_of_handover(const Page& page) const {
    Share out;
    out.out = true;
    const auto entitlement = page.reference(k::handover::kEntitlement);
    if (entitlement.is_zero()) return out;
    const auto found = pages_.find(entitlement);
    std::string item, unit;
    if (found != pages_.end() && found->second.made) {
      out.mine = found->second.reference(k::entitlement::kProgram) == program_;
      item = found->second.text(k::entitlement::kItem);
      unit = found->second.text(k::entitlement::kUnit);
    } else if (const auto fact = now_.find(entitlement); fact != now_.end()) {
      out.mine = fact->second->refers == program_;
      item = fact->second->item;
      unit = fact->second->unit;
    }
    if (!out.mine || page.deleted) return out;
    const auto quantity = std::max<std::int64_t>(0, page.number(k::handover::kQuantity));
    out.amount = counted_as(std::move(item), unit, quantity);
    return out;
  }

  Share share(const RecordId& record) const {
    const auto found = pages_.find(record);
    if (found == pages_.end() || !found->second.made) return {};
    const auto& page = found->second;
    if (page.kind == k::handover::kKind) return share_of_handover(page);
    if (page.kind != k::stock::kKind) return {};
    Share out;
    out.mine = page.reference(k::stock::kProgram) == program_;
    if (out.mine && !page.deleted)
      out.amount = counted_as(page.text(k::stock::kItem), page.text(k::stock::kUnit),
                              page.number(k::stock::kQuantity));
    return out;
  }

  static LedgerStep step_of(const LedgerWrite& write, KindId kind) {
    if (write.made) return kind == k::stock::kKind ? LedgerStep::arrived : LedgerStep::handed_out;
    const auto& changes = write.changes;
    for (const auto& change : changes)
      if (change.field == kLife)
        return change.value == Value{std::int64_t{1}} ? LedgerStep::deleted
                                                      : LedgerStep::brought_back;
    const bool confirms = kind == k::handover::kKind && changes.size() == 1 &&
                          changes[0].field == k::handover::kConfirmed &&
                          changes[0].value == Value{std::int64_t{1}};
    return confirms ? LedgerStep::confirmed : LedgerStep::changed;
  }

  void apply(Page& page, const LedgerWrite& write) {
    if (write.made) {
      page.made = true;
      page.kind = write.kind;
    }
    for (const auto& change : write.changes) {
      if (change.field == kLife) {
        page.deleted = change.value == Value{std::int64_t{1}};
      } else if (change.type == OpType::put) {
        page.values[change.field] = change.value;
      }
    }
  }

  // Whose amounts a write may move: its own record's, and of an entitlement those handed out by it.
  std::vector<RecordId> moved_by(const RecordId& record) const {
    std::vector<RecordId> out{record};
    const auto found = handed_by_.find(record);
    if (found != handed_by_.end())
      out.insert(out.end(), found->second.begin(), found->second.end());
    return out;
  }

  void take(const LedgerWrite& write) {
    const auto affected = moved_by(write.record);
    Amounts in, out;
    bool mine = false;
    const auto count = [&](bool before) {
      for (const auto& record : affected) {
        const auto one = share(record);
        mine = mine || one.mine;
        if (one.amount) add(one.out ? out : in, *one.amount, before);
      }
    };
    count(true);
    auto& page = pages_[write.record];
    apply(page, write);
    const auto entitlement = page.reference(k::handover::kEntitlement);
    if (page.kind == k::handover::kKind && !entitlement.is_zero())
      handed_by_[entitlement].insert(write.record);
    count(false);
    const bool moves = !moved(in).empty() || !moved(out).empty();
    if (!moves && (!mine || page.kind == k::entitlement::kKind)) return;
    LedgerEntry entry{
        step_of(write, page.kind), write.record, page.kind, write.txn, write.by_name, write.at};
    if (!write.made)
      for (const auto& change : write.changes)
        if (change.field != kLife) entry.changed.push_back(change.field);
    enter(std::move(entry), in, out);
  }

  void enter(LedgerEntry entry, const Amounts& in, const Amounts& out) {
    entry.in = moved(in);
    entry.out = moved(out);
    std::set<LedgerGoods> touched;
    for (const auto& one : entry.in) {
      add_balance(balances_, one, false);
      touched.insert(one.goods);
    }
    for (const auto& one : entry.out) {
      add_balance(balances_, one, true);
      touched.insert(one.goods);
    }
    for (const auto& goods : touched) entry.after.push_back(balances_.at(goods));
    entries_.push_back(std::move(entry));
  }

  Share share_now(const LedgerFact& fact) const {
    Share out;
    if (fact.kind == k::stock::kKind) {
      out.mine = fact.refers == program_;
      if (out.mine && fact.counts) out.amount = counted_as(fact.item, fact.unit, fact.quantity);
    } else if (fact.kind == k::handover::kKind) {
      out.out = true;
      const auto of = now_.find(fact.refers);
      out.mine = of != now_.end() && of->second->refers == program_;
      if (out.mine && fact.counts)
        out.amount = counted_as(of->second->item, of->second->unit,
                                std::max<std::int64_t>(0, fact.quantity));
    }
    return out;
  }

  // What the entries say and what the records say may part where merging had to decide.
  void settle(const std::vector<LedgerWrite>& writes) {
    std::map<RecordId, const LedgerWrite*> last;
    for (const auto& write : writes) last[write.record] = &write;
    for (const auto& [record, write] : last) {
      const auto fact = now_.find(record);
      const auto wanted = fact == now_.end() ? Share{} : share_now(*fact->second);
      const auto held = share(record);
      if (wanted.amount == held.amount) continue;
      Amounts in, out;
      if (held.amount) add(held.out ? out : in, *held.amount, true);
      if (wanted.amount) add(wanted.out ? out : in, *wanted.amount);
      enter(
          {LedgerStep::settled, record, pages_[record].kind, write->txn, write->by_name, write->at},
          in, out);
    }
  }

  RecordId program_;
  std::map<RecordId, const LedgerFact*> now_;
  std::map<RecordId, Page> pages_;
  std::map<RecordId, std::set<RecordId>> handed_by_;
  std::map<LedgerGoods, GoodsBalance> balances_;
  std::vector<LedgerEntry> entries_;
};

// Which fields of a kind a fact is made of: what it refers to, how much, item, unit.
std::vector<FieldId> fact_fields(KindId kind) {
  if (kind == k::stock::kKind)
    return {k::stock::kProgram, k::stock::kQuantity, k::stock::kItem, k::stock::kUnit};
  if (kind == k::entitlement::kKind)
    return {k::entitlement::kProgram, k::entitlement::kQuantity, k::entitlement::kItem,
            k::entitlement::kUnit};
  return {k::handover::kEntitlement, k::handover::kQuantity};
}

Status add_facts(Projection& records, std::span<const std::uint32_t> spaces, KindId kind,
                 std::vector<LedgerFact>& out) {
  const auto fields = fact_fields(kind);
  const bool goods = fields.size() == 4;
  const auto add_alive = [&](const FactRow& row) {
    const auto refers = row.record(0).value_or(RecordId{});
    if (kind == k::handover::kKind && refers.is_zero()) return;
    out.push_back({row.id(), row.space(), kind, true, refers, goods ? row.text(2) : std::string(),
                   goods ? row.text(3) : std::string(), row.number(1),
                   !goods && row.number(2) == 1});
  };
  const FactFilter filter{.spaces = spaces};
  TRY_VOID(goods ? each_fact(records, kind, {fields[0], fields[1], fields[2], fields[3]}, filter,
                             add_alive)
                 : each_fact(records, kind, {fields[0], fields[1], k::handover::kConfirmed}, filter,
                             add_alive));
  const Query deleted{.kind = kind, .spaces = {spaces.begin(), spaces.end()}, .deleted = true};
  return records.each_row(deleted, [&](Row& row) -> Result<bool> {
    const auto* refers = std::get_if<RecordId>(&value_in(row, fields[0]));
    if (refers != nullptr)
      out.push_back({row.id, row.space, kind, false, *refers,
                     goods ? text_in(row, fields[2]) : std::string(),
                     goods ? text_in(row, fields[3]) : std::string(), number_in(row, fields[1])});
    return true;
  });
}

}  // namespace

std::int64_t GoodsBalance::left() const { return added(in, negated(out)); }

GoodsAmount counted_as(std::string item, const std::string& unit, std::int64_t thousandths) {
  // Money is money, whatever it is called.
  if (unit == "rupiah") return {{{}, unit}, thousandths};
  auto kept = base_unit(unit);
  const auto converted =
      kept == unit ? Result<std::int64_t>(thousandths) : convert(thousandths, unit, kept);
  if (!converted) return {{std::move(item), unit}, thousandths};
  return {{std::move(item), std::move(kept)}, *converted};
}

std::string larger_unit(const std::string& unit, std::vector<std::int64_t*> amounts) {
  const std::string larger = unit == "g" ? "kg" : unit == "ml" ? "liter" : "";
  if (larger.empty()) return unit;
  std::vector<std::int64_t> to;
  for (const auto* amount : amounts) {
    const auto converted = convert(*amount, unit, larger);
    if (!converted) return unit;
    to.push_back(*converted);
  }
  for (std::size_t i = 0; i < amounts.size(); ++i) *amounts[i] = to[i];
  return larger;
}

Result<std::vector<LedgerFact>> load_ledger_facts(Projection& records,
                                                  std::span<const std::uint32_t> spaces) {
  std::vector<LedgerFact> out;
  for (const auto kind : {k::stock::kKind, k::entitlement::kKind, k::handover::kKind})
    TRY_VOID(add_facts(records, spaces, kind, out));
  return out;
}

std::string goods_word(const LedgerGoods& goods, const ItemCatalogue* items, Language language) {
  if (goods.unit == "rupiah") return std::string(pick(language, "Uang", "Money"));
  if (goods.item.empty()) return std::string(pick(language, "(tanpa barang)", "(no item named)"));
  return item_word(goods.item, items, language);
}

std::vector<GoodsBalance> goods_balances(const RecordId& program,
                                         std::span<const LedgerFact> facts) {
  std::map<RecordId, const LedgerFact*> entitlements;
  for (const auto& fact : facts)
    if (fact.kind == k::entitlement::kKind && fact.refers == program)
      entitlements.emplace(fact.record, &fact);
  std::map<LedgerGoods, GoodsBalance> sums;
  for (const auto& fact : facts) {
    if (!fact.counts) continue;
    if (fact.kind == k::stock::kKind && fact.refers == program)
      add_balance(sums, counted_as(fact.item, fact.unit, fact.quantity), false);
    const auto of =
        fact.kind == k::handover::kKind ? entitlements.find(fact.refers) : entitlements.end();
    if (of != entitlements.end())
      add_balance(
          sums,
          counted_as(of->second->item, of->second->unit, std::max<std::int64_t>(0, fact.quantity)),
          true);
  }
  std::vector<GoodsBalance> out;
  for (const auto& [goods, balance] : sums) out.push_back(balance);
  return out;
}

std::string_view step_word(LedgerStep step, Language language) {
  switch (step) {
    case LedgerStep::arrived: return pick(language, "masuk", "arrived");
    case LedgerStep::handed_out: return pick(language, "diserahkan", "handed out");
    case LedgerStep::confirmed: return pick(language, "dikonfirmasi", "confirmed");
    case LedgerStep::changed: return pick(language, "koreksi", "corrected");
    case LedgerStep::deleted: return pick(language, "dihapus", "deleted");
    case LedgerStep::brought_back: return pick(language, "dikembalikan", "brought back");
    case LedgerStep::settled: return pick(language, "hasil penggabungan", "settled by merging");
  }
  return {};
}

Ledger ledger_of(const RecordId& program, std::vector<LedgerWrite> writes,
                 std::span<const LedgerFact> facts) {
  return Book(program, facts).write(std::move(writes));
}

}  // namespace rukun
