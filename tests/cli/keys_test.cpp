// Passphrases drawn and typed back, recovery by the printed code, through the real program.
#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

// The words that `init` showed: what follows the last colon of its first line.
std::string drawn_in(const std::string& err) {
  const auto line = err.substr(0, err.find('\n'));
  return line.substr(line.rfind(": ") + 2);
}

}  // namespace

TEST_CASE("init draws four words and makes nothing until they are typed back", "[cli][keys]") {
  const TempDir folder;
  Home home(folder / "a", "");
  const std::vector<std::string> init{"init", "--name", "Pak Budi", "--unlock-ms", "0"};

  const auto wrong = home.run(init, "empat kata yang salah\n");
  CHECK(wrong.exit == 2);
  CHECK(wrong.code() == "bad_value");
  const auto none = home.run(init);
  CHECK(none.exit == 3);
  CHECK(home.run({"profile", "list"}).json().Size() == 0);

  auto child = home.start({"--json", "init", "--name", "Pak Budi", "--unlock-ms", "0"});
  std::string drawn;
  for (int i = 0; i < 2000 && drawn.empty(); ++i) {
    const auto err = read_text(home.folder() / "stderr.txt");
    if (err.find('\n') != std::string::npos) drawn = drawn_in(err);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(std::count(drawn.begin(), drawn.end(), ' ') == 3);
  auto typed = drawn;
  typed[0] = static_cast<char>(typed[0] - 'a' + 'A');  // the case does not matter
  REQUIRE(child.write("  " + typed + " \n"));
  child.close_input();
  CHECK(child.read_all().value().find("recovery") != std::string::npos);
  REQUIRE(child.wait().value() == 0);
  home.set_passphrase(drawn);
  CHECK(home.run({"status"}).exit == 0);
}

TEST_CASE("a weak passphrase of one's own is taken with a remark", "[cli][keys]") {
  const TempDir folder;
  Home home(folder / "a", "budi123");
  const auto said = home.run({"init", "--name", "Pak Budi", "--unlock-ms", "0"});
  CHECK(said.exit == 0);
  CHECK(said.err.find("mudah ditebak") != std::string::npos);
  const Home better(folder / "b", "korek api di dapur bu ani");
  CHECK(better.run({"init", "--name", "Pak Budi", "--unlock-ms", "0"}).err.find("mudah ditebak") ==
        std::string::npos);
}

TEST_CASE("the recovery code sets a new passphrase, and mistakes are told apart", "[cli][keys]") {
  const TempDir folder;
  Home home(folder / "a");
  const std::vector<std::string> init{"init", "--name", "Pak Budi", "--unlock-ms", "0"};
  const auto code = home.run(init).text("recovery");
  const Home other(folder / "b");
  const auto foreign = other.run(init).text("recovery");
  const auto recover = [&](const std::string& typed) {
    return home.run({"recover", "--unlock-ms", "0"}, typed + "\n");
  };
  auto mistyped = code;
  mistyped[3] = mistyped[3] == 'A' ? 'B' : 'A';
  CHECK(recover(mistyped).exit == 2);
  CHECK(recover(code.substr(1)).exit == 2);
  CHECK(recover("").exit == 2);
  const auto wrong = recover(foreign);
  CHECK(wrong.exit == 3);
  CHECK(wrong.code() == "locked");
  CHECK(home.run({"status"}).exit == 0);

  std::string loose = code;
  for (char& letter : loose) letter = letter == '-' ? ' ' : static_cast<char>(std::tolower(letter));
  const auto drawn = recover(loose).text("passphrase");
  REQUIRE(std::count(drawn.begin(), drawn.end(), ' ') == 3);
  CHECK(home.run({"status"}).exit == 3);
  home.set_passphrase(drawn);
  CHECK(home.run({"status"}).exit == 0);

  write_text(folder / "kode.txt", code + "\n");
  write_text(folder / "baru.txt", "korek api di dapur bu ani\n");
  CHECK(home.run({"recover", "--code-file", (folder / "kode.txt").string(), "--new-file",
                  (folder / "baru.txt").string(), "--unlock-ms", "0"})
            .exit == 0);
  home.set_passphrase("korek api di dapur bu ani");
  CHECK(home.run({"verify"}).exit == 0);
}

}  // namespace rukun::test
