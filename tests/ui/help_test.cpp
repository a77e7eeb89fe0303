// F1: a page for every screen in both languages, that names buttons as they are named, and fits.
#include "app/ui/help.h"

#include "app/ui/demo_views.h"
#include "app/ui/screens/screens.h"
#include "tests/support/catch.h"
#include "tests/ui/harness.h"

namespace rukun::test {

using namespace rukun::ui;

namespace {

constexpr Screen kAll[] = {
    Screen::home,       Screen::needs,     Screen::need_entry,   Screen::offers,
    Screen::volunteers, Screen::schedule,  Screen::exchange,     Screen::decide,
    Screen::settings,   Screen::members,   Screen::households,   Screen::access,
    Screen::lost,       Screen::community, Screen::distribution, Screen::offer_entry};

// What stands between “ and ”.
std::vector<std::string> quoted(const HelpPage& page) {
  std::vector<std::string> out;
  for (const HelpLine& line : page.lines) {
    for (auto at = line.words.find("“"); at != std::string::npos;
         at = line.words.find("“", at + 1)) {
      const auto from = at + std::string_view("“").size();
      out.push_back(line.words.substr(from, line.words.find("”", from) - from));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a page of help has a title, headings, points and paragraphs", "[ui][help]") {
  const auto page = parse_help("a", "# Cetak\n\nDua baris,\nsatu *Cetak*.\n\n## Lalu\n- satu\n");
  REQUIRE(page.has_value());
  CHECK(page->title == "Cetak");
  REQUIRE(page->lines.size() == 3);
  CHECK(page->lines[0].words == "Dua baris, satu “Cetak”.");
  CHECK(page->lines[1].kind == HelpLine::Kind::heading);
  CHECK(page->lines[2].kind == HelpLine::Kind::point);
  CHECK(page->lines[2].words == "satu");
  for (const char* bad :
       {"", "no title\n", "# A\n", "# A\n\nnever *closed\n", "# A\n\n# B\n\nx\n", "# A\n\n- \n"}) {
    CAPTURE(bad);
    const auto refused = parse_help("a", bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::damaged);
    CHECK(refused.error().message.find("a.md") == 0);
  }
}

TEST_CASE("every screen has help in both languages, which names what stands on the screens",
          "[ui][help]") {
  const HelpBook book = help_book();
  for (const std::string language : {"id", "en"}) {
    const Translator words = words_of(language);
    for (const Screen screen : kAll) CHECK(book.find(language, help_topic(screen)) != nullptr);
    for (const HelpPage& page : book.pages(language)) {
      for (const std::string& name : quoted(page)) {
        CAPTURE(language, page.topic, name);
        CHECK(std::any_of(words.words().begin(), words.words().end(),
                          [&](const auto& one) { return one.second == name; }));
      }
    }
  }
}

TEST_CASE("every page of help is whole where there is least room", "[ui][help][layout]") {
  const HelpBook book = help_book();
  for (const std::string language : {"id", "en"}) {
    Harness harness({1024, 600, 2, language}, [](Ui&, Commands&) {});
    std::vector<std::string> topics{""};
    for (const HelpPage& page : book.pages(language)) topics.push_back(page.topic);
    for (const std::string& topic : topics) {
      CAPTURE(language, topic);
      ShellState state{.help_open = true, .help_topics = topic.empty(), .help_topic = topic};
      harness.show([&](Ui& ui, Commands& out) {
        draw_shell(
            ui, {}, state, Screen::home, [] {}, out);
      });
      std::string all;
      for (const auto& flaw : harness.flaws()) all += flaw + "\n";
      CHECK(all == "");
      harness.picture("help_" + topic + "_" + language);
    }
  }
}

TEST_CASE("help and the lock are in sight on a small laptop", "[ui][layout]") {
  const DemoViews views = demo_views("id");
  ShellView shell = views.shell;
  shell.has_recap = true;
  ShellState state;
  Harness harness({1024, 600, 1, "id"}, [&](Ui& ui, Commands& out) {
    draw_shell(
        ui, shell, state, Screen::home, [&] { draw_home(ui, views.home, out); }, out);
  });
  for (const char* id : {"nav.help", "nav.lock", "nav.0"}) {
    CAPTURE(id);
    const Seen* seen = harness.find_id(id);
    REQUIRE(seen != nullptr);
    CHECK(seen->clip.contains(seen->rect));
    CHECK(seen->rect.y1 <= 600);
  }
  harness.press_id("nav.lock");
  CHECK(harness.commands_of<LockNow>().size() == 1);
  harness.press_id("nav.help");
  CHECK(state.help_open);
}

}  // namespace rukun::test
