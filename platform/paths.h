#pragma once
// Where things are: the home (vaults), the state folder (logs), the assets. The environment is read
// once, here, by the composition root; everything else is given values. Errors: not_found when the
// system names no home. Any thread.

#include <filesystem>
#include <string>

#include "platform/base/result.h"

namespace rukun {

// Every environment variable that the programs heed. Empty means not set.
struct Environment {
  std::string home;             // HOME
  std::string rukun_home;       // RUKUN_HOME
  std::string passphrase;       // RUKUN_PASSPHRASE; whoever uses it wipes it
  std::string xdg_data_home;    // XDG_DATA_HOME
  std::string xdg_state_home;   // XDG_STATE_HOME
  std::string xdg_config_home;  // XDG_CONFIG_HOME
  std::string language;         // LC_ALL, else LC_MESSAGES, else LANG: "id_ID.UTF-8"
  std::string display;          // DISPLAY
  std::string wayland_display;  // WAYLAND_DISPLAY

  static Environment read();
};

// The argument of --home when it is not empty, else $RUKUN_HOME, else rukun/ in the XDG data
// folder. Not created.
Result<std::filesystem::path> home_dir(const Environment& environment,
                                       const std::filesystem::path& argument = {});

// rukun/ in the XDG state folder: what may be lost. Not created.
Result<std::filesystem::path> state_dir(const Environment& environment);

// Where people find what was printed: their documents, else their downloads, as the desktop names
// them in user-dirs.dirs (xdg-user-dirs), else their home. Not created.
Result<std::filesystem::path> papers_dir(const Environment& environment);

// The folder of assets: share/rukun beside the program's bin/ when installed, else where it was
// built from.
Result<std::filesystem::path> assets_dir();
Result<std::filesystem::path> assets_dir_for(const std::filesystem::path& program,
                                             const std::filesystem::path& built_from);

// The running program's own file.
Result<std::filesystem::path> program_path();

}  // namespace rukun
