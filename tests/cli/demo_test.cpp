// The demo is what a newcomer runs first.
#include <filesystem>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {

TEST_CASE("the demo tells its day line by line and leaves the office's spreadsheet", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto dir = (folder / "demo").string();
  const auto said = home.raw({"demo", "--dir", dir});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto lines = said.lines();
  REQUIRE(lines.size() > 8);
  CHECK(lines.front().find("1. Pak Budi membuat kelompok") == 0);
  REQUIRE(std::filesystem::exists(lines.back()));
  CHECK(read_text(lines.back()).substr(0, 2) == "PK");
  CHECK(home.raw({"demo", "--dir", dir}).exit == 1);
}

}  // namespace rukun::test
