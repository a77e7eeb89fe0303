#include "tests/cli/ctl.h"

#include <fstream>
#include <sstream>

#include "tests/support/catch.h"

namespace rukun::test {

rapidjson::Document Said::json() const {
  rapidjson::Document document;
  document.Parse(out.c_str());
  if (document.HasParseError()) document.SetNull();
  return document;
}

std::vector<std::string> Said::lines() const {
  std::vector<std::string> all;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

std::string Said::text(const char* key) const {
  const auto document = json();
  if (!document.IsObject() || !document.HasMember(key) || !document[key].IsString()) return {};
  return document[key].GetString();
}

std::string Said::code() const {
  const auto document = json();
  if (!document.IsObject() || !document.HasMember("error")) return {};
  return document["error"]["code"].GetString();
}

Home::Home(std::filesystem::path folder, std::string passphrase)
    : folder_(std::move(folder)), passphrase_(std::move(passphrase)) {
  std::filesystem::create_directories(folder_);
}

ChildSetup Home::setup(std::vector<std::string> words) const {
  ChildSetup out;
  out.program = RUKUNCTL_PROGRAM;
  out.arguments = std::move(words);
  out.environment = {{"RUKUN_HOME", (folder_ / "home").string()},
                     {"XDG_STATE_HOME", (folder_ / "state").string()},
                     {"RUKUN_PASSPHRASE", passphrase_},
                     {"LC_ALL", "C"}};
  out.errors = folder_ / "stderr.txt";
  return out;
}

Child Home::start(std::vector<std::string> words) const {
  std::filesystem::remove(folder_ / "stderr.txt");
  auto child = Child::start(setup(std::move(words)));
  REQUIRE(child.has_value());
  return std::move(*child);
}

Said Home::raw(std::vector<std::string> words, const std::string& input) const {
  auto child = start(std::move(words));
  if (!input.empty()) (void)child.write(input);
  child.close_input();
  Said said;
  said.out = child.read_all().value_or("");
  said.exit = child.wait().value_or(-1);
  said.err = read_text(folder_ / "stderr.txt");
  return said;
}

Said Home::run(std::vector<std::string> words, const std::string& input) const {
  words.insert(words.begin(), "--json");
  return raw(std::move(words), input);
}

std::string Home::must(std::vector<std::string> words, const char* key) const {
  const auto said = run(std::move(words));
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  return said.text(key);
}

std::vector<std::string> Home::batch(const std::string& lines) const {
  const auto said = run({"batch", "-"}, lines);
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  std::vector<std::string> ids;
  for (const auto& line : said.lines()) {
    Said one;
    one.out = line;
    const auto document = one.json();
    const auto& result = document["result"];
    const bool has = result.IsObject() && result.HasMember("id");
    ids.emplace_back(has ? result["id"].GetString() : "");
  }
  return ids;
}

void Home::init(const std::string& name) const {
  (void)must({"init", "--name", name, "--unlock-ms", "0"}, "profile");
}

std::string Home::found(const std::string& name, const std::string& space) const {
  init(name);
  return must({"space", "create", "--name", space}, "space");
}

void Home::join(const Home& head, const std::string& name, const std::string& role) const {
  const auto file = (folder_ / "undangan.rukun").string();
  const auto code = head.must({"invite", "create", "--role", role, "--out", file}, "code");
  init(name);
  (void)must({"join", file, "--code", code}, "space");
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string read_text(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

std::vector<std::string> keys_of(const rapidjson::Value& object) {
  std::vector<std::string> keys;
  if (!object.IsObject()) return keys;
  for (auto member = object.MemberBegin(); member != object.MemberEnd(); ++member) {
    keys.emplace_back(member->name.GetString());
  }
  return keys;
}

}  // namespace rukun::test
