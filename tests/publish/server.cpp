#include "tests/publish/server.h"

#include <arpa/inet.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/catch.h"

namespace rukun::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwner = "pemilik";

// The newest of what Debian has installed, else what is on the path.
fs::path find_programs() {
  fs::path best;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored))
    if (fs::exists(entry.path() / "bin/initdb") && best < entry.path() / "bin")
      best = entry.path() / "bin";
  if (!best.empty()) return best;
  const char* path = std::getenv("PATH");
  std::istringstream places(path == nullptr ? "" : path);
  for (std::string place; std::getline(places, place, ':');)
    if (fs::exists(fs::path(place) / "initdb") && fs::exists(fs::path(place) / "postgres"))
      return place;
  return {};
}

int free_port() {
  const int made = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof where;
  auto* plain = reinterpret_cast<sockaddr*>(&where);
  const bool fine = bind(made, plain, size) == 0 && getsockname(made, plain, &size) == 0;
  close(made);
  return fine ? ntohs(where.sin_port) : 0;
}

// The processes that this one started, and theirs.
void kill_tree(int parent) {
  std::vector<int> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::string text;
    std::getline(std::ifstream(entry.path() / "stat"), text);
    std::istringstream rest(text.substr(std::min(text.rfind(')') + 1, text.size())));
    std::string state;
    int its_parent = 0;
    rest >> state >> its_parent;
    if (its_parent == parent) children.push_back(std::stoi(name));
  }
  ::kill(parent, SIGKILL);
  for (const int child : children) kill_tree(child);
}

}  // namespace

Server* Server::get(std::string& reason) {
  static std::string why;
  static const std::unique_ptr<Server> kServer = [] {
    std::unique_ptr<Server> made(new Server);
    if (!made->make(why)) made.reset();
    return made;
  }();
  reason = why;
  return kServer.get();
}

Server::~Server() { kill(); }

ChildSetup Server::as_ordinary(const std::string& program,
                               std::vector<std::string> arguments) const {
  ChildSetup out;
  out.program = programs_ / program;
  if (geteuid() == 0) {
    arguments.insert(arguments.begin(),
                     {"--reuid=nobody", "--regid=nogroup", "--clear-groups", out.program.string()});
    out.program = "/usr/bin/setpriv";
  }
  out.arguments = std::move(arguments);
  out.environment = {{"LC_ALL", "C"}};
  out.errors = folder_ / (program + ".log");
  return out;
}

bool Server::make(std::string& reason) {
  programs_ = find_programs();
  if (programs_.empty()) {
    reason = "no PostgreSQL server here: install postgresql";
    return false;
  }
  if (geteuid() == 0) {
    const passwd* nobody = getpwnam("nobody");
    if (nobody == nullptr || !fs::exists("/usr/bin/setpriv")) {
      reason = "PostgreSQL refuses root, and there is no user nobody or no setpriv";
      return false;
    }
    REQUIRE(chown(folder_.path().c_str(), nobody->pw_uid, nobody->pw_gid) == 0);
  }
  auto made = Child::start(
      as_ordinary("initdb", {"-D", (folder_ / "data").string(), "-U", kOwner, "-A", "trust",
                             "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C"}));
  REQUIRE(made);
  made->close_input();
  (void)made->read_all();
  REQUIRE(made->wait().value() == 0);
  // One user has a password, all others are let in.
  std::ofstream(folder_ / "data/pg_hba.conf")
      << "local all dengan_sandi scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 "
         "trust\n";
  port_ = free_port();
  start();
  return true;
}

void Server::start() {
  auto child = Child::start(as_ordinary(
      "postgres", {"-D", (folder_ / "data").string(), "-k", folder_.path().string(), "-p",
                   std::to_string(port_), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                   "-c", "max_connections=20", "-c", "shared_buffers=16MB"}));
  REQUIRE(child);
  child_.emplace(std::move(*child));
  for (int i = 0; i < 1000; ++i) {
    if (Postgres::connect(conninfo("postgres"), Language::en)) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL("the server does not start");
}

void Server::kill() {
  if (!child_) return;
  kill_tree(child_->number());
  (void)child_->wait();
  child_.reset();
}

std::string Server::conninfo(const std::string& database) const {
  return "host=" + folder_.path().string() + " port=" + std::to_string(port_) + " user=" + kOwner +
         " dbname=" + database;
}

std::string Server::database(const std::string& name) {
  tell(conninfo("postgres"), "CREATE DATABASE " + pg_name(name));
  return conninfo(name);
}

std::string Server::ask(const std::string& conninfo, const std::string& sql) {
  auto server = Postgres::connect(conninfo, Language::en);
  INFO((server ? std::string() : server.error().message));
  REQUIRE(server);
  REQUIRE(server->run("SET search_path = rukun, public"));
  const auto rows = server->query(sql);
  INFO(sql << ": " << (rows ? std::string() : rows.error().message));
  REQUIRE(rows);
  std::string out;
  for (std::size_t row = 0; row < rows->size(); ++row) {
    for (int column = 0; column < rows->columns(); ++column)
      out += (column == 0 ? "" : "|") + std::string(rows->text(row, column));
    out += '\n';
  }
  return out;
}

void Server::tell(const std::string& conninfo, const std::string& sql) {
  auto server = Postgres::connect(conninfo, Language::en);
  INFO((server ? std::string() : server.error().message));
  REQUIRE(server);
  REQUIRE(server->run("SET search_path = rukun, public"));
  const auto done = server->run(sql);
  INFO(sql << ": " << (done ? std::string() : done.error().message));
  REQUIRE(done);
}

}  // namespace rukun::test
