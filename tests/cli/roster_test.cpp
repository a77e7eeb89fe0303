// Duty through the command line: a ronda is planned, published, swapped, stood in for, attended,
// printed and taken back.
#include <algorithm>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

// A neighborhood of so many households with a ronda; the activity's id, then the households'.
std::vector<std::string> found_ronda(const Home& home, int households) {
  home.found("Pak Budi", "RT 003/RW 007");
  std::string lines = "add activity name=Ronda type=ronda default_slots=2\n";
  for (int i = 1; i <= households; ++i)
    lines += "add household name=\"Keluarga " + std::to_string(i) + "\" rt=3 rw=7 address=\"Gang " +
             std::to_string(i) + "\"\n";
  return home.batch(lines);
}

std::size_t people_in(const rapidjson::Value& nights) {
  std::size_t out = 0;
  for (const auto& night : nights.GetArray()) out += night["people"].Size();
  return out;
}

}  // namespace

TEST_CASE("a ronda is previewed, published as one, continued and taken back as one", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto ids = found_ronda(home, 20);
  const auto& act = ids[0];
  home.must({"set", ids[20], "ronda_exempt=lansia"}, "id");
  const std::vector<std::string> two_weeks{"roster", "generate", "--activity", act,
                                           "--from", "tomorrow", "--weeks",    "2"};
  const auto preview = home.run(two_weeks);
  CAPTURE(preview.out, preview.err);
  REQUIRE(preview.exit == 0);
  CHECK(preview.json()["published"].GetBool() == false);
  CHECK(people_in(preview.json()["nights"]) == 28);
  CHECK(home.run({"list", "shift"}).json().Size() == 0);

  auto words = two_weeks;
  words.emplace_back("--publish");
  const auto published = home.run(words);
  REQUIRE(published.exit == 0);
  CHECK(published.json()["shifts"].GetInt() == 14);
  CHECK(published.json()["turns"].GetInt() == 28);
  CHECK(home.run({"list", "shift", "--where", "published=true"}).json().Size() == 14);
  const auto counts = home.run({"list", "household"}).json();
  for (const auto& one : counts.GetArray()) {
    const bool exempt = one["id"].GetString() == ids[20];
    const auto load = one["load"].GetInt();
    CHECK((exempt ? load == 0 : load == 1 || load == 2));
  }
  // The same again adds nothing; two weeks more leave the first two as they are.
  const auto again = home.run(words);
  CHECK(again.json()["published"].GetBool() == false);
  CHECK(again.json()["turns"].GetInt() == 0);
  const auto before =
      home.run({"roster", "show", "--activity", act, "--from", "tomorrow", "--weeks", "2"});
  words[7] = "4";
  const auto more = home.run(words);
  CHECK(more.json()["shifts"].GetInt() == 14);
  CHECK(home.run({"roster", "show", "--activity", act, "--from", "tomorrow", "--weeks", "2"}).out ==
        before.out);
  CHECK(home.run({"undo", std::string(more.json()["txn"].GetString()).substr(0, 12)}).exit == 0);
  CHECK(home.run({"list", "shift"}).json().Size() == 14);
  CHECK(home.run({"list", "signup"}).json().Size() == 28);

  const auto why = home.run({"roster", "show", "--activity", act, "--why"}).json();
  CHECK(why["people"].Size() == 19);
  REQUIRE(why["left_out"].Size() == 1);
  CHECK(std::string(why["left_out"][0]["why"].GetString()).find("lansia") != std::string::npos);
  CHECK(std::string(why["people"][0]["why"].GetString()).find("urutan 1 dari 19") == 0);
}

TEST_CASE("turns are swapped and stood in for, and the score follows who is there", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto ids = found_ronda(home, 8);
  const auto& act = ids[0];
  const auto plan = home.run({"roster", "generate", "--activity", act, "--from", "tomorrow",
                              "--weeks", "1", "--gap", "2", "--publish"});
  REQUIRE(plan.exit == 0);
  const auto show = [&] {
    return home.run({"roster", "show", "--activity", act, "--from", "tomorrow", "--weeks", "1"})
        .json();
  };
  const auto text = [](const rapidjson::Value& value) { return std::string(value.GetString()); };
  const auto first = show();
  const auto one = text(first["nights"][0]["people"][0]["signup"]);
  const auto other = text(first["nights"][1]["people"][0]["signup"]);
  const auto one_home = text(first["nights"][0]["people"][0]["household"]);
  const auto other_home = text(first["nights"][1]["people"][0]["household"]);
  const auto swapped = home.run({"roster", "swap", one, other});
  CAPTURE(swapped.out, swapped.err);
  REQUIRE(swapped.exit == 0);
  CHECK(swapped.err.empty());
  const auto second = show();
  CHECK(text(second["nights"][0]["people"][0]["household"]) == other_home);
  CHECK(text(second["nights"][1]["people"][0]["household"]) == one_home);
  CHECK(second["nights"][0]["people"].Size() == 2);
  CHECK(home.run({"roster", "swap", one, other}).exit == 2);  // both have withdrawn
  const auto moved = text(second["nights"][0]["people"][0]["signup"]);
  const auto neighbor = text(second["nights"][0]["people"][1]["signup"]);
  CHECK(home.run({"roster", "swap", moved, neighbor}).exit == 2);  // the same night

  // Somebody stands in for the first one on the first night, and is there.
  const auto shift = text(second["nights"][0]["shift"]);
  const auto third_home = text(second["nights"][2]["people"][0]["household"]);
  const auto stands_in =
      home.run({"signup", shift, "--household", third_home, "--replaces", moved});
  CAPTURE(stands_in.out, stands_in.err);
  REQUIRE(stands_in.exit == 0);
  CHECK(stands_in.err.empty());
  CHECK(home.run({"signup", shift, "--household", third_home, "--replaces", moved}).exit == 2);
  home.must({"attend", stands_in.text("id"), "present"}, "id");
  CHECK(home.run({"show", third_home}).json()["served"].GetInt() == 1);
  CHECK(home.run({"show", other_home}).json()["served"].GetInt() == 0);
  home.must({"attend", stands_in.text("id"), "absent"}, "id");
  CHECK(home.run({"show", third_home}).json()["missed"].GetInt() == 1);
  home.must({"attend", stands_in.text("id"), "excused"}, "id");
  CHECK(home.run({"show", third_home}).json()["missed"].GetInt() == 0);
  CHECK(home.run({"roster", "swap", stands_in.text("id"), neighbor}).exit == 2);
}

TEST_CASE("a roster follows its activity, and says what it lacks", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto ids = found_ronda(home, 6);
  const auto generate = [&](const std::string& act, std::vector<std::string> more) {
    std::vector<std::string> words{"roster", "generate", "--activity", act};
    words.insert(words.end(), more.begin(), more.end());
    return home.run(words);
  };
  const std::vector<std::string> week{"--from", "2099-12-01", "--weeks", "1"};
  CHECK(generate(ids[0], {"--from", "yesterday", "--weeks", "1"}).exit == 2);
  CHECK(generate(ids[0], {"--from", "2099-12", "--weeks", "1"}).exit == 2);
  CHECK(generate(ids[0], {"--from", "tomorrow", "--weeks", "0"}).exit == 2);
  CHECK(generate(ids[0], {"--from", "tomorrow", "--weeks", "54"}).exit == 2);
  CHECK(generate(ids[1], week).exit == 2);  // a household
  CHECK(home.run({"add", "activity", "name=X", "type=other", "recurrence=kapan saja"}).exit == 2);
  const auto more = home.batch(
      "@kitchen = add activity name=\"Dapur umum\" type=public_kitchen default_slots=1\n"
      "@team = add activity name=Posko type=post rotation=volunteer required_skills+=P3K "
      "recurrence=\"setiap Selasa dan Kamis 08.00-12.00\"\n"
      "@nurse = add volunteer name=Ani skills+=p3k\n"
      "@cook = add volunteer name=Joko skills+=masak\n"
      "@away = add volunteer name=Tono skills+=P3K inactive=yes\n");
  const auto lacking = generate(more[0], week);
  CHECK(lacking.exit == 2);
  CHECK(lacking.out.find("recurrence") != std::string::npos);
  CHECK(generate(more[1], week).exit == 2);  // how many?
  auto with_slots = week;
  with_slots.insert(with_slots.end(), {"--slots", "1", "--publish"});
  const auto post = generate(more[1], with_slots);
  CAPTURE(post.out, post.err);
  REQUIRE(post.exit == 0);
  const auto planned = post.json();
  CHECK(planned["nights"].Size() == 2);
  for (const auto& night : planned["nights"].GetArray()) {
    REQUIRE(night["people"].Size() == 1);
    CHECK(night["people"][0]["volunteer"].GetString() == more[2]);
  }
  const auto shifts = home.run({"list", "shift", "--sort", "starts"}).json();
  REQUIRE(shifts.Size() == 2);
  CHECK(shifts[0]["starts"].GetString() == std::string("2099-12-01T01:00:00Z"));
  CHECK(shifts[0]["ends"].GetString() == std::string("2099-12-01T05:00:00Z"));
  // Without turns only the shifts are made, and people sign up themselves.
  home.must({"set", more[0], "recurrence=setiap Sabtu 06.00-10.00"}, "id");
  auto publish = week;
  publish.emplace_back("--publish");
  const auto kitchen = generate(more[0], publish);
  CHECK(kitchen.json()["shifts"].GetInt() == 1);
  CHECK(kitchen.json()["turns"].GetInt() == 0);
}

TEST_CASE("a roster is written as a table, for the notice board without names", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto ids = found_ronda(home, 6);
  home.must({"roster", "generate", "--activity", ids[0], "--from", "2099-12-01", "--weeks", "1",
             "--gap", "2", "--publish"},
            "activity");
  const auto report = [&](const std::string& name, bool board) {
    std::vector<std::string> words{
        "report",  "roster", "--activity", ids[0], "--from", "2099-12-01",
        "--weeks", "1",      "--format",   "csv",  "--out",  (folder / name).string()};
    if (board) words.emplace_back("--public");
    CHECK(home.run(words).json()["rows"].GetInt() == 7);
    return read_text(folder / name);
  };
  const auto whole = report("all.csv", false);
  CHECK(whole.find("Keluarga 1") != std::string::npos);
  CHECK(whole.find("Selasa") != std::string::npos);
  CHECK(whole.find("22.00–04.00") != std::string::npos);
  const auto board = report("board.csv", true);
  CHECK(board.find("Keluarga") == std::string::npos);
  CHECK(board.find("Selasa") != std::string::npos);
  // The only activity with turns need not be named; one of two must.
  const std::vector<std::string> unnamed{"roster", "show", "--from", "2099-12-01"};
  CHECK(home.run(unnamed).text("activity") == ids[0]);
  home.must({"add", "activity", "name=Siskamling", "type=other", "rotation=household"}, "id");
  const auto which = home.run(unnamed);
  CHECK(which.exit == 1);
  CHECK(which.code() == "ambiguous");
  const auto log = home.run({"access-log"}).out;
  CHECK(log.find("roster") != std::string::npos);
}

}  // namespace rukun::test
