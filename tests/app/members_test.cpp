// Removal, roles, adoption and keys between real engines.
#include "app/engine/engine_works.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

using namespace rukun;
using namespace rukun::test;

namespace {

std::uint64_t masked(Laptop& laptop, const SpaceId& space) {
  return laptop.engine().status(space)->masked;
}

// What a liar's program would write: no rule of the entry form is asked.
TxnHash write_unasked(Laptop& laptop, const SpaceId& space, KindId kind) {
  auto& works = laptop.engine().works();
  Part part;
  part.ref = RefType::fresh;
  part.kind = kind;
  part.salt = SeededRandom(99).draw<Salt>();
  part.ops.push_back({1, OpType::put, {}, Value(std::string("palsu"))});
  return *works.write(*works.find(space), LogKind::data, {part});
}

}  // namespace

TEST_CASE("what a removed member writes afterwards is kept, counts nowhere and can be adopted",
          "[members]") {
  ThreeNeighbors rt;
  const auto before = rt.volunteer.add_need(rt.space, 1000, "Sebelum");
  rt.round();
  REQUIRE(
      rt.head.engine().remove_member(rt.space, rt.volunteer.engine().member(), "pindah", false));
  // Not heard of it yet.
  rt.volunteer.set_title(rt.space, before, "Sesudah");
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.office}) {
    CHECK(laptop->title(rt.space, before) == "Sebelum");
    CHECK(masked(*laptop, rt.space) == 1);
    CHECK(laptop->engine().verify()->empty());
    laptop->close();
    CHECK(laptop->title(rt.space, before) == "Sebelum");
    CHECK(masked(*laptop, rt.space) == 1);
  }
  const auto refused = rt.volunteer.try_run(
      rt.space, {{SetFields{before, {{fields::need::kTitle, OpType::put, std::string("Lagi")}}}}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::not_allowed);
  const auto list = rt.head.engine().masked(rt.space);
  REQUIRE(list);
  REQUIRE(list->size() == 1);
  CHECK(list->front().cut);
  CHECK(list->front().by_name == "Sari");
  REQUIRE(rt.head.engine().adopt(rt.space, {list->front().txn}));
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.office}) {
    CHECK(laptop->title(rt.space, before) == "Sesudah");
    CHECK(masked(*laptop, rt.space) == 0);
    CHECK(laptop->engine().verify()->empty());
  }
}

TEST_CASE("an entry that its author's role does not allow is masked, the same everywhere",
          "[members]") {
  ThreeNeighbors rt;
  const auto txn = write_unasked(rt.volunteer, rt.space, fields::program::kKind);
  CHECK(masked(rt.volunteer, rt.space) == 1);
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(laptop->count(rt.space, fields::program::kKind) == 0);
    CHECK(masked(*laptop, rt.space) == 1);
  }
  const auto list = rt.head.engine().masked(rt.space);
  REQUIRE(list->size() == 1);
  CHECK(list->front().txn == txn);
  CHECK_FALSE(list->front().cut);
  REQUIRE(rt.head.engine().leave_out(rt.space, {txn}));
  CHECK(rt.head.engine().masked(rt.space)->empty());
  CHECK(masked(rt.head, rt.space) == 1);
}

TEST_CASE("who names a masked write takes away what that one had replaced", "[members]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 1000, "Satu");
  rt.round();
  rt.volunteer.set_title(rt.space, need, "Dua");
  // The office's files bring it to nobody yet; another head builds on it before the removal comes.
  rt.round();
  rt.head.set_title(rt.space, need, "Tiga");
  rt.round();
  const auto digest = rt.head.digest(rt.space);
  // A cut of everything: as if the remover had never heard of the volunteer's log.
  auto& works = rt.head.engine().works();
  const auto key = works.find(rt.space)->authority.find(rt.volunteer.engine().member())->key;
  REQUIRE(works.write_act(*works.find(rt.space), RemoveAct{key, false, "", {}}));
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.office}) {
    CHECK(masked(*laptop, rt.space) == 1);
    CHECK(laptop->title(rt.space, need) == "Tiga");
    CHECK(laptop->engine().conflicts(rt.space)->empty());
    CHECK(laptop->digest(rt.space) == digest);
  }
}

TEST_CASE("a removal changes the key, and who was removed opens nothing that is written later",
          "[members]") {
  ThreeNeighbors rt;
  auto& works = rt.head.engine().works();
  const auto first = works.find(rt.space)->item.epoch;
  REQUIRE(rt.head.engine().remove_member(rt.space, rt.volunteer.engine().member(), "", true));
  const auto second = works.find(rt.space)->item.epoch;
  CHECK(second != first);
  CHECK(works.find(rt.space)->authority.epochs.front().current);
  rt.round();
  const auto later = rt.head.add_need(rt.space, 1000, "Rahasia");
  rt.round();
  CHECK(rt.office.title(rt.space, later) == "Rahasia");
  CHECK(rt.office.engine().works().find(rt.space)->item.epoch == second);
  CHECK_FALSE(rt.volunteer.engine().works().epoch_keys.contains(second));
  CHECK(rt.volunteer.title(rt.space, later) == "(belum tiba)");
  // Who joins now reads what was written under both keys.
  Laptop wati(rt.dir.path(), "Wati", 44);
  wati.join(rt.head.invite(rt.space, Role::volunteer));
  for (int turn = 0; turn < 3; ++turn)
    for (Laptop* laptop : {&rt.head, &wati}) laptop->sync(rt.stick);
  CHECK(wati.title(rt.space, later) == "Rahasia");
  CHECK(wati.digest(rt.space) == rt.head.digest(rt.space));
}

TEST_CASE("a changed key is taken from a stick without a complaint, and who left witnesses nothing",
          "[members]") {
  ThreeNeighbors rt;
  rt.head.add_need(rt.space, 1000, "Satu");
  rt.volunteer.sync(rt.stick);
  rt.head.sync(rt.stick);
  rt.volunteer.sync(rt.stick);
  rt.head.sync(rt.stick);
  CHECK(rt.head.engine().status(rt.space)->unsent == 0);
  const auto left = rt.volunteer.engine().member();
  REQUIRE(rt.head.engine().remove_member(rt.space, left, "pindah", false));
  const auto status = *rt.head.engine().status(rt.space);
  CHECK(status.unsent == 1);
  REQUIRE(status.left.size() == 1);
  CHECK(status.left.front().member == left);
  rt.head.sync(rt.stick);
  for (Laptop* laptop : {&rt.office, &rt.head}) {
    const auto report = laptop->sync(rt.stick);
    CHECK(report.refused.empty());
    for (const auto& one : report.reached) CHECK(one.member != left);
  }
  CHECK(rt.head.engine().status(rt.space)->unsent == 0);
}

TEST_CASE("the earlier key opens no link once every member has moved", "[members]") {
  ThreeNeighbors rt;
  REQUIRE(rt.head.engine().remove_member(rt.space, rt.volunteer.engine().member(), "", true));
  auto& works = rt.head.engine().works();
  CHECK_FALSE(works.all_have_moved(*works.find(rt.space)));
  rt.round();
  rt.round();
  CHECK(works.all_have_moved(*works.find(rt.space)));
}

TEST_CASE("who is demoted may write only what the new role allows", "[members]") {
  ThreeNeighbors rt;
  const auto need = rt.volunteer.add_need(rt.space, 1000, "Lama");
  rt.round();
  REQUIRE(rt.head.engine().set_role(rt.space, rt.volunteer.engine().member(), Role::office));
  rt.volunteer.set_title(rt.space, need, "Baru");
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    CHECK(laptop->title(rt.space, need) == "Lama");
    CHECK(masked(*laptop, rt.space) == 1);
  }
  CHECK(rt.volunteer.engine().space(rt.space)->role == Role::office);
  // Head again: what was masked stays so, what comes counts.
  REQUIRE(rt.head.engine().set_role(rt.space, rt.volunteer.engine().member(), Role::volunteer));
  rt.round();
  rt.volunteer.set_title(rt.space, need, "Terbaru");
  rt.round();
  CHECK(rt.office.title(rt.space, need) == "Terbaru");
  CHECK(rt.office.digest(rt.space) == rt.volunteer.digest(rt.space));
}

TEST_CASE("who is admitted again begins new logs that count", "[members]") {
  ThreeNeighbors rt;
  const auto member = rt.volunteer.engine().member();
  rt.volunteer.add_need(rt.space, 1000, "Dahulu");
  rt.round();
  REQUIRE(rt.head.engine().remove_member(rt.space, member, "salah orang", false));
  rt.round();
  REQUIRE(rt.head.engine().admit_again(rt.space, member, Role::volunteer));
  rt.round();
  rt.round();
  const auto need = rt.volunteer.add_need(rt.space, 2000, "Kembali");
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.office}) {
    CHECK(laptop->title(rt.space, need) == "Kembali");
    CHECK(masked(*laptop, rt.space) == 0);
    CHECK(laptop->digest(rt.space) == rt.volunteer.digest(rt.space));
  }
}

TEST_CASE("only heads decide, and the last head stays", "[members]") {
  ThreeNeighbors rt;
  const auto head = rt.head.engine().member();
  const auto by_volunteer = rt.volunteer.engine().remove_member(rt.space, head, "", false);
  REQUIRE_FALSE(by_volunteer);
  CHECK(by_volunteer.error().code == Code::not_allowed);
  const auto last = rt.head.engine().remove_member(rt.space, head, "", false);
  REQUIRE_FALSE(last);
  CHECK(last.error().code == Code::not_allowed);
  CHECK_FALSE(rt.head.engine().set_role(rt.space, head, Role::reader));
}

TEST_CASE("a revoked invitation admits nobody", "[members]") {
  ThreeNeighbors rt;
  const auto made = rt.head.engine().create_invite(rt.space, Role::volunteer, true);
  REQUIRE(made);
  REQUIRE(rt.head.engine().revoke_invite(rt.space, made->id));
  Laptop eve(rt.dir.path(), "Eve", 45);
  eve.join(made->file);
  eve.sync(rt.stick);
  rt.round();
  const auto* authority = *rt.head.engine().authority(rt.space);
  CHECK(authority->current(eve.engine().member()) == nullptr);
  CHECK(authority->current_count() == 3);
}
