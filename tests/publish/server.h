#pragma once
// A PostgreSQL server of a test's own: made in a temporary folder, listening on a socket there and
// on a port of 127.0.0.1, without fsync, run as an ordinary user (as `nobody` when the test is
// root, since PostgreSQL refuses root). It can be killed as a power cut would and started again.
// Tests only; one thread.

#include <memory>
#include <string>

#include "app/publish/postgres.h"
#include "platform/child.h"
#include "tests/support/temp_dir.h"

// Leaves the test where there is no server to be had.
#define WITH_SERVER(name)                            \
  std::string no_server;                             \
  Server* const name##_ptr = Server::get(no_server); \
  if (name##_ptr == nullptr) SKIP_TEST(no_server);   \
  Server& name = *name##_ptr

namespace rukun::test {

class Server {
 public:
  // The one server of this test program; nullptr and a reason when there is no PostgreSQL here.
  static Server* get(std::string& reason);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // A fresh database; how to reach it.
  std::string database(const std::string& name);
  std::string conninfo(const std::string& database) const;
  int port() const { return port_; }
  const std::filesystem::path& folder() const { return folder_.path(); }

  void kill();   // the server and everything that it started, at once
  void start();  // and waits until it answers

  // What a query gives: cells with | between, rows with a line end.
  std::string ask(const std::string& conninfo, const std::string& sql);
  void tell(const std::string& conninfo, const std::string& sql);

 private:
  Server() = default;
  bool make(std::string& reason);
  ChildSetup as_ordinary(const std::string& program, std::vector<std::string> arguments) const;

  TempDir folder_;
  std::filesystem::path programs_;
  int port_ = 0;
  std::optional<Child> child_;
};

}  // namespace rukun::test
