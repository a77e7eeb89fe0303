#include "app/ui/app_options.h"

#include <algorithm>
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

// What would be passed over without a word.
Status check_together(const AppOptions& options, bool sized) {
  const bool pictured = !options.screenshot.empty();
  if (options.demo && !pictured) return wrong("--demo", "--demo --screenshot SCREEN FILE.png");
  if (sized && !pictured) return wrong("--size", "--size WxH --screenshot SCREEN FILE.png");
  if (options.bench_needs > 0 && pictured) return wrong("--bench --screenshot", "rukun --help");
  return {};
}

struct OptionHelp {
  std::string_view option, id, en;
};
constexpr OptionHelp kOptions[] = {
    {"--home DIR", "folder data Rukun (atau $RUKUN_HOME)",
     "where Rukun keeps its data (or $RUKUN_HOME)"},
    {"--profile NAME", "nama atau id profil", "a profile's name or id"},
    {"--space NAME", "nama atau id kelompok RT", "a neighborhood's name or id"},
    {"--passphrase-file FILE", "berkas berisi kata sandi (atau $RUKUN_PASSPHRASE)",
     "file that holds the passphrase (or $RUKUN_PASSPHRASE)"},
    {"--lang id|en", "bahasa; biasanya yang dipilih di Pengaturan",
     "language; usually what Settings say"},
    {"--scale 1..2", "besar layar, di samping besar huruf yang dipilih",
     "size of everything, besides the size of words that was chosen"},
    {"--theme light|dark", "warna layar", "colors of the screen"},
    {"--screenshot SCREEN FILE.png", "menggambar satu layar ke berkas, tanpa jendela",
     "draws one screen into a file, without a window"},
    {"--size WxH", "ukuran gambar itu; biasanya 1280x800",
     "the size of that picture; usually 1280x800"},
    {"--demo", "gambar itu dengan data contoh", "that picture with made-up data"},
    {"--bench NEEDS", "mengukur jendela dengan sebanyak ini kebutuhan",
     "measures the window with so many needs"},
    {"--version", "versi program", "version of the program"},
    {"--help", "cara memakai", "how to use it"},
};

}  // namespace

Result<AppOptions> parse_app_options(const std::vector<std::string>& words) {
  AppOptions out;
  bool sized = false;
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
      sized = sized || option == "--size";
    }
  }
  TRY_VOID(check_together(out, sized));
  return out;
}

std::string app_help(Language language) {
  const bool english = language == Language::en;
  constexpr std::size_t kWide = 30;
  std::string out =
      english ? "rukun [OPTIONS]: the window of Rukun\n" : "rukun [PILIHAN]: jendela Rukun\n";
  for (const OptionHelp& one : kOptions) {
    std::string option(one.option);
    option.resize(std::max(option.size(), kWide), ' ');
    out += "  " + option + " " + std::string(english ? one.en : one.id) + "\n";
  }
  return out + "  SCREEN: " + screen_names() + "\n";
}

}  // namespace rukun::ui
