// The LAN with real programs: serve on one side, sync lan on the other, and bad links between.
#include <atomic>
#include <filesystem>
#include <thread>

#include "platform/clock.h"
#include "platform/tcp_link.h"
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"
#include "tests/support/link_proxy.h"

namespace rukun::test {
namespace {

// rukunctl serve, on a free port of this computer.
class Serving {
 public:
  explicit Serving(const Home& home, std::vector<std::string> more = {}, int port = 0)
      : home_(home), child_(home.start(words(std::move(more), port))) {
    const auto line = child_.read_line();
    REQUIRE(line.has_value());
    CAPTURE(read_text(home.folder() / "stderr.txt"));
    REQUIRE(line->has_value());
    Said said;
    said.out = **line;
    const auto document = said.json();
    REQUIRE(document.IsObject());
    port_ = static_cast<std::uint16_t>(document["port"].GetInt());
  }
  std::uint16_t port() const { return port_; }
  std::string peer() const { return "127.0.0.1:" + std::to_string(port_); }
  // Asked to end, it ends well; what it said.
  std::string stop() {
    child_.terminate();
    CHECK(child_.wait() == 0);
    return read_text(home_.folder() / "stderr.txt");
  }

 private:
  static std::vector<std::string> words(std::vector<std::string> more, int port) {
    std::vector<std::string> out{"--json", "serve", "--listen",
                                 "127.0.0.1:" + std::to_string(port)};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }

  const Home& home_;
  Child child_;
  std::uint16_t port_ = 0;
};

// A bad link, kept going by a thread of its own.
class BadLink {
 public:
  BadLink(std::uint16_t port, const LinkProfile& profile, std::uint64_t seed)
      : network_(open()),
        port_(network_->port()),
        proxy_(*network_, "127.0.0.1", port, profile, clock_, seed),
        thread_([this] {
          while (!stopping_) {
            proxy_.step();
            network_->wait(std::chrono::milliseconds(1));
          }
        }) {}
  ~BadLink() { stop(); }
  std::string peer() const { return "127.0.0.1:" + std::to_string(port_); }
  // What happened may be asked afterwards.
  const LinkProxy& stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return proxy_;
  }

 private:
  static std::unique_ptr<SystemNetwork> open() {
    auto network = SystemNetwork::open({});
    REQUIRE(network.has_value());
    return std::move(*network);
  }

  SystemClock clock_;
  std::unique_ptr<SystemNetwork> network_;
  std::uint16_t port_;
  LinkProxy proxy_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

std::vector<LinkProfile> profiles() {
  std::vector<LinkProfile> out(12);
  out[0] = {.name = "a good link"};
  out[1] = {.name = "late by 150 ms", .delay_ms = 150};
  out[2] = {.name = "5 % loss", .delay_ms = 20, .loss = 5};
  out[3] = {.name = "20 % loss", .delay_ms = 20, .loss = 20};
  out[4] = {.name = "40 % loss", .delay_ms = 20, .loss = 40};
  out[5] = {.name = "20 kbit/s", .delay_ms = 100, .bytes_per_s = 2500};
  out[6] = {.name = "reset at the first byte", .reset_at = 1, .broken_links = 2};
  out[7] = {.name = "reset in the handshake", .reset_at = 150, .broken_links = 2};
  out[8] = {.name = "reset after the handshake", .reset_at = 700, .broken_links = 2};
  out[9] = {.name = "reset among the data", .reset_at = 2200, .broken_links = 2};
  out[10] = {.name = "half-open", .swallow_at = 100, .broken_links = 1};
  out[11] = {.name = "one byte at a time", .piece = 1};
  return out;
}

// Of a long run: anything, mixed.
LinkProfile drawn(std::uint64_t seed) {
  SeededRandom random(seed);
  LinkProfile out;
  out.name = "drawn from seed " + std::to_string(seed);
  out.delay_ms = static_cast<std::int64_t>(random.below(200));
  if (random.below(3) == 0) out.bytes_per_s = 2500 + random.below(20'000);
  out.loss = static_cast<unsigned>(random.below(41));
  out.resend_ms = 20 + static_cast<std::int64_t>(random.below(100));
  out.piece = random.below(4) == 0 ? 1 + random.below(20) : 1400;
  out.broken_links = static_cast<unsigned>(random.below(4));
  (random.below(8) == 0 ? out.swallow_at : out.reset_at) = 1 + random.below(5000);
  return out;
}

std::string needs_of(const Home& home) {
  const auto said = home.run({"list", "need"});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  return said.out;
}

std::string some_needs(const std::string& title, int count) {
  std::string lines;
  for (int i = 0; i < count; ++i)
    lines += "add need title=\"" + title + " " + std::to_string(i) +
             "\" category=food item=beras quantity=5 unit=kg\n";
  return lines;
}

// Both write, meet over the bad link, and hold the same afterwards.
void meet_over(const LinkProfile& profile, std::uint64_t seed, const Home& budi, const Home& sari) {
  CAPTURE(profile.name);
  budi.batch(some_needs(profile.name + " Budi", 10));
  sari.batch(some_needs(profile.name + " Sari", 10));
  Serving serving(budi);
  BadLink between(serving.port(), profile, seed);
  const auto said = sari.run({"sync", "lan", "--peer", between.peer(), "--seconds", "120"});
  const auto& proxy = between.stop();
  const auto log = serving.stop();
  CAPTURE(said.out, said.err, log);
  REQUIRE(said.exit == 0);
  CHECK(proxy.links() > 0);
  if (profile.broken_links > 0 && profile.name.rfind("drawn", 0) != 0)
    CHECK(proxy.broken() == profile.broken_links);
  CHECK(said.json()["spaces"][0]["received"].GetInt() == 10);
}

}  // namespace

TEST_CASE("a laptop that is named is met, both ways at once, and it is told like a stick",
          "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  budi.batch("add notice title=Satu\n");
  sari.batch("add notice title=Dua\nadd notice title=Tiga\n");
  Serving serving(budi);
  const auto said = sari.run({"sync", "lan", "--peer", serving.peer()});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto report = said.json();
  CHECK(keys_of(report) ==
        std::vector<std::string>{"spaces", "bytes_out", "bytes_in", "reached", "refused"});
  REQUIRE(report["spaces"].Size() == 1);
  CHECK(report["spaces"][0]["sent"].GetInt() == 2);
  CHECK(report["spaces"][0]["received"].GetInt() == 1);
  REQUIRE(report["reached"].Size() == 1);
  CHECK(report["reached"][0]["name"].GetString() == std::string("Pak Budi"));
  const auto again = sari.raw({"--lang", "en", "sync", "lan", "--peer", serving.peer()});
  CHECK(again.exit == 0);
  CHECK(again.out.find("Reached Pak Budi") != std::string::npos);
  const auto log = serving.stop();
  CAPTURE(log);
  CHECK(log.find("Bu Sari (127.0.0.1:") != std::string::npos);
  CHECK(log.find("RT 003/RW 007: diterima 2, dikirim 1") != std::string::npos);
  CHECK(budi.run({"list", "notice"}).json().Size() == 3);
  CHECK(budi.run({"verify"}).exit == 0);
  CHECK(sari.run({"status"}).json()["spaces"][0]["unsent"].GetInt() == 0);
}

TEST_CASE("a server ends when asked, comes back on its port, and keeps up with a folder",
          "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari"), desa(folder / "desa");
  const auto share = (folder / "share").string();
  std::filesystem::create_directories(share);
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  desa.join(budi, "Kantor Desa", "office");
  desa.batch("add program title=BLT source=village_fund target=household\n");
  REQUIRE(desa.run({"sync", "folder", share}).exit == 0);

  Serving serving(budi, {"--folder", share, "--folder", (folder / "tidak-ada").string()});
  const int port = serving.port();
  sari.batch("add notice title=Satu\n");
  const auto met = sari.run({"sync", "lan", "--peer", serving.peer()});
  CAPTURE(met.out, met.err);
  REQUIRE(met.exit == 0);
  CHECK(sari.run({"list", "program"}).json().Size() == 1);
  const auto log = serving.stop();
  CAPTURE(log);
  CHECK(log.find("tidak-ada") != std::string::npos);
  CHECK(log.find("berhenti") != std::string::npos);

  Serving again(budi, {"--folder", share}, port);
  CHECK(again.port() == port);
  CHECK(sari.run({"sync", "lan", "--peer", again.peer()}).exit == 0);
  again.stop();
  const auto shared = desa.run({"sync", "folder", share});
  CAPTURE(shared.out, shared.err);
  REQUIRE(shared.exit == 0);
  CHECK(desa.run({"list", "notice"}).json().Size() == 1);
}

TEST_CASE("a newcomer joins over the LAN with nothing but an invitation's words", "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari"), ani(folder / "ani");
  budi.found("Pak Budi", "RT 003/RW 007");
  budi.batch("add notice title=Satu\n");
  const auto file = (folder / "undangan").string();
  REQUIRE(budi.run({"invite", "create", "--role", "volunteer", "--out", file, "--open"}).exit == 0);
  const auto shown = budi.run({"invite", "show", file});
  CAPTURE(shown.out, shown.err);
  const auto words = shown.text("words");
  REQUIRE_FALSE(words.empty());
  sari.init("Bu Sari");
  CHECK(sari.must({"join", "--words", words}, "state") == "waiting");
  ani.init("Bu Ani");

  Serving serving(budi);
  // Without an invitation there is nothing to prove and nothing to learn.
  const auto refused = ani.run({"sync", "lan", "--peer", serving.peer(), "--seconds", "1"});
  CHECK(refused.exit == 1);
  const auto said = sari.run({"sync", "lan", "--peer", serving.peer()});
  const auto log = serving.stop();
  CAPTURE(said.out, said.err, log);
  REQUIRE(said.exit == 0);
  CHECK(sari.run({"list", "notice"}).json().Size() == 1);
  CHECK(budi.run({"member", "list"}).json().Size() == 2);
  REQUIRE(sari.run({"add", "notice", "title=Dua"}).exit == 0);
}

TEST_CASE("when nobody is there it says so, and what to do", "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi");
  budi.found("Pak Budi", "RT 003/RW 007");
  const auto alone = budi.run({"sync", "lan", "--seconds", "1"});
  CHECK(alone.exit == 1);
  CHECK(alone.code() == "not_found");
  CHECK(alone.err.find("--peer") != std::string::npos);
  const auto nobody = budi.run({"sync", "lan", "--peer", "127.0.0.1:1", "--seconds", "1"});
  CHECK(nobody.exit == 1);
  CHECK(nobody.code() == "not_found");
  CHECK(budi.run({"sync", "lan", "--peer", "di sebelah"}).exit == 2);
  CHECK(budi.run({"sync", "lan", "--seconds", "0"}).exit == 2);
  CHECK(budi.run({"serve", "--listen", "127.0.0.1:99999"}).exit == 2);
}

TEST_CASE("two programs on one network find each other by their beacons", "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  sari.batch("add notice title=Dua\n");
  auto other = budi.start({"--json", "sync", "lan", "--seconds", "30"});
  const auto said = sari.run({"sync", "lan", "--seconds", "30"});
  const auto out = other.read_all();
  const auto exit = other.wait();
  if (said.code() == "not_found") SKIP_TEST("beacons do not travel on this machine's network");
  CAPTURE(said.out, said.err, out.value_or(""));
  CHECK(said.exit == 0);
  CHECK(exit == 0);
  CHECK(budi.run({"list", "notice"}).json().Size() == 1);
}

TEST_CASE("over any bad link two laptops end with the same records", "[cli][lan]") {
  const TempDir folder;
  const Home budi(folder / "budi"), sari(folder / "sari");
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  std::uint64_t seed = 1;
  for (const auto& profile : profiles()) meet_over(profile, seed++, budi, sari);
  if (soaking())
    while (seed <= 1000) {
      meet_over(drawn(seed), seed, budi, sari);
      ++seed;
    }
  CHECK(needs_of(budi) == needs_of(sari));
  CHECK(budi.run({"list", "need"}).json().Size() == 20 * (seed - 1));
  CHECK(budi.run({"verify"}).exit == 0);
  CHECK(sari.run({"verify"}).exit == 0);
}

}  // namespace rukun::test
