#pragma once
// The published schema as SQL text: what has to be run so that the tables, columns and views that
// this version publishes are there. Tables only grow: columns are added, nothing is dropped but
// views of an older format. A schema that holds something that Rukun did not make is left alone.
// Errors: foreign (somebody else's schema, or a column of another type), unsupported (published by
// a newer version), bad_value (a name that is no schema's). Pure; any thread.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun {

// Of tables, views and what publication says; a new one replaces the views.
inline constexpr std::int64_t kPublishFormat = 1;

// What was found in the database.
struct FoundSchema {
  bool exists = false;
  std::optional<std::int64_t> format;  // as Rukun noted it there
  // Columns and their types, of every table and view.
  std::map<std::string, std::map<std::string, std::string>> relations;
};

// Statements to be run in one transaction, in this order; none when all is there.
Result<std::vector<std::string>> schema_plan(const std::string& schema, const FoundSchema& found,
                                             Language language);

// Letters, digits and _, at most 63, not beginning with a digit or pg_.
Status check_schema_name(std::string_view name, Language language);

// Tells one version's tables and columns from another's.
std::string schema_fingerprint();

struct PublishedView {
  std::string_view name;
  std::string_view comment;  // Indonesian / English
  std::string_view sql;      // "%." stands before each table
};
const std::vector<PublishedView>& published_views();

}  // namespace rukun
