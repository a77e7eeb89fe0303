#include "app/engine/undo.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

using namespace rukun;
using namespace rukun::test;

TEST_CASE("three laptops that share a stick show the same", "[engine]") {
  ThreeNeighbors rt;
  const auto rice = rt.head.add_need(rt.space, 5000);
  const auto oil = rt.volunteer.add_need(rt.space, 2000, "Minyak");
  rt.round();
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 2);
  CHECK(rt.office.title(rt.space, oil) == "Minyak");
  CHECK(rt.office.title(rt.space, rice) == "Beras");
  CHECK(rt.head.digest(rt.space) == rt.volunteer.digest(rt.space));
  CHECK(rt.head.digest(rt.space) == rt.office.digest(rt.space));
}

TEST_CASE("a laptop of two neighborhoods opens with each one's own members, receipts and keys",
          "[engine]") {
  ThreeNeighbors rt;
  Laptop other(rt.dir.path(), "Bu Tuti", 77);
  const auto second = rt.head.found("RT 004/RW 007 Sukamaju");
  other.join(rt.head.invite(second, Role::volunteer));
  rt.head.add_need(rt.space, 5000);
  rt.head.add_need(second, 2000);
  for (int turn = 0; turn < 3; ++turn) {
    other.sync(rt.stick);
    rt.round();
  }
  const auto said = [&](const SpaceId& space) {
    auto& engine = rt.head.engine();
    std::string out = std::to_string(engine.authority(space).value()->members.size());
    const auto status = engine.status(space).value();
    for (const auto& reached : status.reached) out += ", " + reached.name;
    return out;
  };
  CHECK(said(rt.space).starts_with("3, "));
  CHECK(said(second) == "2, Bu Tuti");
  const auto before = said(rt.space);
  rt.head.close();
  CHECK(said(rt.space) == before);
  CHECK(said(second) == "2, Bu Tuti");
  // Its key is still the one that both have.
  rt.head.add_need(second, 3000);
  rt.head.sync(rt.stick);
  other.sync(rt.stick);
  CHECK(other.count(second, fields::need::kKind) == 2);
  CHECK(other.digest(second) == rt.head.digest(second));
}

TEST_CASE("an edit on two laptops apart is a conflict on all until somebody decides", "[engine]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 5000);
  rt.round();
  rt.head.set_title(rt.space, need, "Beras merah");
  rt.volunteer.set_title(rt.space, need, "Beras putih");
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    const auto conflicts = laptop->engine().conflicts(rt.space);
    REQUIRE(conflicts);
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().values.size() == 2);
  }
  rt.office.close();
  rt.volunteer.run(rt.space,
                   {{ResolveField{need, fields::need::kTitle, std::string("Beras putih")}}});
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(laptop->engine().conflicts(rt.space)->empty());
    CHECK(laptop->title(rt.space, need) == "Beras putih");
  }
}

TEST_CASE("what was entered is there after the laptop was closed", "[engine]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 5000);
  const auto before = rt.head.digest(rt.space);
  rt.head.close();
  CHECK(rt.head.title(rt.space, need) == "Beras");
  CHECK(rt.head.digest(rt.space) == before);
  CHECK(rt.head.engine().verify()->empty());
}

TEST_CASE("a receipt counts own entries that another laptop holds durably", "[engine]") {
  ThreeNeighbors rt;
  rt.head.add_need(rt.space, 1000);
  CHECK(rt.head.engine().status(rt.space)->unsent == 1);
  rt.head.sync(rt.stick);
  CHECK(rt.head.engine().status(rt.space)->unsent == 1);  // on the stick is not with somebody
  rt.volunteer.sync(rt.stick);
  CHECK(rt.head.engine().status(rt.space)->unsent == 1);  // the head has not heard of it
  rt.head.sync(rt.stick);
  CHECK(rt.head.engine().status(rt.space)->unsent == 0);
}

TEST_CASE("deleting while another changes leaves the record to be decided", "[engine]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 5000);
  rt.round();
  rt.head.run(rt.space, {{DeleteRecord{need}}});
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 0);
  rt.volunteer.set_title(rt.space, need, "Beras untuk bayi");
  rt.round();
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 1);
  REQUIRE(rt.head.engine().conflicts(rt.space)->size() == 1);
  CHECK(rt.head.engine().conflicts(rt.space)->front().field == kLife);
  rt.office.engine();
  rt.head.run(rt.space, {{DeleteRecord{need}}});
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(laptop->count(rt.space, fields::need::kKind) == 0);
    CHECK(laptop->engine().conflicts(rt.space)->empty());
  }
}

TEST_CASE("undo takes back an addition, a change and a deletion", "[engine]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 5000);
  rt.head.set_title(rt.space, need, "Gula");
  REQUIRE(rt.head.engine().undo(rt.space, std::nullopt));
  CHECK(rt.head.title(rt.space, need) == "Beras");
  rt.head.run(rt.space, {{DeleteRecord{need}}});
  REQUIRE(rt.head.engine().undo(rt.space, std::nullopt));
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 1);
  REQUIRE(rt.head.engine().undo(rt.space, std::nullopt));
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 0);
  rt.round();
  CHECK(rt.office.count(rt.space, fields::need::kKind) == 0);
}

TEST_CASE("a plain undo after many steps were taken back means what was written before them",
          "[engine]") {
  ThreeNeighbors rt;
  rt.head.add_need(rt.space, 5000, "Beras");
  std::vector<TxnHash> steps;
  for (int i = 0; i < 120; ++i) {
    rt.head.add_need(rt.space, 1000, "Gula");
    steps.push_back(rt.head.engine().log(rt.space, {}, 1)->at(0).txn);
  }
  REQUIRE(undo_all(rt.head.engine(), rt.space, steps, [](const TxnHash&) { return true; }));
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 1);
  REQUIRE(rt.head.engine().undo(rt.space, std::nullopt));
  CHECK(rt.head.count(rt.space, fields::need::kKind) == 0);
  CHECK(rt.head.engine().undo(rt.space, std::nullopt).error().code == Code::not_found);
}

TEST_CASE("a household entered on two laptops apart is one household", "[engine]") {
  ThreeNeighbors rt;
  using namespace fields::household;
  const auto household = [](std::string address) {
    return Action{{AddRecord{kKind,
                             {{kName, OpType::put, std::string("Bu Ani")},
                              {kKkNumber, OpType::put, std::string("3204051234567890")},
                              {kAddress, OpType::put, std::move(address)},
                              {kRt, OpType::put, std::int64_t{3}},
                              {kRw, OpType::put, std::int64_t{7}}}}}};
  };
  const auto here = rt.head.run(rt.space, household("Gang Melati 4"));
  const auto there = rt.volunteer.run(rt.space, household("Gang Melati 4"));
  CHECK(here.records.at(0) == there.records.at(0));
  rt.round();
  CHECK(rt.office.count(rt.space, kKind) == 1);
  CHECK(rt.office.engine().conflicts(rt.space)->empty());
  const auto again = rt.office.engine().space(rt.space);
  CHECK(again->members == 3);
}

TEST_CASE("a home that was put back to yesterday's copy loses nothing and says so once",
          "[engine]") {
  ThreeNeighbors rt;
  rt.head.add_need(rt.space, 1000, "Satu");
  rt.round();
  rt.head.close();
  rt.head.copy_home(rt.dir / "yesterday");
  rt.head.add_need(rt.space, 2000, "Dua");
  rt.round();
  rt.head.put_back_home(rt.dir / "yesterday");
  rt.head.add_need(rt.space, 3000, "Tiga");
  CHECK(rt.head.engine().take_notices().size() == 1);
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office})
    CHECK(laptop->count(rt.space, fields::need::kKind) == 3);
  CHECK(rt.head.digest(rt.space) == rt.office.digest(rt.space));
  CHECK(rt.head.engine().verify()->empty());
  CHECK(rt.head.engine().take_notices().empty());
}

TEST_CASE("a copied home that is used on both disks loses nothing on either", "[engine]") {
  ThreeNeighbors rt;
  rt.head.add_need(rt.space, 1000, "Satu");
  rt.round();
  rt.head.close();
  Laptop copy(rt.head, rt.dir.path(), "copy", 77);
  rt.head.add_need(rt.space, 2000, "Dua");
  copy.add_need(rt.space, 3000, "Tiga");
  rt.head.add_need(rt.space, 4000, "Empat");
  copy.add_need(rt.space, 5000, "Lima");
  for (int turn = 0; turn < 3; ++turn)
    for (Laptop* laptop : {&rt.head, &rt.volunteer, &copy, &rt.office}) laptop->sync(rt.stick);
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &copy, &rt.office})
    CHECK(laptop->count(rt.space, fields::need::kKind) == 5);
  CHECK(rt.head.digest(rt.space) == copy.digest(rt.space));
}
