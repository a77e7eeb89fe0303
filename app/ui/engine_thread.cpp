#include "app/ui/engine_thread.h"

namespace rukun::ui {
namespace {

// A search that another search follows need not be answered: only the last letter typed counts.
bool superseded(const Command& earlier, const Command& later) {
  if (earlier.index() != later.index()) return false;
  return std::holds_alternative<SearchNeeds>(earlier) ||
         std::holds_alternative<SearchRecords>(earlier) ||
         std::holds_alternative<FormTyped>(earlier) ||
         std::holds_alternative<PickerFind>(earlier) ||
         std::holds_alternative<KeepPlace>(earlier) ||
         std::holds_alternative<AskRecords>(earlier) ||
         std::holds_alternative<AskPeople>(earlier) || std::holds_alternative<AskItems>(earlier) ||
         std::holds_alternative<AskVolunteers>(earlier) ||
         std::holds_alternative<ShowRows>(earlier);
}

}  // namespace

EngineThread::EngineThread(Presenter& presenter, std::function<void()> wake)
    : presenter_(presenter), wake_(std::move(wake)), latest_(presenter.views()) {
  presenter_.on_change([this] { hand_over(); });
  thread_ = std::thread([this] { run(); });
}

EngineThread::~EngineThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  presenter_.wake();
  thread_.join();
  presenter_.on_change({});
}

void EngineThread::post(Command command) {
  // It concerns what is being carried out now, so it cannot wait for that to end.
  if (std::holds_alternative<StopWork>(command)) return presenter_.stop_work();
  {
    const std::lock_guard lock(mutex_);
    if (!posted_.empty() && superseded(posted_.back(), command))
      posted_.back() = std::move(command);
    else
      posted_.push_back(std::move(command));
  }
  presenter_.wake();
}

std::shared_ptr<const Views> EngineThread::latest() {
  const std::lock_guard lock(mutex_);
  return latest_;
}

void EngineThread::hand_over() {
  {
    const std::lock_guard lock(mutex_);
    latest_ = presenter_.views();
  }
  if (wake_) wake_();
}

std::optional<Command> EngineThread::next(bool& ended) {
  const std::lock_guard lock(mutex_);
  ended = stopping_ && posted_.empty();
  if (posted_.empty()) return std::nullopt;
  std::optional<Command> first(std::move(posted_.front()));
  posted_.pop_front();
  return first;
}

void EngineThread::run() {
  for (bool ended = false;;) {
    const auto command = next(ended);
    if (ended) return;
    if (command) {
      presenter_.execute(*command);
    } else if (!presenter_.idle()) {
      presenter_.wait();
    }
  }
}

}  // namespace rukun::ui
