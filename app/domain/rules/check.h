#pragma once
// The one gate between what a person asks for and a transaction: an Action goes in, and what comes
// out may be written. Everything typed is judged here (kinds, fields, values, references, roles,
// rules between fields), defaults are filled in, and what is unusual but allowed becomes a warning:
// people are warned of duplicates and overlaps, never blocked. Errors: bad_value, not_found,
// not_allowed; the first thing wrong, in a sentence, and nothing has happened. Reads the
// projection; one thread.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/domain/commands.h"
#include "app/domain/items.h"
#include "app/domain/language.h"
#include "app/domain/values.h"
#include "platform/base/result.h"
#include "storage/projection.h"
#include "sync/authority.h"

namespace rukun {

struct CheckContext {
  Projection& records;
  std::uint32_t space = 0;  // the projection's number
  Role role = Role::reader;
  std::span<const LogIndex> my_logs;  // of every incarnation of this member: what is its own
  WallTime now;
  const ItemCatalogue* items = nullptr;
  Language language = Language::id;  // of errors and warnings; made-up titles are Indonesian
  int utc_offset_min = kWibOffset_min;
  // The record that a natural key already names here, if any; without it none is known.
  std::function<std::optional<RecordId>(KindId kind, std::string_view key)> keyed = {};
  // Off for imports, which look for duplicates and double aid once, not row by row.
  bool look_for_duplicates = true;
};

struct Checked {
  Action action;  // with defaults; a conflict about a record's life has become delete or restore
  std::vector<std::optional<std::string>> natural_keys;  // by change
  std::vector<std::string> warnings;
  std::vector<RecordId> alike;  // already here, and maybe who is being entered
};

Result<Checked> check(const Action& action, const CheckContext& context);

// The text whose keyed hash makes the record id: a household's KK, a resident's NIK, when given and
// not all zeros.
std::optional<std::string> natural_key(const AddRecord& add);

}  // namespace rukun
