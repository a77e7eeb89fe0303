#include "platform/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

extern char** environ;

namespace rukun {
namespace {

tl::unexpected<Error> failed(const std::string& what, int number) {
  return error(Code::io, what + ": " + std::strerror(number));
}

void close_end(int& handle) {
  if (handle >= 0) ::close(handle);
  handle = -1;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    bool replaced = false;
    for (const auto& [name, value] : added) replaced |= text.starts_with(name + '=');
    if (!replaced) out.emplace_back(text);
  }
  for (const auto& [name, value] : added) out.push_back(name + '=' + value);
  return out;
}

struct Pipe {
  int from = -1;
  int to = -1;
  ~Pipe() {
    close_end(from);
    close_end(to);
  }
  Status open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("cannot make a pipe", errno);
    from = ends[0];
    to = ends[1];
    return {};
  }
};

}  // namespace

Result<Child> Child::start(const ChildSetup& setup) {
  Pipe in, out;
  TRY_VOID(in.open());
  TRY_VOID(out.open());
  auto arguments = setup.arguments;
  arguments.insert(arguments.begin(), setup.program.string());
  auto environment = environment_with(setup.environment);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.from, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.to, STDOUT_FILENO);
  if (!setup.errors.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, setup.errors.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  pid_t process = -1;
  const int status = posix_spawn(&process, setup.program.c_str(), &actions, nullptr,
                                 pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (status != 0) return failed("cannot start " + setup.program.string(), status);

  Child child;
  child.process_ = process;
  child.input_ = std::exchange(in.to, -1);
  child.output_ = std::exchange(out.from, -1);
  return child;
}

Child::Child(Child&& from) noexcept
    : process_(std::exchange(from.process_, -1)),
      input_(std::exchange(from.input_, -1)),
      output_(std::exchange(from.output_, -1)),
      buffer_(std::move(from.buffer_)) {}

Child& Child::operator=(Child&& from) noexcept {
  if (this != &from) {
    end();
    process_ = std::exchange(from.process_, -1);
    input_ = std::exchange(from.input_, -1);
    output_ = std::exchange(from.output_, -1);
    buffer_ = std::move(from.buffer_);
  }
  return *this;
}

Child::~Child() { end(); }

void Child::end() {
  kill();
  if (process_ > 0) (void)wait();
  close_end(input_);
  close_end(output_);
}

Status Child::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done = ::write(input_, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return failed("cannot write to the child", errno);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

void Child::close_input() { close_end(input_); }

Result<bool> Child::fill() {
  std::array<char, 16 * 1024> piece{};
  for (;;) {
    const auto got = ::read(output_, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("cannot read from the child", errno);
    buffer_.append(piece.data(), static_cast<std::size_t>(got));
    return got > 0;
  }
}

Result<std::optional<std::string>> Child::read_line() {
  for (;;) {
    if (const auto at = buffer_.find('\n'); at != std::string::npos) {
      auto line = buffer_.substr(0, at);
      buffer_.erase(0, at + 1);
      return line;
    }
    TRY(const bool more, fill());
    if (!more) return std::nullopt;
  }
}

Result<std::string> Child::read_all() {
  for (;;) {
    TRY(const bool more, fill());
    if (!more) return std::exchange(buffer_, {});
  }
}

void Child::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

void Child::terminate() {
  if (process_ > 0) ::kill(process_, SIGTERM);
}

Result<int> Child::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0) {
    if (errno != EINTR) return failed("cannot wait for the child", errno);
  }
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace rukun
