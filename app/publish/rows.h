#pragma once
// Rows of the projection as lines of PostgreSQL's COPY text format. Everything that a neighbor may
// have written becomes something that a typed column takes: a value that does not fit its column
// is left out, text is made sound UTF-8 without NUL, and 16 digits in a row, which may be
// somebody's NIK, keep only the last four. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/rules/derived.h"
#include "app/publish/tables.h"
#include "storage/query.h"

namespace rukun {

struct PublishedRow {
  RecordId record;
  std::int64_t hash = 0;
  std::string line;  // with its line end
};

struct RowOptions {
  std::string space;   // its id
  std::string office;  // the member id of who publishes
  bool personal = false;
};

// The columns that a line holds, in their order: all but published_at.
std::vector<const PublishedColumn*> copied_columns(const PublishedTable& table);

PublishedRow published_row(const PublishedTable& table, const Row& row, const Derived& derived,
                           const RowOptions& options);

// Text as a text column takes it.
std::string sound_text(std::string_view text);
// A time as a timestamp takes it; nothing beyond the years 1 to 9999.
std::optional<std::string> sound_time(WallTime at);
// {"a","b"}
std::string array_text(const std::vector<std::string>& elements);

}  // namespace rukun
