// Removed, lying and stolen laptops between real engines: what they write, what they are told, and
// that nobody honest waits for them.
#include "app/engine/engine_works.h"
#include "sync/limits.h"
#include "tests/support/catch.h"
#include "tests/support/neighborhood.h"

using namespace rukun;
using namespace rukun::test;

namespace {

Space& space_of(Laptop& laptop, const SpaceId& id) { return *laptop.engine().works().find(id); }

const Member& member_on(Laptop& laptop, const SpaceId& id, Laptop& whom) {
  const auto* found = space_of(laptop, id).authority.find(whom.engine().member());
  REQUIRE(found != nullptr);
  return *found;
}

Head last_of(Laptop& laptop, const SpaceId& id, LogKind which) {
  auto& works = laptop.engine().works();
  const auto log = works.my_log(space_of(laptop, id), which).id();
  const auto ix = works.store->find_log(log);
  return ix ? works.store->heads(*ix).at(0) : Head{log, 0, {}};
}

// What a liar's program may write into its own data log: any deps, any names, no rule asked.
void slip_in(Laptop& liar, const SpaceId& id, const std::vector<Draft>& drafts) {
  auto& works = liar.engine().works();
  Space& space = space_of(liar, id);
  for (auto draft : drafts) {
    Run run = empty_run(works.my_log(space, LogKind::data), last_of(liar, id, LogKind::data));
    draft.stamp = space.clock.next(liar.clock().now());
    append(run, draft);
    REQUIRE(works.store->append(sign(std::move(run), works.signing), space.item.epoch));
  }
  liar.close();  // its own view is behind: opened again, it reads what it wrote
}

Part retitle(const RecordId& need, std::string title, std::vector<WriteRef> replaces) {
  Part part;
  part.record = need;
  part.salt = SeededRandom(5).draw<Salt>();
  part.ops.push_back({fields::need::kTitle, OpType::put, std::move(replaces), std::move(title)});
  return part;
}

void remove_without_a_new_key(Laptop& head, const SpaceId& id, Laptop& whom) {
  auto& works = head.engine().works();
  Space& space = space_of(head, id);
  const auto key = member_on(head, id, whom).key;
  REQUIRE(works.write_act(space, RemoveAct{key, false, "", works.cut_of(space, key)}));
}

// A head who makes a new key and gives it to whom she likes.
EpochId seal_to(Laptop& head, const SpaceId& id, const std::vector<Laptop*>& whom) {
  auto& works = head.engine().works();
  Space& space = space_of(head, id);
  const auto key = Secret::copy_of(SeededRandom(77).draw<TxnHash>());
  const auto act = works.write_act(space, NewEpochAct{epoch_id(key)});
  REQUIRE(act);
  REQUIRE(works.keep_epoch_key(key));
  std::vector<Recipient> to;
  for (Laptop* laptop : whom) {
    const auto& member = member_on(head, id, *laptop);
    to.push_back({box_tag(member.id), member.box});
  }
  TxnTag tag;
  std::copy_n(act->bytes.begin(), TxnTag::kSize, tag.bytes.begin());
  const auto envelope =
      make_envelope(id, space.item.root, key, to, tag, works.signing, works.context.random);
  REQUIRE(envelope);
  REQUIRE(works.keep_envelope(space, *envelope));
  return epoch_id(key);
}

}  // namespace

TEST_CASE("somebody removed hears of it from the stick, also when everybody else knew before",
          "[members]") {
  ThreeNeighbors rt;
  const auto elsewhere = rt.dir / "another stick";
  std::filesystem::create_directories(elsewhere);
  REQUIRE(
      rt.head.engine().remove_member(rt.space, rt.volunteer.engine().member(), "pindah", false));
  const auto later = rt.head.add_need(rt.space, 1000, "Sesudah");
  for (int turn = 0; turn < 2; ++turn)
    for (Laptop* laptop : {&rt.head, &rt.office}) laptop->sync(elsewhere);
  rt.head.sync(rt.stick);
  const auto report = rt.volunteer.sync(rt.stick);
  CHECK(member_on(rt.volunteer, rt.space, rt.volunteer).removed);
  CHECK(report.refused.empty());
  const auto notices = rt.volunteer.engine().take_notices();
  CHECK(std::any_of(notices.begin(), notices.end(), [](const Phrase& one) {
    return one.id.find("bukan lagi anggota") != std::string::npos;
  }));
  CHECK(rt.volunteer.title(rt.space, later) == "(belum tiba)");
  // Nothing is written for who left once the stick has told it.
  const auto before = rt.head.sync(rt.stick).bytes_out;
  CHECK(rt.head.sync(rt.stick).bytes_out == 0);
  CHECK(before < 64 * 1024);
}

TEST_CASE("writers are warned until the key has been changed", "[members]") {
  ThreeNeighbors rt;
  const auto file = rt.dir / "berkas.rukun";
  remove_without_a_new_key(rt.head, rt.space, rt.office);
  REQUIRE(rt.head.engine().export_bundle(file, std::nullopt, std::nullopt));
  REQUIRE(rt.volunteer.engine().import_bundle(file));
  const auto need = rt.volunteer.add_need(rt.space, 1000);
  const auto warned = rt.volunteer.run(
      rt.space, {{SetFields{need, {{fields::need::kTitle, OpType::put, std::string("Satu")}}}}});
  REQUIRE(warned.warnings.size() == 1);
  CHECK(warned.warnings[0].find("kunci belum diganti") != std::string::npos);
  // The head looks at it when it opens the program again, and makes a new key.
  rt.head.close();
  rt.round();
  const auto quiet = rt.volunteer.run(
      rt.space, {{SetFields{need, {{fields::need::kTitle, OpType::put, std::string("Dua")}}}}});
  CHECK(quiet.warnings.empty());
}

TEST_CASE("nobody writes under a key that a lying head gave to the wrong people", "[members]") {
  ThreeNeighbors rt;
  REQUIRE(rt.head.engine().set_role(rt.space, rt.volunteer.engine().member(), Role::head));
  rt.round();
  Laptop wati(rt.dir.path(), "Wati", 44);
  wati.join(rt.head.invite(rt.space, Role::volunteer));
  const auto everybody = [&] {
    for (int turn = 0; turn < 2; ++turn)
      for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office, &wati}) laptop->sync(rt.stick);
  };
  everybody();
  REQUIRE(rt.head.engine().remove_member(rt.space, rt.office.engine().member(), "", true));
  everybody();
  // Sari gives a key to all, and to who was removed; then one to nobody but herself and that one.
  const auto for_all =
      seal_to(rt.volunteer, rt.space, {&rt.head, &rt.volunteer, &wati, &rt.office});
  everybody();
  for (Laptop* laptop : {&rt.head, &wati}) {
    CHECK(laptop->engine().works().epoch_keys.contains(for_all));
    CHECK(space_of(*laptop, rt.space).item.epoch != for_all);
  }
  const auto later = rt.head.add_need(rt.space, 1000, "Rahasia");
  everybody();
  CHECK(wati.title(rt.space, later) == "Rahasia");
  CHECK(rt.volunteer.title(rt.space, later) == "Rahasia");
  CHECK(rt.office.title(rt.space, later) == "(belum tiba)");
}

TEST_CASE("when nobody but a lying head has the new key, another head makes one", "[members]") {
  ThreeNeighbors rt;
  REQUIRE(rt.head.engine().set_role(rt.space, rt.volunteer.engine().member(), Role::head));
  rt.round();
  remove_without_a_new_key(rt.volunteer, rt.space, rt.office);
  const auto hers = seal_to(rt.volunteer, rt.space, {&rt.volunteer, &rt.office});
  rt.round();
  const auto& item = space_of(rt.head, rt.space).item;
  CHECK(item.epoch != hers);
  CHECK(rt.head.engine().works().sound_epoch(space_of(rt.head, rt.space)) != nullptr);
  CHECK_FALSE(rt.office.engine().works().epoch_keys.contains(item.epoch));
}

TEST_CASE("an entry that names authority which never was waits alone", "[members]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 1000, "Satu");
  rt.round();
  auto head_log = last_of(rt.head, rt.space, LogKind::authority);
  head_log.seq += 900;
  Draft draft;
  draft.deps.push_back(head_log);
  draft.parts.push_back(retitle(need, "Palsu", {}));
  slip_in(rt.volunteer, rt.space, {draft});
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.office}) {
    CHECK(laptop->title(rt.space, need) == "Satu");
    CHECK(laptop->engine().status(rt.space)->waiting == 1);
  }
  // Whoever has seen that log is not drawn in.
  rt.head.set_title(rt.space, need, "Dua");
  rt.round();
  CHECK(rt.office.title(rt.space, need) == "Dua");
  CHECK(rt.office.digest(rt.space) == rt.head.digest(rt.space));
}

TEST_CASE("a write that names entries outside its past replaces nothing", "[members]") {
  ThreeNeighbors rt;
  const auto need = rt.head.add_need(rt.space, 1000, "Satu");
  rt.round();
  rt.head.set_title(rt.space, need, "Dua");
  const auto second = last_of(rt.head, rt.space, LogKind::data);
  rt.round();
  // Sari has seen it, and writes as if her entry were older: so the name is of a later entry.
  TxnTag tag;
  std::copy_n(second.hash.bytes.begin(), TxnTag::kSize, tag.bytes.begin());
  TxnTag guessed;
  guessed.bytes.fill(7);
  Draft draft;
  draft.parts.push_back(retitle(
      need, "Palsu", {{second.log, second.seq, tag}, {second.log, second.seq + 1, guessed}}));
  slip_in(rt.volunteer, rt.space, {draft});
  rt.round();
  for (Laptop* laptop : {&rt.head, &rt.volunteer, &rt.office}) {
    const auto conflicts = laptop->engine().conflicts(rt.space);
    REQUIRE(conflicts);
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().values.size() == 2);
    CHECK(laptop->digest(rt.space) == rt.head.digest(rt.space));
  }
}

TEST_CASE("of what somebody removed writes later only so much is kept, until it is a member again",
          "[members]") {
  ThreeNeighbors rt;
  Laptop wati(rt.dir.path(), "Wati", 44);
  wati.join(rt.head.invite(rt.space, Role::volunteer));
  wati.sync(rt.stick);
  const auto need = rt.volunteer.add_need(rt.space, 1000, "Lama");
  rt.round();
  wati.sync(rt.stick);
  REQUIRE(
      rt.head.engine().remove_member(rt.space, rt.volunteer.engine().member(), "pindah", false));
  // Noise does not pack: entries of some 250 KB each.
  SeededRandom noise(3);
  std::vector<Draft> drafts(75);
  std::vector<std::uint8_t> raw(15'000);
  for (auto& draft : drafts)
    for (int i = 0; i < 20; ++i) {
      noise.fill(raw);
      std::string text(raw.begin(), raw.end());
      for (auto& c : text) c = static_cast<char>('!' + static_cast<unsigned char>(c) % 90);
      draft.parts.push_back(retitle(noise.draw<RecordId>(), std::move(text), {}));
    }
  slip_in(rt.volunteer, rt.space, drafts);
  rt.volunteer.sync(rt.stick);
  // Whoever brings it is not to blame: nothing is refused, and what others wrote comes.
  const auto honest = wati.add_need(rt.space, 1000, "Telur");
  wati.sync(rt.stick);
  for (int turn = 0; turn < 2; ++turn) CHECK(rt.head.sync(rt.stick).refused.empty());
  CHECK(rt.head.title(rt.space, honest) == "Telur");
  const auto notices = rt.head.engine().take_notices();
  CHECK(std::any_of(notices.begin(), notices.end(), [](const Phrase& one) {
    return one.id.find("terlalu banyak") != std::string::npos;
  }));
  const auto kept = rt.head.engine().status(rt.space)->masked;
  CHECK(kept > 40);
  CHECK(kept < 75);
  CHECK(rt.head.engine().works().store->stored_bytes() < 2 * limits::kMaskedBytes);
  // Admitted again, all of it may come: it is still beyond the cut.
  REQUIRE(rt.head.engine().admit_again(rt.space, rt.volunteer.engine().member(), Role::volunteer));
  rt.round();
  CHECK(rt.head.engine().status(rt.space)->masked == 75);
  CHECK(rt.head.title(rt.space, need) == "Lama");
}
