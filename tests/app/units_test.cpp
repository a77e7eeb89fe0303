#include "app/domain/units.h"

#include "tests/support/catch.h"

using namespace rukun;

TEST_CASE("units are read as neighbors write them", "[units]") {
  const auto id = [](std::string_view text) {
    const auto unit = parse_unit(text);
    return unit ? *unit : "refused";
  };
  CHECK(id("kg") == "kg");
  CHECK(id("KG") == "kg");
  CHECK(id(" Kilo ") == "kg");
  CHECK(id("gram") == "g");
  CHECK(id("ltr") == "liter");
  CHECK(id("bks") == "pack");
  CHECK(id("butir") == "piece");
  CHECK(id("dus") == "box");
  CHECK(id("dus isi 40") == "box:40");
  CHECK(id("Dus (40)") == "box:40");
  CHECK(id("dus40") == "box:40");
  CHECK(id("karton isi 24 botol") == "box:24");
  CHECK(id("box:40") == "box:40");
  CHECK(id("box:040") == "box:40");
  CHECK(id("karung") == "sack");
  CHECK(id("karung 50 kg") == "sack:50");
  CHECK(id("sak @25kg") == "sack:25");
  CHECK(id("galon") == "gallon");
  CHECK(id("lembar") == "sheet");
  CHECK(id("paket") == "parcel");
  CHECK(id("orang") == "person");
  CHECK(id("jam") == "hour");
  CHECK(id("Rp") == "rupiah");
  for (const auto* bad :
       {"", "genggam", "kg 5", "box:0", "box:9999999", "karung 50 liter", "40", "dus 40 kg"}) {
    CAPTURE(bad);
    CHECK(id(bad) == "refused");
  }
}

TEST_CASE("every unit is shown in words that are read back", "[units]") {
  for (const auto& unit : all_units()) {
    for (const auto language : {Language::id, Language::en}) {
      CAPTURE(unit.id);
      CHECK(parse_unit(unit_word(unit.id, language)) == std::string(unit.id));
      CHECK(parse_unit(unit_word(unit.id, language, 2000)) == std::string(unit.id));
      if (!unit.sized) continue;
      const auto sized = std::string(unit.id) + ":30";
      CHECK(parse_unit(unit_word(sized, language)) == sized);
    }
  }
  CHECK(unit_word("sack:50", Language::id) == "karung (50 kg)");
  CHECK(unit_word("box:40", Language::en) == "box (of 40)");
  CHECK(unit_word("cubit", Language::id) == "cubit");
  CHECK(unit_word("sheet", Language::en, 1000) == "sheet");
  CHECK(unit_word("sheet", Language::en, 4000) == "sheets");
  CHECK(unit_word("box:40", Language::en, 2000) == "boxes (of 40)");
  CHECK(unit_word("sheet", Language::id, 4000) == "lembar");
}

TEST_CASE("conversion within a dimension is exact", "[units]") {
  CHECK(convert(2500, "kg", "g") == 2'500'000);
  CHECK(convert(2'500'000, "g", "kg") == 2500);
  CHECK(convert(1500, "liter", "ml") == 1'500'000);
  CHECK(convert(2000, "sack:50", "kg") == 100'000);
  CHECK(convert(100'000, "kg", "sack:50") == 2000);
  CHECK(convert(1000, "sack:50", "sack:25") == 2000);
  CHECK(convert(2000, "box:40", "piece") == 80'000);
  CHECK(convert(2000, "box:40", "pack") == 80'000);
  CHECK(convert(60'000, "pack", "box:40") == 1500);
  CHECK(convert(1000, "box:40", "box:20") == 2000);
  CHECK(convert(7, "moon", "moon") == 7);
}

TEST_CASE("conversion that is not exact is refused with a sentence", "[units]") {
  for (const auto& [amount, from, to] :
       {std::tuple{1000, "kg", "liter"}, std::tuple{1, "g", "kg"},
        std::tuple{1000, "piece", "pack"}, std::tuple{1000, "box", "piece"},
        std::tuple{1000, "sack", "kg"}, std::tuple{1000, "piece", "box:3"},
        std::tuple{1000, "gallon", "liter"}, std::tuple{1000, "person", "piece"},
        std::tuple{1000, "moon", "kg"}, std::tuple{1000, "box:40", "kg"}}) {
    CAPTURE(amount, from, to);
    const auto result = convert(amount, from, to);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == Code::bad_value);
    CHECK_FALSE(result.error().hint.empty());
  }
  CHECK_FALSE(convert(INT64_MAX, "kg", "g").has_value());
  CHECK_FALSE(convert(INT64_MIN, "kg", "g").has_value());
  CHECK(convert(1, "liter", "kg").error().message == "liter tidak dapat diubah tepat menjadi kg");
}

TEST_CASE("sums are kept in one unit of a dimension", "[units]") {
  CHECK(base_unit("kg") == "g");
  CHECK(base_unit("sack:50") == "g");
  CHECK(base_unit("sack") == "sack");
  CHECK(base_unit("liter") == "ml");
  CHECK(base_unit("box:40") == "box:40");
  CHECK(base_unit("moon") == "moon");
  CHECK(dimension_of("sack:50") == Dimension::mass);
  CHECK(dimension_of("sack") == Dimension::count);
  CHECK(dimension_of("rupiah") == Dimension::money);
  CHECK_FALSE(dimension_of("moon").has_value());
}

TEST_CASE("every category has a word, a sector and an icon", "[units]") {
  CHECK(all_categories().size() == 20);
  for (const auto& category : all_categories()) {
    CHECK_FALSE(category.label_id.empty());
    CHECK_FALSE(category.hxl_sector.empty());
    CHECK_FALSE(category.icon.empty());
    CHECK(find_category(category_code(category.name)) == &category);
  }
  CHECK(find_category(1)->name == "food");
  CHECK(find_category(20)->name == "other");
  CHECK(find_category(0) == nullptr);
  CHECK(find_category(21) == nullptr);
  CHECK(category_code("money laundering") == 0);
}
