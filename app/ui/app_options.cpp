#include "app/ui/app_options.h"

#include <charconv>

#include "app/ui/demo_backend.h"
#include "app/ui/theme.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostBenchNeeds = 1'000'000;

tl::unexpected<Error> wrong(const std::string& word, std::string expected) {
  return error(Code::bad_value, word, std::move(expected));
}

template <class Number>
bool read_number(std::string_view text, Number& to) {
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), to);
  return ec == std::errc() && end == text.data() + text.size();
}

Status read_size(const std::string& text, AppOptions& to) {
  const auto x = text.find('x');
  const std::string_view all = text;
  const bool read = x != std::string::npos && read_number(all.substr(0, x), to.width) &&
                    read_number(all.substr(x + 1), to.height);
  if (!read || to.width < 320 || to.height < 240 || to.width > 8000 || to.height > 8000) {
    return wrong("--size " + text, "--size 1280x800");
  }
  return {};
}

// An option that takes a value; false when there is no such option.
Result<bool> take_value(const std::string& option, const std::string& value, AppOptions& to) {
  const std::pair<const char*, std::string*> texts[] = {{"--home", &to.home},
                                                        {"--profile", &to.profile},
                                                        {"--space", &to.space},
                                                        {"--passphrase-file", &to.passphrase_file}};
  for (const auto& [name, text] : texts) {
    if (option != name) continue;
    *text = value;
    return true;
  }
  if (option == "--lang") {
    if (value != "id" && value != "en") return wrong("--lang " + value, "--lang id | --lang en");
    to.language = value;
    return true;
  }
  if (option == "--theme") {
    if (!is_dark(value)) return wrong("--theme " + value, "--theme light | --theme dark");
    to.theme = value;
    return true;
  }
  if (option == "--scale") {
    if (!read_number(value, to.scale) || to.scale < 1 || to.scale > 2)
      return wrong("--scale " + value, "--scale 1 .. 2");
    return true;
  }
  if (option == "--bench") {
    if (!read_number(value, to.bench_needs) || to.bench_needs < 1 ||
        to.bench_needs > kMostBenchNeeds)
      return wrong("--bench " + value, "--bench 100000");
    return true;
  }
  if (option == "--size") {
    TRY_VOID(read_size(value, to));
    return true;
  }
  return false;
}

}  // namespace

Result<AppOptions> parse_app_options(const std::vector<std::string>& words) {
  AppOptions out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string option = words[i];
    if (option == "--help" || option == "-h")
      out.help = true;
    else if (option == "--version")
      out.version = true;
    else if (option == "--demo")
      out.demo = true;
    else if (option == "--screenshot") {
      if (i + 2 >= words.size()) return wrong(option, "--screenshot SCREEN FILE.png");
      out.screenshot = words[i + 1];
      out.picture_file = words[i + 2];
      i += 2;
      if (find_screen(out.screenshot) == nullptr)
        return wrong("--screenshot " + out.screenshot, screen_names());
    } else {
      const auto equals = option.find('=');
      std::string value;
      if (equals != std::string::npos) {
        value = option.substr(equals + 1);
        option.resize(equals);
      } else if (i + 1 < words.size()) {
        value = words[++i];
      } else {
        return wrong(option, "rukun --help");
      }
      TRY(const bool known, take_value(option, value, out));
      if (!known) return wrong(option, "rukun --help");
    }
  }
  return out;
}

std::string app_help() {
  return "rukun [--home DIR] [--profile NAME] [--space NAME] [--passphrase-file FILE] [--lang "
         "id|en] [--scale 1..2] [--theme light|dark]\n"
         "rukun --screenshot SCREEN FILE.png [--size WxH] [--demo]\n"
         "rukun --bench NEEDS [--home DIR]\n"
         "  SCREEN: " +
         screen_names() + "\n";
}

}  // namespace rukun::ui
