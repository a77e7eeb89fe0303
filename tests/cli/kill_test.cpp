// What was acknowledged survives kill -9, wherever it falls.
#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr int kLines = 400;

struct Tally {
  int kills = 0;
  int inside = 0;  // a record is there that was not yet acknowledged: the kill fell inside a commit
};

std::string id_in(const std::string& line) {
  const auto at = line.find("\"id\":\"");
  return at == std::string::npos ? std::string() : line.substr(at + 6, 32);
}

std::set<std::string> ids_of(const Home& home) {
  const auto said = home.run({"list", "notice"});
  CAPTURE(said.out.substr(0, 500), said.err);
  REQUIRE(said.exit == 0);
  const auto document = said.json();
  std::set<std::string> ids;
  for (const auto& one : document.GetArray()) ids.emplace(one["id"].GetString());
  return ids;
}

}  // namespace

TEST_CASE("everything that batch acknowledged is there after kill -9", "[cli][kill]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  std::string lines;
  for (int i = 0; i < kLines; ++i)
    lines += "add notice title=\"Kabar " + std::to_string(i) + "\"\n";
  std::minstd_rand chance(20261122);
  std::set<std::string> acknowledged;
  Tally tally;
  const int rounds = soaking() ? 200 : 20;
  for (int round = 0; round < rounds; ++round) {
    auto child = home.start({"--json", "batch", "-"});
    REQUIRE(child.write(lines));
    const auto wanted = chance() % 40;
    for (unsigned i = 0; i <= wanted; ++i) {
      const auto line = child.read_line().value();
      REQUIRE(line.has_value());
      REQUIRE_FALSE(id_in(*line).empty());
      acknowledged.insert(id_in(*line));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(chance() % 2000));
    child.kill();
    ++tally.kills;
    const auto rest = child.read_all().value();
    CHECK(child.wait().value() == 128 + 9);
    std::size_t from = 0;
    for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', from)) {
      acknowledged.insert(id_in(rest.substr(from, end - from)));
      from = end + 1;
    }
    const auto here = ids_of(home);
    for (const auto& id : acknowledged) {
      CAPTURE(round, id);
      REQUIRE(here.contains(id));
    }
    if (here.size() > acknowledged.size()) ++tally.inside;
    acknowledged = here;
  }
  CHECK(home.run({"verify"}).exit == 0);
  if (soaking()) CHECK(4 * tally.inside >= tally.kills);
  WARN(tally.kills << " kills, of which " << tally.inside
                   << " fell between a durable commit and its acknowledgement");
}

}  // namespace rukun::test
