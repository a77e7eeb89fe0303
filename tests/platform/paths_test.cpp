#include "platform/paths.h"

#include <cstdlib>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace rukun {
namespace {

TEST_CASE("the home is the argument, else RUKUN_HOME, else in the XDG data folder", "[paths]") {
  Environment environment;
  environment.home = "/home/sari";
  CHECK(home_dir(environment) == "/home/sari/.local/share/rukun");
  environment.xdg_data_home = "/data";
  CHECK(home_dir(environment) == "/data/rukun");
  environment.rukun_home = "/stick/rukun";
  CHECK(home_dir(environment) == "/stick/rukun");
  CHECK(home_dir(environment, "here") == "here");
}

TEST_CASE("relative XDG folders are ignored, as their specification asks", "[paths]") {
  Environment environment;
  environment.home = "/home/sari";
  environment.xdg_data_home = "data";
  environment.xdg_state_home = "state";
  CHECK(home_dir(environment) == "/home/sari/.local/share/rukun");
  CHECK(state_dir(environment) == "/home/sari/.local/state/rukun");
}

TEST_CASE("prints go to the documents, else the downloads, else the home", "[paths]") {
  const test::TempDir home;
  Environment environment;
  environment.home = home.path().string();
  CHECK(papers_dir(environment) == home.path());
  std::filesystem::create_directories(home / ".config");
  std::ofstream(home / ".config/user-dirs.dirs")
      << "# comment\nXDG_DOWNLOAD_DIR=\"$HOME/Unduhan\"\nXDG_DOCUMENTS_DIR=\"$HOME/Dokumen\"\n";
  CHECK(papers_dir(environment) == home.path());  // named, but not there
  std::filesystem::create_directory(home / "Unduhan");
  CHECK(papers_dir(environment) == home / "Unduhan");
  std::filesystem::create_directory(home / "Dokumen");
  CHECK(papers_dir(environment) == home / "Dokumen");
  CHECK_FALSE(papers_dir(Environment{}));
}

TEST_CASE("without any home there is an error that says what to do", "[paths]") {
  const auto home = home_dir(Environment{});
  REQUIRE_FALSE(home);
  CHECK(home.error().code == Code::not_found);
  CHECK(home.error().hint.find("--home") != std::string::npos);
  CHECK_FALSE(state_dir(Environment{}));
}

TEST_CASE("the environment is read whole, and unset is empty", "[paths]") {
  setenv("RUKUN_HOME", "/from/environment", 1);
  setenv("XDG_STATE_HOME", "/states", 1);
  setenv("LC_ALL", "", 1);
  setenv("LC_MESSAGES", "id_ID.UTF-8", 1);
  unsetenv("RUKUN_PASSPHRASE");
  const auto environment = Environment::read();
  CHECK(environment.rukun_home == "/from/environment");
  CHECK(state_dir(environment) == "/states/rukun");
  CHECK(environment.language == "id_ID.UTF-8");
  CHECK(environment.passphrase.empty());
  for (const char* name : {"RUKUN_HOME", "XDG_STATE_HOME", "LC_ALL", "LC_MESSAGES"}) unsetenv(name);
}

TEST_CASE("assets lie beside an installed program, else where it was built from", "[paths]") {
  const test::TempDir dir;
  const auto program = dir / "bin/rukun";
  const auto none = assets_dir_for(program, dir / "assets");
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Code::not_found);
  std::filesystem::create_directories(dir / "assets");
  CHECK(assets_dir_for(program, dir / "assets") == dir / "assets");
  std::filesystem::create_directories(dir / "share/rukun");
  CHECK(assets_dir_for(program, dir / "assets") == dir / "share/rukun");
}

TEST_CASE("this test finds itself and the assets", "[paths]") {
  const auto program = program_path();
  REQUIRE(program);
  CHECK(program->filename() == "test_platform");
  CHECK(assets_dir());
}

}  // namespace
}  // namespace rukun
