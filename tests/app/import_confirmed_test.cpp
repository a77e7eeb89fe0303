// What a second member confirmed, in spreadsheets that go from hand to hand.
#include "app/domain/schema.h"
#include "app/engine/importer.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {

TEST_CASE(
    "a hand-over's confirmation is read from a second member's list, never from its recorder's",
    "[import]") {
  namespace handover = fields::handover;
  ThreeNeighbors all(3);
  const auto import = [&](Laptop& who, std::vector<std::string> headings,
                          std::vector<ImportRow> rows) {
    auto& engine = who.engine();
    const auto space = engine.space(all.space).value();
    ImportOptions english;
    english.language = Language::en;
    auto report = import_rows(engine, space, kind_of(handover::kKind),
                              ImportTable{std::move(headings), std::move(rows)}, english);
    INFO((report ? std::string() : report.error().message));
    REQUIRE(report.has_value());
    return std::move(*report);
  };
  const auto confirmed = [&](Laptop& who, const RecordId& id) {
    const auto row =
        who.engine().records().row(who.engine().space(all.space).value().number, id).value();
    REQUIRE(row.has_value());
    return value_in(*row, handover::kConfirmed) == Value(std::int64_t{1});
  };
  const auto need = all.head.add_need(all.space, 5000);
  const auto given = all.head.run(
      all.space, {{AddRecord{handover::kKind,
                             {{handover::kNeed, OpType::put, need},
                              {handover::kQuantity, OpType::put, std::int64_t{2000}},
                              {handover::kReceivedBy, OpType::put, std::string("Bu Ani")}}}}});
  const auto id = given.records.at(0);
  all.round();

  // Its recorder cannot; who got the list from there can, and twice changes nothing.
  const auto own = import(all.head, {"id", "Dikonfirmasi"}, {{2, {id.hex(), "ya"}}});
  REQUIRE(own.refused.size() == 1);
  CHECK(own.refused[0].row == 2);
  CHECK(own.refused[0].error.message ==
        "Serah terima tidak dapat dikonfirmasi oleh pencatatnya sendiri");
  CHECK(own.changed == 0);
  CHECK_FALSE(confirmed(all.head, id));
  const auto other = import(all.volunteer, {"id", "Dikonfirmasi"}, {{2, {id.hex(), "ya"}}});
  CHECK(other.refused.empty());
  CHECK(other.changed == 1);
  CHECK(import(all.volunteer, {"id", "Dikonfirmasi"}, {{2, {id.hex(), "ya"}}}).same == 1);
  all.round();
  CHECK(confirmed(all.head, id));

  // Of another neighborhood's list the hand-over is taken without it.
  const std::vector<std::string> headings{"id", "need", "quantity", "received_by", "Dikonfirmasi"};
  const std::vector<ImportRow> rows{
      {2, {std::string(32, 'd'), need.hex(), "1", "Pak Joko", "ya"}},
      {3, {std::string(32, 'e'), need.hex(), "1", "Bu Siti", "tidak"}}};
  const auto elsewhere = import(all.head, headings, rows);
  CHECK(elsewhere.refused.empty());
  CHECK(elsewhere.fresh == 2);
  REQUIRE(elsewhere.remarks.size() == 1);
  CHECK(elsewhere.remarks[0].starts_with("1 hand-overs came without their confirmation"));
  CHECK(all.head.count(all.space, handover::kKind) == 3);
  const auto again = import(all.head, headings, rows);
  CHECK(again.same == 2);
  CHECK(again.refused.empty());
}

}  // namespace rukun::test
