// `rukunctl publish postgres` as a script or a clerk meets it.
#include "tests/cli/ctl.h"
#include "tests/publish/server.h"
#include "tests/support/catch.h"

namespace rukun::test {

TEST_CASE("publish postgres answers with what scripts read", "[publish][cli]") {
  WITH_SERVER(server);
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Kantor Desa", "RT 003/RW 007");
  home.batch(
      "add household name=\"Bu Ani\" rt=3 rw=7 kk_number=3201234567890002\n"
      "add need item=beras quantity=10,5 unit=kg category=food\n");
  const auto there = server.database("command");
  const auto said = home.run({"publish", "postgres", there});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto document = said.json();
  CHECK(keys_of(document) ==
        std::vector<std::string>{"place", "schema", "spaces", "rows", "changed", "removed"});
  CHECK(document["changed"].GetInt() == 2);
  CHECK(std::string(document["spaces"][0]["outcome"].GetString()) == "published");
  CHECK(server.ask(there, "SELECT quantity, unit FROM need") == "10.500|kg\n");
  CHECK(home.run({"publish", "postgres", there}).json()["changed"].GetInt() == 0);
  const auto personal = home.run({"publish", "postgres", there, "--personal", "--schema", "dua"});
  CHECK(personal.exit == 0);
  CHECK(server.ask(there, "SELECT name FROM dua.household") == "Bu Ani\n");
  CHECK(server.ask(there, "SELECT count(name) FROM rukun.household") == "0\n");
  CHECK(home.run({"access-log"}).out.find("dua --personal") != std::string::npos);

  const auto down = home.run({"publish", "postgres", "host=127.0.0.1 port=1 dbname=x"});
  CHECK(down.exit == 1);
  CHECK(down.code() == "io");
  CHECK(home.run({"publish", "postgres", "apa=ini"}).exit == 2);
  server.tell(there, "CREATE SCHEMA lain; CREATE TABLE lain.punya (a int)");
  const auto foreign = home.run({"publish", "postgres", there, "--schema", "lain"});
  CHECK(foreign.exit == 4);
  CHECK(foreign.code() == "foreign");
}

}  // namespace rukun::test
