// Removal, roles, revocation, epochs and adoption, told with named people.
#include "tests/support/catch.h"
#include "tests/sync/acts.h"

namespace rukun::test {

namespace {
LogId joko_log() { return log_of("Joko").id(); }

// Judges an entry of Joko's data log that had seen nothing of authority but `seen`.
DataJudge::Verdict judge(const Authority& authority, const std::vector<Head>& seen,
                         bool within = false) {
  DataJudge judge(authority, keys_of("Joko").key, joko_log());
  for (const auto& head : seen) judge.saw(head.log, head.seq);
  return judge.at([&](const CutAt&) { return within; });
}
}  // namespace

TEST_CASE("a member who was removed is listed as removed and says nothing more", "[authority]") {
  auto acts = two_heads();
  acts.remove("Pak Budi", "Sari");
  acts.say("Sari", Acts::admit("Eve", Role::head));
  const auto authority = acts.settle();
  CHECK_FALSE(is_member(authority, "Sari"));
  REQUIRE(find(authority, "Sari") != nullptr);
  CHECK(find(authority, "Sari")->removed);
  CHECK(find(authority, "Eve") == nullptr);
  CHECK(authority.current_count() == 2);
}

TEST_CASE("what a removed head said before the cut stands, what it backdates does not",
          "[authority]") {
  auto acts = two_heads();
  acts.say("Sari", Acts::admit("Wati", Role::volunteer));
  acts.apart("Sari");
  acts.remove("Pak Budi", "Sari");
  acts.say("Sari", Acts::admit("Eve", Role::volunteer));
  acts.back("Sari");
  // A second branch, begun before the cut as if it had always been there.
  const auto log = log_of("Sari", LogKind::authority);
  const auto root = acts.entries[1];
  acts.put(log, {log.id(), 0, before_first(log.id())}, {{root.log.id(), root.seq, root.hash}},
           Acts::admit("Mallory", Role::head), "Sari");
  const auto authority = acts.settle();
  CHECK(is_member(authority, "Wati"));
  CHECK(find(authority, "Eve") == nullptr);
  CHECK(find(authority, "Mallory") == nullptr);
}

TEST_CASE("a new incarnation does not help who was removed", "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.remove("Pak Budi", "Sari");
  acts.new_laptop_state("Sari", "a fresh start");
  acts.say("Sari", Acts::admit("Eve", Role::head));
  acts.back("Sari");
  CHECK(find(acts.settle(), "Eve") == nullptr);
}

TEST_CASE("when two heads remove each other the higher one stays", "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.remove("Sari", "Pak Budi");
  acts.remove("Pak Budi", "Sari");
  acts.back("Sari");
  const auto authority = acts.settle();
  CHECK(is_member(authority, "Pak Budi"));
  CHECK_FALSE(is_member(authority, "Sari"));
}

TEST_CASE("a lower head removes the founder's stolen laptop, and what the thief says falls",
          "[authority]") {
  auto acts = two_heads();
  acts.say("Pak Budi", Acts::admit("Wati", Role::head));
  acts.apart("Pak Budi");
  acts.remove("Sari", "Pak Budi", true);
  // The thief removes Wati, not Sari: that must not help either.
  acts.remove("Pak Budi", "Wati");
  acts.say("Pak Budi", Acts::admit("Eve", Role::head));
  acts.back("Pak Budi");
  const auto authority = acts.settle();
  CHECK(find(authority, "Pak Budi")->removed);
  CHECK(find(authority, "Pak Budi")->lost);
  CHECK(is_member(authority, "Wati"));
  CHECK(find(authority, "Eve") == nullptr);
}

TEST_CASE("three who remove each other in a circle are settled, the same for all", "[authority]") {
  auto acts = two_heads();
  acts.say("Pak Budi", Acts::admit("Wati", Role::head));
  for (const char* who : {"Pak Budi", "Sari", "Wati"}) acts.apart(who);
  acts.remove("Pak Budi", "Sari");
  acts.remove("Sari", "Wati");
  acts.remove("Wati", "Pak Budi");
  const auto authority = acts.settle();
  CHECK(authority.current_count() < 4);
  auto turned = acts.entries;
  std::reverse(turned.begin(), turned.end());
  CHECK(told(evaluate(sukamaju(), turned)) == told(authority));
}

TEST_CASE("a grant that rests on a fallen grant falls", "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.remove("Pak Budi", "Sari");
  acts.say("Sari", Acts::admit("Eve", Role::head));
  acts.back("Sari");
  acts.apart("Eve");
  acts.say("Eve", Acts::admit("Mallory", Role::head));
  acts.remove("Eve", "Joko");
  acts.back("Eve");
  const auto authority = acts.settle();
  CHECK(find(authority, "Mallory") == nullptr);
  CHECK(is_member(authority, "Joko"));
}

TEST_CASE("the printed key removes the founder's laptop and admits another, whatever a thief says",
          "[authority]") {
  auto acts = two_heads();
  acts.apart("Pak Budi");
  acts.remove(Acts::kRoot, "Pak Budi", true);
  acts.say(Acts::kRoot, Acts::admit("Pak Budi baru", Role::head));
  acts.remove("Pak Budi", "Sari");
  acts.say("Pak Budi", RemoveAct{keys_of(Acts::kRoot).key, false, "", {}});
  acts.back("Pak Budi");
  const auto authority = acts.settle();
  CHECK_FALSE(is_member(authority, "Pak Budi"));
  CHECK(has_role(authority, "Pak Budi baru", Role::head));
  CHECK(is_member(authority, "Sari"));
}

TEST_CASE("an invitation that nobody had used goes with the head who made it", "[authority]") {
  auto acts = two_heads();
  acts.say("Sari", Acts::invite("used", Role::volunteer));
  acts.say("Sari", Acts::invite("open", Role::head));
  acts.say("Wati", Acts::join("Wati", "used", "used"));
  acts.remove("Pak Budi", "Sari");
  acts.say("Eve", Acts::join("Eve", "open", "open"));
  acts.say("Sari", Acts::join("Sari", "open", "open"));
  const auto authority = acts.settle();
  CHECK(is_member(authority, "Wati"));
  CHECK(find(authority, "Eve") == nullptr);
  CHECK_FALSE(is_member(authority, "Sari"));
  for (const auto& invitation : authority.invitations) CHECK_FALSE(invitation.open());
}

TEST_CASE("a removed member cannot come back by an older invitation of somebody else",
          "[authority]") {
  auto acts = two_heads();
  acts.say("Pak Budi", Acts::invite("open", Role::volunteer));
  acts.remove("Pak Budi", "Sari");
  acts.say("Sari", Acts::join("Sari", "open", "open"));
  CHECK_FALSE(is_member(acts.settle(), "Sari"));
}

TEST_CASE("who is admitted again is a member again", "[authority]") {
  auto acts = two_heads();
  acts.remove("Pak Budi", "Sari");
  acts.say("Pak Budi", Acts::admit("Sari", Role::volunteer));
  const auto authority = acts.settle();
  CHECK(has_role(authority, "Sari", Role::volunteer));
  CHECK(authority.is_cut(log_of("Sari", LogKind::authority)) ==
        !acts.cut_of("Pak Budi", "Sari").empty());
}

TEST_CASE("a revoked invitation admits nobody who had not used it", "[authority]") {
  auto acts = two_heads();
  acts.say("Pak Budi", Acts::invite("paper", Role::volunteer));
  acts.say("Wati", Acts::join("Wati", "paper", "paper"));
  acts.say("Sari", RevokeAct{keys_of("paper").key});
  acts.say("Eve", Acts::join("Eve", "paper", "paper"));
  const auto authority = acts.settle();
  CHECK(is_member(authority, "Wati"));
  CHECK(find(authority, "Eve") == nullptr);
  REQUIRE(authority.invitations.size() == 1);
  CHECK(authority.invitations[0].revoked);
}

TEST_CASE("the last word on a role counts, and of two at once the higher head's", "[authority]") {
  auto acts = two_heads();
  acts.set_role("Pak Budi", "Joko", Role::office);
  acts.set_role("Sari", "Joko", Role::reader);
  CHECK(has_role(acts.settle(), "Joko", Role::reader));
  acts.apart("Sari");
  acts.set_role("Sari", "Joko", Role::head);
  acts.set_role("Pak Budi", "Joko", Role::volunteer);
  acts.back("Sari");
  CHECK(has_role(acts.settle(), "Joko", Role::volunteer));
}

TEST_CASE("a head who was demoted without knowing it admits nobody beyond the cut", "[authority]") {
  auto acts = two_heads();
  acts.say("Sari", Acts::admit("Wati", Role::volunteer));
  acts.apart("Sari");
  acts.set_role("Pak Budi", "Sari", Role::volunteer);
  acts.say("Sari", Acts::admit("Eve", Role::volunteer));
  acts.back("Sari");
  const auto authority = acts.settle();
  CHECK(has_role(authority, "Sari", Role::volunteer));
  CHECK(is_member(authority, "Wati"));
  CHECK(find(authority, "Eve") == nullptr);
}

TEST_CASE("data beyond the cut does not count, and of two removals the longer cut counts",
          "[authority]") {
  auto acts = two_heads();
  const auto before = acts.settle();
  CHECK(judge(before, before.heads).counts);
  acts.say("Pak Budi", RemoveAct{keys_of("Joko").key, false, "", {{joko_log(), 5, {}}}});
  CHECK(judge(acts.settle(), before.heads, true).counts);
  CHECK_FALSE(judge(acts.settle(), before.heads, false).counts);
  // Entries that say nothing of authority, so as to look old.
  CHECK_FALSE(judge(acts.settle(), {}, false).counts);

  auto both = two_heads();
  both.apart("Sari");
  both.say("Sari", RemoveAct{keys_of("Joko").key, false, "", {{joko_log(), 5, {}}}});
  both.say("Pak Budi", RemoveAct{keys_of("Joko").key, false, "", {}});
  both.back("Sari");
  CHECK(judge(both.settle(), before.heads, true).counts);
  CHECK_FALSE(judge(both.settle(), before.heads, false).counts);
}

TEST_CASE("a removed member's entry that knew of the removal does not count without a new grant",
          "[authority]") {
  auto acts = two_heads();
  acts.say("Pak Budi", RemoveAct{keys_of("Joko").key, false, "", {}});
  CHECK_FALSE(judge(acts.settle(), acts.settle().heads).counts);
  acts.say("Pak Budi", Acts::admit("Joko", Role::reader));
  const auto again = judge(acts.settle(), acts.settle().heads);
  CHECK(again.counts);
  CHECK(again.roles == std::vector<Role>{Role::reader});
}

TEST_CASE("what was written under an earlier role is judged by it, within the cut", "[authority]") {
  auto acts = two_heads();
  const auto before = acts.settle().heads;
  acts.say("Pak Budi", SetRoleAct{keys_of("Joko").key, Role::reader, {{joko_log(), 5, {}}}});
  const auto authority = acts.settle();
  CHECK(judge(authority, before, true).roles == std::vector<Role>{Role::volunteer});
  CHECK(judge(authority, before, false).roles == std::vector<Role>{Role::volunteer, Role::reader});
  CHECK(judge(authority, authority.heads, false).roles == std::vector<Role>{Role::reader});
}

TEST_CASE("a removal never cuts an erasure that its author had seen", "[authority]") {
  auto acts = two_heads();
  const auto cut = acts.cut_of("Pak Budi", "Sari");
  acts.say("Sari", EraseAct{id_of<RecordId>("seen"), "permintaan"});
  acts.apart("Sari");
  acts.say("Pak Budi", RemoveAct{keys_of("Sari").key, false, "", cut});
  acts.say("Sari", EraseAct{id_of<RecordId>("unseen"), ""});
  acts.back("Sari");
  const auto authority = acts.settle();
  REQUIRE(authority.erasures.size() == 1);
  CHECK(authority.erasures[0].record == id_of<RecordId>("seen"));
  CHECK(authority.erasures[0].by_head);
}

TEST_CASE("an epoch is current when who made it knew of every removal", "[authority]") {
  auto acts = two_heads();
  REQUIRE(acts.settle().epochs.size() == 1);
  CHECK(acts.settle().epochs[0].current);
  acts.remove("Pak Budi", "Joko", true);
  CHECK_FALSE(acts.settle().epochs[0].current);
  // Two heads notice at once: both are kept, one is written under.
  acts.apart("Sari");
  acts.say("Sari", NewEpochAct{id_of<EpochId>("Sari's")});
  acts.say("Pak Budi", NewEpochAct{id_of<EpochId>("Budi's")});
  acts.back("Sari");
  const auto authority = acts.settle();
  REQUIRE(authority.epochs.size() == 3);
  CHECK(authority.epochs[0].id == id_of<EpochId>("Budi's"));
  CHECK(authority.epochs[0].current);
  acts.say("Joko", NewEpochAct{id_of<EpochId>("Joko's")});
  CHECK(acts.settle().epochs.size() == 3);
}

TEST_CASE("heads adopt, others do not", "[authority]") {
  auto acts = two_heads();
  acts.say("Joko", AdoptAct{{id_of<TxnHash>("a")}});
  CHECK(acts.settle().adopted.empty());
  acts.say("Sari", AdoptAct{{id_of<TxnHash>("b")}});
  CHECK(acts.settle().adopted == std::set<TxnHash>{id_of<TxnHash>("b")});
}

TEST_CASE("what rests on an entry that is missing waits, and only that", "[authority]") {
  auto acts = two_heads();
  acts.say("Sari", Acts::admit("Wati", Role::volunteer));
  const auto missing = acts.entries.back();
  acts.say("Sari", Acts::admit("Rina", Role::volunteer));
  acts.say("Pak Budi", Acts::admit("Tono", Role::volunteer));
  std::erase_if(acts.entries, [&](const auto& entry) { return entry.hash == missing.hash; });
  auto without = acts.settle();
  CHECK_FALSE(is_member(without, "Rina"));
  CHECK_FALSE(is_member(without, "Tono"));  // Pak Budi had seen it, so this waits, too
  CHECK(is_member(without, "Joko"));
  acts.entries.push_back(missing);
  CHECK(is_member(acts.settle(), "Rina"));
  CHECK(is_member(acts.settle(), "Tono"));
}

TEST_CASE("who names entries that never existed blocks only itself", "[authority]") {
  auto acts = two_heads();
  const auto log = log_of("Sari", LogKind::authority);
  acts.apart("Sari");
  acts.put(log, {log.id(), 0, before_first(log.id())}, {{id_of<LogId>("nowhere"), 9, {}}},
           Acts::admit("Eve", Role::head), "Sari");
  acts.say("Pak Budi", Acts::admit("Wati", Role::volunteer));
  const auto authority = acts.settle();
  CHECK(find(authority, "Eve") == nullptr);
  CHECK(is_member(authority, "Wati"));
}

}  // namespace rukun::test
