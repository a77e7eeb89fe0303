// Erasing personal data on the command line.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

using namespace rukun::test;

TEST_CASE("a head erases, everybody's list says so, and erase status tells who has heard",
          "[erase]") {
  TempDir dir;
  const Home budi(dir / "budi"), sari(dir / "sari");
  budi.found("Pak Budi", "RT 003/RW 007 Sukamaju");
  sari.join(budi, "Bu Sari", "volunteer");
  const auto stick = (dir / "stick").string();
  std::filesystem::create_directories(stick);
  const auto round = [&] {
    for (int turn = 0; turn < 2; ++turn)
      for (const Home* home : {&budi, &sari})
        REQUIRE(home->run({"sync", "folder", stick}).exit == 0);
  };
  const auto house = budi.must(
      {"add", "household", "name=Ibu Mangunkusumo", "rt=3", "rw=7", "note=sakit gula"}, "id");
  const auto need = budi.must(
      {"add", "need", "item=beras", "quantity=5", "unit=kg", "category=food", "household=" + house},
      "id");
  round();

  CHECK(sari.run({"erase", house, "--reason", "iseng"}).code() == "not_allowed");
  CHECK(budi.run({"erase", house}).exit == 2);
  CHECK(budi.run({"erase", "000000", "--reason", "x"}).code() == "not_found");
  CHECK(budi.run({"erase", "status"}).json().Empty());

  const auto erased = budi.run({"erase", house, "--reason", "diminta keluarga"}).json();
  REQUIRE(erased.IsObject());
  CHECK(erased["erased"].GetString() == house);
  CHECK(erased["dropped"].GetBool());
  REQUIRE(erased["linked"].Size() == 1);
  CHECK(erased["linked"][0]["id"].GetString() == need);
  {
    const auto status = budi.run({"erase", "status"}).json();
    REQUIRE(status.Size() == 1);
    CHECK(status[0]["reason"] == "diminta keluarga");
    CHECK(status[0]["kind"] == "household");
    REQUIRE(status[0]["open"].Size() == 1);
    CHECK(status[0]["open"][0] == "Bu Sari");
  }
  round();
  for (const Home* home : {&budi, &sari}) {
    const auto list = home->run({"list", "household"}).json();
    REQUIRE(list.Size() == 1);
    CHECK(list[0].MemberCount() == 3);
    CHECK(list[0]["id"].GetString() == house);
    CHECK(list[0]["erased"].GetBool());
    CHECK(home->run({"show", house}).json()["erased"].GetBool());
    CHECK(home->raw({"show", house}).out.find("Mangunkusumo") == std::string::npos);
    CHECK(home->run({"list", "household", "--search", "Mangun"}).json().Empty());
    CHECK(home->run({"set", house, "note=lagi"}).code() == "not_found");
    const auto status = home->run({"erase", "status"}).json();
    REQUIRE(status.Size() == 1);
    CHECK(status[0]["dropped"].GetBool());
    CHECK(status[0]["open"].Empty());
    CHECK(home->run({"verify"}).json()["ok"].GetBool());
  }
  CHECK(budi.run({"list", "need"}).out == sari.run({"list", "need"}).out);
}
