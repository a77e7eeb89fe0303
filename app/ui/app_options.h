#pragma once
// The command line of the window program: --home --profile --space --passphrase-file --lang
// --scale, --screenshot SCREEN FILE.png with --size WxH and --demo, --bench NEEDS, --help and
// --version. Errors: bad_value, with what was expected. Pure.

#include <string>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

namespace rukun::ui {

struct AppOptions {
  std::string home;
  std::string profile;
  std::string space;
  std::string passphrase_file;
  std::string language;  // empty: as chosen in the window, else the system's
  float scale = 1;       // 1 to 2
  std::string theme;     // "light" or "dark"; empty: as chosen in the window
  std::string screenshot;
  std::string picture_file;
  int width = 1280;
  int height = 800;
  std::size_t bench_needs = 0;  // 0: nothing is measured
  bool demo = false;
  bool help = false;
  bool version = false;
};

Result<AppOptions> parse_app_options(const std::vector<std::string>& words);
std::string app_help(Language language);

}  // namespace rukun::ui
