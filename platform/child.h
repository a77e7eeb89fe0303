#pragma once
// Another program, started with pipes to its input and from its output. Used to try what a kill
// does, and by tests that drive the real programs. A child that is still running when its Child
// goes is killed and reaped. Its stderr is ours, or goes to a file. Errors: io. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/files.h"

namespace rukun {

struct ChildSetup {
  Path program;
  std::vector<std::string> arguments;                            // without the program's own name
  std::vector<std::pair<std::string, std::string>> environment;  // on top of ours
  Path errors;                                                   // empty: our own stderr
};

class Child {
 public:
  static Result<Child> start(const ChildSetup& setup);
  Child(Child&& from) noexcept;
  Child& operator=(Child&& from) noexcept;
  ~Child();

  Status write(std::string_view bytes);  // io when the child no longer reads
  void close_input();
  // Without its line end; nothing at the end of the output.
  Result<std::optional<std::string>> read_line();
  Result<std::string> read_all();
  void kill();       // at once, as a power cut would, for the process
  void terminate();  // asks it to end, as a system that shuts down does
  // Waits for the end: the exit status, or 128 and the number of the signal that ended it.
  Result<int> wait();
  int number() const { return process_; }  // as the system numbers it; until it was waited for

 private:
  Child() = default;
  Result<bool> fill();
  void end();

  int process_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string buffer_;
};

}  // namespace rukun
