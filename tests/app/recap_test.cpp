// The office's Rekap: lines add up to the needs behind them, what one RT lacks meets what another
// offers, and a list says what changed since the one before.
#include "app/report/recap.h"

#include "app/report/handed_in.h"
#include "app/report/recap_tables.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

RecordId family(Village& village, std::int64_t rt, std::int64_t infants, std::int64_t elderly) {
  return village.add(
      "Pak Budi", k::household::kKind,
      {{k::household::kName, text("Keluarga " + std::to_string(rt) + "." + std::to_string(infants) +
                                  std::to_string(elderly))},
       {k::household::kRt, num(rt)},
       {k::household::kRw, num(7)},
       {k::household::kPeople, num(4)},
       {k::household::kInfants, num(infants)},
       {k::household::kElderly, num(elderly)}});
}

RecordId wants(Village& village, std::optional<RecordId> who, const std::string& item,
               std::int64_t quantity, const std::string& unit, std::int64_t urgency) {
  std::vector<Given> given{{k::need::kCategory, num(1)},
                           {k::need::kItem, text(item)},
                           {k::need::kQuantity, qty(quantity)},
                           {k::need::kUnit, text(unit)},
                           {k::need::kUrgency, num(urgency)}};
  if (who) given.push_back({k::need::kHousehold, *who});
  return village.add("Pak Budi", k::need::kKind, given);
}

RecordId offers(Village& village, const RecordId& who, const std::string& item,
                std::int64_t quantity, const std::string& unit, std::int64_t until = 0) {
  std::vector<Given> given{{k::offer::kCategory, num(1)},
                           {k::offer::kItem, text(item)},
                           {k::offer::kQuantity, qty(quantity)},
                           {k::offer::kUnit, text(unit)},
                           {k::offer::kHousehold, who}};
  if (until != 0) given.push_back({k::offer::kAvailableUntil, num(until)});
  return village.add("Pak Budi", k::offer::kKind, given);
}

// RT 003 and RT 005 of one neighborhood whose own place is RT 003.
struct TwoRts {
  Village village;
  RecordId ani = family(village, 3, 1, 0), joko = family(village, 5, 0, 2);
  std::vector<SpaceSource> sources{
      {{village.space_id(), village.space(), "RT 003/RW 007 Sukamaju", "", {}, false, 4}, {}}};

  ConsolidatedOptions options() { return {Language::id, village.now, 7, &village.items()}; }
  Recap recap() {
    auto made = Recap::load(village.records(), sources, options());
    REQUIRE(made);
    return std::move(*made);
  }
  Consolidated sums() {
    auto made = consolidated(village.records(), sources, options());
    REQUIRE(made);
    return std::move(*made);
  }
};

const RecapLine& line(const Recap& recap, RecapBy by, const std::string& label) {
  for (const auto& one : recap.lines(by))
    if (one.label == label) return one;
  FAIL("no line " << label);
  return recap.lines(by).front();
}

std::vector<std::string> rows_text(const Table& table) {
  std::vector<std::string> out;
  REQUIRE(for_each_row(table, [&](const TableRow& row) -> Status {
    std::string text;
    for (const auto& cell : row) text += (text.empty() ? "" : "|") + plain_text(cell);
    out.push_back(text);
    return {};
  }));
  return out;
}

}  // namespace

TEST_CASE("needs count for the RT, RW, urgency and vulnerable groups of their household",
          "[recap]") {
  TwoRts at;
  wants(at.village, at.ani, "rice", 5, "kg", k::need::kUrgencyUrgent);
  wants(at.village, at.joko, "rice", 500, "g", k::need::kUrgencyNormal);
  const auto blankets =
      wants(at.village, std::nullopt, "~tikar", 2, "piece", k::need::kUrgencyLife);
  at.village.set("Pak Budi", blankets, {{k::need::kClosed, text("sudah ada")}});
  const auto recap = at.recap();
  CHECK(recap.lines(RecapBy::rt).size() == 2);
  CHECK(line(recap, RecapBy::rt, "RT 003/RW 007 Sukamaju").count.needs == 2);  // and the whole RT's
  CHECK(line(recap, RecapBy::rt, "RT 005/RW 007 (RT 003/RW 007 Sukamaju)").count.open == 1);
  CHECK(line(recap, RecapBy::rw, "RW 007").count.needs == 3);
  CHECK(line(recap, RecapBy::category, "Pangan").count.urgent == 1);
  const auto& rice = line(recap, RecapBy::item, "Beras");
  CHECK(rice.sums.needed == 5'500'000);
  CHECK(rice.sums.unit == "g");
  CHECK(recap.lines(RecapBy::urgency).front().key == "life");
  CHECK(recap.lines(RecapBy::urgency).front().count.done == 1);
  CHECK(line(recap, RecapBy::group, "Balita").count.needs == 1);
  CHECK(line(recap, RecapBy::group, "Lansia").count.needs == 1);
  REQUIRE(recap.people().size() == 2);
  CHECK(recap.people()[0].people == 4);
  CHECK(recap.people()[1].in_groups == std::array<std::int64_t, 4>{0, 2, 0, 0});
}

TEST_CASE("a line opens into exactly the needs that it counted", "[recap]") {
  TwoRts at;
  SeededRandom random(11);
  for (int i = 0; i < 60; ++i)
    wants(at.village,
          random.below(3) == 0 ? std::nullopt
                               : std::optional(random.below(2) == 0 ? at.ani : at.joko),
          random.below(2) == 0 ? "rice" : "~tikar", 1 + static_cast<std::int64_t>(random.below(9)),
          random.below(2) == 0 ? "kg" : "piece", 1 + static_cast<std::int64_t>(random.below(4)));
  const auto recap = at.recap();
  for (const auto by : kRecapBy) {
    std::int64_t all = 0;
    for (const auto& one : recap.lines(by)) {
      CAPTURE(name_of(by), one.key);
      RecapCount count;
      std::int64_t remaining = 0;
      REQUIRE(
          recap.each(at.village.records(), {{by, one.key}}, [&](const RecapNeed& need) -> Status {
            count.add(need);
            remaining += need.sums.remaining;
            return {};
          }));
      CHECK(count.needs == one.count.needs);
      CHECK(count.open == one.count.open);
      if (by == RecapBy::item) CHECK(remaining == one.sums.remaining);
      all += count.needs;
    }
    if (by != RecapBy::group) CHECK(all == 60);
  }
  // Two at once: a cell of RT and item.
  const auto within = recap.lines_where(at.village.records(), RecapBy::item,
                                        {{RecapBy::rt, recap.lines(RecapBy::rt).back().key}});
  REQUIRE(within);
  std::int64_t some = 0;
  for (const auto& one : *within) some += one.count.needs;
  CHECK(some == recap.lines(RecapBy::rt).back().count.needs);
}

TEST_CASE("people name a line by how it begins, and are told when several do", "[recap]") {
  TwoRts at;
  wants(at.village, at.ani, "rice", 5, "kg", 1);
  wants(at.village, at.joko, "rice", 5, "kg", 1);
  const auto recap = at.recap();
  CHECK((*recap.find(RecapBy::rt, "rt 005", Language::id))->count.needs == 1);
  CHECK((*recap.find(RecapBy::item, "beras", Language::id))->count.needs == 2);
  CHECK(recap.find(RecapBy::rt, "RT", Language::id).error().code == Code::ambiguous);
  const auto unknown = recap.find(RecapBy::item, "kursi", Language::id);
  CHECK(unknown.error().code == Code::not_found);
  CHECK(unknown.error().hint == "Beras (rice|g)");
}

TEST_CASE("what one RT lacks meets its own offers first, then another's, and each gift once",
          "[recap]") {
  TwoRts at;
  wants(at.village, at.joko, "rice", 10, "kg", 1);
  wants(at.village, at.ani, "rice", 4, "kg", 1);
  wants(at.village, at.joko, "~tikar", 3, "piece", 1);
  offers(at.village, at.ani, "rice", 9, "kg");
  offers(at.village, at.joko, "rice", 2000, "g");
  offers(at.village, at.ani, "~tikar", 3, "piece", 20200101);  // long gone
  const auto recap = at.recap();
  std::vector<std::string> found;
  for (const auto& one : recap.fits())
    found.push_back(one.item + " " + one.lacking_label.substr(0, 6) + " " +
                    std::to_string(one.lacking / 1000) + " < " + one.having_label.substr(0, 6) +
                    " " + std::to_string(one.could_give / 1000) + " " + one.unit);
  CHECK(found == std::vector<std::string>{"Beras RT 003 4 < RT 003 4 kg",
                                          "Beras RT 005 10 < RT 005 2 kg",
                                          "Beras RT 005 8 < RT 003 5 kg", "Beras RT 005 3 <  0 kg",
                                          "tikar RT 005 3 <  0 piece"});
}

TEST_CASE("an RT that has said nothing is belum lapor, never a zero", "[recap]") {
  TwoRts at;
  const auto recap = at.recap();
  const auto tables = recap_tables(recap, at.sums(), at.sources, at.options());
  auto rows = rows_text(tables.front());
  REQUIRE(rows.size() == 1);
  CHECK(rows[0] == "RT 003/RW 007 Sukamaju||||||belum lapor|||");
  CHECK(tables.front().notes.front() ==
        "0 dari 1 kelompok sudah lapor; belum lapor: RT 003/RW 007 Sukamaju");
  at.village.add("Pak Budi", k::report_mark::kKind,
                 {{k::report_mark::kRt, num(3)},
                  {k::report_mark::kRw, num(7)},
                  {k::report_mark::kPeriod, num(local_date(at.village.now, kWibOffset_min))},
                  {k::report_mark::kState, num(k::report_mark::kStateNothingNeeded)}});
  rows = rows_text(recap_tables(recap, at.sums(), at.sources, at.options()).front());
  CHECK(rows[0].find("tidak ada kebutuhan|") != std::string::npos);
}

TEST_CASE("a comparison says what is new, gone and changed, and counts the rest", "[recap]") {
  TwoRts at;
  const auto rice = wants(at.village, at.ani, "rice", 5, "kg", 1);
  const auto mats = wants(at.village, at.ani, "~tikar", 2, "piece", 1);
  wants(at.village, at.ani, "~ember", 1, "piece", 1);
  const auto before = handed_in_of(at.sums(), at.sources, at.village.now);
  at.village.set("Pak Budi", rice, {{k::need::kQuantity, qty(8)}});
  at.village.remove("Pak Budi", mats);
  wants(at.village, at.ani, "~terpal", 4, "sheet", 1);
  const auto now = handed_in_of(at.sums(), at.sources, at.village.now);
  const auto table = changes_table(before, now, Language::id, &at.village.items());
  CHECK(
      rows_text(table) ==
      std::vector<std::string>{"RT 003/RW 007 Sukamaju|Pangan|Beras|kg|berubah|5|8|5|8|3",
                               "RT 003/RW 007 Sukamaju|Pangan|terpal|lembar|baru||4||4|4",
                               "RT 003/RW 007 Sukamaju|Pangan|tikar|buah|tidak ada lagi|2||2||-2"});
  CHECK(table.notes.back() == "1 angka tidak berubah");
  CHECK(rows_text(changes_table(now, now, Language::id, &at.village.items())).empty());
}

TEST_CASE("what was promised and handed over since a list was handed in stands among its changes",
          "[recap]") {
  TwoRts at;
  const auto add = [&](const std::string& who, KindId kind, std::vector<Given> given) {
    return at.village.add(who, kind, std::move(given));
  };
  const auto rice = wants(at.village, at.ani, "rice", 10, "kg", 1);
  const auto eggs = wants(at.village, at.joko, "eggs", 6, "piece", 1);
  const auto mats = wants(at.village, at.joko, "~tikar", 2, "piece", 1);
  wants(at.village, at.ani, "~ember", 1, "piece", 1);
  const auto before = handed_in_of(at.sums(), at.sources, at.village.now);

  // Promised: needed stays, remaining is less. Of this promise a part is handed over.
  const auto pledge =
      add("Bu Sari", k::pledge::kKind, {{k::pledge::kNeed, rice}, {k::pledge::kQuantity, qty(4)}});
  const auto promised = handed_in_of(at.sums(), at.sources, at.village.now);
  add("Bu Sari", k::handover::kKind,
      {{k::handover::kPledge, pledge},
       {k::handover::kQuantity, qty(3)},
       {k::handover::kReceivedBy, text("Bu Ani")}});
  // Handed over without a promise, in part and whole.
  add("Bu Sari", k::handover::kKind,
      {{k::handover::kNeed, eggs},
       {k::handover::kQuantity, qty(2)},
       {k::handover::kReceivedBy, text("Pak Joko")}});
  add("Bu Sari", k::handover::kKind,
      {{k::handover::kNeed, mats},
       {k::handover::kQuantity, qty(2)},
       {k::handover::kReceivedBy, text("Pak Joko")}});
  const auto handed = handed_in_of(at.sums(), at.sources, at.village.now);

  const auto changed = [&](const HandedIn& was, const HandedIn& is) {
    return rows_text(changes_table(was, is, Language::id, &at.village.items()));
  };
  const std::string place = "RT 003/RW 007 Sukamaju|Pangan|";
  CHECK(changed(before, promised) ==
        std::vector<std::string>{place + "Beras|kg|berubah|10|10|10|6|-4"});
  // What was handed over of a promise was counted when it was promised, so nothing remains less
  // for it; but it is a change, since somebody has it now.
  CHECK(changed(promised, handed) ==
        std::vector<std::string>{place + "Telur|buah|berubah|6|6|6|4|-2",
                                 place + "Beras|kg|berubah|10|10|6|6|0",
                                 place + "tikar|buah|berubah|2|2|2|0|-2"});
  CHECK(changed(before, handed) ==
        std::vector<std::string>{place + "Telur|buah|berubah|6|6|6|4|-2",
                                 place + "Beras|kg|berubah|10|10|10|6|-4",
                                 place + "tikar|buah|berubah|2|2|2|0|-2"});
  CHECK(changes_between(before, handed).unchanged == 1);  // the bucket

  // A promise that fell through is taken back in the list, too.
  at.village.set("Bu Sari", pledge, {{k::pledge::kState, num(k::pledge::kStateFellThrough)}});
  const auto fell = handed_in_of(at.sums(), at.sources, at.village.now);
  CHECK(changed(handed, fell) == std::vector<std::string>{place + "Beras|kg|berubah|10|10|6|7|1"});
}

}  // namespace rukun::test
