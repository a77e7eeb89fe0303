// From records to a roster: who takes turns, what counts as one, and the table that is printed.
#include "app/domain/rules/roster_facts.h"

#include <algorithm>

#include "app/report/roster.h"
#include "tests/app/village.h"

namespace rukun::test {
namespace {

struct NightWatch : Village {
  RecordId act = add("Bu Sari", k::activity::kKind,
                     {{k::activity::kName, text("Ronda")},
                      {k::activity::kType, num(k::activity::kTypeRonda)},
                      {k::activity::kDefaultSlots, num(1)}});
  std::int64_t today = day_at(now, kWibOffset_min);

  RecordId family(const std::string& name, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::household::kName, text(name)},
                             {k::household::kRt, num(3)},
                             {k::household::kRw, num(7)}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Pak Budi", k::household::kKind, given);
  }
  RecordId night(std::int64_t day, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::shift::kActivity, act},
                             {k::shift::kStarts, num(moment_of(day, 22 * 60, kWibOffset_min).ms)},
                             {k::shift::kEnds, num(moment_of(day + 1, 4 * 60, kWibOffset_min).ms)}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::shift::kKind, given);
  }
  RecordId join(const RecordId& shift, const RecordId& home, std::vector<Given> more = {}) {
    std::vector<Given> given{{k::signup::kShift, shift}, {k::signup::kHousehold, home}};
    given.insert(given.end(), more.begin(), more.end());
    return add("Bu Sari", k::signup::kKind, given);
  }
  RosterRecords load() {
    auto found = load_roster(records(), space(), act, kWibOffset_min);
    REQUIRE(found);
    return std::move(*found);
  }
};

TEST_CASE("days begin at midnight there, also before 1970", "[rules][roster]") {
  CHECK(day_at({0}, 0) == 0);
  CHECK(day_at({-1}, 0) == -1);
  CHECK(day_at({17 * kHour_ms - 1}, kWibOffset_min) == 0);
  CHECK(day_at({17 * kHour_ms}, kWibOffset_min) == 1);
  for (const auto day : {-400, -1, 0, 1, 20'780})
    CHECK(day_at(moment_of(day, 22 * 60, kWibOffset_min), kWibOffset_min) == day);
  CHECK(date_of_day(20'780) == 20261123);
  CHECK(hours_text({-kHour_ms, kHour_ms}, 0) == "23.00–01.00");
}

TEST_CASE("exempt, moved and merged households take no turn, and are told why", "[rules][roster]") {
  NightWatch watch;
  const auto ani = watch.family("Bu Ani");
  const auto old = watch.family("Mbah Karto", {{k::household::kRondaExempt, text("lansia")}});
  const auto moved =
      watch.family("Pak Jauh", {{k::household::kStatus, num(k::household::kStatusMoved)}});
  const auto twin = watch.family("Ibu Ani", {{k::household::kSameAs, ani}});
  watch.join(watch.night(watch.today - 3), twin,
             {{k::signup::kAttendance, num(k::signup::kAttendancePresent)}});
  const auto records = watch.load();
  CHECK(records.facts.people == std::vector{ani});
  REQUIRE(records.left_out.size() == 2);
  for (const auto& one : records.left_out) {
    CHECK((one.person == old || one.person == moved));
    if (one.person == old) CHECK(one.why.id == "bebas ronda: lansia");
  }
  // What was done under the other name is hers.
  REQUIRE(records.facts.turns.size() == 1);
  CHECK(records.facts.turns[0].person == ani);
  CHECK(records.facts.turns[0].day == watch.today - 3);
  CHECK(records.facts.turns[0].state == TurnState::served);
}

TEST_CASE("a volunteer's weekly limit counts duties elsewhere, an exempt household keeps no watch",
          "[rules][roster]") {
  NightWatch watch;
  watch.set("Bu Sari", watch.act, {{k::activity::kRotation, num(k::activity::kRotationVolunteer)}});
  const auto person = [&](const std::string& name, std::vector<Given> more) {
    more.push_back({k::volunteer::kName, text(name)});
    return watch.add("Bu Sari", k::volunteer::kKind, std::move(more));
  };
  const auto exempt = watch.family("Mbah Karto", {{k::household::kRondaExempt, text("lansia")}});
  const auto resident =
      watch.add("Pak Budi", k::resident::kKind,
                {{k::resident::kName, text("Karto")}, {k::resident::kHousehold, exempt}});
  const auto joko = person("Joko", {{k::volunteer::kWeeklyLimit, num(2)}});
  const auto tono = person("Tono", {});
  const auto karto = person("Karto", {{k::volunteer::kResident, resident}});
  const auto nobody = person("Nur", {{k::volunteer::kWeeklyLimit, num(0)}});
  const auto kitchen = watch.add("Bu Sari", k::activity::kKind,
                                 {{k::activity::kName, text("Dapur umum")},
                                  {k::activity::kType, num(k::activity::kTypePublicKitchen)}});
  const auto shift = watch.night(watch.today + 2, {{k::shift::kSlots, num(3)}});
  watch.set("Bu Sari", shift, {{k::shift::kActivity, kitchen}});
  for (const auto& who : {joko, tono})
    watch.add("Bu Sari", k::signup::kKind,
              {{k::signup::kShift, shift}, {k::signup::kVolunteer, who}});
  const auto records = watch.load();
  CHECK(records.facts.people.size() == 2);
  REQUIRE(records.left_out.size() == 2);
  for (const auto& one : records.left_out) {
    CHECK((one.person == karto || one.person == nobody));
    CHECK(one.why.id ==
          (one.person == karto ? "keluarganya bebas ronda: lansia" : "batas per minggunya 0"));
  }
  REQUIRE(records.facts.limits.size() == 1);
  CHECK(records.facts.limits[0].person == joko);
  REQUIRE_FALSE(records.facts.elsewhere.empty());
  CHECK(records.facts.elsewhere[0].day == watch.today + 2);
}

TEST_CASE("a turn is a place that is held; waiting, withdrawn and cancelled ones are none",
          "[rules][roster]") {
  NightWatch watch;
  const auto ani = watch.family("Bu Ani"), joko = watch.family("Pak Joko"),
             tono = watch.family("Pak Tono");
  const auto shift = watch.night(watch.today + 2);
  const auto first = watch.join(shift, ani);
  CHECK(watch.warnings.empty());
  watch.join(shift, joko);  // waits: one slot
  watch.join(shift, ani);   // once more, which counts for nothing
  REQUIRE(watch.warnings.size() == 1);
  CHECK(watch.warnings[0] == "Has signed up for this shift already");
  watch.join(watch.night(watch.today + 3, {{k::shift::kCancelled, text("hujan")}}), tono);
  const auto people = [&] {
    std::vector<RecordId> out;
    for (const auto& turn : watch.load().facts.turns) out.push_back(turn.person);
    return out;
  };
  CHECK(people() == std::vector{ani});
  watch.set("Bu Sari", first, {{k::signup::kState, num(k::signup::kStateWithdrawn)}});
  CHECK(people() == std::vector{joko});
  const auto standing = watch.load().facts.standing;
  REQUIRE(standing.size() == 2);
  CHECK(standing[0].day == watch.today + 2);
  CHECK(standing[0].slots == 1);
  CHECK(standing[1].cancelled);
  CHECK_FALSE(load_roster(watch.records(), watch.space(), ani, kWibOffset_min));
}

TEST_CASE("the month is printed with what one has to know, and without names for the board",
          "[rules][roster]") {
  NightWatch watch;
  const auto ani = watch.family("Bu Ani"), joko = watch.family("Pak Joko"),
             tono = watch.family("Pak Tono");
  const auto shift = watch.night(watch.today, {{k::shift::kSlots, num(2)},
                                               {k::shift::kPlace, text("gardu")},
                                               {k::shift::kPublished, num(1)}});
  const auto first = watch.join(shift, ani);
  watch.set("Bu Sari", first, {{k::signup::kState, num(k::signup::kStateWithdrawn)}});
  watch.join(shift, joko, {{k::signup::kReplaces, first}});
  watch.join(watch.night(watch.today + 1), tono,
             {{k::signup::kAttendance, num(k::signup::kAttendanceExcused)}});
  watch.night(watch.today + 9);  // beyond what is asked for
  std::vector<std::string> notes;
  const auto lines = [&](bool board) {
    const FormatContext showing(Language::id);
    const auto table =
        roster_table(watch.records(), watch.space(), watch.act, {watch.today, 7}, showing, {board});
    REQUIRE(table);
    notes = table->notes;
    std::vector<std::string> out;
    REQUIRE(for_each_row(*table, [&](const TableRow& row) -> Status {
      auto& line = out.emplace_back();
      for (std::size_t i = 1; i < row.size(); ++i) line += display_text(row[i], Language::id) + "|";
      return {};
    }));
    return out;
  };
  const auto weekday = [&](std::int64_t day) {
    return std::string(weekday_word(weekday_of(day), Language::id));
  };
  CHECK(lines(false) ==
        std::vector{
            weekday(watch.today) + "|22.00–04.00|gardu|Pak Joko|1|1|Pak Joko menggantikan Bu Ani|",
            weekday(watch.today + 1) + "|22.00–04.00||Pak Tono|1|0|Pak Tono Izin|"});
  CHECK(notes.empty());
  // The second night is not published yet.
  CHECK(lines(true) == std::vector{weekday(watch.today) + "|22.00–04.00|gardu|1|1||"});
  CHECK(notes == std::vector<std::string>{"1 jadwal belum diumumkan, jadi tidak ikut."});
}

}  // namespace
}  // namespace rukun::test
