#include "app/ui/presenter/choices.h"

#include <algorithm>
#include <array>

#include "app/ui/theme.h"
#include "app/ui/typed.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostChoicesBytes = 4096;
constexpr std::int64_t kMostPixels = 32'767;

// Beside the profiles, so that the lock screen is already in the right language and size. Nothing
// in it is private.
Path choices_file(const Path& home) { return home / "window.txt"; }

// "40 60 1280 800 0": x, y, width, height, whether maximised. Nothing of it counts when it is
// otherwise.
WindowPlace place_in(std::string_view text) {
  std::array<std::int64_t, 5> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto space = text.find(' ');
    const bool last = i + 1 == numbers.size();
    const auto number = whole_number(text.substr(0, space));
    if (!number || (space == std::string_view::npos) != last || *number < -kMostPixels ||
        *number > kMostPixels)
      return {};
    numbers[i] = *number;
    if (!last) text.remove_prefix(space + 1);
  }
  const auto pixels = [&](std::size_t at) { return static_cast<int>(numbers[at]); };
  return {pixels(0), pixels(1), pixels(2), pixels(3), numbers[4] == 1};
}

void save_choices(Desk& desk) {
  desk.now.settings.language = desk.setup().language;
  std::string text = "language=" + desk.setup().language +
                     "\npercent=" + std::to_string(desk.now.settings.percent) +
                     "\ntheme=" + (desk.now.settings.dark ? "dark" : "light") + "\n";
  const WindowPlace& window = desk.now.settings.window;
  if (window.width > 0) {
    text += "window=";
    for (const int number : {window.x, window.y, window.width, window.height})
      text += std::to_string(number) + " ";
    text += window.maximised ? "1\n" : "0\n";
  }
  auto made = desk.setup().files.make_dirs(desk.setup().home);
  if (made) made = desk.setup().files.write_durable(choices_file(desk.setup().home), view(text));
  if (!made) desk.refuse(made.error());
}

}  // namespace

void load_choices(Desk& desk) {
  auto language = desk.setup().language;
  desk.now.settings.percent = 100;
  desk.now.settings.dark = desk.setup().dark.value_or(false);
  if (auto bytes =
          desk.setup().files.read_file(choices_file(desk.setup().home), kMostChoicesBytes)) {
    std::string_view text = text_of(*bytes);
    // A last line without its end is not whole, and may say another number than it was to.
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end + 1);
      if (line.rfind("language=", 0) == 0 && !desk.setup().language_is_fixed)
        language = line.substr(9);
      if (line.rfind("theme=", 0) == 0 && !desk.setup().dark)
        desk.now.settings.dark = is_dark(line.substr(6)).value_or(false);
      if (line.rfind("window=", 0) == 0) desk.now.settings.window = place_in(line.substr(7));
      if (line.rfind("percent=", 0) == 0) {
        desk.now.settings.percent = static_cast<int>(
            std::clamp<std::int64_t>(whole_number(line.substr(8)).value_or(100), 100, 200));
      }
    }
  }
  desk.speak(language);
  desk.now.settings.language = desk.setup().language;
  desk.now.settings.version = desk.setup().version;
  desk.now.settings.home = desk.setup().home.string();
}

bool run_choices(Desk& desk, const Command& command) {
  if (const auto* language = std::get_if<ChooseLanguage>(&command)) {
    desk.speak(language->code);
    desk.forget();  // what was worked out is in the other language
  } else if (const auto* size = std::get_if<ChooseTextSize>(&command)) {
    desk.now.settings.percent = std::clamp(size->percent, 100, 200);
  } else if (const auto* theme = std::get_if<ChooseTheme>(&command)) {
    desk.now.settings.dark = theme->dark;
  } else if (const auto* kept = std::get_if<KeepPlace>(&command)) {
    desk.now.settings.window = kept->place;
  } else {
    return false;
  }
  save_choices(desk);
  return true;
}

}  // namespace rukun::ui
