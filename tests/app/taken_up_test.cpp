// Of many needs and offers only those that matter are read when that is enough: the
// answers must be those of reading everything.
#include <algorithm>
#include <map>

#include "app/domain/rules/derived.h"
#include "app/domain/rules/match.h"
#include "app/domain/units.h"
#include "app/report/consolidated.h"
#include "app/report/need_sums.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

constexpr std::size_t kManyGoods = 70;  // more than are looked up one by one

// Needs and offers of two items in several units, about half of them taken up in some way.
struct Market : Village {
  std::vector<RecordId> needs, offers, pledges;

  explicit Market(std::uint64_t seed) : draw_(seed) {
    for (std::size_t i = 0; i < kManyGoods; ++i) {
      needs.push_back(force(anybody(), k::need::kKind, goods(false)));
      offers.push_back(force(anybody(), k::offer::kKind, goods(true)));
    }
    for (std::size_t i = 0; i < kManyGoods; ++i) {
      std::vector<Given> given{{k::pledge::kNeed, any(needs)}, {k::pledge::kQuantity, some()}};
      if (below(3) > 0) given.push_back({k::pledge::kOffer, any(offers)});
      if (below(4) == 0) given.push_back({k::pledge::kState, num(1 + below(3))});
      pledges.push_back(force(anybody(), k::pledge::kKind, given));
    }
    for (int i = 0; i < 20; ++i) {
      const bool of_pledge = below(2) == 0;
      force(anybody(), k::handover::kKind,
            {{of_pledge ? k::handover::kPledge : k::handover::kNeed,
              of_pledge ? any(pledges) : any(needs)},
             {k::handover::kQuantity, some()}});
    }
    for (int i = 0; i < 4; ++i) {
      set("Pak Budi", any(needs), {{k::need::kClosed, text("pindah")}});
      set("Pak Budi", any(offers), {{k::offer::kWithdrawn, text("habis")}});
    }
    remove("Pak Budi", needs[static_cast<std::size_t>(below(kManyGoods))]);
  }

  std::int64_t below(std::size_t most) { return static_cast<std::int64_t>(draw_.below(most)); }
  RecordId any(const std::vector<RecordId>& of) {
    return of[static_cast<std::size_t>(below(of.size()))];
  }
  const char* anybody() { return below(2) == 0 ? "Pak Budi" : "Bu Sari"; }
  Value some() { return qty(1 + below(6)); }

  Derived all() { return read(Derived::load(records(), {}, k::need::kKind)); }
  Derived from_offers() { return read(Derived::load_from_offers(records(), {})); }

 private:
  static Derived read(Result<Derived> found) {
    REQUIRE(found);
    return std::move(*found);
  }

  std::vector<Given> goods(bool offer) {
    static constexpr const char* kUnits[] = {"kg", "g", "sack:10", "box"};
    const bool rice = below(3) > 0;
    return {{offer ? k::offer::kCategory : k::need::kCategory, num(1)},
            {offer ? k::offer::kItem : k::need::kItem, text(rice ? "rice" : "sugar")},
            {offer ? k::offer::kQuantity : k::need::kQuantity, some()},
            {offer ? k::offer::kUnit : k::need::kUnit, text(kUnits[below(4)])}};
  }

  SeededRandom draw_;
};

std::string shown(const Result<std::vector<Match>>& found) {
  if (!found) return std::string(name_of(found.error().code));
  std::string out;
  for (const auto& one : *found)
    out += one.record.hex().substr(0, 8) + " " + std::to_string(one.remaining) + " " +
           std::to_string(one.fits) + (one.same_item ? " same\n" : "\n");
  return out;
}

}  // namespace

// Of 100,000 imported households each would be walked for each that is taken back.
TEST_CASE("what refers to a record is found without walking a table", "[rules]") {
  Village village;
  auto& db = village.records().db();
  int columns = 0;
  for (const auto& table : projection_schema()) {
    for (const auto& column : table.columns) {
      if (column.type != ValueType::reference) continue;
      CAPTURE(table.name, column.name);
      const auto name = "t.\"" + column.name + "\"";
      auto plan = db.prepare(
          "EXPLAIN QUERY PLAN SELECT t.rid FROM \"" + table.name + "\" t WHERE t.space = ?2 AND " +
          (column.set ? name + " IS NOT NULL AND instr(" + name + ", ?3) > 0" : name + " = ?1"));
      REQUIRE(plan);
      REQUIRE(plan->step().value());
      CHECK(plan->text(3).find("USING INDEX") != std::string_view::npos);
      ++columns;
    }
  }
  CHECK(columns > 20);
}

TEST_CASE("what fits is the same, whatever was read before", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    CAPTURE(seed);
    Market market(seed);
    const Derived all = market.all(), part = market.from_offers();
    MatchContext alone{market.records(), {}, market.now, kWibOffset_min, &market.items()};
    auto with_all = alone, with_part = alone;
    with_all.aid = &all;
    with_part.aid = &part;
    std::size_t none_left = 0;
    for (std::size_t i = 0; i < kManyGoods; i += 7)
      for (const std::size_t most : {std::size_t{3}, std::size_t{20}, std::size_t{200}}) {
        const auto need = market.needs[i], offer = market.offers[i];
        const auto offers = shown(offers_for_need(alone, market.space(), need, most));
        CHECK(offers == shown(offers_for_need(with_all, market.space(), need, most)));
        CHECK(offers == shown(offers_for_need(with_part, market.space(), need, most)));
        const auto needs = shown(needs_for_offer(alone, market.space(), offer, most));
        CHECK(needs == shown(needs_for_offer(with_all, market.space(), offer, most)));
        CHECK(needs == shown(needs_for_offer(with_part, market.space(), offer, most)));
        const auto found = offers_for_need(alone, market.space(), need, most);
        if (!found) continue;
        for (const auto& one : *found) {
          const auto* balance = all.aid(market.space())->offer(one.record);
          REQUIRE(balance != nullptr);
          CHECK(balance->remaining == one.remaining);
          CHECK(one.remaining > 0);
        }
        if (most == 200 && found->size() < kManyGoods) ++none_left;
      }
    CHECK(none_left > 0);
  }
}

TEST_CASE("of pledges from offers the balances are the same when nothing else is read", "[rules]") {
  std::size_t bumped = 0, beside = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Market market(seed);
    const Derived all = market.all(), part = market.from_offers();
    const auto* whole = all.aid(market.space());
    const auto* read = part.aid(market.space());
    REQUIRE(whole != nullptr);
    REQUIRE(read != nullptr);
    REQUIRE(market.records().each_row({.kind = k::pledge::kKind}, [&](Row& row) -> Result<bool> {
      const auto* pledge = whole->pledge(row.id);
      REQUIRE(pledge != nullptr);
      if (const auto* same = read->pledge(row.id)) {
        CHECK(same->honored == pledge->honored);
        CHECK(same->handed_over == pledge->handed_over);
        CHECK(same->bumped == pledge->bumped);
      }
      if (is_none(value_in(row, k::pledge::kOffer))) return true;
      CHECK(read->pledge(row.id) != nullptr);
      bumped += pledge->bumped ? 1 : 0;
      const auto id = std::get<RecordId>(value_in(row, k::pledge::kNeed));
      const auto *need = whole->need(id), *same = read->need(id);
      REQUIRE(same != nullptr);
      CHECK(same->delivered == need->delivered);
      CHECK(same->promised == need->promised);
      CHECK(same->on_the_way == need->on_the_way);
      CHECK(same->remaining == need->remaining);
      CHECK(same->state == need->state);
      return true;
    }));
    for (const auto& id : market.needs) beside += read->need(id) == nullptr ? 1 : 0;
  }
  CHECK(bumped > 0);
  CHECK(beside > 0);
}

TEST_CASE("amounts of one measure are summed in one unit, and boxes never with them", "[rules]") {
  const auto liters = need_sums("liter", 2000, false, {});
  CHECK(liters.unit == "ml");
  CHECK(liters.needed == 2'000'000);
  CHECK(in_larger_unit(liters).unit == "liter");
  CHECK(in_larger_unit(liters).needed == 2000);
  const auto boxes = need_sums("box", 2000, false, {});
  CHECK(boxes.unit == "box");
  CHECK(boxes.needed == 2000);
}

TEST_CASE("sums of all needs are those of each need's own balance", "[rules]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Market market(seed);
    const Derived all = market.all();
    std::map<std::string, std::vector<std::int64_t>> expected;
    REQUIRE(market.records().each_row({.kind = k::need::kKind}, [&](Row& row) -> Result<bool> {
      const auto* balance = all.aid(row.space)->need(row.id);
      REQUIRE(balance != nullptr);
      const auto sums = need_sums(text_in(row, k::need::kUnit), number_in(row, k::need::kQuantity),
                                  !is_none(value_in(row, k::need::kClosed)), *balance);
      const bool grams = sums.unit == "g";  // shown as kilograms when nothing is lost
      auto& line = expected[text_in(row, k::need::kItem) + (grams ? "" : " " + sums.unit)];
      line.resize(5);
      line[0] += sums.needed;
      line[1] += sums.promised;
      line[2] += sums.delivered;
      line[3] += sums.remaining;
      line[4] += 1;
      return true;
    }));
    SpaceInfo space;
    space.number = market.space();
    space.name = "RT 003";
    const auto both =
        consolidated(market.records(), {{space, std::nullopt}}, {Language::en, market.now, 7});
    REQUIRE(both);
    std::map<std::string, std::vector<std::int64_t>> found;
    REQUIRE(both->by_space.rows([&](const TableRow& row) -> Status {
      const auto unit = std::get<std::string>(row[4]);
      const bool kilos = unit == "kg", grams = unit == "g";
      auto& line = found[std::get<std::string>(row[3]) + (kilos || grams ? "" : " " + unit)];
      line.resize(5);
      for (std::size_t i = 0; i < 4; ++i)
        line[i] += std::get<NumberCell>(row[5 + i]).thousandths * (kilos ? 1000 : 1);
      line[4] += std::get<NumberCell>(row[9]).thousandths / 1000;
      return {};
    }));
    CHECK(found == expected);
  }
}

}  // namespace rukun::test
