// Translations and colors: complete in every language, readable for everybody.
#include <regex>
#include <set>

#include "app/ui/i18n.h"
#include "app/ui/icons.h"
#include "app/ui/theme.h"
#include "tests/support/catch.h"
#include "tests/ui/harness.h"

namespace rukun::test {
namespace {

using ui::Translator;

std::multiset<std::string> placeholders(const std::string& text) {
  static const std::regex pattern("%\\{[a-z]+\\}");
  std::multiset<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
    out.insert(it->str());
  return out;
}

}  // namespace

TEST_CASE("a translation file is read with its placeholders and escapes", "[ui][i18n]") {
  const auto words =
      Translator::from_po("id",
                          "# catatan\nmsgid \"\"\nmsgstr \"\"\n\"Language: id\\n\"\n\n"
                          "msgid \"a.b\"\nmsgstr \"Sampai ke \"\n\"%{member}\"\n\nmsgid "
                          "\"q\"\nmsgstr \"\\\"ya\\\"\\n\"\n");
  REQUIRE(words);
  CHECK(words->tr("a.b", {{"member", "Bu Sari"}}) == "Sampai ke Bu Sari");
  CHECK(words->tr("q") == "\"ya\"\n");
  CHECK(words->words().size() == 2);
}

TEST_CASE("a missing key shows itself and is reported", "[ui][i18n]") {
  const auto words = Translator::from_po("id", "");
  REQUIRE(words);
  CHECK(words->tr("home.title") == "home.title");
  CHECK(words->missing().count("home.title") == 1);
}

TEST_CASE("a damaged translation file is refused with its line", "[ui][i18n]") {
  for (const char* bad :
       {"msgid home", "msgid \"a\"\nmsgstr \"b", "nonsense", "msgid \"a\"\nmsgstr \"\\x\"",
        "\"text first\"", "msgid \"a\"\nmsgstr \"1\"\nmsgid \"a\"\nmsgstr \"2\"\n"}) {
    CAPTURE(bad);
    const auto words = Translator::from_po("id", bad);
    REQUIRE(!words);
    CHECK(words.error().code == Code::damaged);
    CHECK_THAT(words.error().message, Catch::Contains("line "));
  }
  CHECK(!Translator::from_po("id", std::string(2 << 20, '#')));
}

TEST_CASE("a number chooses the form of its sentence by the language's own rule", "[ui][i18n]") {
  const std::string header = "msgid \"\"\nmsgstr \"Plural-Forms: ";
  const std::string entry = "\\n\"\nmsgid \"k\"\nmsgid_plural \"k\"\n";
  const auto english = Translator::from_po(
      "en", header + "nplurals=2; plural=(n != 1);" + entry +
                "msgstr[0] \"%{n} record\"\nmsgstr[1] \"%{n} \"\n\"records\"\n");
  REQUIRE(english);
  CHECK(english->tr("k", {{"n", "1"}}) == "1 record");
  CHECK(english->tr("k", {{"n", "0"}}) == "0 records");
  CHECK(english->tr("k", {{"n", "1,001"}}) == "1,001 records");
  // Slavic, as in the gettext manual.
  const auto russian = Translator::from_po(
      "ru", header +
                "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
                "n%100>=20) ? 1 : 2;" +
                entry + "msgstr[0] \"zapis\"\nmsgstr[1] \"zapisi\"\nmsgstr[2] \"zapisej\"\n");
  REQUIRE(russian);
  const std::pair<const char*, const char*> cases[] = {
      {"1", "zapis"},   {"21", "zapis"},  {"2", "zapisi"},   {"24", "zapisi"},
      {"5", "zapisej"}, {"0", "zapisej"}, {"11", "zapisej"}, {"112", "zapisej"}};
  for (const auto& [number, form] : cases) {
    CAPTURE(number);
    CHECK(russian->tr("k", {{"n", number}}) == form);
  }
  const std::string forms = entry + "msgstr[0] \"a\"\nmsgstr[1] \"b\"\n";
  for (const std::string rule :
       {"nplurals=2; plural=n", "nplurals=2; plural=1/n", "nplurals=2; plural=(n != 1",
        "nplurals=2; plural=n != ", "nplurals=9; plural=0", "plural=0",
        "nplurals=2; plural=system()", "nplurals=1; plural=0"}) {
    CAPTURE(rule);
    const auto bad = Translator::from_po("en", header + rule + forms);
    REQUIRE(!bad);
    CHECK_THAT(bad.error().message, Catch::Contains("line ") && Catch::Contains("Plural-Forms"));
  }
  const std::string deep =
      "nplurals=2; plural=" + std::string(200, '(') + "n!=1" + std::string(200, ')');
  CHECK(!Translator::from_po("en", header + deep + forms));
}

TEST_CASE("both languages have the same keys and the same placeholders", "[ui][i18n]") {
  const Translator indonesian = words_of("id");
  const Translator english = words_of("en");
  for (const auto& [key, text] : indonesian.words()) {
    CAPTURE(key);
    REQUIRE(english.has(key));
    CHECK(!text.empty());
    CHECK(!english.tr(key).empty());
    CHECK(placeholders(text) == placeholders(english.tr(key)));
  }
  for (const auto& [key, texts] : english.forms()) {
    CAPTURE(key);
    CHECK(placeholders(texts.front()).count("%{n}") == 1);
    for (const auto& text : texts) CHECK(placeholders(text) == placeholders(texts.front()));
  }
  CHECK(indonesian.words().size() == english.words().size());
}

TEST_CASE("the made-up language is longer and keeps its placeholders", "[ui][i18n]") {
  const Translator indonesian = words_of("id");
  const Translator pseudo = words_of("xx");
  std::size_t before = 0;
  std::size_t after = 0;
  const auto letters = [](const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  };
  for (const auto& [key, text] : indonesian.words()) {
    before += letters(text);
    after += letters(pseudo.tr(key));
    CHECK(placeholders(text) == placeholders(pseudo.tr(key)));
  }
  CHECK(after * 100 >= before * 115);
}

TEST_CASE("every declared pair of text and background has a contrast of 7 to 1, light and dark",
          "[ui][theme]") {
  CHECK(ui::contrast(0x000000, 0xFFFFFF) == Approx(21));
  CHECK(ui::contrast(0x777777, 0xFFFFFF) == Approx(4.48).margin(0.01));
  for (const auto& theme : {ui::light_theme(), ui::dark_theme()}) {
    for (const auto& pair : ui::text_pairs(theme)) {
      CAPTURE(pair.name, theme.page);
      CHECK(ui::contrast(pair.text, pair.background) >= 7.0);
    }
  }
}

TEST_CASE("outlines, bars and the keyboard's ring stand out 3 to 1", "[ui][theme]") {
  for (const auto& theme : {ui::light_theme(), ui::dark_theme()}) {
    for (const auto& pair : ui::shape_pairs(theme)) {
      CAPTURE(pair.name, theme.page);
      CHECK(ui::contrast(pair.text, pair.background) >= 3.0);
    }
  }
  CHECK(ui::contrast(ui::light_theme().page, 0xFFFFFF) < 1.2);
  CHECK(ui::contrast(ui::dark_theme().page, 0x000000) < 1.4);
}

TEST_CASE("every icon can be drawn and every category has one", "[ui][icons]") {
  for (int i = 1; i <= static_cast<int>(ui::Icon::other); ++i) {
    CAPTURE(i);
    CHECK(!ui::icon_program(static_cast<ui::Icon>(i)).empty());
  }
  for (const char* category :
       {"food", "water", "medicine", "health_care", "hygiene", "shelter", "clothing", "baby",
        "elderly_care", "disability_aid", "education", "transport", "power", "tools", "cleaning",
        "funeral", "money", "labor", "information"}) {
    CHECK(ui::category_icon(category) != ui::Icon::other);
  }
  CHECK(ui::category_icon("never heard of") == ui::Icon::other);
}

}  // namespace rukun::test
