// A search for 200 names, numbers and titles over every byte that leaves the program: the homes,
// the stick, the wire; while it is open, after it was closed, and after it was killed.
#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <filesystem>
#include <thread>

#include "platform/clock.h"
#include "platform/tcp_link.h"
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"
#include "tests/support/link_proxy.h"

namespace rukun::test {
namespace {

struct Known {
  std::string lines;                 // of a batch
  std::vector<std::string> secrets;  // what must be found nowhere
};

std::string digits(int number, std::size_t count) {
  auto text = std::to_string(number);
  return std::string(count - text.size(), '0') + text;
}

// 50 households with name, family card and phone, and 50 titles.
Known known() {
  Known out;
  for (int i = 0; i < 50; ++i) {
    const auto name = "Suharti Wulandari " + digits(i, 3);
    const auto card = "3276011" + digits(200000 + 37 * i, 9);
    const auto phone = "8127700" + digits(1000 + 13 * i, 4);
    const auto title = "Kursi roda lipat " + digits(i, 3);
    out.lines += "add household name=\"" + name + "\" kk_number=" + card + " phone=0" + phone +
                 " rt=3 rw=7\nadd need title=\"" + title +
                 "\" category=other quantity=1 unit=piece\n";
    for (const auto& secret : {name, card, phone, title}) out.secrets.push_back(secret);
  }
  return out;
}

// One pass over the bytes: two letters say whether a closer look is worth it.
class Search {
 public:
  explicit Search(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {
    for (const auto& secret : secrets_) begins_.set(key(secret, 0));
  }
  std::vector<std::string> in(std::string_view bytes) const {
    std::vector<std::string> found;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
      if (!begins_.test(key(bytes, at))) continue;
      for (const auto& secret : secrets_)
        if (bytes.substr(at, secret.size()) == secret) found.push_back(secret);
    }
    return found;
  }
  // "file: secret" for each hit; how many files there were.
  std::size_t over(const std::filesystem::path& folder, std::vector<std::string>& hits) const {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      for (const auto& hit : in(entry.path().string())) hits.push_back(entry.path().string() + hit);
      if (!entry.is_regular_file()) continue;
      for (const auto& hit : in(read_text(entry.path())))
        hits.push_back(entry.path().string() + ": " + hit);
      ++files;
    }
    return files;
  }

 private:
  static std::size_t key(std::string_view text, std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[at])) << 8U |
           static_cast<unsigned char>(text[at + 1]);
  }
  std::vector<std::string> secrets_;
  std::bitset<65536> begins_;
};

void expect_nothing(const Search& search, const std::vector<std::filesystem::path>& folders) {
  std::vector<std::string> hits;
  std::size_t files = 0;
  for (const auto& folder : folders) files += search.over(folder, hits);
  CAPTURE(hits);
  CHECK(hits.empty());
  CHECK(files >= folders.size());
}

// Everything that passes between a caller and a server of this computer.
class Overheard {
 public:
  explicit Overheard(std::uint16_t port)
      : network_(std::move(*SystemNetwork::open({}))),
        port_(network_->port()),
        proxy_(*network_, "127.0.0.1", port, {}, clock_, 1) {
    proxy_.overhear([this](ByteView piece) { bytes_.append(text_of(piece)); });
    thread_ = std::thread([this] {
      while (!stopping_) {
        proxy_.step();
        network_->wait(std::chrono::milliseconds(1));
      }
    });
  }
  ~Overheard() { (void)stop(); }
  std::string peer() const { return "127.0.0.1:" + std::to_string(port_); }
  const std::string& stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return bytes_;
  }

 private:
  SystemClock clock_;
  std::unique_ptr<SystemNetwork> network_;
  std::uint16_t port_;
  LinkProxy proxy_;
  std::string bytes_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace

TEST_CASE("the search finds what is there", "[cli][sealed]") {
  const TempDir folder;
  const Search search(known().secrets);
  write_text(folder / "a.txt", "x" + known().secrets[7] + "\n" + known().secrets[1]);
  std::vector<std::string> hits;
  CHECK(search.over(folder.path(), hits) == 1);
  CHECK(hits.size() == 2);
}

TEST_CASE("no name, number or title is in any byte of a home, a stick or the wire",
          "[cli][sealed]") {
  const TempDir folder;
  const Home budi(folder / "a");
  budi.found("Pak Budi", "RT 003/RW 007");
  const Home sari(folder / "b");
  sari.join(budi, "Bu Sari", "volunteer");
  const auto stick = folder / "stick";
  std::filesystem::create_directories(stick);
  const auto what = known();
  REQUIRE(what.secrets.size() == 200);
  const Search search(what.secrets);
  const std::vector<std::filesystem::path> homes{folder / "a", folder / "b"};

  // Killed among the commits, then while it is open, then closed.
  auto killed = budi.start({"--json", "--quiet", "batch", "-"});
  REQUIRE(killed.write(what.lines));
  for (int i = 0; i < 60; ++i) REQUIRE(killed.read_line().value().has_value());
  expect_nothing(search, {homes[0]});
  killed.kill();
  (void)killed.wait();
  expect_nothing(search, {homes[0]});
  auto open = budi.start({"--json", "--quiet", "batch", "-"});
  REQUIRE(open.write(what.lines + "list household\nlist need\n"));
  for (int i = 0; i < 102; ++i) REQUIRE(open.read_line().value().has_value());
  expect_nothing(search, {homes[0]});
  open.close_input();
  REQUIRE(open.wait().value() == 0);
  expect_nothing(search, {homes[0]});

  REQUIRE(budi.run({"sync", "folder", stick.string()}).exit == 0);
  REQUIRE(sari.run({"sync", "folder", stick.string()}).exit == 0);
  REQUIRE(budi.run({"sync", "folder", stick.string()}).exit == 0);
  const auto there = sari.run({"list", "household"});
  CHECK(search.in(there.out).size() >= 150);
  expect_nothing(search, {homes[0], homes[1], stick});
}

TEST_CASE("no name, number or title passes over the wire in the clear", "[cli][sealed]") {
  const TempDir folder;
  const Home budi(folder / "a");
  budi.found("Pak Budi", "RT 003/RW 007");
  const Home sari(folder / "b");
  sari.join(budi, "Bu Sari", "volunteer");
  const auto what = known();
  (void)budi.batch(what.lines);
  auto serving = budi.start({"--json", "serve", "--listen", "127.0.0.1:0"});
  Said said;
  said.out = serving.read_line().value().value_or("");
  const auto document = said.json();
  REQUIRE(document.IsObject());
  Overheard wire(static_cast<std::uint16_t>(document["port"].GetInt()));
  const auto met = sari.run({"sync", "lan", "--peer", wire.peer(), "--seconds", "60"});
  CAPTURE(met.out, met.err);
  CHECK(met.exit == 0);
  serving.terminate();
  CHECK(serving.wait().value() == 0);
  const auto& bytes = wire.stop();
  CHECK(bytes.size() > 4000);
  const Search search(what.secrets);
  CHECK(search.in(bytes).empty());
  CHECK(search.in(sari.run({"list", "household"}).out).size() >= 150);
  expect_nothing(search, {folder / "a", folder / "b"});
}

}  // namespace rukun::test
