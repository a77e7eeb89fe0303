#pragma once
// Units and categories. A unit is stored as a short English id: kg, g, liter, ml, piece, pack, box,
// box:40 (a box of 40), sack, sack:50 (a sack of 50 kg), gallon, sheet, parcel, person, hour,
// rupiah. Sums stay within what converts exactly; everything else is refused with a sentence. A
// unit of a newer version is kept and shown as it is written. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/kinds.h"
#include "platform/base/result.h"

namespace rukun {

enum class Dimension : std::uint8_t { mass, volume, count, people, time, money };

struct Unit {
  std::string_view id;  // without ":n"
  Dimension dimension;  // of the unit without a size
  std::string_view word_id;
  std::string_view word_en;
  std::string_view synonyms;  // "|kilo|kilogram|", folded
  bool sized = false;         // may carry ":n"
};

std::span<const Unit> all_units();

// The stored id for what people write: "Kilo", "dus isi 40", "karung 50 kg", "box:40", "bks". Sizes
// are whole numbers from 1 to 100000. Errors: bad_value.
Result<std::string> parse_unit(std::string_view text, Language language = Language::id);

// "kg", "dus (isi 40)", "karung (50 kg)"; an unknown id comes back as it is.
std::string unit_word(std::string_view unit, Language language);
// After a number: "1 sheet", "4 sheets".
std::string unit_word(std::string_view unit, Language language, std::int64_t thousandths);

// Nothing when the unit is unknown. box:n counts; sack:n weighs.
std::optional<Dimension> dimension_of(std::string_view unit);

// `thousandths` of `from` in thousandths of `to`. Errors: bad_value when the units are of different
// dimensions, when nobody can say how many make one (a piece and a pack, a box of unknown size),
// when the result has more than three decimals or does not fit.
Result<std::int64_t> convert(std::int64_t thousandths, std::string_view from, std::string_view to,
                             Language language = Language::id);

// The unit that sums are kept in: g for kg and sack:n, ml for liter, the unit itself otherwise
// (box:40 and box:24 have separate sums, and so has an unknown unit).
std::string base_unit(std::string_view unit);

// Categories are enumeration codes, 1-based (kinds.h). "food" is code 1.
struct Category {
  std::string_view name;
  std::string_view label_id;
  std::string_view label_en;
  std::string_view hxl_sector;  // the sector's name in humanitarian reports
  std::string_view icon;

  std::string_view label(Language language) const { return pick(language, label_id, label_en); }
};
std::span<const Category> all_categories();
const Category* find_category(std::int64_t code);   // nullptr when unknown
std::int64_t category_code(std::string_view name);  // 0 when unknown; by name only

}  // namespace rukun
