// What a log store says that a peer lacks, and gives it.
#include "tests/storage/store_fixture.h"

namespace rukun::test {
namespace {

// Everything that `theirs` does not have goes from one laptop to the other.
std::size_t send_missing(Laptop& from, Laptop& to, const SpaceId& space) {
  const auto theirs = to.logs->frontier(*to.logs->find_space(space));
  const auto pieces = from.logs->missing_for(*from.logs->find_space(space), theirs);
  REQUIRE(pieces);
  for (const auto& piece : *pieces) {
    auto bytes = from.logs->read(piece);
    REQUIRE(bytes);
    const auto arrived = arrive(std::move(*bytes), space, from.epochs);
    CHECK(arrived.run.run().first == piece.from);
    REQUIRE(to.append(arrived));
  }
  return pieces->size();
}

TEST_CASE("neighbors end up with the same, sending only what is missing", "[log_store]") {
  Fixture f;
  Laptop other(f.epochs, "other");
  REQUIRE(other.create());
  REQUIRE(other.logs->add_space(f.space));
  auto alice = f.author(1);
  auto head = f.author(3, LogKind::authority);
  auto bob = f.author(2);
  f.take(alice.send(5));
  f.take(head.send(1));
  REQUIRE(other.append(bob.send(4)));
  CHECK(send_missing(f.laptop, other, f.space) == 2);
  CHECK(send_missing(other, f.laptop, f.space) == 1);
  CHECK(entries(f.laptop) == entries(other));
  CHECK(send_missing(f.laptop, other, f.space) == 0);
  f.take(alice.send(1));
  CHECK(send_missing(other, f.laptop, f.space) == 0);
  CHECK(send_missing(f.laptop, other, f.space) == 1);
  CHECK(entries(f.laptop) == entries(other));
  const auto pieces = f.logs().missing_for(f.ix, Frontier{});
  REQUIRE(pieces);
  CHECK(f.logs().log(pieces->front().log).name.which == LogKind::authority);
}

TEST_CASE("a peer that holds a part of a segment gets the rest", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto part = alice.write(3);
  auto whole = part;
  join(whole, alice.write(4));
  f.take(alice.send(whole));
  Laptop other(f.epochs, "other");
  REQUIRE(other.create());
  REQUIRE(other.logs->add_space(f.space));
  REQUIRE(other.append(alice.send(part)));
  const auto pieces = f.logs().missing_for(f.ix, other.logs->frontier(0));
  REQUIRE((pieces && pieces->size() == 1));
  CHECK(f.logs().read(pieces->front()).value() == f.logs().read(pieces->front()).value());
  CHECK(send_missing(f.laptop, other, f.space) == 1);
  CHECK(other.logs->heads(0) == f.logs().heads(0));
  CHECK(other.problems().empty());
}

TEST_CASE("small segments that follow each other travel as one", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  for (int i = 0; i < 10; ++i) f.take(alice.send(1));
  const auto pieces = f.logs().missing_for(f.ix, Frontier{});
  REQUIRE(pieces);
  REQUIRE(pieces->size() == 10);
  std::size_t apart = 0;
  for (const auto& piece : *pieces) apart += piece.bytes;
  const auto all = f.logs().read_together(*pieces);
  REQUIRE(all);
  CHECK(all->pieces == 10);
  CHECK(all->sealed.size() < apart / 2);
  Laptop other(f.epochs, "other");
  REQUIRE(other.create());
  REQUIRE(other.logs->add_space(f.space));
  REQUIRE(other.append(arrive(all->sealed, f.space, f.epochs)));
  CHECK(entries(other) == entries(f.laptop));
  const auto rest = f.logs().read_together(std::span(*pieces).subspan(7));
  REQUIRE(rest);
  CHECK(rest->pieces == 3);
  CHECK(read_segment_header(rest->sealed)->first == 8);
  // So that a link that was cut within them can go on there.
  CHECK(f.logs().read_together(*pieces)->sealed == all->sealed);
}

TEST_CASE("branches of one log never travel as one", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  f.take(alice.send(1));
  auto twin = alice.twin();
  f.take(alice.send(1));
  f.take(twin.send(1));
  f.take(twin.send(1));
  const auto pieces = f.logs().missing_for(f.ix, Frontier{});
  REQUIRE(pieces);
  Laptop other(f.epochs, "other");
  REQUIRE(other.create());
  REQUIRE(other.logs->add_space(f.space));
  for (auto left = std::span(*pieces); !left.empty();) {
    const auto next = f.logs().read_together(left);
    REQUIRE(next);
    REQUIRE(other.append(arrive(next->sealed, f.space, f.epochs)));
    left = left.subspan(next->pieces);
  }
  CHECK(entries(other) == entries(f.laptop));
  CHECK(other.logs->frontier(0).heads.size() == 2);
}

TEST_CASE("laptops on two branches end up with both", "[log_store]") {
  Fixture f;
  Laptop other(f.epochs, "other");
  REQUIRE(other.create());
  REQUIRE(other.logs->add_space(f.space));
  auto alice = f.author(1);
  const auto common = alice.send(3);
  auto twin = alice.twin();
  f.take(common);
  REQUIRE(other.append(common));
  const auto longer = GENERATE(1, 2, 3);
  f.take(alice.send(2));
  REQUIRE(other.append(twin.send(static_cast<std::size_t>(longer))));
  for (int round = 0; round < 2; ++round) {
    send_missing(f.laptop, other, f.space);
    send_missing(other, f.laptop, f.space);
  }
  CHECK(f.logs().frontier(f.ix).heads.size() == 2);
  CHECK(f.logs().frontier(f.ix) == other.logs->frontier(0));
  CHECK(entries(f.laptop) == entries(other));
  CHECK(send_missing(f.laptop, other, f.space) == 0);
  f.take(alice.send(1));
  CHECK(send_missing(f.laptop, other, f.space) == 1);
}

TEST_CASE("a frontier head inside a segment is understood", "[log_store]") {
  Fixture f;
  auto alice = f.author(1);
  const auto run = alice.write(5);
  f.take(alice.send(run));
  const Head inner{alice.log(), 2, run.txns[1].hash};
  CHECK(f.logs().has(inner).value());
  CHECK_FALSE(f.logs().has({alice.log(), 3, run.txns[1].hash}).value());
  const auto pieces = f.logs().missing_for(f.ix, Frontier{{inner}});
  REQUIRE(pieces);
  REQUIRE(pieces->size() == 1);
  CHECK(pieces->front().from == 3);
  int runs = 0;
  REQUIRE(f.logs().runs_with(0, 2, [&](const Run& found) -> Status {
    CHECK(found.txns[1].hash == run.txns[1].hash);
    ++runs;
    return {};
  }));
  CHECK(runs == 1);
}

}  // namespace
}  // namespace rukun::test
