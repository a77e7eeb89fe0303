#pragma once
// What the database knows: which tables are there, and of each neighborhood who published it, when
// and how far. Reading and writing of the tables that are not a kind's. Errors: those of
// postgres.h. One thread.

#include <map>
#include <optional>
#include <string>

#include "app/engine/engine.h"
#include "app/publish/postgres.h"
#include "app/publish/schema.h"

namespace rukun {

// What this laptop has of a neighborhood.
struct SpaceState {
  Bytes position;
  std::string hash;  // of position, form of the tables, and whether personal fields are in it
  std::optional<WallTime> last_exchange;
};

// What the database has of it.
struct KnownSpace {
  std::string office;  // empty: nobody has published it
  std::string office_name;
  bool personal = false;
  std::string state;
  std::string seen;          // where the view of who published it stood; SeenView
  std::int64_t records = 0;  // as its office counted them
  std::int64_t counted = 0;  // as they are there now
  std::int64_t age_s = 0;
  std::int64_t last_exchange_ms = 0;

  // Its office has published nothing for a week: another one may take it over.
  bool quiet() const { return age_s > std::int64_t{7} * 24 * 60 * 60; }
};
using KnownSpaces = std::map<std::string, KnownSpace, std::less<>>;  // by id

Result<FoundSchema> find_schema(Postgres& server, const std::string& schema);
Status add_words(Postgres& server, const std::string& place, const ItemCatalogue& items);

// `place`: the schema, quoted, with its dot.
Result<KnownSpaces> known_spaces(Postgres& server, const std::string& place);
Result<Bytes> published_position(Postgres& server, const std::string& place,
                                 const SpaceInfo& space);
// Within a transaction: makes its row when there is none, and keeps others from publishing it.
Result<KnownSpace> lock_space(Postgres& server, const std::string& place, const SpaceInfo& space);
struct SavedSpace {
  std::string office;
  bool personal = false;
  std::uint64_t rows = 0;
  std::string seen;
};
Status save_space(Postgres& server, const std::string& place, const SpaceInfo& space,
                  const SpaceState& state, const SavedSpace& saved);
// Of a neighborhood that has not changed: when its data was exchanged last.
Status note_exchange(Postgres& server, const std::string& place, const SpaceInfo& space,
                     const SpaceState& state, const KnownSpace& there);

}  // namespace rukun
