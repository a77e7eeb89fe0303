#include "app/domain/items.h"

#include <set>

#include "app/domain/units.h"
#include "tests/app/assets.h"

using namespace rukun;

namespace {

const std::string kHeading = "id\tindonesian\tenglish\tsynonyms\tcategory\tunit\ticon\n";

std::string refusal(const std::string& lines) {
  const auto items = ItemCatalogue::read(kHeading + lines);
  return items ? "read" : items.error().message;
}

}  // namespace

TEST_CASE("typing bras or Beras finds beras", "[items]") {
  const auto items = test::shipped_items();
  for (const auto* spelling : {"bras", "Beras", "BERAS ", "b\u00E9ras", "rice", "Beras putih"}) {
    CAPTURE(spelling);
    REQUIRE(items.find(spelling) != nullptr);
    CHECK(items.find(spelling)->id == "rice");
  }
  CHECK(items.find("mie instan")->id == "noodles");
  CHECK(items.find("Pampers")->id == "diapers");
  CHECK(items.find("minyak") == nullptr);
  CHECK(items.find("batu akik") == nullptr);
  CHECK(items.find("") == nullptr);
}

TEST_CASE("somebody who is still typing is shown what they may mean", "[items]") {
  const auto items = test::shipped_items();
  const auto first = [&](std::string_view text) {
    const auto found = items.suggest(text, 5);
    return found.empty() ? std::string() : found.front()->id;
  };
  CHECK(first("ber") == "rice");
  CHECK(first("popo") == "diapers");
  CHECK(first("goreng") == "cooking_oil");
  CHECK(first("selimit") == "blanket");
  CHECK(first("seilmut") == "blanket");
  CHECK(first("zzz").empty());
  CHECK(first("").empty());
  CHECK(items.suggest("a", 3).size() == 3);
}

TEST_CASE("the shipped catalogue holds what neighbors ask for", "[items]") {
  const auto items = test::shipped_items();
  CHECK(items.items().size() >= 100);
  std::set<std::int64_t> categories;
  for (const auto& item : items.items()) {
    CAPTURE(item.id);
    categories.insert(item.category);
    CHECK_FALSE(item.icon.empty());
    CHECK(parse_unit(item.unit) == item.unit);
    CHECK(items.find(item.name_id)->id == item.id);
    CHECK(items.find(item.name_en)->id == item.id);
  }
  CHECK(categories.size() >= 18);
  for (const auto* wanted : {"beras", "minyak goreng", "mi instan", "telur", "air minum", "popok",
                             "susu formula", "pembalut", "selimut", "terpal", "obat demam"})
    CHECK(items.find(wanted) != nullptr);
}

TEST_CASE("free text is kept apart from every id", "[items]") {
  const auto items = test::shipped_items();
  CHECK(item_value(" Gas ijo ", &items) == "~Gas ijo");
  CHECK(item_value("Beras", &items) == "rice");
  CHECK(item_value("Beras", nullptr) == "~Beras");
  CHECK(is_free_item("~Beras"));
  CHECK_FALSE(is_free_item("rice"));
  CHECK(item_word("~Beras", &items, Language::id) == "Beras");
  CHECK(item_word("rice", &items, Language::en) == "Rice");
  CHECK(item_word("rice", nullptr, Language::id) == "rice");
}

TEST_CASE("a catalogue that is wrong is refused with its line", "[items]") {
  CHECK(refusal("rice\tBeras\tRice\tbras\tfood\tkg\trice\n") == "read");
  CHECK(refusal("# note\n\nrice\tBeras\tRice\t\tfood\tkg\trice\r\n") == "read");
  CHECK(refusal("rice\tBeras\n").find("line 2") != std::string::npos);
  CHECK(refusal("rice\tBeras\tRice\t\tmakan\tkg\trice\n").find("category") != std::string::npos);
  CHECK(refusal("rice\tBeras\tRice\t\tfood\tember\trice\n").find("unit") != std::string::npos);
  CHECK(refusal("Rice\tBeras\tRice\t\tfood\tkg\trice\n").find("id") != std::string::npos);
  CHECK(refusal("rice\t\tRice\t\tfood\tkg\trice\n").find("name") != std::string::npos);
  const std::string rice = "rice\tBeras\tRice\t\tfood\tkg\trice\n";
  CHECK(refusal(rice + rice).find("line 3") != std::string::npos);
  CHECK(refusal(rice + "bran\tBERAS\tBran\t\tfood\tkg\trice\n").find("already means rice") !=
        std::string::npos);
  CHECK_FALSE(ItemCatalogue::read(std::string(ItemCatalogue::kMaxBytes + 1, '#')).has_value());
}
