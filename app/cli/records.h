#pragma once
// What the commands about records share: reading field=value, doing an action, and printing a
// record as programs and as people read it. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/session.h"
#include "app/domain/commands.h"
#include "app/domain/rules/derived.h"

namespace rukun::cli {

// "quantity=5", "note=" (cleared), "skills+=driving", "skills-=driving". `now` holds what a set
// has, so that "skills=" empties it; nullptr for a new record.
Result<std::vector<FieldChange>> read_assignments(const KindSpec& kind,
                                                  const std::vector<std::string>& texts,
                                                  const ParseContext& reading, const Row* now,
                                                  const TableSpec* table);
// One value of a named field, for options that stand for fields.
Result<FieldChange> read_field(const KindSpec& kind, FieldId field, std::string_view text,
                               const ParseContext& reading);

// The same for an option that may be left out.
Status take_option(std::vector<FieldChange>& fields, KindId kind, FieldId field,
                   const Arguments& given, std::string_view option, const ParseContext& reading);
// A record that must be of this kind; bad_value says what it is.
Result<FoundRecord> record_of(Session& session, std::string_view text, KindId kind);
tl::unexpected<Error> unexpected_kind(const FoundRecord& found, std::string_view expected,
                                      Language language);

// Does it, durably; warnings go to stderr.
Result<Outcome> act(Session& session, Output& out, const SpaceInfo& space, const Action& action);
// Does it and prints the id of its first record.
Status act_and_say(Session& session, Output& out, const SpaceInfo& space, const Action& action,
                   std::string_view id_text, std::string_view en_text);

// A record as {"id","kind","space",fields…,derived…}, left open for more keys.
struct RecordForm {
  const KindSpec* kind = nullptr;
  const TableSpec* table = nullptr;
  const Derived* derived = nullptr;
};
void print_erased_record(Json& json, const KindSpec& kind, const RecordId& id);
void begin_record(Json& json, const SpaceId& space, const Row& row, const RecordForm& form);
void print_value(Json& json, const FieldSpec& field, const Value& value);

// The shown value of a declared field, sets joined by "; ", as people read it; empty when not set.
std::string shown_field(const Row& row, const TableSpec& table, const FieldSpec& field,
                        const FormatContext& context);
// The same as programs read it.
std::string machine_field(const Row& row, const TableSpec& table, const FieldSpec& field);

// RFC 3339 in UTC under `name`, with "doubtful":true beside it where so.
void print_stamp(Json& json, std::string_view name, Stamp stamp);
std::string stamp_text(Stamp stamp, Language language);

}  // namespace rukun::cli
