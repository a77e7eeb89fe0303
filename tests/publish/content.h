#pragma once
// Made-up neighborhoods to publish, and what the laptop itself says that a database should hold,
// read from its projection without the code under test. Tests only; one thread.

#include <map>
#include <string>
#include <vector>

#include "app/publish/publish.h"
#include "tests/publish/server.h"
#include "tests/support/neighborhood.h"

namespace rukun::test {

inline constexpr const char* kNik = "3201234567890001";
inline constexpr const char* kKk = "3201234567890002";
inline constexpr const char* kTypedNik = "3201234567890003";  // where it does not belong
inline constexpr const char* kPersonalName = "Mangunkusumo";

struct Filled {
  RecordId household, resident, need, pledge;
};
// One of nearly every kind, and `needs` needs besides, in one action.
Filled fill(Laptop& laptop, const SpaceId& space, int needs = 3);

PublishReport publish_all(Laptop& laptop, const std::string& conninfo, bool personal = false);
Result<PublishReport> try_publish(Laptop& laptop, PublishOptions options);

// By kind: a line for each record, sorted, of all its published fields.
using Contents = std::map<std::string, std::vector<std::string>>;
Contents local_contents(Laptop& laptop, bool personal, const std::vector<SpaceId>& spaces = {});
Contents published_contents(const std::string& conninfo);
// Every cell of every table and view, as text.
std::string dump(Server& server, const std::string& conninfo);

}  // namespace rukun::test
