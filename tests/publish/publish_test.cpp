// Publishing into a real PostgreSQL server: what is there equals what the laptop shows, only what
// changed travels, and what must not leave does not.
#include <algorithm>
#include <iterator>

#include "app/engine/access_log.h"
#include "app/report/consolidated.h"
#include "tests/publish/content.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

namespace k = fields;

struct Office {
  explicit Office(std::uint64_t seed = 1) : laptop(dir.path(), "Kantor Desa", seed) {}

  SpaceId found(const std::string& name) { return laptop.found(name); }

  TempDir dir;
  Laptop laptop;
};

std::uint64_t changed(const PublishReport& report) {
  std::uint64_t out = 0;
  for (const auto& one : report.spaces) out += one.changed;
  return out;
}
std::uint64_t removed(const PublishReport& report) {
  std::uint64_t out = 0;
  for (const auto& one : report.spaces) out += one.removed;
  return out;
}

Contents of_space(const Contents& all, const SpaceId& space) {
  Contents out;
  for (const auto& [kind, lines] : all)
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(out[kind]),
                 [&](const std::string& line) { return line.starts_with(space.hex()); });
  return out;
}

std::string number_text(const Cell& cell) {
  const auto* number = std::get_if<NumberCell>(&cell);
  return number == nullptr ? "" : std::to_string(number->thousandths);
}

}  // namespace

TEST_CASE("what is published equals what the laptop shows", "[publish]") {
  WITH_SERVER(server);
  Office office;
  for (const char* name : {"RT 001", "RT 002", "RT 003"}) fill(office.laptop, office.found(name));
  const auto there = server.database("equal");
  const auto report = publish_all(office.laptop, there);
  CHECK(report.spaces.size() == 3);
  CHECK(local_contents(office.laptop, false) == published_contents(there));
  CHECK(server.ask(there, "SELECT sum(records) FROM space") ==
        std::to_string(changed(report)) + "\n");
  CHECK(server.ask(there, "SELECT name FROM office") == "Kantor Desa\n");
  CHECK(server.ask(there, "SELECT count(DISTINCT published_by) FROM need") == "1\n");

  // The view says what the report says.
  const auto sources = sources_of(office.laptop.engine(), office.laptop.engine().spaces());
  REQUIRE(sources);
  const auto both = consolidated(office.laptop.engine().records(), *sources,
                                 {Language::en, office.laptop.clock().now(), 7, nullptr});
  REQUIRE(both);
  std::vector<std::string> local;
  REQUIRE(both->by_space.rows([&](const TableRow& row) -> Status {
    if (number_text(row[9]).empty()) return {};  // a neighborhood that says nothing
    std::string line = std::get<std::string>(row[0]) + "|" + std::get<std::string>(row[3]);
    for (int i = 5; i < 10; ++i) line += "|" + number_text(row[static_cast<std::size_t>(i)]);
    local.push_back(line);
    return {};
  }));
  std::sort(local.begin(), local.end());
  std::string expected;
  for (const auto& line : local) expected += line + "\n";
  CHECK(server.ask(there,
                   "SELECT name || '|' || item || '|' || (needed * 1000)::bigint || '|' ||"
                   " (promised * 1000)::bigint || '|' || (delivered * 1000)::bigint || '|' ||"
                   " (remaining * 1000)::bigint || '|' || needs * 1000"
                   " FROM consolidated_needs WHERE needs > 0 ORDER BY 1") == expected);
  CHECK(server.ask(there, "SELECT stocked, handed_out, balance FROM program_ledger LIMIT 1") ==
        "50.000|7.500|42.500\n");
  CHECK(server.ask(there, "SELECT count(*), min(quantity) FROM handed_out") == "6|1.000\n");
  CHECK(server.ask(there, "SELECT sum(households), sum(people) FROM household_summary") ==
        "3|12\n");
  CHECK(server.ask(there, "SELECT DISTINCT activity, slots, joined FROM roster") == "Ronda|2|1\n");
  CHECK(server.ask(there, "SELECT label_id FROM word WHERE topic = 'item' AND value = 'rice'") ==
        "Beras\n");
}

TEST_CASE("a second publish sends nothing, and of a few changes only what they touch",
          "[publish]") {
  WITH_SERVER(server);
  Office office;
  const auto first = office.found("RT 001");
  fill(office.laptop, office.found("RT 002"));
  const auto filled = fill(office.laptop, first, 20);
  const auto there = server.database("incremental");
  publish_all(office.laptop, there);
  const auto again = publish_all(office.laptop, there);
  CHECK(changed(again) + removed(again) == 0);
  for (const auto& one : again.spaces) CHECK(one.outcome == PublishOutcome::unchanged);

  const auto before = server.ask(there, "SELECT now()");
  office.laptop.set_title(first, filled.need, "Beras lagi");
  auto report = publish_all(office.laptop, there);
  CHECK(changed(report) == 1);
  CHECK(report.spaces.at(0).outcome == PublishOutcome::published);
  CHECK(report.spaces.at(1).outcome == PublishOutcome::unchanged);
  CHECK(server.ask(there, "SELECT count(*) FROM need WHERE published_at >= '" +
                              before.substr(0, before.size() - 1) + "'") == "1\n");
  // A pledge that falls through changes the need and the offer that it was between.
  office.laptop.run(
      first,
      {{SetFields{filled.pledge,
                  {{k::pledge::kState, OpType::put, Value(k::pledge::kStateFellThrough)}}}}});
  report = publish_all(office.laptop, there);
  CHECK(changed(report) == 3);
  CHECK(local_contents(office.laptop, false) == published_contents(there));

  office.laptop.run(first, {{DeleteRecord{filled.need}}});
  CHECK(removed(publish_all(office.laptop, there)) == 1);
  CHECK(local_contents(office.laptop, false) == published_contents(there));
}

TEST_CASE("identifiers are nowhere, and personal data only where it was asked for", "[publish]") {
  WITH_SERVER(server);
  Office office;
  const auto space = office.found("RT 001");
  const auto filled = fill(office.laptop, space);
  const auto there = server.database("personal");
  const auto holds = [&](const char* word) {
    return dump(server, there).find(word) != std::string::npos;
  };
  publish_all(office.laptop, there);
  CHECK_FALSE(holds(kPersonalName));
  CHECK_FALSE(holds("+628123456789"));
  CHECK(holds("************0003"));
  publish_all(office.laptop, there, true);
  CHECK(holds(kPersonalName));
  CHECK(local_contents(office.laptop, true) == published_contents(there));
  for (const char* identifier : {kNik, kKk, kTypedNik}) CHECK_FALSE(holds(identifier));
  CHECK(server.ask(there, "SELECT birth_date, birth_date_precision FROM resident") ==
        "1960-01-01|year\n");

  // An erased record leaves, and so does what only it said.
  REQUIRE(office.laptop.engine().erase(space, filled.resident, "diminta"));
  REQUIRE(office.laptop.engine().erase(space, filled.household, "diminta"));
  CHECK(removed(publish_all(office.laptop, there, true)) == 2);
  CHECK(server.ask(there, "SELECT count(*) FROM resident") == "0\n");

  publish_all(office.laptop, there, false);
  CHECK_FALSE(holds(kPersonalName));
  CHECK(local_contents(office.laptop, false) == published_contents(there));

  const auto accesses = office.laptop.engine().local().accesses();
  REQUIRE(accesses);
  std::uint64_t rows = 0;
  for (const auto& one : *accesses)
    if (one.action == name_of(Access::publish) && one.subject.ends_with("rukun --personal"))
      rows += one.rows;
  CHECK(rows > 0);
}

TEST_CASE("of two offices, the one that lacks something gives way", "[publish]") {
  WITH_SERVER(server);
  ThreeNeighbors all;
  const auto there = server.database("offices");
  const auto outcome = [](const PublishReport& report) { return report.spaces.at(0).outcome; };
  fill(all.head, all.space);
  all.round();
  all.office.run(
      all.space,
      {{AddRecord{k::notice::kKind, {{k::notice::kTitle, OpType::put, std::string("Pasar")}}}}});
  publish_all(all.office, there);
  // The head has not heard of it: what is there stays.
  auto report = publish_all(all.head, there);
  CHECK(outcome(report) == PublishOutcome::left);
  CHECK(report.spaces.at(0).reason.find("Kantor Desa") != std::string::npos);
  all.round();
  publish_all(all.office, there);
  // Both at one position: nobody writes over the other.
  CHECK(changed(publish_all(all.head, there)) == 0);
  // The head knows more: the changed row is the head's, the others stay the office's.
  const auto need = all.head.add_need(all.space, 2000, "Dari ketua");
  report = publish_all(all.head, there);
  CHECK(outcome(report) == PublishOutcome::published);
  CHECK(changed(report) == 1);
  CHECK(server.ask(there,
                   "SELECT o.name FROM need n JOIN office o ON o.office = n.published_by"
                   " WHERE title = 'Dari ketua'") == "Pak Budi\n");
  CHECK(server.ask(there, "SELECT count(DISTINCT published_by) FROM need") == "2\n");
  CHECK(outcome(publish_all(all.office, there)) == PublishOutcome::left);
  // Each has something of its own: whoever comes second waits, for a week at most.
  all.office.run(
      all.space,
      {{AddRecord{k::notice::kKind, {{k::notice::kTitle, OpType::put, std::string("Rapat")}}}}});
  report = publish_all(all.office, there);
  CHECK(outcome(report) == PublishOutcome::left);
  CHECK(local_contents(all.head, false) == published_contents(there));
  server.tell(there, "UPDATE space SET published_at = now() - interval '8 days'");
  CHECK(outcome(publish_all(all.office, there)) == PublishOutcome::published);
  CHECK(local_contents(all.office, false) == published_contents(there));
  all.round();
  // Without personal data is not the head's to change while the office publishes.
  publish_all(all.office, there, true);
  all.head.set_title(all.space, need, "Lagi");
  CHECK(outcome(publish_all(all.head, there)) == PublishOutcome::left);
}

TEST_CASE("a receiver that lost rows, columns or tables gets all again", "[publish]") {
  WITH_SERVER(server);
  Office office;
  fill(office.laptop, office.found("RT 001"));
  fill(office.laptop, office.found("RT 002"));
  const auto there = server.database("lost");
  const auto expected = local_contents(office.laptop, false);
  publish_all(office.laptop, there);
  for (const char* loss :
       {"DELETE FROM need WHERE urgency = 'soon'", "TRUNCATE household",
        // As from a version that did not know the field, or the kind.
        "ALTER TABLE need DROP COLUMN needed_by, DROP COLUMN needed_by_precision",
        "ALTER TABLE volunteer DROP COLUMN skills", "DROP TABLE listing", "DROP VIEW roster",
        "DROP TABLE space CASCADE", "DELETE FROM space", "DROP SCHEMA rukun CASCADE"}) {
    INFO(loss);
    server.tell(there, loss);
    publish_all(office.laptop, there);
    CHECK(published_contents(there) == expected);
    CHECK(server.ask(there, "SELECT count(*) FROM roster") == "2\n");
    CHECK(changed(publish_all(office.laptop, there)) == 0);
  }
}

TEST_CASE("whoever stops a publish stops between neighborhoods", "[publish]") {
  WITH_SERVER(server);
  Office office;
  std::vector<SpaceId> spaces;
  for (int i = 0; i < 4; ++i) {
    spaces.push_back(office.found("RT 00" + std::to_string(i)));
    fill(office.laptop, spaces.back(), 2);
  }
  PublishOptions options;
  options.conninfo = server.database("stopped");
  std::uint64_t rows_then = 0;
  options.go_on = [&](const PublishProgress& progress) {
    if (progress.done < 2) rows_then = progress.rows;
    return progress.done < 2 || progress.rows < rows_then + 10;
  };
  const auto report = try_publish(office.laptop, options);
  REQUIRE(report);
  CHECK(report->stopped);
  CHECK(report->spaces.at(1).outcome == PublishOutcome::published);
  CHECK(report->spaces.at(2).outcome == PublishOutcome::stopped);
  CHECK(report->spaces.at(3).outcome == PublishOutcome::stopped);
  CHECK(server.ask(options.conninfo, "SELECT count(*) FROM space WHERE state IS NOT NULL") ==
        "2\n");
  CHECK(published_contents(options.conninfo) ==
        local_contents(office.laptop, false, {spaces[0], spaces[1]}));
  options.go_on = {};
  REQUIRE(try_publish(office.laptop, options));
  CHECK(published_contents(options.conninfo) == local_contents(office.laptop, false));
}

TEST_CASE("after ten kills of the server in mid-publish nothing is half there", "[publish][kill]") {
  WITH_SERVER(server);
  Office office;
  std::vector<SpaceId> spaces;
  for (int i = 0; i < 4; ++i) {
    spaces.push_back(office.found("RT 00" + std::to_string(i)));
    fill(office.laptop, spaces.back(), 3);
  }
  PublishOptions options;
  options.conninfo = server.database("killed");
  REQUIRE(try_publish(office.laptop, options));
  Filled last;
  int inside = 0;
  for (int kill = 0; kill < 10; ++kill) {
    const auto before = published_contents(options.conninfo);
    for (const auto& space : spaces) last = fill(office.laptop, space, 2);
    // Steps of a neighborhood: its beginning, each kind, and just before its commit.
    const int at = 3 + kill * 5;
    int step = 0;
    options.go_on = [&](const PublishProgress& progress) {
      if (++step == at) {
        server.kill();
        inside += progress.done < spaces.size() ? 1 : 0;
      }
      return true;
    };
    const auto failed = try_publish(office.laptop, options);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Code::io);
    CHECK_FALSE(failed.error().hint.empty());
    server.start();
    // Each neighborhood is as it was, or as it is.
    const auto now = local_contents(office.laptop, false);
    const auto there = published_contents(options.conninfo);
    for (const auto& space : spaces) {
      CAPTURE(kill, space.hex());
      const auto here = of_space(there, space);
      CHECK((here == of_space(before, space) || here == of_space(now, space)));
    }
    options.go_on = {};
    REQUIRE(try_publish(office.laptop, options));
    CHECK(published_contents(options.conninfo) == now);
  }
  CHECK(inside == 10);
}

}  // namespace rukun::test
