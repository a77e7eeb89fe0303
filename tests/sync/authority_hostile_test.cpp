// What liars and thieves try with authority, told with named people. More of it: in
// authority_removal_test.cpp by removals and roles, in authority_storm_test.cpp by numbers.
#include "tests/support/catch.h"
#include "tests/sync/acts.h"

namespace rukun::test {

namespace {

// Sari's log in two branches, as after a disk that was put back: both follow what everybody knows.
struct Fork {
  Fork() {
    acts.say("Sari", Acts::admit("Wati", Role::volunteer));
    const auto last = acts.entries.back();
    const Head trunk{last.log.id(), last.seq, last.hash};
    acts.apart("Sari");
    const auto one = acts.put(last.log, trunk, {}, Acts::admit("Rina", Role::volunteer), "Sari");
    const auto two = acts.put(last.log, trunk, {}, Acts::admit("Tono", Role::volunteer), "Sari");
    first = {one.log.id(), one.seq, one.hash};
    second = {two.log.id(), two.seq, two.hash};
  }
  Acts acts = two_heads();
  Head first, second;
};

}  // namespace

TEST_CASE("who was removed invites nobody, neither from the old laptop state nor from a new one",
          "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.remove("Pak Budi", "Sari");
  acts.say("Sari", Acts::invite("paper", Role::head));
  acts.new_laptop_state("Sari", "a fresh start");
  acts.say("Sari", Acts::invite("other paper", Role::head));
  acts.back("Sari");
  acts.say("Eve", Acts::join("Eve", "paper", "paper"));
  acts.say("Mallory", Acts::join("Mallory", "other paper", "other paper"));
  const auto authority = acts.settle();
  CHECK(find(authority, "Eve") == nullptr);
  CHECK(find(authority, "Mallory") == nullptr);
  CHECK(authority.invitations.empty());
}

TEST_CASE("a friend who was admitted beyond the cut neither decides nor writes anything",
          "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.say("Sari", Acts::admit("Eve", Role::head));
  acts.remove("Pak Budi", "Sari");
  acts.back("Sari");
  acts.say("Eve", Acts::admit("Sari", Role::head));
  acts.say("Eve", RemoveAct{keys_of("Joko").key, false, "", {}});
  acts.say("Eve", NewEpochAct{id_of<EpochId>("Eve's")});
  const auto authority = acts.settle();
  CHECK_FALSE(is_member(authority, "Sari"));
  CHECK_FALSE(is_member(authority, "Eve"));
  CHECK(is_member(authority, "Joko"));
  CHECK(authority.epochs.size() == 1);
  DataJudge judge(authority, keys_of("Eve").key, log_of("Eve").id());
  for (const auto& head : authority.heads) judge.saw(head.log, head.seq);
  CHECK_FALSE(judge.at([](const CutAt&) { return true; }).counts);
}

TEST_CASE("both branches of a forked authority log count, and nobody waits for either",
          "[authority]") {
  Fork fork;
  fork.acts.say("Pak Budi", Acts::admit("Dewi", Role::reader));
  const auto authority = fork.acts.settle();
  for (const char* who : {"Wati", "Rina", "Tono", "Dewi"}) CHECK(is_member(authority, who));
  const auto named = [&](const Head& head) {
    return std::find(authority.heads.begin(), authority.heads.end(), head) != authority.heads.end();
  };
  CHECK(named(fork.first));
  CHECK(named(fork.second));
}

TEST_CASE("a removal keeps of a forked authority log the branches that it lists", "[authority]") {
  Fork fork;
  fork.acts.say(
      "Pak Budi",
      RemoveAct{
          keys_of("Sari").key, false, "", {{fork.first.log, fork.first.seq, fork.first.hash}}});
  const auto one = fork.acts.settle();
  CHECK(is_member(one, "Wati"));
  CHECK(is_member(one, "Rina"));
  CHECK(find(one, "Tono") == nullptr);
  Fork both;
  both.acts.say("Pak Budi", RemoveAct{keys_of("Sari").key,
                                      false,
                                      "",
                                      {{both.first.log, both.first.seq, both.first.hash},
                                       {both.second.log, both.second.seq, both.second.hash}}});
  CHECK(is_member(both.acts.settle(), "Tono"));
}

TEST_CASE("of a forked authority log a data entry has seen every branch up to the place it names",
          "[authority]") {
  Fork fork;
  const auto tono_log = log_of("Tono").id();
  const auto trunk = fork.first.seq - 1;
  // Sari's second branch takes Tono's role away at the place where the first admits somebody else.
  fork.acts.put(log_of("Sari", LogKind::authority), fork.first, {},
                SetRoleAct{keys_of("Tono").key, Role::reader, {}}, "Sari");
  const auto authority = fork.acts.settle();
  const auto roles = [&](Seq seen) {
    DataJudge judge(authority, keys_of("Tono").key, tono_log);
    for (const auto& head : authority.heads)
      if (head.log != fork.first.log) judge.saw(head.log, head.seq);
    judge.saw(fork.first.log, seen);
    return judge.at([](const CutAt&) { return false; }).roles;
  };
  CHECK(roles(trunk + 2) == std::vector<Role>{Role::reader});
  // One that had not seen it is bound by the role it had and by the new one.
  CHECK(roles(trunk + 1) == std::vector<Role>{Role::volunteer, Role::reader});
}

TEST_CASE("what comes after a gap in an authority log waits, and stops nobody else",
          "[authority]") {
  auto acts = two_heads();
  acts.apart("Sari");
  acts.say("Sari", Acts::admit("Wati", Role::volunteer));
  const auto gap = acts.say("Sari", Acts::admit("Rina", Role::volunteer));
  acts.say("Sari", RemoveAct{keys_of("Joko").key, false, "", {}});
  acts.say("Pak Budi", Acts::admit("Tono", Role::volunteer));
  std::erase_if(acts.entries, [&](const auto& entry) { return entry.hash == gap.hash; });
  const auto with_gap = acts.settle();
  CHECK(is_member(with_gap, "Wati"));
  CHECK(is_member(with_gap, "Tono"));
  CHECK(is_member(with_gap, "Joko"));
  CHECK(find(with_gap, "Rina") == nullptr);
  acts.entries.push_back(gap);
  CHECK_FALSE(is_member(acts.settle(), "Joko"));
}

TEST_CASE("a head who begins very many logs to take away what can be taken stops nobody",
          "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.say("Pak Budi", Acts::admit("Joko", Role::volunteer));
  const auto grant = acts.entries[1];
  acts.apart("Sari");
  const Act removal = RemoveAct{keys_of("Joko").key, false, "", {}};
  const Act demotion = SetRoleAct{keys_of("Pak Budi").key, Role::reader, {}};
  for (int laptop = 0; laptop < 100; ++laptop) {
    auto log = log_of("Sari", LogKind::authority);
    log.incarnation = id_of<Incarnation>("laptop " + std::to_string(laptop));
    Head at{log.id(), 0, before_first(log.id())};
    std::vector<Head> deps{{grant.log.id(), grant.seq, grant.hash}};
    for (int i = 0; i < 250; ++i) {
      const auto entry = acts.put(log, at, deps, i == 249 ? demotion : removal, "Sari");
      at = {log.id(), entry.seq, entry.hash};
      deps.clear();
    }
  }
  acts.remove("Pak Budi", "Sari");
  acts.say("Pak Budi", Acts::admit("Wati", Role::volunteer));
  const auto authority = acts.settle();
  CHECK(has_role(authority, "Pak Budi", Role::head));
  for (const char* who : {"Joko", "Wati"}) CHECK(is_member(authority, who));
  CHECK_FALSE(is_member(authority, "Sari"));
}

}  // namespace rukun::test
