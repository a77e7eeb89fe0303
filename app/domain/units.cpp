#include "app/domain/units.h"

#include <array>
#include <limits>

#include "app/domain/fold.h"
#include "app/domain/kinds_tables.h"

namespace rukun {
namespace {

constexpr std::int64_t kMaxSize = 100'000;

constexpr Unit kUnits[] = {
    {"kg", Dimension::mass, "kg", "kg", "|kilo|kilogram|kilos|kilogramme|kgs|"},
    {"g", Dimension::mass, "g", "g", "|gr|gram|grams|gramme|"},
    {"liter", Dimension::volume, "liter", "liter", "|l|lt|ltr|litre|liters|litres|"},
    {"ml", Dimension::volume, "ml", "ml", "|mililiter|milliliter|cc|"},
    {"piece", Dimension::count, "buah", "piece",
     "|pieces|bh|pcs|pc|biji|butir|ekor|batang|botol|kaleng|tabung|unit|potong|pasang|set|"},
    {"pack", Dimension::count, "bungkus", "pack", "|packs|bks|bgks|pak|sachet|saset|renteng|"},
    {"box", Dimension::count, "dus", "box", "|boxes|dos|doos|kardus|karton|kotak|carton|", true},
    {"sack", Dimension::count, "karung", "sack", "|sacks|sak|zak|bag|", true},
    {"gallon", Dimension::count, "galon", "gallon", "|gallons|gln|"},
    {"sheet", Dimension::count, "lembar", "sheet", "|sheets|lbr|helai|"},
    {"parcel", Dimension::count, "paket", "parcel", "|parcels|pkt|package|"},
    {"person", Dimension::people, "orang", "person", "|people|persons|org|jiwa|"},
    {"hour", Dimension::time, "jam", "hour", "|hours|"},
    {"rupiah", Dimension::money, "rupiah", "rupiah", "|rp|idr|"},
};

struct Sector {
  std::string_view category;
  std::string_view hxl;
  std::string_view icon;
};

constexpr Sector kSectors[] = {
    {"food", "Food Security", "food"},
    {"water", "WASH", "water"},
    {"medicine", "Health", "medicine"},
    {"health_care", "Health", "health"},
    {"hygiene", "WASH", "hygiene"},
    {"shelter", "Shelter and NFI", "shelter"},
    {"clothing", "Shelter and NFI", "clothing"},
    {"baby", "Nutrition", "baby"},
    {"elderly_care", "Protection", "elderly"},
    {"disability_aid", "Protection", "disability"},
    {"education", "Education", "education"},
    {"transport", "Logistics", "transport"},
    {"power", "Shelter and NFI", "power"},
    {"tools", "Early Recovery", "tools"},
    {"cleaning", "WASH", "cleaning"},
    {"funeral", "Protection", "funeral"},
    {"money", "Early Recovery", "money"},
    {"labor", "Early Recovery", "labor"},
    {"information", "Coordination", "information"},
    {"other", "Other", "other"},
};

// The words of categories stand in kinds_tables.h; here they meet their sector.
constexpr auto kCategories = [] {
  std::array<Category, std::size(kSectors)> out{};
  static_assert(std::size(kSectors) == std::size(kCategoryValues));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& words = kCategoryValues[i];
    out[i] = {words.name, words.label_id, words.label_en, kSectors[i].hxl, kSectors[i].icon};
  }
  return out;
}();

constexpr bool sectors_in_order() {
  for (std::size_t i = 0; i < kCategories.size(); ++i)
    if (kCategories[i].name != kSectors[i].category) return false;
  return true;
}
static_assert(sectors_in_order());

struct Sized {
  const Unit* unit = nullptr;
  std::int64_t size = 0;  // 0: none given
};

std::optional<std::int64_t> size_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 6) return std::nullopt;
  std::int64_t size = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    size = size * 10 + (c - '0');
  }
  if (size < 1 || size > kMaxSize) return std::nullopt;
  return size;
}

// A stored id, taken apart; no unit when it is none that this version knows.
Sized known(std::string_view id) {
  const auto colon = id.find(':');
  for (const auto& unit : kUnits) {
    if (unit.id != id.substr(0, colon)) continue;
    if (colon == std::string_view::npos) return {&unit, 0};
    const auto size = size_of(id.substr(colon + 1));
    return unit.sized && size ? Sized{&unit, *size} : Sized{};
  }
  return {};
}

const Unit* by_word(std::string_view word) {
  const auto listed = "|" + std::string(word) + "|";
  for (const auto& unit : kUnits)
    if (unit.id == word || unit.word_id == word || unit.synonyms.find(listed) != unit.synonyms.npos)
      return &unit;
  return nullptr;
}

// "dus isi 40", "karung (50 kg)", "sak@25": the word before, the number, and "kg", "isi", "of"
// between and behind.
Sized read_sized(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    const bool separator = std::string_view(" ():@,./").find(c) != std::string_view::npos;
    const bool turn = !words.back().empty() && is_digit(words.back().back()) != is_digit(c);
    if ((separator || turn) && !words.back().empty()) words.emplace_back();
    if (!separator) words.back() += c;
  }
  Sized out;
  for (const auto& word : words) {
    if (word.empty() || word == "isi" || word == "of" || word == "ukuran") continue;
    if (out.unit == nullptr) {
      out.unit = by_word(word);
      if (out.unit == nullptr) return {};
    } else if (is_digit(word[0])) {
      const auto size = size_of(word);
      if (!out.unit->sized || out.size != 0 || !size) return {};
      out.size = *size;
    } else {
      const auto* inner = by_word(word);
      const bool kg_of_sack = out.unit->id == "sack" && inner != nullptr && inner->id == "kg";
      const bool pieces_of_box = out.unit->id == "box" && inner != nullptr &&
                                 (inner->id == "piece" || inner->id == "pack");
      if (out.size == 0 || (!kg_of_sack && !pieces_of_box)) return {};
    }
  }
  return out;
}

// One `unit` is this many of the base: g, ml, or itself. 0 when it is a base of its own.
struct Scale {
  Dimension dimension;
  std::int64_t base = 0;
};

Scale scale_of(const Sized& sized) {
  const auto id = sized.unit->id;
  if (id == "kg") return {Dimension::mass, 1000};
  if (id == "g") return {Dimension::mass, 1};
  if (id == "sack" && sized.size > 0) return {Dimension::mass, sized.size * 1000};
  if (id == "liter") return {Dimension::volume, 1000};
  if (id == "ml") return {Dimension::volume, 1};
  return {sized.unit->dimension, 0};
}

// How many pieces or packs one of `unit` holds; a piece and a pack do not convert into each other.
std::int64_t counted(const Sized& sized) {
  if (sized.unit->id == "box") return sized.size;
  return sized.unit->id == "piece" || sized.unit->id == "pack" ? 1 : 0;
}

bool exact_ratio(const Sized& from, const Sized& to, std::int64_t& up, std::int64_t& down) {
  const auto a = scale_of(from);
  const auto b = scale_of(to);
  if (a.dimension != b.dimension) return false;
  up = a.base;
  down = b.base;
  if (up == 0 && down == 0 && from.unit != to.unit) {
    up = counted(from);
    down = counted(to);
    if (from.unit->id != "box" && to.unit->id != "box") up = 0;
  } else if (from.unit == to.unit && from.unit->id == "box") {
    up = from.size;
    down = to.size;
  }
  return up > 0 && down > 0;
}

tl::unexpected<Error> no_way(std::string_view from, std::string_view to, Language language) {
  return error(Code::bad_value,
               unit_word(from, language) +
                   std::string(pick(language, " tidak dapat diubah tepat menjadi ",
                                    " cannot be converted exactly into ")) +
                   unit_word(to, language),
               std::string(pick(language, "Pakai satuan yang sama", "Use the same unit")));
}

std::string english_many(const Unit& unit) {
  if (unit.dimension == Dimension::mass || unit.id == "ml" || unit.id == "rupiah")
    return std::string(unit.word_en);
  if (unit.id == "person") return "people";
  return std::string(unit.word_en) + (unit.id == "box" ? "es" : "s");
}

}  // namespace

std::span<const Unit> all_units() { return kUnits; }

Result<std::string> parse_unit(std::string_view text, Language language) {
  const auto word = folded(text);
  if (word.size() > 64)
    return error(Code::bad_value,
                 std::string(pick(language, "Satuan terlalu panjang", "The unit is too long")));
  auto sized = known(word);
  if (sized.unit == nullptr) sized = read_sized(word);
  if (sized.unit == nullptr)
    return error(Code::bad_value, "\"" + std::string(trimmed(text)) + "\" " +
                                      std::string(pick(language, "bukan satuan yang dikenal",
                                                       "is not a known unit")));
  std::string id(sized.unit->id);
  if (sized.size > 0) id += ":" + std::to_string(sized.size);
  return id;
}

std::string unit_word(std::string_view unit, Language language) {
  return unit_word(unit, language, 1000);
}

std::string unit_word(std::string_view unit, Language language, std::int64_t thousandths) {
  const auto sized = known(unit);
  if (sized.unit == nullptr) return std::string(unit);
  std::string out(pick(language, sized.unit->word_id, sized.unit->word_en));
  if (language == Language::en && thousandths != 1000) out = english_many(*sized.unit);
  if (sized.size == 0) return out;
  const auto size = std::to_string(sized.size);
  if (sized.unit->id == "sack") return out + " (" + size + " kg)";
  return out + std::string(pick(language, " (isi ", " (of ")) + size + ")";
}

std::optional<Dimension> dimension_of(std::string_view unit) {
  const auto sized = known(unit);
  if (sized.unit == nullptr) return std::nullopt;
  return scale_of(sized).dimension;
}

Result<std::int64_t> convert(std::int64_t thousandths, std::string_view from, std::string_view to,
                             Language language) {
  if (from == to) return thousandths;
  const auto a = known(from);
  const auto b = known(to);
  std::int64_t up = 0;
  std::int64_t down = 0;
  if (a.unit == nullptr || b.unit == nullptr || !exact_ratio(a, b, up, down))
    return no_way(from, to, language);
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  if (thousandths > kMost / up || thousandths < -(kMost / up)) return no_way(from, to, language);
  if (thousandths * up % down != 0) return no_way(from, to, language);
  return thousandths * up / down;
}

std::string base_unit(std::string_view unit) {
  const auto sized = known(unit);
  if (sized.unit == nullptr) return std::string(unit);
  const auto scale = scale_of(sized);
  if (scale.base == 0) return std::string(unit);
  return scale.dimension == Dimension::mass ? "g" : "ml";
}

std::span<const Category> all_categories() { return kCategories; }

const Category* find_category(std::int64_t code) {
  if (code < 1 || code > static_cast<std::int64_t>(kCategories.size())) return nullptr;
  return &kCategories[static_cast<std::size_t>(code - 1)];
}

std::int64_t category_code(std::string_view name) {
  for (std::size_t i = 0; i < kCategories.size(); ++i)
    if (kCategories[i].name == name) return static_cast<std::int64_t>(i) + 1;
  return 0;
}

}  // namespace rukun
