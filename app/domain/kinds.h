#pragma once
// Every kind and field the neighborhood knows, declared once, as data. Merge code, SQL, the command
// line, forms, CSV, XLSX, HXL and the masking of public prints all read this table; adding a field
// is one row. Kind ids, field ids and enumeration codes (1-based, in order of declaration) are
// numbers on the wire and in every vault: append, never reorder, never reuse. The table is
// constant; lookups return pointers into it that stay valid for the life of the program, nullptr
// when there is no such thing. Any thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/domain/language.h"
#include "sync/ids.h"

namespace rukun {

enum class FieldType : std::uint8_t {
  text,
  integer,       // a count, 0 or more
  boolean,       // 0 or 1
  date,          // yyyymmdd; 00 where the month or day is not known
  instant,       // milliseconds since 1970, UTC
  quantity,      // thousandths
  money,         // whole rupiah
  enumeration,   // 1-based code into `values`
  reference,     // a record of kind `target`
  item,          // an id of the catalogue, or free text (items.h)
  unit,          // a unit id (units.h)
  category,      // 1-based code into `values` (units.h)
  weekday_part,  // 1-based code into `values`: mon_morning … sun_night
  rt,            // 1..999
  rw,            // 1..999
  phone,         // "+62…"
  location,      // "lat,lng"
  identifier,    // 16 digits, as text
};

// Who may see a field; each includes what the one before hides. open: may stand on the notice
// board. member: members only. personal: masked in public outputs, erasable, opening is logged.
// identifier: NIK and KK.
enum class PrivacyClass : std::uint8_t { open, member, personal, identifier };

struct EnumValue {
  std::string_view name;
  std::string_view label_id;
  std::string_view label_en;

  std::string_view label(Language language) const { return pick(language, label_id, label_en); }
};

struct FieldSpec {
  FieldId id = 0;
  std::string_view name;
  std::string_view label_id;
  std::string_view label_en;
  FieldType type = FieldType::text;
  bool set = false;  // an add-wins set whose elements are of `type`; else a register
  PrivacyClass privacy = PrivacyClass::open;
  std::string_view hxl = {};               // "#item+name", or empty
  KindId target = 0;                       // for references
  std::span<const EnumValue> values = {};  // for enumeration, category, weekday_part
  std::string_view default_text =
      {};  // what parse_value would read; "now" is the present; or empty
  bool required = false;
  bool positive = false;         // quantities: greater than zero
  bool natural_key = false;      // its keyed hash makes the record id
  bool made_by_program = false;  // never typed by people
  bool searched = false;         // goes into the full-text index as people read it
  bool indexed = false;          // lists are filtered or joined by it

  std::string_view label(Language language) const { return pick(language, label_id, label_en); }
  bool erasable() const { return privacy >= PrivacyClass::personal; }
};

struct KindSpec {
  KindId id = 0;
  std::string_view name;
  std::string_view label_id;
  std::string_view label_en;
  FieldId title = 0;  // the field people know a record by; 0 when it is known by what it points at
  std::span<const FieldSpec> fields;

  std::string_view label(Language language) const { return pick(language, label_id, label_en); }
  // By name, else by Indonesian or English label; case, spaces and punctuation do not matter.
  const FieldSpec* find_field(std::string_view text) const;
  const FieldSpec* find_field(FieldId field) const;
  bool may_hold_personal() const;  // some field of it is erasable
  const FieldSpec& field(
      FieldId field) const;  // for ids from fields.h; anything else is our own bug
};

std::span<const KindSpec> all_kinds();
const KindSpec* find_kind(std::string_view text);  // by name or label, like find_field
const KindSpec* find_kind(KindId kind);
const KindSpec& kind_of(KindId kind);  // for ids from fields.h; anything else is our own bug

// "enum:here,moved" style names, as the schema command and kinds.tsv print them: "set:ref:program".
std::string type_text(const FieldSpec& field);
std::string_view name_of(FieldType type);
std::string_view name_of(PrivacyClass privacy);  // "public", "member", "personal", "identifier"

}  // namespace rukun
