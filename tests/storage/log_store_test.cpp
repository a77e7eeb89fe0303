// What a log store takes, refuses, keeps and gives back.
#include "storage/log_store.h"

#include <algorithm>

#include "tests/storage/store_fixture.h"

namespace rukun::test {
namespace {

TEST_CASE("a log grows by what follows its head", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  CHECK(f.take(alice.send(3)) == AppendOutcome::extended);
  CHECK(f.take(alice.send(2)) == AppendOutcome::extended);
  CHECK(f.logs().frontier(f.ix).heads == std::vector<Head>{alice.head()});
  CHECK(f.logs().last_arrival() == 2);
  CHECK(f.logs().has(alice.head()).value());
  CHECK(f.laptop.problems().empty());

  REQUIRE(f.laptop.boot());
  CHECK(f.logs().frontier(f.ix).heads == std::vector<Head>{alice.head()});
  CHECK(f.logs().log(0).name == alice.name());
  CHECK(f.logs().find_log(alice.log()) == LogIx{0});
  CHECK(f.logs().last_arrival() == 2);
  CHECK(f.take(alice.send(1)) == AppendOutcome::extended);
}

TEST_CASE("what is known already is not stored again", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto first = alice.write(4);
  const auto whole = alice.send(first);
  CHECK(f.take(whole) == AppendOutcome::extended);
  CHECK(f.take(whole) == AppendOutcome::known);
  CHECK(f.take(alice.send(after(first, 2))) == AppendOutcome::known);
  CHECK(f.logs().last_arrival() == 1);
}

TEST_CASE("a run that begins before its log does here is a gap and not stored", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto first = alice.send(2);
  const auto second = alice.send(2);
  CHECK(f.take(second) == AppendOutcome::gap);
  CHECK(f.logs().log_count() == 0);
  CHECK(f.take(first) == AppendOutcome::extended);
  const auto third = alice.send(2);
  CHECK(f.take(third) == AppendOutcome::gap);
  CHECK(f.take(second) == AppendOutcome::extended);
  CHECK(f.take(third) == AppendOutcome::extended);
}

TEST_CASE("of an overlapping run only the new end is stored", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  auto known = alice.write(3);
  const auto more = alice.write(4);
  CHECK(f.take(alice.send(known)) == AppendOutcome::extended);
  auto both = known;
  join(both, more);
  const auto arrived = alice.send(both);
  const auto appended = f.laptop.append(arrived);
  REQUIRE(appended);
  CHECK(appended->outcome == AppendOutcome::extended);
  CHECK(appended->known_to == 3);
  CHECK(appended->fresh(arrived.run).first == 4);
  CHECK(appended->fresh(arrived.run).txns.size() == 4);
  CHECK(f.logs().frontier(f.ix).heads == std::vector<Head>{alice.head()});
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("a run that begins inside what is held is found there", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto held = alice.write(5);
  const auto more = alice.write(2);
  CHECK(f.take(alice.send(held)) == AppendOutcome::extended);
  auto late = after(held, 3);
  join(late, more);
  CHECK(f.take(alice.send(late)) == AppendOutcome::extended);
  CHECK(f.logs().frontier(f.ix).heads == std::vector<Head>{alice.head()});
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("both branches of a fork are kept, whichever came first", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto common = alice.send(3);
  auto twin = alice.twin();
  const auto left = alice.send(2);
  const auto right = twin.send(4);
  const bool left_first = GENERATE(true, false);
  CHECK(f.take(common) == AppendOutcome::extended);
  CHECK(f.take(left_first ? left : right) == AppendOutcome::extended);
  CHECK(f.take(left_first ? right : left) == AppendOutcome::forked);
  auto heads = std::vector<Head>{alice.head(), twin.head()};
  std::sort(heads.begin(), heads.end());
  CHECK(f.logs().frontier(f.ix).heads == heads);
  CHECK(f.take(left) == AppendOutcome::known);
  CHECK(f.take(right) == AppendOutcome::known);
  CHECK(f.take(alice.send(1)) == AppendOutcome::extended);
  CHECK(f.take(twin.send(1)) == AppendOutcome::extended);
  CHECK(f.laptop.problems().empty());
  CHECK(entries(f.laptop).size() == 3 + 3 + 5);

  REQUIRE(f.laptop.boot());
  CHECK(f.logs().heads(0).size() == 2);
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("a fork inside a segment is found and survives a restart", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  auto common = alice.write(3);
  auto twin = alice.twin();
  auto left = common;
  join(left, alice.write(3));
  auto right = common;
  join(right, twin.write(2));
  CHECK(f.take(alice.send(left)) == AppendOutcome::extended);
  const auto arrived = alice.send(right);
  const auto appended = f.laptop.append(arrived);
  REQUIRE(appended);
  CHECK(appended->outcome == AppendOutcome::forked);
  CHECK(appended->known_to == 3);
  CHECK(appended->fresh(arrived.run).txns.size() == 2);
  // A third branch, from inside the second.
  CHECK(f.laptop.problems().empty());
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().heads(0).size() == 2);
  CHECK(f.laptop.problems().empty());
  CHECK(f.take(twin.send(1)) == AppendOutcome::extended);
  CHECK(f.take(alice.send(right)) == AppendOutcome::known);
}

TEST_CASE("a log may fork at its very first entry", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  auto twin = alice.twin();
  CHECK(f.take(alice.send(2)) == AppendOutcome::extended);
  CHECK(f.take(twin.send(2)) == AppendOutcome::forked);
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().heads(0).size() == 2);
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("a batch that is rolled back leaves nothing behind", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  auto bob = f.author(2);
  CHECK(f.take(alice.send(2)) == AppendOutcome::extended);
  const auto before = f.logs().frontier(f.ix);
  const auto bytes = f.logs().stored_bytes();
  const auto more = alice.send(3);
  const auto first = bob.send(1);
  REQUIRE(f.logs().begin_batch());
  CHECK(f.take(more) == AppendOutcome::extended);
  CHECK(f.take(first) == AppendOutcome::extended);
  REQUIRE(f.laptop.vault->put(ItemClass::setting, view("language"), view("id"), f.laptop.random));
  REQUIRE(f.logs().add_space(test_space(10)));
  f.logs().roll_back_batch();
  CHECK(f.logs().frontier(f.ix) == before);
  CHECK(f.logs().stored_bytes() == bytes);
  CHECK(f.logs().log_count() == 1);
  CHECK(f.logs().space_count() == 1);
  CHECK(f.logs().last_arrival() == 1);
  CHECK_FALSE(f.laptop.vault->get(ItemClass::setting, view("language"))->has_value());

  REQUIRE(f.logs().begin_batch());
  CHECK(f.take(more) == AppendOutcome::extended);
  CHECK(f.take(first) == AppendOutcome::extended);
  REQUIRE(f.logs().commit_batch());
  CHECK(f.logs().log_count() == 2);
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().frontier(f.ix).heads.size() == 2);
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("an own run without sealed bytes is sealed by the store", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto arrived = alice.send(2);
  REQUIRE(f.logs().append(arrived.run, f.epochs.newest()));
  CHECK(f.laptop.problems().empty());
  const auto stranger = SeededRandom(77).draw<EpochId>();
  const auto refused = f.logs().append(alice.send(1).run, stranger);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::foreign);
}

TEST_CASE("compaction keeps the content and makes it fewer segments", "[log_store][compact]") {
  Fixture f;
  auto alice = f.author(1);
  auto bob = f.author(2);
  for (int i = 0; i < 70; ++i) {
    f.take(alice.send(1));
    if (i % 3 == 0) f.take(bob.send(2));
  }
  const auto before = entries(f.laptop);
  const auto frontier = f.logs().frontier(f.ix);
  const auto bytes = f.logs().stored_bytes();
  const auto last = f.logs().last_arrival();
  CompactLimits limits;
  limits.arrival = last;
  CHECK_FALSE(f.logs().compact(limits).value());
  CHECK(entries(f.laptop) == before);
  CHECK(f.logs().frontier(f.ix) == frontier);
  CHECK(f.logs().stored_bytes() < bytes / 2);
  CHECK(f.logs().missing_for(f.ix, Frontier{})->size() < 16);
  CHECK(f.laptop.problems().empty());
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().last_arrival() == last);
  CHECK(entries(f.laptop) == before);
  CHECK(f.laptop.problems().empty());
  CHECK(f.take(alice.send(1)) == AppendOutcome::extended);
}

TEST_CASE("compaction stays below its arrival, within an epoch and on a branch",
          "[log_store][compact]") {
  Fixture f;
  auto alice = f.author(1);
  for (int i = 0; i < 4; ++i) f.take(alice.send(1));
  auto twin = alice.twin();
  for (int i = 0; i < 4; ++i) f.take(alice.send(1));
  for (int i = 0; i < 4; ++i) f.take(twin.send(1));
  f.epochs.add(5);
  for (int i = 0; i < 4; ++i) f.take(alice.send(1));
  for (int i = 0; i < 4; ++i) f.take(alice.send(1));
  const auto before = entries(f.laptop);
  const auto frontier = f.logs().frontier(f.ix);
  CompactLimits limits;
  limits.arrival = 16;
  REQUIRE(f.logs().compact(limits));
  // 4 before the fork, 4 and 4 after it, 4 of the new epoch, and 4 beyond the limit untouched.
  CHECK(f.logs().missing_for(f.ix, Frontier{})->size() == 8);
  CHECK(entries(f.laptop) == before);
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().frontier(f.ix) == frontier);
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("compaction is bounded and goes on where it stopped", "[log_store][compact]") {
  Fixture f;
  auto alice = f.author(1);
  auto bob = f.author(2);
  auto carol = f.author(3);
  for (int i = 0; i < 64; ++i) {
    f.take(alice.send(1));
    f.take(bob.send(1));
    f.take(carol.send(1));
  }
  CompactLimits limits;
  limits.arrival = f.logs().last_arrival();
  limits.read_bytes = 1;
  int calls = 1;
  while (f.logs().compact(limits).value()) ++calls;
  CHECK(calls == 3);
  CHECK(f.logs().missing_for(f.ix, Frontier{})->size() == 3);
  CHECK(f.laptop.problems().empty());
}

TEST_CASE("a piece that was merged away meanwhile is reported", "[log_store][compact]") {
  Fixture f;
  auto alice = f.author(1);
  for (int i = 0; i < 4; ++i) f.take(alice.send(1));
  const auto pieces = f.logs().missing_for(f.ix, Frontier{});
  CompactLimits limits;
  limits.arrival = 4;
  REQUIRE(f.logs().compact(limits));
  const auto gone = f.logs().read(pieces->front());
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == Code::not_found);
  const auto tail = f.logs().read(pieces->back());
  REQUIRE(tail);
  CHECK(read_segment_header(*tail)->first == 4);
}

TEST_CASE("a stub takes the place of an erased part", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto run = alice.write(3);
  f.take(alice.send(run));
  const auto frontier = f.logs().frontier(f.ix);
  const auto gone = run.records[run.parts[1].record].id;
  REQUIRE(f.logs().begin_batch());
  REQUIRE(f.logs().erase(0, [&](const RecordId& id) { return id == gone; }));
  REQUIRE(f.logs().commit_batch());
  REQUIRE(f.laptop.vault->db().checkpoint());
  // Whoever holds no erasure of it finds the hole.
  CHECK_FALSE(f.laptop.problems().empty());
  const auto excused = [&](const SpaceId&, const RecordId& id) { return id == gone; };
  CHECK(f.logs().verify(excused)->empty());
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().frontier(f.ix) == frontier);
  CHECK(f.logs().verify(excused)->empty());
}

TEST_CASE("an erasure that is taken back leaves everything as large as it was", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto run = alice.write(40);
  f.take(alice.send(run));
  const auto bytes = f.logs().stored_bytes();
  const auto pieces = *f.logs().missing_for(f.ix, {});
  REQUIRE(pieces.size() == 1);
  REQUIRE(f.logs().begin_batch());
  REQUIRE(f.logs().erase(0, [](const RecordId&) { return true; }));
  CHECK(f.logs().stored_bytes() < bytes);
  f.logs().roll_back_batch();
  CHECK(f.logs().stored_bytes() == bytes);
  CHECK(f.logs().missing_for(f.ix, {})->front().bytes == pieces.front().bytes);
  REQUIRE(f.laptop.boot());
  CHECK(f.logs().stored_bytes() == bytes);
}

TEST_CASE("verify finds a flipped byte and a lost row", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  f.take(alice.send(3));
  f.take(alice.send(3));
  auto& db = f.laptop.vault->db();
  SECTION("in the sealed bytes") {
    auto read = *db.prepare("SELECT bytes FROM segment WHERE arrival = 1");
    REQUIRE(*read.step());
    Bytes bytes(read.blob(0).begin(), read.blob(0).end());
    read.reset();
    bytes[bytes.size() / 2] ^= 1U;
    auto write = *db.prepare("UPDATE segment SET bytes = ?1 WHERE arrival = 1");
    REQUIRE(write.bind(1, ByteView(bytes)).run());
    CHECK(f.laptop.problems().find("1: ") == 0);
  }
  SECTION("in a column") {
    REQUIRE(db.execute("UPDATE segment SET before = zeroblob(32) WHERE arrival = 2"));
    CHECK_FALSE(f.laptop.problems().empty());
  }
  SECTION("a row that is gone, also after a restart") {
    REQUIRE(db.execute("DELETE FROM segment WHERE arrival = 1"));
    CHECK_FALSE(f.laptop.problems().empty());
    REQUIRE(f.laptop.boot());
    CHECK_FALSE(f.laptop.problems().empty());
    CHECK(f.logs().frontier(f.ix).heads.empty());
  }
}

TEST_CASE("replay goes on after an arrival and stops when told", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  for (int i = 0; i < 5; ++i) f.take(alice.send(1));
  std::vector<Arrival> seen;
  REQUIRE(f.logs().for_each_after(2, [&](const StoredSegment& stored) -> Result<bool> {
    seen.push_back(stored.arrival);
    return seen.size() < 2;
  }));
  CHECK(seen == std::vector<Arrival>{3, 4});
}

TEST_CASE("a member cannot make a log of endlessly many branches", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  f.take(alice.send(1));
  auto twin = alice;
  for (int i = 0; i < 64; ++i) {
    twin = twin.twin();
    auto branch = twin;
    f.take(branch.send(1));
  }
  const auto refused = f.laptop.append(twin.twin().send(1));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::not_allowed);
  CHECK(f.logs().heads(0).size() == 64);
}

}  // namespace
}  // namespace rukun::test
