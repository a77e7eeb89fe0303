// Every screen, at every size, in every language: nothing cut, nothing overlapping, every word
// translated.
#include "tests/support/catch.h"
#include "tests/ui/harness.h"
#include "tests/ui/scenes.h"

namespace rukun::test {
namespace {

using namespace rukun::ui;

void check_all(const Stage& stage, const std::string& suffix) {
  const DemoViews views = demo_views(stage.language);
  Harness harness(stage, [](Ui&, Commands&) {});
  for (const Scene& scene : scenes()) {
    CAPTURE(scene.name, stage.width, stage.scale, stage.language);
    harness.show([&](Ui& ui, Commands& out) { scene.draw(ui, views, out); });
    CHECK(harness.seen().size() > 3);
    const auto flaws = harness.flaws();
    std::string all;
    for (const auto& flaw : flaws) all += flaw + "\n";
    CHECK(all == "");
    harness.picture(std::string(scene.name) + suffix);
  }
}

// What the declared pairs of colors promise, seen in the pixels of every screen, or of each
// `step`th.
void check_contrast(bool dark, std::size_t step) {
  const DemoViews views = demo_views("id");
  Harness harness({1024, 600, 2, "id", dark}, [](Ui&, Commands&) {});
  const Scenes all_scenes = scenes();
  for (std::size_t i = 0; i < all_scenes.size(); i += step) {
    const Scene& scene = all_scenes[i];
    CAPTURE(scene.name, dark);
    harness.show([&](Ui& ui, Commands& out) { scene.draw(ui, views, out); });
    std::string all;
    for (const auto& words : harness.faint_words(6.9)) all += words + "\n";
    CHECK(all == "");
    harness.picture(std::string(scene.name) + (dark ? "_dark" : "_light"));
  }
}

}  // namespace

TEST_CASE("words stand out 7 to 1 on every screen, light and dark", "[ui][theme]") {
  check_contrast(true, 3);
  check_contrast(false, 9);  // the same pairs; one that is not declared shows in the dark
}
TEST_CASE("every screen is whole at every size, in both languages and in a longer one",
          "[ui][layout]") {
  for (const std::string language : {"id", "en", "xx"})
    for (const float scale : {1.0F, 2.0F}) {
      const std::string suffix = (scale > 1 ? "_200_" : "_") + language;
      check_all({1280, 800, scale, language}, "_1280" + suffix);
      check_all({1024, 600, scale, language}, "_1024" + suffix);
    }
}

}  // namespace rukun::test
