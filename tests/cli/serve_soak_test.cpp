// The always-on machine, for long: many neighborhoods, each with a laptop that writes and comes by
// again and again.
#include <filesystem>
#include <fstream>

#include "platform/clock.h"
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

constexpr std::size_t kAtOnce = 4;
constexpr const char* kPassphrase = "kata sandi untuk uji";
constexpr std::uint64_t kSlack_kb = 24 * 1024;

// What a process holds of the computer's memory.
std::uint64_t resident_kb(int process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("VmRSS:", 0) == 0) return std::stoull(line.substr(6));
  return 0;
}

// What the sanitizer keeps of freed memory would grow for long; what is measured is the program.
Result<Child> serve(const Home& office) {
  ChildSetup setup;
  setup.program = RUKUNCTL_PROGRAM;
  setup.arguments = {"--json", "serve", "--listen", "127.0.0.1:0"};
  setup.environment = {{"RUKUN_HOME", (office.folder() / "home").string()},
                       {"XDG_STATE_HOME", (office.folder() / "state").string()},
                       {"RUKUN_PASSPHRASE", kPassphrase},
                       {"ASAN_OPTIONS", "quarantine_size_mb=8:thread_local_quarantine_size_kb=64"},
                       {"LC_ALL", "C"}};
  setup.errors = office.folder() / "serve.txt";
  return Child::start(setup);
}

struct Client {
  Home home;
  std::string space;
};

// A machine that is in all neighborhoods, and one laptop in each of them.
std::vector<Client> settle_in(const Home& office, const std::filesystem::path& folder,
                              std::size_t count) {
  std::vector<Client> out;
  office.init("Kantor Desa");
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "RT " + std::to_string(i + 1);
    const Home home(folder / ("laptop" + std::to_string(i)));
    const auto space = office.must({"space", "create", "--name", name}, "space");
    const auto file = (home.folder() / "undangan.rukun").string();
    (void)office.must(
        {"--space", name, "invite", "create", "--role", "volunteer", "--out", file, "--open"},
        "invite");
    home.init("Warga " + std::to_string(i + 1));
    (void)home.must({"join", file}, "space");
    out.push_back({home, space});
  }
  return out;
}

// Everybody comes once, a few at a time; who comes has written something.
void round_of(const std::vector<Client>& clients, const std::string& peer, std::size_t round) {
  for (std::size_t from = 0; from < clients.size(); from += kAtOnce) {
    const auto to = std::min(clients.size(), from + kAtOnce);
    std::vector<Child> coming;
    for (auto i = from; i < to; ++i)
      (void)clients[i].home.batch("add notice title=\"Kabar " + std::to_string(round) + "\"\n");
    for (auto i = from; i < to; ++i)
      coming.push_back(
          clients[i].home.start({"--json", "sync", "lan", "--peer", peer, "--seconds", "60"}));
    for (auto i = from; i < to; ++i) {
      auto& child = coming[i - from];
      const auto said = child.read_all();
      const auto exit = child.wait();
      CAPTURE(i, round, said.value_or(""), read_text(clients[i].home.folder() / "stderr.txt"));
      REQUIRE(exit == 0);
    }
  }
}

}  // namespace

TEST_CASE("a machine that serves many neighborhoods for long keeps its memory and loses nothing",
          "[cli][lan][soak][long]") {
  const std::size_t count = soaking() ? 60 : 6;
  const std::int64_t lasts_ms = soaking() ? 600'000 : 6'000;
  const TempDir folder;
  const Home office(folder / "kantor", kPassphrase);
  const auto clients = settle_in(office, folder.path(), count);
  auto started = serve(office);
  REQUIRE(started);
  Child& serving = *started;
  const auto line = serving.read_line();
  REQUIRE(line);
  REQUIRE(*line);
  Said first;
  first.out = **line;
  const auto peer = "127.0.0.1:" + std::to_string(first.json()["port"].GetInt());

  const SystemClock clock;
  const auto end = clock.steady_ms() + lasts_ms;
  const auto warm_until = clock.steady_ms() + lasts_ms / 3;
  std::uint64_t warm_kb = 0, most_kb = 0;
  std::size_t rounds = 0;
  while (rounds < 2 || clock.steady_ms() < end) {
    round_of(clients, peer, rounds++);
    const auto now_kb = resident_kb(serving.number());
    if (rounds == 1 || clock.steady_ms() < warm_until) warm_kb = std::max(warm_kb, now_kb);
    most_kb = std::max(most_kb, now_kb);
  }
  serving.terminate();
  CHECK(serving.wait() == 0);
  WARN(count << " laptops, " << rounds << " rounds; server: " << warm_kb << " kB warm, " << most_kb
             << " kB at most");
  REQUIRE(warm_kb > 0);
  CHECK(most_kb <= warm_kb + warm_kb / 5 + kSlack_kb);

  for (const auto& client : clients) {
    CHECK(client.home.run({"list", "notice"}).json().Size() == rounds);
    CHECK(client.home.run({"status"}).json()["spaces"][0]["unsent"].GetInt() == 0);
    const auto here = office.run({"--space", client.space, "list", "notice"});
    CHECK(here.json().Size() == rounds);
  }
  CHECK(office.run({"verify"}).exit == 0);
}

}  // namespace rukun::test
