#include "platform/paths.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>

namespace rukun {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

// The XDG base directory specification has relative paths ignored.
Result<fs::path> xdg_dir(const std::string& set, const std::string& home, const char* fallback) {
  if (fs::path(set).is_absolute()) return fs::path(set) / "rukun";
  if (fs::path(home).is_absolute()) return fs::path(home) / fallback / "rukun";
  return error(Code::not_found, "the system names no home folder",
               "set HOME, or say where with --home or RUKUN_HOME");
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// The line `XDG_DOCUMENTS_DIR="$HOME/Dokumen"` of user-dirs.dirs: absolute, or below the home. The
// home itself stands there for a folder that is not wanted.
fs::path user_dir(std::string_view lines, std::string_view name, const fs::path& home) {
  const std::string wanted = std::string(name) + "=\"";
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const auto closing = line.rfind('"');
    if (line.rfind(wanted, 0) != 0 || closing < wanted.size()) continue;
    line = line.substr(wanted.size(), closing - wanted.size());
    constexpr std::string_view kHome = "$HOME/";
    if (line.rfind(kHome, 0) == 0) return home / line.substr(kHome.size());
    if (line.rfind('/', 0) == 0) return line;
  }
  return {};
}

}  // namespace

Environment Environment::read() {
  Environment read;
  read.home = variable("HOME");
  read.rukun_home = variable("RUKUN_HOME");
  read.passphrase = variable("RUKUN_PASSPHRASE");
  read.xdg_data_home = variable("XDG_DATA_HOME");
  read.xdg_state_home = variable("XDG_STATE_HOME");
  read.xdg_config_home = variable("XDG_CONFIG_HOME");
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (read.language.empty()) read.language = variable(name);
  }
  read.display = variable("DISPLAY");
  read.wayland_display = variable("WAYLAND_DISPLAY");
  return read;
}

Result<fs::path> home_dir(const Environment& environment, const fs::path& argument) {
  if (!argument.empty()) return argument;
  if (!environment.rukun_home.empty()) return fs::path(environment.rukun_home);
  return xdg_dir(environment.xdg_data_home, environment.home, ".local/share");
}

Result<fs::path> state_dir(const Environment& environment) {
  return xdg_dir(environment.xdg_state_home, environment.home, ".local/state");
}

Result<fs::path> papers_dir(const Environment& environment) {
  constexpr std::streamsize kMostBytes = 64 * 1024;
  const fs::path home(environment.home);
  if (!home.is_absolute())
    return error(Code::not_found, "the system names no home folder", "set HOME");
  const fs::path set(environment.xdg_config_home);
  std::ifstream file((set.is_absolute() ? set : home / ".config") / "user-dirs.dirs");
  std::string lines(static_cast<std::size_t>(kMostBytes), '\0');
  file.read(lines.data(), kMostBytes);
  lines.resize(static_cast<std::size_t>(file.gcount()));
  for (const char* name : {"XDG_DOCUMENTS_DIR", "XDG_DOWNLOAD_DIR"}) {
    const auto found = user_dir(lines, name, home);
    if (is_folder(found)) return found;
  }
  return home;
}

Result<fs::path> program_path() {
  std::error_code failed;
  auto path = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return error(Code::io, "cannot find the program's own file: " + failed.message());
  return path;
}

Result<fs::path> assets_dir_for(const fs::path& program, const fs::path& built_from) {
  const auto installed = program.parent_path().parent_path() / "share" / "rukun";
  if (is_folder(installed)) return installed;
  if (is_folder(built_from)) return built_from;
  return error(Code::not_found,
               "the assets are neither in " + installed.string() + " nor in " + built_from.string(),
               "install Rukun again");
}

Result<fs::path> assets_dir() {
  TRY(const auto program, program_path());
  return assets_dir_for(program, RUKUN_SOURCE_ASSETS);
}

}  // namespace rukun
