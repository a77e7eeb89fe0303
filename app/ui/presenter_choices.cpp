// What people chose about the window: its language, the size of its words, light or dark, and where
// it stands.
#include <algorithm>
#include <array>

#include "app/ui/presenter.h"
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

}  // namespace

void Presenter::load_choices() {
  auto language = setup_.language;
  now_.settings.percent = 100;
  now_.settings.dark = setup_.dark.value_or(false);
  if (auto bytes = setup_.files.read_file(choices_file(setup_.home), kMostChoicesBytes)) {
    std::string_view text = text_of(*bytes);
    // A last line without its end is not whole, and may say another number than it was to.
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end + 1);
      if (line.rfind("language=", 0) == 0 && !setup_.language_is_fixed) language = line.substr(9);
      if (line.rfind("theme=", 0) == 0 && !setup_.dark)
        now_.settings.dark = is_dark(line.substr(6)).value_or(false);
      if (line.rfind("window=", 0) == 0) now_.settings.window = place_in(line.substr(7));
      if (line.rfind("percent=", 0) == 0) {
        now_.settings.percent = static_cast<int>(
            std::clamp<std::int64_t>(whole_number(line.substr(8)).value_or(100), 100, 200));
      }
    }
  }
  if (setup_.languages.count(language) != 0) setup_.language = language;
  context_.language = setup_.language == "en" ? Language::en : Language::id;
  now_.settings.language = setup_.language;
  now_.settings.version = setup_.version;
  now_.settings.home = setup_.home.string();
}

void Presenter::save_choices() {
  now_.settings.language = setup_.language;
  context_.language = setup_.language == "en" ? Language::en : Language::id;
  std::string text = "language=" + setup_.language +
                     "\npercent=" + std::to_string(now_.settings.percent) +
                     "\ntheme=" + (now_.settings.dark ? "dark" : "light") + "\n";
  const WindowPlace& window = now_.settings.window;
  if (window.width > 0) {
    text += "window=";
    for (const int number : {window.x, window.y, window.width, window.height})
      text += std::to_string(number) + " ";
    text += window.maximised ? "1\n" : "0\n";
  }
  auto made = setup_.files.make_dirs(setup_.home);
  if (made) made = setup_.files.write_durable(choices_file(setup_.home), view(text));
  if (!made) refuse(made.error());
}

bool Presenter::run_choices(const Command& command) {
  if (const auto* language = std::get_if<ChooseLanguage>(&command)) {
    if (setup_.languages.count(language->code) != 0) setup_.language = language->code;
    forget();  // what was worked out is in the other language
  } else if (const auto* size = std::get_if<ChooseTextSize>(&command)) {
    now_.settings.percent = std::clamp(size->percent, 100, 200);
  } else if (const auto* theme = std::get_if<ChooseTheme>(&command)) {
    now_.settings.dark = theme->dark;
  } else if (const auto* kept = std::get_if<KeepPlace>(&command)) {
    now_.settings.window = kept->place;
  } else {
    return false;
  }
  save_choices();
  return true;
}

}  // namespace rukun::ui
