// Two weeks of a neighborhood: three laptops and the village office, which meet over a stick and a
// folder with days apart in between. What the real program says at the end stands beside tables
// that were worked out by hand.
#include "tests/cli/fortnight.h"

#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr int kGroups = 12;  // of needs and offers, six a week
constexpr int kPatterns = 4;

// Names that nobody could take for one another.
constexpr const char* kFamilies[] = {"Ani Lestari", "Budi Santoso",   "Citra Dewi",
                                     "Dedi Kurnia", "Eka Wulandari",  "Fajar Hidayat",
                                     "Gita Puspa",  "Hendra Wijaya",  "Indah Permata",
                                     "Joko Susilo", "Kartini Rahayu", "Lukman Hakim"};

// What a group is made of, and what is promised in it.
//   needs:   A 10 kg rice for a household · D 6 kg rice for the whole RT
//            B 4 kg eggs · C 20 packs of noodles
//   offers:  R 12 kg rice · E 6000 g eggs · N a box of 40 packs
//   pledges: p1 A from R 8 (first) · p2 D from R 6 (second) · p3 A on one's own word 2
//            q1 B from E 1500 g · q2 B from E 3 kg · s1 C from N 20
struct Balance {
  const char* delivered;
  const char* promised;
  const char* on_the_way;
  const char* remaining;
  const char* state;
};
struct Pattern {
  Balance a, d, b, c;
  const char* left_r;
  const char* left_e;
  const char* left_n;
  const char* honored_p1;
  const char* honored_p2;
  bool bumped_p1, bumped_p2;
};
constexpr Pattern kExpected[kPatterns] = {
    // 0: nothing more happens. R: 12 = p1 8 + p2 4 of 6. A: 8 + 2 = 10. B: 1.5 + 3 = 4.5 of 4.
    {{"0", "10", "0", "0", "covered"},
     {"0", "4", "0", "2", "partly"},
     {"0", "4.5", "0", "0", "covered"},
     {"0", "20", "0", "0", "covered"},
     "0",
     "1500",
     "0.5",
     "8",
     "4",
     false,
     true},
    // 1: p1 falls through, q1 is handed over. R: 12 - p2 6 = 6. A: p3 2. B: 1.5 here, 3 promised.
    {{"0", "2", "0", "8", "partly"},
     {"0", "6", "0", "0", "covered"},
     {"1.5", "3", "0", "0", "covered"},
     {"0", "20", "0", "0", "covered"},
     "6",
     "1500",
     "0.5",
     "0",
     "6",
     false,
     false},
    // 2: p1, q1, q2 and s1 are handed over, p2 is on the way. D: 4 of 6 on the way.
    {{"8", "2", "0", "0", "covered"},
     {"0", "0", "4", "2", "partly"},
     {"4.5", "0", "0", "0", "delivered"},
     {"20", "0", "0", "0", "delivered"},
     "0",
     "1500",
     "0.5",
     "8",
     "4",
     false,
     true},
    // 3: p2 was handed over before anybody knew of p1: 12 - 6 leaves p1 6 of 8; q2 falls through.
    {{"0", "8", "0", "2", "partly"},
     {"6", "0", "0", "0", "delivered"},
     {"0", "1.5", "0", "2.5", "partly"},
     {"0", "20", "0", "0", "covered"},
     "0",
     "4500",
     "0.5",
     "6",
     "6",
     true,
     false}};

// Over the twelve groups, three of each pattern (kg, kg, packs):
//   rice     192 = delivered 3*(8+6)=42 + on the way 3*4=12 + promised 3*(14+8+2+8)=96
//                  + remaining 3*(2+8+2+2)=42
//   eggs      48 = delivered 3*(1.5+4.5)=18 + promised 3*(4.5+3+1.5)=27 + remaining 3*2.5=7.5
//                  - 9*0.5=4.5 that patterns 0, 1 and 2 promise or bring beyond the need
//   noodles  240 = delivered 3*20=60 + promised 9*20=180

void first_day(Fortnight& two_weeks) {
  std::string lines;
  for (int i = 0; i < 12; ++i) {
    lines += at("h", i) + " = add household name=\"" + kFamilies[i] +
             "\" rt=3 rw=7 people=" + std::to_string(2 + i % 4) + "\n";
  }
  for (int i = 0; i < 12; ++i) {
    lines += "add resident name=\"" + std::string(kFamilies[i]) + "\" household=" + at("h", i) +
             " family_role=head\n";
  }
  lines +=
      "@sari = add volunteer name=\"Bu Sari\"\n"
      "@ronda = add activity name=Ronda type=ronda\n"
      "@jimpitan = add drive title=Jimpitan goal_type=money\n";
  for (int i = 0; i < 4; ++i) {
    const auto day = std::to_string(10 + i);
    lines += at("shift", i) + " = add shift activity=@ronda starts=\"2031-01-" + day +
             " 22.00\" ends=\"2031-01-" + day + " 23.30\" slots=2\n";
  }
  two_weeks.say(two_weeks.budi, lines);
  two_weeks.say(two_weeks.desa,
                "@blt = add program title=BLT source=village_fund target=household\n"
                "@sembako = add program title=Sembako source=central target=household "
                "exclusive_with+=@blt\n"
                "add stock program=@blt item=beras quantity=200 unit=kg\n"
                "add stock program=@blt item=beras quantity=-10 unit=kg\n");
  two_weeks.all_meet();
}

// Needs told at three doors, and offers that came in.
void enter(Fortnight& two_weeks, int first) {
  std::string by_budi, by_sari, by_joko;
  for (int g = first; g < first + kGroups / 2; ++g) {
    const auto home = " household=" + at("h", g);
    by_budi += at("a", g) + " = add need item=beras quantity=10 unit=kg" + home + "\n";
    by_budi += at("n", g) + " = add offer item=mi quantity=1 unit=\"dus isi 40\" giver=Toko\n";
    by_sari += at("b", g) + " = add need item=telur quantity=4 unit=kg urgency=soon" + home + "\n";
    by_sari += at("r", g) + " = add offer item=beras quantity=12 unit=kg giver=Hartono\n";
    by_joko += at("c", g) + " = add need item=mi quantity=20 unit=bungkus" + home + "\n";
    by_joko += at("d", g) + " = add need item=bras quantity=6 unit=kilo urgency=urgent\n";
    by_joko += at("e", g) + " = add offer item=telur quantity=6000 unit=g giver=Peternak\n";
  }
  two_weeks.say(two_weeks.budi, by_budi);
  two_weeks.say(two_weeks.sari, by_sari);
  two_weeks.say(two_weeks.joko, by_joko);
  two_weeks.all_meet();
}

// Everybody promises what all three see, without seeing each other: Sari, then Joko, then Budi.
void promise(Fortnight& two_weeks, int first) {
  std::string by_sari, by_joko, by_budi;
  const auto pledge = [](const std::string& name, const std::string& need, const std::string& offer,
                         const std::string& quantity) {
    return name + " = pledge " + need + (offer.empty() ? "" : " --offer " + offer) +
           " --quantity " + quantity + "\n";
  };
  const auto gift = [](int rupiah) {
    return "add contribution drive=@jimpitan direction=in amount=" + std::to_string(rupiah) + "\n";
  };
  for (int g = first; g < first + kGroups / 2; ++g) {
    by_sari += pledge(at("p1_", g), at("a", g), at("r", g), "8");
    by_sari += pledge(at("s1_", g), at("c", g), at("n", g), "20") + gift(2000);
    by_joko += pledge(at("p2_", g), at("d", g), at("r", g), "6");
    by_joko += pledge(at("q2_", g), at("b", g), at("e", g), "3") + gift(3000);
    by_budi += pledge(at("p3_", g), at("a", g), "", "2 --carrier @sari");
    by_budi += pledge(at("q1_", g), at("b", g), at("e", g), "\"1500 g\"") + gift(1000);
  }
  two_weeks.say(two_weeks.sari, by_sari);
  two_weeks.say(two_weeks.joko, by_joko);
  two_weeks.say(two_weeks.budi, by_budi);
}

// What the days make of it, by pattern; still apart, but for one meeting of two and two.
void carry(Fortnight& two_weeks, int first) {
  auto& t = two_weeks;
  t.meet({&t.budi, &t.sari}, t.stick);
  t.meet({&t.joko, &t.desa}, t.office_folder);
  std::string by_sari, by_joko, by_budi;
  const auto hand = [](const std::string& pledge, const std::string& quantity) {
    return "handover " + pledge + " --quantity " + quantity + " --received-by Warga\n";
  };
  for (int g = first; g < first + kGroups / 2; ++g) {
    if (g % kPatterns == 1) {
      by_sari += "set " + at("p1_", g) + " state=batal\n";
      by_budi += hand(at("q1_", g), "1.5");
    }
    if (g % kPatterns == 2) {
      by_sari += hand(at("p1_", g), "8") + hand(at("s1_", g), "20");
      by_joko += "set " + at("p2_", g) + " state=on_the_way\n" + hand(at("q2_", g), "\"3000 g\"");
      by_budi += hand(at("q1_", g), "1,5");
    }
    if (g % kPatterns == 3)
      by_joko += hand(at("p2_", g), "6") + "set " + at("q2_", g) + " state=fell_through\n";
  }
  t.say(t.sari, by_sari);
  t.say(t.joko, by_joko);
  t.say(t.budi, by_budi);
}

// Four shifts of two: Sari puts h2 down, Joko h3, Budi h1, in this order and apart.
void sign_up(Fortnight& two_weeks) {
  std::string by_sari, by_joko, by_budi;
  for (int i = 0; i < 4; ++i) {
    const auto shift = at("shift", i);
    by_sari += at("on2_", i) + " = signup " + shift + " --household @h2\n";
    by_joko += at("on3_", i) + " = signup " + shift + " --household @h3\n";
    by_budi += at("on1_", i) + " = signup " + shift + " --household @h1\n";
  }
  two_weeks.say(two_weeks.sari, by_sari);
  two_weeks.say(two_weeks.joko, by_joko);
  two_weeks.say(two_weeks.budi, by_budi);
}

// Apart again: h2 leaves shift 1, shift 2 gets a third place, h4 stands in for h3 on shift 3.
void change_duty(Fortnight& two_weeks) {
  two_weeks.say(two_weeks.sari, "set @on2_1 state=withdrawn\nset @a0 people=4\n");
  two_weeks.say(two_weeks.budi, "set @shift2 slots=3\n");
  two_weeks.say(two_weeks.joko,
                "set @on3_3 state=withdrawn\n"
                "@on4 = add signup shift=@shift3 household=@h4 replaces=@on3_3\n"
                "set @a0 people=5\n");
}

// Rice of the village for all twelve, sembako besides for four of them, one with a reason; and the
// Eka that Sari enters a second time.
void entitle(Fortnight& two_weeks) {
  two_weeks.say(two_weeks.sari, "@twin = add household name=\"Ibu Eka Wulandari\" rt=3 rw=7\n");
  two_weeks.meet({&two_weeks.sari, &two_weeks.desa}, two_weeks.office_folder);
  std::string lines;
  const auto entitled = [](const std::string& name, const std::string& program,
                           const std::string& home) {
    return name + " = add entitlement program=" + program + " household=" + home +
           " item=beras quantity=10 unit=kg";
  };
  for (int i = 0; i < 12; ++i) lines += entitled(at("blt", i), "@blt", at("h", i)) + "\n";
  for (int i = 0; i < 4; ++i)
    lines += entitled(at("sem", i), "@sembako", at("h", i)) +
             (i == 3 ? " exception_reason=\"rumah roboh\"\n" : "\n");
  lines += entitled("@blt_twin", "@blt", "@twin") + "\n";
  two_weeks.say(two_weeks.desa, lines);
  two_weeks.all_meet();
}

void hand_out(Fortnight& two_weeks) {
  std::string by_sari, by_budi;
  for (int i = 0; i < 10; ++i) {
    auto& lines = i % 2 == 0 ? by_budi : by_sari;
    lines += "handover " + at("blt", i) + " --quantity " + (i == 9 ? "12" : "10") +
             " --received-by \"" + kFamilies[i] + "\"\n";
  }
  two_weeks.say(two_weeks.sari, by_sari);
  two_weeks.say(two_weeks.budi,
                by_budi +
                    "add contribution drive=@jimpitan direction=out amount=15000\n"
                    "add contribution drive=@jimpitan direction=out amount=15000\n");
}

void check_balance(const Records& needs, const std::string& id, const Balance& expected) {
  const auto& need = needs.at(id);
  CHECK(need.at("delivered") == expected.delivered);
  CHECK(need.at("promised") == expected.promised);
  CHECK(need.at("on_the_way") == expected.on_the_way);
  CHECK(need.at("remaining") == expected.remaining);
  CHECK(need.at("state") == expected.state);
}

void check_groups(Fortnight& two_weeks, const Home& home) {
  const auto needs = listed(home, "need"), offers = listed(home, "offer");
  const auto pledges = listed(home, "pledge");
  auto& ids = two_weeks.ids;
  for (int g = 0; g < kGroups; ++g) {
    const auto& expected = kExpected[g % kPatterns];
    CAPTURE(g);
    check_balance(needs, ids[at("a", g)], expected.a);
    check_balance(needs, ids[at("d", g)], expected.d);
    check_balance(needs, ids[at("b", g)], expected.b);
    check_balance(needs, ids[at("c", g)], expected.c);
    CHECK(offers.at(ids[at("r", g)]).at("remaining") == expected.left_r);
    CHECK(offers.at(ids[at("e", g)]).at("remaining") == expected.left_e);
    CHECK(offers.at(ids[at("n", g)]).at("remaining") == expected.left_n);
    const auto &p1 = pledges.at(ids[at("p1_", g)]), &p2 = pledges.at(ids[at("p2_", g)]);
    CHECK(p1.at("honored") == expected.honored_p1);
    CHECK(p2.at("honored") == expected.honored_p2);
    CHECK((p1.at("bumped") == "true") == expected.bumped_p1);
    CHECK((p2.at("bumped") == "true") == expected.bumped_p2);
  }
  CHECK(sum(needs, "quantity", "item", "rice") == 192'000);
  CHECK(sum(needs, "delivered", "item", "rice") == 42'000);
  CHECK(sum(needs, "on_the_way", "item", "rice") == 12'000);
  CHECK(sum(needs, "promised", "item", "rice") == 96'000);
  CHECK(sum(needs, "remaining", "item", "rice") == 42'000);
  CHECK(sum(needs, "delivered", "item", "eggs") == 18'000);
  CHECK(sum(needs, "promised", "item", "eggs") == 27'000);
  CHECK(sum(needs, "remaining", "item", "eggs") == 7'500);
  CHECK(sum(needs, "delivered", "item", "noodles") == 60'000);
  CHECK(sum(needs, "promised", "item", "noodles") == 180'000);
}

// Queue: h2, h3, h1. Shift 0: h1 waits. 1: h2 left, so nobody waits. 2: three places. 3: h4 has
// h3's place, the second, and h1 waits on.
void check_duty(Fortnight& two_weeks, const Home& home) {
  auto& ids = two_weeks.ids;
  const auto shifts = listed(home, "shift"), signups = listed(home, "signup");
  const char* const kJoined[] = {"2", "2", "3", "2"};
  const char* const kWaiting[] = {"1", "0", "0", "1"};
  for (int i = 0; i < 4; ++i) {
    CAPTURE(i);
    CHECK(shifts.at(ids[at("shift", i)]).at("joined") == kJoined[i]);
    CHECK(shifts.at(ids[at("shift", i)]).at("waiting") == kWaiting[i]);
  }
  const auto place = [&](const std::string& name) {
    const auto& one = signups.at(ids[name]);
    return one.contains("position") ? one.at("position") + (one.at("waiting") == "true" ? "w" : "")
                                    : "-";
  };
  CHECK(place("@on2_0") == "1");
  CHECK(place("@on3_0") == "2");
  CHECK(place("@on1_0") == "1w");
  CHECK(place("@on2_1") == "-");
  CHECK(place("@on3_1") == "1");
  CHECK(place("@on1_1") == "2");
  CHECK(place("@on1_2") == "3");
  CHECK(place("@on3_3") == "-");
  CHECK(place("@on4") == "2");
  CHECK(place("@on1_3") == "1w");
  // h1 holds a slot on shifts 1 and 2, h2 on 0, 2 and 3, h3 on 0, 1 and 2, h4 on 3.
  const auto homes = listed(home, "household");
  CHECK(homes.at(ids["@h1"]).at("load") == "2");
  CHECK(homes.at(ids["@h2"]).at("load") == "3");
  CHECK(homes.at(ids["@h3"]).at("load") == "3");
  CHECK(homes.at(ids["@h4"]).at("load") == "1");
}

// Stock 200 - 10 = 190; handed out 9*10 + 12 = 102; so 88 must lie in the store. Jimpitan: twelve
// nights of 1000 + 2000 + 3000 = 72000, twice 15000 out, 42000 left.
void check_ledger(Fortnight& two_weeks, const Home& home) {
  auto& ids = two_weeks.ids;
  const auto stock = sum(listed(home, "stock"), "quantity", "program", ids["@blt"]);
  const auto out = sum(listed(home, "handover"), "quantity", "entitlement", "");
  CHECK(stock == 190'000);
  CHECK(out == 102'000);
  CHECK(stock - out == 88'000);
  const auto entitlements = listed(home, "entitlement");
  CHECK(entitlements.at(ids["@blt0"]).at("remaining") == "0");
  CHECK(entitlements.at(ids["@blt9"]).at("handed_over") == "12");
  CHECK(entitlements.at(ids["@blt9"]).at("remaining") == "0");
  CHECK(entitlements.at(ids["@blt11"]).at("remaining") == "10");
  const auto drive = listed(home, "drive").at(ids["@jimpitan"]);
  CHECK(drive.at("collected") == "72000");
  CHECK(drive.at("spent") == "30000");
  CHECK(drive.at("balance") == "42000");
}

std::size_t count(const rapidjson::Document& attention, const std::string& code) {
  std::size_t out = 0;
  for (const auto& one : attention.GetArray()) out += one["code"].GetString() == code ? 1 : 0;
  return out;
}

// The first command that `attention` gives for a bumped pledge of this need.
std::string command_for(const rapidjson::Document& attention, const std::string& pledge) {
  for (const auto& one : attention.GetArray())
    if (one["code"].GetString() == std::string("bumped") && one["record"].GetString() == pledge)
      return one["command"].GetString();
  return {};
}

}  // namespace

TEST_CASE("a fortnight on four laptops ends in the sums that were worked out by hand",
          "[cli][fortnight][long]") {
  Fortnight two_weeks;
  auto& ids = two_weeks.ids;
  first_day(two_weeks);
  for (int week = 0; week < 2; ++week) {
    const int first = week * kGroups / 2;
    enter(two_weeks, first);
    promise(two_weeks, first);
    if (week == 0) {
      sign_up(two_weeks);
    } else {
      change_duty(two_weeks);
      hand_out(two_weeks);
    }
    carry(two_weeks, first);
    two_weeks.all_meet();
    if (week == 0) entitle(two_weeks);
  }
  CHECK(two_weeks.commands >= 300);
  const auto homes = {&two_weeks.budi, &two_weeks.sari, &two_weeks.joko, &two_weeks.desa};
  std::string everything;
  for (const auto* home : homes) {
    const auto said = home->run({"batch", "-"},
                                "list need\nlist offer\nlist pledge\nlist handover\nlist signup\n"
                                "list household\nlist entitlement\nconflicts\n");
    REQUIRE(said.exit == 0);
    if (everything.empty()) everything = said.out;
    CHECK(said.out == everything);
  }
  check_groups(two_weeks, two_weeks.joko);
  check_duty(two_weeks, two_weeks.sari);
  check_ledger(two_weeks, two_weeks.desa);

  // Bumped: p2 of patterns 0 and 2, p1 of pattern 3, three times each. Double aid: h0 to h2, since
  // h3 has a reason; and Eka once her two records are one. People of a0: told as 4 and as 5.
  auto attention = two_weeks.attention(two_weeks.budi);
  CHECK(count(attention, "bumped") == 9);
  CHECK(count(attention, "waiting_list") == 2);
  CHECK(count(attention, "double_aid") == 3);
  CHECK(count(attention, "duplicate") == 1);
  CHECK(count(attention, "conflict") == 1);

  // What it says to do is done: rice from an offer that fell free in pattern 1, 2 kg of 6; then the
  // pledge that came too late is put right; the two Ekas are linked; the conflict is decided.
  const auto late = ids["@p2_0"];
  auto command = command_for(attention, late);
  CHECK(command.starts_with("pledge " + ids["@d0"] + " --offer "));
  CHECK(command.ends_with(" --quantity 2"));
  two_weeks.say(two_weeks.budi, command + "\nlink @twin @h4\nresolve @a0 people --take 1\n");
  attention = two_weeks.attention(two_weeks.budi);
  command = command_for(attention, late);
  CHECK(command == "set " + late + " quantity=4");
  two_weeks.say(two_weeks.budi, command + "\n");
  two_weeks.all_meet();
  attention = two_weeks.attention(two_weeks.desa);
  CHECK(count(attention, "bumped") == 8);
  CHECK(count(attention, "double_aid") == 4);
  CHECK(count(attention, "duplicate") == 0);
  CHECK(count(attention, "conflict") == 0);
  const auto needs = listed(two_weeks.sari, "need");
  check_balance(needs, ids["@d0"], {"0", "6", "0", "0", "covered"});
  CHECK(sum(needs, "remaining", "item", "rice") == 40'000);
  CHECK(sum(listed(two_weeks.sari, "offer"), "remaining", "item", "rice") == 16'000);
  const auto households = listed(two_weeks.joko, "household");
  CHECK(households.size() == 12);
  CHECK(households.at(ids["@h4"]).at("merged") == "1");
}

}  // namespace rukun::test
