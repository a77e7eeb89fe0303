#pragma once
// The engine's own thread in the window program: takes the commands that the shell posts, lets the
// presenter carry them out one by one, and hands back immutable pictures. Between commands it lets
// the presenter do background work, in steps so small that no command waits for long; with nothing
// to do it sleeps until a command, the network or a second passes. It is started by its constructor
// and joined by its destructor; what was posted before is still carried out, so that nothing typed
// is lost. post() and latest() may be called from any thread.

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/ui/presenter.h"

namespace rukun::ui {

class EngineThread final : public Backend {
 public:
  // The presenter is used by this thread alone from now on. `wake` is called, from this thread,
  // when there is a new picture.
  EngineThread(Presenter& presenter, std::function<void()> wake);
  ~EngineThread() override;

  void post(Command command) override;
  std::shared_ptr<const Views> latest() override;

 private:
  void run();
  std::optional<Command> next(bool& ended);
  void hand_over();

  Presenter& presenter_;
  std::function<void()> wake_;
  std::mutex mutex_;
  std::deque<Command> posted_;
  std::shared_ptr<const Views> latest_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

// For tests and pictures: commands are carried out at once, on the caller's thread.
class DirectBackend final : public Backend {
 public:
  explicit DirectBackend(Presenter& presenter) : presenter_(presenter) {}
  void post(Command command) override { presenter_.execute(command); }
  std::shared_ptr<const Views> latest() override { return presenter_.views(); }

 private:
  Presenter& presenter_;
};

}  // namespace rukun::ui
