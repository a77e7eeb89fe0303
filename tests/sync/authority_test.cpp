#include "sync/authority.h"

#include "tests/support/catch.h"
#include "tests/sync/acts.h"

namespace rukun::test {

TEST_CASE("the root names the neighborhood and its first head", "[authority]") {
  Acts acts;
  CHECK_FALSE(acts.settle().founded);
  acts.found("Pak Budi");
  const auto authority = acts.settle();
  CHECK(authority.founded);
  CHECK(authority.name == "RT 003 Sukamaju");
  REQUIRE(authority.members.size() == 1);
  CHECK(authority.members[0].role == Role::head);
  CHECK(authority.members[0].depth == 1);
}

TEST_CASE("only the root's own first entry founds a space", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  auto forged = acts.entries;
  forged[0].log.author = keys_of("Mallory").key;
  forged[0].before = before_first(forged[0].log.id());
  CHECK_FALSE(evaluate(sukamaju(), forged).founded);
  forged = acts.entries;
  forged[0].seq = 2;
  CHECK_FALSE(evaluate(sukamaju(), forged).founded);
  forged = acts.entries;
  forged[0].log.incarnation = id_of<Incarnation>("another");
  forged[0].before = before_first(forged[0].log.id());
  CHECK_FALSE(evaluate(sukamaju(), forged).founded);
}

TEST_CASE("what a person who is no head says has no effect", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::volunteer));
  acts.say("Sari", Acts::admit("Mallory", Role::head));
  acts.say("Mallory", Acts::admit("Mallory", Role::head));
  acts.say("Sari", Acts::invite("paper", Role::head));
  acts.say("Eve", Acts::join("Eve", "paper", "paper"));
  acts.say("Sari", Acts::pin("paper", "Sari"));
  const auto authority = acts.settle();
  CHECK(authority.members.size() == 2);
  CHECK(authority.invitations.empty());
  CHECK(find(authority, "Mallory") == nullptr);
}

TEST_CASE("a head who was admitted may admit further", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.say("Sari", Acts::admit("Wati", Role::volunteer));
  const auto authority = acts.settle();
  REQUIRE(find(authority, "Wati") != nullptr);
  CHECK(find(authority, "Wati")->depth == 3);
}

TEST_CASE("a join counts with the invitation's proof and not without", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::invite("paper", Role::volunteer));
  acts.say("Mallory", Acts::join("Mallory", "paper", "Mallory"));
  // A proof that was made for somebody else.
  auto stolen = Acts::join("Sari", "paper", "paper");
  acts.say("Eve", stolen);
  CHECK(acts.settle().members.size() == 1);
  acts.say("Sari", Acts::join("Sari", "paper", "paper"));
  const auto authority = acts.settle();
  REQUIRE(find(authority, "Sari") != nullptr);
  CHECK(find(authority, "Sari")->role == Role::volunteer);
  CHECK_FALSE(find(authority, "Sari")->contested);
}

TEST_CASE("an invitation used twice is contested until a head pins it", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::invite("paper", Role::volunteer));
  acts.say("Sari", Acts::join("Sari", "paper", "paper"));
  acts.say("Mallory", Acts::join("Mallory", "paper", "paper"));
  const auto before = acts.settle();
  CHECK(find(before, "Sari")->contested);
  CHECK(find(before, "Mallory")->contested);
  acts.say("Pak Budi", Acts::pin("paper", "Sari"));
  acts.say("Pak Budi", Acts::pin("paper", "Mallory"));
  const auto after = acts.settle();
  CHECK_FALSE(find(after, "Sari")->contested);
  CHECK(find(after, "Mallory")->contested);
}

TEST_CASE("a member by another way is not in question for having used an invitation",
          "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::invite("paper", Role::reader));
  acts.say("Pak Budi", Acts::join("Pak Budi", "paper", "paper"));
  acts.say("Mallory", Acts::join("Mallory", "paper", "paper"));
  const auto authority = acts.settle();
  CHECK_FALSE(find(authority, "Pak Budi")->contested);
  CHECK(find(authority, "Pak Budi")->role == Role::head);
  CHECK(find(authority, "Mallory")->contested);
}

TEST_CASE("an unknown act makes the space read-only unless it is harmless", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", UnknownAct{kFirstHarmlessAct});
  CHECK_FALSE(acts.settle().read_only);
  acts.say("Mallory", UnknownAct{77});
  CHECK_FALSE(acts.settle().read_only);
  acts.say("Pak Budi", UnknownAct{77});
  CHECK(acts.settle().read_only);
}

TEST_CASE("the same acts in any order and any number give the same members", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.say("Pak Budi", Acts::admit("Wati", Role::head));
  // Two heads, and one of them twice, say different things of one person.
  acts.say("Sari", Acts::admit("Joko", Role::volunteer));
  acts.say("Sari", Acts::admit("Joko", Role::office));
  acts.say("Wati", Acts::admit("Joko", Role::reader));
  acts.say("Sari", Acts::invite("paper", Role::volunteer));
  acts.say("Wati", Acts::invite("paper", Role::reader));
  acts.say("Eve", Acts::join("Eve", "paper", "paper"));
  auto renamed = Acts::join("Eve", "paper", "paper");
  renamed.name = "Eva";
  renamed.proof = prove_join(keys_of("paper"), sukamaju(), keys_of("Eve").key, renamed);
  acts.say("Eve", renamed);
  acts.say("Dewi", Acts::join("Dewi", "paper", "paper"));
  acts.say("Sari", Acts::pin("paper", "Eve"));
  acts.say("Wati", Acts::pin("paper", "Dewi"));
  acts.say("Wati", UnknownAct{kFirstHarmlessAct});
  acts.say("Mallory", Acts::admit("Mallory", Role::head));
  // Several acts in one entry, too.
  const auto last = acts.say("Wati", Acts::admit("Rina", Role::office));
  auto same_entry = last;
  same_entry.act = Acts::admit("Rina", Role::volunteer);
  acts.entries.push_back(same_entry);

  const auto expected = told(acts.settle());
  CHECK(expected.find("Eve") != std::string::npos);
  SeededRandom random(7);
  for (int turn = 0; turn < 1000; ++turn) {
    auto entries = acts.entries;
    for (int again = 0; again < 3; ++again)
      entries.push_back(acts.entries[random.below(acts.entries.size())]);
    for (std::size_t i = entries.size(); i > 1; --i)
      std::swap(entries[i - 1], entries[random.below(i)]);
    REQUIRE(told(evaluate(sukamaju(), entries)) == expected);
  }
}

TEST_CASE("an act survives being written, and damage is an error", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.say("Pak Budi", Acts::invite("paper", Role::office));
  acts.say("Sari", Acts::join("Sari", "paper", "paper"));
  acts.say("Pak Budi", Acts::pin("paper", "Sari"));
  acts.set_role("Pak Budi", "Sari", Role::volunteer);
  acts.remove("Pak Budi", "Sari", true);
  acts.say("Pak Budi", RevokeAct{keys_of("paper").key});
  acts.say("Pak Budi", NewEpochAct{id_of<EpochId>("second")});
  acts.say("Pak Budi", AdoptAct{{id_of<TxnHash>("one"), id_of<TxnHash>("two")}});
  acts.say("Pak Budi", EraseAct{id_of<RecordId>("need"), "salah ketik"});
  for (const auto& entry : acts.entries) {
    Run run = empty_run(log_of("Pak Budi", LogKind::authority), {});
    Draft draft;
    draft.parts.push_back(act_part(entry.act));
    append(run, draft);
    const auto back = read_act(run, run.parts[0]);
    REQUIRE(back);
    CHECK(act_part(*back).kind == draft.parts[0].kind);
    CHECK(act_part(*back).opaque == draft.parts[0].opaque);
    for (std::uint32_t cut = 0; cut < run.parts[0].op_count; ++cut) {
      auto shorter = run.parts[0];
      shorter.op_count = cut;
      CHECK_FALSE(read_act(run, shorter));
    }
  }
  auto nameless = Acts::join("Sari", "paper", "paper");
  nameless.name.clear();
  Run run = empty_run(log_of("Sari", LogKind::authority), {});
  Draft draft;
  draft.parts.push_back(act_part(nameless));
  append(run, draft);
  CHECK_FALSE(read_act(run, run.parts[0]));
}

}  // namespace rukun::test
