// Members and invitations on the command line.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

using namespace rukun::test;

namespace {

// "volunteer member", "head lost".
std::string state_on(const Home& home, const std::string& name) {
  const auto members = home.run({"member", "list"}).json();
  for (const auto& one : members.GetArray())
    if (one["name"].GetString() == name)
      return std::string(one["role"].GetString()) + " " + one["state"].GetString();
  return {};
}

}  // namespace

TEST_CASE("a head gives roles, removes, admits again and revokes, and says what became of it",
          "[members]") {
  TempDir dir;
  const Home budi(dir / "budi"), sari(dir / "sari");
  budi.found("Pak Budi", "RT 003/RW 007 Sukamaju");
  sari.join(budi, "Bu Sari", "volunteer");
  const auto stick = (dir / "stick").string();
  std::filesystem::create_directories(stick);
  for (int turn = 0; turn < 2; ++turn)
    for (const Home* home : {&budi, &sari}) REQUIRE(home->run({"sync", "folder", stick}).exit == 0);

  const auto state_of = [&](const std::string& name) { return state_on(budi, name); };
  CHECK(state_of("Bu Sari") == "volunteer member");
  CHECK(budi.must({"member", "role", "Bu Sari", "office"}, "role") == "office");
  CHECK(state_of("Bu Sari") == "office member");
  CHECK(budi.run({"member", "role", "Bu Sari", "raja"}).exit == 2);
  CHECK(budi.run({"member", "role", "Siapa", "office"}).exit == 1);
  CHECK(sari.run({"member", "remove", "Pak Budi", "--reason", "x"}).exit == 1);
  CHECK(budi.run({"member", "remove", "Pak Budi", "--reason", "x"}).code() == "not_allowed");

  CHECK(budi.must({"member", "remove", "Bu Sari", "--reason", "pindah"}, "state") == "removed");
  CHECK(state_of("Bu Sari") == "office removed");
  CHECK(budi.must({"member", "role", "Bu Sari", "volunteer"}, "state") == "member");
  CHECK(budi.must({"member", "lost", "Bu Sari"}, "state") == "removed");
  CHECK(state_of("Bu Sari").ends_with("lost"));

  const auto file = (dir / "undangan.rukun").string();
  const auto invite =
      budi.must({"invite", "create", "--role", "reader", "--out", file, "--open"}, "invite");
  CHECK(budi.must({"invite", "revoke", invite.substr(0, 8)}, "state") == "revoked");
  CHECK(budi.run({"invite", "revoke", "000000"}).code() == "not_found");
  CHECK(budi.run({"member", "adopt", "000000"}).code() == "not_found");
}

TEST_CASE(
    "a stolen founder's laptop is removed with the printed sheet, and what it says later "
    "counts nowhere",
    "[members]") {
  TempDir dir;
  const Home budi(dir / "budi"), sari(dir / "sari"), dewi(dir / "dewi");
  budi.init("Pak Budi");
  const auto sheet = budi.must({"space", "create", "--name", "RT 003/RW 007 Sukamaju"}, "root");
  const auto other = budi.must({"space", "create", "--name", "RT 004/RW 007 Sukamaju"}, "root");
  const auto in_rt = [](std::vector<std::string> words) {
    words.insert(words.begin(), {"--space", "RT 003/RW 007 Sukamaju"});
    return words;
  };
  const auto stick = (dir / "stick").string();
  std::filesystem::create_directories(stick);
  const auto everybody = [&] {
    for (int turn = 0; turn < 2; ++turn)
      for (const Home* home : {&budi, &sari, &dewi}) home->run({"sync", "folder", stick});
  };
  for (const auto& [home, name] : {std::pair(&sari, "Bu Sari"), std::pair(&dewi, "Bu Dewi")}) {
    const auto file = (dir / name).string();
    home->init(name);
    budi.must(in_rt({"invite", "create", "--role", "volunteer", "--out", file, "--open"}),
              "invite");
    home->must({"join", file}, "member");
  }
  everybody();

  // The thief, who knows Pak Budi's passphrase, writes on and removes who could stop him.
  const auto add = in_rt({"add", "need", "item=beras", "quantity=5", "unit=kg", "category=food"});
  CHECK(budi.run(add).exit == 0);
  CHECK(budi.run(in_rt({"member", "role", "Bu Dewi", "head"})).exit == 0);
  CHECK(budi.run(in_rt({"member", "remove", "Bu Sari", "--reason", "x"})).exit == 0);

  // Bu Sari is a volunteer and has the sheet.
  CHECK(sari.run({"member", "lost", "Pak Budi"}).code() == "not_allowed");
  CHECK(sari.run({"member", "lost", "Pak Budi", "--root", other}).exit == 2);
  auto mistyped = sheet;
  mistyped.replace(0, mistyped.find(' '), mistyped.substr(mistyped.rfind(' ') + 1));
  CHECK(sari.run({"member", "lost", "Pak Budi", "--root", mistyped}).exit == 2);
  const auto alone = sari.run({"member", "lost", "Pak Budi", "--root", sheet});
  CHECK(alone.exit == 1);
  CHECK(alone.code() == "not_allowed");
  CHECK(sari.must({"member", "role", "Bu Sari", "head", "--root", sheet}, "role") == "head");
  const auto file = dir / "lembar.txt";
  write_text(file, sheet + "\n");
  CHECK(sari.must({"member", "lost", "Pak Budi", "--root-file", file.string()}, "state") ==
        "removed");
  everybody();

  for (const Home* home : {&sari, &dewi}) {
    CHECK(state_on(*home, "Pak Budi") == "head lost");
    CHECK(state_on(*home, "Bu Sari") == "head member");
    CHECK(state_on(*home, "Bu Dewi") == "volunteer member");
    CHECK(home->run({"list", "need"}).json().Size() == 0);
    const auto status = home->run({"status"}).json();
    CHECK(status["spaces"][0]["masked"].GetUint() == 1);
    CHECK(home->run({"verify"}).exit == 0);
  }
  CHECK(budi.run(add).code() == "not_allowed");
  // What Bu Sari writes now the stolen laptop cannot read.
  CHECK(sari.run({"add", "need", "item=telur", "quantity=1", "unit=kg", "category=food"}).exit ==
        0);
  everybody();
  CHECK(dewi.run({"list", "need"}).json().Size() == 1);
  CHECK(budi.run(in_rt({"list", "need", "--search", "telur"})).json().Size() == 0);
}
