#include "platform/log.h"

#include <fstream>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace rukun {
namespace {

struct StoppedClock final : Clock {
  WallTime now() const override { return {1'795'324'597'000}; }
  std::int64_t steady_ms() const override { return 0; }
};

struct Captured {
  StoppedClock clock;
  std::vector<std::string> lines;
  Log log{clock, [this](std::string_view line) { lines.emplace_back(line); }};
};

TEST_CASE("an entry says when, how grave and what, on one line", "[log]") {
  Captured captured;
  captured.log.info("peer ", 3, " sent ", std::size_t{12}, std::string(" runs"));
  REQUIRE(captured.lines.size() == 1);
  CHECK(captured.lines[0] == "2026-11-22T05:16:37Z info peer 3 sent 12 runs");
}

TEST_CASE("what is redacted never reaches the sink", "[log]") {
  Captured captured;
  captured.log.error("cannot open the vault of ", redacted(std::string("Bu Sari")), redacted(4711));
  REQUIRE(captured.lines.size() == 1);
  CHECK(captured.lines[0].find("Sari") == std::string::npos);
  CHECK(captured.lines[0].find("4711") == std::string::npos);
  CHECK(captured.lines[0] == "2026-11-22T05:16:37Z error cannot open the vault of […][…]");
}

TEST_CASE("entries below the least level are not made", "[log]") {
  Captured captured;
  captured.log.debug("small");
  captured.log.warning("large");
  REQUIRE(captured.lines.size() == 1);
  CHECK(captured.lines[0].find("warning large") != std::string::npos);
}

TEST_CASE("a peer's name cannot forge a line or drive the terminal", "[log]") {
  CHECK(escape_controls("a\nb\r\x1b[31m\x7f") == "a\\x0ab\\x0d\\x1b[31m\\x7f");
  CHECK(escape_controls(std::string_view("\0", 1)) == "\\x00");
  CHECK(escape_controls("Pak Budi, RT 003 – é 漢 🙂") == "Pak Budi, RT 003 – é 漢 🙂");
  CHECK(escape_controls("\xc2\x85|\xe2\x80\xa8|\xe2\x80\xae") ==
        "\\xc2\\x85|\\xe2\\x80\\xa8|\\xe2\\x80\\xae");
}

TEST_CASE("bytes that are not UTF-8 are escaped one by one", "[log]") {
  CHECK(escape_controls("\xff|\xc3") == "\\xff|\\xc3");
  CHECK(escape_controls("\xc0\xaf") == "\\xc0\\xaf");                    // overlong
  CHECK(escape_controls("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // surrogate
  CHECK(escape_controls("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // past the last
}

TEST_CASE("an overlong entry is cut", "[log]") {
  Captured captured;
  captured.log.info(std::string(100'000, 'x'));
  REQUIRE(captured.lines.size() == 1);
  CHECK(captured.lines[0].size() < Log::kMostBytes + 100);
  CHECK(captured.lines[0].ends_with("x…"));
}

TEST_CASE("threads do not mix their lines", "[log]") {
  Captured captured;
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) captured.log.info("same text");
    });
  }
  for (auto& thread : threads) thread.join();
  REQUIRE(captured.lines.size() == 800);
  for (const auto& line : captured.lines) {
    if (line != "2026-11-22T05:16:37Z info same text") FAIL(line);
  }
}

TEST_CASE("a log file that has grown makes room", "[log]") {
  const test::TempDir dir;
  const auto sink = file_sink(dir / "log", 1000);
  for (int i = 0; i < 300; ++i) sink("a line of some length");
  CHECK(std::filesystem::file_size(dir / "log") < 1100);
  CHECK(std::filesystem::file_size(dir / "log.old") < 1100);
  file_sink(dir / "no such folder/log")("is ignored");
}

}  // namespace
}  // namespace rukun
