// The demo is what a newcomer runs first.
#include <filesystem>
#include <regex>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

// Spoken words, the count of what a killed program had answered, and the folder differ every time.
std::string without_chance(const std::string& out, const std::string& folder) {
  auto text = std::regex_replace(out, std::regex("\"[^\"]*\""), "\"dua kata\"");
  text = std::regex_replace(text, std::regex("semua [0-9]+ catatan"), "semua N catatan");
  const auto at = text.find(folder);
  return at == std::string::npos ? text : text.replace(at, folder.size(), "FOLDER");
}

}  // namespace

TEST_CASE("the demo tells its day line by line and leaves the office's spreadsheet", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto dir = (folder / "demo").string();
  const auto said = home.raw({"demo", "--dir", dir});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  CHECK(without_chance(said.out, dir) ==
        read_text(std::filesystem::path(RUKUN_SOURCE_DIR) / "tests/golden/demo.txt"));
  REQUIRE(std::filesystem::exists(said.lines().back()));
  CHECK(read_text(said.lines().back()).substr(0, 2) == "PK");
  CHECK(home.raw({"demo", "--dir", dir}).exit == 1);
}

}  // namespace rukun::test
