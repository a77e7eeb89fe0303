#pragma once
// Publishes neighborhoods into a PostgreSQL database: one transaction a neighborhood, with the rows
// and how far they go, so that nothing is half there and whoever lost its tables gets all again. A
// neighborhood whose position is unchanged costs nothing; of one that changed, the rows whose hash
// differs travel. Several offices may publish into one database: README.md says who gives way.
// Every neighborhood that is sent is noted in the access log before it becomes visible. Errors:
// those of postgres.h and schema.h; what was complete before an error stays. One thread.

#include <functional>
#include <string>
#include <vector>

#include "app/engine/engine.h"

namespace rukun {

struct PublishProgress {
  std::size_t done = 0;  // neighborhoods
  std::size_t of = 0;
  std::uint64_t rows = 0;  // sent so far
};

struct PublishOptions {
  std::string conninfo;
  std::string schema = "rukun";
  bool personal = false;
  Language language = Language::id;
  // Called often; false: roll back the neighborhood that is under way and stop.
  std::function<bool(const PublishProgress&)> go_on = {};
};

enum class PublishOutcome : std::uint8_t {
  published,
  unchanged,
  stopped,  // nothing of it happened: go_on ended the run before
  left,     // as another office published it, or not this member's to publish: `reason`
};

struct PublishedSpace {
  SpaceInfo space;
  PublishOutcome outcome = PublishOutcome::unchanged;
  std::uint64_t rows = 0;      // in the database, once this is over
  std::uint64_t compared = 0;  // of these: as many might have differed
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;
  std::string reason;
};

struct PublishReport {
  std::string place;  // "host/database"
  std::vector<PublishedSpace> spaces;
  bool stopped = false;  // go_on said so; the rest was not touched
};

Result<PublishReport> publish_postgres(Engine& engine, const std::vector<SpaceInfo>& spaces,
                                       const PublishOptions& options);

}  // namespace rukun
