// Records through the command line: writing, listing, undoing, batches.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr const char* kRice = "add need category=food item=beras quantity=5 unit=kg";

}  // namespace

TEST_CASE("a record is printed with the fields that are set and what follows from them", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto space = home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "# a day\n"
      "@ani = add household name=\"Bu Ani\" rt=3 rw=7 people=4\n"
      "@rice = add need category=food item=Beras quantity=2,5 unit=kilo urgency=mendesak "
      "household=@ani needed_by=\"17 November 2026\"\n"
      "\n"
      "add volunteer name='Mas Joko' skills+=driving skills+=cooking inactive=no\n"
      "pledge @rice --quantity 1\n");
  REQUIRE(ids.size() == 4);
  const auto need = home.run({"list", "need"}).json();
  REQUIRE((need.IsArray() && need.Size() == 1));
  const auto& one = need[0];
  CHECK(one["id"].GetString() == ids[1]);
  CHECK(one["kind"].GetString() == std::string("need"));
  CHECK(one["space"].GetString() == space);
  CHECK(one["item"].GetString() == std::string("rice"));
  CHECK(one["quantity"].GetString() == std::string("2.5"));
  CHECK(one["household"].GetString() == ids[0]);
  CHECK(one["needed_by"].GetString() == std::string("2026-11-17"));
  CHECK(one["promised"].GetString() == std::string("1"));
  CHECK(one["remaining"].GetString() == std::string("1.5"));
  CHECK(one["state"].GetString() == std::string("partly"));
  CHECK_FALSE(one.HasMember("note"));
  CHECK_FALSE(one.HasMember("doubtful"));
  const auto joko = home.run({"show", ids[2].substr(0, 6)}).json();
  REQUIRE(joko["skills"].IsArray());
  CHECK(joko["skills"].Size() == 2);
  CHECK(joko["inactive"].GetBool() == false);
  CHECK(home.run({"show", ids[1], "--history"}).json()["history"].Size() >= 1);
  const auto named = home.run({"set", ids[1], "household=Bu Ani"});
  CHECK(named.exit == 2);
  CHECK(std::string(named.json()["error"]["hint"].GetString())
            .find("rukunctl list household --search \"Bu Ani\"") != std::string::npos);
}

TEST_CASE("fields are changed, cleared, taken from sets, and the last action is undone", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  home.batch(
      "@v = add volunteer name=Joko skills+=masak skills+=sopir phone=0812-3456-789\n"
      "set @v skills-=masak phone=\n"
      "@n = add notice title=Satu body=Isi\n"
      "set @n title=Dua\n"
      "undo\n"
      "delete @n\n");
  const auto volunteer = home.run({"list", "volunteer"}).json();
  CHECK(volunteer[0]["skills"].Size() == 1);
  CHECK_FALSE(volunteer[0].HasMember("phone"));
  CHECK(home.run({"list", "notice"}).out == "[]\n");
  CHECK(home.run({"undo"}).exit == 0);
  const auto notice = home.run({"list", "notice"}).json();
  REQUIRE(notice.Size() == 1);
  CHECK(notice[0]["title"].GetString() == std::string("Satu"));
}

TEST_CASE("lists are filtered, searched, sorted and cut", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@a = add need category=food item=beras quantity=5 unit=kg urgency=urgent\n"
      "@b = add need category=water item=air quantity=2 unit=galon urgency=normal\n"
      "@c = add need category=food item=telur quantity=1 unit=kg urgency=soon\n"
      "pledge @a --quantity 5\n");
  const auto size = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"list", "need"});
    const auto said = home.run(words);
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
    return said.json().Size();
  };
  CHECK(size({}) == 3);
  CHECK(size({"--where", "category=food"}) == 2);
  CHECK(size({"--where", "category = food", "--where", "quantity < 5"}) == 1);
  CHECK(size({"--where", "urgency >= soon"}) == 2);
  CHECK(size({"--where", "category!=food"}) == 1);
  CHECK(size({"--where", "household="}) == 3);
  CHECK(size({"--where", "state=covered"}) == 1);
  CHECK(size({"--where", "remaining > 0"}) == 2);
  CHECK(size({"--where", "item ~ ber"}) == 1);
  CHECK(size({"--search", "telur"}) == 1);
  CHECK(size({"--limit", "2"}) == 2);
  const auto sorted = home.run({"list", "need", "--sort", "-quantity"}).json();
  CHECK(sorted[0]["id"].GetString() == ids[0]);
  const auto derived = home.run({"list", "need", "--sort", "remaining"}).json();
  CHECK(derived[0]["id"].GetString() == ids[0]);
  const auto csv = home.raw({"list", "need", "--format", "csv"});
  CHECK(csv.out.find("id,space,title,category") == 0);
  const auto table = home.raw({"list", "need"});
  CHECK(table.out.find(ids[0].substr(0, 8)) != std::string::npos);
}

TEST_CASE("a batch answers line by line and stops at the first failure", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const std::string lines =
      std::string(kRice) + "\n# a remark\n\nadd need quantity=x\n" + kRice + "\n";
  const auto stopped = home.run({"batch", "-"}, lines);
  CHECK(stopped.exit == 2);
  REQUIRE(stopped.lines().size() == 2);
  CHECK(stopped.lines()[0].find("{\"line\":1,\"exit\":0,\"result\":{\"id\":\"") == 0);
  CHECK(stopped.lines()[1].find("{\"line\":4,\"exit\":2,\"error\":{\"code\":\"bad_value\"") == 0);
  const auto through = home.run({"batch", "-", "--keep-going"}, lines);
  CHECK(through.exit == 2);
  CHECK(through.lines().size() == 3);
  CHECK(home.run({"list", "need"}).json().Size() == 3);
  write_text(folder / "many.txt", std::string(kRice) + "\n" + kRice + "\n");
  CHECK(home.run({"batch", (folder / "many.txt").string()}).exit == 0);
  CHECK(home.run({"batch", "-"}, "add need title=\"open\n").exit == 2);
  CHECK(home.run({"batch", "-"}, "batch -\n").exit == 2);
}

TEST_CASE("mutual aid in short commands", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto ids = home.batch(
      "@need = add need category=food item=beras quantity=10 unit=kg\n"
      "@offer = add offer category=food item=beras quantity=6 unit=kg giver=Toko\n"
      "@p1 = pledge @need --offer @offer --quantity 4\n"
      "@p2 = pledge @need --offer @offer --quantity 4\n"
      "@h = handover @p1 --quantity 4 --received-by \"Bu Ani\" --witness Joko\n"
      "@act = add activity name=Ronda type=ronda\n"
      "@shift = add shift activity=@act starts=\"2026-11-25 22.00\" ends=\"2026-11-26 04.00\" "
      "slots=1\n"
      "@vol = add volunteer name=Joko\n"
      "@s = signup @shift --volunteer @vol\n"
      "attend @s present\n");
  const auto bumped = home.run({"list", "pledge", "--where", "bumped=true"}).json();
  REQUIRE(bumped.Size() == 1);
  CHECK(bumped[0]["id"].GetString() == ids[3]);
  CHECK(bumped[0]["honored"].GetString() == std::string("2"));
  const auto need = home.run({"show", ids[0]}).json();
  CHECK(need["delivered"].GetString() == std::string("4"));
  const auto matches = home.run({"match", ids[0]}).json();
  CHECK(matches.IsArray());
  const auto attention = home.run({"attention"}).json();
  REQUIRE(attention.IsArray());
  std::vector<std::string> codes;
  for (const auto& one : attention.GetArray()) codes.emplace_back(one["code"].GetString());
  CHECK(std::count(codes.begin(), codes.end(), "bumped") == 1);
  CHECK(std::count(codes.begin(), codes.end(), "unsent") == 1);
  CHECK(home.run({"signup", ids[6]}).exit == 2);
  CHECK(home.run({"handover", ids[7], "--quantity", "1", "--received-by", "x"}).exit == 2);
}

}  // namespace rukun::test
