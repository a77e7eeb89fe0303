// rukun: the composition root of the window.
#include <array>
#include <cstdio>
#include <filesystem>

#include "app/domain/error_words.h"
#include "app/ui/app_options.h"
#include "app/ui/bench.h"
#include "app/ui/demo_backend.h"
#include "app/ui/engine_thread.h"
#include "app/ui/help.h"
#include "app/ui/shell.h"
#include "platform/clock.h"
#include "platform/paths.h"
#include "platform/process.h"
#include "platform/random.h"
#include "platform/removable_drives.h"
#include "platform/window_raster.h"
#include "sync/crypto.h"

namespace rukun {
namespace {

constexpr std::size_t kMostAsset = 1024 * 1024;
constexpr std::size_t kMostPassphrase = 4096;
constexpr int kFramesToSettle = 6;
constexpr double kBenchIdle_s = 60;

using Languages = std::map<std::string, ui::Translator>;

struct Assets {
  ItemCatalogue items;
  WordList words;
  Languages languages;
  Path fonts;
  ui::HelpBook help;
};

Result<Assets> read_assets(FileSystem& files) {
  TRY(const auto folder, assets_dir());
  TRY(const auto items, files.read_file(folder / "items.tsv", kMostAsset));
  TRY(const auto words, files.read_file(folder / "wordlist.txt", kMostAsset));
  TRY(auto catalogue, ItemCatalogue::read(text_of(items)));
  TRY(auto list, WordList::read(text_of(words)));
  Languages languages;
  for (const char* code : {"id", "en"}) {
    TRY(const auto po, files.read_file(folder / "i18n" / (std::string(code) + ".po"), kMostAsset));
    TRY(auto translator, ui::Translator::from_po(code, text_of(po)));
    languages.emplace(code, std::move(translator));
  }
  TRY(auto help, ui::HelpBook::read(files, folder / "help", {"id", "en"}));
  return Assets{std::move(catalogue), std::move(list), std::move(languages), folder / "fonts",
                std::move(help)};
}

Result<Secret> read_passphrase(FileSystem& files, const ui::AppOptions& options,
                               Environment& environment) {
  if (options.passphrase_file.empty()) {
    auto secret = Secret::copy_of(view(environment.passphrase));
    wipe({reinterpret_cast<std::uint8_t*>(environment.passphrase.data()),
          environment.passphrase.size()});
    return secret;
  }
  TRY(auto bytes, files.read_file(options.passphrase_file, kMostPassphrase));
  std::size_t size = bytes.size();
  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r')) --size;
  auto secret = Secret::copy_of(ByteView(bytes).first(size));
  wipe(bytes);
  return secret;
}

Status draw_picture(ui::Backend& backend, const Assets& assets, const ui::AppOptions& options) {
  ui::Shell shell(backend, assets.languages, {assets.fonts}, options.scale);
  shell.set_help(assets.help);
  HeadlessWindow window(options.width, options.height);
  for (int i = 0; i < kFramesToSettle; ++i) window.frame(shell);
  return write_png(window.picture(shell.theme().page), options.picture_file);
}

Status show_window(ui::Presenter& presenter, const Assets& assets, const ui::AppOptions& options) {
  TRY(const auto window,
      Window::open({.title = "Rukun", .place = presenter.views()->settings.window}));
  ui::EngineThread engine(presenter, [&window] { window->wake(); });
  ui::Shell shell(engine, assets.languages, {assets.fonts}, options.scale);
  shell.set_help(assets.help);
  window->run(shell);
  return {};
}

std::vector<ui::StickPlace> sticks(DriveWatch& watch) {
  (void)watch.changed();
  std::vector<ui::StickPlace> out;
  for (const auto& drive : watch.drives()) out.push_back({drive.path, drive.label});
  return out;
}

// The usual port, so that a neighbor need type no other; with two windows on one computer the
// second takes any.
Result<std::unique_ptr<SystemNetwork>> open_network() {
  NetworkConfig config;
  config.port = kLanPort;
  config.beacon_port = kLanPort;
  auto network = SystemNetwork::open(config);
  if (network || network.error().code != Code::busy) return network;
  config.port = 0;
  return SystemNetwork::open(config);
}

// Without --home in a folder that goes away again; a home that is kept is made once, so that the
// second run measures a program that has made nothing.
Status bench(const Assets& assets, const ui::AppOptions& options, SystemFiles& files, Clock& clock,
             Random& random, bool has_screen) {
  std::array<std::uint8_t, 8> drawn{};
  random.fill(drawn);
  const bool kept = !options.home.empty();
  const Path home = kept
                        ? Path(options.home)
                        : std::filesystem::temp_directory_path() / ("rukun-bench-" + to_hex(drawn));
  ui::PresenterSetup setup{.files = files,
                           .clock = clock,
                           .random = random,
                           .items = assets.items,
                           .words = assets.words,
                           .home = home,
                           .state = home / "state",
                           .languages = assets.languages,
                           .version = RUKUN_VERSION};
  const ui::BenchPlace place{setup, assets.languages, assets.help, assets.fonts};
  const auto measured = [&]() -> Status {
    TRY_VOID(ui::make_bench_home(setup, ui::BenchOf::needs, options.bench_needs));
    TRY(auto figures, ui::measure_drawing(place));
    ui::BenchPlace other = place;
    other.setup.home = home / "households";
    other.setup.state = other.setup.home / "state";
    TRY_VOID(ui::make_bench_home(other.setup, ui::BenchOf::households, options.bench_needs));
    TRY(const auto households, ui::measure_households(other));
    figures.insert(figures.end(), households.begin(), households.end());
    if (has_screen) {
      TRY(auto resting, ui::measure_resting(place, kBenchIdle_s));
      figures.insert(figures.end(), resting.begin(), resting.end());
    }
    std::puts(ui::json_of(figures).c_str());
    return {};
  }();
  std::error_code ignored;
  if (!kept) std::filesystem::remove_all(home, ignored);
  return measured;
}

// What was asked for, else the system's.
Language language_of(const ui::AppOptions& options, const Environment& environment) {
  const std::string& asked = options.language.empty() ? environment.language : options.language;
  return asked.rfind("en", 0) == 0 ? Language::en : Language::id;
}

void say(const Error& failure, Language language) {
  const Error said = said_in(language, failure);
  std::fprintf(stderr, "rukun: %s%s%s\n", said.message.c_str(), said.hint.empty() ? "" : "; ",
               said.hint.c_str());
}

Status run(const ui::AppOptions& options, Environment& environment) {
  SystemFiles files;
  SystemClock clock;
  SystemRandom random;
  TRY(const auto assets, read_assets(files));
  const std::string language = language_of(options, environment) == Language::en ? "en" : "id";
  if (options.bench_needs > 0)
    return bench(assets, options, files, clock, random,
                 !(environment.display + environment.wayland_display).empty());
  const auto* screen = ui::find_screen(options.screenshot);
  if (screen != nullptr && options.demo) {
    ui::DemoBackend demo(*screen, language, 100, ui::is_dark(options.theme).value_or(false));
    return draw_picture(demo, assets, options);
  }
  TRY(const auto home, home_dir(environment, options.home));
  auto state = state_dir(environment);
  if (!state) state = home / "state";
  TRY(const auto secret, read_passphrase(files, options, environment));
  DriveWatch drives;
  ui::Presenter presenter({.files = files,
                           .clock = clock,
                           .random = random,
                           .items = assets.items,
                           .words = assets.words,
                           .home = home,
                           .state = *state,
                           .languages = assets.languages,
                           .language = language,
                           .language_is_fixed = !options.language.empty(),
                           .dark = ui::is_dark(options.theme),
                           .profile = options.profile,
                           .space = options.space,
                           .version = RUKUN_VERSION,
                           .sticks = [&drives] { return sticks(drives); },
                           .papers = papers_dir(environment).value_or(Path()),
                           .network = screen == nullptr ? open_network : ui::Nearby::Open()});
  presenter.start(secret.empty() ? std::nullopt : std::optional(text_of(secret.view())));
  if (screen == nullptr) return show_window(presenter, assets, options);
  if (screen->stage == ui::Views::Stage::open) presenter.execute(ui::Go{screen->screen});
  ui::DirectBackend direct(presenter);
  return draw_picture(direct, assets, options);
}

}  // namespace
}  // namespace rukun

int main(int count, char** words) {
  using namespace rukun;
  disable_core_dumps();
  if (!crypto_ready()) {
    std::fputs("rukun: libsodium cannot start\n", stderr);
    return 1;
  }
  auto environment = Environment::read();
  const auto options = ui::parse_app_options({words + 1, words + count});
  if (!options) {
    say(options.error(), language_of({}, environment));
    return 2;
  }
  const Language language = language_of(*options, environment);
  if (options->help || options->version) {
    std::fputs(options->help ? ui::app_help(language).c_str() : "rukun " RUKUN_VERSION "\n",
               stdout);
    return 0;
  }
  const auto done = run(*options, environment);
  if (done) return 0;
  say(done.error(), language);
  return 1;
}
