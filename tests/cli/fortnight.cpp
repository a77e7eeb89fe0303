#include "tests/cli/fortnight.h"

#include <filesystem>
#include <sstream>

#include "tests/support/catch.h"

namespace rukun::test {
namespace {

std::int64_t thousandths(const std::string& text) {
  const auto dot = text.find('.');
  auto whole = text.substr(0, dot);
  auto part = dot == text.npos ? std::string() : text.substr(dot + 1);
  part.resize(3, '0');
  return std::stoll(whole + part);
}

}  // namespace

Fortnight::Fortnight() {
  for (const auto& place : {stick, office_folder}) std::filesystem::create_directories(place);
  budi.found("Pak Budi", "RT 003/RW 007");
  sari.join(budi, "Bu Sari", "volunteer");
  joko.join(budi, "Mas Joko", "volunteer");
  desa.join(budi, "Kantor Desa", "office");
}

// Names after `from` that an earlier batch gave.
std::string Fortnight::filled(std::string line, std::size_t from) const {
  for (; (from = line.find('@', from)) != line.npos; ++from) {
    const auto name = line.substr(from, line.find_first_of(" \"", from) - from);
    if (const auto known = ids.find(name); known != ids.end())
      line.replace(from, name.size(), known->second);
  }
  return line;
}

void Fortnight::say(const Home& home, const std::string& lines) {
  std::string all;
  std::vector<std::string> made;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto equals = line.find(" = ");
    const bool names = line.starts_with('@') && equals != line.npos;
    made.push_back(names ? line.substr(0, equals) : "");
    all += filled(line, names ? equals : 0) + "\n";
  }
  const auto answers = home.batch(all);
  REQUIRE(answers.size() == made.size());
  commands += made.size();
  for (std::size_t i = 0; i < made.size(); ++i)
    if (!made[i].empty()) ids[made[i]] = answers[i];
}

void Fortnight::meet(const std::vector<const Home*>& homes, const std::string& where) {
  for (std::size_t i = 0; i < 2 * homes.size() - 1; ++i) {
    const auto said = homes[i % homes.size()]->run({"sync", "folder", where});
    CAPTURE(said.out, said.err);
    REQUIRE(said.exit == 0);
  }
}

Records listed(const Home& home, const std::string& kind) {
  const auto said = home.run({"list", kind});
  CAPTURE(said.out, said.err);
  REQUIRE(said.exit == 0);
  const auto document = said.json();
  Records out;
  for (const auto& one : document.GetArray()) {
    auto& record = out[one["id"].GetString()];
    for (auto field = one.MemberBegin(); field != one.MemberEnd(); ++field) {
      const auto& value = field->value;
      record[field->name.GetString()] = value.IsString()  ? value.GetString()
                                        : value.IsInt64() ? std::to_string(value.GetInt64())
                                        : value.IsBool()  ? (value.GetBool() ? "true" : "false")
                                                          : "";
    }
  }
  return out;
}

std::int64_t sum(const Records& records, const std::string& field, const std::string& where,
                 const std::string& is) {
  std::int64_t out = 0;
  for (const auto& [id, record] : records) {
    const auto found = record.find(where);
    if (found != record.end() && (is.empty() || found->second == is) && record.contains(field))
      out += thousandths(record.at(field));
  }
  return out;
}

}  // namespace rukun::test
