// Exit statuses and the keys of JSON answers, as interface.md promises them to scripts.
#include "tests/cli/ctl.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("founding a neighborhood answers with the keys that scripts read", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto init = home.run({"init", "--name", "Pak Budi", "--unlock-ms", "0"});
  CAPTURE(init.out, init.err);
  REQUIRE(init.exit == 0);
  CHECK(keys_of(init.json()) == Keys{"profile", "member", "recovery"});
  const auto space = home.run({"space", "create", "--name", "RT 003/RW 007 Sukamaju"});
  REQUIRE(space.exit == 0);
  CHECK(keys_of(space.json()) == Keys{"space", "root"});
  const auto file = (folder / "undangan.rukun").string();
  const auto invite = home.run({"invite", "create", "--role", "volunteer", "--out", file});
  REQUIRE(invite.exit == 0);
  CHECK(keys_of(invite.json()) == Keys{"invite", "file", "code"});
  const auto open = home.run({"invite", "create", "--role", "reader", "--out", file, "--open"});
  CHECK(keys_of(open.json()) == Keys{"invite", "file"});
  CHECK(home.run({"invite", "show", file}).text("words").size() > 24);
  CHECK(home.run({"invite", "list"}).json().Size() == 2);
  const auto members = home.run({"member", "list"}).json();
  REQUIRE(members.IsArray());
  CHECK(keys_of(members[0]) == Keys{"member", "name", "role", "state"});
  const auto status = home.run({"status"}).json();
  CHECK(keys_of(status) == Keys{"member", "spaces"});
  CHECK(keys_of(status["spaces"][0]) ==
        Keys{"space", "name", "records", "transactions", "waiting", "masked", "unsent", "reached"});
  const auto verify = home.run({"verify"});
  CHECK(verify.exit == 0);
  CHECK(keys_of(verify.json()) == Keys{"ok", "problems"});
  CHECK(home.run({"profile", "list"}).json().Size() == 1);
  CHECK(home.run({"conflicts"}).out == "[]\n");
}

TEST_CASE("a wrong command line is exit 2 with one line that says what is expected", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  for (const auto& words : std::vector<Keys>{{"fly"},
                                             {},
                                             {"show"},
                                             {"list", "need", "--no-such-option"},
                                             {"--lang", "xx", "status"},
                                             {"init"}}) {
    const auto said = home.raw(words);
    CAPTURE(words, said.out, said.err);
    CHECK(said.exit == 2);
    CHECK(said.out.empty());
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
    CHECK(said.err.find("rukunctl") != std::string::npos);
  }
  CHECK(home.run({"fly"}).code() == "bad_value");
}

TEST_CASE("help and version are for stdout, in the chosen language", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  const auto indonesian = home.raw({"--help"});
  CHECK(indonesian.exit == 0);
  CHECK(indonesian.out.find("mencatat yang baru") != std::string::npos);
  const auto english = home.raw({"--lang", "en", "list", "--help"});
  CHECK(english.exit == 0);
  CHECK(english.out.find("words to look for") != std::string::npos);
  CHECK(home.raw({"--version"}).out.find("rukunctl ") == 0);
}

TEST_CASE("an unknown kind, field, value or record is told apart", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto said = home.run({"batch", "-", "--keep-going"},
                             "add dragon name=x\n"
                             "add need colour=red\n"
                             "add need category=food quantity=many unit=kg\n"
                             "add need category=food item=beras quantity=5\n"
                             "show 0123456789\n"
                             "show 12\n"
                             "list need --where nothing\n"
                             "add volunteer skills=x\n"
                             "resolve abcdef quantity\n");
  CAPTURE(said.out);
  CHECK(said.exit == 2);
  const auto lines = said.lines();
  REQUIRE(lines.size() == 9);
  const std::vector<std::pair<int, std::string>> expected{
      {2, "bad_value"}, {2, "bad_value"}, {2, "bad_value"}, {2, "bad_value"}, {1, "not_found"},
      {2, "bad_value"}, {2, "bad_value"}, {2, "bad_value"}, {2, "bad_value"}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(lines[i]);
    Said one;
    one.out = lines[i];
    const auto answer = one.json();
    CHECK(keys_of(answer) == Keys{"line", "exit", "error"});
    CHECK(answer["line"].GetInt() == static_cast<int>(i) + 1);
    CHECK(answer["exit"].GetInt() == expected[i].first);
    CHECK(keys_of(answer["error"]) == Keys{"code", "message", "hint"});
    CHECK(one.code() == expected[i].second);
  }
  CHECK(home.run({"list", "need"}).out == "[]\n");
}

TEST_CASE("no passphrase and a wrong one are exit 3", "[cli]") {
  const TempDir folder;
  Home home(folder / "a");
  home.init("Pak Budi");
  home.set_passphrase("");
  const auto none = home.run({"status"});
  CHECK(none.exit == 3);
  CHECK(none.code() == "locked");
  home.set_passphrase("bukan ini");
  CHECK(home.run({"status"}).exit == 3);
  const auto file = (folder / "sandi.txt").string();
  write_text(file, "kata sandi untuk uji\n");
  CHECK(home.run({"--passphrase-file", file, "status"}).exit == 0);
}

TEST_CASE("a changed passphrase opens, the old one does not", "[cli]") {
  const TempDir folder;
  Home home(folder / "a");
  home.init("Pak Budi");
  write_text(folder / "baru.txt", "sandi yang baru");
  CHECK(home.run({"passphrase", "change", "--new-file", (folder / "baru.txt").string()}).exit == 0);
  CHECK(home.run({"status"}).exit == 3);
  home.set_passphrase("sandi yang baru");
  CHECK(home.run({"status"}).exit == 0);
}

TEST_CASE("a vault that another program has open is exit 5", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  auto holder = home.start({"--json", "batch", "-"});
  REQUIRE(holder.write("list need\n"));
  REQUIRE(holder.read_line().value().has_value());
  const auto said = home.run({"status"});
  CHECK(said.exit == 5);
  CHECK(said.code() == "busy");
  holder.close_input();
  CHECK(holder.wait().value() == 0);
  CHECK(home.run({"status"}).exit == 0);
}

TEST_CASE("two profiles of one home must be told apart, and find each other's records", "[cli]") {
  const TempDir folder;
  const Home home(folder / "a");
  home.found("Pak Budi", "RT 003/RW 007");
  const auto file = (folder / "undangan.rukun").string();
  const auto code = home.must({"invite", "create", "--role", "volunteer", "--out", file}, "code");
  home.init("Bu Sari");
  const auto both = home.run({"status"});
  CHECK(both.exit == 1);
  CHECK(both.code() == "ambiguous");
  CHECK(home.run({"--profile", "Bu Ani", "status"}).code() == "not_found");
  const auto joined = home.run({"--profile", "Bu Sari", "join", file, "--code", code});
  CAPTURE(joined.out, joined.err);
  CHECK(joined.exit == 0);
  CHECK(keys_of(joined.json()) == Keys{"space", "member", "state"});
  const auto id = home.must({"--profile", "Pak Budi", "add", "notice", "title=Kerja bakti"}, "id");
  const auto seen = home.run({"--profile", "Bu Sari", "list", "notice"});
  CAPTURE(seen.out, seen.err);
  CHECK(seen.out.find(id) != std::string::npos);
}

}  // namespace rukun::test
