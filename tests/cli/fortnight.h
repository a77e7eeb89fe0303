#pragma once
// Four homes of one neighborhood, which keep names for their records over many batches, and lists
// as plain texts to compare with a table. Tests only; one thread.

#include <map>

#include "tests/cli/ctl.h"

namespace rukun::test {

// "@a7"
inline std::string at(const std::string& name, int number) {
  return "@" + name + std::to_string(number);
}

class Fortnight {
 public:
  Fortnight();

  // Runs the lines as one batch; "@name" is the record that any earlier batch called so.
  void say(const Home& home, const std::string& lines);
  // One after the other and back again, so that the last knows what the first does.
  void meet(const std::vector<const Home*>& homes, const std::string& where);
  void all_meet() { meet({&budi, &sari, &joko, &desa}, stick); }
  rapidjson::Document attention(const Home& home) { return home.run({"attention"}).json(); }

  TempDir folder;
  Home budi{folder / "budi"}, sari{folder / "sari"}, joko{folder / "joko"}, desa{folder / "desa"};
  std::string stick = (folder / "stick").string();
  std::string office_folder = (folder / "kantor").string();
  std::map<std::string, std::string> ids;
  std::size_t commands = 0;

 private:
  std::string filled(std::string line, std::size_t from) const;
};

// Every record of a kind by id: texts, numbers and truths as text.
using Records = std::map<std::string, std::map<std::string, std::string>>;
Records listed(const Home& home, const std::string& kind);

// Of a quantity over the records whose field `where` is `is` (empty: is there at all), in
// thousandths.
std::int64_t sum(const Records& records, const std::string& field, const std::string& where,
                 const std::string& is);

}  // namespace rukun::test
