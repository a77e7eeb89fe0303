// Members and invitations on the command line.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

using namespace rukun::test;

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

  const auto state_of = [&](const std::string& name) {
    const auto listed = budi.run({"member", "list"});
    const auto members = listed.json();
    for (const auto& one : members.GetArray())
      if (one["name"].GetString() == name)
        return std::string(one["role"].GetString()) + " " + one["state"].GetString();
    return std::string();
  };
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
