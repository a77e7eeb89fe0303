// Runs the house rules on this tree, and each of them on small made-up trees that break it.
#include <algorithm>
#include <filesystem>

#include "tests/support/catch.h"
#include "tests/tidy/rules.h"

namespace rukun::tidy {
namespace {

namespace fs = std::filesystem;

const Tree& this_tree() {
  static const Tree kTree = read_tree(RUKUN_SOURCE_DIR);
  return kTree;
}

void expect_none(const Findings& findings) {
  std::string all;
  for (const auto& finding : findings) all += "\n  " + finding;
  INFO(findings.size() << " findings:" << all);
  CHECK(findings.empty());
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST_CASE("the tree is read", "[tidy]") {
  CHECK(this_tree().size() > 20);
  CHECK(std::any_of(this_tree().begin(), this_tree().end(),
                    [](const Source& s) { return s.path == "platform/files.h"; }));
}

TEST_CASE("includes go one way: platform, sync, storage, app", "[tidy]") {
  expect_none(wrong_directions(this_tree()));
}
TEST_CASE("includes make no circle", "[tidy]") { expect_none(include_circles(this_tree())); }
TEST_CASE("third-party and system headers stay behind their doors", "[tidy]") {
  expect_none(outside_doors(this_tree()));
}
TEST_CASE("every header is included by somebody", "[tidy]") {
  expect_none(orphan_headers(this_tree()));
}
TEST_CASE("files, functions and lines are short", "[tidy]") { expect_none(overlong(this_tree())); }
TEST_CASE("banned words do not occur", "[tidy]") { expect_none(banned_words(this_tree())); }
TEST_CASE("headers open with #pragma once and say what they are for", "[tidy]") {
  expect_none(bad_openings(this_tree()));
}

TEST_CASE("what goes wrong is said in Indonesian too", "[tidy]") {
  expect_none(unsaid_errors(this_tree()));
}

TEST_CASE("every folder at the top belongs there and has a README.md", "[tidy]") {
  std::map<std::string, bool> has_readme;
  for (const auto& entry : fs::directory_iterator(RUKUN_SOURCE_DIR)) {
    if (entry.is_directory()) {
      has_readme[entry.path().filename()] = fs::exists(entry.path() / "README.md");
    }
  }
  expect_none(wrong_top_folders(has_readme));
}

TEST_CASE("the words that the screens ask for exist in every language", "[tidy]") {
  std::vector<Words> languages;
  const fs::path folder = fs::path(RUKUN_SOURCE_DIR) / "assets/i18n";
  if (fs::exists(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".po") continue;
      languages.push_back(
          read_words("assets/i18n/" + entry.path().filename().string(), read_text(entry.path())));
    }
  }
  expect_none(wrong_words(this_tree(), languages));
}

// ---- the rules themselves

TEST_CASE("comments, texts and preprocessor lines are not code", "[tidy]") {
  const Source source("sync/a.cpp",
                      "#include \"sync/b.h\"\n#include <vector>\n#define A \\\n  bad\n"
                      "// bad\nint x = 1'000; /* bad\nbad */ char c = '\"';\n"
                      "auto s = \"bad \\\" bad\"; auto r = R\"q(bad \" )bad)q\"; good();\n");
  CHECK(source.code.find("bad") == std::string::npos);
  CHECK(source.code.find("good") != std::string::npos);
  CHECK(source.code.size() == source.text.size());
  REQUIRE(source.includes.size() == 2);
  CHECK(source.includes[0].name == "sync/b.h");
  CHECK(source.includes[1].line == 2);
  REQUIRE(source.literals.size() == 2);
  CHECK(source.literals[1].text == "bad \" )bad");
}

TEST_CASE("an include against the direction is found", "[tidy]") {
  const auto one = [](const char* from, const std::string& to) {
    return wrong_directions({{from, "#include \"" + to + "\"\n"}, {to, ""}}).size();
  };
  CHECK(one("platform/a.h", "sync/b.h") == 1);
  CHECK(one("platform/base/a.h", "platform/b.h") == 1);
  CHECK(one("sync/a.h", "platform/files.h") == 1);
  CHECK(one("sync/a.h", "storage/b.h") == 1);
  CHECK(one("app/domain/a.h", "app/engine/b.h") == 1);
  CHECK(one("app/engine/a.h", "app/report/b.h") == 1);
  CHECK(one("app/ui/screens/a.cpp", "app/cli/b.h") == 1);
  CHECK(one("app/ui/a.cpp", "tests/support/b.h") == 1);
  CHECK(one("sync/a.h", "platform/base/b.h") == 0);
  CHECK(one("storage/a.h", "platform/b.h") == 0);
  CHECK(one("app/ui/a.cpp", "app/report/b.h") == 0);
  CHECK(one("app/main_ctl.cpp", "app/cli/b.h") == 0);
  CHECK(one("tests/sync/a.cpp", "tests/support/b.h") == 0);
  CHECK(wrong_directions({{"sync/a.cpp", "#include \"a.h\"\n"}, {"sync/a.h", ""}}).size() == 1);
}

TEST_CASE("a circle of includes is found and told", "[tidy]") {
  const Tree tree{{"sync/a.h", "#include \"sync/b.h\"\n"},
                  {"sync/b.h", "#include \"sync/c.h\"\n"},
                  {"sync/c.h", "#include \"sync/a.h\"\n"}};
  const auto findings = include_circles(tree);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0] == "circle: sync/a.h -> sync/b.h -> sync/c.h -> sync/a.h");
  CHECK(include_circles({tree[0], tree[1], {"sync/c.h", ""}}).empty());
}

TEST_CASE("a header outside its door is found", "[tidy]") {
  const auto one = [](const char* from, const std::string& header) {
    return outside_doors({{from, "#include <" + header + ">\n"}}).size();
  };
  CHECK(one("storage/log_store.cpp", "sqlite3.h") == 1);
  CHECK(one("storage/sqlite.cpp", "sqlite3.h") == 0);
  CHECK(one("app/engine/a.cpp", "sodium.h") == 1);
  CHECK(one("sync/crypto.cpp", "sodium.h") == 0);
  CHECK(one("app/ui/a.cpp", "GLFW/glfw3.h") == 1);
  CHECK(one("app/ui/a.cpp", "imgui.h") == 0);
  CHECK(one("app/report/a.cpp", "rapidjson/document.h") == 1);
  CHECK(one("app/publish/tables.cpp", "libpq-fe.h") == 1);
  CHECK(one("app/publish/postgres.cpp", "libpq-fe.h") == 0);
  CHECK(one("tests/sync/a.cpp", "catch2/catch.hpp") == 1);
  CHECK(one("tests/cli/a.cpp", "unistd.h") == 0);
  CHECK(one("storage/a.cpp", "unistd.h") == 1);
  CHECK(one("app/cli/a.cpp", "sys/stat.h") == 1);
  CHECK(one("platform/base/a.cpp", "fcntl.h") == 1);
  CHECK(one("platform/a.cpp", "fcntl.h") == 0);
  CHECK(one("sync/a.cpp", "boost/asio.hpp") == 1);
  CHECK(one("sync/a.cpp", "vector") == 0);
}

TEST_CASE("a header that only its own source includes is an orphan", "[tidy]") {
  const Tree tree{{"sync/a.h", ""}, {"sync/a.cpp", "#include \"sync/a.h\"\n"}};
  CHECK(orphan_headers(tree).size() == 1);
  CHECK(orphan_headers({tree[0], tree[1], {"sync/b.cpp", "#include \"sync/a.h\"\n"}}).empty());
}

TEST_CASE("overlong files, lines and functions are found", "[tidy]") {
  const auto count = [](const std::string& text) {
    return overlong({{"sync/a.cpp", text}}).size();
  };
  CHECK(count(repeated("\n", 500)) == 0);
  CHECK(count(repeated("\n", 501)) == 1);
  CHECK(count(repeated("x", 100)) == 0);
  CHECK(count(repeated("x", 101)) == 1);
  CHECK(count(repeated("é", 100)) == 0);
  const std::string body = repeated("  if (x) { y(); }\n", 69);
  CHECK(count("namespace a {\nvoid f(int x) {\n" + body + "}\n}\n") == 1);
  CHECK(count("struct A : B {\n  A(int x)\n      : a_{x} {\n" + body + "}\n};\n") == 1);
  CHECK(count("TEST_CASE(\"a\") {\n" + body + "}\n") == 1);
  CHECK(count("namespace a {\nvoid f() {\n  y();\n}\n" + repeated("\n", 80) + "}\n") == 0);
  CHECK(count("class A {\n" + repeated("  int a();\n", 80) + "};\n") == 0);
  CHECK(count("const A kA[] = {\n" + repeated("  {1, \"{\"},\n", 80) + "};\n") == 0);
}

TEST_CASE("banned words are found in code, unfinished work everywhere", "[tidy]") {
  const auto count = [](const char* path, const std::string& text) {
    return banned_words({{path, text}}).size();
  };
  CHECK(count("sync/a.cpp", "auto t = std::chrono::system_clock::now();\n") == 1);
  CHECK(count("platform/clock.cpp", "auto t = std::chrono::system_clock::now();\n") == 0);
  CHECK(count("sync/a.cpp", "// not system_clock::now\n") == 0);
  CHECK(count("sync/a.cpp", "int n = rand();\nint m = std::rand();\n") == 2);
  CHECK(count("sync/a.cpp", "int n = strand(); \n") == 0);
  CHECK(count("sync/a.h", "using namespace std;\n") == 1);
  CHECK(count("sync/a.cpp", "using namespace std;\n") == 0);
  CHECK(count("sync/a.cpp", std::string("// TO") + "DO later\n") == 1);
  CHECK(count("sync/a.cpp", std::string("// FIX") + "ME\n") == 1);
  CHECK(count("sync/a.cpp", std::string("int a;  // XX") + "X\n") == 1);
  CHECK(count("sync/a.cpp", std::string("\"XX") + "XXXX\";\n") == 0);
}

TEST_CASE("a header that does not open as headers do is found", "[tidy]") {
  CHECK(bad_openings({{"sync/a.h", "#pragma once\n// What for.\n"}}).empty());
  CHECK(bad_openings({{"sync/a.h", "// What for.\n#pragma once\n"}}).size() == 1);
  CHECK(bad_openings({{"sync/a.h", "#pragma once\n\n// What for.\n"}}).size() == 1);
  CHECK(bad_openings({{"sync/a.h", "#pragma once\n"}}).size() == 1);
  CHECK(bad_openings({{"sync/a.h", ""}}).size() == 1);
}

TEST_CASE("a strange folder at the top, or one without README.md, is found", "[tidy]") {
  CHECK(wrong_top_folders({{"sync", true}, {"build", false}, {".git", false}}).empty());
  CHECK(wrong_top_folders({{"sync", false}}).size() == 1);
  CHECK(wrong_top_folders({{"src", true}}).size() == 1);
}

TEST_CASE("an error that nobody translated is found", "[tidy]") {
  const Source table("app/domain/error_words_files.cpp",
                     "x = {\"the file %1 is \"\n \"gone\", \"berkas %1 hilang\"};\n");
  const auto found = [&](const std::string& code) {
    return unsaid_errors({table, Source("storage/a.cpp", code)}).size();
  };
  CHECK(found("return error(Code::io, \"the file \" + name + \" is gone\");") == 0);
  CHECK(found("return error(Code::io, \"the file \" + name + \" is lost\");") == 1);
  CHECK(found("return Error{Code::io, f(a), \"look for it\"};") == 1);
  CHECK(found("return error(Code::io, pick(l, \"tidak ada\", \"not there\"), \"x y z w\");") == 1);
  CHECK(found("failure.hint = \"look for it: \" + name;") == 1);
  CHECK(found("failure->hint = \"the file \" + name;") == 0);
  CHECK(found("say(\"the file is lost\");") == 0);
}

TEST_CASE("missing, unused and unequal words are found", "[tidy]") {
  const Tree tree{
      {"app/ui/a.cpp", "f(tr(\"home.title\"), tr(\"role.\" + name), k(\"menu.add\"));\n"}};
  const std::string po =
      "msgid \"\"\nmsgstr \"header\"\n\n#: comment\nmsgid \"home.title\"\nmsgstr \"\"\n\"Be\"\n"
      "\"randa %{n}\"\n\nmsgid \"role.head\"\nmsgstr \"Ketua\"\n\nmsgid \"menu.add\"\nmsgstr "
      "\"Tambah\"\n";
  const auto forms = read_words("en.po",
                                "msgid \"k\"\nmsgid_plural \"k\"\nmsgstr[0] \"%{n} day\"\n"
                                "msgstr[1] \"%{n} days\"\n");
  CHECK(forms.by_key.at("k") == "%{n} days");
  const auto id = read_words("id.po", po);
  REQUIRE(id.by_key.size() == 3);
  CHECK(id.by_key.at("home.title") == "Beranda %{n}");
  CHECK(wrong_words(tree, {id}).empty());
  CHECK(wrong_words({}, {}).empty());

  auto less = id;
  less.by_key.erase("home.title");
  CHECK(wrong_words(tree, {less}).size() == 1);
  CHECK(wrong_words(tree, {}).size() == 1);
  auto more = id;
  more.by_key["home.old"] = "Lama";
  CHECK(wrong_words(tree, {more}).size() == 1);
  auto empty = id;
  empty.by_key["menu.add"] = "";
  CHECK(wrong_words(tree, {empty}).size() == 1);
  auto other = id;
  other.by_key["home.title"] = "Home %{m}";
  CHECK(wrong_words(tree, {id, other}).size() == 2);
  auto lacking = id;
  lacking.by_key.erase("role.head");
  CHECK(wrong_words(tree, {id, lacking}).size() == 1);
}

}  // namespace
}  // namespace rukun::tidy
