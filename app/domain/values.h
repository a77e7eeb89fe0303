#pragma once
// Between what people write, what machines write, and what a log carries. A value in a log is an
// integer, a text or a record id (sync/value.h); the field's type says what it stands for
// (FieldType in kinds.h lists the encodings). Reading is strict and says what was expected; showing
// is total: a value of a newer version, or one that another program wrote wrongly, is shown raw
// ("#7") and never lost. An empty text is a cleared field. Pure; any thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/domain/kinds.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "sync/value.h"

namespace rukun {

class ItemCatalogue;

ValueType carried_as(FieldType type);  // in a log

inline constexpr int kWibOffset_min = 7 * 60;  // WIB; WITA is 8 hours, WIT is 9
inline constexpr std::size_t kMaxTextBytes = 16 * 1024;

struct ParseContext {
  WallTime now;                          // what "now", "hari ini" and "kemarin" mean
  int utc_offset_min = kWibOffset_min;   // for times written without a zone
  Language language = Language::id;      // of error messages
  const ItemCatalogue* items = nullptr;  // without one, every item is free text
  bool plain_numbers = false;  // written by a machine: a single dot is always the decimal point
  // A text into the record it means; the field says the kind. Without one, only 32 hex digits are
  // read.
  std::function<Result<RecordId>(const FieldSpec&, std::string_view)> resolve = {};
};

struct FormatContext {
  FormatContext(Language in) : language(in) {}  // NOLINT: a language alone is the usual context
  Language language;
  int utc_offset_min = kWibOffset_min;
  const ItemCatalogue* items = nullptr;  // without one, item ids are shown
  std::function<std::string(const FieldSpec&, RecordId)> name_of_record =
      {};  // else the first 8 hex digits
};

// The value that `text` stands for in this field. For a set field: one element. Errors: bad_value,
// with the field, the value and what was expected; and whatever the resolver says.
//
// Numbers: "1.234.567,89", "2,5", "2.5". The last of two different separators is the decimal one;
// one that occurs more than once groups. A single comma is decimal. A single dot groups when
// exactly three digits follow and one to three, not starting with 0, stand before it ("1.234" is
// 1234, "0.500" and "12345.678" are decimal); see plain_numbers. Dates: 2025-11-17, 17/11/2025, 17
// November 2025; 2025-11, 11/2025, November 2025; 2025; hari ini, kemarin, besok. Instants: a date
// (midnight) or a date and "16.20", "16:20", "pukul 16.20", with Z, +07:00, WIB, WITA or WIT.
Result<Value> parse_value(const FieldSpec& field, std::string_view text,
                          const ParseContext& context);

// The default of the field, if it has one.
Value default_value(const FieldSpec& field, const ParseContext& context);

// As people read it: "1.234,5", "17 November 2025", "17 November 2025 pukul 16.20 WIB", "Rp25.000",
// "Segera (3 hari)". Identifiers come masked.
std::string format_value(const FieldSpec& field, const Value& value, const FormatContext& context);

// As programs read it: decimal strings, YYYY-MM-DD (YYYY-MM, YYYY), RFC 3339 UTC, names of
// enumerations, true and false, record ids in hex. Identifiers come whole. parse_value reads every
// one of them back to the same value; so that "1.125" cannot be taken for 1125, a quantity that
// would read as grouped thousands gets a fourth decimal: "1.1250".
std::string machine_value(const FieldSpec& field, const Value& value);

// True when `value` has the shape the field's type is carried in (an integer, a text or a
// reference).
bool fits(const FieldSpec& field, const Value& value);

// "••••••••••••1234": all but the last four, which say nothing about where one is from.
std::string masked(std::string_view identifier);

// Parts that other code needs on their own.
Result<std::int64_t> parse_thousandths(std::string_view text, bool plain_numbers = false);
std::string format_thousandths(std::int64_t thousandths,
                               Language language);                  // "1.234,5", "1,234.5"
std::string decimal_text(std::int64_t thousandths);                 // "1234.5"
std::string format_rupiah(std::int64_t rupiah);                     // "Rp25.000"
std::string format_date(std::int64_t yyyymmdd, Language language);  // "17 November 2025"
std::string format_instant(WallTime at, int utc_offset_min, Language language);
std::string format_rt_rw(std::int64_t rt, std::int64_t rw);  // "RT 003/RW 007"
std::string iso_date(std::int64_t yyyymmdd);                 // "2025-11-17", "2025-11", "2025"
std::int64_t date_number(CivilDate date);                    // 20251117
CivilDate civil_of(std::int64_t yyyymmdd);                   // the first day of a partial date
std::int64_t local_date(WallTime at, int utc_offset_min);    // the date on the wall there and then

}  // namespace rukun
