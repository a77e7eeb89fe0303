// Whatever is said, and in whatever order it arrives, everybody comes to one result.
#include <algorithm>
#include <string>

#include "tests/support/catch.h"
#include "tests/sync/acts.h"

namespace rukun::test {

namespace {

constexpr const char* kPeople[] = {"Pak Budi", "Sari", "Wati", "Joko", "Eve", "Mallory"};
constexpr const char* kPapers[] = {"kertas satu", "kertas dua"};

// A few people who say whatever they like, apart and together, some of it lies.
class Storm {
 public:
  explicit Storm(std::uint64_t seed) : random_(seed) {
    acts.found("Pak Budi");
    acts.say("Pak Budi", Acts::admit("Sari", Role::head));
    acts.say("Pak Budi", Acts::admit("Wati", Role::head));
    for (int step = 0; step < 28; ++step) this->step();
    for (const auto& who : kPeople) acts.back(who);
    acts.say("Pak Budi", NewEpochAct{id_of<EpochId>("the last")});
  }

  Acts acts;
  int lies = 0;

 private:
  std::string anybody() { return kPeople[random_.below(std::size(kPeople))]; }
  Role any_role() { return static_cast<Role>(1 + random_.below(4)); }

  void step() {
    const auto who = anybody();
    switch (random_.below(14)) {
      case 0: return acts.apart(who);
      case 1: return acts.back(who);
      case 2:
      case 3: acts.remove(who, anybody(), random_.below(2) == 0); return;
      case 4: acts.set_role(who, anybody(), any_role()); return;
      case 5:
      case 6: acts.say(who, Acts::admit(anybody(), any_role())); return;
      case 7: acts.say(who, Acts::invite(kPapers[random_.below(2)], any_role())); return;
      case 8: {
        const auto* paper = kPapers[random_.below(2)];
        acts.say(who, Acts::join(who, paper, random_.below(4) == 0 ? who : paper));
        return;
      }
      case 9: acts.say(who, Acts::pin(kPapers[random_.below(2)], anybody())); return;
      case 10: acts.say(who, RevokeAct{keys_of(kPapers[random_.below(2)]).key}); return;
      case 11: acts.say(who, NewEpochAct{id_of<EpochId>(who)}); return;
      case 12: acts.say(who, EraseAct{id_of<RecordId>(anybody()), ""}); return;
      default: return lie(who);
    }
  }

  // A second branch, an entry after nothing, deps on what never was, a cut that names everything.
  void lie(const std::string& who) {
    ++lies;
    const auto log = log_of(who, LogKind::authority);
    const auto& some = acts.entries[random_.below(acts.entries.size())];
    const Head known{some.log.id(), some.seq, some.hash};
    // Apart, so that nobody honest names it unheard.
    acts.apart(who);
    switch (random_.below(4)) {
      case 0:
        acts.put(log, {log.id(), 0, before_first(log.id())}, {known},
                 Acts::admit("Eve", Role::head), who);
        return;
      case 1:
        acts.put(log, {log.id(), 7, id_of<TxnHash>("nothing")}, {}, Acts::admit("Eve", Role::head),
                 who);
        return;
      case 2:
        acts.put(log, {log.id(), 0, before_first(log.id())}, {{id_of<LogId>("nowhere"), 3, {}}},
                 Acts::admit("Eve", Role::head), who);
        return;
      default: {
        std::vector<CutAt> all;
        for (const auto& entry : acts.entries)
          all.push_back({entry.log.id(), entry.seq, entry.hash});
        acts.say(who, RemoveAct{keys_of(anybody()).key, false, std::string(900, 'x'), all});
      }
    }
  }

  SeededRandom random_;
};

}  // namespace

TEST_CASE("10,000 orders of arrival of what honest people and liars said give one result each",
          "[authority]") {
  int lies = 0;
  std::size_t removed = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Storm storm(seed);
    lies += storm.lies;
    const auto settled = storm.acts.settle();
    const auto expected = told(settled);
    removed += settled.members.size() - settled.current_count();
    SeededRandom random(seed + 7000);
    for (int order = 0; order < 50; ++order) {
      auto entries = storm.acts.entries;
      for (int again = 0; again < 3; ++again)
        entries.push_back(storm.acts.entries[random.below(storm.acts.entries.size())]);
      for (std::size_t i = entries.size(); i > 1; --i)
        std::swap(entries[i - 1], entries[random.below(i)]);
      REQUIRE(told(evaluate(sukamaju(), entries)) == expected);
    }
  }
  CHECK(lies > 100);
  CHECK(removed > 100);
}

TEST_CASE("100,000 acts of one head stop nobody", "[authority]") {
  Acts acts;
  acts.found("Pak Budi");
  acts.say("Pak Budi", Acts::admit("Sari", Role::head));
  acts.apart("Sari");
  const auto log = log_of("Sari", LogKind::authority);
  const auto grant = acts.entries.back();
  Head at{log.id(), 0, before_first(log.id())};
  std::vector<Head> deps{{grant.log.id(), grant.seq, grant.hash}};
  const Act removal = RemoveAct{keys_of("Joko").key, false, "", {}};
  const Act friendship = Acts::admit("Eve", Role::volunteer);
  for (int i = 0; i < 100'000; ++i) {
    // The first ones take away, whoever it be; the rest admits the same friend again and again.
    const auto entry = acts.put(log, at, deps, i < 1000 ? removal : friendship, "Sari");
    at = {log.id(), entry.seq, entry.hash};
    deps.clear();
  }
  acts.remove("Pak Budi", "Sari");
  acts.say("Pak Budi", Acts::admit("Wati", Role::volunteer));
  const auto authority = acts.settle();
  CHECK(is_member(authority, "Wati"));
  CHECK_FALSE(is_member(authority, "Sari"));
  CHECK_FALSE(is_member(authority, "Eve"));
}

}  // namespace rukun::test
