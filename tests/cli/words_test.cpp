// How command lines are read, without starting a program.
#include "app/cli/parse.h"
#include "tests/support/catch.h"

namespace rukun::cli {

TEST_CASE("a batch line is split as a shell would", "[cli]") {
  using Words = std::vector<std::string>;
  CHECK(split_words("add need title=\"Beras 5 kg\"").value() ==
        Words{"add", "need", "title=Beras 5 kg"});
  CHECK(split_words("  a\t'b c' # d").value() == Words{"a", "b c"});
  CHECK(split_words("a#b '' \\# \"\\\"x\\\\\"").value() == Words{"a#b", "", "#", "\"x\\"});
  CHECK(split_words("# all of it").value().empty());
  CHECK(split_words("").value().empty());
  CHECK(split_words("'it''s' a\\ b").value() == Words{"its", "a b"});
  CHECK_FALSE(split_words("a \"b").has_value());
  CHECK_FALSE(split_words("a 'b").has_value());
}

TEST_CASE("global options may stand before or after the command", "[cli]") {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--json", "--space", "RT 3", "list", "need", "--where", "a=b", "--where", "c<d"},
           {"list", "--where", "a=b", "need", "--where", "c<d", "--space", "RT 3", "--json"}}) {
    const auto parsed = parse_program(words, {});
    REQUIRE(parsed.has_value());
    const auto& call = std::get<Call>(*parsed);
    CHECK(call.globals.json);
    CHECK(call.globals.space == "RT 3");
    CHECK(call.command->name == "list");
    CHECK(call.arguments.at("KIND") == "need");
    CHECK(call.arguments.all("--where") == std::vector<std::string>{"a=b", "c<d"});
  }
}

TEST_CASE("a value may be the name of a command or begin with a dash", "[cli]") {
  const auto parsed = parse_program({"add", "list", "status=list", "quantity=-5"}, {});
  REQUIRE(parsed.has_value());
  const auto& call = std::get<Call>(*parsed);
  CHECK(call.command->name == "add");
  CHECK(call.arguments.all("FIELD=VALUE") ==
        std::vector<std::string>{"status=list", "quantity=-5"});
  const auto batch = parse_program({"batch", "-"}, {});
  REQUIRE(batch.has_value());
  CHECK(std::get<Call>(*batch).arguments.at("FILE") == "-");
  const auto resolve = parse_line({"resolve", "abcdef", "quantity", "--value", "-5"}, {});
  REQUIRE(resolve.has_value());
  CHECK(resolve->arguments.at("--value") == "-5");
}

TEST_CASE("every command says in both languages what it does", "[cli]") {
  for (const auto& command : all_commands()) {
    CAPTURE(command.name);
    CHECK_FALSE(command.id.empty());
    CHECK_FALSE(command.en.empty());
    CHECK(command.run != nullptr);
    for (const auto& param : command.params) {
      CAPTURE(param.name);
      CHECK_FALSE(param.id.empty());
      CHECK_FALSE(param.en.empty());
    }
  }
}

}  // namespace rukun::cli
