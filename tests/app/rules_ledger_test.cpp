// Receipt codes, a program's book, and whom to visit.
#include <algorithm>
#include <limits>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/ledger.h"
#include "app/domain/rules/receipt.h"
#include "app/domain/rules/visits.h"
#include "platform/random.h"
#include "sync/txn.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

namespace k = fields;

RecordId id_of(std::uint8_t n) {
  RecordId out;
  out.bytes[0] = n;
  return out;
}

// A book that is written by hand: each line is a transaction, a second after the one before.
struct Hand {
  RecordId program = id_of(1);
  std::vector<LedgerWrite> writes;
  std::vector<LedgerFact> facts;

  LedgerWrite& say(const RecordId& record, KindId kind, bool made,
                   std::vector<FieldChange> changes) {
    LedgerWrite write{record, kind, made, {}, {}, "Pak Budi", {}, std::move(changes)};
    write.txn.bytes[0] = static_cast<std::uint8_t>(writes.size() + 1);
    write.at.ticks = (writes.size() + 1) << 26;
    writes.push_back(std::move(write));
    return writes.back();
  }
  static FieldChange put(FieldId field, Value value) { return {field, OpType::put, value}; }

  void stock(std::uint8_t n, const std::string& item, std::int64_t whole, const std::string& unit) {
    say(id_of(n), k::stock::kKind, true,
        {put(k::stock::kProgram, program), put(k::stock::kItem, item),
         put(k::stock::kQuantity, whole * 1000), put(k::stock::kUnit, unit)});
    facts.push_back({id_of(n), 0, k::stock::kKind, true, program, item, unit, whole * 1000});
  }
  void entitle(std::uint8_t n, const std::string& item, const std::string& unit) {
    say(id_of(n), k::entitlement::kKind, true,
        {put(k::entitlement::kProgram, program), put(k::entitlement::kItem, item),
         put(k::entitlement::kUnit, unit)});
    facts.push_back({id_of(n), 0, k::entitlement::kKind, true, program, item, unit, 10'000});
  }
  void hand_out(std::uint8_t n, std::uint8_t entitlement, std::int64_t whole) {
    say(id_of(n), k::handover::kKind, true,
        {put(k::handover::kEntitlement, id_of(entitlement)),
         put(k::handover::kQuantity, whole * 1000)});
    facts.push_back(
        {id_of(n), 0, k::handover::kKind, true, id_of(entitlement), {}, {}, whole * 1000});
  }
  LedgerFact& now(std::uint8_t n) {
    return *std::find_if(facts.begin(), facts.end(),
                         [&](const LedgerFact& one) { return one.record == id_of(n); });
  }
  Ledger book() const { return ledger_of(program, writes, facts); }
};

// "rice g 100000-30000=70000"
std::string sums(const std::vector<GoodsBalance>& balances) {
  std::string out;
  for (const auto& one : balances)
    out += (out.empty() ? "" : "; ") + one.goods.item + " " + one.goods.unit + " " +
           std::to_string(one.in / 1000) + "-" + std::to_string(one.out / 1000) + "=" +
           std::to_string(one.left() / 1000);
  return out;
}
std::string steps(const Ledger& ledger) {
  std::string out;
  for (const auto& entry : ledger.entries)
    out += (out.empty() ? "" : ", ") + std::string(step_word(entry.step, Language::en));
  return out;
}

TEST_CASE("a receipt code is read back however it is typed, and slips are noticed", "[ledger]") {
  SeededRandom random(3);
  for (int i = 0; i < 200; ++i) {
    const auto id = random.draw<RecordId>();
    const auto code = receipt_code(id);
    REQUIRE(code.size() == 14);
    const auto read = read_receipt_code(code, Language::en);
    REQUIRE(read);
    CHECK(read->names(id));
    CHECK(id.hex().starts_with(read->hex()));
    std::string sloppy;
    for (const char c : code)
      if (c != '-') sloppy += static_cast<char>(c == '0' ? 'o' : c == '1' ? 'l' : c | 0x20);
    for (std::size_t at = 0; at < sloppy.size(); ++at)
      if (code[at + at / 4] >= '2' && code[at + at / 4] <= '9') sloppy[at] = code[at + at / 4];
    const auto again = read_receipt_code(" " + sloppy + " ", Language::en);
    REQUIRE(again);
    CHECK(again->bits == read->bits);
  }
}

TEST_CASE("every single wrong letter and every two that changed places are noticed", "[ledger]") {
  const std::string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  SeededRandom random(4);
  const auto code = receipt_code(random.draw<RecordId>());
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (code[at] == '-') continue;
    for (const char letter : letters) {
      auto typed = code;
      typed[at] = letter;
      if (typed == code) continue;
      const auto read = read_receipt_code(typed, Language::en);
      REQUIRE_FALSE(read);
      CHECK(read.error().code == Code::bad_value);
      CHECK(read.error().hint.find(code) != std::string::npos);  // which it may have been
    }
    for (std::size_t other = at + 1; other < code.size(); ++other) {
      auto typed = code;
      std::swap(typed[at], typed[other]);
      if (code[other] != '-' && typed != code) CHECK_FALSE(read_receipt_code(typed, Language::en));
    }
  }
  for (const auto* wrong : {"", "7K3Q", "7K3Q-9MXA-20DF-0", "7K3Q-9MXU-20DF", "ünü", "----"}) {
    const auto read = read_receipt_code(wrong, Language::en);
    REQUIRE_FALSE(read);
    CHECK(read.error().hint.starts_with("expected: 12 letters"));
  }
}

TEST_CASE("what arrived less what was handed out is left, by goods that convert", "[ledger]") {
  Hand hand;
  hand.stock(10, "rice", 100, "kg");
  hand.stock(11, "rice", 2, "sack:50");
  hand.stock(12, "egg", 30, "piece");
  hand.stock(13, "egg", 2, "pack");  // nobody can say how many eggs are in a pack
  hand.stock(14, "rice", -5, "kg");  // spoiled
  hand.entitle(20, "rice", "kg");
  hand.hand_out(30, 20, 10);
  hand.hand_out(31, 20, 5);
  const std::string expected = "egg pack 2-0=2; egg piece 30-0=30; rice g 195000-15000=180000";
  const auto book = hand.book();
  CHECK(sums(book.balances) == expected);
  CHECK(sums(goods_balances(hand.program, hand.facts)) == expected);
  CHECK(steps(book) == "arrived, arrived, arrived, arrived, arrived, handed out, handed out");
  CHECK(book.entries.back().after.front().left() == 180'000'000);
  CHECK(goods_balances(id_of(2), hand.facts).empty());
}

TEST_CASE("money is money, whatever it is called", "[ledger]") {
  Hand hand;
  hand.stock(10, "~uang", 900'000, "rupiah");
  hand.entitle(20, "", "rupiah");
  hand.hand_out(30, 20, 300'000);
  CHECK(sums(hand.book().balances) == " rupiah 900000-300000=600000");
}

TEST_CASE("a correction is an entry of its own and never rewrites an earlier one", "[ledger]") {
  Hand hand;
  hand.stock(10, "rice", 100, "kg");
  hand.entitle(20, "rice", "kg");
  hand.hand_out(30, 20, 10);
  const auto before = hand.book();
  hand.say(id_of(30), 0, false, {Hand::put(k::handover::kQuantity, std::int64_t{8'000})});
  hand.now(30).quantity = 8'000;
  hand.say(id_of(30), 0, false, {Hand::put(k::handover::kReceivedBy, std::string("Rina"))});
  hand.say(id_of(30), 0, false, {Hand::put(k::handover::kConfirmed, std::int64_t{1})});
  hand.say(id_of(30), 0, false, {Hand::put(kLife, std::int64_t{1})});
  hand.now(30).counts = false;
  const auto book = hand.book();
  CHECK(steps(book) == "arrived, handed out, corrected, corrected, confirmed, deleted");
  for (std::size_t i = 0; i < before.entries.size(); ++i) {
    CHECK(book.entries[i].txn == before.entries[i].txn);
    CHECK(book.entries[i].out == before.entries[i].out);
    CHECK(book.entries[i].in == before.entries[i].in);
  }
  REQUIRE(book.entries[2].out.size() == 1);
  CHECK(book.entries[2].out[0].thousandths == -2'000'000);  // grams come back
  CHECK(book.entries[2].changed == std::vector<FieldId>{k::handover::kQuantity});
  CHECK(book.entries[3].out.empty());
  CHECK(book.entries[5].out[0].thousandths == -8'000'000);
  CHECK(sums(book.balances) == "rice g 100000-0=100000");
  CHECK(book.digest != before.digest);
}

TEST_CASE("what an entitlement was of changes what was handed out by it, visibly", "[ledger]") {
  Hand hand;
  hand.stock(10, "rice", 100, "kg");
  hand.entitle(20, "rice", "kg");
  hand.hand_out(30, 20, 10);
  hand.say(id_of(20), 0, false, {Hand::put(k::entitlement::kItem, std::string("egg"))});
  hand.now(20).item = "egg";
  const auto book = hand.book();
  CHECK(steps(book) == "arrived, handed out, corrected");
  CHECK(sums(book.balances) == "egg g 0-10000=-10000; rice g 100000-0=100000");
  CHECK(sums(goods_balances(hand.program, hand.facts)) == sums(book.balances));
}

TEST_CASE("what merging decided stands apart, so that the book adds up to the records",
          "[ledger]") {
  Hand hand;
  hand.stock(10, "rice", 100, "kg");
  hand.entitle(20, "rice", "kg");
  hand.hand_out(30, 20, 10);
  // Deleted by one who had not seen another's change: it is disputed, and still counts.
  hand.say(id_of(30), 0, false, {Hand::put(kLife, std::int64_t{1})});
  const auto book = hand.book();
  CHECK(steps(book) == "arrived, handed out, deleted, settled by merging");
  CHECK(sums(book.balances) == sums(goods_balances(hand.program, hand.facts)));
  CHECK(sums(book.balances) == "rice g 100000-10000=90000");
}

TEST_CASE("the same writes in any order give the same book, and hostile numbers no overflow",
          "[ledger]") {
  Hand hand;
  hand.stock(10, "rice", 100, "kg");
  hand.entitle(20, "rice", "kg");
  hand.hand_out(30, 20, 10);
  hand.hand_out(31, 20, 20);
  hand.say(id_of(31), 0, false, {Hand::put(k::handover::kQuantity, std::int64_t{1'000})});
  hand.now(31).quantity = 1'000;
  const auto book = hand.book();
  SeededRandom random(5);
  for (int i = 0; i < 20; ++i) {
    for (std::size_t a = hand.writes.size(); a > 1; --a)
      std::swap(hand.writes[a - 1], hand.writes[static_cast<std::size_t>(random.below(a))]);
    const auto again = hand.book();
    CHECK(again.digest == book.digest);
    CHECK(sums(again.balances) == sums(book.balances));
    CHECK(steps(again) == steps(book));
  }
  Hand hostile;
  const auto most = std::numeric_limits<std::int64_t>::max();
  for (const auto quantity : {most, most, std::numeric_limits<std::int64_t>::min()}) {
    const auto n = static_cast<std::uint8_t>(10 + hostile.writes.size());
    hostile.say(
        id_of(n), k::stock::kKind, true,
        {Hand::put(k::stock::kProgram, hostile.program),
         Hand::put(k::stock::kItem, std::string("rice")), Hand::put(k::stock::kQuantity, quantity),
         Hand::put(k::stock::kUnit, std::string("kg"))});
    hostile.facts.push_back(
        {id_of(n), 0, k::stock::kKind, true, hostile.program, "rice", "kg", quantity});
  }
  CHECK_FALSE(hostile.book().entries.empty());
}

TEST_CASE("5 % of the receivers are visited, at least 10, and nobody chooses them", "[ledger]") {
  struct Line {
    std::size_t receivers, visits;
  };
  for (const auto& line : std::vector<Line>{{0, 0},
                                            {1, 1},
                                            {9, 9},
                                            {10, 10},
                                            {11, 10},
                                            {199, 10},
                                            {200, 10},
                                            {201, 11},
                                            {2000, 100},
                                            {2001, 101}})
    CHECK(visit_count(line.receivers) == line.visits);

  SeededRandom random(6);
  const auto digest = random.draw<TxnHash>();
  std::vector<RecordId> all;
  for (int i = 0; i < 300; ++i) all.push_back(random.draw<RecordId>());
  const auto drawn = visit_sample(digest, all);
  CHECK(drawn.size() == 15);
  auto shuffled = all;
  std::reverse(shuffled.begin(), shuffled.end());
  shuffled.push_back(all.front());  // named twice, visited at most once
  CHECK(visit_sample(digest, shuffled) == drawn);
  CHECK(visit_sample(random.draw<TxnHash>(), all) != drawn);
  // Over many books everybody's turn comes about equally often.
  std::map<RecordId, int> turns;
  for (int i = 0; i < 2000; ++i)
    for (const auto& one : visit_sample(random.draw<TxnHash>(), all)) ++turns[one];
  CHECK(turns.size() == all.size());
  for (const auto& [one, count] : turns) {
    CHECK(count > 50);  // 100 on average
    CHECK(count < 160);
  }
}

}  // namespace
}  // namespace rukun::test
